"""Outcome: the record as a workbook; every word of the event is a text, never a formula or a link."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from facilitate.formats.outcome_rows import about, outcome_tables
from facilitate.formats.tracked import writable

# No cell of a workbook holds more; the JSON edition has every text whole.
LONGEST = 32_767
_WIDE, _NARROW = 60, 16
_LONG_HEADS = ["original", "final", "question", "wording", "text", "result", "rules", "reason", "position"]


def outcome_xlsx(data: dict[str, Any]) -> bytes:
    """The outcome as an XLSX file, from `outcome_json.outcome_data`: about it, then its tables."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(stream, {**options, "strings_to_numbers": False})
    made = datetime.fromisoformat(data["generated"]["utc"]).replace(tzinfo=None)
    title = writable(f"{data['document']['title']}: outcome")[:255]
    book.set_properties({"title": title, "author": writable(data["event"]["name"])[:255], "created": made})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    foot = "&L" + writable(data["copy"]).replace("&", "&&")[:200] + "&R&P"
    sheet = book.add_worksheet("About")
    sheet.set_footer(foot)
    sheet.set_column(0, 0, _NARROW + 6, bold)
    sheet.set_column(1, 1, _WIDE + 20, wrapped)
    for at, (name, value) in enumerate(about(data)):
        _write(sheet, at, 0, name)
        _write(sheet, at, 1, value)
    for name, (head, rows) in outcome_tables(data).items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_footer(foot)
        for at, words in enumerate(head):
            sheet.set_column(at, at, _WIDE if words in (*_LONG_HEADS, "what was said") else _NARROW, wrapped)
            sheet.write_string(0, at, words, bold)
        for line, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                _write(sheet, line, at, value)
    book.close()
    return stream.getvalue()


def _write(sheet: Any, line: int, at: int, value: str | int) -> None:
    if isinstance(value, int):
        sheet.write_number(line, at, value)
    elif value:
        sheet.write_string(line, at, writable(value)[:LONGEST])
