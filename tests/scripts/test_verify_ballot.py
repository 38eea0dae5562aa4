"""The verifier that anybody may read: a clean board is counted, and no change to one goes unseen."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from facilitate.domain.boards import board_of, closed_header, header_of, papers_of, root_of
from facilitate.domain.stamped_papers import canonical, keys_hash
from tests.support.sources import ROOT
from tests.support.stamping import Registrar, header_for, stamped_device

ISSUED = 7


@dataclass
class Given:
    """A board, and what everybody has seen of it."""

    board: dict[str, Any]
    root: str
    key: str
    folder: Path
    stranger: dict[str, Any]

    def verified(self, board: dict[str, Any], **seen: Any) -> tuple[int, str]:
        place = self.folder / "board.json"
        place.write_bytes(canonical(board))
        root, key, issued = seen.get("root", self.root), seen.get("key", self.key), seen.get("issued", ISSUED)
        # Away from the project and from what is installed: it needs nothing but itself.
        command = [sys.executable, "-I", "-S", str(ROOT / "scripts/verify_ballot.py"), str(place)]
        command += ["--root", root, "--key", key, "--issued", str(issued), "--papers", str(self.papers)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.stderr == ""
        return done.returncode, done.stdout

    @property
    def papers(self) -> Path:
        return self.folder / "papers.txt"


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    registrar = Registrar()
    registrar.add("clp", "clp")
    registrar.add("affiliates", "union")
    cast = [(0, "for"), (0, "against"), (1, "for"), (0, "abstain"), (1, "for")]
    papers = [stamped_device(registrar, group).paper(choice) for group, choice in cast]
    board = board_of(closed_header(header_for(registrar), [4, 3], 1), papers)
    other = Registrar()
    other.add("clp", "clp")
    stranger = board_of({}, [stamped_device(other).paper("for")])["papers"][0]
    folder = tmp_path_factory.mktemp("board")
    return Given(board, rooted(board), keys_hash(registrar.groups), folder, stranger)


def rooted(board: dict[str, Any]) -> str:
    return root_of(header_of(board), [paper.leaf for paper in papers_of(board)])


def test_clean_board_is_counted_by_heads_and_by_group(given: Given) -> None:
    code, said = given.verified(given.board)
    assert code == 0, said
    assert "5 papers, 7 stamps (1 replaced): all proven." in said
    assert [line.split() for line in said.splitlines()[2:]] == [
        ["Everybody:"], ["3", "For"], ["1", "Abstain"], ["1", "Against"],
        ["clp:"], ["1", "Abstain"], ["1", "Against"], ["1", "For"],
        ["affiliates:"], ["2", "For"], ["0", "Abstain"], ["0", "Against"],
    ]  # fmt: skip
    assert sorted(given.papers.read_text().split()) == ["abstain", "against", "for", "for", "for"]


def test_sections_are_counted_by_their_shares(given: Given) -> None:
    board = copy.deepcopy(given.board)
    shares = {"clp": "2/3", "affiliates": "1/3"}
    board["rules"] = {"base": "votes-cast", "deciding": "sections", "shares": shares}
    code, said = given.verified(board, root=rooted(board))
    assert code == 0, said
    assert said.splitlines()[-3:] == [
        "Shares of the sections (sections decide):", "   66.7%  For: 2/3", "   33.3%  Against: 1/3",
    ]  # fmt: skip
    board["rules"]["shares"] = {"clp": "2/3", "unions": "1/3"}
    code, said = given.verified(board, root=rooted(board))
    assert code == 1 and "unions has a share, and no group is called so." in said


def in_order(board: dict[str, Any]) -> None:
    board["papers"].sort(key=lambda paper: str(paper["key"]))


def add_stranger(board: dict[str, Any], stranger: dict[str, Any]) -> None:
    board["papers"].append(stranger)
    in_order(board)


def swap(board: dict[str, Any], name: str) -> None:
    one, other = board["papers"][:2]
    one[name], other[name] = other[name], one[name]


Tampering = Callable[[dict[str, Any], dict[str, Any]], Any]
TAMPERINGS: dict[str, Tampering] = {
    "a paper is left out": lambda board, _: board["papers"].pop(),
    "a paper stands there twice": lambda board, _: board["papers"].insert(0, board["papers"][0]),
    "a paper of another registrar is put in": add_stranger,
    "two papers change places": lambda board, _: board["papers"].reverse(),
    "a choice is changed": lambda board, _: board["papers"][0].update(choice="nothing"),
    "a choice is filled up": lambda board, _: board["papers"][0].update(choice="for "),
    "stamps are swapped": lambda board, _: swap(board, "stamp"),
    "signatures are swapped": lambda board, _: swap(board, "signature"),
    "prefixes are swapped": lambda board, _: swap(board, "prefix"),
    "keys are swapped": lambda board, _: swap(board, "key"),
    "a paper goes to the other group": lambda board, _: board["papers"][0].update(
        group=1 - board["papers"][0]["group"]
    ),
    "a paper goes to no group": lambda board, _: board["papers"][0].update(group=9),
    "the question is changed": lambda board, _: board.update(question="Another?"),
    "an option is renamed": lambda board, _: board["options"][0].update(label="Against"),
    "a rule is changed": lambda board, _: board["rules"].update(majority="two-thirds"),
    "more stamps are claimed": lambda board, _: board["groups"][0].update(issued=5),
    "fewer replacements are claimed": lambda board, _: board.update(replaced=0),
    "a key of the registrar is replaced": lambda board, _: board["groups"][0].update(
        n=board["groups"][1]["n"]
    ),
    "a signature is no hex": lambda board, _: board["papers"][0].update(signature="zz" * 64),
    "a number is written in capitals": lambda board, _: board["papers"][0].update(
        key=board["papers"][0]["key"].upper()
    ),
    "a paper lacks a part": lambda board, _: board["papers"][0].pop("stamp"),
    "the papers are none": lambda board, _: board.update(papers=None),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_seen(given: Given, name: str) -> None:
    board = copy.deepcopy(given.board)
    TAMPERINGS[name](board, given.stranger)
    code, said = given.verified(board)
    assert (code, said[:6]) == (1, "FAULT:")


@pytest.mark.parametrize("name", ["stamps are swapped", "a paper goes to the other group",
                                  "a paper of another registrar is put in", "signatures are swapped",
                                  "a paper stands there twice", "two papers change places"])  # fmt: skip
def test_forger_who_can_change_the_screens_root_is_seen_all_the_same(given: Given, name: str) -> None:
    board = copy.deepcopy(given.board)
    TAMPERINGS[name](board, given.stranger)
    code, said = given.verified(board, root=rooted(board))
    assert code == 1
    assert "root" not in said


def test_what_was_seen_counts(given: Given) -> None:
    assert given.verified(given.board, issued=8)[0] == 1
    assert given.verified(given.board, key=given.root)[0] == 1
    assert given.verified(given.board, root=given.key)[0] == 1
