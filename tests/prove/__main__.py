"""Runs proofs, one after another, and prints what they found; each must fail on its own mutants."""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module

import click

from tests.prove.proof import Proof

# Group -> name of a proof -> the module that makes it, with `prove(short)`.
PROOFS = {
    "capture": {
        "battery": "tests.prove.battery",
        "hub-killed": "tests.prove.kills",
        "power-cut": "tests.prove.power",
        "failing-disk": "tests.prove.disk",
        "resume": "tests.prove.resume",
        "machine": "tests.prove.machine",
    },
    "ballot": {
        "burst": "tests.prove.burst",
        "thief": "tests.prove.thief",
        "verifier": "tests.prove.verifier",
        "receipts": "tests.prove.receipts",
        "traffic": "tests.prove.traffic",
        "slow-phone": "tests.prove.slow_phone",
    },
    "page": {"laptop": "tests.prove.page"},
    "outcome": {"compile": "tests.prove.outcome"},
}


def make(module: str, *, short: bool) -> Proof:
    """Make one proof."""
    began = time.monotonic()
    proof: Proof = import_module(module).prove(short)
    proof.seconds = time.monotonic() - began
    return proof


def as_text(proof: Proof) -> str:
    """A proof as a table of two columns."""
    lines = [f"{proof.name}: {proof.verdict} ({proof.seconds:.0f} s)"]
    if proof.skipped:
        lines.append(f"  {proof.skipped}")
    wide = max((len(name) for name in [*proof.figures, *proof.mutants]), default=0) + 2
    lines += [f"  {name:{wide + 8}}{value:>12}" for name, value in proof.figures.items()]
    lines += [
        f"  mutant: {name:{wide}}{'caught' if caught else 'SURVIVED':>12}"
        for name, caught in proof.mutants.items()
    ]
    return "\n".join([*lines, *(f"  FAILED: {failure}" for failure in proof.failures)])


@click.command()
@click.argument("group", type=click.Choice(list(PROOFS)))
@click.option("--only", multiple=True, metavar="NAME", help="Make this proof alone; may be given again.")
@click.option("--short", is_flag=True, help="The form of at most a minute that the test run makes.")
@click.option("--json", "as_data", is_flag=True, help="Print the figures as JSON.")
def main(group: str, only: tuple[str, ...], short: bool, as_data: bool) -> None:
    """Prove what is promised of a GROUP of things; ends with 1 where a proof fails or a mutant survives."""
    modules = PROOFS[group]
    unknown = set(only) - set(modules)
    if unknown:
        raise click.UsageError(f"There is no proof {', '.join(unknown)}; there are {', '.join(modules)}.")
    proofs = []
    for name in only or modules:
        if not as_data:
            click.echo(f"{name} …", err=True)
        proofs.append(make(modules[name], short=short))
        if not as_data:
            click.echo(as_text(proofs[-1]) + "\n")
    if as_data:
        click.echo(json.dumps([proof.as_dict() for proof in proofs], indent=1))
    # A proof that this machine cannot make has not failed; it is named as skipped.
    sys.exit(1 if any(proof.failed for proof in proofs) else 0)


if __name__ == "__main__":
    main()
