"""Before: makes the demo event, or a larger one like it for a rehearsal, through the office's own actions."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from facilitate import House, open_house
from facilitate.actions import carry_out
from facilitate.actions.event import make_event
from facilitate.config import EVERYWHERE, Settings, own_addresses
from facilitate.demo_draft import HOUSING, considered_draft
from facilitate.domain.people import OPERATOR
from facilitate.domain.refusal import Refused
from facilitate.formats.read import read_document
from facilitate.office import MEDIA_TYPES, run
from facilitate.queries.people import SignIn, sign_ins
from facilitate.rehearsal.content import FOLDER, SCREENS, Content, read_content
from facilitate.store.rows import Event, Passage, TableRow, Track
from facilitate.store.writer import Command, Transaction

Work = Callable[[Transaction], dict[str, Any]]
_FOR_A_PART = ("area-facilitator", "resource-person")
_PRACTICE = "Practice ballot: "
# Robots do not wait for a clock on the wall: a ballot closes when all are in, and is published at once.
_HURRIED = {"min_open_seconds": 0, "publish_delay_seconds": 0}


def make_demo(house: House, content: Content, *, rehearsal: bool = False) -> None:
    """Make an event from content, all of it or nothing, in one transaction.

    Errors: `event-exists`, whatever the actions refuse.
    """
    verbs = list(_steps(content, rehearsal=rehearsal))
    commands = [Command(house.new_id(), verb, OPERATOR, work, None) for verb, work in verbs]
    for answer in house.writer.write(commands):
        if answer.refusal:
            raise answer.refusal


def _steps(content: Content, *, rehearsal: bool) -> Iterator[tuple[str, Work]]:
    settings = {"reasons": content.reasons} | (_HURRIED if rehearsal else {})
    event = {
        "name": content.name, "preset": "conference", "zone": content.zone, "rehearsal": rehearsal,
        "settings": settings,
    }  # fmt: skip
    yield "make-event", lambda tx: make_event(tx, event)
    members = [] if rehearsal else [row for row in content.people if _signs_alone(row)]
    if members:
        # Before it was frozen, the first document went round in the NPF.
        yield _verb("import-people", {"rows": members})
        paper = content.documents[0]
        yield from considered_draft(paper, _document(paper)["read"], HOUSING)
    for document in content.documents:
        yield _verb("import-document", _document(document))
    yield _verb("import-delegations", {"rows": content.delegations})
    tracks = [{"name": part.name} for part in content.parts]
    yield _verb("write-programme", {"tracks": tracks, "items": content.items})
    yield _verb("make-tables", {"tables": content.tables})
    yield _verb("import-people", {"rows": [row for row in content.people if row not in members]})
    yield _verb("import-submissions", {"rows": content.submissions})
    for label in SCREENS:
        yield "add-screen", _screen(label)
    yield _verb("add-kiosk", {"label": "Kiosk by the door"})
    yield "draft-ballot", _practice(content)


def _signs_alone(row: dict[str, Any]) -> bool:
    """Whether somebody is a signatory and nothing else, and so needs neither a table nor a delegation."""
    return all(role.startswith("signatory") for role in row["roles"])


def _verb(verb: str, data: dict[str, Any]) -> tuple[str, Work]:
    return verb, lambda tx: carry_out(tx, verb, data)


def _document(document: dict[str, Any]) -> dict[str, Any]:
    file = FOLDER / document["file"]
    body = file.read_bytes()
    return {
        "prefix": document["prefix"], "title": document["title"], "commission": document["commission"],
        "read": read_document(file.name, body), "name": file.name, "body": body,
        "media_type": MEDIA_TYPES[file.suffix],
    }  # fmt: skip


def _screen(label: str) -> Work:
    def work(tx: Transaction) -> dict[str, Any]:
        tracks = tx.session.query(Track).order_by(Track.position).all()
        named = [track for track in tracks if label.startswith(track.name)]
        made = carry_out(tx, "add-screen", {"label": label, "track": (named or tracks)[0].id})
        if label == "Room":
            scene = {
                "screen": made["screen"],
                "scene": "room",
                "track": None,
                "passage": None,
                "ballot": None,
            }
            carry_out(tx, "set-scene", scene)
        return made

    return work


# By sections too, so that whoever tries the demo meets both tallies.
SHARES = [
    {"sections": ["clp", "mp"], "share": "50"}, {"sections": ["union"], "share": "45"},
    {"sections": ["socialist-society"], "share": "5"},
]  # fmt: skip


def _practice(content: Content) -> Work:
    """Drafts the first practice ballot, so that the chair's first button leads to it."""
    question = min(content.practice, key=[item["title"] for item in content.items].index)
    question = question.removeprefix(_PRACTICE)

    def work(tx: Transaction) -> dict[str, Any]:
        track = tx.session.query(Track).order_by(Track.position).first()
        data: dict[str, Any] = {
            "item": tx.new_id(), "motion": None, "question": question[0].upper() + question[1:],
            "form": "for-against", "options": [], "trust": "anonymised", "purpose": "practice",
            "rules": {"shares": SHARES, "deciding": "heads"}, "track": track.id if track else None,
        }  # fmt: skip
        return carry_out(tx, "draft-ballot", data)

    return work


def _phase(house: House) -> str | None:
    with house.reads() as session:
        event = session.get(Event, "event")
        return event.phase if event else None


def open_demo(settings: Settings, *, rehearsal: bool, renew: bool = True) -> tuple[House, Content]:
    """Open the demo event, making it if there is none; beside a rehearsal that is over a new one is made.

    Errors: `not-a-demo` when the folder holds another event.
    """
    content, first = read_content(), settings.folder
    for number in itertools.count(2):
        house = open_house(settings)
        phase = _phase(house)
        if phase is None:
            make_demo(house, content, rehearsal=rehearsal)
        elif rehearsal and renew and phase == "after":
            house.close()
            folder = first.with_name(f"{first.name}-{number}")
            settings = replace(settings, folder=folder, database_url=_database(folder))
            continue
        break
    with house.reads() as session:
        if session.get_one(Event, "event").name != content.name:
            raise Refused("not-a-demo", f"{settings.folder} holds another event, which is left alone.")
    return house, content


def _database(folder: Path) -> str:
    return f"sqlite+pysqlite:///{folder / 'event.db'}"


def demo_lines(house: House, *, robots: bool) -> Iterator[str]:
    """Where the demo is, and one link for each kind of user."""
    port, host = house.settings.port, house.settings.host
    here = f"http://localhost:{port}"
    room = next((a for a in own_addresses() if a[0].isdigit() and not a.startswith("127.")), None)
    with house.reads() as session:
        event = session.get_one(Event, "event")
        yield f"{event.name}{' (REHEARSAL)' if event.rehearsal else ''}, in {house.settings.folder}"
    yield f"  on this machine  {here}"
    if room:
        hint = "" if host == EVERYWHERE else "  once served with --host 0.0.0.0"
        yield f"  in this room     http://{room}:{port}{hint}"
    yield ""
    for each in one_of_each(all_sign_ins(house)):
        yield f"  {each.role:17} {each.label:34} {here}/in/{each.code}"
    yield ""
    yield f"facilitate demo {'--robots ' if robots else ''}--links prints these again; Ctrl+C ends the demo."


def one_of_each(found: list[SignIn]) -> list[SignIn]:
    """One way in for each kind of user; of several, a table's laptop and the main screen go before.

    Those who answer for a part of the room, a block or a commission, are all there.
    """
    chosen: dict[str, SignIn] = {}
    for each in sorted(found, key=lambda s: s.label != SCREENS[0] and not s.label.startswith("Laptop")):
        chosen.setdefault(each.holder if each.role in _FOR_A_PART else each.role, each)
    order = list(dict.fromkeys(each.role for each in found))
    return sorted(chosen.values(), key=lambda each: order.index(each.role))


def all_sign_ins(house: House) -> list[SignIn]:
    """Everybody's way in."""
    with house.reads() as session:
        return sign_ins(session, house.settings.key("sign-in"))


@contextmanager
def scratch_event(settings: Settings, content: Content) -> Iterator[House]:
    """An event marked as a rehearsal in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="facilitate-rehearsal-") as folder:
        place = Path(folder)
        house = open_house(replace(settings, folder=place, database_url=_database(place)))
        try:
            make_demo(house, content, rehearsal=True)
            yield house
        finally:
            house.close()


def plan_one_round(house: House) -> None:
    """Give every table the same passage in the same round, in an event that is only measured."""
    with house.reads() as session:
        tables = list(session.scalars(select(TableRow.number)))
        tracks = list(session.scalars(select(Track).order_by(Track.position)))
        first = session.scalars(select(Passage.reference).order_by(Passage.position)).first()
    row = {
        "track": tracks[0].name, "kind": "round", "title": "A round to be measured",
        "planned": "2027-03-27T10:00", "minutes": 60, "assignments": [{"passage": first}],
    }  # fmt: skip
    named: list[dict[str, Any]] = [{"name": track.name} for track in tracks]
    run(house, "write-programme", {"tracks": [named[0] | {"tables": tables}, *named[1:]], "items": [row]})


__all__ = [
    "all_sign_ins", "demo_lines", "make_demo", "one_of_each", "open_demo", "plan_one_round", "scratch_event",
]  # fmt: skip
