"""Ballots: the commands that hold a ballot box on a machine of its own and write its boards to files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


@click.command()
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="Where the box keeps its papers; an empty folder for a new box.")  # fmt: skip
@click.option("--port", type=int, default=8444, show_default=True)
@click.option("--host", default="0.0.0.0", show_default=True, help="The address to listen on.")  # noqa: S104
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The certificate (PEM, with its chain) for this machine’s name.")  # fmt: skip
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The key of --certificate.")  # fmt: skip
@click.option("--engine", help="What carries the sockets; .env.example names the choices.")
def box(
    folder: Path, port: int, host: str, certificate: Path | None, key: Path | None, engine: str | None
) -> None:
    """Hold the ballot box on this machine, apart from the hub; shows the code for the desk to pair it."""
    chosen = {
        "FACILITATE_BOX_FOLDER": str(folder),
        "FACILITATE_BOX_PORT": str(port),
        "FACILITATE_BOX_HOST": host,
        "FACILITATE_BOX_CERTIFICATE": str(certificate) if certificate else None,
        "FACILITATE_BOX_KEY": str(key) if key else None,
        "FACILITATE_ENGINE": engine,
    }
    os.environ.pop("FACILITATE_BOX_HELD", None)
    os.environ.update({name: value for name, value in chosen.items() if value})
    os.execv(sys.executable, [sys.executable, "-m", "facilitate.server", "box"])


@click.group()
def ballot() -> None:
    """Pair the hub with a ballot box, and take a ballot's board out."""


@ballot.command()
@click.argument("address")
@click.argument("code")
@click.pass_context
def pair(ctx: click.Context, address: str, code: str) -> None:
    """Pair the hub with the ballot box at ADDRESS, which shows CODE."""
    from facilitate import open_house
    from facilitate.config import read_settings
    from facilitate.office import run
    from facilitate.web.box_held import hub_origins
    from facilitate.web.box_link import hub_identity, pair_with

    settings = read_settings(ctx.obj)
    house = open_house(settings)
    key = pair_with(address.rstrip("/"), code, hub_identity(settings), hub_origins(house.settings))
    run(house, "pair-box", {"address": address.rstrip("/"), "key": key, "held": False})
    click.echo(f"The ballot box at {address} is paired. Its key: {key}")


@ballot.command()
@click.argument("which")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; else by its number.")
@click.pass_context
def board(ctx: click.Context, which: str, out: Path | None) -> None:
    """Write the board of the ballot WHICH (its number or its id) to a file."""
    from facilitate import open_house
    from facilitate.config import read_settings
    from facilitate.store.boards import find_board

    with open_house(read_settings(ctx.obj)).reads() as session:
        found = find_board(session, which)
    place = out or Path(f"ballot-{found.number}.board.json")
    place.write_bytes(found.body)
    click.echo(f"{place}: ballot {found.number}, {found.cast} papers of {found.issued} stamps issued.")
    click.echo(
        f"Check it: scripts/verify_ballot.py {place} --root {found.root} --key {found.keys_hash} "
        f"--issued {found.issued}"
    )
