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
