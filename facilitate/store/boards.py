"""Hall: the board of a stamped ballot: what the box is told of it, its bytes under their hash, its papers."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.boards import (
    announced_header,
    closed_header,
    groups_of,
    header_of,
    leaves_of,
    papers_of,
    root_of,
)
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import StampedPaper, bid_of, canonical
from facilitate.store.register import groups_of as pinned_groups
from facilitate.store.rows import Ballot, File
from facilitate.store.writer import Transaction

MEDIA_TYPE = "application/json"


@dataclass(frozen=True)
class ReadBoard:
    """What a board says: its root and how many papers each group has on it."""

    root: str
    cast: tuple[int, ...]


def header_of_ballot(session: Session, ballot: Ballot) -> dict[str, Any]:
    """What the box is told of a ballot at its announcement."""
    options = [(option.key, option.label) for option in rules_from_dict(ballot.rules).options]
    return announced_header(
        bid_of(ballot.id, ballot.version), ballot.number, ballot.question, ballot.form, options,
        ballot.rules, pinned_groups(session, ballot),
    )  # fmt: skip


def read_board(session: Session, ballot: Ballot, board: dict[str, Any]) -> ReadBoard:
    """A board held against what the hub itself has on record of the ballot; its papers are proven before.

    Errors: `board-malformed`, `board-not-ours`.
    """
    papers = papers_of(board)
    header = header_of(board)
    expected = closed_header(header_of_ballot(session, ballot), ballot.issued or [], ballot.replaced)
    if canonical(header) != canonical(expected):
        raise Refused("board-not-ours", "The box gave the board of another ballot, or with other numbers "
                      "than are on record. Nothing was counted; tell the tellers.")
    numbers = Counter(paper.group for paper in papers)
    cast = tuple(numbers.get(index, 0) for index in range(len(groups_of(header))))
    if any(more > given for more, given in zip(cast, ballot.issued or [], strict=True)):
        raise Refused("board-not-ours", "There are more papers on the board than stamps were issued. "
                      "Nothing was counted; tell the tellers.")
    return ReadBoard(root_of(header, [paper.leaf for paper in papers]), cast)


def keep_board(tx: Transaction, ballot: Ballot, board: dict[str, Any]) -> str:
    """Keep a board's bytes under their own hash."""
    body = canonical(board)
    sha = hashlib.sha256(body).hexdigest()
    if tx.session.get(File, sha) is None:
        name = f"ballot-{ballot.number}.board.json"
        tx.session.add(File(sha256=sha, name=name, media_type=MEDIA_TYPE, size=len(body), body=body,
                            kept_at=tx.now))  # fmt: skip
        tx.session.flush()
    return sha


def board_bytes(session: Session, ballot: Ballot) -> bytes | None:
    """The board as it was kept; none before the box gave it."""
    return session.scalar(select(File.body).where(File.sha256 == ballot.board)) if ballot.board else None


def papers_on(session: Session, ballot: Ballot) -> list[StampedPaper]:
    """The papers on a ballot's board, in its order; none before the box gave it."""
    body = board_bytes(session, ballot)
    return papers_of(json.loads(body)) if body else []


def leaves_on(session: Session, ballot: Ballot) -> bytes:
    """What a phone fetches to look for its own paper."""
    return leaves_of(papers_on(session, ballot))


@dataclass(frozen=True)
class FoundBoard:
    """One ballot's board with what it is held against."""

    number: int
    body: bytes
    root: str
    keys_hash: str
    cast: int
    issued: int


def find_board(session: Session, which: str) -> FoundBoard:
    """The board of a ballot that is named by its id or its number.

    Errors: `unknown-ballot`, `no-board`.
    """
    by = Ballot.number == int(which) if which.isdecimal() else Ballot.id == which
    ballot = session.scalars(select(Ballot).where(by)).one_or_none()
    if ballot is None:
        raise Refused("unknown-ballot", f"There is no ballot {which} at this event.")
    body = board_bytes(session, ballot)
    if body is None:
        raise Refused("no-board", f"Ballot {ballot.number} has no board: only closed stamped ones have.")
    cast, issued = sum(ballot.cast or []), sum(ballot.issued or [])
    return FoundBoard(ballot.number, body, ballot.root or "", ballot.keys_hash or "", cast, issued)
