"""`facilitate verify`: a busy event's record holds, and whatever is tampered with is found."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from facilitate.queries.verify import NOT_RECORDED, verify_event
from facilitate.store.journal import head_of
from facilitate.store.rows import (
    Ballot,
    Comment,
    Elector,
    File,
    GrantRow,
    JournalEntry,
    JournalHead,
    JournalPayload,
    Motion,
    Paper,
    Row,
    ThemeComment,
    Voted,
)  # fmt: skip
from facilitate.store.session import open_store, write_sessions
from tests.busy import acts
from tests.people import Hall


@pytest.fixture(scope="module")
def busy(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Hall:
    """An event in which everything has happened; tampering with it is taken back after each test."""
    path = tmp_path_factory.mktemp("busy") / "event.db"
    shutil.copy(founded, path)
    hall = Hall(open_store(f"sqlite+pysqlite:///{path}"), count=itertools.count(100_000))
    for _, act in acts(hall):
        act()
    return hall


def one(session: Session, table: type[Row]) -> Row:
    """Any row of a table."""
    return session.scalars(select(table).limit(1)).one()


def changed_vote(session: Session) -> None:
    session.execute(update(Paper).where(Paper.choice == "against").values(choice="for", group=0))


def stuffed_box(session: Session) -> None:
    ballot = session.scalars(select(Paper.ballot_id).limit(1)).one()
    session.add(Paper(ballot_id=ballot, id="f" * 32, choice="for", group=0))


def voter_struck_off(session: Session) -> None:
    voter = session.scalars(select(Voted).limit(1)).one()
    session.execute(
        delete(Elector).where(Elector.ballot_id == voter.ballot_id, Elector.person_id == voter.person_id)
    )


def changed_result(session: Session) -> None:
    ballot = session.scalars(select(Ballot).where(Ballot.result.is_not(None)).limit(1)).one()
    ballot.result = {**(ballot.result or {}), "verdict": "lost"}


def changed_words(session: Session) -> None:
    session.execute(update(Comment).values(text="Something else"))


def vanished_comment(session: Session) -> None:
    session.execute(delete(Comment).where(Comment.reference == "1/1"))


def regrouped(session: Session) -> None:
    session.execute(delete(ThemeComment))


def smuggled_role(session: Session) -> None:
    holder = session.scalars(select(GrantRow.person_id).where(GrantRow.person_id.is_not(None))).first()
    session.add(
        GrantRow(id="x", person_id=holder, device_id=None, role="chair", scope_kind="event", scope="x")
    )


def changed_motion(session: Session) -> None:
    session.execute(update(Motion).where(Motion.state == "carried").values(state="lost"))


def changed_file(session: Session) -> None:
    session.execute(update(File).values(body=b"forged"))


def changed_actor(session: Session) -> None:
    session.execute(update(JournalEntry).where(JournalEntry.number == 20).values(actor="person:other"))


def changed_payload(session: Session) -> None:
    session.execute(update(JournalPayload).where(JournalPayload.number == 20).values(body='{"rows":{}}'))


def lost_payload(session: Session) -> None:
    session.execute(update(JournalPayload).where(JournalPayload.number == 20).values(body=None, salt=None))


def removed_entry(session: Session) -> None:
    session.execute(delete(JournalPayload).where(JournalPayload.number == 20))
    session.execute(delete(JournalEntry).where(JournalEntry.number == 20))


def cut_end(session: Session) -> None:
    last = session.scalar(select(func.max(JournalEntry.number)))
    session.execute(delete(JournalPayload).where(JournalPayload.number == last))
    session.execute(delete(JournalEntry).where(JournalEntry.number == last))


def moved_head(session: Session) -> None:
    session.execute(update(JournalHead).values(hash="0" * 64))


TAMPERINGS = [
    changed_vote, stuffed_box, voter_struck_off, changed_result, changed_words, vanished_comment, regrouped,
    smuggled_role, changed_motion, changed_file, changed_actor, changed_payload, lost_payload, removed_entry,
    cut_end, moved_head,
]  # fmt: skip


def test_the_record_of_a_busy_event_holds(busy: Hall) -> None:
    with busy.reads() as session:
        report = verify_event(session, head_of(session)[1])
    assert report.whole, report.differences
    assert report.sentence.startswith("The record holds:")


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda each: each.__name__)
def test_whatever_is_tampered_with_is_found(busy: Hall, tamper: Callable[[Session], None]) -> None:
    with write_sessions(busy.database)() as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        before = verify_event(session)
        assert before.whole, before.differences
        tamper(session)
        session.flush()
        session.expire_all()
        after = verify_event(session)
        session.rollback()
    assert not after.whole
    assert after.sentence.startswith("The record does NOT hold")


def test_another_head_than_the_one_shown_is_found(busy: Hall) -> None:
    with busy.reads() as session:
        assert not verify_event(session, "a" * 64).whole


def test_every_table_is_either_recorded_or_named_as_not() -> None:
    tables = {mapper.class_.__tablename__ for mapper in Row.registry.mappers}
    assert tables >= NOT_RECORDED
    assert {
        "credentials", "sessions", "papers", "voted", "electors", "stamps", "paper_stamps",
        "paper_entries", "confidences", "commands", "files", "journal", "journal_payloads", "journal_head",
    } == NOT_RECORDED  # fmt: skip
