"""A rehearsal finds what a hub has lost, doubled or counted wrongly: each fault is made here by hand."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from facilitate.rehearsal.findings import Findings, Held, find
from facilitate.rehearsal.ledger import Ledger, Said


def comment(item: str, table: int, text: str, **other: Any) -> dict[str, Any]:
    said = {"id": item, "ref": f"{table}/1", "table": table, "passage": "p", "kind": "concern", "text": text}
    return {**said, "state": "current", "device": f"laptop {table}", "n": 1, **other}


@pytest.fixture
def ledger() -> Ledger:
    made = Ledger()
    for item, table in (("a", 1), ("b", 2)):
        made.said[item] = Said(item, table, "p", "HOU-2.1", 0, "concern", "Too dear", acknowledged=True)
        made.said[item].ref = f"{table}/1"
    made.votes["x"] = {"Ada": "for", "Ben": "against", "Cy": "for"}
    return made


@pytest.fixture
def held() -> Held:
    comments = {"a": comment("a", 1, "Too dear"), "b": comment("b", 2, "Too dear")}
    ballot = {"id": "x", "number": 1, "question": "Dear?", "state": "published", "form": "for-against"}
    ballot["trust"] = "anonymised"
    ballot["result"] = {"counts": {"for": 2, "against": 1, "abstain": 0}, "verdict": "carried"}
    themes: dict[str, Any] = defaultdict(dict, comment=comments, ballot={"x": ballot})
    themes["passage"] = {
        "p": {"id": "p", "ref": "HOU-2.1", "document": "d", "position": 1},
        "q": {"id": "q", "ref": "HOU-2.2", "document": "d", "position": 2},
    }
    balance = {"received": 2, "open": 0, "ended": 2, "kinds": []}
    return Held(
        themes=themes,
        tables={1: {"a": comments["a"]}, 2: {"b": comments["b"]}},
        desk=defaultdict(dict, balance={"balance": balance}),
        store_comments={"a": "Too dear", "b": "Too dear"},
        store_papers={"x": {"for": 2, "against": 1}},
        store_voters={"x": 3},
    )


def test_a_whole_event_holds(ledger: Ledger, held: Held) -> None:
    found = find(ledger, held)
    assert found.holds, found
    assert [passage["words"] for passage in found.passages] == ["discussed by 2 tables", "not reached"]


def faults(found: Findings) -> tuple[int, int, int]:
    return len(found.lost), len(found.doubled), len(found.wrong)


def test_a_comment_that_no_page_shows_is_lost(ledger: Ledger, held: Held) -> None:
    del held.themes["comment"]["b"]
    assert find(ledger, held).lost == ["2/1 of table 2 was acknowledged and is not with the theme team."]


def test_a_comment_that_its_own_table_cannot_see_is_lost(ledger: Ledger, held: Held) -> None:
    held.tables[2] = {}
    assert find(ledger, held).lost == ["2/1 of table 2 is not on the laptop of its table."]


def test_a_comment_that_the_store_lacks_is_lost(ledger: Ledger, held: Held) -> None:
    assert held.store_comments is not None
    del held.store_comments["a"]
    assert "1/1 is not in the store." in find(ledger, held).lost


def test_a_comment_with_other_words_is_lost(ledger: Ledger, held: Held) -> None:
    held.themes["comment"]["a"]["text"] = "Too cheap"
    assert find(ledger, held).lost == ["1/1 of table 1 does not read as it was sent."]


def test_a_comment_stored_twice_is_doubled(ledger: Ledger, held: Held) -> None:
    held.themes["comment"]["c"] = comment("c", 1, "Too dear")
    found = find(ledger, held)
    assert "1/1 was sent by nobody." in found.doubled
    assert "reference 1/1 stands 2 times." in found.doubled
    assert not found.holds


def test_a_comment_never_acknowledged_is_lost(ledger: Ledger, held: Held) -> None:
    ledger.said["a"].acknowledged = False
    assert "1/1 of table 1 was never acknowledged." in find(ledger, held).lost


def test_a_withdrawn_comment_that_stands_is_wrong(ledger: Ledger, held: Held) -> None:
    ledger.said["a"].state = "withdrawn"
    assert faults(find(ledger, held)) == (0, 0, 1)


@pytest.mark.parametrize("counts", [{"for": 3, "against": 1}, {"for": 2}, {"for": 1, "against": 2}])
def test_a_result_that_differs_is_wrong(ledger: Ledger, held: Held, counts: dict[str, int]) -> None:
    held.themes["ballot"]["x"]["result"]["counts"] = counts
    assert find(ledger, held).wrong == ["Ballot 1 is not counted as the delegates voted."]


def test_a_paper_without_a_voter_is_wrong(ledger: Ledger, held: Held) -> None:
    held.store_voters = {"x": 2}
    assert faults(find(ledger, held)) == (0, 0, 1)


def test_an_answer_that_changes_is_wrong(ledger: Ledger, held: Held) -> None:
    ledger.repeated("cast-vote", {"ok": True, "result": {}}, {"ok": False})
    assert faults(find(ledger, held)) == (0, 0, 1)


def test_what_has_no_end_is_wrong(ledger: Ledger, held: Held) -> None:
    held.desk["balance"]["balance"]["kinds"] = [{"kind": "comments", "open": 1, "difference": 0}]
    assert find(ledger, held).wrong == ["1 comments have no end; 0 differ."]


def test_a_device_that_was_not_told_is_wrong(ledger: Ledger, held: Held) -> None:
    held.unheard = ["The theme team was not told of 1 comments as they are now."]
    assert not find(ledger, held).holds


def test_a_broken_record_is_wrong(ledger: Ledger, held: Held) -> None:
    held.record, held.record_holds = "The record does NOT hold: 1 differences.", False
    assert find(ledger, held).wrong == [held.record]


def test_a_help_call_or_an_answer_that_is_gone_is_lost(ledger: Ledger, held: Held) -> None:
    ledger.cries.add("c")
    ledger.answers["q"] = "Yes."
    assert len(find(ledger, held).lost) == 2
    held.desk["call"] = {"c": {"cries": [{"item": "c"}]}}
    held.desk["question"] = {"q": {"published": "Yes."}}
    found = find(ledger, held)
    assert found.holds and (found.found["help calls"], found.found["answers"]) == (1, 1)
    held.desk["call"]["d"] = {"cries": [{"item": "c"}]}
    assert faults(find(ledger, held)) == (0, 1, 0)


def test_a_receipt_for_a_paper_that_is_not_on_the_board_is_a_loss(ledger: Ledger, held: Held) -> None:
    ledger.leaves["x"].add("ab" * 32)
    held.store_leaves = {"x": set()}
    assert "it is not on the board" in find(ledger, held).lost[0]
    held.store_leaves = {"x": {"ab" * 32}}
    assert not find(ledger, held).lost
