"""Before the event: finds out in which encoding a text file was saved."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = ("md", "markdown", "txt", "text", "mkd", "mdown", "htm", "html", "xhtml")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_LATIN = {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"}
# What Windows-1252 leaves open; a file that has one of them was written as something else.
_OPEN = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_CONTROLS = re.compile(rb"[\x01-\x06\x0e-\x1a\x1c-\x1f]")


def decoded(name: str, body: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, with or without a byte order mark.

    Errors: ValueError, saying what the file holds instead, in words.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _strictly(body, encoding, "damaged text")
    wide = _without_mark(body)
    if wide is not None:
        return _strictly(body, wide, "no text")
    if b"\x00" in body:
        raise ValueError("no text")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(body[:4096])
    if said is not None and said[1].decode("ascii").lower() not in _LATIN:
        return _strictly(body, said[1].decode("ascii"), "damaged text")
    if name.rpartition(".")[2].lower() not in _NAMES and not _reads_as_text(body):
        raise ValueError("no text")
    if any(sign in body for sign in _OPEN):
        raise ValueError("damaged text")
    return _strictly(body, "cp1252", "damaged text")


def _without_mark(body: bytes) -> str | None:
    """UTF-16 without a byte order mark: in Western text every second byte is zero."""
    start = body[:4096]
    if len(start) < 4 or len(body) % 2:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    half = len(start) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _reads_as_text(body: bytes) -> bool:
    """Whether bytes that are no UTF-8 are mostly letters all the same."""
    plain = sum(byte < 0x80 for byte in body)
    return plain > 0.85 * len(body) and len(body) >= 20 and not _CONTROLS.search(body)


def _strictly(body: bytes, encoding: str, otherwise: str) -> str:
    try:
        text = body.decode(encoding)
    except (UnicodeDecodeError, LookupError) as broken:
        raise ValueError(otherwise) from broken
    if "\x00" in text:
        raise ValueError("no text")
    return text
