"""Every fate that a point can have is told whole, in order, in words that a delegate understands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from facilitate.domain.people import OPERATOR, Actor, Grant, Role
from facilitate.domain.stations import DEFAULT_REASONS
from facilitate.office import run
from facilitate.queries import View
from facilitate.queries.story import Story, story_of
from facilitate.store.rows import Comment, KeptItem, Submission
from tests.actions.after_event import REPAIRS, AfterEvent, hold_event

NOW = datetime(2027, 3, 28, tzinfo=UTC)
FOURTEEN = REPAIRS.replace("twenty-eight", "fourteen")
ROUNDS = {
    "tracks": [{"name": "Hall"}],
    "items": [
        {"track": "Hall", "day": "2099-03-28", "kind": "round", "title": "Homes", "minutes": 30,
         "planned": "2099-03-28T14:30", "assignments": [{"passage": "HOU-1.1", "tables": "all"}]},
    ],
}  # fmt: skip
THEA = Actor(person=None, name="Thea", grants=(Grant(Role.THEME_TEAM),))


class Told:
    """The event with one point of each fate, by what they are called here."""

    def __init__(self, event: AfterEvent) -> None:
        self.event = event
        self.points: dict[str, str] = {}
        self.refs: dict[str, str] = {}

    def says(self, name: str, table: int, ref: str = "HOU-1.2", text: str = "") -> str:
        self.points[name] = self.event.say(table, ref, text or f"The point {name}.")
        return self.points[name]

    def ends(self, name: str, disposition: str, reason: str = "") -> None:
        words = DEFAULT_REASONS[reason] if reason else None
        self.event.end("comment", self.points[name], disposition=disposition, reason=words)

    def does(self, verb: str, **data: Any) -> Any:
        return self.event.do(THEA, verb, **data)

    def theme(self, name: str, *points: str) -> str:
        item = f"theme-{name}"
        ids = [self.points[each] for each in points]
        self.does("name-theme", item=item, passage=self.event.id_of("HOU-1.2"), name=name, comments=ids)
        return item

    def story(self, name: str) -> Story:
        with self.event.house.reads() as session:
            ref = self.refs.get(name) or session.get_one(Comment, self.points[name]).reference
            found = story_of(View(session, NOW), self.event.person("Dai"), ref)
        assert found is not None
        return found

    def lines(self, name: str) -> list[str]:
        return [" ".join(filter(None, (step.sentence, step.words))) for step in self.story(name).steps]


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    found = Told(hold_event(tmp_path))
    yield found
    found.event.house.close()


def fill(told: Told) -> None:
    """Points of every fate; the motion from the theme is carried, another one lost."""
    event = told.event
    sent = {"title": "Repairs", "text": "Repair faster.", "body": "Northern Moor CLP"}
    sent["passages"] = ["HOU-1.2"]  # type: ignore[assignment]
    run(event.house, "import-submissions", {"rows": [sent]})
    told.refs["submission"] = "S-001"
    for table, name in enumerate(("adopted", "in part", "merged")):
        told.says(name, table + 1)
    for name in ("not adopted", "referred back", "ruled out", "minority", "withdrawn"):
        told.says(name, 2)
    told.says("lost", 3, "HOU-1.1")
    told.says("open", 3, "HOU-1.1")
    first, second = told.theme("Faster repairs", "adopted", "in part"), told.theme("Quicker", "merged")
    told.does("merge-themes", **{"from": [second], "into": first})
    with event.house.reads() as session:
        submission = session.scalar(select(Submission.id))
    event.vote("replace", "HOU-1.2", FOURTEEN, themes=[first], submissions=[submission])
    event.vote("delete", "HOU-1.1", carried=False, comments=[told.points["lost"]])
    told.ends("adopted", "adopted")
    told.ends("in part", "adopted-in-part", "rest-not-carried")
    told.ends("merged", "adopted")
    event.end("submission", str(submission))
    told.ends("not adopted", "not-adopted", "needs-evidence")
    told.ends("referred back", "referred-back", "for-the-commission")
    told.ends("ruled out", "ruled-out", "outside-the-document")
    told.ends("minority", "minority-position", "no-majority")
    told.ends("lost", "lost", "room-voted-against")
    event.do(event.table(2), "withdraw-comment", comment=told.points["withdrawn"], reason=None)


def keep(told: Told) -> None:
    """A point of table 1 comes as nobody can read it, and the desk types it in."""
    raw = '{"data": {"text": "Half a word"}}'
    given = {"cause": "unreadable", "raw": raw, "data": None, "why": "It had no kind.", "item": None}
    ref = told.event.do(told.event.table(1), "keep-item", **given)["kept"]
    with told.event.house.reads() as session:
        kept = session.scalars(select(KeptItem.id).where(KeptItem.reference == ref)).one()
    typed = {"kind": "concern", "agree": 3, "against": 0, "text": "Half a word", "table": None}
    passage = told.event.id_of("HOU-1.1")
    told.refs["kept"] = told.does("type-in-kept", kept=kept, passage=passage, **typed)["ref"]


SENT = "Table 2 sent it as a concern. 6 at the table were with it, 1 was not."
READ, MOTION = "The theme team read it.", "Motion 1 was made from it."
THEME = "The theme team put it into the theme “Faster repairs”, with 2 others. “Quicker” was merged into it."
CARRIED = ["Ballot 1: Carried: 3 for, 1 against, 0 abstained.", "Motion 1 was carried."]
WAY = [f"{MOTION} It came by the theme “Faster repairs”. It would make HOU-1.2 read: {FOURTEEN}", *CARRIED]
# What each story says, station by station: how each line begins.
STORIES: dict[str, list[str]] = {
    "adopted": [SENT.replace("2", "1", 1), THEME, *WAY, "Its end: Adopted. What it asks for is in the text"],
    "in part": [SENT, THEME, *WAY, "Its end: Adopted in part. A part of what it asks for is in the text. "
                + DEFAULT_REASONS["rest-not-carried"]],
    "merged": [SENT.replace("2", "3", 1), THEME, *WAY, "Its end: Adopted."],
    "not adopted": [SENT, READ, "Its end: Not adopted. It is on record and not in the text. "
                    + DEFAULT_REASONS["needs-evidence"]],
    "referred back": [SENT, READ, "Its end: Referred back. It goes back to the body that wrote the document. "
                      + DEFAULT_REASONS["for-the-commission"]],
    "ruled out": [SENT, READ, "Its end: Ruled out. It could not be dealt with at this event. "
                  + DEFAULT_REASONS["outside-the-document"]],
    "minority": [SENT, READ, "Its end: Minority position. It goes on beside the text as a minority position. "
                 + DEFAULT_REASONS["no-majority"]],
    "withdrawn": [SENT, "The table withdrew it.", "Its end: Withdrawn."],
    "lost": [SENT.replace("2", "3", 1), "Motion 2 was made from it. It would take HOU-1.1 out.",
             "Ballot 2: Lost: 1 for, 3 against", "Motion 2 was lost.",
             "Its end: Lost on a ballot. The room voted on it, and it did not carry. "
             + DEFAULT_REASONS["room-voted-against"]],
    "open": [SENT.replace("2", "3", 1)],
    "submission": ["Northern Moor CLP sent it in before the event, about HOU-1.2.",
                   f"{MOTION} It would make HOU-1.2 read: {FOURTEEN}", *CARRIED, "Its end: Adopted."],
    "kept": ["It came, could not be taken as it was, and was kept as K-001: It had no kind.",
             "Table 1 sent it as a concern. 3 at the table were with it.",
             "The desk typed it in from what had come."],
}  # fmt: skip


def test_every_fate_is_told_whole_and_in_order(told: Told) -> None:
    fill(told)
    keep(told)
    assert set(STORIES) == {*told.points, *told.refs}
    for name, wanted in STORIES.items():
        found = told.lines(name)
        begun = [line[: len(begins)] for line, begins in zip(found, wanted, strict=False)]
        assert (begun, len(found)) == (wanted, len(wanted)), name


def test_a_story_says_where_its_passage_comes_up_next(told: Told) -> None:
    event = told.event
    run(event.house, "set-event", {"settings": {"tracks": True}})
    told.says("here", 1, "HOU-1.1")
    assert told.story("here").coming == ()
    run(event.house, "write-programme", ROUNDS)
    discussed = (
        "HOU-1.1 is discussed next on Saturday 28 March 2099 at 14:30, in “Homes” (Hall, all its tables)."
    )
    assert told.story("here").coming == (discussed,)
    motion = event.draft("replace", "HOU-1.1", "Every council builds.", comments=[told.points["here"]])
    event.do(OPERATOR, "put-motion", motion=motion)
    waits = "Motion 1, “A motion”, is before the room and waits for its vote."
    assert told.story("here").coming == (discussed, waits)
    event.do(OPERATOR, "lay-order", document=event.document, entries=None, en_bloc=False, apart=[])
    first = "Motion 1, “A motion”, comes to the vote as the next vote in the order of votes on “Homes”."
    assert told.story("here").coming == (discussed, first)
    event.carry(motion)
    assert told.story("here").coming == (discussed,)


def test_after_the_event_a_story_says_who_signs_and_who_decides_next(told: Told) -> None:
    event = told.event
    told.says("here", 1)
    told.ends("here", "noted", "not-a-proposal")
    event.do(OPERATOR, "close-event")
    outcome = "The outcome of “Homes” is"

    def coming() -> str:
        (sentence,) = told.story("here").coming
        return sentence

    assert coming() == f"{outcome} not put together yet. After that the policy forum signs it."
    rosa = event.person("Rosa")
    event.do(rosa, "compile-outcome", document=event.document)
    assert coming() == f"{outcome} put together and is offered to its signatories next."
    event.do(rosa, "offer-for-signing", document=event.document)
    event.do(event.person("Amina"), "accept-passage", document=event.document, passages=event.hashes)
    conference = "Then the autumn conference decides."
    assert coming() == f"{outcome} before its signatories: 1 signatory has still to sign. {conference}"
    event.do(event.person("Ben"), "accept-passage", document=event.document, passages=event.hashes)
    assert coming() == f"{outcome} signed and sealed. The autumn conference has the final vote on it."
    vote = {"verdict": "carried", "held_on": "2027-09-28", "words": ""}
    event.do(rosa, "record-final-vote", document=event.document, **vote)
    assert coming() == "The autumn conference carried it on 28 September 2027."
