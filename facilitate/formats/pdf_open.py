"""Before the event: opens a PDF file safely: how far its streams unpack is measured before it is read."""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber

from facilitate.domain.refusal import Refused
from facilitate.formats.package import too_much
from facilitate.formats.package_contents import holds_macros
from facilitate.formats.pictures import LARGEST_PICTURE

MOST_PAGES = 2000
_LARGEST_STREAM = 24 * 1024 * 1024
_LARGEST_WHOLE = 128 * 1024 * 1024
_LARGEST_RATIO = 120
_PIECE = 256 * 1024
_LONGEST_HEAD = 4096
_STREAM = re.compile(rb"stream\r?\n")
_PROGRAM = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA)\b")
_SIDE = re.compile(rb"/(Width|Height)\s+(\d{1,12})")
_FILTERS = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW|ASCIIHexDecode|ASCII85Decode|RunLengthDecode)\b")


@contextmanager
def open_pdf(body: bytes) -> Iterator[Any]:
    """The PDF file as its library gives it, page by page.

    Errors: not-a-pdf, locked-document, expands-too-far, holds-macros, picture-too-large, damaged-document.
    """
    check_streams(body)
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        opened = pdfplumber.open(io.BytesIO(body), password="")
    except Refused:
        raise
    except Exception as broken:  # its library has no common error
        raise _unopened(broken) from broken
    try:
        if len(opened.pages) > MOST_PAGES:
            raise too_much()
        yield opened
    except (Refused, MemoryError, GeneratorExit):
        raise
    except Exception as broken:
        raise Refused(
            "damaged-document",
            "The PDF file opens, but the text inside it is damaged, so nothing was taken from it. "
            "Save it anew from the program it was made with and try again.",
            "file",
        ) from broken
    finally:
        opened.close()


def check_streams(body: bytes) -> None:
    """Refuses streams that unpack without end, pictures beyond measure, and programs; keeps none of it.

    Errors: expands-too-far, holds-macros, picture-too-large.
    """
    whole = 0
    if _PROGRAM.search(body):
        raise holds_macros()
    for found in _STREAM.finditer(body):
        head = body[max(0, found.start() - _LONGEST_HEAD) : found.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if b"/Image" in head:
            _check_picture(head)
            continue
        names = _FILTERS.findall(head)
        if len(names) > 2:
            raise too_much()
        if b"Flate" in head or b"/Fl" in head:
            size, start = _unpacked(body, found.end(), twice=len(names) > 1)
            whole += size
            if b"/JS" in start or b"/JavaScript" in start:
                raise holds_macros()
        if whole > _LARGEST_WHOLE:
            raise too_much()


def _unpacked(body: bytes, start: int, *, twice: bool) -> tuple[int, bytes]:
    """How much a stream unpacks to, and its first bytes; what comes out is counted and thrown away."""
    outer, inner = zlib.decompressobj(), zlib.decompressobj()
    size, first = 0, b""
    waiting = memoryview(body)[start : start + len(body)]
    at = 0
    try:
        while at < len(waiting) and not outer.eof:
            piece = outer.decompress(outer.unconsumed_tail or bytes(waiting[at : at + 16_384]), _PIECE)
            at += 0 if outer.unconsumed_tail else 16_384
            if twice and piece:
                piece = inner.decompress(piece, _LARGEST_STREAM + 1)
            first = first or piece[:_PIECE]
            size += len(piece)
            if size > _LARGEST_STREAM or size > _LARGEST_RATIO * (at + 16_384):
                raise too_much()
    except zlib.error:
        pass
    return size, first


def _check_picture(head: bytes) -> None:
    sides = {name: int(value) for name, value in _SIDE.findall(head)}
    if sides.get(b"Width", 0) * sides.get(b"Height", 0) > LARGEST_PICTURE:
        raise Refused(
            "picture-too-large",
            "The file holds a picture with more dots than any document needs, enough to stop a computer, "
            "so it was not read. Take the picture out and try again.",
            "file",
        )


def _unopened(broken: Exception) -> Refused:
    if "password" in f"{type(broken).__name__} {broken!r} {broken.__context__!r}".lower():
        return Refused(
            "locked-document",
            "The PDF file has a password, so nothing was taken. Save it without one and try again.",
            "file",
        )
    return Refused(
        "not-a-pdf",
        "This is no PDF file, or it is damaged. Nothing was taken from it. "
        "Save it anew from the program it was made with and try again.",
        "file",
    )
