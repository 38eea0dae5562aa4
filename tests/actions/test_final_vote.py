"""The autumn conference's final vote stands at the end of the story; contributors agree to be invited."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitate.domain.final_vote import FinalVerdict, check_final_vote, final_sentence
from facilitate.domain.people import OPERATOR
from facilitate.domain.refusal import Refused
from facilitate.queries.invitations import own_word, people_to_invite
from facilitate.queries.outcome import read_outcome
from facilitate.queries.story import story_of
from facilitate.queries.verify import verify_event
from facilitate.queries.view import View
from facilitate.store.rows import JournalEntry
from tests.actions.after_event import AfterEvent, hold_event
from tests.people import Hall

NOW = datetime(2027, 9, 29, tzinfo=UTC)
VOTE = {"verdict": "carried", "held_on": "2027-09-28", "words": "812 for, 90 against", "reason": ""}


def sealed(folder: Path) -> AfterEvent:
    """An event whose one document is sealed."""
    event = hold_event(folder)
    event.end("comment", event.say(2, "HOU-1.2", "Too slow."))
    event.do(OPERATOR, "close-event")
    event.offer()
    return event


def last_line(event: AfterEvent) -> str:
    with event.house.reads() as session:
        story = story_of(View(session, NOW), event.person("Dai"), "2/1")
        assert story is not None
        return story.steps[-1].sentence


def test_the_final_vote_ends_the_story_and_stands_in_the_outcome(tmp_path: Path) -> None:
    event = sealed(tmp_path)
    rosa, given = event.person("Rosa"), {"document": event.document, **VOTE}
    assert event.refusal(rosa, "record-final-vote", **given) == "not-sealed"
    for name in ("Amina", "Ben"):
        event.do(event.person(name), "accept-passage", document=event.document, passages=event.hashes)
    assert last_line(event).startswith("The NPF signed it")
    assert event.refusal(event.person("Amina"), "record-final-vote", **given) == "not-your-role"
    event.do(rosa, "record-final-vote", **given)
    line = "The autumn conference carried it on 28 September 2027: 812 for, 90 against."
    assert last_line(event) == line
    assert event.refusal(rosa, "record-final-vote", **given) == "reason-missing"
    again = given | {"verdict": "lost", "words": "", "reason": "It was misheard."}
    event.do(rosa, "record-final-vote", **again)
    assert last_line(event) == "The autumn conference voted it down on 28 September 2027."
    with event.house.reads() as session:
        reading = read_outcome(View(session, NOW), event.person("Dai"), "HOU")
        assert reading is not None and reading.final == last_line(event)
        acts = session.query(JournalEntry).filter_by(action="final-vote-recorded").order_by("number").all()
        assert [act.reason for act in acts] == [None, "It was misheard."]
        assert verify_event(session).differences == []
    event.house.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"verdict": "won"}, "unknown-verdict"), ({"held_on": "28/9/2027"}, "bad-date"),
        ({"words": "x" * 401}, "words-too-long"),
    ],
)  # fmt: skip
def test_a_final_vote_that_could_not_be_told_is_refused(change: dict[str, str], code: str) -> None:
    given = {key: VOTE[key] for key in ("verdict", "held_on", "words")} | change
    with pytest.raises(Refused) as refused:
        check_final_vote(**given)
    assert refused.value.code == code


def test_a_final_vote_without_figures_is_a_sentence() -> None:
    told = final_sentence(FinalVerdict.REFERRED_BACK, "2027-09-01", "")
    assert told == "The autumn conference referred it back on 1 September 2027."


def invited(hall: Hall) -> list[tuple[str, tuple[str, ...]]]:
    with hall.reads() as session:
        return [(one.name, one.points) for one in people_to_invite(View(session, hall.clock.moment))]


def agrees(hall: Hall, name: str, point: str, *, agreed: bool = True) -> str | None:
    answer = hall.write(hall.as_(name).actor, "agree-to-invitation", {"point": point, "agreed": agreed})
    return answer.refusal.code if answer.refusal else None


def test_only_whose_point_it_is_agrees_to_be_invited_and_may_take_it_back(talking: Hall) -> None:
    rows = [{"title": "Cap", "text": "Cap the rents.", "body": "NOR", "passages": []}]
    talking.office("import-submissions", {"rows": rows})
    talking.as_("Fay").says("Build more")
    assert agrees(talking, "Dora", "1/1") == agrees(talking, "Dora", "S-001") == "not-your-point"
    assert agrees(talking, "Fay", "1/1") == "not-your-role"
    assert agrees(talking, "Dara", "9/9") == "not-your-point"
    assert invited(talking) == []
    for point in ("1/1", "S-001", "S-001"):
        assert agrees(talking, "Dara", point) is None
    assert agrees(talking, "Absalom", "S-001") is None
    assert invited(talking) == [("Absalom", ("S-001",)), ("Dara", ("1/1", "S-001"))]
    assert agrees(talking, "Dara", "1/1", agreed=False) is None
    assert agrees(talking, "Absalom", "S-001", agreed=False) is None
    assert invited(talking) == [("Dara", ("S-001",))]
    with talking.reads() as session:
        view = View(session, talking.clock.moment)
        asked = ("Dara", "Dev", "Dora", "Fay")
        words = {name: own_word(view, talking.as_(name).actor, "S-001") for name in asked}
        assert verify_event(session).differences == []
    assert words == {"Dara": True, "Dev": False, "Dora": None, "Fay": None}
