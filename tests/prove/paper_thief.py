"""Papers that tellers hand out and enter, and the same thief of every file."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterable
from itertools import islice, permutations
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import select

from facilitate.demo import all_sign_ins
from facilitate.domain.stamped_papers import PAPER_BYTES, read_paper
from facilitate.office import run
from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.device import Device
from facilitate.store.rows import PaperStamp, Person
from tests.prove.hall import Hall, scratch_hall
from tests.prove.linker import by_rank, order_of_arrival, people_in
from tests.prove.loot import hub_of, steal, traces
from tests.prove.proof import Proof
from tests.prove.stamped import Vote

# So many options can be ranked in so many ways that every paper says something else.
OPTIONS = ("Leeds", "Cardiff", "Derry", "Hull", "Truro")
_ENTERED = re.compile(rb"([0-9](?:>[0-9]){4})")
# A paper as the box keeps it.
_PAPER = re.compile(rb"(?s)(?=(facilitate-paper/1\0.{%d}))" % (PAPER_BYTES - 19))
_WITHIN = 30.0
PLACES = ("event.db*", "backup.db", "hub.log", "keys/**/*", "spool/**/*")


class PaperTheft:
    """One ballot in which everybody votes on paper."""

    def __init__(self, hall: Hall, voters: int, mutant: str | None = None) -> None:
        self.hall, self.voters, self.chance = hall, voters, Random(11)
        self.vote = Vote(hall, hub_of(hall, "logs-keep-all", mutant))
        self.patience = 2.0 if mutant else _WITHIN
        self.tellers: list[Device] = []
        # What nobody knows: whose paper says what.
        self.truth: dict[bytes, bytes] = {}
        self.keys: dict[bytes, bytes] = {}
        self.secrets: list[bytes] = []
        self.prints: list[bytes] = []
        self.copies: list[Path] = []

    async def steal(self) -> None:
        """Hand out, print, enter, close; the copies while it is open and once the board is there."""
        try:
            await self.vote.start(self.voters)
            self.tellers = [await self._teller(name) for name in ("Teresa", "Tamsin")]
            await self.vote.put_up("stamped", form="rank", options=list(OPTIONS))
            await self.vote.until(lambda: (self.vote.seen.get("stamping") or {}).get("box"))
            await self._hand_out()
            self.secrets = self._waiting()
            await self.vote.act("open-ballot")
            await self._enter()
            self.copies = [steal(self.hall.folder, "open")]
            await self.vote.close()
            await self._tidied()
            self.copies += [steal(self.hall.folder, "closed")]
        finally:
            for teller in self.tellers:
                await teller.stop()
            await self.vote.stop()

    async def _teller(self, name: str) -> Device:
        with self.hall.open() as house:
            run(house, "import-people", {"rows": [{"name": name, "roles": ["teller"]}]})
            way = next(way for way in all_sign_ins(house) if way.label == name)
        teller = Device(Address.read(self.vote.hub.url), way.code, name)
        await teller.sign_in()
        teller.start()
        await teller.arrive()
        return teller

    async def _hand_out(self) -> None:
        with self.hall.open() as house, house.reads() as session:
            known = dict(session.execute(select(Person.name, Person.id)).tuples().all())
        people = [known[voter.way.label] for voter in self.vote.voters]
        choices = list(islice(permutations("12345"), self.voters * 2))
        for person, choice in zip(people, self.chance.sample(choices, self.voters), strict=True):
            self.truth[person.encode()] = ">".join(choice).encode()
        for person in self.chance.sample(people, self.voters):
            await self._do(self.tellers[0], "hand-out-paper", delegate=person)
            self.prints += [await self._printed()] if not self.prints else []

    async def _printed(self) -> bytes:
        line = self.vote.line(self.vote.hub.url)
        line.headers["Cookie"] = self.tellers[0].cookie
        status, _, body = await line.send("GET", "/desk/ballot-papers/large-print.pdf")
        line.close()
        assert status == 200
        return body

    async def _enter(self) -> None:
        # Out of the box for papers they come mixed, and are numbered then.
        papers = self.chance.sample(sorted(self.truth.values()), self.voters)
        for number, choice in enumerate(papers, 1):
            for teller in self.tellers:
                await self._do(teller, "enter-paper", number=number, group=0, choice=choice.decode())
        await self.vote.until(lambda: self.vote.seen["voted"] == self.voters)

    async def _do(self, teller: Device, verb: str, **data: Any) -> None:
        answer = await teller.submit(verb, {"ballot": self.vote.id, **data})
        assert answer["ok"], answer

    def _waiting(self) -> list[bytes]:
        """The private keys that wait for papers."""
        with self.hall.open() as house, house.reads() as session:
            return [secret.encode() for secret in session.scalars(select(PaperStamp.secret))]

    async def _tidied(self) -> None:
        """Wait until the hub has emptied its log; what is then still there is found by the thief."""
        log = self.hall.folder / "event.db-wal"
        for _ in range(int(self.patience / 0.1)):
            if log.stat().st_size == 0:
                return
            await asyncio.sleep(0.1)

    # What the thief makes of it

    def stamps(self, loot: Path) -> dict[bytes, None]:
        """The keys of stamps that waited for papers, as the hub's files have them, in that order."""
        waiting = re.compile(self.vote.id.encode() + rb".{0,9}?(04[0-9a-f]{128})(?=[0-9a-f]{64})")
        files = (loot / "event.db-wal", loot / "event.db", loot / "backup.db")
        content = b"".join(file.read_bytes() for file in files if file.exists())
        return dict.fromkeys(match.group(1) for match in waiting.finditer(content))

    def ties(self, loot: Path) -> list[int]:
        """How many papers each way of tying gives to the right person."""
        people = people_in(loot / "event.db", set(self.truth))["log"]
        entered = order_of_arrival((loot / "event.db-wal").read_bytes(), _ENTERED, set(self.truth.values()))
        said = self.said(loot)
        handed = [said[key] for key in self.stamps(loot) if key in said]
        ways = [entered, entered[::-1], handed, handed[::-1]]
        return [self._right(by_rank(people, way)) for way in ways if len(way) == self.voters]

    def said(self, loot: Path) -> dict[bytes, bytes]:
        """What each paper in the box says, by its key."""
        content = b"".join(file.read_bytes() for file in sorted((loot / "box").glob("box.db*")))
        cast = (read_paper(match.group(1)) for match in _PAPER.finditer(content))
        return {paper.public_key.hex().encode(): paper.choice.encode() for paper in cast}

    def _right(self, ties: Iterable[tuple[bytes, bytes]]) -> int:
        return sum(self.truth[person] == said for person, said in ties)


LEFT = "stamps of papers left at the hub after the board"


def papers_robbed(voters: int, sigma: int, mutant: str | None = None) -> Proof:
    """The same thief where everybody votes on paper."""
    proof = Proof("thief")
    with scratch_hall(1) as hall:
        theft = PaperTheft(hall, voters, mutant)
        asyncio.run(theft.steal())
        _tie(theft, proof, sigma)
        closed = theft.copies[1]
        proof.none(LEFT, len(theft.stamps(closed)))
        proof.none("keys of papers left at the hub after the board", traces(closed, theft.secrets, PLACES))
        people = [person for person in theft.truth if person in theft.prints[0]]
        printed = [each for each in theft.secrets if each in theft.prints[0]]
        proof.none("people or keys in what is printed", len(people) + len(printed))
        spooled = [file for loot in theft.copies for file in (loot / "spool").rglob("*") if file.is_file()]
        proof.none("files left by printing", len(spooled))
        for loot in theft.copies:
            shutil.rmtree(loot)
    return proof


def _tie(theft: PaperTheft, proof: Proof, sigma: int) -> None:
    tried = theft.ties(theft.copies[0])
    allowed = len(tried) + sigma * sqrt(len(tried))
    proof.figures |= {
        "voters on paper": theft.voters, "ways to tie orders on paper": len(tried),
        "papers on paper tied rightly by all ways": sum(tried),
        f"allowed on paper, by chance and {sigma} sigma": round(allowed, 1),
    }  # fmt: skip
    # Of few papers luck ties a good part; a way that works ties all of them.
    if sum(tried) > allowed or max(tried, default=0) > theft.voters / 2:
        proof.failures.append("The orders in the files tie papers on paper to people.")
    proof.want("ways to tie orders on paper", least=4)
