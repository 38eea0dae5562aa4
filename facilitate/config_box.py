"""Ballots: the settings of one ballot box, read once from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from environs import Env

from facilitate.certificate import names_of
from facilitate.config import EVERYWHERE, origin, own_addresses, read_port
from facilitate.domain.refusal import Refused

_THIS_MACHINE = ("127.0.0.1", "localhost")


@dataclass(frozen=True)
class BoxSettings:
    """One ballot box's settings.

    Shape: `certificate` holds the files of the certificate and its key, and `name` one that it is good for.
    """

    folder: Path
    host: str
    port: int
    certificate: tuple[str, str] | None
    name: str
    log_level: str

    @property
    def address(self) -> str:
        """Where the hub and the delegates' devices find this box."""
        return origin("https" if self.certificate else "http", self.name, self.port)

    @property
    def words(self) -> str:
        """What the operator reads once the box listens."""
        return f"The ballot box listens at {self.address}"

    def show_code(self, code: str) -> None:
        """Show a code for pairing to whoever holds the box."""
        print(f"To pair it, type at the chair’s desk: {self.address} and the code {code}", flush=True)  # noqa: T201


def read_box_settings() -> BoxSettings:
    """The settings of the box that this process serves.

    Errors: `bad-setting`, `box-needs-https` where others could read what delegates send.
    """
    env = Env()
    host = env.str("FACILITATE_BOX_HOST", "127.0.0.1")
    files = (env.str("FACILITATE_BOX_CERTIFICATE", ""), env.str("FACILITATE_BOX_KEY", ""))
    certificate = files if all(files) else None
    if certificate is None and host not in _THIS_MACHINE:
        raise Refused(
            "box-needs-https",
            "A ballot box is reached by https alone: over plain http everybody in the Wi-Fi could read the "
            "papers. Give it a certificate and its key.",
        )
    names = names_of(Path(files[0])) if certificate else ()
    here = own_addresses()[0] if host == EVERYWHERE else host
    return BoxSettings(
        folder=Path(env.str("FACILITATE_BOX_FOLDER")).resolve(),
        host=host,
        port=read_port(env, "FACILITATE_BOX_PORT", 8444),
        certificate=certificate,
        name=names[0] if names else here,
        log_level=env.str("FACILITATE_LOG_LEVEL", "INFO"),
    )
