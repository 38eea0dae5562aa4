"""Outcome: the printed edition, a tagged PDF (PDF/UA-1 and PDF/A-3a in one file)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from facilitate.formats.typeset import typeset


def outcome_pdf(data: dict[str, Any]) -> bytes:
    """The outcome as it is printed, from `outcome_json.outcome_data`.

    Shape: with data["seal"] {certificate, key} it is signed, both as PEM.
    """
    made = int(datetime.fromisoformat(data["generated"]["utc"]).timestamp())
    printed = {key: value for key, value in data.items() if key != "seal"}
    printed["passages"] = _with_levels(data["passages"])
    body = typeset("outcome/outcome.typ", printed, made)
    if "seal" not in data:
        return body
    from facilitate.formats.sealed_pdf import sealed_pdf

    return sealed_pdf(body, **data["seal"], reason=f"Sealed text {data['sealed']}")


def _with_levels(passages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The passages, headings with a level below "The text"; no level is skipped (PDF/UA-1, 7.4.2)."""
    found: list[dict[str, Any]] = []
    last = 1
    for passage in passages:
        if passage["kind"] == "heading" and passage["final"] is not None:
            last = min(2 + passage["depth"], last + 1, 4)
            found.append({**passage, "level": last})
        else:
            found.append(passage)
    return found
