"""Before: the command that makes the hub's certificate and says how each kind of device comes to trust it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

TRUST = """
Every laptop has to trust the event's authority once; until then browsers warn, and no page opens offline.
On the laptop, open {ca} and save the file (or bring it on a stick). Compare its fingerprint (SHA-256):
  {fingerprint}
Then:
  Windows         open the file, Install Certificate, Local Machine, “Trusted Root Certification Authorities”;
                  or as administrator: certutil -addstore Root ca.crt
  macOS           open the file in Keychain Access (System), set it to Always Trust; or:
                  sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain ca.crt
  Linux           Chromium: certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n facilitate -i ca.crt
  ChromeOS        Settings, Security, Manage certificates, Authorities, Import
  Firefox         Settings, Privacy & Security, View Certificates, Authorities, Import
  iPhone, iPad    open the file, install the profile in Settings; General, About, Certificate Trust Settings
  Android         Settings, Security, Encryption & credentials, Install a certificate, CA certificate
It is trusted for this event's names and for private networks only. After the event, take it off again."""


@click.command()
@click.option("--name", "names", multiple=True, help="A name of the hub; links use the first one.")
@click.option("--take", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Take this certificate (PEM, with its chain) instead of making one.")  # fmt: skip
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The key of --take.")  # fmt: skip
@click.pass_context
def certificate(ctx: click.Context, names: tuple[str, ...], take: Path | None, key: Path | None) -> None:
    """Give the hub https, without which no laptop works offline; again when its names change."""
    from facilitate.certificate import make_certificate, moment, take_certificate
    from facilitate.config import own_addresses, read_settings

    folder = read_settings(ctx.obj).folder
    if not folder.is_dir():
        raise click.ClickException(f"There is no event in {folder}. Make one with “facilitate new”.")
    if (take is None) != (key is None):
        raise click.UsageError("--take and --key go together.")
    if take and key:
        take_certificate(folder, take, key, moment())
    else:
        make_certificate(folder, list(names), own_addresses(), moment())
    for line in _said(ctx.obj):
        click.echo(line)


def _said(event: Path | None) -> Iterator[str]:
    from facilitate.certificate import authority_fingerprint, find_certificate
    from facilitate.config import read_settings

    settings = read_settings(event)
    made = find_certificate(settings.folder)
    assert made is not None
    yield f"The hub’s certificate is good for {', '.join(made.names)} until {made.ends:%d %B %Y}."
    whose = "Links and cards of the table laptops lead" if made.own else "Links and cards lead"
    yield f"Served again, the hub answers at {settings.https_base} as well. {whose} there."
    if made.own:
        ca = f"http://{made.names[0]}:{settings.port}/ca.crt"
        yield TRUST.format(ca=ca, fingerprint=authority_fingerprint(settings.folder))
