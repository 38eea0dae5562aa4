"""Every stage: the event's own address, under which its links stay good wherever it is."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from facilitate.domain.refusal import Refused

_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


def event_address(typed: str) -> str:
    """An address as links begin with it, such as https://forum.example.org; "" for none.

    Errors: `bad-address`.
    """
    given = typed.strip().lower().rstrip("/")
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise _bad() from None
    name = parts.hostname or ""
    whole = f"{parts.scheme}://{name}" + (f":{port}" if port else "")
    if parts.scheme not in ("http", "https") or not _NAME.fullmatch(name) or whole != given:
        raise _bad()
    default = {"http": 80, "https": 443}[parts.scheme]
    return whole.removesuffix(f":{default}") if port == default else whole


def _bad() -> Refused:
    return Refused(
        "bad-address",
        "The event's address is https:// and a name, with a port if need be, such as "
        "https://forum.example.org; or empty.",
        "address",
    )
