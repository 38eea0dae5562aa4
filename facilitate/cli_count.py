"""Ballots: the command that counts a file of ballots, for whoever wants to count again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

_METHODS = ["plurality", "approval", "irv", "stv", "schulze", "borda", "scores", "points"]
_BALLOTS = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--method", type=click.Choice(_METHODS), required=True)
@click.option("--seats", type=click.IntRange(1), help="How many win; by default as the file says, or one.")
@click.option("--tie", type=click.Choice(["earlier-round", "lot"]), default="earlier-round",
              show_default=True, help="What settles a tie first; then, or at once, the lot.")  # fmt: skip
@click.option("--seed", help="The seed of the lot, as it was published before; without it a tie stays one.")
@click.option("--json", "as_data", is_flag=True, help="Print winners and rounds as JSON, fractions as text.")
@click.argument("file", type=_BALLOTS)
@click.pass_context
def count(
    ctx: click.Context, method: str, seats: int | None, tie: str, seed: str | None, as_data: bool, file: Path
) -> None:
    """Count a FILE of ballots (.blt, .abif or .csv) in exact fractions."""
    from facilitate.domain.ballots import Method
    from facilitate.domain.methods.ties import TieBreak, lot_order
    from facilitate.formats.ballot_files import count_ballots, read_ballots

    if method == "irv" and seats not in (None, 1):
        raise click.UsageError("The instant run-off chooses one; take stv for several seats.")
    read = read_ballots(file.name, file.read_bytes())
    places = 1 if method == "irv" else seats or read.seats or 1
    order = lot_order(read.options, seed) if seed else ()
    ties = TieBreak(earlier=tie == "earlier-round", order=order)
    outcome = count_ballots(read, Method(method), places, ties)
    found = {
        "title": read.title, "method": method, "seats": places, "papers": read.papers,
        "options": list(read.options), "winners": list(outcome.winners), "level": list(outcome.level),
        "rounds": [each.as_dict() for each in outcome.rounds],
    }  # fmt: skip
    if as_data:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for line in _lines(found):
            click.echo(line)
    if outcome.level:
        ways = "" if seed else "; give the seed that was published before with --seed"
        click.echo(f"Nothing that was declared decides between {', '.join(outcome.level)}{ways}.", err=True)
        ctx.exit(1)


def _lines(found: dict[str, Any]) -> Iterator[str]:
    from facilitate.domain.ballots import Method
    from facilitate.domain.round_words import round_rows, round_sentences

    labels, method = {name: name for name in found["options"]}, Method(found["method"])
    papers = f"{found['papers']:,} {'paper' if found['papers'] == 1 else 'papers'}"
    yield f"{found['title'] or 'Count'}: {papers}, by {method}."
    rows = round_rows(found["rounds"], labels, method)
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for first, *cells in rows:
        wide = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join([first.ljust(widths[0]), *wide])
    yield from round_sentences(found["rounds"], labels, method)
    winners = ", ".join(found["winners"]) or "nobody"
    yield f"Chosen, in this order: {winners}." if len(found["winners"]) > 1 else f"Chosen: {winners}."
