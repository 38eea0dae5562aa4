"""The hub and its ballot box: started, killed, lost and paired, the same papers are counted once."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from facilitate.choices import choice_signed
from facilitate.domain.boards import check_board
from facilitate.domain.stamped_papers import bid_hash
from facilitate.rehearsal.connection import ConnectionGone
from facilitate.rehearsal.hub_process import HubProcess
from facilitate.store.rows import JournalEntry
from tests.prove.hall import make_hall
from tests.prove.stamped import PORTS, Vote, children, kill
from tests.prove.voter import Ballot, cast_once
from tests.support.apart import run_apart


@asynccontextmanager
async def voting(folder: Path, *, opened: bool = True) -> AsyncIterator[tuple[Vote, Ballot]]:
    """A stamped ballot in a hub of its own: announced, its delegates stamped, and mostly open."""
    hall = make_hall(folder / "event", 1)
    vote = Vote(hall, HubProcess(hall.folder, settings=hall.environment | PORTS))
    try:
        async with asyncio.timeout(150):
            await vote.start(4)
            ballot = await vote.announce()
            for voter in vote.voters:
                await voter.sign_in()
                voter.prepare(ballot)
                await voter.fetch(ballot)
            if opened:
                await vote.act("open-ballot")
            yield vote, ballot
    finally:
        await vote.stop()


def run(folder: Path, journey: Callable[[Vote, Ballot], Awaitable[None]], *, opened: bool = True) -> None:
    """Let a journey be made in a stamped ballot."""

    async def go() -> None:
        async with voting(folder, opened=opened) as (vote, ballot):
            await journey(vote, ballot)

    run_apart(go)


async def cast(vote: Vote, *choices: str) -> None:
    """Let the first delegates vote, until each has a receipt."""
    for voter, choice in zip(vote.voters, choices, strict=False):
        assert voter.device
        paper = voter.device.paper(choice)
        await vote.until(lambda: vote.seen["stamping"]["box"])
        while not await taken(vote, paper):
            await asyncio.sleep(0.1)


async def taken(vote: Vote, paper: Any) -> bool:
    """Whether the box took a paper now."""
    box = vote.box()
    try:
        return bool((await cast_once(box, paper))["ok"])
    except ConnectionGone:
        return False
    finally:
        box.close()


def journal(vote: Vote, *actions: str) -> list[str]:
    """The acts of these kinds in their order."""
    with vote.hall.open() as house, house.reads() as session:
        rows = session.query(JournalEntry).filter(JournalEntry.action.in_(actions))
        return [row.action for row in rows.order_by(JournalEntry.number)]


def test_a_stamped_ballot_runs_from_its_announcement_to_a_board_that_everybody_can_check(
    tmp_path: Path,
) -> None:
    async def journey(vote: Vote, ballot: Ballot) -> None:
        await cast(vote, "for", "for", "against")
        await vote.until(lambda: vote.seen["voted"] == 3)
        seen = await vote.close()
        assert seen["board"]["cast"] == 3 and seen["board"]["issued"] == 4
        line = vote.line(vote.hub.url)
        status, _, body = await line.send("GET", seen["board"]["url"])
        assert status == 200
        found = check_board(
            json.loads(body), seen["board"]["root"], ballot.stamping["keys_hash"], 4, choice_signed,
            {"for", "against", "abstain"}.__contains__,
        )  # fmt: skip
        status, _, leaves = await line.send("GET", seen["board"]["url"].replace(".json", ".leaves"))
        assert leaves == b"".join(paper.leaf for paper in found)
        line.close()
        # The page may talk to the box and to nobody else beside the hub.
        _, head, _ = await vote.voters[0].hub.send("GET", "/phone")
        assert f"connect-src 'self' {ballot.stamping['box']};" in head
        assert journal(vote, "box-paired", "box-lost", "board-received") == ["box-paired", "board-received"]

    run(tmp_path, journey)


def test_box_killed_while_papers_come_goes_on_with_all_of_them(tmp_path: Path) -> None:
    async def journey(vote: Vote, ballot: Ballot) -> None:
        await cast(vote, "for", "against")
        for _ in range(2):
            before = children(vote.hub.pid)["box"]
            kill(before)
            while children(vote.hub.pid).get("box", before) == before:
                await asyncio.sleep(0.1)
        for voter in vote.voters[2:]:
            assert voter.device
            paper = voter.device.paper("abstain")
            while not await taken(vote, paper):
                await asyncio.sleep(0.1)
        seen = await vote.close()
        assert seen["board"]["cast"] == 4
        assert seen["stamping"]["box_key"] == ballot.stamping["box_key"]
        assert journal(vote, "box-paired", "box-lost") == ["box-paired"]

    run(tmp_path, journey)


def test_hub_killed_while_a_ballot_is_open_starts_the_same_box_again(tmp_path: Path) -> None:
    async def journey(vote: Vote, ballot: Ballot) -> None:
        await cast(vote, "for", "against", "for")
        await vote.hub.kill()
        await vote.hub.start()
        seen = await vote.close()
        assert seen["board"]["cast"] == 3
        assert seen["stamping"]["box"] == ballot.stamping["box"]

    run(tmp_path, journey)


def test_lost_file_of_the_box_is_told_in_words_and_the_same_papers_come_again(tmp_path: Path) -> None:
    async def journey(vote: Vote, ballot: Ballot) -> None:
        papers = [voter.device.paper("for") for voter in vote.voters if voter.device]
        for paper in papers[:3]:
            while not await taken(vote, paper):
                await asyncio.sleep(0.1)
        # Before it ends: the next one might have opened its file already.
        shutil.rmtree(vote.hall.folder / "box")
        kill(children(vote.hub.pid)["box"])
        lost = "The ballot box lost its papers"
        told = await vote.until(lambda: (vote.seen["box_trouble"] or "").startswith(lost) and vote.seen)
        assert "0 of 4 issued are in the box" in told["box_trouble"]
        assert told["stamping"]["box_key"] != ballot.stamping["box_key"]
        for paper in papers:
            while not await taken(vote, paper):
                await asyncio.sleep(0.1)
        await vote.until(lambda: "4 of 4 issued are in the box" in vote.seen["box_trouble"])
        seen = await vote.close()
        assert seen["board"]["cast"] == 4
        assert journal(vote, "box-paired", "box-lost") == ["box-paired", "box-lost", "box-paired"]

    run(tmp_path, journey)


def test_recalled_ballot_is_forgotten_by_the_box_and_its_stamps_die(tmp_path: Path) -> None:
    async def journey(vote: Vote, first: Ballot) -> None:
        await vote.act("recall-ballot")
        await vote.act("announce-ballot")
        before = first.stamping
        seen = await vote.until(lambda: (vote.seen["stamping"] or before) != before and vote.seen)
        assert seen["stamping"]["keys_hash"] != before["keys_hash"]
        await vote.act("open-ballot")
        old = vote.voters[0].device
        assert old
        second = Ballot(vote.id, seen["version"], seen["stamping"])
        vote.voters[0].prepare(second)
        await vote.voters[0].fetch(second)
        await cast(vote, "for")
        box = vote.box()
        # The first wording is gone from the box; its stamp is none for the second.
        assert (await cast_once(box, old.paper("for")))["refusal"]["code"] == "ballot-not-open"
        forged = replace(old.paper("for"), bid_hash=bid_hash(second.stamping["bid"]))
        assert (await cast_once(box, forged))["refusal"]["code"] == "stamp-wrong"
        box.close()
        counted = await vote.close()
        assert (counted["board"]["cast"], counted["board"]["issued"]) == (1, 1)

    run(tmp_path, journey, opened=False)
