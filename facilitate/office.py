"""Before: what a clerk does at the machine itself: new events, imports, sign-in links, without any door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from facilitate import House
from facilitate.actions import carry_out
from facilitate.actions.event import make_event
from facilitate.domain.documents import ReadDocument
from facilitate.domain.people import OPERATOR
from facilitate.domain.refusal import Refused
from facilitate.formats.csv_in import read_delegations, read_people, read_submissions
from facilitate.formats.pack_pdf import pack_data
from facilitate.formats.render import rendered
from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.queries.imports import known_for
from facilitate.queries.pack import pack_of
from facilitate.queries.people import SignIn, sign_ins
from facilitate.store.journal import head_of
from facilitate.store.writer import Command, Transaction

READERS = {"delegations": read_delegations, "people": read_people, "submissions": read_submissions}
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".md": "text/markdown",
    ".txt": "text/plain",
}


def run(house: House, verb: str, data: dict[str, Any]) -> dict[str, Any]:
    """Carry out one verb as the operator of this machine.

    Errors: whatever the verb refuses.
    """
    return _write(house, verb, lambda tx: carry_out(tx, verb, data))


def _write(house: House, verb: str, work: Any) -> dict[str, Any]:
    answer = house.writer.write([Command(house.new_id(), verb, OPERATOR, work, None)])[0]
    if answer.refusal:
        raise answer.refusal
    return answer.result


def new_event(house: House, name: str, preset: str, zone: str, *, rehearsal: bool = False) -> None:
    """Make an event with one person who runs it.

    Errors: `event-exists`, `unknown-preset`, `unknown-zone`.
    """
    data = {"name": name, "preset": preset, "zone": zone, "rehearsal": rehearsal}

    def work(tx: Transaction) -> dict[str, Any]:
        return make_event(tx, data)

    _write(house, "make-event", work)
    roles = ["chair", "clerk", "theme-team", "teller"]
    run(house, "import-people", {"rows": [{"name": "Whoever runs the event", "roles": roles}]})


def take_document(
    house: House, file: Path, read: ReadDocument, prefix: str, title: str | None, commission: str
) -> dict[str, Any]:
    """Freeze a document that has been read."""
    return run(
        house,
        "import-document",
        {
            "prefix": prefix,
            "title": title,
            "commission": commission,
            "read": read,
            "name": file.name,
            "media_type": MEDIA_TYPES.get(file.suffix.lower(), "application/octet-stream"),
            "body": file.read_bytes(),
        },
    )


@dataclass(frozen=True)
class Taken:
    """What became of an import: a sentence, and one for each row that had something to say."""

    taken: bool
    sentence: str
    messages: list[str] = field(default_factory=list)


def take_table(house: House, kind: str, file: Path, *, dry_run: bool) -> Taken:
    """Take a CSV file in, all of it or nothing."""
    with house.reads() as session:
        table = READERS[kind](file.read_bytes(), **known_for(session, kind))
    messages = [f"Row {m.row}, {m.column or 'whole row'}: {m.sentence}" for m in table.messages]
    if not table.can_be_imported:
        return Taken(False, f"Nothing was taken in: {file.name} has rows that do not fit.", messages)
    if dry_run:
        return Taken(False, f"{len(table.rows)} {kind} would be taken in from {file.name}.", messages)
    run(house, f"import-{kind}", {"rows": table.rows})
    return Taken(True, f"{len(table.rows)} {kind} taken in from {file.name}.", messages)


def sign_in_lines(house: House, base: str | None = None, *, everybody: bool = False) -> Iterator[str]:
    """Sign-in links as lines of text: one for each kind of user, or all."""
    plain = f"http://localhost:{house.settings.port}"
    with house.reads() as session:
        for each in _chosen(sign_ins(session, house.settings.key("sign-in")), everybody):
            address = base or house.settings.https_base_for(each.role) or plain
            yield f"{each.role:16} {each.label:34} {address}/in/{each.code}"


def _chosen(found: list[SignIn], everybody: bool) -> Iterator[SignIn]:
    seen: set[str] = set()
    for each in found:
        if everybody or each.role not in seen:
            seen.add(each.role)
            yield each


def printed_pack(house: House, copy_for: str, made: datetime) -> bytes:
    """One PDF for a day without power, with its recipient's name."""
    with house.reads() as session:
        view = View(session, made)
        event = see_event(view, viewer_of("desk"), None)["event"]
        data = pack_data(event, copy_for, pack_of(view), head_of(session), view.now)
    return rendered("pack", data)


__all__ = [
    "Refused",
    "Taken",
    "new_event",
    "printed_pack",
    "run",
    "sign_in_lines",
    "take_document",
    "take_table",
]
