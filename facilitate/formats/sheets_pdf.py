"""Hall: sheets of paper for a round: one for each table, with its passages and room for what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facilitate.formats.typeset import typeset


def sheets_data(
    event: str, title: str, sheets: Sequence[dict[str, Any]], kinds: Sequence[tuple[str, str]], made: int,
    *, rehearsal: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Everything the printed sheets need, as JSON values.

    Shape: each sheet has number and passages (ref, text); kinds are signs with their labels.
    Units: `made` in seconds since 1970.
    """
    return {
        "event": {"name": event, "rehearsal": rehearsal}, "round": title, "made": made,
        "kinds": [{"sign": sign, "label": label} for sign, label in kinds], "sheets": list(sheets),
    }  # fmt: skip


def sheets_pdf(data: dict[str, Any]) -> bytes:
    """The sheets as a tagged PDF, from `sheets_data`."""
    return typeset("sheets/sheets.typ", data, data["made"])
