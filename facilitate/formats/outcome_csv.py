"""Outcome: its passages as comma-separated values, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from facilitate.formats.outcome_rows import Value, about, outcome_tables

# A spreadsheet takes a cell that begins with one of these for a formula, and may run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def outcome_csv(data: dict[str, Any]) -> bytes:
    """The passages of the outcome as a CSV file, from `outcome_json.outcome_data`.

    Shape: UTF-8 with a mark at its start, by which spreadsheets know it; one row for each passage, and at the
    end of each row which journal number and text it is from, and whose copy.
    """
    stream = StringIO()
    rows = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    head, lines = outcome_tables(data)["Passages"]
    facts = {name: value for name, value in about(data) if name in _KEPT}
    rows.writerow([*head, *(name.lower() for name in facts)])
    for line in lines:
        rows.writerow([safe(value) for value in (*line, *facts.values())])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


_KEPT = ("Status", "Journal number", "Hash of the text", "Marked", "Copy")


def safe(value: Value) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what could be one."""
    words = str(value)
    return f"'{words}" if words.lstrip(" \u00a0").startswith(_FORMULA) else words
