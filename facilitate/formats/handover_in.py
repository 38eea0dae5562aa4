"""Hall: reads what a laptop hands over without a network: its file, or the text of its numbered codes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

from facilitate.domain.refusal import Refused

# Units: bytes of one hand-over when unpacked; a laptop types a few kilobytes in a day.
LONGEST = 8_000_000
MOST = 5_000
_CODE = re.compile(r"FACILITATE:([0-9A-F]{16}):([0-9]{1,4}):([0-9]{1,4}):([A-Z2-7]+)")


@dataclass(frozen=True)
class HandedOver:
    """Everything that one laptop handed over.

    Shape: `entries` are mappings with table and command, in the order in which the laptop kept them.
    """

    event: str
    device: str
    entries: tuple[dict[str, Any], ...]


def read_file(content: bytes) -> HandedOver:
    """A file that a laptop saved.

    Errors: `handover-unreadable`, `handover-damaged`.
    """
    try:
        whole = json.loads(content)
        body, told = whole["body"].encode(), whole["sha256"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unreadable("This is not a file that a table's laptop saved") from None
    if hashlib.sha256(body).hexdigest() != told:
        told = "This file was changed or cut short on its way. Nothing was read in; save it again."
        raise Refused("handover-damaged", told, "file")
    return _bundle(body)


def read_codes(text: str) -> HandedOver:
    """The codes of one laptop as text, in any order, each perhaps several times.

    Errors: `handover-unreadable`, `handover-mixed`, `codes-missing`, `handover-damaged`.
    """
    found = _CODE.findall("".join(text.upper().split()).replace("FACILITATE:", "\nFACILITATE:"))
    if not found:
        raise _unreadable("There is no code of a table's laptop in this")
    if len({(key, of) for key, _, of, _ in found}) > 1:
        several = "These codes are of several hand-overs. Nothing was read in; read in one after the other."
        raise Refused("handover-mixed", several, "codes")
    parts = {int(number): part for _, number, _, part in found}
    missing = missing_codes(text)
    if missing:
        lacking = f"Of {found[0][2]} codes these are missing: {', '.join(map(str, missing[:20]))}."
        raise Refused("codes-missing", f"{lacking} Nothing was read in; read or paste them too.", "codes")
    body = _unpacked("".join(parts[number] for number in sorted(parts)))
    if hashlib.sha256(body).hexdigest()[:16].upper() != found[0][0]:
        raise _damaged()
    return _bundle(body)


def missing_codes(text: str) -> list[int]:
    """Which numbers of a sequence of codes are not in a text."""
    found = _CODE.findall("".join(text.upper().split()).replace("FACILITATE:", "\nFACILITATE:"))
    here = {int(number) for _, number, _, _ in found}
    return [n for n in range(1, int(found[0][2]) + 1) if n not in here] if found else []


def _unpacked(letters: str) -> bytes:
    try:
        packed = base64.b32decode(letters + "=" * (-len(letters) % 8))
        unpacking = zlib.decompressobj(wbits=31)
        body = unpacking.decompress(packed, LONGEST)
    except (binascii.Error, zlib.error):
        raise _damaged() from None
    if not unpacking.eof:
        raise _damaged()
    return body


def _bundle(body: bytes) -> HandedOver:
    try:
        given = json.loads(body)
        event, device, entries = given["event"], given["device"], given["entries"]
    except (ValueError, KeyError, TypeError):
        raise _unreadable("This is not what a table's laptop hands over") from None
    fits = isinstance(event, str) and isinstance(device, str) and isinstance(entries, list)
    if not fits or len(entries) > MOST or not all(isinstance(each, dict) for each in entries):
        raise _unreadable("This is not what a table's laptop hands over")
    return HandedOver(event, device[:64], tuple(entries))


def _unreadable(sentence: str) -> Refused:
    return Refused("handover-unreadable", f"{sentence}. Nothing was read in.", "file")


def _damaged() -> Refused:
    told = "One of these codes was not read rightly. Nothing was read in; read them once more."
    return Refused("handover-damaged", told, "codes")
