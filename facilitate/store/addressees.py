"""After: everybody to whom a passage of one document can be returned by name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.addressees import CLERK, Addressee, AddresseeKind
from facilitate.store.rows import Delegation, Document
from facilitate.store.signings import signatories


def addressees(session: Session, document: Document) -> list[Addressee]:
    """Clerk, commission, signatories and bodies, in this order."""
    found = [CLERK]
    if document.commission:
        name = f"the {document.commission} commission"
        found.append(Addressee(AddresseeKind.COMMISSION, name, document.commission))
    found += [
        Addressee(AddresseeKind.SIGNATORY, name, person)
        for person, name in signatories(session, document).items()
    ]
    bodies = session.execute(select(Delegation.id, Delegation.name).order_by(Delegation.name, Delegation.id))
    return found + [Addressee(AddresseeKind.BODY, name, key) for key, name in bodies]
