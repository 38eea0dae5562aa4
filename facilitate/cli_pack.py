"""Before: the command that prints one PDF for a day without power."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "copy_for", required=True, help="Whose copy it is; the name stands on each page.")
@click.pass_context
def pack(ctx: click.Context, file: Path, copy_for: str) -> None:
    """Print what a day without power needs into FILE: order, passages, roll, papers, tally sheets, slips."""
    from facilitate import open_house
    from facilitate.config import read_settings
    from facilitate.office import printed_pack

    house = open_house(read_settings(ctx.obj))
    file.write_bytes(printed_pack(house, copy_for, datetime.now(UTC)))
    house.close()
    click.echo(f"{file} is ready to print. It holds no sign-in code; the roll in it names people.")
