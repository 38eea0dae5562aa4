"""Every stage: the event is given to another host, or taken back where its bundle was lost."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from facilitate import House, open_house
from facilitate.actions.handover import hand_over, take_back
from facilitate.config import Settings
from facilitate.domain.handover import HandoverState, Invitation
from facilitate.domain.people import OPERATOR
from facilitate.domain.refusal import Refused
from facilitate.formats.bundle import hash_of
from facilitate.handover.files import DATABASE, aside_in, pack, unfinished
from facilitate.handover.keys import event_keys, open_invitations, sync
from facilitate.handover.rows import copy_rows
from facilitate.queries.verify import verify_event
from facilitate.store.handovers import Gone, gone_from
from facilitate.store.journal import head_of
from facilitate.store.rows import Event, Handover
from facilitate.store.session import migrate, open_store, read_sessions
from facilitate.store.writer import Command, Transaction


@dataclass(frozen=True)
class Given:
    """A bundle that was made.

    Shape: number and head are the journal's end in it; `hash` is the file's SHA-256; `again` says that the
    event was handed over before, and this is another copy of the same bundle.
    """

    place: Path
    number: int
    head: str
    hash: str
    again: bool


def has_event(settings: Settings) -> bool:
    """Whether there is an event's database here; makes none."""
    local = settings.folder / DATABASE
    return not settings.database_url.endswith(str(local)) or local.is_file()


@contextmanager
def the_house(settings: Settings) -> Iterator[House]:
    """The event that is here.

    Errors: `no-event`.
    """
    if not has_event(settings):
        raise Refused("no-event", f"There is no event in {settings.folder}. Nothing was changed.")
    house = open_house(settings)
    try:
        with house.reads() as session:
            if session.get(Event, "event") is None:
                raise Refused("no-event", f"There is no event in {settings.folder}. Nothing was changed.")
        yield house
    finally:
        house.close()


def give(settings: Settings, invitation: Invitation, place: Path) -> Given:
    """Hand the event over to whoever made the invitation, and write the bundle for it.

    Asked for again with the same invitation, it writes the same event into another file.
    Errors: `own-invitation`, `file-exists`, `cannot-write`, `record-broken`, whatever handing over refuses.
    """
    if invitation.mark in {each.mark for each in open_invitations(settings.folder)}:
        raise Refused(
            "own-invitation",
            "This invitation was made here. Take one of the machine that shall receive the event.",
        )
    with the_house(settings) as house, unfinished(place) as part, aside_in(settings.folder) as aside:
        _check_record(house)
        giver = socket.gethostname()
        done = run(house, "hand-over", lambda tx: hand_over(tx, invitation, giver))
        number, head = _copy(house.database, aside / DATABASE)
        pack(part, invitation, number, head, [aside / DATABASE, *event_keys(settings.folder)])
        part.rename(place)
        sync(place.absolute().parent)
    with place.open("rb") as file:
        return Given(place, number, head, hash_of(file), done["again"])


def run(house: House, verb: str, work: Callable[[Transaction], dict[str, Any]]) -> dict[str, Any]:
    """Do what the operator asks for, also where the event was handed over.

    Errors: whatever the work refuses.
    """
    answer = house.writer.write([Command(house.new_id(), verb, OPERATOR, work, None, over=True)])[0]
    if answer.refusal:
        raise answer.refusal
    return answer.result


def _check_record(house: House) -> None:
    with house.reads() as session:
        report = verify_event(session)
    if not report.whole:
        raise Refused(
            "record-broken",
            f"{report.sentence} No machine would take it: look into it with “facilitate verify”. The event "
            "was not handed over.",
        )


def _copy(database: Engine, place: Path) -> tuple[int, str]:
    """A copy of the event in a file of its own, and the journal's end in it.

    Nothing is written any more: one reading transaction sees what all others see.
    """
    url = f"sqlite+pysqlite:///{place}"
    migrate(url)
    copy = open_store(url)
    try:
        with snapshot_of(database) as reading, copy.execution_options(writing=True).begin() as target:
            copy_rows(reading.connection(), target)
            return head_of(reading)
    finally:
        # The last connection that closes writes the log into the file.
        copy.dispose()


def snapshot_of(database: Engine) -> Session:
    """A session that sees one state from first to last."""
    steady = {"isolation_level": "REPEATABLE READ"} if database.dialect.name == "postgresql" else {}
    return read_sessions(database.execution_options(**steady))()


def take_back_event(settings: Settings, reason: str) -> str:
    """Let the event go on here after its bundle was lost; says for whom it was.

    Errors: `no-event`, `not-handed-over`, `reason-missing`.
    """
    with the_house(settings) as house:
        return str(run(house, "take-back", lambda tx: take_back(tx, reason))["recipient"])


@dataclass(frozen=True)
class Standing:
    """Where the event is: whether it is gone from here, its moves so far, and the journal's end.

    Shape: a move is when, from where, to where and what became of it, in words.
    """

    event: str
    gone: Gone | None
    moves: list[tuple[str, str, str, str]]
    number: int
    head: str


_WORDS = {
    HandoverState.GIVEN: "given",
    HandoverState.TAKEN: "taken",
    HandoverState.TAKEN_BACK: "taken back",
}


def standing(settings: Settings) -> Standing:
    """Where the event is, and how it came there.

    Errors: `no-event`.
    """
    with the_house(settings) as house, house.reads() as session:
        rows = session.scalars(select(Handover).order_by(Handover.given_at))
        moves = [
            (f"{row.given_at:%Y-%m-%d %H:%M} UTC", row.giver, row.recipient, _WORDS[HandoverState(row.state)])
            for row in rows
        ]
        event = session.get_one(Event, "event")
        return Standing(event.name, gone_from(session), moves, *head_of(session))
