"""Outcome: which passages stand together as the rows of a table, and which are notes to which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from facilitate.domain.documents import cells_of


def layout(passages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The passages of an outcome as blocks of a page, in the order of the text.

    Shape: {kind passage, at, notes} or {kind table, columns, head, rows of {at, cells, notes}}; `at` is a
    place in `passages`; `notes` are {at, mark}, the marks counted from 1 in the order of the text; `head`
    says that the first row names the columns; `cells` are those of the final text, none for a deleted row.
    A note hangs at the passage of the original that cites it.
    """
    notes = _notes(passages)
    hung = {at for places in notes.values() for at in places}
    standing = [at for at in range(len(passages)) if at not in hung]
    blocks: list[dict[str, Any]] = []
    for place, at in enumerate(standing):
        in_table = bool(blocks) and blocks[-1]["kind"] == "table"
        passage = passages[at]
        later = (passages[other] for other in standing[place:])
        if passage["kind"] == "table" or (in_table and _is_between_rows(passage, later)):
            if not in_table:
                blocks.append({"kind": "table", "columns": 1, "head": False, "rows": []})
            row = {"at": at, "cells": _cells(passage), "notes": notes.get(at, [])}
            blocks[-1]["rows"].append(row)
        else:
            blocks.append({"kind": "passage", "at": at, "notes": notes.get(at, [])})
    marks = count(1)
    for block in blocks:
        if block["kind"] == "table":
            _measure(block, passages)
        for part in block.get("rows", [block]):
            part["notes"] = [{"at": at, "mark": next(marks)} for at in part["notes"]]
    return blocks


def _notes(passages: Sequence[dict[str, Any]]) -> dict[int, list[int]]:
    """For each passage that is cited from, its footnotes; a footnote before any passage stands alone."""
    found: dict[int, list[int]] = {}
    citing: int | None = None
    for at, passage in enumerate(passages):
        if passage["kind"] != "footnote":
            citing = at if passage["original"] else citing
        elif citing is not None:
            found.setdefault(citing, []).append(at)
    return found


def _is_between_rows(passage: dict[str, Any], later: Iterable[dict[str, Any]]) -> bool:
    """Whether a passage after a row is a new text and the document goes on with another row."""
    following = next((each for each in later if each["original"]), None)
    return not passage["original"] and following is not None and following["kind"] == "table"


def _cells(passage: dict[str, Any]) -> list[str]:
    final = passage["final"]
    if final is None:
        return []
    return cells_of(final) if passage["kind"] == "table" else [final]


def _measure(table: dict[str, Any], passages: Sequence[dict[str, Any]]) -> None:
    """How many columns there are, and whether the first row is their head."""
    rows = table["rows"]
    widths = [len(cells_of(passages[row["at"]]["original"])) for row in rows]
    table["columns"] = max(*widths, *(len(row["cells"]) for row in rows))
    first = passages[rows[0]["at"]]
    stands = [row for row in rows if row["cells"]]
    table["head"] = len(stands) > 1 and not first["number"] and len(rows[0]["cells"]) > 1
