"""En bloc and what is pulled out of it, decisions rescinded, and what the record says of votes not put."""

from __future__ import annotations

from typing import Any

from facilitate.domain.outcome import compile_outcome
from facilitate.queries.story import story_of
from facilitate.queries.view import View
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document, Motion
from tests.actions.test_motions import motion, put
from tests.actions.test_vote_orders import entry_of, keys, laid, lays, order, votes
from tests.people import Hall


def test_a_passage_is_pulled_out_of_the_vote_en_bloc_by_a_delegation_or_a_table(talking: Hall) -> None:
    passage = {"passage": talking.passage("HOU-1.3")}
    dara, fay = talking.as_("Dara"), talking.as_("Fay")
    assert dara.is_refused("pull-out", passage) == "not-en-bloc"
    lays(talking, en_bloc=True)
    assert order(talking)["divided"] == "3 passages are voted on en bloc."
    dara.does("pull-out", passage)
    talking.as_("Dev").does("pull-out", passage)
    fay.does("pull-out", passage)
    asked = next(p for p in order(talking, "delegates")["passages"] if p["by"])
    assert (asked["ref"], asked["alone"], len(asked["by"])) == ("HOU-1.3", True, 2)
    assert keys(talking) == ["en-bloc", f"passage:{passage['passage']}"]
    fay.does("put-back", passage)
    assert dara.is_refused("pull-out", {"passage": talking.passage("HOU-1")}) == "not-en-bloc"
    ballot = votes(talking, "for", "for")
    assert ballot["options"][0]["effect"] == "All 2 are accepted as they read."
    assert fay.is_refused("pull-out", passage) == "en-bloc-put"
    wish = laid(talking, en_bloc=False)
    assert talking.as_("Clement").is_refused("lay-order", wish) == "en-bloc-put"


def test_a_passage_that_was_pulled_out_is_put_by_itself(talking: Hall) -> None:
    lays(talking, en_bloc=True)
    talking.as_("Dara").does("pull-out", {"passage": talking.passage("HOU-1.3")})
    lays(talking, f"passage:{talking.passage('HOU-1.3')}", "en-bloc", en_bloc=True)
    ballot = votes(talking, "for", "against")
    assert ballot["question"] == "HOU-1.3 stands as it reads."
    assert ballot["passage"] == "HOU-1.3"
    assert [e["kind"] for e in order(talking)["entries"]] == ["passage", "en-bloc"]


def test_two_delegations_are_needed_where_the_event_says_so(talking: Hall) -> None:
    talking.office("set-event", {"settings": {"pull_outs_needed": 2}})
    lays(talking, en_bloc=True)
    passage = {"passage": talking.passage("HOU-1.3")}
    for name, alone in (("Dara", False), ("Dev", False), ("Dora", True)):
        talking.as_(name).does("pull-out", passage)
        asked = next(p for p in order(talking)["passages"] if p["by"])
        assert asked["alone"] is alone, name


def test_an_earlier_decision_is_rescinded_by_its_majority_and_brought_back_again(talking: Hall) -> None:
    here = talking.passage("HOU-1.2")
    first = put(talking, "Rents are frozen.")
    lays(talking)
    votes(talking, "for", "for", "for")
    back = put(talking, "", rescinds=first)
    seen = entry_of(talking, back)
    assert (seen["kind"], seen["label"]) == ("rescinding", "Motion 2: Rents")
    ballot = votes(talking, "for", "for", "for", "against")
    assert "two thirds" in ballot["rule"].lower()
    assert ballot["asked"][0]["effect"].endswith("The passage will read “Rents rise no faster than wages.”")
    assert motion(talking, first)["state"] == "rescinded"
    assert motion(talking, first)["why"] == "Rescinded by ballot 2."
    assert talking.sees("delegates")["passage"][here]["carried"] is None
    again = put(talking, "", rescinds=back)
    votes(talking, "for", "for", "for")
    assert talking.row(Motion, again).state == "carried"
    assert motion(talking, back)["state"] == "rescinded"
    assert motion(talking, first)["state"] == "carried"
    assert talking.sees("delegates")["passage"][here]["carried"] == "Rents are frozen."


def test_what_still_waits_cannot_be_rescinded(talking: Hall) -> None:
    first = put(talking, "Rents are frozen.")
    with talking.reads() as session:
        asked: dict[str, Any] = {
            "item": talking.new_id(), "document": session.query(Document).one().id, "passage": None,
            "effect": "state", "title": "Back", "text": "", "comments": [], "themes": [], "submissions": [],
            "rescinds": first,
        }  # fmt: skip
    assert talking.as_("Thea").is_refused("draft-motion", asked) == "nothing-to-rescind"


def test_what_fell_is_told_in_the_story_and_stands_in_the_outcome(talking: Hall) -> None:
    said = talking.as_("Fay").says("Tax them at once", "HOU-1.3")
    first = put(talking, "Rents are frozen.")
    waits = put(talking, "Empty homes are taxed at once.", passage="HOU-1.3", comments=[said])
    talking.as_("Thea").does("make-contingent", {"motion": waits, "on": first, "when_carried": True})
    lays(talking)
    votes(talking, "against", "against")
    why = "Not put, since ballot 1 was lost. It was to be put only if motion 1 was carried."
    with talking.reads() as session:
        story = story_of(View(session, talking.clock.moment), talking.as_("Fay").actor, "1/1")
        record = load_record(session, session.query(Document).one())
    assert story is not None
    assert f"Motion 2 fell. {why}" in [step.sentence for step in story.steps]
    assert [(m.number, m.state, m.why) for m in record.motions if m.number == 2] == [(2, "fell", why)]


def test_the_text_chosen_among_rivals_is_carried_by_their_ballot_in_the_outcome(talking: Hall) -> None:
    put(talking, "Rents are frozen.")
    put(talking, "Rents fall by a tenth.")
    lays(talking)
    votes(talking, "2>1", "2", "1>2")
    with talking.reads() as session:
        outcome = compile_outcome(load_record(session, session.query(Document).one()))
    (passage,) = [p for p in outcome.passages if p.ref == "HOU-1.2"]
    assert passage.final == "Rents fall by a tenth."
    assert [ballot.motion for ballot in passage.matter.ballots] == [2]
