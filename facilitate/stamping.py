"""Ballots: the registrar's worker, a process of its own: makes a ballot's keys, stamps, and forgets them."""

from __future__ import annotations

import json
import os
import resource
import secrets
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import gmpy2
from cryptography.hazmat.primitives.asymmetric import rsa

from facilitate.domain.blind_stamps import EXPONENT

BITS = 2048


class CannotStampError(Exception):
    """A request that the worker cannot do; its name is the answer."""


@dataclass(frozen=True)
class SecretKey:
    """One group's key with its Chinese remainders."""

    n: int
    p: int
    q: int
    dp: int
    dq: int
    q_inverse: int

    def sign(self, blinded: bytes) -> bytes:
        """The blind signature, in constant time and checked.

        Source: RFC 9474, 4.3; RFC 8017, 5.2.1
        """
        message, size = int.from_bytes(blinded), -(-self.n.bit_length() // 8)
        if len(blinded) != size or not 0 < message < self.n:
            raise CannotStampError("blinded-malformed")
        # Whoever asks has chosen the message: covered once more, it says nothing about the time that follows.
        factor = secrets.randbelow(self.n - 1) + 1
        covered = message * pow(factor, EXPONENT, self.n) % self.n
        by_p = int(gmpy2.powmod_sec(covered % self.p, self.dp, self.p))
        by_q = int(gmpy2.powmod_sec(covered % self.q, self.dq, self.q))
        signed = by_q + (by_p - by_q) * self.q_inverse % self.p * self.q
        uncovered = signed * pow(factor, -1, self.n) % self.n
        # One wrong remainder would give the key away.
        if pow(uncovered, EXPONENT, self.n) != message:
            raise CannotStampError("signing-failed")
        return uncovered.to_bytes(size)


def make_key() -> SecretKey:
    """A fresh key, by the system's chance."""
    numbers = rsa.generate_private_key(EXPONENT, BITS).private_numbers()
    n = numbers.public_numbers.n
    return SecretKey(n, numbers.p, numbers.q, numbers.dmp1, numbers.dmq1, numbers.iqmp)


class KeyFolder:
    """The keys of the ballots that are announced or open: a file for each, for the owner's eyes only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, list[SecretKey]] = {}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)

    def make(self, ballot: str, group: int) -> SecretKey:
        """The key of a ballot's group, made now if there is none: asked twice, it is the same."""
        try:
            keys = self.get(ballot)
        except CannotStampError:
            keys = []
        if group >= len(keys):
            keys = keys + [make_key() for _ in range(len(keys), group + 1)]
            self._write(ballot, keys)
            self._held[ballot] = keys
        return keys[group]

    def get(self, ballot: str) -> list[SecretKey]:
        """The keys of a ballot that has some."""
        if ballot not in self._held:
            try:
                plain = json.loads(self._file(ballot).read_text())
            except FileNotFoundError as error:
                raise CannotStampError("no-such-key") from error
            self._held[ballot] = [SecretKey(**{name: int(value, 16) for name, value in key.items()})
                                  for key in plain]
        return self._held[ballot]

    def forget(self, ballot: str) -> None:
        """Nothing can be stamped for this ballot any more."""
        self._held.pop(ballot, None)
        self._file(ballot).unlink(missing_ok=True)
        self._sync()

    def _file(self, ballot: str) -> Path:
        if len(ballot) != 64 or not set(ballot) <= set("0123456789abcdef"):
            raise CannotStampError("ballot-malformed")
        return self._folder / f"{ballot}.json"

    def _write(self, ballot: str, keys: list[SecretKey]) -> None:
        place = self._file(ballot)
        passing = place.with_suffix(".new")
        passing.unlink(missing_ok=True)
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump([{name: f"{value:x}" for name, value in asdict(key).items()} for key in keys], file)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(place)
        self._sync()

    def _sync(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def answer(keys: KeyFolder, asked: dict[str, Any]) -> dict[str, Any]:
    """What becomes of one request.

    Shape: `ballot` is the hash of its name in hex. make, with `group`: {"n": hex}; sign, with `group` and
    `blinded`: {"signed": hex}; forget: {}; else {"refused": why}.
    """
    try:
        ballot = asked["ballot"]
        match asked["act"]:
            case "make":
                return {"n": f"{keys.make(ballot, asked['group']).n:x}"}
            case "sign":
                held = keys.get(ballot)
                if asked["group"] not in range(len(held)):
                    raise CannotStampError("no-such-key")
                return {"signed": held[asked["group"]].sign(bytes.fromhex(asked["blinded"])).hex()}
            case "forget":
                keys.forget(ballot)
                return {}
        return {"refused": "act-unknown"}
    except CannotStampError as error:
        return {"refused": str(error)}
    except ValueError:
        return {"refused": "blinded-malformed"}


def work(folder: Path, requests: Iterable[str], answers: TextIO) -> None:
    """Answer each line of JSON with one, until there are no more; private keys never leave the folder."""
    keys = KeyFolder(folder)
    for line in requests:
        answers.write(json.dumps(answer(keys, json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    # A crash must not leave keys in a file.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    work(Path(sys.argv[1]), iter(sys.stdin.readline, ""), sys.stdout)
