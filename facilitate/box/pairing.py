"""Ballots: how a hub and a box on another machine come to know one another: by a code that people carry."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any

from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import canonical

CODE_LENGTH = 8
# Without letters and figures that are taken for one another.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MOST_TRIES = 5
# So slow that nobody who saw a pairing on the network can try all codes afterwards.
_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024, "dklen": 32}
_SALT = b"facilitate-pairing/1\0"


def new_code() -> str:
    """A code for one pairing."""
    return "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))


def proof(code: str, side: str, said: dict[str, Any]) -> str:
    """What only somebody who knows the code can say; it takes a tenth of a second."""
    tidy = "".join(sign for sign in code.upper() if sign.isalnum())
    key = hashlib.scrypt(tidy.encode(), salt=_SALT, **_SCRYPT)
    return hmac.digest(key, side.encode() + b"\0" + canonical(said), "sha256").hex()


def is_proven(code: str, side: str, message: dict[str, Any]) -> bool:
    """Whether a message's sender knows the code."""
    said = {key: value for key, value in message.items() if key != "proof"}
    return hmac.compare_digest(proof(code, side, said), str(message.get("proof")))


class Code:
    """The code that a box shows until a hub has named it; it dies after a few wrong tries."""

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show
        self._renew()

    def _renew(self) -> None:
        self.text = new_code()
        self._tries = 0
        self._show(self.text)

    def check(self, message: dict[str, Any]) -> None:
        """Let a hub in that knows the code.

        Errors: `pairing-code-wrong`.
        """
        if is_proven(self.text, "hub", message):
            return
        self._tries += 1
        if self._tries >= MOST_TRIES:
            self._renew()
        raise Refused("pairing-code-wrong", "This is not the code that the ballot box shows now.", "code")
