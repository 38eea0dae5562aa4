"""Every stage: what stands behind one number of the balance sheet, thing by thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from facilitate.domain.calls import OPEN_STATES
from facilitate.domain.stations import DISPOSITION_LABELS, Disposition
from facilitate.queries.balance import KINDS, Found, found_of
from facilitate.queries.view import View
from facilitate.store.rows import Comment, HelpCall, KeptItem, MissingPoint, Passage, Submission

RECEIVED, OPEN, ENDED, WRONG = "received", "open", "ended", "wrong"
NUMBERS = (RECEIVED, OPEN, ENDED, WRONG)
_LOST = "The journal says that it was received, and it is nowhere."
_STRANGE = "It is here, and the journal does not say that it was received."
_TWICE = "It is counted twice."


@dataclass(frozen=True)
class Thing:
    """One thing behind a number: its reference, what it says, what it is about, and where it stands.

    Shape: `told` that it has a story under its reference.
    """

    ref: str
    words: str
    about: str
    stands: str
    told: bool = False


def things_behind(view: View, key: str, number: str, sort: str = "") -> list[Thing]:
    """The things that one number of the sheet counts, by their references; `sort` is one kind of comment."""
    found = found_of(view, key)
    if number == WRONG:
        return _wrong(view, key, found)
    wanted = {
        each.id
        for each in found.lying
        if (not sort or each.sort == sort)
        and (number == RECEIVED or each.ended == (number == ENDED))
    }
    if number == RECEIVED:
        wanted &= set(found.arrived)
    things = [thing for id_, thing in _things(view, key).items() if id_ in wanted]
    if number == RECEIVED and not sort:
        things += [Thing(found.names.get(id_, id_), "", "", _LOST) for id_ in found.line.lost]
    return things


def _wrong(view: View, key: str, found: Found) -> list[Thing]:
    here = _things(view, key)
    whys = dict.fromkeys(found.line.doubled, _TWICE) | dict.fromkeys(found.line.strange, _STRANGE)
    whys |= dict.fromkeys(found.line.lost, _LOST)
    wrong = []
    for id_ in found.line.named:
        thing = here.get(id_, Thing(found.names.get(id_, id_), "", "", ""))
        wrong.append(Thing(thing.ref, thing.words, thing.about, whys[id_], thing.told))
    return wrong


def _things(view: View, key: str) -> dict[str, Thing]:
    query, thing = _READ[key]
    rows = view.session.execute(query.where(*KINDS[key].which))
    return {row[0].id: thing(*row) for row in rows}


def _end(disposition: str | None) -> str:
    return DISPOSITION_LABELS[Disposition(disposition)] if disposition else "Still open"


def _comment(c: Comment, passage: str) -> Thing:
    return Thing(c.reference, c.text, passage, _end(c.disposition), told=True)


def _submission(s: Submission) -> Thing:
    return Thing(s.reference, f"{s.body}: {s.title}", ", ".join(s.passages), _end(s.disposition), told=True)


def _missing(m: MissingPoint, passage: str | None) -> Thing:
    return Thing(m.reference, m.text, passage or "", "Still open" if m.state == "open" else "Answered")


def _kept(k: KeptItem) -> Thing:
    return Thing(k.reference, k.why, _table(k.table_number), "Still open" if k.state == "open" else "Settled")


def _call(call: HelpCall) -> Thing:
    stands = "Waits for somebody" if call.state in OPEN_STATES else "Closed"
    return Thing(_table(call.table_number), f"{len(call.cries)} times called", "", stands)


def _table(number: int | None) -> str:
    return f"Table {number}" if number is not None else ""


_KEPT = (select(KeptItem).order_by(KeptItem.reference), _kept)
_READ: dict[str, tuple[Any, Callable[..., Thing]]] = {
    "comments": (
        select(Comment, Passage.reference).join(Passage, Passage.id == Comment.passage_id)
        .order_by(Comment.table_number, Comment.serial),
        _comment,
    ),
    "submissions": (select(Submission).order_by(Submission.reference), _submission),
    "missing": (
        select(MissingPoint, Passage.reference)
        .outerjoin(Passage, Passage.id == MissingPoint.passage_id).order_by(MissingPoint.reference),
        _missing,
    ),
    "kept": _KEPT,
    "quarantine": _KEPT,
    "calls": (select(HelpCall).order_by(HelpCall.called_at), _call),
}  # fmt: skip
