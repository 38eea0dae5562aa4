"""Boards: whatever is changed on one, somebody who knows root, keys and numbers sees it."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from facilitate.choices import choice_signed
from facilitate.domain.boards import (
    board_of,
    check_board,
    closed_header,
    header_of,
    leaves_of,
    papers_of,
    root_message,
    root_of,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import StampedPaper, canonical, keys_hash
from tests.support.sources import ROOT, text
from tests.support.stamping import Registrar, header_for, stamped_device

VECTORS = json.loads(text(ROOT / "tests/vectors/stamped.json"))
BOARD, ISSUED = VECTORS["board"], 7


def offered(choice: str) -> bool:
    return choice in ("for", "against", "abstain", "3>1>2")


def checked(board: dict[str, Any], **other: Any) -> list[StampedPaper]:
    root, keys = other.get("root", VECTORS["root"]), other.get("keys", VECTORS["keys_hash"])
    return check_board(board, root, keys, other.get("issued", ISSUED), choice_signed, offered)


def rooted(board: dict[str, Any]) -> str:
    return root_of(header_of(board), [paper.leaf for paper in papers_of(board)])


def test_board_on_record() -> None:
    papers = checked(BOARD)
    assert [paper.leaf.hex() for paper in papers] == [plain["leaf"] for plain in VECTORS["papers"]]
    assert leaves_of(papers).hex() == "".join(plain["leaf"] for plain in VECTORS["papers"])
    assert canonical(header_of(BOARD)).decode() == VECTORS["header"]
    assert root_message(VECTORS["root"]).startswith(b"facilitate-board/1\0")


def test_order_of_arrival_leaves_no_trace() -> None:
    papers, header = papers_of(BOARD), header_of(BOARD)
    for seed in range(20):
        shuffled = random.Random(seed).sample(papers, len(papers))
        assert canonical(board_of(header, shuffled)) == canonical(BOARD)


def _swap(board: dict[str, Any]) -> None:
    board["papers"].reverse()


def _double(board: dict[str, Any]) -> None:
    board["papers"].insert(0, board["papers"][0])


TAMPERINGS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "board-order": _swap,
    "signature-wrong": lambda board: board["papers"][0].update(choice="against"),
    "stamp-wrong": lambda board: board["papers"][1].update(stamp=board["papers"][0]["stamp"]),
    "board-malformed": lambda board: board["papers"][0].update(key=board["papers"][0]["key"].upper()),
    "board-issued": lambda board: board.update(issued=8),
    "board-keys": lambda board: board["groups"][0].update(n=board["groups"][1]["n"]),
}


@pytest.mark.parametrize("code", TAMPERINGS)
def test_forger_who_can_even_change_the_root_is_found_by_what_else_is_known(code: str) -> None:
    board = copy.deepcopy(BOARD)
    TAMPERINGS[code](board)
    with pytest.raises(Refused) as refusal:
        checked(board, root=rooted(board) if code != "board-malformed" else VECTORS["root"])
    assert refusal.value.code == code


def test_paper_twice_is_found() -> None:
    board = copy.deepcopy(BOARD)
    _double(board)
    with pytest.raises(Refused) as refusal:
        checked(board, root=rooted(board))
    assert refusal.value.code == "board-order"


def test_everything_in_the_header_is_under_the_root() -> None:
    for name in BOARD.keys() - {"papers"}:
        board = {key: value for key, value in BOARD.items() if key != name}
        with pytest.raises(Refused):
            checked(board)
    for name, value in {"question": "?", "number": 8, "replaced": 0, "rules": {}, "options": []}.items():
        with pytest.raises(Refused) as refusal:
            checked({**BOARD, name: value})
        assert refusal.value.code == "board-root"


def test_paper_left_out_changes_the_root() -> None:
    for place in range(len(BOARD["papers"])):
        papers = BOARD["papers"][:place] + BOARD["papers"][place + 1 :]
        with pytest.raises(Refused) as refusal:
            checked({**BOARD, "papers": papers})
        assert refusal.value.code == "board-root"


def test_more_papers_than_stamps_in_one_group_are_found() -> None:
    registrar = Registrar()
    registrar.add("clp", "clp")
    registrar.add("unions", "union")
    papers = [stamped_device(registrar, 0).paper("for") for _ in range(3)]
    header = closed_header(header_for(registrar), [2, 5], 0)
    board = board_of(header, papers)
    with pytest.raises(Refused) as refusal:
        checked(board, root=rooted(board), keys=keys_hash(registrar.groups))
    assert refusal.value.code == "board-more-than-issued"


@pytest.mark.parametrize("broken", [
    {}, {"papers": None}, {**BOARD, "papers": [{}]}, {**BOARD, "papers": [None]}, {**BOARD, "groups": [{}]},
    {**BOARD, "papers": [{**BOARD["papers"][0], "group": 256}]},
    {**BOARD, "papers": [{**BOARD["papers"][0], "group": True}]},
    {**BOARD, "papers": [{**BOARD["papers"][0], "choice": "f\0"}]},
    {**BOARD, "papers": [{**BOARD["papers"][0], "more": 1}]},
    {**BOARD, "groups": [{**group, "issued": "5"} for group in BOARD["groups"]]},
], ids=str)  # fmt: skip
def test_what_is_no_board_is_refused_in_words(broken: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        checked(broken)
    assert refusal.value.code == "board-malformed"
