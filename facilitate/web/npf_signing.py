"""After: what the outcome page says of each passage's signing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facilitate.domain.outcome import SIGNATORY
from facilitate.domain.people import Actor
from facilitate.domain.signoff import Act
from facilitate.domain.wording import nfc
from facilitate.formats.compared import compared
from facilitate.queries.outcome import Reading
from facilitate.queries.signing import Returned

GONE = "somebody who has left"
MINE = {
    Act.ACCEPT: "You have signed this passage as it stands.",
    Act.EDIT: "You have signed this passage with your edits; its words are yours.",
}


def signing_data(reading: Reading, actor: Actor, returned: Sequence[Returned]) -> dict[str, dict[str, Any]]:
    """Where each passage's signing is, for the page.

    Shape: reference to {hash, state, mine, note, signed, missing, returns, voted, changed, since, put_back};
    people by name; `mine` says what this person did, "" for nothing; `since` are the marks between what was
    voted and what it reads now, [] unless a signatory changed it; `put_back` is whether that was undone.
    """
    acts = {
        act.passage: act
        for act in sorted(reading.sheet.acts, key=lambda a: a.number)
        if act.person == actor.person
    }
    words = {passage.ref: passage for passage in reading.outcome.passages}

    def name(person: str) -> str:
        return reading.names.get(person, GONE)

    found = {}
    for p in reading.signing.passages:
        own = acts.get(p.ref) if actor.person in p.signed else None
        now = words[p.ref]
        edited = any(later.kind == SIGNATORY for later in now.later)
        found[p.ref] = {
            "hash": reading.hash_of(p.ref), "state": p.state.value,
            "mine": MINE.get(own.act, "You have signed this passage.") if own else "",
            "note": own.note if own and own.act is Act.DISSENT else "",
            "signed": [name(person) for person in p.signed],
            "missing": [name(person) for person in p.missing],
            "returns": [each for each in returned if each.passage == p.ref],
            "voted": now.voted, "changed": now.voted != (now.final or ""),
            "since": compared(now.voted, now.final) if edited else [],
            "put_back": any(e.signatory for e in now.edits) and nfc(now.edits[-1].text) == nfc(now.voted),
        }  # fmt: skip
    return found
