"""A ballot from its draft to its result: who votes, once, in secret, and what is counted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from facilitate.actions import carry_out
from facilitate.store.journal import entries_after
from facilitate.store.rows import Ballot, JournalEntry, JournalPayload, Paper, Voted
from facilitate.store.writer import Command
from facilitate.wire import COMMANDS, parse
from tests.actions.test_motions import ballot_on, put, voted
from tests.people import Hall

VOTERS = ("Dara", "Dev", "Dora", "Dmitri")


def opened(hall: Hall, **other: Any) -> str:
    """A ballot on a question of its own, open; its id."""
    ballot = ballot_on(hall, None, **other)
    hall.as_("Amara").does("announce-ballot", {"ballot": ballot})
    hall.as_("Amara").does("open-ballot", {"ballot": ballot})
    return ballot


def casts(hall: Hall, name: str, ballot: str, choice: str, command: str | None = None) -> str:
    """Cast a vote; "in", or the code of the refusal."""
    answer = hall.as_(name).asks("cast-vote", {"ballot": ballot, "choice": choice}, command)
    return answer.refusal.code if answer.refusal else "in"


def result(hall: Hall, ballot: str) -> Any:
    """Close a ballot and publish it; what everybody then sees of it."""
    amara = hall.as_("Amara")
    if amara.does("close-ballot", {"ballot": ballot})["state"] != "published":
        amara.does("publish-result", {"ballot": ballot})
    return hall.sees("delegates")["ballot"][ballot]["result"]


def test_a_ballot_goes_from_draft_to_its_published_result(talking: Hall) -> None:
    ballot = ballot_on(talking, None)
    amara, states = talking.as_("Amara"), []
    for verb in ("announce-ballot", "open-ballot", "close-ballot", "publish-result"):
        amara.does(verb, {"ballot": ballot})
        states.append(talking.row(Ballot, ballot).state)
    assert states == ["announced", "open", "provisional", "published"]
    assert amara.is_refused("open-ballot", {"ballot": ballot}) == "ballot-state"
    assert amara.is_refused("void-ballot", {"ballot": ballot, "reason": "Too late"}) == "ballot-state"


def test_every_delegate_present_votes_once(talking: Hall) -> None:
    ballot = opened(talking)
    assert [casts(talking, name, ballot, "for") for name in VOTERS] == ["in"] * 4
    assert [casts(talking, name, ballot, "against") for name in VOTERS] == ["already-voted"] * 4
    found = result(talking, ballot)
    assert (found["counts"], found["not_voted"]) == ({"for": 4, "against": 0, "abstain": 0}, 0)
    assert found["verdict"] == "carried"


def test_delegate_cannot_vote_twice_but_may_send_the_same_vote_again(talking: Hall) -> None:
    ballot, command = opened(talking), talking.new_id()
    assert casts(talking, "Dara", ballot, "for", command) == "in"
    assert casts(talking, "Dara", ballot, "for", command) == "in"
    assert casts(talking, "Dara", ballot, "for") == "already-voted"
    assert result(talking, ballot)["counts"]["for"] == 1
    assert casts(talking, "Dara", ballot, "for", command) == "in"
    assert casts(talking, "Dev", ballot, "for") == "ballot-not-open"


def test_no_vote_is_taken_before_or_after(talking: Hall) -> None:
    ballot, amara = ballot_on(talking, None), talking.as_("Amara")
    assert casts(talking, "Dara", ballot, "for") == "ballot-not-open"
    amara.does("announce-ballot", {"ballot": ballot})
    assert casts(talking, "Dara", ballot, "for") == "ballot-not-open"
    amara.does("open-ballot", {"ballot": ballot})
    assert casts(talking, "Dara", ballot, "perhaps") == "unknown-option"
    amara.does("close-ballot", {"ballot": ballot})
    assert casts(talking, "Dara", ballot, "for") == "ballot-not-open"
    assert casts(talking, "Dara", "no-such-ballot", "for") == "unknown-ballot"


def test_a_vote_behind_the_close_in_one_group_commit_comes_too_late(talking: Hall) -> None:
    ballot = opened(talking)

    def command(name: str, verb: str, **data: Any) -> Command:
        given = parse(COMMANDS[verb], {"ballot": ballot, **data})
        return Command(
            talking.new_id(), verb, talking.as_(name).actor, lambda tx: carry_out(tx, verb, given), None
        )

    answers = talking.writer.write([
        command("Dara", "cast-vote", choice="for"),
        command("Amara", "close-ballot"),
        command("Dev", "cast-vote", choice="against"),
    ])  # fmt: skip
    assert [a.refusal.code if a.refusal else "in" for a in answers] == ["in", "in", "ballot-not-open"]
    talking.as_("Amara").does("publish-result", {"ballot": ballot})
    assert talking.sees("delegates")["ballot"][ballot]["result"]["papers"] == 1


def test_roll_and_papers_share_nothing_and_the_journal_names_no_voter(talking: Hall) -> None:
    ballot = opened(talking)
    with talking.reads() as session:
        before = session.query(JournalEntry).count()
    for name in VOTERS:
        casts(talking, name, ballot, "for")
    people = {talking.as_(name).id for name in VOTERS}
    with talking.reads() as session:
        roll = session.query(Voted).filter_by(ballot_id=ballot).all()
        papers = session.query(Paper).filter_by(ballot_id=ballot).all()
        assert {row.person_id for row in roll} == people
        assert {row.choice for row in papers} == {"for"}
        assert not {row.command for row in roll} & {row.id for row in papers}
        for entry, payload in session.query(JournalEntry, JournalPayload).filter(
            JournalEntry.number == JournalPayload.number, JournalEntry.number > before
        ):
            written = json.dumps([entry.actor, entry.action, entry.subject, payload.body])
            assert entry.actor == "nobody" and entry.action == "turnout-advanced"
            assert not any(person in written for person in people)
            assert '"for"' not in written


def test_nobody_sees_how_the_votes_are_split_before_the_result(talking: Hall) -> None:
    ballot = opened(talking)
    for name, choice in zip(VOTERS, ("for", "for", "for", "against"), strict=True):
        casts(talking, name, ballot, choice)
    talking.as_("Amara").does("close-ballot", {"ballot": ballot})
    screen = talking.as_("Left of the stage").id
    for audience in ("delegates", "themes", "desk", f"screen:{screen}", "table:1", "table:1+echo"):
        seen = talking.sees(audience).get("ballot", {}).get(ballot)
        if seen is not None:
            assert seen["result"] is None and seen["voted"] == 4
    assert talking.sees(f"person:{talking.as_('Dara').id}")["vote"][ballot] == {
        "id": ballot, "entitled": True, "why": None, "voted": True, "stamped": False, "group": None,
        "channel": None, "counted": None,
    }  # fmt: skip


def test_a_quorum_that_is_missed_decides_against(talking: Hall) -> None:
    ballot = opened(talking, rules={"quorum": 3})
    casts(talking, "Dara", ballot, "for")
    found = result(talking, ballot)
    assert (found["verdict"], found["reason"], found["quorum_reached"]) == ("lost", "no-quorum", False)


@pytest.mark.parametrize(
    ("rules", "votes", "verdict"),
    [
        ({}, "fa", "lost"),
        ({"tie": "tied"}, "fa", "tied"),
        ({"majority": "two-thirds"}, "ffa", "carried"),
        ({"majority": "two-thirds"}, "ffaa", "lost"),
        ({"majority": "absolute"}, "ff", "lost"),
        ({"majority": "absolute-present"}, "fff", "carried"),
        ({"majority": "3/4"}, "fffa", "lost"),
        ({"majority": "1/2", "base": "papers"}, "fx", "lost"),
    ],
)
def test_the_rules_that_were_fixed_before_decide(
    talking: Hall, rules: dict[str, Any], votes: str, verdict: str
) -> None:
    ballot = opened(talking, rules=rules)
    for name, vote in zip(VOTERS, votes, strict=False):
        casts(talking, name, ballot, {"f": "for", "a": "against", "x": "abstain"}[vote])
    assert result(talking, ballot)["verdict"] == verdict


def test_one_of_several_options_wins(talking: Hall) -> None:
    options = ["Newtown", "Oldham", "Wherever"]
    ballot = opened(talking, form="one-of-several", options=options, rules={"majority": "plurality"})
    for name, choice in zip(VOTERS, "1223", strict=True):
        casts(talking, name, ballot, choice)
    found = result(talking, ballot)
    assert (found["winner"], found["counts"]["2"]) == ("2", 2)


def test_a_tie_waits_for_the_chair_and_their_casting_vote_is_given_once(talking: Hall) -> None:
    motion = put(talking, "Rents are frozen.")
    ballot, amara = ballot_on(talking, motion, rules={"tie": "chair"}), talking.as_("Amara")
    amara.does("announce-ballot", {"ballot": ballot})
    amara.does("open-ballot", {"ballot": ballot})
    casts(talking, "Dara", ballot, "for")
    casts(talking, "Dora", ballot, "against")
    assert amara.is_refused("give-casting-vote", {"ballot": ballot, "choice": "for"}) == "ballot-state"
    amara.does("close-ballot", {"ballot": ballot})
    assert amara.is_refused("publish-result", {"ballot": ballot}) == "casting-vote-needed"
    assert amara.is_refused("give-casting-vote", {"ballot": ballot, "choice": "abstain"}) == "no-casting-vote"
    assert amara.does("give-casting-vote", {"ballot": ballot, "choice": "for"}) == {"verdict": "carried"}
    assert amara.is_refused("give-casting-vote", {"ballot": ballot, "choice": "against"}) == "no-casting-vote"
    assert amara.does("publish-result", {"ballot": ballot})["verdict"] == "carried"


def test_a_show_of_hands_is_declared_or_counted(talking: Hall) -> None:
    amara, tess = talking.as_("Amara"), talking.as_("Tess")
    ballot = opened(talking, trust="hands")
    assert casts(talking, "Dara", ballot, "for") == "hands-in-the-room"
    assert amara.is_refused("close-ballot", {"ballot": ballot}) == "hands-missing"
    assert tess.is_refused("declare-hands", {"ballot": ballot}) == "declaration-missing"
    tess.does("declare-hands", {"ballot": ballot, "declaration": "clearly-carried"})
    assert talking.sees("delegates")["ballot"][ballot]["declared"] is None
    assert talking.sees("desk")["ballot"][ballot]["declared"] == {"declaration": "clearly-carried"}
    assert result(talking, ballot)["counted"] is False
    counted = opened(talking, trust="hands")
    over = {"ballot": counted, "counts": {"for": 4, "against": 1}}
    assert tess.is_refused("declare-hands", over) == "more-hands-than-present"
    tess.does("declare-hands", {"ballot": counted, "counts": {"for": 1, "against": 3}})
    assert result(talking, counted)["verdict"] == "lost"
    secret = opened(talking)
    assert tess.is_refused("declare-hands", {"ballot": secret, "counts": {"for": 1}}) == "not-hands"


@pytest.mark.parametrize("purpose", ["sounding", "practice"])
def test_a_sounding_and_a_practice_decide_nothing(talking: Hall, purpose: str) -> None:
    motion = put(talking, "Rents are frozen.")
    assert voted(talking, ballot_on(talking, motion, purpose=purpose), "for", "for", "for") == "carried"
    assert talking.sees("delegates")["motion"][motion]["state"] == "put"
    assert talking.sees("delegates")["passage"][talking.passage("HOU-1.2")]["carried"] is None
    assert voted(talking, ballot_on(talking, motion), "against", "against") == "lost"


def test_a_ballot_is_void_only_with_a_reason_and_is_run_again(talking: Hall) -> None:
    motion = put(talking, "Rents are frozen.")
    ballot, amara = ballot_on(talking, motion), talking.as_("Amara")
    amara.does("announce-ballot", {"ballot": ballot})
    amara.does("open-ballot", {"ballot": ballot})
    casts(talking, "Dara", ballot, "for")
    assert amara.is_refused("void-ballot", {"ballot": ballot, "reason": "  "}) == "reason-missing"
    amara.does("void-ballot", {"ballot": ballot, "reason": "The wrong text was shown"})
    assert casts(talking, "Dev", ballot, "for") == "ballot-not-open"
    assert talking.sees("delegates")["motion"][motion]["state"] == "put"
    assert voted(talking, ballot_on(talking, motion), "for", "for", "for") == "carried"
    with talking.reads() as session:
        reasons = [e.reason for e in session.query(JournalEntry).filter_by(action="ballot-voided")]
        assert reasons == ["The wrong text was shown"]
        assert entries_after(session, 0, 10_000)


def test_one_ballot_at_a_time_is_before_the_room(talking: Hall) -> None:
    first, second, amara = ballot_on(talking, None), ballot_on(talking, None), talking.as_("Amara")
    amara.does("announce-ballot", {"ballot": first})
    assert amara.is_refused("announce-ballot", {"ballot": second}) == "ballot-running"
    assert amara.is_refused("close-event") == "ballot-open"
    amara.does("recall-ballot", {"ballot": first})
    amara.does("announce-ballot", {"ballot": second})


def test_a_ballot_stays_open_for_its_minimum_unless_everybody_has_voted(talking: Hall) -> None:
    talking.office("set-event", {"settings": {"min_open_seconds": 60}})
    ballot, amara = opened(talking), talking.as_("Amara")
    assert amara.is_refused("close-ballot", {"ballot": ballot}) == "ballot-too-early"
    for name in VOTERS:
        casts(talking, name, ballot, "for")
    amara.does("close-ballot", {"ballot": ballot})
    patient = opened(talking)
    talking.clock.forward(seconds=61)
    amara.does("close-ballot", {"ballot": patient})


def test_more_time_is_asked_for_without_a_name_and_given(talking: Hall) -> None:
    ballot = opened(talking)
    talking.as_("Dara").does("need-time", {"ballot": ballot})
    assert talking.sees("desk")["ballot"][ballot]["need_time"] == 1
    assert talking.sees("delegates")["ballot"][ballot]["need_time"] == 0
    with talking.reads() as session:
        asked = session.query(JournalEntry).filter_by(action="time-needed").one()
    assert asked.actor == "nobody"
    before = talking.row(Ballot, ballot).deadline
    talking.as_("Amara").does("extend-ballot", {"ballot": ballot, "seconds": 60})
    assert (talking.row(Ballot, ballot).deadline - before).total_seconds() == 60
