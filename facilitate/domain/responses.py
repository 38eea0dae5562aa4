"""Hall: how a table answers another table's comment: ours too, we differ, or words that add to it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from facilitate.domain.refusal import Refused


class Response(StrEnum):
    """What one table says of another table's comment; one stands at a time."""

    OURS_TOO = "ours-too"
    WE_DIFFER = "we-differ"
    ADDS = "adds"


RESPONSE_LABELS = {
    Response.OURS_TOO: "ours too",
    Response.WE_DIFFER: "we differ",
    Response.ADDS: "added to it",
}


def check_response(of_table: int, by_table: int, *, stands: bool) -> None:
    """Refuse an answer to one's own comment, or to one that its table took back.

    Errors: own-comment, already-withdrawn
    """
    if of_table == by_table:
        raise Refused("own-comment", "This is your own table's point. Nothing was changed; correct it.",
                      "comment")
    if not stands:
        raise Refused("already-withdrawn", "That table took its point back, so nothing was noted. "
                      "Send what you think as a point of your own.", "comment")


def count_responses(responses: Iterable[str]) -> dict[str, int]:
    """How many tables answered in each way.

    Shape: every response is named, also the ones that nobody gave.
    """
    given = list(responses)
    return {response.value: given.count(response.value) for response in Response}
