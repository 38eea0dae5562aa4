"""Proof 4 of ballots: a device whose paper was taken off the list or altered says so; no other one does."""

from __future__ import annotations

import copy
import hashlib
import shutil
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from facilitate.domain.boards import header_of, papers_of, root_of
from facilitate.domain.stamped_papers import canonical
from tests.prove.auditors import BUNDLE, Child, bundle
from tests.prove.boards import Made, make_board
from tests.prove.proof import Proof
from tests.prove.restarts import restarts
from tests.support.browser import MISSING, find_chromium

TRIALS, PAPERS, MOST = 200, 50, 20
SHORT_TRIALS, SHORT_PAPERS = 25, 25
ALARM = "Your vote is not on the public list"
MUTANTS = {"device that believes without looking": "believes", "device that cries each time": "cries"}
SEED = 7


def lessened(made: Made, chance: Random) -> dict[str, Any]:
    """A board from which papers by chance are gone or on which they are altered."""
    board = copy.deepcopy(made.board)
    for paper in chance.sample(board["papers"], chance.randint(1, MOST)):
        if chance.random() < 0.5:
            board["papers"].remove(paper)
        else:
            others = {each["choice"] for each in made.board["papers"]} - {paper["choice"]}
            paper["choice"] = chance.choice(sorted(others))
    return board


def wrong(child: Child, made: Made, board: dict[str, Any]) -> tuple[int, int, int]:
    """How many devices should have said so, how many of them did not, and how many others did."""
    leaves = [paper.leaf for paper in papers_of(board)]
    own = [paper.leaf for paper in papers_of(made.board)]
    header = header_of(board)
    # The box lies to everybody alike: the list has the root that is shown.
    told = child.order(
        own=[leaf.hex() for leaf in own], leaves=b"".join(leaves).hex(), root=root_of(header, leaves),
        header=hashlib.sha256(canonical(header)).hexdigest(),
    )["sentences"]  # fmt: skip
    hit = [leaf not in leaves for leaf in own]
    silent = sum(gone and not said.startswith(ALARM) for gone, said in zip(hit, told, strict=True))
    false = sum(not gone and said != "" for gone, said in zip(hit, told, strict=True))
    return sum(hit), silent, false


def trials(script: Path, made: Made, number: int, *mutants: str) -> tuple[int, int, int]:
    """So many trials with one board; their sums."""
    chance, child = Random(SEED), Child(script, *mutants)
    try:
        each = [wrong(child, made, lessened(made, chance)) for _ in range(number)]
    finally:
        child.stop()
    affected, silent, false = (sum(column) for column in zip(*each, strict=True))
    return affected, silent, false


def prove(short: bool) -> Proof:
    """Papers gone from the list, and phones cut off at every step."""
    proof = listened(short)
    if find_chromium() is None:
        proof.skipped = f"No phone was restarted. {MISSING}"
    else:
        proof.take(restarts(short))
    return proof


def listened(short: bool) -> Proof:
    """Take away or alter papers, and listen to every device."""
    proof, folder = Proof("receipts"), Path(tempfile.mkdtemp(prefix="facilitate-receipts-"))
    script = bundle("proof/checks.ts", BUNDLE.with_name("checks.mjs"))
    number = SHORT_TRIALS if short else TRIALS
    try:
        made = make_board(folder, 1, SHORT_PAPERS if short else PAPERS, Random(SEED))
    finally:
        shutil.rmtree(folder)
    affected, silent, false = trials(script, made, number)
    proof.figures |= {
        "trials": number,
        "devices in each": len(made.devices),
        "papers gone or altered": affected,
    }
    proof.none("devices that did not say so", silent)
    proof.none("devices that said so without reason", false)
    proof.want("papers gone or altered", least=number)
    for name, mutant in MUTANTS.items():
        _, silent, false = trials(script, made, 3, mutant)
        proof.mutants[name] = silent + false > 0
    return proof
