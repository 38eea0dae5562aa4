"""Before the event and during it: reads substitutes for delegates from CSV, row by row, all or nothing."""

from __future__ import annotations

from typing import Any

from facilitate.formats.csv_in import YES, one_line
from facilitate.formats.csv_table import ReadTable, open_sheet

SUBSTITUTES = {
    "delegate": ("replaces", "instead of", "delegate name", "original delegate"),
    "delegation": ("delegation code", "body", "code", "clp"),
    "name": ("substitute", "substitute name", "replacement", "full name"),
    "email": ("e-mail", "email address", "mail"),
    "reason": ("why", "note"),
    "here": ("already here", "at the event"),
}


def read_substitutes(body: bytes) -> ReadTable:
    """Reads substitutes for delegates.

    Shape: rows are mappings with delegate (a name), delegation (a code or ""), name, email, reason and here
    (true where the substitute is at the event already in another role).
    Errors: file-too-large, unknown-format.
    """
    sheet = open_sheet(body, SUBSTITUTES, ("delegate", "name", "reason"))
    rows = []
    for number, cells in sheet.rows:
        row: dict[str, Any] = {key: one_line(cells.get(key, "")) for key in SUBSTITUTES}
        for key in ("delegate", "name", "reason"):
            if not row[key] and key in sheet.columns:
                sheet.error(number, key, f"This row has no {key}.")
        rows.append(row | {"here": row["here"].casefold() in YES})
    return sheet.table(rows)
