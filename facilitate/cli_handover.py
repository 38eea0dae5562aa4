"""Every stage: the commands by which the event moves from host to host, with one writer at a time."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def handover() -> None:
    """Move the event to another machine: invite there, give here, take there."""


@handover.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", help="What this machine is called; by default its own name.")
@click.pass_context
def invite(ctx: click.Context, file: Path | None, name: str | None) -> None:
    """Make an invitation on the machine that shall receive the event, and write it into FILE if one is named.

    It is good for one bundle. Its other half stays in the event's folder: only there the bundle opens.
    """
    import socket

    from facilitate.config import read_settings
    from facilitate.handover.keys import make_invitation

    settings = read_settings(ctx.obj)
    made = make_invitation(settings.folder, name or socket.gethostname())
    click.echo(made.line)
    if file:
        file.write_text(made.line + "\n")
    click.echo(
        "Type this line, or bring the file, where the event is now: "
        f"facilitate --event FOLDER handover give {file or made.line} BUNDLE.event",
        err=True,
    )


@handover.command()
@click.argument("invitation")
@click.argument("bundle", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def give(ctx: click.Context, invitation: str, bundle: Path) -> None:
    """Hand the event over to the machine of INVITATION (its line, or its file), sealed into BUNDLE.

    From then on the event can only be read here. No ballot may be running; the hub may.
    """
    from facilitate.config import read_settings
    from facilitate.domain.handover import read_invitation
    from facilitate.handover.give import give as give_event

    named = Path(invitation)
    line = named.read_text() if ":" not in invitation and named.is_file() else invitation
    asked = read_invitation(line)
    done = give_event(read_settings(ctx.obj), asked, bundle)
    again = "was handed over before; this is the same bundle again," if done.again else "is handed over"
    click.echo(f"The event {again} to {asked.name}. Here it can only be read from now on.")
    click.echo(f"{bundle} holds it up to journal number {done.number}.")
    click.echo(f"Head of the journal: {done.head}")
    click.echo(f"Hash of the bundle: {done.hash}")
    click.echo(f"Note both. Only {asked.name} can open the bundle, once. There:")
    click.echo(f"facilitate --event FOLDER handover take {bundle.name} --hash {done.hash[:16]}")


@handover.command()
@click.argument("bundle", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--hash", "noted", help="The bundle's hash as it was noted, or its first 16 figures or more.")
@click.pass_context
def take(ctx: click.Context, bundle: Path, noted: str | None) -> None:
    """Take the event out of BUNDLE into this machine's folder: from then on it is written here.

    The folder is empty, or holds the copy that an earlier handover left. Everybody signs in again.
    """
    from facilitate.config import read_settings
    from facilitate.domain.refusal import Refused
    from facilitate.handover.take import bundle_hash
    from facilitate.handover.take import take as take_event

    found = bundle_hash(bundle)
    if noted is None:
        click.echo(f"Hash of the bundle: {found}")
        click.confirm("Is this the hash that was noted where the event was given?", abort=True)
    elif len(noted) < 16 or not found.startswith(noted.lower().strip()):
        raise Refused(
            "hash-differs",
            f"The hash of this bundle is {found}, not the one that was noted. Nothing was changed.",
        )
    done = take_event(read_settings(ctx.obj), bundle)
    click.echo(f"“{done.event}” came from {done.giver} and is written here from now on.")
    click.echo(f"Its journal came up to number {done.number} and goes on unbroken; it is at {done.now} now.")
    click.echo(f"Head of the journal that came: {done.head}")
    click.echo("Everybody signs in again, with the same cards and links.")


@handover.command(name="take-back")
@click.option("--reason", required=True, help="Why, for the record.")
@click.pass_context
def take_back(ctx: click.Context, reason: str) -> None:
    """Let the event go on here, because its bundle was lost before anybody took it.

    Should somebody have taken it all the same, there are two events, and the other one can never come back.
    """
    from facilitate.config import read_settings
    from facilitate.handover.give import take_back_event

    recipient = take_back_event(read_settings(ctx.obj), reason)
    click.echo(f"The event goes on here. The bundle for {recipient} must not be taken any more: destroy it.")


@handover.command()
@click.pass_context
def status(ctx: click.Context) -> None:
    """Say where the event is written, how it came there, and which invitations are open."""
    from facilitate.config import read_settings
    from facilitate.handover.give import has_event, standing
    from facilitate.handover.keys import open_invitations

    settings = read_settings(ctx.obj)
    if has_event(settings):
        found = standing(settings)
        click.echo(f"“{found.event}”: " + (found.gone.words if found.gone else "it is written here."))
        click.echo(f"Journal number {found.number}, head {found.head}")
        for when, giver, recipient, ended in found.moves:
            click.echo(f"{when}  from {giver} to {recipient}: {ended}")
    else:
        click.echo("There is no event here yet.")
    for each in open_invitations(settings.folder):
        click.echo(f"An invitation is open: {each.line}")
