"""Before: a draft for the demo: it circulates, members answer it, its commission considers what they said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from facilitate.actions import carry_out
from facilitate.domain.documents import ReadDocument, references
from facilitate.domain.programme import to_local
from facilitate.queries.people import person_actor
from facilitate.store.rows import Event, Person
from facilitate.store.writer import Transaction

Work = Callable[[Transaction], dict[str, Any]]


@dataclass(frozen=True)
class Said:
    """One point and its answer; with `was`, that passage read so before it was taken up, else it was not.

    Shape: `reason` is one of the event's, for what is not taken up; without an answer it still waits.
    """

    by: str
    passage: str
    says: str
    answer: str = ""
    was: str = ""
    wording: str = ""
    reason: str = ""


HOUSING = (
    Said(
        "Yusuf Demirel-Grant", "HOU-2.3", "Tenants will ask who pays the loan back, and so will we.",
        "The commission agrees: whoever borrows should say so beforehand.",
        "Councils should be free to borrow to build homes for social rent, within limits that the next "
        "Parliament sets for each region.",
        "A council that borrows should publish beforehand how the rents will carry the debt.",
    ),
    Said(
        "Constance Rowbottom", "HOU-2.6", "Say that need comes first, instead of asking.",
        "The tables are asked because members differ on it; their answers come back to the commission.",
        reason="It goes to the policy commission for further work.",
    ),
)  # fmt: skip


def considered_draft(
    paper: dict[str, str], read: ReadDocument, said: tuple[Said, ...]
) -> Iterator[tuple[str, Work]]:
    """The acts by which a draft goes round twice, the second time as `read`, and is answered.

    Shape: verbs with their work; `paper` holds prefix, title and commission.
    """
    first = replace(read, passages=tuple(_before(paper["prefix"], read, said)))
    yield "circulate-draft", _circulation(paper, first)
    for point in said:
        yield "send-draft-point", _sending(paper["prefix"], point)
    yield "circulate-draft", _circulation(paper, read)
    for number, point in enumerate(said, 1):
        if point.answer:
            yield "record-consideration", _consideration(f"D-{number:03d}", point)


def _before(prefix: str, read: ReadDocument, said: tuple[Said, ...]) -> Iterator[Any]:
    was = {point.passage: point.was for point in said if point.was}
    for reference, passage in zip(references(prefix, read.passages), read.passages, strict=True):
        yield replace(passage, text=was[reference]) if reference in was else passage


def _circulation(paper: dict[str, str], read: ReadDocument) -> Work:
    named = {key: paper[key] for key in ("prefix", "title", "commission")}
    return lambda tx: carry_out(tx, "circulate-draft", {**named, "opens": "", "until": "", "read": read})


def _sending(prefix: str, point: Said) -> Work:
    def work(tx: Transaction) -> dict[str, Any]:
        person = tx.session.scalars(select(Person.id).where(Person.name == point.by)).one()
        tx.actor = person_actor(tx.session, person) or tx.actor
        data = {"prefix": prefix, "version": 1, "passage": point.passage, "item": tx.new_id()}
        return carry_out(tx, "send-draft-point", data | {"says": point.says, "wording": point.wording})

    return work


def _consideration(reference: str, point: Said) -> Work:
    def work(tx: Transaction) -> dict[str, Any]:
        today = to_local(tx.now, tx.session.get_one(Event, "event").zone).date()
        there = {"version": "2", "passage": point.passage} if point.was else {"version": "", "passage": ""}
        fate = "taken-up" if point.was else "not-taken-up"
        return carry_out(tx, "record-consideration", {
            "submission": reference, "seen": 0, "considered_on": today.isoformat(), "meeting": "",
            "fate": fate, "answer": point.answer, "reason": point.reason, "referred_to": "", **there,
        })  # fmt: skip

    return work
