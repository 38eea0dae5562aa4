"""Hall: points that came and are no comments yet: how much is kept of them, and how each one ends."""

from __future__ import annotations

from enum import StrEnum

from facilitate.domain.refusal import Refused

# Units: bytes of one item, items of one device, bytes of one device. A hall of 150 laptops that have all gone
# mad fills a third of a gigabyte with them and no more.
LONGEST = 65_536
MOST = 100
ROOM = 1_000_000


class KeptCause(StrEnum):
    """Why a captured point could not simply become a comment."""

    UNREADABLE = "unreadable"
    SIGNED_OUT = "signed-out"


class KeptState(StrEnum):
    """Where such a point is; it ends as a comment or with a reason."""

    OPEN = "open"
    TYPED_IN = "typed-in"
    ADMITTED = "admitted"
    ARRIVED = "arrived"
    ENDED = "ended"


KEPT_LABELS: dict[KeptState, str] = {
    KeptState.OPEN: "Waits for somebody",
    KeptState.TYPED_IN: "Typed in",
    KeptState.ADMITTED: "Admitted",
    KeptState.ARRIVED: "Has come after all",
    KeptState.ENDED: "Ended",
}


def kept_reference(number: int) -> str:
    """How such a point is called aloud: the third is K-003."""
    return f"K-{number:03d}"


def check_room(size: int, before: int, bytes_before: int) -> None:
    """Refuse what would fill the centre's disk.

    Units: `size` and `bytes_before` in bytes; `before` counts what is kept of this device already.
    Errors: kept-too-long, kept-too-many
    """
    if size > LONGEST:
        raise Refused("kept-too-long", "This point is longer than the centre can keep. It stays on this "
                      "laptop; call for help.")
    if before >= MOST or bytes_before + size > ROOM:
        raise Refused("kept-too-many", "The centre keeps many points of this laptop already that it cannot "
                      "take as they are. The rest stays on this laptop; call for help.")


def move_kept(state: KeptState, to: KeptState, reason: str = "") -> KeptState:
    """The state of a kept point after somebody dealt with it, once.

    Errors: kept-ended, reason-missing
    """
    if state is not KeptState.OPEN:
        raise Refused("kept-ended", "Somebody has dealt with this one meanwhile: "
                      f"{KEPT_LABELS[state].lower()}. Nothing was changed.")
    if to is KeptState.ENDED and not reason.strip():
        raise Refused("reason-missing", "Say in a few words why this one is no comment. It is still kept.",
                      "reason")
    return to
