"""Before the event: opens a CSV file as spreadsheets save them, and collects what to say about each row."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from facilitate.domain.documents import clean_text
from facilitate.domain.refusal import Refused

LARGEST = 25 * 1024 * 1024
_LONGEST_CELL = 1_000_000
_DELIMITERS = ",;\t|"
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


@dataclass(frozen=True)
class ReadMessage:
    """One thing to say about a file.

    Shape: `row` is the row as a spreadsheet counts it, 1 for the header; `column` as the file names it, ""
    for the whole row; `level` is "error" (nothing is imported) or "warning".
    """

    row: int
    column: str
    sentence: str
    level: str


@dataclass(frozen=True)
class ReadTable:
    """What an import would take.

    Shape: `rows` are mappings in file order, none at all if one message is an error; `numbers` are their rows
    in the file; `messages` are in file order.
    """

    rows: tuple[dict[str, Any], ...]
    messages: tuple[ReadMessage, ...]
    numbers: tuple[int, ...] = ()

    @property
    def can_be_imported(self) -> bool:
        """Whether no message is an error."""
        return all(message.level != "error" for message in self.messages)


@dataclass
class Sheet:
    """An opened CSV file: its known columns, its rows of text, and the messages so far."""

    columns: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    messages: list[ReadMessage] = field(default_factory=list)

    def error(self, row: int, column: str, sentence: str) -> None:
        """Something that stops the import."""
        self.messages.append(ReadMessage(row, self.columns.get(column, column), sentence, "error"))

    def warning(self, row: int, column: str, sentence: str) -> None:
        """Something that the clerk should know."""
        self.messages.append(ReadMessage(row, self.columns.get(column, column), sentence, "warning"))

    def table(self, rows: Sequence[dict[str, Any]]) -> ReadTable:
        """The result: every row or, with one error, none."""
        messages = tuple(sorted(self.messages, key=lambda message: message.row))
        if any(message.level == "error" for message in messages):
            return ReadTable((), messages)
        return ReadTable(tuple(rows), messages, tuple(number for number, _ in self.rows))


def open_sheet(body: bytes, synonyms: Mapping[str, Sequence[str]], required: Sequence[str]) -> Sheet:
    """Opens a CSV file whose columns may be called by any of their synonyms.

    Errors: file-too-large, unknown-format.
    """
    sheet = Sheet()
    text = _decoded(body, sheet)
    known = {_plain(word): name for name, words in synonyms.items() for word in (name, *words)}
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    delimiter = told[1] if told else _delimiter(text, known)
    header: list[str] | None = None
    for number, cells in _records(text, delimiter, sheet):
        if header is None:
            header = _header(cells, known, sheet, number)
        else:
            _row(number, cells, header, sheet)
    _check_columns(sheet, synonyms, required)
    if not sheet.rows and not sheet.messages:
        sheet.error(1, "", "The file has a header but no rows under it.")
    return sheet


def _decoded(body: bytes, sheet: Sheet) -> str:
    if len(body) > LARGEST:
        raise Refused("file-too-large", "The file is larger than 25 MB, so it was not read.", "file")
    if body.startswith((b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise _no_csv("It is a spreadsheet or another document: save it as CSV and try again.")
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in body[:200]:
        encodings = ["utf-16-le" if body[1:2] == b"\x00" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            sentence = "The file is not in UTF-8. It was read as Windows text: compare names with accents."
            sheet.warning(1, "", sentence)
        return text
    raise _no_csv("Its letters could not be read: save it as CSV in UTF-8 and try again.")


def _no_csv(what: str) -> Refused:
    return Refused(
        "unknown-format", f"This is no CSV file that can be read. {what} Nothing was imported.", "file"
    )


def _plain(name: str) -> str:
    """A column's name without what people write differently: case, spaces, hyphens, brackets."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _delimiter(text: str, known: Mapping[str, str]) -> str:
    """The sign between cells: the one that makes the most known columns, else the commonest."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def worth(sign: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=sign), [])
        return sum(_plain(cell) in known for cell in cells), first.count(sign)

    return max(_DELIMITERS, key=worth)


def _records(text: str, delimiter: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, with their numbers; a quotation mark out of place ends the reading."""
    csv.field_size_limit(_LONGEST_CELL)
    number = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            if any(cell.strip() for cell in cells):
                yield number, [clean_text(cell).strip() for cell in cells]
    except csv.Error:
        sentence = (
            "A quotation mark is out of place here, or a cell is far too long. No row was read after this."
        )
        sheet.error(number + 1, "", sentence)


def _header(cells: list[str], known: Mapping[str, str], sheet: Sheet, number: int) -> list[str]:
    """The field that each column feeds, "" for none."""
    header: list[str] = []
    for cell in cells:
        name = known.get(_plain(cell), "")
        if name and name in header:
            sheet.error(number, cell, f"Two columns give the {name}: “{sheet.columns[name]}” and “{cell}”.")
        elif name:
            sheet.columns[name] = cell
        elif cell:
            sheet.warning(number, cell, f"The column “{cell}” is not known here and was left out.")
        header.append(name)
    return header


def _row(number: int, cells: list[str], header: list[str], sheet: Sheet) -> None:
    if any(cells[len(header) :]):
        sheet.error(number, "", "This row has more cells than the header has columns.")
    row = {name: cell for name, cell in zip(header, cells, strict=False) if name}
    if any(row.values()):
        sheet.rows.append((number, row))
    else:
        sheet.warning(number, "", "This row holds nothing in the known columns and was left out.")


def _check_columns(sheet: Sheet, synonyms: Mapping[str, Sequence[str]], required: Sequence[str]) -> None:
    for name in required:
        if name not in sheet.columns:
            names = ", ".join((name, *synonyms[name]))
            sheet.error(1, "", f"There is no column for the {name}. It may be called: {names}.")
