"""The order of votes: proposed, laid, rearranged within the rules, gone along vote by vote; what falls."""

from __future__ import annotations

from typing import Any

from facilitate.store.rows import Ballot, Document, JournalEntry
from tests.actions.test_motions import drafted, motion, put
from tests.people import Hall

VOTERS = ("Dara", "Dev", "Dora", "Dmitri")


def document(hall: Hall) -> str:
    """The only document."""
    with hall.reads() as session:
        return session.query(Document).one().id


def order(hall: Hall, audience: str = "desk") -> Any:
    """The order of votes as an audience sees it."""
    return hall.sees(audience)["order"].get(document(hall))


def keys(hall: Hall) -> list[str]:
    """The votes to come."""
    return [entry["key"] for entry in order(hall)["entries"] if entry["state"] in ("ahead", "up")]


def laid(hall: Hall, *entries: str, en_bloc: bool = False, apart: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is given to lay an order."""
    return {
        "document": document(hall), "entries": list(entries), "en_bloc": en_bloc,
        "apart": [hall.passage(ref) for ref in apart],
    }  # fmt: skip


def lays(hall: Hall, *entries: str, **other: Any) -> None:
    """The clerk lays it."""
    hall.as_("Clement").does("lay-order", laid(hall, *entries, **other))


def votes(hall: Hall, *choices: str) -> dict[str, Any]:
    """Put the next vote and let delegates vote; the ballot as everybody sees it then."""
    amara = hall.as_("Amara")
    given = {"document": document(hall), "item": hall.new_id()}
    ballot = str(amara.does("put-next-vote", given)["ballot"])
    for verb in ("announce-ballot", "open-ballot"):
        amara.does(verb, {"ballot": ballot})
    asked = hall.sees("delegates")["ballot"][ballot]["options"]
    for name, choice in zip(VOTERS, choices, strict=False):
        hall.as_(name).does("cast-vote", {"ballot": ballot, "choice": choice})
    for verb in ("close-ballot", "publish-result"):
        amara.does(verb, {"ballot": ballot})
    seen: dict[str, Any] = hall.sees("delegates")["ballot"][ballot]
    return seen | {"asked": asked}


def entry_of(hall: Hall, made: str) -> Any:
    """A motion's place in the order."""
    return next(e for e in order(hall)["entries"] if made in e["motions"])


LONG = "Rents rise no faster than wages, and nobody is evicted in winter."


def amended(hall: Hall) -> tuple[str, str, str]:
    """A motion with two amendments that touch different words of it; the ids."""
    text = put(hall, LONG)
    near = put(hall, LONG.replace("winter", "winter or spring"), amends=text)
    far = put(hall, LONG.replace("no faster than wages", "more slowly than wages in every year"), amends=text)
    return text, near, far


def test_the_proposed_order_says_why_it_is_so_and_only_the_desk_sees_it_before_it_is_laid(
    talking: Hall,
) -> None:
    text, near, far = amended(talking)
    seen = order(talking)
    assert keys(talking) == [f"motion:{each}" for each in (far, near, text)]
    assert [e["kind"] for e in seen["entries"]] == ["amendment", "amendment", "motion"]
    assert "the one that changes most words comes first" in seen["entries"][0]["reason"]
    assert seen["entries"][2]["reason"] == "The text comes after its amendments, as they leave it."
    assert order(talking, "delegates") is None
    lays(talking)
    assert order(talking, "delegates")["laid"]


def test_the_clerk_rearranges_it_only_as_the_rules_allow(talking: Hall) -> None:
    text, near, far = amended(talking)
    other = put(talking, "Empty homes are taxed.", passage="HOU-1.3")
    clement = talking.as_("Clement")
    first = [f"motion:{other}", f"motion:{far}", f"motion:{near}", f"motion:{text}"]
    clement.does("lay-order", laid(talking, *first))
    assert keys(talking) == first
    wrong = laid(talking, f"motion:{text}", *first[:3])
    assert clement.is_refused("lay-order", wrong) == "order-not-legal"
    assert clement.is_refused("lay-order", laid(talking, *first[:2])) == "order-incomplete"
    assert keys(talking) == first
    late = put(talking, "Homes are built.", passage="HOU-1.1")
    assert keys(talking) == [f"motion:{late}", *first]


def test_the_substantive_is_composed_of_the_amendments_that_were_carried(talking: Hall) -> None:
    text, near, _ = amended(talking)
    lays(talking)
    assert votes(talking, "for", "for")["question"].startswith("Motion 3, to amend motion 1")
    both = LONG.replace("no faster than wages", "more slowly than wages in every year")
    assert motion(talking, near)["before"] == both
    both = both.replace("winter", "winter or spring")
    assert motion(talking, near)["text"] == both
    votes(talking, "for", "for")
    assert motion(talking, text)["text"] == both
    ballot = votes(talking, "for", "for")
    assert ballot["question"].startswith("The substantive: motion 1 as amended by 2 and 3")
    assert both in ballot["asked"][0]["effect"]
    assert talking.sees("delegates")["passage"][talking.passage("HOU-1.2")]["carried"] == both


def test_an_amendment_to_words_that_another_has_changed_falls_and_is_not_lost(talking: Hall) -> None:
    text = put(talking, LONG)
    far = put(talking, LONG.replace("no faster than wages", "more slowly than every wage"), amends=text)
    near = put(talking, LONG.replace("wages", "pay"), amends=text)
    lays(talking)
    assert entry_of(talking, far)["falls"] == ["If it is carried: motion 3 then falls."]
    votes(talking, "for", "for")
    fell = entry_of(talking, near)
    assert fell["state"] == "fell"
    assert fell["why"] == (
        "Not put, since ballot 1 was carried. Motion 2 has changed the words that it would change."
    )
    assert motion(talking, near)["why"] == fell["why"]
    assert keys(talking) == [f"motion:{text}"]


def test_a_contingent_motion_falls_with_what_it_waits_for(talking: Hall) -> None:
    first = put(talking, "Rents are frozen.")
    waits = put(talking, "Empty homes are taxed at once.", passage="HOU-1.3")
    condition = {"motion": waits, "on": first, "when_carried": True}
    talking.as_("Thea").does("make-contingent", condition)
    back = {"motion": first, "on": waits, "when_carried": True}
    assert talking.as_("Thea").is_refused("make-contingent", back) == "order-circle"
    lays(talking)
    assert "only if motion 1 was carried" in entry_of(talking, waits)["reason"]
    amara = talking.as_("Amara")
    early = {"item": talking.new_id(), "motion": waits, "question": "Now?", "form": "for-against"}
    amara.does("draft-ballot", early)
    assert amara.is_refused("announce-ballot", {"ballot": early["item"]}) == "order-not-legal"
    ballot = votes(talking, "against", "against")
    assert ballot["asked"][1]["effect"].endswith("Motion 2 then falls.")
    assert entry_of(talking, waits)["why"].startswith("Not put, since ballot 2 was lost.")
    assert talking.row(Ballot, early["item"]).state == "void"
    given = {"document": document(talking), "item": talking.new_id()}
    assert amara.is_refused("put-next-vote", given) == "no-vote-left"
    assert talking.as_("Thea").is_refused("make-contingent", condition) == "motion-state"


def test_rival_texts_are_put_against_each_other_in_one_ballot(talking: Hall) -> None:
    first, second = put(talking, "Rents are frozen."), put(talking, "Rents fall by a tenth.")
    lays(talking)
    assert [e["kind"] for e in order(talking)["entries"]] == ["alternatives"]
    ballot = votes(talking, "2>1", "2", "1>2")
    assert (ballot["form"], ballot["result"]["winners"]) == ("rank", ["2"])
    assert ballot["options"][2]["label"] == "Leave it as it is"
    assert "Rents are frozen." in ballot["options"][0]["effect"]
    assert (motion(talking, first)["state"], motion(talking, second)["state"]) == ("fell", "carried")
    assert motion(talking, first)["why"] == "Not put by itself: another text was chosen in ballot 1."
    carried = talking.sees("delegates")["passage"][talking.passage("HOU-1.2")]["carried"]
    assert carried == "Rents fall by a tenth."


def test_rivals_can_be_put_one_by_one_and_leaving_it_as_it_is_loses_both(talking: Hall) -> None:
    first = put(talking, "Rents are frozen.")
    second = put(talking, "Rents fall by a tenth of what they were.")
    lays(talking, apart=("HOU-1.2",))
    assert keys(talking) == [f"motion:{second}", f"motion:{first}"]
    lays(talking)
    votes(talking, "3", "3", "1")
    assert {motion(talking, each)["state"] for each in (first, second)} == {"lost"}
    assert talking.sees("delegates")["passage"][talking.passage("HOU-1.2")]["carried"] is None


def test_a_withdrawn_rival_takes_their_ballot_with_it(talking: Hall) -> None:
    put(talking, "Rents are frozen.")
    second = put(talking, "Rents fall by a tenth.")
    lays(talking)
    given = {"document": document(talking), "item": talking.new_id()}
    talking.as_("Amara").does("put-next-vote", given)
    asked = {"item": talking.new_id(), "motion": second, "question": "This?", "form": "for-against"}
    assert talking.as_("Amara").is_refused("draft-ballot", asked) == "motion-has-ballot"
    talking.as_("Thea").does("withdraw-motion", {"motion": second})
    assert talking.row(Ballot, given["item"]).state == "void"
    assert [e["kind"] for e in order(talking)["entries"]] == ["motion"]


def test_the_main_button_goes_along_a_laid_order(talking: Hall) -> None:
    amended(talking)
    lays(talking)
    talking.reaches("Votes")
    step = talking.sees("desk")["track"][talking.track]["step"]
    assert (step["verb"], step["label"]) == ("next-vote", "Next vote on HOU")
    assert step["hint"].startswith("Vote 1 of 3")
    assert [talking.presses() for _ in range(3)] == ["put-next-vote", "announce-ballot", "open-ballot"]
    assert order(talking, "delegates")["entries"][0]["state"] == "up"


def test_a_vote_that_is_not_next_any_more_is_not_put(talking: Hall) -> None:
    text, _, _ = amended(talking)
    amara, given = talking.as_("Amara"), {"document": document(talking), "item": talking.new_id()}
    assert amara.is_refused("put-next-vote", given) == "order-not-laid"
    lays(talking)
    assert amara.is_refused("put-next-vote", given | {"entry": f"motion:{text}"}) == "order-moved"
    first = amara.does("put-next-vote", given)
    assert first["drafted"] and not amara.does("put-next-vote", given)["drafted"]


def test_laying_an_order_and_pulling_out_stand_in_the_journal(talking: Hall) -> None:
    drafted(talking, "Rents are frozen.")
    lays(talking, en_bloc=True)
    talking.as_("Dara").does("pull-out", {"passage": talking.passage("HOU-1.3")})
    with talking.reads() as session:
        acts = [e.action for e in session.query(JournalEntry).order_by(JournalEntry.number)]
    assert acts[-2:] == ["order-laid", "passage-pulled-out"]
