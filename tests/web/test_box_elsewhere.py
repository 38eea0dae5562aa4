"""A ballot box on another machine: paired by its code, it takes the papers; its boards come out."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitate.choices import choice_signed
from facilitate.domain.boards import check_board
from facilitate.rehearsal.hub_process import HubProcess
from tests.prove.hall import make_hall
from tests.prove.stamped import PORTS, Vote, children
from tests.prove.voter import Voter, cast_once
from tests.support.apart import run_apart
from tests.support.hub import command_line
from tests.support.sources import ROOT


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A box that runs by itself; the address and the code that it shows."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    folder = str(tmp_path / "tellers")
    command = [sys.executable, "-m", "facilitate", "box", "--folder", folder, "--port", port]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [*command, "--host", "127.0.0.1"], env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        found = re.search(r"desk: (\S+) and the code (\w+)$", process.stdout.readline())
        process.stdout.readline()
        assert found
        yield found.group(1), found.group(2)
        process.terminate()


def test_tellers_hold_the_box_and_the_board_comes_out_at_the_command_line(
    tmp_path: Path, shown: tuple[str, str]
) -> None:
    hall = make_hall(tmp_path / "event", 1)
    event = ("--event", str(hall.folder), "ballot")
    assert f"The ballot box at {shown[0]} is paired" in command_line(*event, "pair", *shown)
    vote = Vote(hall, HubProcess(hall.folder, settings=hall.environment | PORTS))

    async def go() -> str:
        try:
            await vote.start(2)
            await asyncio.gather(*map(Voter.sign_in, vote.voters))
            ballot = await vote.announce()
            assert ballot.stamping["box"] == shown[0]
            for voter in vote.voters:
                voter.prepare(ballot)
                await voter.fetch(ballot)
            await vote.act("open-ballot")
            box, device = vote.box(), vote.voters[0].device
            assert device
            assert (await cast_once(box, device.paper("for")))["ok"]
            box.close()
            assert (await vote.close())["board"]["cast"] == 1
            assert "box" not in children(vote.hub.pid)
            return str(ballot.stamping["keys_hash"])
        finally:
            await vote.stop()

    keys = run_apart(go)
    out = tmp_path / "board.json"
    said = command_line(*event, "board", vote.id, "--out", str(out))
    told = re.search(r"--root (\w+) --key (\w+) --issued (\d+)", said)
    assert told
    assert told.group(2) == keys
    papers = check_board(
        json.loads(out.read_text()), told.group(1), keys, int(told.group(3)), choice_signed, "for".__eq__
    )
    assert len(papers) == 1
