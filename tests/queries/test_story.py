"""A story tells every station in plain words: who considered a point, its theme, motion, staff, signers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from facilitate.domain.people import OPERATOR
from facilitate.queries import View
from facilitate.queries.story import Story, story_of
from tests.actions.after_event import REPAIRS, AfterEvent, hold_event
from tests.people import Hall

NOW = datetime(2027, 3, 28, tzinfo=UTC)


def told(hall: Hall, who: str, ref: str) -> list[str]:
    """Each station of a story in one line."""
    with hall.reads() as session:
        story = story_of(View(session, hall.clock.moment), hall.as_(who).actor, ref)
    assert story is not None
    return lines(story)


def lines(story: Story) -> list[str]:
    return [" ".join(filter(None, (step.sentence, step.words))) for step in story.steps]


def signed_event(event: AfterEvent, comment: str) -> None:
    """A motion from the comment carries, staff edit it, one signatory dissents, both sign."""
    fourteen = REPAIRS.replace("twenty-eight", "fourteen")
    event.vote("replace", "HOU-1.2", fourteen, comments=[comment])
    event.end("comment", comment)
    event.do(OPERATOR, "close-event")
    rosa, amina = event.person("Rosa"), event.person("Amina")
    event.do(rosa, "compile-outcome", document=event.document)
    event.do(rosa, "offer-for-signing", document=event.document)
    at = {"document": event.document, "passage": "HOU-1.2"}
    text = fourteen.replace("puts", "must put")
    seen = event.hashes["HOU-1.2"]
    event.do(rosa, "edit-outcome", **at, text=text, reason="House style.", text_hash=seen)
    seen = event.hashes["HOU-1.2"]
    event.do(amina, "sign-with-dissent", **at, text_hash=seen, note="Still too long.", addressee="")
    rest = {ref: seen for ref, seen in event.hashes.items() if ref != "HOU-1.2"}
    event.do(amina, "accept-passage", document=event.document, passages=rest)
    event.do(event.person("Ben"), "accept-passage", document=event.document, passages=event.hashes)


def test_a_story_says_what_staff_did_and_who_signed(tmp_path: Path) -> None:
    event = hold_event(tmp_path)
    signed_event(event, event.say(2, "HOU-1.2", "Too slow."))
    with event.house.reads() as session:
        story = story_of(View(session, NOW), event.person("Dai"), "2/1")
    assert story is not None
    found = lines(story)
    event.house.close()
    order = [
        "Table 2 sent it", "Motion 1 was made from it. It would make HOU-1.2 read:", "Ballot 1: Carried",
        "Motion 1 was carried.", "Its end: Adopted.", "HOU-1.2 was changed since the vote: House style.",
        "In the outcome HOU-1.2 reads: A landlord must put",
        "The NPF signed it, and the text is sealed. Amina Yusuf, Ben Carter signed HOU-1.2.",
        "Amina Yusuf signed with a note of dissent: Still too long.",
    ]  # fmt: skip
    places = [next(i for i, line in enumerate(found) if line.startswith(each)) for each in order]
    assert places == sorted(set(places))


def test_a_story_says_who_took_a_question_up_and_what_was_answered(talking: Hall) -> None:
    question = talking.as_("Fay").says("Who pays?", kind="question")
    for verb, data in (("claim-question", {}), ("answer-question", {"answer": "The council."}),
                       ("publish-answer", {})):  # fmt: skip
        talking.as_("Rex").does(verb, {"question": question} | data)
    found = told(talking, "Dara", "1/1")
    assert found[1:3] == ["Rex took the question up.", "It was answered: The council."]


def test_a_story_names_the_theme_by_which_a_motion_came(talking: Hall) -> None:
    said, theme = talking.as_("Fay").says("Build more"), talking.new_id()
    named = {"item": theme, "passage": talking.passage("HOU-1.1"), "name": "Building", "comments": [said]}
    talking.as_("Thea").does("name-theme", named)
    document = next(iter(talking.sees("desk")["document"]))
    draft = {
        "item": talking.new_id(), "document": document, "passage": talking.passage("HOU-1.1"),
        "effect": "replace", "title": "More", "text": "Every council builds.", "amends": None,
        "comments": [], "themes": [theme], "submissions": [],
    }  # fmt: skip
    talking.as_("Thea").does("draft-motion", draft)
    talking.as_("Thea").does("put-motion", {"motion": draft["item"]})
    line = "Motion 1 was made from it. It came by the theme “Building”. It would make HOU-1.1 read:"
    assert f"{line} Every council builds." in told(talking, "Dara", "1/1")


def test_a_submission_s_story_says_to_what_the_clerk_tied_it(hall: Hall) -> None:
    rows = [{"title": "Cap", "text": "Cap the rents.", "body": "NOR", "passages": []}]
    hall.office("import-submissions", {"rows": rows})
    for passages in (["HOU-1.2"], []):
        hall.office("tie-submission", {"submission": "S-001", "passages": passages})
    assert told(hall, "Dara", "S-001") == [
        "Northern Moor CLP sent it in before the event.", "The clerk tied it to HOU-1.2.",
        "The clerk untied it from every passage.",
    ]  # fmt: skip
