"""Paper beside the devices: one count, nobody twice, nothing on the board that tells a channel."""

from __future__ import annotations

import json
from functools import partial

import pytest
from sqlalchemy import select

from facilitate.choices import choice_signed
from facilitate.domain.ballot_papers import Way
from facilitate.domain.boards import check_board
from facilitate.domain.stamped_papers import keys_hash
from facilitate.store.boards import board_bytes
from facilitate.store.paper_channel import paper_balance, unused_stamps, way_of
from facilitate.store.rows import Ballot, JournalPayload, PaperEntry, PaperStamp, Stamp
from tests.actions.papers import bring, enter, hand_out
from tests.actions.stamped import Stamped, opened
from tests.people import Hall


@pytest.fixture
def hall(talking: Hall) -> Hall:
    """A room with two tellers."""
    talking.office("import-people", {"rows": [{"name": "Tamsin", "roles": ["teller"]}]})
    return talking


def code(answer: object) -> str:
    refusal = getattr(answer, "refusal", None)
    return refusal.code if refusal else ""


def balance(ballot: Stamped) -> tuple[int, int, int, int]:
    """Handed out, cast, spoilt, out."""
    with ballot.hall.reads() as session:
        row = session.get_one(Ballot, ballot.id)
        found = paper_balance(session, row)
        if row.trust == "stamped" and row.state in ("announced", "open"):
            assert len(unused_stamps(session, row, 0)) == found.out
        return found.handed_out, found.cast, found.spoilt, found.out


def anonymised(hall: Hall) -> Stamped:
    ballot = Stamped(hall)
    assert not code(ballot.draft(trust="anonymised"))
    hall.as_("Amara").does("announce-ballot", {"ballot": ballot.id})
    ballot.open()
    return ballot


def test_switching_to_paper_in_an_open_ballot_loses_nothing_and_lets_nobody_vote_twice(hall: Hall) -> None:
    ballot = opened(hall, "Dara", "Dev")
    ballot.cast(Dara="for", Dev="against")
    for name in ("Dora", "Dmitri"):
        assert not code(hand_out(ballot, name))
    # Neither way back to a device, nor a second paper, nor a paper beside a stamp that may have been used.
    assert [code(ballot.fetch("Dora")), code(hand_out(ballot, "Dora"))] == ["paper-taken", "paper-taken"]
    assert code(hand_out(ballot, "Dara")) == "stamp-taken"
    vote = hall.sees(f"person:{hall.as_('Dora').id}")["vote"][ballot.id]
    assert not vote["entitled"] and "You took a paper" in vote["why"]
    for teller in ("Tess", "Tamsin"):
        for number, choice in ((1, "for"), (2, "abstain")):
            assert not code(enter(ballot, teller, number, choice))
    assert balance(ballot) == (2, 2, 0, 0)
    bring(ballot)
    assert not code(ballot.close(cast=4)) and not code(ballot.receive())
    row = hall.row(Ballot, ballot.id)
    with hall.reads() as session:
        board = json.loads(board_bytes(session, row) or b"")
        assert not session.scalars(select(PaperStamp)).all()
    pinned = keys_hash(ballot.registrar.groups)
    papers = check_board(
        board, row.root or "", pinned, 4, choice_signed, {"for", "against", "abstain"}.__contains__
    )
    assert sorted(paper.choice for paper in papers) == ["abstain", "against", "for", "for"]
    assert "channel" not in json.dumps(board)


def test_a_device_gone_lets_two_tellers_give_a_paper_in_its_place(hall: Hall) -> None:
    ballot = opened(hall, "Dara")
    lost = {"ballot": ballot.id, "delegate": "Dara", "reason": "The phone broke"}
    hall.as_("Tess").does("replace-stamp", lost)
    assert code(hand_out(ballot, "Dara")) == "stamp-taken"
    hall.as_("Tamsin").does("replace-stamp", lost)
    assert not code(hand_out(ballot, "Dara"))
    assert hall.row(Stamp, (ballot.id, 1, hall.as_("Dara").id)).channel == "paper"
    assert (hall.row(Ballot, ballot.id).replaced, balance(ballot)) == (1, (1, 0, 0, 1))


def test_a_lost_paper_is_replaced_and_cannot_be_entered_beside_the_new_one(hall: Hall) -> None:
    ballot = opened(hall)
    hand_out(ballot, "Dara")
    for teller in ("Tess", "Tamsin"):
        reason = {"delegate": "Dara", "reason": "It fell into the Thames"}
        hall.as_(teller).does("replace-stamp", {"ballot": ballot.id} | reason)
    assert balance(ballot) == (0, 0, 0, 0)
    assert not code(ballot.fetch("Dara"))
    assert code(enter(ballot, "Tess", 1, "for")) == "no-paper-out"


def test_tellers_who_read_a_paper_differently_are_told_and_it_waits(hall: Hall) -> None:
    ballot = opened(hall)
    for name in ("Dara", "Dev"):
        hand_out(ballot, name)
    said = [enter(ballot, who, 1, choice).result["state"]
            for who, choice in (("Tess", "for"), ("Tess", "abstain"), ("Tamsin", "for"), ("Tess", "for"))]
    assert said == ["waiting", "waiting", "differs", "agreed"]
    assert code(enter(ballot, "Tess", 1, "against")) == "paper-entered"
    enter(ballot, "Tess", 2, None)
    assert code(enter(ballot, "Tess", 3, "for")) == "no-paper-out"
    assert code(enter(ballot, "Tess", 2, "maybe")) == "unknown-option"
    assert enter(ballot, "Tamsin", 2, None).result["state"] == "agreed"
    assert balance(ballot) == (2, 1, 1, 0)


def test_no_reading_of_a_paper_and_no_delegate_beside_a_key_is_ever_in_the_journal(hall: Hall) -> None:
    ballot = opened(hall)
    hand_out(ballot, "Dara")
    for teller in ("Tess", "Tamsin"):
        enter(ballot, teller, 1, "against")
    with hall.reads() as session:
        written = " ".join(body or "" for body in session.scalars(select(JournalPayload.body)))
        pool = session.scalars(select(PaperStamp)).one()
        entries = session.scalars(select(PaperEntry)).all()
    assert pool.key not in written and pool.stamp not in written and "paper_entries" not in written
    assert pool.secret == "" and {each.reading for each in entries} == {""}


def test_close_waits_for_papers_that_are_out_unless_a_reason_goes_on_record(hall: Hall) -> None:
    ballot = opened(hall)
    hand_out(ballot, "Dara")
    assert hall.sees("desk")["ballot"][ballot.id]["papers_out"] == 1
    assert hall.sees("delegates")["ballot"][ballot.id]["papers_out"] == 0
    assert code(ballot.close()) == "papers-out"
    assert not code(ballot.close(reason="Its holder has left"))


def test_recall_lets_those_with_a_paper_vote_by_any_way_in_the_next_wording(hall: Hall) -> None:
    for trust in ("anonymised", "stamped"):
        ballot = Stamped(hall)
        ballot.draft(trust=trust)
        announce = partial(hall.as_("Amara").does, "announce-ballot", {"ballot": ballot.id})
        (ballot.announce if trust == "stamped" else announce)()
        assert not code(hand_out(ballot, "Dara"))
        hall.as_("Amara").does("recall-ballot", {"ballot": ballot.id})
        (ballot.announce if trust == "stamped" else announce)()
        with hall.reads() as session:
            row, dara = session.get_one(Ballot, ballot.id), hall.as_("Dara").id
            assert way_of(session, row, dara) is Way.FREE
        assert balance(ballot) == (0, 0, 0, 0)
        hall.as_("Amara").does("recall-ballot", {"ballot": ballot.id})


def test_papers_of_an_anonymised_ballot_are_counted_with_those_of_the_devices(hall: Hall) -> None:
    ballot = anonymised(hall)
    hall.as_("Dara").does("cast-vote", {"ballot": ballot.id, "choice": "for"})
    assert code(hand_out(ballot, "Dara")) == "already-voted"
    assert not code(hand_out(ballot, "Dev"))
    assert hall.as_("Dev").is_refused("cast-vote", {"ballot": ballot.id, "choice": "for"}) == "paper-taken"
    assert hall.sees("delegates")["ballot"][ballot.id]["voted"] == 1
    for teller in ("Tess", "Tamsin"):
        enter(ballot, teller, 7, "against")
    assert hall.sees("delegates")["ballot"][ballot.id]["voted"] == 2
    hall.clock.forward(seconds=600)
    assert not code(ballot.close())
    assert hall.row(Ballot, ballot.id).result["papers"] == 2


def test_how_many_voted_with_a_companion_is_published_with_the_result(hall: Hall) -> None:
    ballot = opened(hall, "Dara")
    ballot.cast(Dara="for")
    noting = {"ballot": ballot.id, "count": 1}
    assert hall.as_("Tess").is_refused("note-companions", noting | {"count": 5000}) == "more-than-entitled"
    hall.as_("Tess").does("note-companions", noting)
    assert hall.sees("delegates")["ballot"][ballot.id]["companions"] is None
    ballot.close(reason="All are done")
    ballot.receive()
    for teller in ("Tess", "Tamsin"):
        hall.as_(teller).does("certify-result", {"ballot": ballot.id})
    hall.as_("Amara").does("publish-result", {"ballot": ballot.id})
    seen = hall.sees("delegates")["ballot"][ballot.id]
    assert seen["companions"] == 1 and "1 delegate voted with a companion." in seen["result"]["sentence"]
    assert hall.as_("Tess").is_refused("note-companions", noting) == "ballot-state"
