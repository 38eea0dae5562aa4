"""A stamped ballot at the hub: keys pinned, one stamp for each on the roll, the board taken and counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import delete

from facilitate.actions import carry_out
from facilitate.choices import choice_signed
from facilitate.domain.boards import check_board
from facilitate.domain.stamped_papers import keys_hash
from facilitate.queries.verify import verify_event
from facilitate.store.boards import board_bytes
from facilitate.store.rows import Ballot, JournalEntry, JournalPayload, Stamp
from facilitate.store.session import write_sessions
from facilitate.store.writer import Command
from tests.actions.stamped import Stamped, opened
from tests.people import Hall
from tests.support.stamping import Device

VOTERS = ("Dara", "Dev", "Dora", "Dmitri")


def test_a_stamped_ballot_is_refused_in_words_where_nobody_can_stamp(talking: Hall) -> None:
    ballot = Stamped(talking)
    refusal = ballot.draft(stamping=False).refusal
    assert refusal is not None and refusal.code == "stamped-needs-https"
    assert "Wi-Fi" in refusal.sentence and "show of hands" in refusal.sentence
    assert ballot.draft().refusal is None
    assert talking.as_("Amara").is_refused("announce-ballot", {"ballot": ballot.id}) == "stamped-needs-https"
    assert talking.row(Ballot, ballot.id).state == "draft"


def test_the_keys_are_pinned_in_the_journal_and_shown_to_everybody(talking: Hall) -> None:
    ballot = opened(talking)
    pinned = keys_hash(ballot.registrar.groups)
    assert talking.row(Ballot, ballot.id).keys_hash == pinned
    with talking.reads() as session:
        announced = session.query(JournalEntry).filter_by(action="ballot-announced").one()
        written = json.loads(session.get_one(JournalPayload, announced.number).body or "")["rows"]
    assert written[f"stamp_groups:{ballot.id}/1/0"]["n"] == ballot.registrar.groups[0].as_dict()["n"]
    assert written[f"ballots:{ballot.id}"]["keys_hash"] == pinned
    seen = talking.sees("delegates")["ballot"][ballot.id]["stamping"]
    assert (seen["bid"], seen["keys_hash"]) == (ballot.bid, pinned)
    assert seen["groups"] == [group.as_dict() for group in ballot.registrar.groups]


def test_each_delegate_on_the_roll_is_stamped_once_and_again_for_the_same_message(talking: Hall) -> None:
    ballot = opened(talking, "Dara")
    device, person = ballot.devices["Dara"], talking.as_("Dara").id
    first = talking.row(Stamp, (ballot.id, 1, person)).signature
    again = ballot.fetch("Dara", device)
    assert again.result == {"group": 0, "signature": first}
    other = ballot.fetch("Dara")
    assert other.refusal is not None and other.refusal.code == "stamp-taken"
    vote = talking.sees(f"person:{person}")["vote"][ballot.id]
    assert (vote["stamped"], vote["group"], vote["channel"], vote["voted"]) == (True, 0, "device", False)


@pytest.mark.parametrize(("name", "code"), [("Absalom", "not-on-the-roll"), ("Fay", "not-your-role")])
def test_nobody_else_is_stamped(talking: Hall, name: str, code: str) -> None:
    refusal = opened(talking).fetch(name).refusal
    assert refusal is not None and refusal.code == code


def test_no_stamp_leaves_that_the_registrar_did_not_make_and_record(talking: Hall) -> None:
    ballot = opened(talking)
    asked = {"ballot": ballot.id, "version": 1, "blinded": "ab" * 256}
    assert talking.as_("Dara").is_refused("fetch-stamp", asked) == "stamp-not-made"
    vote = {"ballot": ballot.id, "choice": "for"}
    assert talking.as_("Dara").is_refused("cast-vote", vote) == "stamp-needed"
    with talking.reads() as session:
        assert session.query(Stamp).count() == 0


def test_two_messages_of_one_delegate_in_one_group_commit_get_one_stamp(talking: Hall) -> None:
    ballot = opened(talking)
    actor, commands = talking.as_("Dara").actor, []
    for _ in range(2):
        blinded = Device(ballot.registrar.groups, bid=ballot.bid).blinded.message
        data = {"ballot": ballot.id, "version": 1, "blinded": blinded.hex(), "group": 0,
                "signature": ballot.registrar.sign(0, blinded).hex()}  # fmt: skip
        commands.append(
            Command(talking.new_id(), "fetch-stamp", actor,
                    lambda tx, data=data: carry_out(tx, "fetch-stamp", data), None)  # type: ignore[misc]
        )  # fmt: skip
    first, second = talking.writer.write(commands)
    assert first.refusal is None
    assert second.refusal is not None and second.refusal.code == "stamp-taken"


def test_the_journal_names_nobody_who_was_stamped(talking: Hall) -> None:
    ballot = opened(talking, *VOTERS)
    with talking.reads() as session:
        entries = session.query(JournalEntry).filter_by(action="stamps-advanced").all()
        assert entries and {entry.actor for entry in entries} == {"nobody"}
    seen = talking.sees("desk")["ballot"][ballot.id]
    assert (seen["issued"], seen["without_stamp"], seen["not_voted"]) == (4, 0, 4)
    assert talking.sees("delegates")["ballot"][ballot.id]["without_stamp"] is None


def test_a_recalled_wording_takes_its_stamps_with_it(talking: Hall) -> None:
    ballot = Stamped(talking)
    ballot.draft()
    ballot.announce()
    old = ballot.fetch("Dara")
    talking.as_("Amara").does("recall-ballot", {"ballot": ballot.id, "reason": "A typo"})
    late = ballot.fetch("Dev")
    assert late.refusal is not None and late.refusal.code == "ballot-state"
    ballot.announce()
    assert ballot.bid.endswith("/2")
    assert talking.sees(f"person:{talking.as_('Dara').id}")["vote"][ballot.id]["stamped"] is False
    assert ballot.fetch("Dara").result != old.result
    assert talking.sees("desk")["ballot"][ballot.id]["issued"] == 1


def test_the_board_is_counted_and_kept_for_everybody_to_count_again(talking: Hall) -> None:
    ballot = opened(talking, "Dara", "Dev", "Dora")
    ballot.cast(Dara="for", Dev="for", Dora="against")
    assert ballot.close().result == {"state": "closed"}
    early = talking.sees("delegates")["ballot"][ballot.id]
    assert early["board"] is None and early["result"] is None
    assert ballot.receive().refusal is None
    seen = talking.sees("delegates")["ballot"][ballot.id]
    assert (seen["state"], seen["result"], seen["voted"]) == ("provisional", None, 3)
    assert (seen["board"]["cast"], seen["board"]["issued"], seen["board"]["replaced"]) == (3, 3, 0)
    with talking.reads() as session:
        row = session.get_one(Ballot, ballot.id)
        board = json.loads(board_bytes(session, row) or b"")
        report = verify_event(session)
    offered = ("for", "against", "abstain").__contains__
    assert len(check_board(board, row.root or "", row.keys_hash or "", 3, choice_signed, offered)) == 3
    assert report.whole, report.differences
    assert row.result is not None
    assert row.result["votes"][0]["votes"] == 2 and row.result["not_voted"] == 1


def test_a_board_that_is_not_this_ballot_s_is_not_counted(talking: Hall) -> None:
    ballot = opened(talking, "Dara", "Dev")
    ballot.cast(Dara="for")
    ballot.close()
    board = ballot.board()
    changes: list[dict[str, Any]] = [
        {"issued": 9}, {"question": "Another?"}, {"ballot": None}, {"papers": board["papers"] * 3},
    ]  # fmt: skip
    for wrong in [board | change for change in changes]:
        refusal = ballot.receive(wrong).refusal
        assert refusal is not None and refusal.code in ("board-not-ours", "board-malformed")
    assert talking.row(Ballot, ballot.id).state == "closed"
    assert ballot.act(talking.as_("Amara").actor, "receive-board", {}).refusal.code == "not-your-role"  # type: ignore[union-attr]


def test_a_changed_board_or_register_is_found(talking: Hall) -> None:
    ballot = opened(talking, "Dara", "Dev")
    ballot.cast(Dara="for")
    ballot.close()
    ballot.receive()
    with write_sessions(talking.database).begin() as session:
        session.execute(delete(Stamp).where(Stamp.person_id == talking.as_("Dev").id))
    with talking.reads() as session:
        assert verify_event(session).differences == ["The papers of ballot 1 are not those of its roll."]


def test_a_stamped_ballot_is_not_closed_while_devices_fail_or_delegates_ask_for_time(talking: Hall) -> None:
    talking.office("set-event", {"settings": {"most_failing": 1, "most_need_time": 0}})
    ballot = opened(talking, *VOTERS)
    refusal = ballot.close(failing=2, cast=1).refusal
    assert refusal is not None and refusal.code == "devices-failing"
    assert refusal.sentence.startswith("2 devices")
    talking.as_("Dara").does("need-time", {"ballot": ballot.id})
    refusal = ballot.close(failing=1, cast=1).refusal
    assert refusal is not None and refusal.code == "time-needed"
    talking.as_("Amara").does("extend-ballot", {"ballot": ballot.id, "seconds": 60})
    assert ballot.close(failing=2, cast=1).refusal is not None
    assert ballot.close(failing=2, cast=1, reason="Two phones have no battery").refusal is None
