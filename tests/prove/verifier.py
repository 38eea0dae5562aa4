"""Proof 3 of ballots: whatever is done to a board, both verifiers see it; honest boards pass in both."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from tests.prove.auditors import Auditor, Browser, Script, bundle, run_alone
from tests.prove.boards import Made, make_board
from tests.prove.kinds import KINDS, UNDER_ANY_ROOT, WAYS, tampered
from tests.prove.proof import Proof
from tests.prove.tampering import Copy

TAMPERINGS, BOARDS, PAPERS, LARGE = 600, 50, 50, 1_400
SHORT_TAMPERINGS, SHORT_BOARDS, SHORT_PAPERS = len(WAYS), 5, 6
# Each is a verifier that leaves this check out.
MUTANTS = ("signatures", "stamps", "root")
SEED = 5


def tamperings(boards: Sequence[Made], number: int) -> Iterable[tuple[str, Copy]]:
    """So many tamperings, all ways in turn, each on a board by chance."""
    chance = Random(SEED)
    for place in range(number):
        kind, shown = WAYS[place % len(WAYS)]
        made, other = chance.sample(boards, 2)
        kept = f"{kind}, its root shown" if shown else kind
        yield kept, tampered(kind, Copy(made, other, chance), shown=shown)


def missed(auditor: Auditor, boards: Sequence[Made], number: int, *, first: bool = False) -> list[str]:
    """The tamperings that somebody does not see; only the first of them where that is enough."""
    found = []
    for kind, copy in tamperings(boards, number):
        if not auditor.fault(copy.text, copy.seen):
            found.append(kind)
            if first:
                break
    return found


def judge(proof: Proof, auditor: Auditor, boards: Sequence[Made], number: int) -> None:
    """Clean boards pass, tampered ones do not."""
    refused = [fault for made in boards if (fault := auditor.fault(made.text, made.seen))]
    proof.none(f"clean boards refused by the {auditor.name}", len(refused))
    unseen = missed(auditor, boards, number)
    proof.none(f"tamperings not seen by the {auditor.name}", len(unseen))
    proof.failures += [f"The {auditor.name} did not see: {kind}." for kind in sorted(set(unseen))]


def measure(proof: Proof, made: Made, browser: Auditor, folder: Path) -> None:
    """How long a board of a whole hall takes, and that it is proven."""
    for name in ("script", browser.name):
        began = time.monotonic()
        text, seen = made.text, made.seen
        fault = run_alone(text, seen, folder) if name == "script" else browser.fault(text, seen)
        took = round(time.monotonic() - began, 1)
        proof.figures[f"seconds for {len(made.devices):,} papers, {name}"] = took
        if fault:
            proof.failures.append(f"The {name} refused an honest board: {fault}")


def try_mutants(proof: Proof, boards: Sequence[Made], folder: Path, node: Path, names: Sequence[str]) -> None:
    """A verifier that leaves a check out must miss something that the whole one sees."""
    for name in names:
        for auditor in (Script(folder, name), Browser(node, name)):
            ways = len(WAYS)
            unseen = missed(auditor, boards, ways, first=True)
            proof.mutants[f"{auditor.name} that does not check {name}"] = bool(unseen)
            auditor.stop()


def prove(short: bool) -> Proof:
    """Build boards once, tamper with copies, show each to both verifiers."""
    proof, folder = Proof("verifier"), Path(tempfile.mkdtemp(prefix="facilitate-boards-"))
    chance, node = Random(SEED), bundle()
    number = SHORT_TAMPERINGS if short else TAMPERINGS
    papers = SHORT_PAPERS if short else PAPERS
    auditors: list[Auditor] = [Script(folder), Browser(node)]
    try:
        boards = [make_board(folder / "keys", place, papers, chance)
                  for place in range(SHORT_BOARDS if short else BOARDS)]  # fmt: skip
        proof.figures |= {
            "tamperings": number, "kinds": len(KINDS), "kinds with the root shown": len(UNDER_ANY_ROOT),
            "clean boards": len(boards), "papers on each": papers,
        }  # fmt: skip
        for auditor in auditors:
            judge(proof, auditor, boards, number)
        if not short:
            measure(proof, make_board(folder / "keys", 99, LARGE, chance), auditors[1], folder)
        elif fault := run_alone(boards[0].text, boards[0].seen, folder):
            proof.failures.append(f"The script alone refused an honest board: {fault}")
        try_mutants(proof, boards, folder, node, MUTANTS[:1] if short else MUTANTS)
    finally:
        for auditor in auditors:
            auditor.stop()
        shutil.rmtree(folder)
    return proof
