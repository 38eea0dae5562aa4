"""Proof 5 of ballots: on the wire no choice can be told from another, and no cast names its sender."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass

from facilitate.rehearsal.hub_process import HubProcess
from tests.prove.browser_traffic import browsed
from tests.prove.hall import scratch_hall
from tests.prove.launch import command
from tests.prove.line import Line
from tests.prove.proof import Proof
from tests.prove.recorder import MOMENT, kinds, names_somebody
from tests.prove.stamped import PORTS, Vote
from tests.prove.voter import Voter
from tests.support.browser import MISSING, find_chromium

CHOICES = ("for", "against", "abstain")


@dataclass(frozen=True)
class Exchange:
    """One request to the box and its answer, as anybody on the network would see them if they could."""

    what: str
    request: bytes
    head: str
    body: bytes


class Tap(Line):
    """A line that keeps what goes over it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.sent: list[bytes] = []

    def _request(self, method: str, path: str, length: int, kind: str) -> bytes:
        head = super()._request(method, path, length, kind)
        self.sent.append(head)
        return head


async def exchanges(vote: Vote, each: int) -> list[Exchange]:
    """Every choice so many times, the same again, another one with the same stamp, and what is no paper."""
    found: list[Exchange] = []
    for place, voter in enumerate(vote.voters[: each * len(CHOICES)]):
        assert voter.device
        choice = CHOICES[place % len(CHOICES)]
        paper = voter.device.paper(choice).as_bytes()
        other = voter.device.paper(CHOICES[(place + 1) % len(CHOICES)]).as_bytes()
        damaged = paper[:-1] + bytes([paper[-1] ^ 1])
        for what, raw in ((choice, paper), ("again", paper), ("otherwise", other), ("damaged", damaged)):
            found.append(await exchange(vote, what, base64.urlsafe_b64encode(raw).rstrip(b"=")))
    return found


async def exchange(vote: Vote, what: str, body: bytes) -> Exchange:
    """One cast over a connection of its own."""
    tap = Tap(vote.seen["stamping"]["box"], {"Origin": vote.hub.url})
    _, head, answer = await tap.send("POST", "/cast", body, "text/plain")
    tap.close()
    return Exchange(what, tap.sent[0] + body, head, answer)


async def listen(vote: Vote, proof: Proof, each: int) -> None:
    """Look at every exchange as a stranger would."""
    await vote.start(each * len(CHOICES))
    await asyncio.gather(*map(Voter.sign_in, vote.voters))
    ballot = await vote.announce()
    for voter in vote.voters:
        voter.prepare(ballot)
        await voter.fetch(ballot)
    await vote.act("open-ballot")
    found = await exchanges(vote, each)
    proof.figures["exchanges"] = len(found)
    proof.none("requests of another length", kinds(len(one.request) for one in found) - 1)
    heads = {one.request.partition(b"\r\n\r\n")[0] for one in found}
    proof.none("requests with other headers", len(heads) - 1)
    proof.none("requests that name somebody", sum(names_somebody(head.decode()) for head in heads))
    proof.none("answers of another length", kinds(len(one.body) for one in found) - 1)
    proof.none("answers with other headers", kinds(MOMENT.sub("", one.head) for one in found) - 1)
    yes = sum(b'"ok": true' in one.body for one in found)
    proof.none("answers other than wanted", abs(yes - len(found) // 2))


def tapped(each: int, mutant: str | None = None) -> Proof:
    """One ballot with somebody who listens."""
    proof = Proof("traffic")

    async def go() -> None:
        vote = Vote(hall, HubProcess(hall.folder, settings=hall.environment | PORTS, command=command(mutant)))
        try:
            await listen(vote, proof, each)
        finally:
            await vote.stop()

    with scratch_hall(1) as hall:
        asyncio.run(go())
    return proof


def prove(short: bool) -> Proof:
    """Every choice, refusals too; what browsers send; and a box that says no in fewer letters."""
    proof = tapped(3 if short else 40)
    proof.mutants["box-answers-as-long-as-it-is"] = bool(
        tapped(1, "box-answers-as-long-as-it-is").figures["answers of another length"]
    )
    # In the test run the phone's own tests look at what browsers send.
    if not short and find_chromium() is None:
        proof.skipped = f"No browser was heard. {MISSING}"
    elif not short:
        proof.take(browsed())
    return proof
