"""Before the event: reads a document whatever its format, choosing by what is in it and not by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from facilitate.domain.documents import ReadDocument
from facilitate.domain.refusal import Refused
from facilitate.formats.docx_in import read_docx
from facilitate.formats.encodings import decoded
from facilitate.formats.html_in import read_html
from facilitate.formats.markdown_in import read_markdown
from facilitate.formats.odt_in import read_odt
from facilitate.formats.package import LARGEST_FILE
from facilitate.formats.package_contents import is_two_things
from facilitate.formats.text_in import read_text

ACCEPTED = (
    "Word (.docx), OpenDocument (.odt), PDF with text, web pages (.html), Markdown (.md) and plain text"
)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc), or one with a password"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"), (b"GIF8", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"BM", "a picture"),
    (b"II*\x00", "a picture"), (b"MM\x00*", "a picture"), (b"RIFF", "a picture or a recording"),
    (b"MZ", "a program"), (b"\x7fELF", "a program"), (b"#!", "a program"),
    (b"\x1f\x8b", "a packed file"), (b"7z\xbc\xaf", "a packed file"), (b"Rar!", "a packed file"),
    (b"BZh", "a packed file"), (b"\xfd7zXZ", "a packed file"),
)  # fmt: skip
_SHORT_SIGN = 3
_PAGE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S
)
_MARKED = re.compile(
    r"^ {0,3}#{1,6} \S|^ {0,3}(```|~~~)|\]\(\S+\)|\*\*\S[^*\n]*\*\*|^\s*\[\^\w+\]:|^\|.*\|\s*$|"
    r"\A---\n.*?^---\n",
    re.M | re.S,
)
_MARKDOWN = ("md", "markdown", "mkd", "mdown")


def read_document(name: str, body: bytes) -> ReadDocument:
    """Reads a document that somebody handed in.

    Errors: file-too-large, unknown-format, empty-document, not-a-docx, not-an-odt, not-a-pdf,
    expands-too-far, damaged-document, unsafe-document, nested-too-deep, holds-macros, picture-too-large,
    locked-document, pdf-without-text.
    """
    if len(body) > LARGEST_FILE:
        raise Refused("file-too-large", f"{_called(name)} is larger than 25 MB, so it was not read.", "file")
    if not body.strip():
        raise Refused("empty-document", f"{_called(name)} is empty. Nothing was imported.", "file")
    if body.startswith(b"PK"):
        return _from_zip(name, body)
    if body.lstrip()[:5] == b"%PDF-":
        return _from_pdf(body)
    for sign, what in _OTHERS:
        if body.startswith(sign) and (len(sign) >= _SHORT_SIGN or b"\x00" in body[:64] or sign == b"#!"):
            raise _unknown(name, what)
    return _from_text(name, body)


def _from_text(name: str, body: bytes) -> ReadDocument:
    try:
        text = decoded(name, body)
    except ValueError as broken:
        raise _unknown(name, str(broken)) from broken
    if _PAGE.match(text):
        return read_html(text)
    if text.lstrip().startswith("<?xml"):
        raise _unknown(name, "an XML file")
    ending = name.rpartition(".")[2].lower()
    if ending in ("htm", "html", "xhtml"):
        return read_html(text)
    if ending in _MARKDOWN or _MARKED.search(text):
        return read_markdown(text)
    return read_text(text)


def _from_pdf(body: bytes) -> ReadDocument:
    # Its library takes a while to load, which the other formats need not wait for.
    from facilitate.formats.pdf_in import read_pdf

    if is_two_things(body):
        raise Refused(
            "unsafe-document",
            "The file is a PDF file and something else at once, so it was not read. Save it anew.",
            "file",
        )
    return read_pdf(body)


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
    if "content.xml" in names:
        return read_odt(body)
    if any(part.startswith(("xl/", "ppt/")) for part in names) and "word/document.xml" not in names:
        raise _unknown(name, "a spreadsheet or a presentation")
    return read_docx(body)


def _called(name: str) -> str:
    return f"The file {name}" if name else "The file"


def _unknown(name: str, what: str) -> Refused:
    return Refused(
        "unknown-format",
        f"{_called(name)} holds {what}. Nothing was imported. {ACCEPTED} can be read: "
        "open it in the program it was made with, save it as one of these and try again.",
        "file",
    )
