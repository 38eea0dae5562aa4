"""Sign-off: to whom a passage goes back: a signatory, the clerk, the commission, a body, or anybody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class AddresseeKind(StrEnum):
    """Who is asked to deal with a returned passage; only those of the first four find it in their list."""

    SIGNATORY = "signatory"
    CLERK = "clerk"
    COMMISSION = "commission"
    BODY = "body"
    OTHER = "other"


@dataclass(frozen=True)
class Addressee:
    """One of them.

    Shape: `id` is the person, the commission or the delegation; "" for the clerk and for anybody else.
    """

    kind: AddresseeKind
    name: str
    id: str = ""


CLERK = Addressee(AddresseeKind.CLERK, "the clerk")


def addressee_of(words: str, known: Iterable[Addressee]) -> Addressee:
    """Whom the words name; somebody unknown is kept as written."""
    said = " ".join(words.split())
    for each in (CLERK, *known):
        if said.casefold() in (each.name.casefold(), each.name.casefold().removeprefix("the ")):
            return each
    return Addressee(AddresseeKind.OTHER, said)
