"""After: the command that archives an event for good, and what `verify` says of such an archive."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("event", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def archive(event: Path, file: Path) -> None:
    """Put the event in the folder EVENT into FILE, a ZIP that needs no software of ours to be read."""
    from facilitate.archive import write_archive
    from facilitate.config import read_settings
    from facilitate.domain.refusal import Refused
    from facilitate.store.session import open_store, read_sessions

    settings = read_settings(event)
    local = settings.folder / "event.db"
    if settings.database_url.endswith(str(local)) and not local.is_file():
        raise Refused("no-event", f"There is no event in {settings.folder}. Nothing was written.")
    database = open_store(settings.database_url)
    try:
        # One snapshot from first to last: a hub may go on writing meanwhile.
        with read_sessions(database.execution_options(isolation_level="REPEATABLE READ")
                           if database.dialect.name == "postgresql" else database)() as session:
            done = write_archive(session, settings.folder / "keys", file)
    finally:
        database.dispose()
    click.echo(f"{file} holds the event up to journal number {done.number}, in {done.files} files.")
    click.echo(f"Head of the journal: {done.head}")
    click.echo(f"Hash of the manifest: {done.seal}")
    click.echo("Note this hash where nobody can change it: in the minutes, on paper, with the signatories.")


def is_archive(file: Path | None) -> bool:
    """Whether what is to be verified is an archive, not an event's database."""
    if file is None:
        return False
    with file.open("rb") as content:
        return file.suffix.lower() == ".zip" or content.read(4) == b"PK\3\4"


def verify_archive(file: Path, seal: str | None) -> int:
    """Say whether an archive holds; `seal` is the manifest's hash as it was noted, if it was."""
    from facilitate.archive_signature import check_signature
    from facilitate.formats.archive_check import Finding, check, seal_of

    findings = check(file)
    wrong, signed_by = ([], None) if findings else check_signature(file)
    findings += wrong
    if not findings and seal and seal_of(file) != seal.lower():
        findings.append(Finding("seal-differs", "This is another archive than the one whose hash was noted."))
    for finding in findings:
        click.echo(f"{finding.sentence} ({finding.code})", err=True)
    if findings:
        click.echo(f"The archive does NOT hold: {len(findings)} differences.")
        return 1
    click.echo(f"The archive holds. Its manifest has the hash {seal_of(file)}")
    if signed_by:
        click.echo(f"It is signed. The SHA-256 of the certificate of the event’s key: {signed_by}")
    return 0
