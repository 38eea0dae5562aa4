"""Hall: help calls of the tables: reasons, who may know them, the way from the cry to the close."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from facilitate.domain.people import Actor, Role, blocks_of
from facilitate.domain.refusal import Refused
from facilitate.domain.wording import nfc

LONGEST_WORDS = 400
LATE = timedelta(seconds=60)
SOMETHING_ELSE = "Something else"
DEFAULT_REASONS = (
    "Something technical",
    "A delegate needs assistance",
    "A dispute at the table",
    "A question about procedure",
)
DEFAULT_PRIVATE_REASONS = ("Safeguarding",)


class CallState(StrEnum):
    """Where a help call is; the first two are open, and a table has one open call at most."""

    WAITING = "waiting"
    SEEN = "seen"
    CLOSED = "closed"
    TAKEN_BACK = "taken-back"


OPEN_STATES = (CallState.WAITING.value, CallState.SEEN.value)


def is_private(reason: str, reasons: Collection[str], private: Collection[str]) -> bool:
    """Whether a reason is for the area facilitator, the clerk and the chair alone.

    A reason that is on neither list came from an older page; it is kept from others to be safe.
    """
    return reason in private or reason not in {*reasons, SOMETHING_ELSE}


def check_words(words: str | None) -> str:
    """What somebody adds in their own words, composed and without white space around it.

    Errors: words-too-long
    """
    kept = nfc(words or "").strip()
    if len(kept) > LONGEST_WORDS:
        raise Refused("words-too-long", f"A help call has at most {LONGEST_WORDS} characters. Nobody was "
                      "called yet: shorten it, and call again.", "words")
    return kept


def is_late(said: str | None, arrived: datetime) -> bool:
    """Whether a call was made well before it arrived, as a laptop without a connection makes it."""
    try:
        made = datetime.fromisoformat(said or "")
    except ValueError:
        return False
    return made.tzinfo is not None and arrived - made > LATE


def still_cried(cries: Sequence[dict[str, Any]], taken_back: Collection[str]) -> list[dict[str, Any]]:
    """The cries of a call once the table has taken some of them back.

    Shape: all cries, those taken back marked so; what was said stays on record.
    """
    return [{**cry, "back": cry["back"] or cry["item"] in taken_back} for cry in cries]


def check_block(actor: Actor, block: str) -> None:
    """Refuse an area facilitator what belongs to another block; chair, clerk and theme team have all.

    Errors: not-your-block
    """
    elsewhere = actor.roles & {Role.CHAIR, Role.CLERK, Role.THEME_TEAM}
    if elsewhere or {"*", block} & set(blocks_of(actor)):
        return
    raise Refused("not-your-block", "This table is in another block. Nothing was changed; its own area "
                  "facilitator, the clerk or the chair can do it.")


def acknowledge(state: CallState, seen_by: str | None, by: str, name: str) -> CallState:
    """The state of a call once somebody is on the way; the first one is.

    Errors: call-ended, already-seen
    """
    _check_open(state)
    if state is CallState.SEEN and seen_by != by:
        raise Refused("already-seen", f"{name} has seen this call and is on the way. You can still close it.")
    return CallState.SEEN


def close(state: CallState) -> CallState:
    """The state of a call once the table has been helped.

    Errors: call-ended
    """
    _check_open(state)
    return CallState.CLOSED


def _check_open(state: CallState) -> None:
    if state is CallState.TAKEN_BACK:
        raise Refused("call-ended", "The table has taken this call back. There is nothing left to do.")
    if state is CallState.CLOSED:
        raise Refused("call-ended", "This call is closed already. There is nothing left to do.")
