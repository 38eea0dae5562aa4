"""Ballots: the public board of a stamped ballot: every paper, in an order by chance, under one root."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from facilitate.domain.blind_stamps import PREFIX_BYTES
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import (
    KEY_BYTES,
    SIGNATURE_BYTES,
    STAMP_BYTES,
    Signed,
    StampedPaper,
    StampGroup,
    bid_hash,
    canonical,
    check_paper,
    group_from_dict,
    keys_hash,
)

FORMAT = "facilitate-board/1"
BOARD = f"{FORMAT}\0".encode()


def announced_header(
    bid: str, number: int, question: str, form: str,
    options: Sequence[tuple[str, str]], rules: Mapping[str, Any], groups: Sequence[StampGroup],
) -> dict[str, Any]:
    """What the box is told of a ballot at the announcement: everything on the board but numbers and papers.

    Shape: options as key and label, in the order shown.
    """
    return {"format": FORMAT, "ballot": bid, "number": number, "question": question, "form": form,
            "options": [{"key": key, "label": label} for key, label in options], "rules": dict(rules),
            "groups": [group.as_dict() for group in groups]}


def closed_header(announced: Mapping[str, Any], issued: Sequence[int], replaced: int) -> dict[str, Any]:
    """The board's header: how many stamps each group was issued, how many of them were replacements."""
    groups = [{**group, "issued": number} for group, number in zip(announced["groups"], issued, strict=True)]
    return {**announced, "groups": groups, "issued": sum(issued), "replaced": replaced}


def groups_of(header: Mapping[str, Any]) -> list[StampGroup]:
    """The groups of a board and their keys, in their order."""
    return [group_from_dict(group) for group in header["groups"]]


def board_of(header: Mapping[str, Any], papers: Sequence[StampedPaper]) -> dict[str, Any]:
    """The whole board, sorted by public key, which is chance."""
    in_order = sorted(papers, key=lambda paper: paper.public_key)
    return {**header, "papers": [
        {"group": paper.group, "key": paper.public_key.hex(), "prefix": paper.prefix.hex(),
         "choice": paper.choice, "stamp": paper.stamp.hex(), "signature": paper.signature.hex()}
        for paper in in_order]}


def root_of(header: Mapping[str, Any], leaves: Sequence[bytes]) -> str:
    """The one number that stands for a board: any other paper, key, question or number gives another.

    Shape: leaves in the order of the board.
    """
    return hashlib.sha256(BOARD + header_hash(header) + b"".join(leaves)).hexdigest()


def header_hash(header: Mapping[str, Any]) -> bytes:
    """A header as it goes into the root; whoever has it and the leaves can make the root again."""
    return hashlib.sha256(canonical(header)).digest()


def root_message(root: str) -> bytes:
    """What the box signs with its board."""
    return BOARD + bytes.fromhex(root)


def header_of(board: Mapping[str, Any]) -> dict[str, Any]:
    """A board without its papers."""
    return {key: value for key, value in board.items() if key != "papers"}


def papers_of(board: Mapping[str, Any]) -> list[StampedPaper]:
    """The papers of a board, in its order.

    Errors: board-malformed
    """
    try:
        hashed = bid_hash(board["ballot"])
        papers = [_paper(hashed, plain) for plain in board["papers"]]
        # A choice or group that cannot be written as bytes shows here.
        leaves_of(papers)
    except (KeyError, TypeError, ValueError, AttributeError, Refused) as error:
        raise _malformed() from error
    return papers


def _paper(hashed: bytes, plain: Mapping[str, Any]) -> StampedPaper:
    sizes = {"key": KEY_BYTES, "prefix": PREFIX_BYTES, "stamp": STAMP_BYTES, "signature": SIGNATURE_BYTES}
    if plain.keys() != {*sizes, "group", "choice"} or type(plain["group"]) is not int:
        raise ValueError("a paper has other parts")
    for name, size in sizes.items():
        if plain[name] != plain[name].lower() or len(bytes.fromhex(plain[name])) != size:
            raise ValueError(f"{name} is written in another way")
    return StampedPaper(
        hashed, plain["group"], bytes.fromhex(plain["key"]), bytes.fromhex(plain["prefix"]),
        bytes.fromhex(plain["stamp"]), plain["choice"], bytes.fromhex(plain["signature"]))


def check_board(
    board: Mapping[str, Any], root: str, keys: str, issued: int,
    signed: Signed, offered: Callable[[str], bool],
) -> list[StampedPaper]:
    """The papers of a board, each of them proven, against root, keys and number as everybody has seen them.

    Errors: board-malformed, board-keys, board-root, board-issued, board-order, board-more-than-issued,
    stamp-wrong, signature-wrong, unknown-option
    """
    papers = papers_of(board)
    header, groups, given = _read_header(board)
    _must(keys_hash(groups) == keys, "board-keys", "The board names other keys than the ballot was announced "
          "with.")
    _must(root_of(header, [paper.leaf for paper in papers]) == root, "board-root",
          f"The board has another root than {root}.")
    _must(header["issued"] == issued == sum(given), "board-issued",
          f"The board names other numbers of stamps than the {issued:,} that were issued.")
    keys_in_order = [paper.public_key for paper in papers]
    _must(all(one < next_ for one, next_ in pairwise(keys_in_order)),
          "board-order", "A paper stands on the board twice or out of its order.")
    for paper in papers:
        check_paper(paper, board["ballot"], groups, signed)
        _must(offered(paper.choice), "unknown-option", "A paper names what was not on offer.")
    for place, number in enumerate(given):
        cast = sum(1 for paper in papers if paper.group == place)
        _must(cast <= number, "board-more-than-issued",
              f"The group {groups[place].name} has {cast:,} papers on the board and {number:,} stamps.")
    return papers


def _read_header(board: Mapping[str, Any]) -> tuple[dict[str, Any], list[StampGroup], list[int]]:
    try:
        header = header_of(board)
        given = [group["issued"] for group in header["groups"]]
        if not all(type(number) is int for number in (*given, header["issued"], header["replaced"])):
            raise ValueError("a number is none")
        return header, groups_of(header), given
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _malformed() from error


def leaves_of(papers: Sequence[StampedPaper]) -> bytes:
    """What a phone fetches to look for its own paper.

    Shape: 32 bytes for each paper, in the order of the board.
    """
    return b"".join(paper.leaf for paper in papers)


def _malformed() -> Refused:
    return Refused("board-malformed", "This board cannot be read. Nothing was counted; fetch it again.")


def _must(holds: bool, code: str, finding: str) -> None:
    if not holds:
        raise Refused(code, f"{finding} Nothing was counted; tell the tellers.")
