"""Every stage: the `facilitate` command; it imports nothing of the hub before an engine is chosen."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from facilitate.cli_archive import archive, is_archive, verify_archive
from facilitate.cli_box import ballot, box
from facilitate.cli_certificate import certificate
from facilitate.cli_count import count
from facilitate.cli_handover import handover
from facilitate.cli_pack import pack
from facilitate.cli_rehearsal import bench, demo, rehearse


class Sentences(click.Group):
    """Shows a refusal as its sentence and leaves with code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a refusal is for the person, not a traceback."""
        from facilitate.domain.refusal import Refused

        try:
            return super().invoke(ctx)
        except Refused as refusal:
            click.echo(f"{refusal.sentence} ({refusal.code})", err=True)
            ctx.exit(1)


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--event", "folder", type=click.Path(path_type=Path), help="The event's folder.")
@click.version_option(package_name="facilitate")
@click.pass_context
def main(ctx: click.Context, folder: Path | None) -> None:
    """Software for deliberative events, from the first document to the last signature."""
    ctx.obj = folder


def _house(ctx: click.Context) -> Any:
    from facilitate import open_house
    from facilitate.config import read_settings

    return open_house(read_settings(ctx.obj))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", help="What the event is called; by default its folder's name.")
@click.option("--preset", type=click.Choice(["meeting", "forum", "conference"]), default="forum")
@click.option("--zone", default="Europe/London", help="The event's IANA time zone.")
@click.pass_context
def new(ctx: click.Context, folder: Path, name: str | None, preset: str, zone: str) -> None:
    """Make an event in FOLDER and print the chair's sign-in link."""
    from facilitate.office import new_event, sign_in_lines

    ctx.obj = folder
    house = _house(ctx)
    new_event(house, name or folder.name.replace("-", " ").capitalize(), preset, zone)
    click.echo(f"“{name or folder.name}” is ready in {folder}.")
    for line in sign_in_lines(house):
        click.echo(line)
    click.echo(f"Serve it with: facilitate --event {folder} serve")


@main.command()
@click.option("--host", help="The address to listen on; 0.0.0.0 for the whole room.")
@click.option("--port", type=int)
@click.option("--engine", help="What carries the sockets; .env.example names the choices.")
@click.pass_context
def serve(ctx: click.Context, host: str | None, port: int | None, engine: str | None) -> None:
    """Serve the event until you press Ctrl+C."""
    from dotenv import load_dotenv

    load_dotenv(".env")  # the engine is chosen before the settings are read
    chosen = {
        "FACILITATE_EVENT": str(ctx.obj) if ctx.obj else None,
        "FACILITATE_HOST": host,
        "FACILITATE_PORT": str(port) if port is not None else None,
        "FACILITATE_ENGINE": engine,
    }
    os.environ.update({key: value for key, value in chosen.items() if value})
    os.execv(sys.executable, [sys.executable, "-m", "facilitate.server"])


@main.command()
@click.option("--all", "everybody", is_flag=True, help="Everybody, not one of each kind.")
@click.option("--base", default=None, help="The address before the code, such as http://192.168.1.5:8080")
@click.pass_context
def links(ctx: click.Context, everybody: bool, base: str | None) -> None:
    """Print sign-in links."""
    from facilitate.office import sign_in_lines

    for line in sign_in_lines(_house(ctx), base, everybody=everybody):
        click.echo(line)


@main.group(name="import")
def import_() -> None:
    """Take documents, delegations, people and submissions in."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--prefix", help="The clerk's prefix for the references, such as HOU.")
@click.option("--title")
@click.option("--commission", default="")
@click.option("--dry-run", is_flag=True, help="Read and show, but take nothing in.")
@click.option("--json", "as_data", is_flag=True, help="Print the passages as JSON.")
@click.pass_context
def document(
    ctx: click.Context,
    file: Path,
    prefix: str | None,
    title: str | None,
    commission: str,
    dry_run: bool,
    as_data: bool,
) -> None:
    """Import a policy document (Word, OpenDocument, PDF, HTML, Markdown, text) as numbered passages."""
    from facilitate.formats.apart import read_apart
    from facilitate.formats.read import as_json

    read = read_apart(file.name, file.read_bytes())
    if as_data:
        click.echo(json.dumps(as_json(read), ensure_ascii=False, indent=1))
    elif dry_run or not prefix:
        for passage in read.passages:
            words = passage.heading or passage.text
            click.echo(f"{'  ' * passage.depth}{passage.number:8} {words[:90]}")
    for sentence in read.unread:
        click.echo(sentence, err=True)
    if dry_run or not prefix:
        if not dry_run and not as_data:
            click.echo("Nothing was taken in: give a --prefix for the references.", err=True)
        return
    from facilitate.office import take_document

    done = take_document(_house(ctx), file, read, prefix, title, commission)
    click.echo(f"{done['passages']} passages taken in as {prefix}.", err=as_data)


def _import_rows(name: str, explanation: str) -> None:
    @import_.command(name=name, help=explanation)
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--dry-run", is_flag=True, help="Check and show, but take nothing in.")
    @click.pass_context
    def command(ctx: click.Context, file: Path, dry_run: bool) -> None:
        from facilitate.office import take_table

        done = take_table(_house(ctx), name, file, dry_run=dry_run)
        for sentence in done.messages:
            click.echo(sentence, err=True)
        click.echo(done.sentence)
        if not done.taken and not dry_run:
            ctx.exit(1)


_import_rows("delegations", "Import delegations from CSV: code, name, section, votes.")
_import_rows("people", "Import people from CSV: name, roles, delegation, email, table, present.")
_import_rows("submissions", "Import submissions from CSV: title, text, body, passages.")


@main.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--head", help="The head's hash as it was shown or printed.")
@click.option("--seal", help="The hash of an archive's manifest as it was noted.")
@click.pass_context
def verify(ctx: click.Context, file: Path | None, head: str | None, seal: str | None) -> None:
    """Check the event's record, or that in FILE, a copy of its database or an archive (.zip).

    The journal's chain is computed again and every row compared with it; of an archive, also every byte.
    """
    if file is not None and is_archive(file):
        if head:
            raise click.UsageError("--head is for an event; an archive is held against --seal.")
        ctx.exit(verify_archive(file, seal))
    if seal:
        raise click.UsageError("--seal is for an archive; an event is held against --head.")
    from facilitate.queries.verify import verify_event
    from facilitate.store.session import open_store, read_sessions

    if file is not None:
        reads = read_sessions(open_store(f"sqlite+pysqlite:///{file.resolve()}"))
    else:
        reads = _house(ctx).reads
    with reads() as session:
        report = verify_event(session, head)
    click.echo(report.sentence)
    for sentence in report.differences:
        click.echo(sentence, err=True)
    ctx.exit(0 if report.whole else 1)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default="docs/api")
def docs(folder: Path) -> None:
    """Write the interface into FOLDER: openapi.json and asyncapi.json."""
    from facilitate.apidocs import asyncapi, openapi

    folder.mkdir(parents=True, exist_ok=True)
    for name, made in (("openapi", openapi()), ("asyncapi", asyncapi())):
        text = json.dumps(made, indent=1, ensure_ascii=False, sort_keys=False)
        (folder / f"{name}.json").write_text(text + "\n")
        click.echo(f"{folder / name}.json")


for _command in (archive, ballot, bench, box, certificate, count, demo, handover, pack, rehearse):
    main.add_command(_command)
