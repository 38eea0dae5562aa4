"""Before the event: reads a document whatever its format, choosing by what is in it and not by its name."""

from __future__ import annotations

import codecs
import io
import zipfile
from typing import Any

from facilitate.domain.documents import ReadDocument
from facilitate.domain.refusal import Refused
from facilitate.formats.docx_in import read_docx
from facilitate.formats.docx_package import LARGEST_FILE
from facilitate.formats.markdown_in import read_markdown

ACCEPTED = "Word files (.docx), Markdown (.md) and plain text"
_TEXT_NAMES = ("md", "markdown", "txt", "text", "mkd", "mdown")
_OTHERS = (
    (b"%PDF", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc), or one with a password"),
    (b"{\\rtf", "an RTF file"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
)


def read_document(name: str, body: bytes) -> ReadDocument:
    """Reads a document that somebody handed in.

    Errors: file-too-large, unknown-format, empty-document, not-a-docx, expands-too-far, damaged-document,
    unsafe-document, nested-too-deep.
    """
    if len(body) > LARGEST_FILE:
        raise Refused("file-too-large", f"{_called(name)} is larger than 25 MB, so it was not read.", "file")
    if not body.strip():
        raise Refused("empty-document", f"{_called(name)} is empty. Nothing was imported.", "file")
    if body.startswith(b"PK"):
        return _from_zip(name, body)
    for start, what in _OTHERS:
        if body.lstrip(codecs.BOM_UTF8 + b" \t\r\n")[: len(start)].lower() == start.lower():
            raise _unknown(name, what)
    return read_markdown(_decoded(name, body))


def as_json(document: ReadDocument) -> list[dict[str, Any]]:
    """The passages as `facilitate import document --json` prints them.

    Shape: one object per passage in document order, with the keys kind, number, heading, text, depth.
    """
    return [
        {"kind": p.kind, "number": p.number, "heading": p.heading, "text": p.text, "depth": p.depth}
        for p in document.passages
    ]


def _from_zip(name: str, body: bytes) -> ReadDocument:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        names = []
    if "mimetype" in names and "content.xml" in names:
        raise _unknown(name, "a file in OpenDocument format")
    if any(part.startswith(("xl/", "ppt/")) for part in names):
        raise _unknown(name, "a spreadsheet or a presentation")
    return read_docx(body)


def _decoded(name: str, body: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16; with a text file's name also in Windows-1252."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(name, body, "utf-16")
    if b"\x00" in body:
        raise _unknown(name, "no text")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        if name.rpartition(".")[2].lower() not in _TEXT_NAMES:
            raise _unknown(name, "no text") from None
        return _strictly(name, body, "cp1252")


def _strictly(name: str, body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as broken:
        raise _unknown(name, "damaged text") from broken


def _called(name: str) -> str:
    return f"The file {name}" if name else "The file"


def _unknown(name: str, what: str) -> Refused:
    return Refused(
        "unknown-format",
        f"{_called(name)} holds {what}. Nothing was imported. {ACCEPTED} can be read: "
        "open it in Word or LibreOffice, save it as .docx and try again.",
        "file",
    )
