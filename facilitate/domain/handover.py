"""Every stage: the event moves from host to host: who is invited to take it, and how its old copy says no."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from facilitate.domain.codes import tidy_code
from facilitate.domain.refusal import Refused

# Crockford's alphabet without the letters that are read as figures.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_KEY_LETTERS = 52
_CHECK_LETTERS = 4
_GROUP = 4
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")


class HandoverState(StrEnum):
    """Where one move of the event is."""

    GIVEN = "given"
    TAKEN = "taken"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class Invitation:
    """A machine invites the event: its name, and the public half of a key made for this move.

    Shape: `key` is 32 bytes, X25519.
    """

    name: str
    key: bytes

    @property
    def mark(self) -> str:
        """By what bundle and journal name the key."""
        return hashlib.sha256(self.key).hexdigest()[:16]

    @property
    def line(self) -> str:
        """One line: the name, then the key in groups of four letters, of which the last checks both."""
        letters = _letters(int.from_bytes(self.key, "big") << 4, _KEY_LETTERS)
        letters += _check(self.name, letters)
        return f"{self.name}:" + "-".join(
            letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)
        )


def read_invitation(typed: str) -> Invitation:
    """An invitation from its line, however it was typed.

    Errors: `bad-invitation`.
    """
    name, _, rest = typed.strip().partition(":")
    letters = tidy_code(rest)
    name = name.strip().lower()
    if len(letters) != _KEY_LETTERS + _CHECK_LETTERS or not set(letters) <= set(_ALPHABET):
        raise Refused(
            "bad-invitation",
            "This is no whole invitation: a machine's name, a colon and fourteen groups of four letters and "
            "figures. Nothing was changed.",
        )
    key, check = letters[:_KEY_LETTERS], letters[_KEY_LETTERS:]
    number = 0
    for letter in key:
        number = number << 5 | _ALPHABET.index(letter)
    if check != _check(name, key) or number & 15:
        raise Refused(
            "bad-invitation",
            "A letter of this invitation is wrong, or its name. Compare it group by group with the machine "
            "that made it. Nothing was changed.",
        )
    return Invitation(name, (number >> 4).to_bytes(32, "big"))


def machine_name(given: str) -> str:
    """A machine's name as an invitation can say it.

    Errors: `bad-name`.
    """
    name = given.strip().lower()
    if not _NAME.fullmatch(name):
        raise Refused(
            "bad-name",
            "A machine's name has at most 40 letters, figures, dots and hyphens: give one with --name.",
        )
    return name


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(count)))


def _check(name: str, letters: str) -> str:
    digest = hashlib.sha256(f"{name}:{letters}".encode()).digest()
    return _letters(int.from_bytes(digest[:3], "big") >> 4, _CHECK_LETTERS)


def where_it_goes_on(recipient: str, address: str) -> str:
    """Where the event goes on, in words: its own address if it has one, and the machine."""
    return f"at {address} ({recipient})" if address else f"at {recipient}"


def copy_words(recipient: str, address: str, local: datetime) -> str:
    """What stands on every page of a copy that the event has left.

    Units: `local` in the event's zone.
    """
    where = where_it_goes_on(recipient, address)
    return f"A copy to read. Since {local:%-d %B %Y, %H:%M} the event goes on {where}."


def handed_over(recipient: str, address: str, local: datetime) -> Refused:
    """How a copy refuses to write."""
    return Refused(
        "handed-over",
        f"The event was handed over to {recipient} on {local:%-d %B %Y at %H:%M} and goes on "
        f"{where_it_goes_on(recipient, address)}. This is a copy to read. Nothing was changed here.",
    )
