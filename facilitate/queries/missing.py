"""After: who has still to sign what, over all documents, with words to remind them; for the clerk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from facilitate.domain.deadlines import deadline_words
from facilitate.queries.outcome import Reading
from facilitate.queries.view import View
from facilitate.store.rows import Person


@dataclass
class MissingSigner:
    """One signatory with everything that waits for them.

    Shape: `waits` are (prefix, passages to sign, until when in words or "").
    """

    name: str
    email: str
    waits: list[tuple[str, int, str]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def reminder(self, event: str) -> str:
        """What to write to them."""
        how = (
            "Sign in with your link, read what changed since you last looked, then sign, edit or return each "
            "passage. Nothing is signed by silence."
        )
        waits = f"these outcomes of {event} wait for your signature:"
        return "\n".join([f"Dear {self.name},", "", waits, *self.titles, "", how])

    def address(self, event: str) -> str:
        """The same as a letter to be sent."""
        subject = quote(f"{event}: passages wait for your signature")
        return f"mailto:{quote(self.email, safe='@')}?subject={subject}&body={quote(self.reminder(event))}"


def missing_signers(
    view: View, readings: Sequence[Reading], zone: str, now: datetime
) -> list[MissingSigner]:
    """Everybody whose signature is missing, whoever has most to sign first."""
    found: dict[str, MissingSigner] = {}
    for reading in readings:
        if reading.sealed or reading.sheet.offered is None:
            continue
        until = reading.row.sign_by if reading.row else None
        words = deadline_words(until, zone, now) if until else ""
        for person, count in reading.signing.missing:
            if person not in found:
                row = view.session.get_one(Person, person)
                found[person] = MissingSigner(row.name, row.email)
            passages = f"{count} passage{'' if count == 1 else 's'}"
            found[person].waits.append((reading.document.prefix, count, words))
            found[person].titles.append(f"- {reading.document.title}: {passages}. {words}".rstrip())
    return sorted(found.values(), key=lambda each: (-sum(n for _, n, _ in each.waits), each.name))
