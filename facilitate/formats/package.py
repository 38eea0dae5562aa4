"""Before the event: opens a zip file from a stranger safely, whatever office program wrote it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from facilitate.domain.refusal import Refused
from facilitate.formats.package_contents import check_contents
from facilitate.formats.pictures import LARGEST_PICTURE, picture_size

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_PART = 32 * 1024 * 1024
LARGEST_WHOLE = 256 * 1024 * 1024
LARGEST_RATIO = 250
MOST_ENTRIES = 5_000
DEEPEST_XML = 120
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_HEAD = 256 * 1024


@contextmanager
def opened(body: bytes, otherwise: Refused) -> Iterator[zipfile.ZipFile]:
    """The zip file, once it is known to be neither too large nor dangerous; `otherwise` where it is none.

    Errors: file-too-large, expands-too-far, unsafe-document, holds-macros, picture-too-large, `otherwise`.
    """
    if len(body) > LARGEST_FILE:
        raise Refused(
            "file-too-large",
            "The file is larger than 25 MB, so it was not read. Take large pictures out of it and try again.",
            "file",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            _check_sizes(package)
            check_contents(package, body)
            _check_pictures(package)
            yield package
    except _BROKEN as broken:
        raise otherwise from broken


def _check_sizes(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swollen = whole > 1024 * 1024 and whole > LARGEST_RATIO * max(packed, 1)
    if len(entries) > MOST_ENTRIES or whole > LARGEST_WHOLE or swollen:
        raise too_much()


def too_much() -> Refused:
    """What is said of a file that unpacks to far more than a document holds."""
    return Refused(
        "expands-too-far",
        "The file unpacks to far more than a document holds, so it was not read. "
        "Save it anew from Word or LibreOffice and try again.",
        "file",
    )


def _check_pictures(package: zipfile.ZipFile) -> None:
    for entry in package.infolist():
        if not entry.filename.lower().endswith(_PICTURES):
            continue
        with package.open(entry) as stream:
            width, height = picture_size(stream.read(_HEAD))
        if width * height > LARGEST_PICTURE:
            raise Refused(
                "picture-too-large",
                f"The file holds a picture of {width} by {height} dots, more than any document needs and "
                "enough to stop a computer, so it was not read. Take the picture out and try again.",
                "file",
            )


def parsed(
    package: zipfile.ZipFile, name: str, renamed: tuple[tuple[bytes, bytes], ...] = ()
) -> etree._Element:
    """The tree of one part; `renamed` are namespaces to be read as others.

    Errors: expands-too-far, damaged-document, unsafe-document.
    """
    with package.open(name) as stream:
        xml = stream.read(LARGEST_PART + 1)
    if len(xml) > LARGEST_PART:
        raise too_much()
    for old, new in renamed:
        xml = xml.replace(old, new)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as broken:
        raise Refused(
            "damaged-document",
            "The file opens, but the text inside it is damaged, so nothing was taken from it. "
            "Open it in Word or LibreOffice, save it anew and try again.",
            "file",
        ) from broken
    _check_tree(root)
    return root


def _check_tree(root: etree._Element) -> None:
    if root.getroottree().docinfo.doctype:
        raise Refused(
            "unsafe-document",
            "The file carries definitions that no document needs and that can do harm, so it was not read.",
            "file",
        )
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST_XML:
            raise Refused(
                "damaged-document",
                "The text inside the file is nested deeper than any document is, so it was not read.",
                "file",
            )
