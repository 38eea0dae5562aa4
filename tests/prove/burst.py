"""Proof 1 of ballots: a whole hall is stamped and votes at once, twice and otherwise; each counts once."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from facilitate.certificate import make_certificate, moment
from facilitate.choices import choice_signed
from facilitate.domain.boards import check_board
from facilitate.rehearsal.hub_process import HubProcess
from tests.prove.hall import Hall, scratch_hall
from tests.prove.launch import command
from tests.prove.proof import Proof
from tests.prove.stamped import PORTS, Vote, children, kill
from tests.prove.voter import Ballot, Voter

ODD = "voters answered otherwise than yes, yes, no"
OPTIONS = {"for", "against", "abstain"}


@dataclass(frozen=True)
class Rush:
    """How many vote at once, and how often each of the two processes dies meanwhile."""

    voters: int
    kills: int = 2
    # Over https, with a connection of its own for each device.
    secure: bool = True
    judged: bool = True
    at_once: int = 300


FULL = Rush(1400)
# How fast a busy machine is, is no test: times are judged in the long form.
SHORT = Rush(40, secure=False, judged=False, at_once=4)
MUTANT = Rush(12, kills=0, secure=False, judged=False)


class Burst:
    """One ballot in one hall."""

    def __init__(self, hall: Hall, rush: Rush, mutant: str | None) -> None:
        self.rush = rush
        settings = {**hall.environment, **PORTS, "FACILITATE_HTTPS_PORT": str(_free_port())}
        if rush.secure:
            make_certificate(hall.folder, ["localhost"], [], moment())
        self.vote = Vote(hall, HubProcess(hall.folder, settings=settings, command=command(mutant)))
        self.secure_port = settings["FACILITATE_HTTPS_PORT"] if rush.secure else ""
        self.pulse = Pulse(self.vote)

    async def run(self, proof: Proof, *, killing: bool) -> None:
        """The ballot from its announcement to its board."""
        vote = self.vote
        try:
            await vote.start(self.rush.voters, self.secure_port)
            await self._each(vote.voters, Voter.sign_in)
            ballot = await vote.announce()
            for voter in vote.voters:
                voter.prepare(ballot)
            if not killing:
                await self.pulse.start()
                await asyncio.sleep(10 if self.rush.judged else 1)
            self.pulse.rush()
            await self._stamps(proof, ballot, killing=killing)
            await vote.act("open-ballot")
            await self._casts(proof, killing=killing)
            if not killing:
                await self.pulse.stop(proof, judged=self.rush.judged)
            await self._count(proof, ballot)
        finally:
            await self.pulse.end()
            await vote.stop()
        differences = len(vote.hall.differences())
        proof.none(f"differences in the record{self._after(killing)}", differences)

    async def _stamps(self, proof: Proof, ballot: Ballot, *, killing: bool) -> None:
        began = time.monotonic()
        done = self._each(self.vote.voters, lambda voter: voter.fetch(ballot))
        killer = self._kill("registrar", lambda: self._stamped) if killing else _nobody()
        _, kills = await asyncio.gather(done, killer)
        self._took(proof, f"{len(self.vote.voters)} stamps", began, killing, kills, 8)

    async def _casts(self, proof: Proof, *, killing: bool) -> None:
        papers = {id(voter): voter.papers() for voter in self.vote.voters}
        began = time.monotonic()
        done = self._each(self.vote.voters, lambda voter: voter.cast(self.vote.box(), papers[id(voter)]))
        killer = self._kill("box", lambda: self._answered) if killing else _nobody()
        _, kills = await asyncio.gather(done, killer)
        self._took(proof, f"{3 * len(self.vote.voters)} casts", began, killing, kills, 12)

    def _took(
        self, proof: Proof, what: str, began: float, killing: bool, kills: int, limit: float
    ) -> None:
        seconds = round(time.monotonic() - began, 1)
        proof.figures[f"{what}, in seconds{self._after(killing)}"] = seconds
        if killing:
            proof.figures[f"kills during {what}"] = kills
            proof.want(f"kills during {what}", least=self.rush.kills)
        elif self.rush.judged:
            proof.figures[f"{what}, goal in seconds"] = limit

    @staticmethod
    def _after(killing: bool) -> str:
        return ", with kills" if killing else ""

    @property
    def _stamped(self) -> float:
        return sum(bool(voter.device and voter.device.stamp) for voter in self.vote.voters) / self.rush.voters

    @property
    def _answered(self) -> float:
        return sum(len(voter.answers) for voter in self.vote.voters) / self.rush.voters / 3

    async def _kill(self, whom: str, share: Callable[[], float]) -> int:
        """Kill a process each time that another part of the hall has been served."""
        kills = 0
        for wanted in range(1, self.rush.kills + 1):
            while share() < wanted / (self.rush.kills + 2):
                await asyncio.sleep(0.005)
            before = children(self.vote.hub.pid).get(whom)
            if before is not None and share() < 1:
                kill(before)
                kills += 1
                while children(self.vote.hub.pid).get(whom, before) == before and share() < 1:
                    await asyncio.sleep(0.02)
        return kills

    async def _each(self, voters: Iterable[Voter], work: Callable[[Voter], Awaitable[None]]) -> None:
        gate = asyncio.Semaphore(self.rush.at_once)

        async def one(voter: Voter) -> None:
            async with gate:
                await work(voter)

        await asyncio.gather(*map(one, voters))

    async def _count(self, proof: Proof, ballot: Ballot) -> None:
        vote = self.vote
        seen = await vote.close()
        line = vote.line(vote.hub.url)
        _, _, body = await line.send("GET", seen["board"]["url"])
        line.close()
        voters = len(vote.voters)
        found = check_board(
            json.loads(body), seen["board"]["root"], ballot.stamping["keys_hash"], voters, choice_signed,
            OPTIONS.__contains__,
        )  # fmt: skip
        proof.figures["counted"] = len(found)
        leaves = {paper.leaf.hex() for paper in found}
        proof.none("voters whose paper is not counted once", abs(voters - len(found)))
        lost = [voter for voter in vote.voters if _receipt(voter) not in leaves]
        proof.none("receipts for what is not on the board", len(lost))
        proof.none(ODD, sum(not _as_wanted(voter) for voter in vote.voters))


def _receipt(voter: Voter) -> str:
    return str(voter.answers[0].get("leaf"))


def _as_wanted(voter: Voter) -> bool:
    first, again, other = voter.answers
    return first["ok"] and first == again and not other["ok"] and other["refusal"]["code"] == "key-used"


async def _nobody() -> int:
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Pulse:
    """The measuring of how soon other devices are told, in its own process."""

    def __init__(self, vote: Vote) -> None:
        self._vote = vote
        self._process: asyncio.subprocess.Process | None = None
        self._rush = 0.0

    async def start(self) -> None:
        """Begin with a hall at rest."""
        hall = self._vote.hall
        codes = (hall.laptops()[0].code, hall.way("theme-team").code)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.prove.pulse", self._vote.hub.url, hall.passage, *codes,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 22,
        )  # fmt: skip
        assert self._process.stdout
        await self._process.stdout.readline()
        # From here on the robots give way to what is measured.
        os.nice(5)
        self._began = time.monotonic()

    def rush(self) -> None:
        """Note that everybody votes from now on."""
        self._rush = time.monotonic()

    async def stop(self, proof: Proof, *, judged: bool) -> None:
        """Compare the hall at rest with the hall that votes."""
        ended = time.monotonic()
        assert self._process and self._process.stdin and self._process.stdout
        self._process.stdin.write(b"\n")
        found: list[tuple[float, float]] = json.loads(await self._process.stdout.readline())
        calm = [took for sent, took in found if sent < self._began + 10 and sent < self._rush]
        rush = [took for sent, took in found if self._rush <= sent <= ended]
        proof.figures["news to other devices at rest, median in ms"] = _ms(calm)
        proof.figures["news while all vote, median in ms"] = _ms(rush)
        if judged and calm and rush and median(rush) > 2 * median(calm):
            proof.failures.append("News to other devices takes more than twice as long while all vote.")

    async def end(self) -> None:
        """Leave nothing behind."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


def _ms(found: list[float]) -> Any:
    return round(1000 * median(found)) if found else "none"


def rush(rush: Rush, *, killing: bool, mutant: str | None = None) -> Proof:
    """One ballot of one hall."""
    proof = Proof("burst")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 8192)), hard))
    with scratch_hall(1) as hall:
        asyncio.run(Burst(hall, rush, mutant).run(proof, killing=killing))
    return proof


def prove(short: bool) -> Proof:
    """The rush, the same with kills in the middle, and a box that takes two papers for one stamp."""
    chosen = SHORT if short else FULL
    proof = Proof("burst")
    for killing in (True,) if short else (False, True):
        proof.take(rush(chosen, killing=killing))
    mutant = rush(MUTANT, killing=False, mutant="box-takes-two")
    proof.mutants["box-takes-two"] = bool(mutant.figures[ODD])
    return proof
