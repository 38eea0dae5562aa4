"""Ballots: the courier keeps the ballot box at the hub's state and brings back what it says, until it has."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from time import monotonic
from typing import Any

import structlog

from facilitate.box.ballot_box import check_offered
from facilitate.box.identity import is_signed
from facilitate.choices import choice_signed
from facilitate.domain.ballots import BallotState
from facilitate.domain.boards import check_board, root_message
from facilitate.domain.majority import Rules, rules_from_dict
from facilitate.domain.people import HUB
from facilitate.domain.refusal import Refused
from facilitate.store.box_orders import Running, forgotten_since, pairing_of, running_ballots
from facilitate.store.journal import Entry
from facilitate.web.box_held import HeldBox, hub_origins, reach_of
from facilitate.web.box_link import BoxLink, hub_identity, not_itself
from facilitate.web.hub import Hub
from facilitate.web.paper_stamps import PaperCarrier

log = structlog.get_logger()
TICK = 0.05
# How often the box is asked how many papers are in it.
LOOK = 2.0
_LONGEST_PAUSE = 8.0


class Courier:
    """Between the hub and its ballot box; what it owes the box stands in the journal and nowhere else."""

    def __init__(self, hub: Hub, tell: Callable[[Sequence[str]], None]) -> None:
        self._hub = hub
        self._tell = tell
        self._me = hub_identity(hub.settings)
        self._papers = PaperCarrier(hub)
        self._held: HeldBox | None = None
        self._starting = threading.Lock()
        self._due = True
        self._next_look = self._wait_until = 0.0
        self._failures = 0
        self._running: list[Running] = []
        hub.writer.after_commit.append(self._notice)
        hub.ready_box = self.ready
        with hub.reads() as session:
            pairing = pairing_of(session)
        if pairing:
            hub.presence.box.address, hub.presence.box.key = pairing.address, pairing.key

    def run(self) -> None:
        """Go for ever."""
        while True:
            self._hub.engine.sleep(TICK)
            if monotonic() >= self._wait_until and (self._due or self._is_time()):
                self.go()

    def _is_time(self) -> bool:
        if not self._running:
            return False
        died = self._held is not None and not self._held.lives
        return died or monotonic() >= self._next_look

    def ready(self) -> BoxLink:
        """The way to the ballot box, which answers.

        Errors: `box-away`, `box-not-itself`.
        """
        link = self._link()
        link.tell()
        return link

    def go(self) -> None:
        """Bring the box what it lacks, and back what it has."""
        due, self._due = self._due, False
        try:
            with self._hub.reads() as session:
                self._running = running_ballots(session) if due else self._running
            if self._running or self._held:
                self._visit()
            self._failures = 0
            self._next_look = monotonic() + LOOK
        except Refused as refusal:
            self._fail(refusal.sentence, refusal.code)
        except Exception:
            log.exception("courier-failed")
            self._fail("The hub cannot talk to the ballot box just now. It tries again by itself.", "failed")

    def _fail(self, sentence: str, code: str) -> None:
        self._failures += 1
        self._due = True
        self._wait_until = monotonic() + min(_LONGEST_PAUSE, 0.25 * 2**self._failures)
        log.warning("box-trouble", code=code)
        self._say(sentence)

    def _notice(self, entries: Sequence[Entry]) -> None:
        if any(entry.action.startswith(("ballot-", "box-", "paper-agreed")) for entry in entries):
            self._due = True

    # One way

    def _visit(self) -> None:
        link = self._link()
        told = link.tell()
        with self._hub.reads() as session:
            forgotten = forgotten_since(session, told["sequence"])
        for ballot in self._running:
            self._refuse_empty(ballot, told)
        owed = [order for ballot in self._running for order in ballot.orders]
        closing = {}
        for order in sorted([*owed, *forgotten], key=lambda each: each["sequence"]):
            # A close is asked for again: its answer is the only way to the root.
            if order["sequence"] > told["sequence"] or order["act"] == "close":
                if order["act"] == "close":
                    self._papers.bring(link, order["bid"])
                answer = link.order(order)
                if order["act"] == "close":
                    closing[order["bid"]] = answer
        for ballot in self._running:
            if ballot.state == BallotState.OPEN:
                self._papers.bring(link, ballot.bid)
            if ballot.bid in closing:
                self._collect(link, ballot, closing[ballot.bid])
        self._report(link.tell() if owed else told)

    def _refuse_empty(self, ballot: Running, told: dict[str, Any]) -> None:
        if ballot.state == BallotState.CLOSED and ballot.lost and ballot.bid not in told["ballots"]:
            raise Refused(
                "box-papers-lost",
                f"The ballot box lost the papers of ballot {ballot.number} after it was closed, and nothing "
                "can be counted. Declare it void and run it again.",
            )

    def _collect(self, link: BoxLink, ballot: Running, answer: dict[str, Any]) -> None:
        """Fetch the board of a closed ballot, prove all of it, and hand it in."""
        root = answer["root"]
        if not is_signed(link.key, root_message(root), bytes.fromhex(answer["signature"])):
            raise not_itself()
        board = link.board(ballot.bid)
        rules = rules_from_dict(board["rules"])
        offered = partial(is_offered, rules)
        # A second of work for a full hall: in a native thread, so that the hall is served meanwhile.
        self._hub.engine.off_loop(
            check_board, board, root, ballot.keys_hash, ballot.issued, choice_signed, offered
        )
        try:
            self._hub.do(HUB, "receive-board", {"ballot": ballot.id, "board": board})
        except Refused as refusal:
            # Another process of the hub has handed it in.
            if refusal.code != "ballot-state":
                raise

    def _report(self, told: dict[str, Any]) -> None:
        box = self._hub.presence.box
        turnout = {bid: known["cast"] for bid, known in told["ballots"].items()}
        moved = [each for each in self._running if turnout.get(each.bid) != box.turnout.get(each.bid)]
        box.turnout = turnout
        self._say(next((lost_words(each, turnout) for each in self._running if each.lost), None))
        if moved:
            self._tell([f"ballot:{each.id}" for each in moved])

    def _say(self, trouble: str | None) -> None:
        box = self._hub.presence.box
        if box.trouble != trouble:
            box.trouble = trouble
            self._tell([f"ballot:{each.id}" for each in self._running])

    # The box

    def _link(self) -> BoxLink:
        with self._starting:
            with self._hub.reads() as session:
                pairing = pairing_of(session)
                known = (pairing.address, pairing.key, pairing.held) if pairing else None
            if known and not known[2]:
                return self._known(known[0], known[0], known[1])
            if self._held is None and known and (answering := self._answering(known[0], known[1])):
                return answering
            if self._held is None or not self._held.lives:
                self._start(known[0] if known else None)
            assert self._held is not None
            held = self._held
            if known != (held.address, held.key, True):
                pairing_now = {"address": held.address, "key": held.key, "held": True}
                self._hub.do(HUB, "pair-box", pairing_now)
            return self._known(held.address, held.reach, held.key)

    def _answering(self, address: str, key: str) -> BoxLink | None:
        """The box that another process of this hub started on this machine, if it answers."""
        link = self._known(address, reach_of(self._hub.settings, address), key)
        try:
            link.tell()
        except Refused:
            return None
        return link

    def _known(self, address: str, reach: str, key: str) -> BoxLink:
        box = self._hub.presence.box
        if (box.address, box.key) != (address, key):
            box.address, box.key = address, key
            self._tell([f"ballot:{each.id}" for each in self._running])
        return BoxLink(reach, key, self._me, tuple(hub_origins(self._hub.settings)))

    def _start(self, before: str | None) -> None:
        """Start the box; again on the port where devices look for it."""
        settings = self._hub.settings
        if self._held is not None:
            self._held.end()
            self._held = None
        port = settings.box_port
        if port == 0 and before:
            port = int(before.rpartition(":")[2])
        self._held = HeldBox(settings, self._me.public, port)


def is_offered(rules: Rules, choice: str) -> bool:
    """Whether a choice on the board is one that the ballot offers."""
    try:
        check_offered(choice, rules)
    except Refused:
        return False
    return True


def lost_words(ballot: Running, turnout: dict[str, int]) -> str:
    """What the desk is told of a box that lost its papers while a ballot runs."""
    return (
        f"The ballot box lost its papers and began anew: {turnout.get(ballot.bid, 0)} of {ballot.issued} "
        "issued are in the box. Phones that are here send theirs again by themselves. Tellers decide: go on, "
        f"or declare ballot {ballot.number} void and run it again."
    )
