"""Rehearsal: a delegate's phone in a stamped ballot: is stamped unseen, casts without a name."""

from __future__ import annotations

import asyncio
from typing import Any

from facilitate.ballot_device import BallotDevice, as_cast, device_for
from facilitate.rehearsal.connection import Address, ConnectionGone, post_paper
from facilitate.rehearsal.device import Device
from facilitate.rehearsal.stage import Stage

# The registrar or the box is busy, starts anew, or has not heard yet of what the hub has decided.
_AGAIN = frozenset({"stamp-not-made", "busy"})
_NOT_YET = frozenset({"ballot-not-open", "not-stored", "busy"})
_WORDINGS_GO = frozenset({"ballot-state"})
_PAUSE, _LONGEST = 0.1, 2.0


def is_stamped(ballot: dict[str, Any]) -> bool:
    """Whether devices need a stamp in this ballot."""
    return bool(ballot["trust"] == "stamped")


class StampedVotes:
    """What one phone keeps of its stamped ballots."""

    def __init__(self, device: Device, stage: Stage) -> None:
        self._device = device
        self._stage = stage
        self._kept: dict[str, BallotDevice] = {}
        # Signed once: the same vote is the same paper each time that it is sent.
        self._signed: dict[tuple[str, str], Any] = {}

    def wants(self, ballot: dict[str, Any]) -> bool:
        """Whether a ballot in its present wording is to be stamped now."""
        if not is_stamped(ballot) or ballot["state"] not in ("announced", "open") or self.has_no_box(ballot):
            return False
        return ballot["stamping"]["bid"] not in self._kept

    def has_no_box(self, ballot: dict[str, Any]) -> bool:
        """Whether nobody knows yet where the papers of this stamped ballot go."""
        stamping = ballot.get("stamping")
        return is_stamped(ballot) and (stamping is None or stamping["box"] is None)

    async def fetch(self, ballot: dict[str, Any], group: int | None) -> None:
        """Have a ballot stamped, after the delay of a phone, however often it has to be asked for."""
        stamping, stage, ledger = ballot["stamping"], self._stage, self._stage.ledger
        own = self._kept[stamping["bid"]] = device_for(stamping, group)
        await stage.wait(stage.seconds(stamping["jitter"] / 60) * self._device.chance.random())
        blinded = own.blinded.message.hex()
        data = {"ballot": ballot["id"], "version": ballot["version"], "blinded": blinded}
        ledger.asked("fetch-stamp")
        for turn in range(1, 1_000):
            answer = await self._device.submit("fetch-stamp", data)
            code = None if answer["ok"] else answer["refusal"]["code"]
            if code not in _AGAIN:
                break
            await _pause(turn)
        if ledger.answered("fetch-stamp", answer, wanted=code if code in _WORDINGS_GO else None):
            own.take(bytes.fromhex(answer["result"]["signature"]))

    async def try_without_a_vote(self, ballot: dict[str, Any]) -> None:
        """Ask for a stamp without being on the roll."""
        ledger = self._stage.ledger
        own = device_for(ballot["stamping"], 0)
        data = {"ballot": ballot["id"], "version": ballot["version"], "blinded": own.blinded.message.hex()}
        ledger.asked("fetch-stamp")
        answer = await self._device.submit("fetch-stamp", data)
        ledger.answered("fetch-stamp", answer, wanted="not-on-the-roll")

    def may_cast(self, ballot: dict[str, Any]) -> bool:
        """Whether this phone has the stamp of an open ballot."""
        own = self._kept.get((ballot.get("stamping") or {}).get("bid", ""))
        return own is not None and bool(own.stamp)

    async def cast(self, ballot: dict[str, Any], choice: str, *, wanted: str | None = None) -> dict[str, Any]:
        """Cast a paper, again until the box answers; what it answered."""
        ledger = self._stage.ledger
        bid = ballot["stamping"]["bid"]
        paper = self._signed.setdefault((bid, choice), self._kept[bid].paper(choice))
        ledger.asked("cast-paper")
        answer = await self._until_answered(ballot, as_cast(paper))
        if ledger.answered("cast-paper", answer, wanted=wanted):
            ledger.leaves[ballot["id"]].add(answer["leaf"])
            if answer["leaf"] != paper.leaf.hex():
                ledger.wrong.append(f"A receipt in ballot {ballot['number']} is for another paper.")
        return answer

    async def _until_answered(self, ballot: dict[str, Any], paper: bytes) -> dict[str, Any]:
        for turn in range(1, 1_000):
            # Read anew each time: the box may have come back at another address.
            now = self._device.known.one("ballot", ballot["id"]) or ballot
            box = (now.get("stamping") or ballot["stamping"])["box"]
            try:
                answer = await post_paper(Address.read(box), paper, self._device.address.origin)
                if answer["ok"] or answer["refusal"]["code"] not in _NOT_YET:
                    return answer
            except ConnectionGone:
                self._device.resent += 1
            await _pause(turn)
        raise ConnectionGone("the ballot box never answered")


async def _pause(turn: int) -> None:
    await asyncio.sleep(min(_LONGEST, _PAUSE * 1.5 ** min(turn, 12)))
