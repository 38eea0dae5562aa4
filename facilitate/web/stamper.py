"""Ballots: the hub's side of the registrar's worker: asks in batches, starts it again when it has died."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from facilitate.batches import Batches, Waiting
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import bid_hash

LARGEST_BATCH = 50
# For a batch of stamps or the keys of one ballot, on a machine that has much else to do.
PATIENCE = 60.0
log = structlog.get_logger()


@dataclass
class _Asked(Waiting):
    line: bytes
    answer: dict[str, Any] | None = None


class _Worker:
    """One life of the process, reached over a pair of sockets: no engine blocks on them."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = socket.socketpair()
        # The engine makes its sockets return at once; the other process waits for what it reads.
        os.set_blocking(theirs.fileno(), True)
        with theirs:
            command = [sys.executable, "-m", "facilitate.stamping", str(folder)]
            self._process = subprocess.Popen(command, stdin=theirs.fileno(), stdout=theirs.fileno())  # noqa: S603
        self._ours.settimeout(PATIENCE)
        self._rest = b""

    @property
    def pid(self) -> int:
        return self._process.pid

    def converse(self, lines: Sequence[bytes]) -> list[dict[str, Any]]:
        """One answer for each line; OSError where the process dies or says nothing for too long."""
        self._ours.sendall(b"".join(lines))
        return [json.loads(self._line()) for _ in lines]

    def _line(self) -> bytes:
        while b"\n" not in self._rest:
            more = self._ours.recv(1 << 16)
            if not more:
                raise OSError("the worker has ended")
            self._rest += more
        line, self._rest = self._rest.split(b"\n", 1)
        return line

    def end(self) -> None:
        self._ours.close()
        with suppress(OSError):
            self._process.kill()
        self._process.wait()


class Stamper:
    """What stamps: keys stay with its worker, which starts when it is first needed."""

    def __init__(self, folder: Path, spawn: Callable[..., Any], sleep: Callable[[float], None]) -> None:
        self._folder = folder
        # Everybody who is ready is stamped in one conversation.
        self._batches = Batches(self._answer, LARGEST_BATCH, spawn, sleep)
        self._worker: _Worker | None = None

    @property
    def pid(self) -> int | None:
        """The worker's process, if there is one."""
        return self._worker.pid if self._worker else None

    def make_key(self, bid: str, group: int) -> int:
        """The public modulus of the key of a ballot's group: a fresh one, or the one made before.

        Errors: stamp-not-made
        """
        found = self._ask({"act": "make", "ballot": bid_hash(bid).hex(), "group": group})
        if "n" not in found:
            raise _not_made()
        return int(found["n"], 16)

    def sign(self, bid: str, group: int, blinded: bytes) -> bytes:
        """The blind signature of one blinded message.

        Errors: stamp-not-made, blinded-malformed, ballot-state
        """
        found = self._ask(
            {"act": "sign", "ballot": bid_hash(bid).hex(), "group": group, "blinded": blinded.hex()})
        match found.get("refused"):
            case None:
                return bytes.fromhex(found["signed"])
            case "blinded-malformed":
                raise Refused("blinded-malformed", "What your device asks a stamp for cannot be read. "
                              "Nothing was stamped; reload the page.", "blinded")
            case "no-such-key":
                raise Refused("ballot-state", "Nothing is stamped for this ballot any more. Nothing was "
                              "changed.", "ballot")
        raise _not_made()

    def forget(self, bid: str) -> None:
        """Delete the private keys of a ballot.

        Errors: stamp-not-made
        """
        if "refused" in self._ask({"act": "forget", "ballot": bid_hash(bid).hex()}):
            raise _not_made()

    def close(self) -> None:
        """End the worker."""
        worker, self._worker = self._worker, None
        if worker:
            worker.end()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        asked = _Asked(json.dumps(request).encode() + b"\n")
        self._batches.enter(asked)
        asked.done.wait()
        if asked.answer is None:
            raise _not_made()
        return asked.answer

    def _answer(self, batch: list[_Asked]) -> None:
        # Every request may be made twice; so a worker that died in the middle is no reason to bother people.
        for _ in range(2):
            try:
                self._worker = self._worker or _Worker(self._folder)
                answers = self._worker.converse([asked.line for asked in batch])
            except (OSError, ValueError):
                log.exception("registrar-worker-died", requests=len(batch))
                self.close()
                continue
            for asked, answer in zip(batch, answers, strict=True):
                asked.answer = answer
            return


def _not_made() -> Refused:
    return Refused("stamp-not-made", "The registrar does not answer. Nothing was stamped and nothing was "
                   "lost; it is tried again by itself.")
