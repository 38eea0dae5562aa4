"""The one writer: group commit, repeats, refusals and the journal, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from facilitate.domain.people import OPERATOR, Actor
from facilitate.domain.refusal import Refused
from facilitate.queries.verify import verify_event
from facilitate.store.rows import Delegation, JournalEntry, JournalPayload
from facilitate.store.session import migrate, open_store, read_sessions, write_sessions
from facilitate.store.writer import Command, Transaction, Writer

START = datetime(2027, 3, 27, 10, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "sqlite":
        url = f"sqlite+pysqlite:///{tmp_path / 'event.db'}"
    else:
        url = request.getfixturevalue("postgres_url")
    migrate(url)
    engine = open_store(url)
    yield engine
    engine.dispose()


@pytest.fixture
def writer(store: Any) -> Writer:
    count = itertools.count(1)
    return Writer(
        write_sessions(store),
        lambda: START + timedelta(seconds=next(count)),
        lambda: f"id-{next(count)}",
        lambda: f"{next(count):032x}",
    )


def founding(code: str, votes: int = 1) -> Any:
    def work(tx: Transaction) -> dict[str, Any]:
        row = Delegation(id=code, code=code, name=f"Body {code}", section="clp", votes=votes)
        tx.session.add(row)
        tx.record("delegation-made", f"delegation:{code}", rows=[row], audiences=["desk"])
        if votes < 0:
            raise Refused("no-votes", "A delegation has votes.")
        return {"code": code}

    return work


def ask(name: str, code: str, votes: int = 1, actor: Actor = OPERATOR) -> Command:
    return Command(name, "make-delegation", actor, founding(code, votes), {"code": code, "votes": votes})


def codes(store: Any) -> list[str]:
    with read_sessions(store)() as session:
        return sorted(d.code for d in session.query(Delegation))


def test_a_batch_is_written_and_numbered_in_order(writer: Writer, store: Any) -> None:
    answers = writer.write([ask("a", "NOR"), ask("b", "SUD")])
    assert [(a.number, a.result["code"]) for a in answers] == [(1, "NOR"), (2, "SUD")]
    assert codes(store) == ["NOR", "SUD"]


def test_one_refusal_harms_nobody_in_the_batch(writer: Writer, store: Any) -> None:
    answers = writer.write([ask("a", "NOR"), ask("b", "BAD", -1), ask("c", "SUD")])
    assert [a.refusal.code if a.refusal else a.number for a in answers] == [1, "no-votes", 2]
    assert codes(store) == ["NOR", "SUD"]
    with read_sessions(store)() as session:
        assert verify_event(session).differences == []


def test_the_same_command_again_gets_the_first_answer_again(writer: Writer, store: Any) -> None:
    first = writer.write([ask("a", "NOR")])[0]
    again = writer.write([ask("a", "NOR"), ask("a", "NOR")])
    assert [(a.number, a.result) for a in again] == [(first.number, first.result)] * 2
    assert codes(store) == ["NOR"]


def test_the_same_id_for_something_else_is_refused(writer: Writer, store: Any) -> None:
    answers = writer.write([ask("a", "NOR"), ask("a", "SUD")])
    assert answers[1].refusal is not None
    assert answers[1].refusal.code == "id-reused"
    other = writer.write([ask("a", "NOR", actor=Actor(person="p"))])[0]
    assert other.refusal is not None and other.refusal.code == "id-reused"
    assert codes(store) == ["NOR"]


def test_a_bug_in_one_command_is_answered_and_harms_nobody(writer: Writer, store: Any) -> None:
    def broken(tx: Transaction) -> dict[str, Any]:
        founding("BAD")(tx)
        raise ZeroDivisionError

    answers = writer.write([ask("a", "NOR"), Command("b", "broken", OPERATOR, broken, {}), ask("c", "SUD")])
    assert answers[1].refusal is not None and answers[1].refusal.code == "failed"
    assert codes(store) == ["NOR", "SUD"]


def test_the_database_refuses_a_double_and_the_rest_is_kept(writer: Writer, store: Any) -> None:
    answers = writer.write([ask("a", "NOR"), ask("b", "NOR"), ask("c", "SUD")])
    assert [a.refusal.code if a.refusal else "done" for a in answers] == ["done", "failed", "done"]
    assert codes(store) == ["NOR", "SUD"]


def test_the_chain_holds_and_a_changed_row_is_found(writer: Writer, store: Any) -> None:
    writer.write([ask("a", "NOR"), ask("b", "SUD")])
    with read_sessions(store)() as session:
        report = verify_event(session)
        assert report.whole and report.entries == 2
        assert not verify_event(session, "0" * 64).whole
    with write_sessions(store)() as session, session.begin():
        session.get_one(Delegation, "NOR").votes = 1000
    with read_sessions(store)() as session:
        assert verify_event(session).differences == ["delegations:NOR is not as the journal says."]


def test_a_changed_entry_breaks_the_chain(writer: Writer, store: Any) -> None:
    writer.write([ask("a", "NOR"), ask("b", "SUD")])
    with write_sessions(store)() as session, session.begin():
        session.get_one(JournalEntry, 1).actor = "person:somebody-else"
    with read_sessions(store)() as session:
        assert "Entry 1 does not fit into the chain." in verify_event(session).differences


def test_an_erased_payload_leaves_the_chain_whole(writer: Writer, store: Any) -> None:
    writer.write([ask("a", "NOR"), ask("b", "SUD")])
    with write_sessions(store)() as session, session.begin():
        session.delete(session.get_one(Delegation, "NOR"))
        payload = session.get_one(JournalPayload, 1)
        payload.body = payload.salt = None
        payload.erased_by, payload.erased_because = "the clerk", "asked for by the person concerned"
    with read_sessions(store)() as session:
        report = verify_event(session)
    assert report.differences == []
    assert "1 erased with reason" in report.sentence


def test_answers_come_after_the_commit(writer: Writer, store: Any) -> None:
    seen: list[list[str]] = []
    writer.after_commit.append(lambda entries: seen.append(codes(store)))
    writer.write([ask("a", "NOR"), ask("b", "SUD")])
    assert seen == [["NOR", "SUD"]]


def test_what_a_full_disk_refuses_is_not_acknowledged_and_can_be_sent_again(tmp_path: Path) -> None:
    url = f"sqlite+pysqlite:///{tmp_path / 'event.db'}"
    migrate(url)
    engine = open_store(url)
    count = itertools.count(1)
    writer = Writer(write_sessions(engine), lambda: START, lambda: f"id-{next(count)}", lambda: f"{0:032x}")
    failures: list[Exception] = []
    writer.after_failure.append(failures.append)
    batch = [ask(f"c{n}", f"D{n}") for n in range(300)]
    room = ["1"]

    def leave_room(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={room[-1]}")

    event.listen(engine, "begin", leave_room)
    refusals = {answer.refusal.code for answer in writer.write(batch) if answer.refusal}
    assert refusals == {"not-stored"} and "full" in str(failures[0])
    assert codes(engine) == []
    room.append("1000000")
    assert all(answer.refusal is None for answer in writer.write(batch))
    assert len(codes(engine)) == 300
    engine.dispose()
