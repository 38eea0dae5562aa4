"""A motion is composited from what was said, put to the room, and decided once."""

from __future__ import annotations

from typing import Any

from facilitate.domain.wording import apply_ops
from facilitate.store.rows import Ballot, Document, Motion
from tests.people import Hall, refused

RENTS = "Rents rise no faster than wages."


def drafted(hall: Hall, text: str, passage: str | None = "HOU-1.2", **other: Any) -> str:
    """A motion by the theme team; its id."""
    item = hall.new_id()
    with hall.reads() as session:
        document = session.query(Document).one().id
    hall.as_("Thea").does("draft-motion", {
        "item": item, "passage": hall.passage(passage) if passage else None, "document": document,
        "effect": "replace", "title": "Rents", "text": text, "comments": [], "themes": [],
        "submissions": [], **other,
    })  # fmt: skip
    return item


def put(hall: Hall, text: str, **other: Any) -> str:
    """A motion that is before the room; its id."""
    motion = drafted(hall, text, **other)
    hall.as_("Thea").does("put-motion", {"motion": motion})
    return motion


def ballot_on(hall: Hall, motion: str | None, **other: Any) -> str:
    """A drafted ballot; its id."""
    item = hall.new_id()
    asked = {"item": item, "motion": motion, "question": "Shall this be?", "form": "for-against", **other}
    hall.as_("Amara").does("draft-ballot", asked)
    return item


def voted(hall: Hall, ballot: str, *votes: str) -> str:
    """Run a ballot to its published result; the verdict."""
    amara = hall.as_("Amara")
    amara.does("announce-ballot", {"ballot": ballot})
    amara.does("open-ballot", {"ballot": ballot})
    for name, choice in zip(("Dara", "Dev", "Dora", "Dmitri"), votes, strict=False):
        hall.as_(name).does("cast-vote", {"ballot": ballot, "choice": choice})
    amara.does("close-ballot", {"ballot": ballot})
    return str(amara.does("publish-result", {"ballot": ballot})["verdict"])


def motion(hall: Hall, id_: str, audience: str = "delegates") -> Any:
    """A motion as an audience sees it."""
    return hall.sees(audience)["motion"].get(id_)


def test_a_motion_knows_where_its_words_come_from(talking: Hall) -> None:
    said = talking.as_("Fay").says("Prices too", "HOU-1.2")
    theme = talking.new_id()
    asked = {"item": theme, "passage": talking.passage("HOU-1.2"), "name": "Prices", "comments": [said]}
    talking.as_("Thea").does("name-theme", asked)
    made = drafted(talking, "Rents rise no faster than prices.", comments=[said], themes=[theme])
    sources = motion(talking, made, "themes")["sources"]
    assert [(s["kind"], s["label"]) for s in sources] == [("comment", "1/1"), ("theme", "Prices")]
    assert talking.sees("table:1")["comment"][said]["station"] == "in-motion"


def test_a_draft_is_not_seen_by_the_room(talking: Hall) -> None:
    made = drafted(talking, "Rents are frozen.")
    assert motion(talking, made) is None
    assert motion(talking, made, "themes")["state"] == "draft"
    talking.as_("Thea").does("put-motion", {"motion": made})
    seen = motion(talking, made)
    assert (seen["state"], seen["before"], seen["ref"]) == ("put", RENTS, "HOU-1.2")
    ops = [[kind, text if kind != "keep" else len(text)] for kind, text in seen["segments"]]
    assert apply_ops(RENTS, ops) == "Rents are frozen."


def test_a_draft_can_be_reworded_and_a_motion_before_the_room_cannot(talking: Hall) -> None:
    made = drafted(talking, "Rents are frozen.")
    thea = talking.as_("Thea")
    thea.does("reword-motion", {"motion": made, "title": "Rents", "text": "Rents fall."})
    thea.does("put-motion", {"motion": made})
    asked = {"motion": made, "title": "Rents", "text": "Rents vanish."}
    assert thea.is_refused("reword-motion", asked) == "motion-put"
    assert motion(talking, made)["text"] == "Rents fall."


def test_a_motion_whose_ballot_was_recalled_can_be_amended_on_the_floor(talking: Hall) -> None:
    made = put(talking, "Rents are frozen.")
    ballot, amara = ballot_on(talking, made), talking.as_("Amara")
    amara.does("announce-ballot", {"ballot": ballot})
    asked = {"motion": made, "title": "Rents", "text": "Rents fall."}
    assert talking.as_("Thea").is_refused("reword-motion", asked) == "motion-put"
    amara.does("recall-ballot", {"ballot": ballot, "reason": "Wording amended on the floor"})
    talking.as_("Thea").does("reword-motion", asked)
    assert voted(talking, ballot, "for", "for", "for") == "carried"
    assert talking.row(Ballot, ballot).version == 2
    assert talking.sees("delegates")["passage"][talking.passage("HOU-1.2")]["carried"] == "Rents fall."


def test_a_motion_on_a_text_that_has_changed_is_looked_at_again(talking: Hall) -> None:
    late = drafted(talking, "Rents rise no faster than prices.")
    assert voted(talking, ballot_on(talking, put(talking, "Rents are frozen.")), "for", "for") == "carried"
    thea = talking.as_("Thea")
    assert thea.is_refused("put-motion", {"motion": late}) == "stale-base"
    thea.does("reword-motion", {"motion": late, "title": "Rents", "text": "Rents are frozen for good."})
    thea.does("put-motion", {"motion": late})
    assert motion(talking, late)["before"] == "Rents are frozen."


def test_a_motion_is_decided_once(talking: Hall) -> None:
    made = put(talking, "Rents are frozen.")
    first = ballot_on(talking, made)
    amara = talking.as_("Amara")
    asked = {"item": talking.new_id(), "motion": made, "question": "Again?", "form": "for-against"}
    assert amara.is_refused("draft-ballot", asked) == "motion-has-ballot"
    amara.does("draft-ballot", asked | {"purpose": "sounding"})
    amara.does("void-ballot", {"ballot": first, "reason": "Badly put"})
    again = ballot_on(talking, made)
    assert voted(talking, again, "against", "against", "for") == "lost"
    asked = {"item": talking.new_id(), "motion": made, "question": "Again?", "form": "for-against"}
    assert amara.is_refused("draft-ballot", asked) == "motion-not-put"


def test_a_withdrawn_motion_takes_its_ballot_off_the_chair_s_button(talking: Hall) -> None:
    made = put(talking, "Rents are frozen.")
    ballot = ballot_on(talking, made)
    talking.reaches("Votes")
    assert talking.sees("desk")["track"][talking.track]["step"]["verb"] == "announce-ballot"
    talking.as_("Thea").does("withdraw-motion", {"motion": made})
    assert talking.row(Ballot, ballot).state == "void"
    assert talking.sees("desk")["track"][talking.track]["step"]["verb"] == "next-item"
    assert talking.as_("Amara").is_refused("announce-ballot", {"ballot": ballot}) == "motion-not-put"


def test_a_motion_before_the_room_is_not_withdrawn_under_its_ballot(talking: Hall) -> None:
    made = put(talking, "Rents are frozen.")
    ballot = ballot_on(talking, made)
    talking.as_("Amara").does("announce-ballot", {"ballot": ballot})
    assert talking.as_("Thea").is_refused("withdraw-motion", {"motion": made}) == "ballot-running"
    assert talking.row(Motion, made).state == "put"


def test_what_a_deletion_leaves_without_a_text_falls(talking: Hall) -> None:
    delete = drafted(talking, "", effect="delete")
    talking.as_("Thea").does("put-motion", {"motion": delete})
    frozen = put(talking, "Rents are frozen.")
    waiting = ballot_on(talking, frozen)
    assert voted(talking, ballot_on(talking, delete), "for", "for", "for") == "carried"
    assert motion(talking, frozen)["state"] == "fell"
    assert talking.row(Ballot, waiting).state == "void"
    assert talking.sees("delegates")["passage"][talking.passage("HOU-1.2")]["carried"] == ""


def test_a_carried_amendment_changes_the_substantive_motion(talking: Hall) -> None:
    motion_ = put(talking, "Rents are frozen for a year.")
    amendment = put(talking, "Rents are frozen for two years.", amends=motion_)
    seen = motion(talking, amendment)
    assert (seen["before"], seen["effect"]) == ("Rents are frozen for a year.", "replace")
    assert "motion 1" in seen["english"]
    ballot = ballot_on(talking, amendment)
    effects = {o["key"]: o["effect"] for o in talking.sees("desk")["ballot"][ballot]["options"]}
    assert effects["for"] == "Motion 1 will then be put as “Rents are frozen for two years.”"
    assert voted(talking, ballot, "for", "for", "against") == "carried"
    after = motion(talking, motion_)
    assert (after["text"], after["state"]) == ("Rents are frozen for two years.", "put")
    assert after["segments"][0][0] in ("keep", "delete") and after["before"] == RENTS
    assert voted(talking, ballot_on(talking, motion_), "for", "for") == "carried"
    carried = talking.sees("delegates")["passage"][talking.passage("HOU-1.2")]["carried"]
    assert carried == "Rents are frozen for two years."


def test_amendments_fall_with_the_motion_that_they_amend(talking: Hall) -> None:
    motion_ = put(talking, "Rents are frozen for a year.")
    amendment = put(talking, "Rents are frozen for two years.", amends=motion_)
    assert voted(talking, ballot_on(talking, motion_), "against", "against") == "lost"
    assert motion(talking, amendment)["state"] == "fell"
    with refused("not-amendable"):
        drafted(talking, "Rents are frozen for ever.", amends=motion_)


def test_a_motion_may_state_something_without_touching_the_text(talking: Hall) -> None:
    made = drafted(talking, "This forum thanks the tenants.", None, effect="state")
    talking.as_("Thea").does("put-motion", {"motion": made})
    assert voted(talking, ballot_on(talking, made), "for") == "carried"
    assert motion(talking, made)["state"] == "carried"
