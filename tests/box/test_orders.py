"""The box obeys the hub that it is paired with, each order once and in order, and keeps to its folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from facilitate.box.identity import Identity, is_signed
from facilitate.box.messages import read_answer, signed_order
from facilitate.box.start import open_box
from facilitate.choices import choice_signed
from facilitate.domain.boards import check_board, root_message
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import bid_hash, keys_hash
from tests.box.people import ORIGIN, TestBox, filled_in, header
from tests.support.stamping import BID, Registrar

HASHED = bid_hash(BID).hex()


def code_of(box: TestBox, raw: Any) -> str:
    """What the box says to something that is no order of its hub."""
    answer = box.client.post("/orders", json=raw)
    assert answer.status_code == 403
    return str(answer.get_json()["refusal"]["code"])


def test_the_board_proves_every_paper_under_a_signed_root(box: TestBox) -> None:
    box.start()
    choices = ("for", "against")
    papers = [filled_in(box.registrar, choices[n % 2], n % 2) for n in range(5)]
    for paper in papers:
        box.cast(paper)
    done = box.end(issued=4, replaced=1)
    assert done["cast"] == [3, 2]
    assert is_signed(box.opened.box.public, root_message(done["root"]), bytes.fromhex(done["signature"]))
    board = box.client.get(f"/boards/{HASHED}.json").get_json()
    keys = keys_hash(box.registrar.groups)
    found = check_board(board, done["root"], keys, 8, choice_signed, {"for", "against"}.__contains__)
    assert sorted(found, key=lambda p: p.public_key) == sorted(papers, key=lambda p: p.public_key)
    leaves = box.client.get(f"/boards/{HASHED}.leaves").data
    assert leaves == b"".join(paper.leaf for paper in sorted(papers, key=lambda p: p.public_key))


def test_nobody_sees_a_board_or_an_exact_turnout_before_the_close(box: TestBox) -> None:
    box.start()
    box.cast(filled_in(box.registrar))
    assert box.client.get(f"/boards/{HASHED}.json").status_code == 404
    assert box.client.get(f"/boards/{HASHED}.leaves").status_code == 404
    assert box.client.get(f"/turnout/{HASHED}").get_json() == {"cast": 0}
    told = box.send({"act": "tell", "nonce": "0" * 32, "origins": [ORIGIN]})
    assert told["ballots"] == {BID: {"state": "open", "cast": 1}}


def test_the_same_order_again_gets_the_same_answer_and_an_older_one_is_refused(box: TestBox) -> None:
    box.start()
    box.cast(filled_in(box.registrar))
    closing = {"act": "close", "sequence": 7, "bid": BID, "issued": [3, 3], "replaced": 0}
    assert box.send(closing) == box.send(closing)
    with pytest.raises(Refused, match="order-other"):
        box.send({**closing, "replaced": 1})
    with pytest.raises(Refused, match="order-old"):
        box.send({"act": "forget", "sequence": 6, "bid": BID})


def test_acts_out_of_their_order_are_refused(box: TestBox) -> None:
    with pytest.raises(Refused, match="order-state"):
        box.order("open")
    box.announce()
    with pytest.raises(Refused, match="order-state"):
        box.end()
    box.order("open")
    box.end()
    for act in ({"act": "open"}, {"act": "close", "issued": [1, 1], "replaced": 0}):
        with pytest.raises(Refused, match="order-state"):
            box.order(**act)
    changed = {**header(box.registrar), "question": "Shall it be otherwise?"}
    with pytest.raises(Refused, match="order-state"):
        box.order("announce", header=changed)


def test_an_order_that_the_hub_did_not_sign_is_refused(box: TestBox) -> None:
    order = {"act": "announce", "sequence": 1, "bid": BID, "header": header(box.registrar)}
    stranger = signed_order(Identity(bytes(32)), order)
    assert code_of(box, stranger) == "order-not-signed"
    replayed = signed_order(box.hub, order)
    assert code_of(box, {**replayed, "order": {**order, "sequence": 2}}) == "order-not-signed"


@pytest.mark.parametrize(
    "change",
    [
        {"act": "erase"}, {"sequence": 0}, {"sequence": "1"}, {"sequence": None}, {"bid": ""}, {"bid": None},
        {"surplus": 1}, {"header": None}, {"header": {"ballot": "another/1"}},
        {"header": {"format": "other/1"}},
        {"header": {"groups": []}}, {"header": {"options": []}}, {"header": {"question": ""}},
        {"header": {"surplus": 1}}, {"header": {"rules": None}}, {"header": {"number": 0}},
        {"header": {"groups": [{"name": "a", "sections": [], "n": "0" * 511, "e": 65537}]}},
        {"header": {"groups": [{"name": "a", "sections": [], "n": "0" * 512, "e": 3}]}},
        {"header": {"groups": [{"name": "a", "sections": [], "n": "G" * 512, "e": 65537}]}},
        {"header": {"rules": {"form": "dance"}}},
    ],
)  # fmt: skip
def test_an_order_of_another_shape_is_refused(box: TestBox, change: dict[str, Any]) -> None:
    order: dict[str, Any] = {"act": "announce", "sequence": 1, "bid": BID, "header": header(box.registrar)}
    inner = change.get("header")
    order |= {**change, "header": order["header"] | inner} if isinstance(inner, dict) else change
    assert code_of(box, signed_order(box.hub, order)) == "order-malformed"


@pytest.mark.parametrize("raw", [None, [], "order", {}, {"order": {}}, {"order": {}, "signature": "00"}])
def test_what_is_no_order_at_all_is_refused(box: TestBox, raw: Any) -> None:
    assert code_of(box, raw) == "order-malformed"


def test_a_forgotten_ballot_leaves_nothing_behind(box: TestBox) -> None:
    box.start()
    paper = filled_in(box.registrar)
    box.cast(paper)
    box.order("forget")
    assert box.refusal(paper) == "ballot-not-open"
    stored = b"".join(file.read_bytes() for file in box.folder.iterdir() if file.is_file())
    assert paper.public_key not in stored
    assert paper.stamp[:32] not in stored


def test_the_folder_holds_papers_and_nothing_that_names_or_orders_them(box: TestBox) -> None:
    box.start()
    papers = [filled_in(box.registrar) for _ in range(30)]
    for paper in papers:
        box.cast(paper)
    box.end()
    assert box.folder.stat().st_mode & 0o777 == 0o700
    vault = box.opened.vault
    assert vault.one("PRAGMA secure_delete")[0] == 1
    tables = vault.all("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    assert all("WITHOUT ROWID" in sql for _, sql in tables)
    assert {name for name, _ in tables} == {"facts", "orders", "ballots", "papers"}
    assert (box.folder / "box.db-wal").stat().st_size == 0


def test_after_the_close_the_file_is_the_same_whatever_came_first(
    box: TestBox, tmp_path: Path, registrar: Registrar
) -> None:
    papers = [filled_in(box.registrar) for _ in range(30)]
    other = TestBox(tmp_path / "other", registrar)
    places = []
    for each, arriving in ((box, papers), (other, papers[::-1])):
        each.start()
        for paper in arriving:
            each.cast(paper)
        each.end()
        content = (each.folder / "box.db").read_bytes()
        places.append([content.index(paper.as_bytes()) for paper in papers])
    other.close()
    assert places[0] == places[1]


def test_a_box_opened_again_goes_on_where_it_was(box: TestBox) -> None:
    box.start()
    paper = filled_in(box.registrar)
    first = box.cast(paper)
    before = box.opened.box.describe()
    box.close()
    box.open()
    assert box.opened.box.describe() == before
    assert box.cast(paper) == first
    assert box.end()["cast"] == [1, 0]


def test_a_folder_serves_one_process_and_one_hub(box: TestBox, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="box-in-use"):
        open_box(box.folder, box.spawn, box.sleep, "", print)
    box.close()
    hello = json.dumps({"hub": hashlib.sha256(b"other").hexdigest(), "origins": [ORIGIN]})
    with pytest.raises(Refused, match="box-of-another-hub"):
        open_box(box.folder, box.spawn, box.sleep, hello, print)
    box.open()


def test_another_boxs_answer_is_not_believed(box: TestBox, tmp_path: Path, registrar: Registrar) -> None:
    other = TestBox(tmp_path / "other", registrar)
    try:
        order = {"act": "tell", "nonce": "0" * 32, "origins": [ORIGIN]}
        answer = other.client.post("/orders", json=signed_order(box.hub, order)).get_json()
        with pytest.raises(Refused, match="box-not-itself"):
            read_answer(answer, box.opened.box.public, order)
        with pytest.raises(Refused, match="box-not-itself"):
            read_answer(answer, other.opened.box.public, {**order, "nonce": "1" * 32})
    finally:
        other.close()
