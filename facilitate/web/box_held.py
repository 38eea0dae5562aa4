"""Ballots: the ballot box that the hub itself starts: another process, which ends when the hub does."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog

from facilitate.certificate import find_certificate
from facilitate.config import EVERYWHERE, Settings, origin
from facilitate.web.box_link import away

log = structlog.get_logger()
# On a machine that has much else to do.
_START_WITHIN = 60.0
COMMAND = ("-m", "facilitate.server", "box")


def hub_origins(settings: Settings) -> list[str]:
    """From where papers may come: once the event has a certificate, from pages by https alone."""
    found = settings.allowed_origins
    return [each for each in found if each.startswith("https://")] if settings.https_base else found


class HeldBox:
    """One life of the process."""

    def __init__(self, settings: Settings, hub: str, port: int) -> None:
        certificate = find_certificate(settings.folder)
        self._name = settings.https_names[0] if certificate else "127.0.0.1"
        self._settings = settings
        self._scheme = "https" if certificate else "http"
        self._ours, theirs = socket.socketpair()
        # The engine makes its sockets return at once; the other process waits for what it reads.
        os.set_blocking(theirs.fileno(), True)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, *COMMAND],
                env=_environment(settings, port), stdin=theirs.fileno(), stdout=theirs.fileno(),
            )  # fmt: skip
        self._ours.settimeout(_START_WITHIN)
        hello = {"hub": hub, "origins": hub_origins(settings)}
        try:
            self._ours.sendall(json.dumps(hello).encode() + b"\n")
            self.said = self._read()
        except (OSError, ValueError) as error:
            log.warning("box-not-started", error=type(error).__name__)
            self.end()
            raise away() from error
        log.info("box-started", port=self.said["port"])

    def _read(self) -> dict[str, Any]:
        said = b""
        while not said.endswith(b"\n"):
            more = self._ours.recv(4096)
            if not more:
                raise OSError("the box has ended")
            said += more
        told: dict[str, Any] = json.loads(said)
        return told

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    @property
    def key(self) -> str:
        """The box's key."""
        return str(self.said["box"])

    @property
    def address(self) -> str:
        """Where devices find it."""
        return origin(self._scheme, self._name, self.said["port"])

    @property
    def reach(self) -> str:
        """Where this machine finds it."""
        return reach_of(self._settings, self.address)

    @property
    def lives(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def end(self) -> None:
        """Let go of the pipe, upon which the box ends, and see it off."""
        self._ours.close()
        with suppress(OSError):
            self._process.kill()
        self._process.wait()


def reach_of(settings: Settings, address: str) -> str:
    """Where this machine finds a box of its own that devices find under this address."""
    parts = urlsplit(address)
    here = "127.0.0.1" if settings.host == EVERYWHERE else settings.host
    return origin(parts.scheme, here, parts.port or 443)


def _environment(settings: Settings, port: int) -> dict[str, str]:
    keys = Path(settings.folder) / "keys"
    certificate = find_certificate(settings.folder)
    return {
        **os.environ,
        "FACILITATE_BOX_HELD": "1",
        "FACILITATE_BOX_FOLDER": str(settings.box_folder),
        "FACILITATE_BOX_HOST": settings.host,
        "FACILITATE_BOX_PORT": str(port),
        "FACILITATE_BOX_CERTIFICATE": str(keys / "hub.crt") if certificate else "",
        "FACILITATE_BOX_KEY": str(keys / "hub.key") if certificate else "",
        "FACILITATE_LOG_LEVEL": settings.log_level,
    }  # fmt: skip
