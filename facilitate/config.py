"""Every stage: the settings of one hub, read once from the environment and the command line."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from environs import Env

from facilitate.domain.refusal import Refused

if TYPE_CHECKING:
    from facilitate.certificate import Certificate

# Whose devices the organisers prepare, and teach to trust the event's authority.
_PREPARED = ("facilitator", "scribe", "kiosk")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - the whole room, when the operator asks for it


@dataclass(frozen=True)
class Settings:
    """One hub's settings.

    Shape: `folder` holds the event (database, keys); `origins` are the names under which browsers may come.
    """

    folder: Path
    database_url: str
    host: str = "127.0.0.1"
    port: int = 8080
    origins: tuple[str, ...] = ()
    # Where https is served beside http, once the event has a certificate, and the names that it is good for.
    https_port: int = 8443
    https_names: tuple[str, ...] = ()
    # The event's own authority made it: the table laptops trust that, the delegates' phones do not.
    https_own: bool = False
    # The event's own address, the same wherever it is served; "" where it has none.
    address: str = ""
    log_level: str = "INFO"
    # Where the ballot box listens and keeps its papers, which the hub starts once a stamped ballot needs it.
    box_port: int = 8444
    box_folder: Path | None = None
    # Within how many seconds, by chance, devices have their ballots stamped after an announcement.
    stamp_jitter: int = 8
    # Only for `facilitate bench`: doors for measuring, and a hub that keeps nothing to be measured against.
    bench: bool = False
    store_off: bool = False

    @property
    def allowed_origins(self) -> list[str]:
        """Every origin from which a page may talk to this hub; never empty, since empty means everybody."""
        names = {"localhost", "127.0.0.1", *([self.host] if self.host != EVERYWHERE else own_addresses())}
        plain = {origin("http", name, self.port) for name in names}
        secure = {origin("https", name, self.https_port) for name in self.https_names}
        return sorted(plain | secure | set(self.origins) | ({self.address} if self.address else set()))

    @property
    def https_base(self) -> str | None:
        """The address for links and cards where the event has a certificate."""
        return origin("https", self.https_names[0], self.https_port) if self.https_names else None

    @property
    def secure_page(self) -> str | None:
        """Where the pages are to be had by https: under the event's own address, or this machine's name."""
        return self.address if self.address.startswith("https://") else self.https_base

    @property
    def box_base(self) -> str | None:
        """Where devices will find the ballot box that the hub starts, as far as that is known beforehand."""
        known = self.https_names and self.box_port
        return origin("https", self.https_names[0], self.box_port) if known else None

    def key(self, name: str) -> bytes:
        """A secret of this event, made on first use and kept beside its database with mode 0600."""
        path = self.folder / "keys" / name
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(secrets.token_bytes(32))
        return path.read_bytes()


    def https_base_for(self, role: str) -> str | None:
        """Where a link for somebody of this role leads, if it leads by a name: the event's own before all."""
        return self.address or self.https_base if role in _PREPARED or not self.https_own else None


def origin(scheme: str, name: str, port: int) -> str:
    """An origin as browsers write it: without the port that goes without saying."""
    return f"{scheme}://{name}" if port == {"http": 80, "https": 443}[scheme] else f"{scheme}://{name}:{port}"


def own_addresses() -> list[str]:
    """The names and addresses under which this machine can be reached in the room; addresses come first."""
    name = socket.gethostname()
    found = {name, f"{name}.local"}
    with suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(name, None, socket.AF_INET)}
    # Sends nothing: it only asks which of our addresses would be used on a private network.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("10.255.255.255", 1))
        found.add(str(probe.getsockname()[0]))
    return sorted(found, key=lambda each: (not _is_address(each), each.startswith("127."), each))


def _is_address(name: str) -> bool:
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def read_settings(
    folder: str | Path | None = None,
    *,
    host: str | None = None,
    port: int | None = None,
) -> Settings:
    """The settings from the command line, then the environment, then the defaults.

    Errors: `bad-setting` with the name of the setting.
    """
    env = Env()
    env.read_env(".env", recurse=False)
    place = Path(folder or env.str("FACILITATE_EVENT", "events/event")).resolve()
    url = env.str("FACILITATE_DATABASE_URL", "") or f"sqlite+pysqlite:///{place / 'event.db'}"
    address = host or env.str("FACILITATE_HOST", "127.0.0.1")
    _check_host(address)
    certified = _certified(place)
    return Settings(
        folder=place,
        database_url=url,
        host=address,
        port=read_port(env, "FACILITATE_PORT", 8080) if port is None else port,
        origins=tuple(str(origin) for origin in env.list("FACILITATE_ORIGINS", list[str]()) if origin),
        https_port=read_port(env, "FACILITATE_HTTPS_PORT", 8443),
        https_names=certified.names if certified else (),
        https_own=certified.own if certified else False,
        log_level=env.str("FACILITATE_LOG_LEVEL", "INFO"),
        box_port=read_port(env, "FACILITATE_BOX_PORT", 8444),
        box_folder=Path(env.str("FACILITATE_BOX_FOLDER", "") or place / "box").resolve(),
        stamp_jitter=_jitter(env),
        bench=env.bool("FACILITATE_BENCH", False),
        store_off=_store_off(env),
    )


def _jitter(env: Env) -> int:
    seconds = env.int("FACILITATE_STAMP_JITTER", 8)
    if not 0 <= seconds <= 60:
        raise Refused("bad-setting", f"FACILITATE_STAMP_JITTER is {seconds}; it must be between 0 and 60.")
    return seconds


def read_port(env: Env, name: str, default: int) -> int:
    """A port from the environment.

    Errors: `bad-setting`.
    """
    number = env.int(name, default)
    if not 0 <= number <= 65535:
        raise Refused("bad-setting", f"{name} is {number}; it must be between 0 and 65535.")
    return number


def _certified(folder: Path) -> Certificate | None:
    if not (folder / "keys" / "hub.crt").is_file():
        return None
    from facilitate.certificate import find_certificate

    return find_certificate(folder)


def _store_off(env: Env) -> bool:
    off = env.bool("FACILITATE_STORE_OFF", False)
    if off and not env.bool("FACILITATE_BENCH", False):
        raise Refused(
            "bad-setting", "FACILITATE_STORE_OFF is for the bench alone: such a hub would keep nothing."
        )
    return off


def _check_host(address: str) -> None:
    if address == "localhost":
        return
    try:
        ipaddress.ip_address(address)
    except ValueError as error:
        raise Refused(
            "bad-setting", f"FACILITATE_HOST is “{address}”; it must be an IP address such as 0.0.0.0."
        ) from error
