"""The tables ask, resource persons answer: shared, claimed, published to every table that asked, once."""

from __future__ import annotations

from typing import Any

from facilitate.queries.balance import balance_rows
from facilitate.queries.story import story_of
from facilitate.queries.view import View
from facilitate.store.rows import Comment
from tests.cast import CAST, SCREEN
from tests.people import Hall

ANSWER = "The council pays, from its own rents."


def asks(hall: Hall, who: str = "Fay", text: str = "Who pays?", **other: Any) -> str:
    """One question of a table; its id."""
    return hall.as_(who).says(text, kind="question", **other)


def seen(hall: Hall, audience: str = "questions:Housing") -> dict[str, Any]:
    found: dict[str, Any] = hall.sees(audience)["question"]
    return found


def published(hall: Hall, question: str, answer: str = ANSWER) -> None:
    """An answer as its tables read it."""
    rex = hall.as_("Rex")
    rex.does("answer-question", {"question": question, "answer": answer})
    rex.does("publish-answer", {"question": question})


def shared(hall: Hall, *questions: str, text: str | None = None) -> str:
    hall.as_("Rex").does("merge-questions", {"into": questions[0], "from": list(questions[1:]), "text": text})
    return questions[0]


def test_a_question_reaches_the_resource_persons_of_its_commission_at_once(talking: Hall) -> None:
    one = asks(talking)
    talking.as_("Fay").says("No question at all")
    assert set(seen(talking)) == set(seen(talking, "questions:*")) == {one}
    assert seen(talking, "questions:Schools") == {}
    assert (seen(talking)[one]["state"], seen(talking)[one]["tables"]) == ("open", 1)


def test_two_tables_share_a_question_and_both_have_its_answer(talking: Hall) -> None:
    one, two = asks(talking), asks(talking, "Femi", "Who is going to pay?")
    question = shared(talking, one, two, text="Who pays for it?")
    assert set(seen(talking)) == {question}
    assert (seen(talking)[question]["text"], seen(talking)[question]["tables"]) == ("Who pays for it?", 2)
    published(talking, question)
    for table, comment in ((1, one), (2, two)):
        own = talking.sees(f"table:{table}")["comment"][comment]
        assert (own["disposition"], own["reason"]) == ("answered", ANSWER)
    assert seen(talking)[question]["state"] == "answered"


def test_an_answer_is_the_end_of_the_comment_in_story_and_balance(talking: Hall) -> None:
    one = asks(talking)
    published(talking, one)
    with talking.reads() as session:
        view = View(session, talking.clock.moment)
        comments = balance_rows(view)[0]
        story = story_of(view, talking.as_("Dara").actor, "1/1")
    assert (comments["received"], comments["open"], comments["ended"]) == (1, 0, 1)
    assert story is not None and (story.end, story.why) == ("Answered", ANSWER)


def test_what_is_being_written_is_not_told_to_the_tables(talking: Hall) -> None:
    one = asks(talking)
    talking.as_("Rex").does("answer-question", {"question": one, "answer": "Half a thought"})
    names = [*(each[0] for each in CAST), SCREEN]
    readers = {name for name in names if "Half a thought" in repr(talking.as_(name).sees())}
    assert readers == {"Rex", "Ria", "Amara", "Clement", "Tess"}
    assert talking.row(Comment, one).disposition is None


def test_a_question_that_somebody_is_answering_is_left_to_them(talking: Hall) -> None:
    one = asks(talking)
    rex, ria = talking.as_("Rex"), talking.as_("Ria")
    rex.does("claim-question", {"question": one})
    assert seen(talking)[one]["claimed_by"] == "Rex"
    for verb in ("claim-question", "answer-question", "publish-answer"):
        data = {"answer": "Mine"} if verb == "answer-question" else {}
        assert ria.is_refused(verb, {"question": one, **data}) == "claimed-already"
    ria.does("release-question", {"question": one})
    ria.does("claim-question", {"question": one})
    assert seen(talking)[one]["claimed_by"] == "Ria"


def test_nothing_is_published_without_words(talking: Hall) -> None:
    one = asks(talking)
    rex = talking.as_("Rex")
    assert rex.is_refused("publish-answer", {"question": one}) == "answer-missing"
    assert rex.is_refused("answer-question", {"question": one, "answer": " "}) == "answer-missing"
    assert seen(talking)[one]["state"] == "open"


def test_a_question_taken_out_of_a_shared_one_waits_again(talking: Hall) -> None:
    one, two, three = asks(talking), asks(talking, "Femi", "And?"), asks(talking, "Sol", "When?")
    question = shared(talking, one, two, three)
    item = talking.new_id()
    split = {"question": question, "item": item, "comments": [three]}
    talking.as_("Rex").does("split-question", split)
    assert [m["comment"] for m in seen(talking)[item]["members"]] == [three]
    assert seen(talking)[item]["text"] == "When?" and seen(talking)[question]["tables"] == 2
    gone = {**split, "item": talking.new_id()}
    assert talking.as_("Rex").is_refused("split-question", gone) == "not-in-question"
    everybody = {"question": question, "item": talking.new_id(), "comments": [one, two]}
    assert talking.as_("Rex").is_refused("split-question", everybody) == "nothing-to-split"
    itself = {"into": one, "from": [one]}
    assert talking.as_("Rex").is_refused("merge-questions", itself) == "nothing-to-merge"


def test_a_corrected_question_stays_where_it_was_shared_until_it_is_answered(talking: Hall) -> None:
    one, two = asks(talking), asks(talking, "Femi", "Who?")
    question = shared(talking, one, two)
    newer = asks(talking, "Femi", "Who exactly?", parent=two)
    assert [m["comment"] for m in seen(talking)[question]["members"]] == [one, newer]
    published(talking, question)
    assert talking.row(Comment, newer).reason == ANSWER
    after = asks(talking, "Femi", "And who pays interest?", parent=newer)
    assert seen(talking)[after]["state"] == "open" and seen(talking)[question]["state"] == "answered"


def test_a_question_taken_back_or_turned_into_something_else_waits_for_nobody(talking: Hall) -> None:
    one, two = asks(talking), asks(talking, "Femi", "Who?")
    talking.as_("Fay").does("withdraw-comment", {"comment": one})
    talking.as_("Femi").says("An idea then", parent=two, kind="idea")
    assert seen(talking) == {}
    assert talking.as_("Rex").is_refused("claim-question", {"question": one}) == "unknown-question"


def test_who_asks_the_same_later_has_the_answer_at_once(talking: Hall) -> None:
    one = asks(talking)
    published(talking, one)
    late = asks(talking, "Sol", "So who pays?")
    shared(talking, one, late)
    assert talking.sees("table:3")["comment"][late]["reason"] == ANSWER


def test_an_end_that_the_theme_team_gives_ends_the_waiting(talking: Hall) -> None:
    one = asks(talking)
    reason = "The event did not reach it."
    talking.as_("Thea").does("set-disposition", {
        "kind": "comment", "ids": [one], "disposition": "not-reached", "reason": reason,
    })  # fmt: skip
    assert seen(talking)[one]["state"] == "ended"


def test_the_chair_shows_a_published_answer_on_the_wall_and_takes_it_off(talking: Hall) -> None:
    one, screen = asks(talking), f"screen:{talking.as_(SCREEN).id}"
    amara = talking.as_("Amara")
    assert amara.is_refused("show-answer", {"question": one, "shown": True}) == "answer-missing"
    published(talking, one)
    assert seen(talking, screen) == {}
    amara.does("show-answer", {"question": one, "shown": True})
    on_wall = seen(talking, screen)[one]
    assert (on_wall["published"], on_wall["members"], on_wall["claimed_by"]) == (ANSWER, [], None)
    amara.does("show-answer", {"question": one, "shown": False})
    assert seen(talking, screen) == {}


def test_a_resource_person_answers_for_their_own_commission_alone(talking: Hall) -> None:
    talking.office("import-people", {"rows": [{"name": "Sky", "roles": ["resource-person:Schools"]}]})
    one = asks(talking)
    for verb, data in (
        ("claim-question", {}), ("release-question", {}), ("answer-question", {"answer": "Yes."}),
        ("publish-answer", {}), ("split-question", {"item": talking.new_id(), "comments": [one]}),
    ):  # fmt: skip
        assert talking.as_("Sky").is_refused(verb, {"question": one, **data}) == "not-your-commission"
    assert talking.as_("Sky").sees()["questions:Schools"]["question"] == {}
