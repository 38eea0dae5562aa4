"""Serves a hub with one fault put in on purpose; the product itself knows nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from facilitate.server import choose_engine, main, main_box

MUTANTS: dict[str, Callable[[], None]] = {}


def mutant(put_in: Callable[[], None]) -> Callable[[], None]:
    """Name a fault after the function that puts it in."""
    MUTANTS[put_in.__name__.replace("_", "-")] = put_in
    return put_in


def command(*names: str | None) -> tuple[str, ...]:
    """What Python is given to serve a hub with faults, or with none."""
    faults = [name for name in names if name]
    return ("-m", "tests.prove.launch", *faults) if faults else ("-m", "facilitate.server")


def _replace(place: Any, name: str, by: Any) -> None:
    if not hasattr(place, name):
        sys.exit(f"{place} has no {name} any more: the fault that replaced it has to be written anew.")
    setattr(place, name, by)


@mutant
def acknowledge_before_commit() -> None:
    """Say that it is stored, and store it then."""
    import time

    from facilitate.store.writer import Answer
    from facilitate.web.hub import WriteQueue

    answer_after = WriteQueue._answer

    def answer_first(self: WriteQueue, batch: list[Any]) -> None:
        captured = [t for t in batch if t.command.type == "record-comment"]
        for ticket in captured:
            ticket.answer = Answer(ticket.command.id, 0, {"ref": "", "marks": []})
            ticket.done.set()
        # As long as a slow disk takes; the answers are on their way meanwhile.
        time.sleep(0.02)
        answer_after(self, batch)

    _replace(WriteQueue, "_answer", answer_first)


@mutant
def no_unique_id() -> None:
    """Take every message for a new one."""
    from dataclasses import replace

    from uuid6 import uuid7

    from facilitate.web.hub import Hub

    command = Hub._command

    def command_anew(self: Hub, actor: Any, asked: Any, _id: str, body: Any) -> Any:
        if asked.type == "record-comment":
            fresh = {**asked.data, "item": str(uuid7())}
            asked = replace(asked, data=fresh)
        return command(self, actor, asked, str(uuid7()), body)

    _replace(Hub, "_command", command_anew)


@mutant
def slow_commits() -> None:
    """Let time pass at random between giving a number and committing it; no fault, but where faults show."""
    import time
    from random import random

    from facilitate.store import journal, writer

    save = journal.save_entries

    def save_late(session: Any, chain: Any, entries: Any) -> None:
        time.sleep(random() * 0.02)
        save(session, chain, entries)
        time.sleep(random() * 0.02)

    _replace(writer, "save_entries", save_late)


@mutant
def numbers_from_a_sequence() -> None:
    """Take numbers from a sequence of the database, as they come, without the lock."""
    from sqlalchemy import text, update

    from facilitate.store import writer
    from facilitate.store.journal import Chain, Entry, head_of, save_entries
    from facilitate.store.rows import JournalHead

    class Sequenced(Chain):
        session: Any

        def add(self, **fields: Any) -> Entry:
            self.number = self.session.scalar(text("SELECT nextval('proof_numbers')")) - 1
            return super().add(**fields)

    def take_loosely(session: Any) -> Chain:
        chain = Sequenced(*head_of(session))
        chain.session = session
        return chain

    def save_loosely(session: Any, chain: Chain, entries: Any) -> None:
        save_entries(session, Chain(chain.number, chain.head), entries)
        latest = update(JournalHead).where(JournalHead.number < chain.number)
        session.execute(latest.values(number=chain.number))

    _replace(writer, "take_chain", take_loosely)
    _replace(writer, "save_entries", save_loosely)


@mutant
def resume_forgets() -> None:
    """Answer "what since N?" with the newest number and nothing of what lies between."""
    from facilitate.web import streams

    _replace(streams, "entries_after", lambda *_: [])


@mutant
def own_news_hides_others() -> None:
    """Think of oneself as up to date by one's own latest number, whatever others wrote before it."""
    from collections.abc import Sequence

    from facilitate.web.streams import Streams

    notice = Streams.notice

    def notice_only_own(self: Streams, entries: Sequence[Any]) -> None:
        self.head = max(self.head, entries[0].number - 1)
        notice(self, entries)

    _replace(Streams, "notice", notice_only_own)


@mutant
def failing_disk() -> None:
    """Let the system's own calls fail now and then; the fault lies in the disk here, not in the hub."""
    from tests.prove.faults import fail_in_this_process

    fail_in_this_process()


@mutant
def acknowledge_what_failed() -> None:
    """Say that it is stored whatever the disk says."""
    from facilitate.store.writer import Answer, Writer

    write = Writer.write

    def write_and_say_yes(self: Writer, batch: Any) -> list[Answer]:
        return [
            Answer(each.id, 0, {"ref": "", "marks": []}) if _is_lost(each) else each
            for each in write(self, batch)
        ]

    def _is_lost(answer: Answer) -> bool:
        return answer.refusal is not None and answer.refusal.code == "not-stored"

    _replace(Writer, "write", write_and_say_yes)


@mutant
def tell_nobody() -> None:
    """Keep to oneself that nothing can be stored."""
    from facilitate.web.trouble import Watch

    _replace(Watch, "_failed", lambda *_: None)


@mutant
def box_takes_two() -> None:
    """Take what comes last under a stamp, as if a vote could be changed."""
    from facilitate.web import box_held

    _replace(box_held, "COMMAND", ("-m", "tests.prove.launch", "last-paper-stands", "box"))


@mutant
def last_paper_stands() -> None:
    """The same within the box itself."""
    from facilitate.box.intake import Intake

    def take_it(_self: Intake, db: Any, waiting: Any) -> None:
        paper = waiting.paper
        row = (paper.bid_hash, paper.public_key, waiting.raw)
        db.execute("INSERT OR REPLACE INTO papers VALUES (?, ?, ?)", row)
        waiting.taken = True

    _replace(Intake, "_take", take_it)


@mutant
def box_answers_as_long_as_it_is() -> None:
    """Let a box give answers without filling them up."""
    from facilitate.web import box_held

    _replace(box_held, "COMMAND", ("-m", "tests.prove.launch", "bare-answers", "box"))


@mutant
def bare_answers() -> None:
    """The same within the box itself."""
    from facilitate.box import doors

    _replace(doors, "ANSWER_BYTES", 0)


@mutant
def log_not_emptied() -> None:
    """Leave in the hub's log what papers were made of."""
    from facilitate.web import tidying

    _replace(tidying.Tidying, "go", lambda *_: None)


@mutant
def logs_keep_all() -> None:
    """Let no log of hub or box begin anew: no fault, but the best that a thief can hope for."""
    from facilitate.store import session
    from facilitate.web import box_held

    _replace(session, "_PRAGMAS", (*session._PRAGMAS, "wal_autocheckpoint=0"))
    _replace(box_held, "COMMAND", ("-m", "tests.prove.launch", "box-log-keeps-all", "box"))


@mutant
def box_log_keeps_all() -> None:
    """The same within the box itself."""
    from facilitate.box import vault

    _replace(vault, "_PRAGMAS", (*vault._PRAGMAS, "wal_autocheckpoint=0"))


if __name__ == "__main__":
    faults = [name for name in sys.argv[1:] if name in MUTANTS]
    if sys.argv[-1] != "box":
        choose_engine("eventlet")
    for chosen in faults:
        MUTANTS[chosen]()
    main_box() if sys.argv[-1] == "box" else main()
