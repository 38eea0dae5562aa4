"""Sign-off: until when a text is to be signed, and how long that is; nothing is signed by silence."""

from __future__ import annotations

from datetime import datetime, timedelta

from facilitate.domain.programme import read_local, to_local, to_utc
from facilitate.domain.refusal import Refused


def read_deadline(words: str, zone: str, now: datetime, before: datetime | None = None) -> datetime:
    """A deadline as the clerk writes it, a local date and time.

    Units: UTC
    Errors: bad-time, time-does-not-exist, deadline-past, deadline-not-later
    """
    found = to_utc(read_local(words), zone)
    if found <= now:
        raise Refused("deadline-past", "That is over already. Nothing was changed.", "sign_by")
    if before is not None and found <= before:
        raise Refused(
            "deadline-not-later", "A deadline can be extended, not cut short. Nothing was changed.", "sign_by"
        )
    return found


def deadline_words(until: datetime, zone: str, now: datetime) -> str:
    """Until when to sign, and how much time is left, or since when it is overdue."""
    local = to_local(until, zone)
    at = f"{local.day} {local:%B %Y, %H:%M}"
    if now >= until:
        return f"Overdue: it was to be signed by {at}, {_span(now - until)} ago."
    return f"Sign by {at}: {_span(until - now)} left."


def _span(time: timedelta) -> str:
    minutes = max(1, int(time.total_seconds() // 60))
    for size, name in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= 2 * size or size == 1:
            return f"{minutes // size:,} {name}{'' if minutes // size == 1 else 's'}"
    return ""
