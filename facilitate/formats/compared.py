"""Sign-off: two wordings of one passage in one line of reading, to mark what came in and what went out."""

from __future__ import annotations

from facilitate.domain.wording import marked_segments, nfc
from facilitate.domain.wording_diff import diff_ops


def compared(then: str | None, now: str | None) -> list[dict[str, str]]:
    """What makes the present words of the former ones; None is a passage that is not there.

    Shape: {kind: keep | delete | insert, text} in reading order; [] where nothing differs.
    """
    before, after = nfc(then or ""), nfc(now or "")
    if before == after:
        return []
    return [{"kind": kind, "text": text} for kind, text in marked_segments(before, diff_ops(before, after))]
