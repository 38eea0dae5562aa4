"""Ballots: the box itself: opened and closed at the hub's order, it takes each stamped paper once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from facilitate.box.identity import Identity
from facilitate.box.intake import Intake
from facilitate.box.vault import Vault
from facilitate.choices import choice_signed
from facilitate.domain.boards import board_of, closed_header, groups_of, leaves_of, root_message, root_of
from facilitate.domain.majority import Rules, rules_from_dict
from facilitate.domain.papers import check_paper as check_choice
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import (
    StampedPaper,
    StampGroup,
    bid_hash,
    canonical,
    check_paper,
    read_paper,
    receipt_message,
)

ANNOUNCED, OPEN, CLOSED = "announced", "open", "closed"
_SHUT = {
    ANNOUNCED: "This ballot is not open yet. Your choice is kept on your device.",
    CLOSED: "This ballot is closed. Your paper came too late and is not in the box.",
    None: "The ballot box knows no such ballot. It may have been recalled; reload the page.",
}
HUB, _ORIGINS = "hub", "origins"
# Units: seconds.
PATIENCE, PAUSE = 3.0, 0.05


@dataclass
class Known:
    """One ballot as the box was told of it; `issued` and `replaced` stand in its header once it is closed."""

    bid: str
    header: dict[str, Any]
    state: str
    groups: list[StampGroup]
    rules: Rules


@dataclass(frozen=True)
class Board:
    """A closed ballot's public list, ready to be handed out."""

    text: bytes
    leaves: bytes


class BallotBox:
    """Takes papers in and gives the board out; whoever brings a paper stays unknown."""

    def __init__(
        self,
        vault: Vault,
        identity: Identity,
        spawn: Callable[..., Any],
        sleep: Callable[[float], None],
    ) -> None:
        self._vault = vault
        self._sleep = sleep
        self._identity = identity
        self._boards: dict[bytes, Board] = {}
        self.origins: list[str] = json.loads(vault.fact(_ORIGINS) or "[]")
        self._known = {
            hashed: _known(json.loads(header), state)
            for hashed, header, state in vault.all("SELECT hash, header, state FROM ballots")
        }
        self._intake = Intake(vault, lambda hashed: self._state(hashed) == OPEN, spawn, sleep)

    @property
    def public(self) -> str:
        """The box's key."""
        return self._identity.public

    @property
    def hub(self) -> str | None:
        """The key of the hub that this box obeys, once they are paired."""
        return self._vault.fact(HUB)

    def pair(self, hub: str) -> None:
        """Obey this hub from now on.

        Errors: `box-of-another-hub`.
        """
        if self.hub not in (None, hub):
            raise Refused(
                "box-of-another-hub",
                "This ballot box is paired with another hub, and its papers belong to that one. "
                "Give the box an empty folder.",
            )
        self._vault.learn(HUB, hub)

    def admit(self, origins: Iterable[str]) -> None:
        """Let pages of these addresses cast, and no others."""
        found = sorted(origins)
        if found != self.origins:
            self._vault.learn(_ORIGINS, json.dumps(found))
            self.origins = found

    def describe(self) -> dict[str, Any]:
        """What the box says of itself: its key, and the last order that it obeyed."""
        last = self._vault.one("SELECT max(sequence) FROM orders")[0]
        return {"box": self.public, "sequence": last or 0}

    # A paper

    def cast(self, raw: bytes) -> tuple[bytes, bytes]:
        """Put a paper into the box.

        Shape: its leaf and its receipt; the same paper again gets the same, whenever it comes.
        Errors: `paper-malformed`, `ballot-not-open`, `stamp-wrong`, `signature-wrong`, `unknown-option`,
        `key-used`, `not-stored`.
        """
        paper = read_paper(raw)
        if self._intake.holds(paper, raw):
            return self._receipt(paper)
        ballot = self._known.get(paper.bid_hash)
        if ballot is None or ballot.state == CLOSED:
            raise not_open(self._state(paper.bid_hash))
        check_paper(paper, ballot.bid, ballot.groups, choice_signed)
        check_offered(paper.choice, ballot.rules)
        self._wait_for_opening(paper.bid_hash)
        if not self._intake.put(paper, raw):
            raise not_open(self._state(paper.bid_hash))
        return self._receipt(paper)

    def _wait_for_opening(self, hashed: bytes) -> None:
        """Devices may hear from the hub that a ballot is open before the box does."""
        waited = 0.0
        while self._state(hashed) == ANNOUNCED and waited < PATIENCE:
            self._sleep(PAUSE)
            waited += PAUSE

    def turnout(self, hashed: bytes) -> int:
        """How many papers of a ballot are in the box."""
        return int(self._vault.one("SELECT count(*) FROM papers WHERE ballot = ?", hashed)[0])

    def _receipt(self, paper: StampedPaper) -> tuple[bytes, bytes]:
        leaf = paper.leaf
        return leaf, self._identity.sign(receipt_message(paper.bid_hash, leaf))

    def _state(self, hashed: bytes) -> str | None:
        known = self._known.get(hashed)
        return known.state if known else None

    # An order

    def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out an order of the hub's, once; the same order again gets the same answer.

        Errors: `order-old`, `order-other`, `order-state`.
        """
        with self._vault.alone():
            return self._tell(order) if order["act"] == "tell" else self._obey_once(order)

    def _obey_once(self, order: dict[str, Any]) -> dict[str, Any]:
        done = hashlib.sha256(canonical(order)).digest()
        known = self._vault.one("SELECT hash, answer FROM orders WHERE sequence = ?", order["sequence"])
        if known:
            if known[0] != done:
                raise Refused("order-other", "Another order had this number. Nothing was changed.")
            again: dict[str, Any] = json.loads(known[1])
            return again
        if order["sequence"] < self.describe()["sequence"]:
            raise Refused("order-old", "The ballot box has obeyed later orders. Nothing was changed.")
        return self._carry_out(order, done)

    def _tell(self, asked: dict[str, Any]) -> dict[str, Any]:
        self.admit(asked["origins"])
        ballots = {
            known.bid: {"state": known.state, "cast": self.turnout(hashed)}
            for hashed, known in self._known.items()
        }
        return {"ok": True, **self.describe(), "ballots": ballots}

    def _carry_out(self, order: dict[str, Any], done: bytes) -> dict[str, Any]:
        hashed = bid_hash(order["bid"])
        known = self._known.get(hashed)
        acts = {"announce": self._announce, "open": self._open, "close": self._close, "forget": self._forget}
        after, answer = acts[order["act"]](order, known)
        with self._vault.writing() as db:
            if after is None:
                db.execute("DELETE FROM papers WHERE ballot = ?", (hashed,))
                db.execute("DELETE FROM ballots WHERE hash = ?", (hashed,))
            else:
                row = (hashed, json.dumps(after.header), after.state)
                db.execute("INSERT OR REPLACE INTO ballots VALUES (?, ?, ?)", row)
            db.execute("INSERT INTO orders VALUES (?, ?, ?)", (order["sequence"], done, json.dumps(answer)))
        if after is None:
            self._known.pop(hashed, None)
            self._boards.pop(hashed, None)
        else:
            self._known[hashed] = after
        if order["act"] in ("close", "forget"):
            self._vault.tidy()
        return answer

    def _announce(self, order: dict[str, Any], known: Known | None) -> tuple[Known, dict[str, Any]]:
        if known is not None and known.header != order["header"]:
            raise Refused("order-state", "This ballot was announced with another text. Nothing was changed.")
        return known or _known(order["header"], ANNOUNCED), {"ok": True}

    def _open(self, _order: dict[str, Any], known: Known | None) -> tuple[Known, dict[str, Any]]:
        ballot = _in_state(known, ANNOUNCED, OPEN)
        return _known(ballot.header, OPEN), {"ok": True}

    def _close(self, order: dict[str, Any], known: Known | None) -> tuple[Known, dict[str, Any]]:
        ballot = _in_state(known, OPEN)
        if len(order["issued"]) != len(ballot.groups):
            raise Refused("order-malformed", "Each group needs its number of stamps.", "issued")
        closed = _known(closed_header(ballot.header, order["issued"], order["replaced"]), CLOSED)
        papers = self._papers(closed)
        root = root_of(closed.header, [paper.leaf for paper in papers])
        cast = [sum(paper.group == place for paper in papers) for place in range(len(closed.groups))]
        signature = self._identity.sign(root_message(root)).hex()
        return closed, {"ok": True, "root": root, "cast": cast, "signature": signature}

    def _forget(self, _order: dict[str, Any], _known: Known | None) -> tuple[None, dict[str, Any]]:
        return None, {"ok": True}

    # The board

    def board(self, hashed: bytes) -> Board | None:
        """The board of a ballot once it is closed; nobody sees anything of it before."""
        known = self._known.get(hashed)
        if known is None or known.state != CLOSED:
            return None
        if hashed not in self._boards:
            papers = self._papers(known)
            self._boards[hashed] = Board(canonical(board_of(known.header, papers)), leaves_of(papers))
        return self._boards[hashed]

    def _papers(self, known: Known) -> list[StampedPaper]:
        rows = self._vault.all("SELECT paper FROM papers WHERE ballot = ? ORDER BY key", bid_hash(known.bid))
        return [read_paper(raw) for (raw,) in rows]


def not_open(state: str | None) -> Refused:
    """How a paper is turned away whose ballot takes none."""
    return Refused("ballot-not-open", _SHUT.get(state, _SHUT[CLOSED]))


def check_offered(choice: str, rules: Rules) -> None:
    """Refuse a choice that the ballot does not offer, or that is written in another way than all others.

    Errors: `unknown-option`.
    """
    try:
        known = check_choice(choice, rules) == choice
    except Refused:
        known = False
    if not known:
        raise Refused(
            "unknown-option",
            "Your ballot paper names what is not on offer. Nothing was put in the box; reload the page and "
            "choose again.",
        )


def _known(header: dict[str, Any], state: str) -> Known:
    return Known(header["ballot"], header, state, groups_of(header), rules_from_dict(header["rules"]))


def _in_state(known: Known | None, *states: str) -> Known:
    if known is None or known.state not in states:
        was = known.state if known else "unknown"
        raise Refused("order-state", f"In the box this ballot is {was}. Nothing was changed.")
    return known
