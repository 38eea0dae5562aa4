"""Before the event: opens a Word file safely and finds its parts."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from facilitate.domain.refusal import Refused

LARGEST_FILE = 25 * 1024 * 1024
LARGEST_PART = 64 * 1024 * 1024
LARGEST_WHOLE = 256 * 1024 * 1024
LARGEST_RATIO = 250
MOST_ENTRIES = 10_000
DEEPEST_XML = 120

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", TRANSITIONAL.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/", _OFFICE.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_NAMED = ("styles", "numbering", "footnotes", "endnotes", "settings", "comments")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True)
class DocxParts:
    """The parsed parts of a Word file; a part that the file does not have is None."""

    document: etree._Element
    named: dict[str, etree._Element] = field(default_factory=dict)
    title: str = ""

    def part(self, name: str) -> etree._Element | None:
        """The part of that name (styles, numbering, footnotes, endnotes, settings, comments)."""
        return self.named.get(name)


def open_docx(body: bytes) -> DocxParts:
    """Opens a Word file, refusing what is too large, damaged, dangerous or no Word file.

    Errors: file-too-large, not-a-docx, expands-too-far, damaged-document, unsafe-document.
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
            return _parts(package)
    except _BROKEN as broken:
        raise Refused(
            "not-a-docx",
            "This is not a Word file (.docx), or it is damaged or has a password. Nothing was taken from it. "
            "Open it in Word or LibreOffice, save it as .docx without a password and try again.",
            "file",
        ) from broken


def _check_sizes(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    swollen = whole > 1024 * 1024 and whole > LARGEST_RATIO * max(packed, 1)
    if len(entries) > MOST_ENTRIES or whole > LARGEST_WHOLE or swollen:
        raise _too_much()


def _too_much() -> Refused:
    return Refused(
        "expands-too-far",
        "The file unpacks to far more than a document holds, so it was not read. "
        "Save it anew from Word or LibreOffice and try again.",
        "file",
    )


def _parts(package: zipfile.ZipFile) -> DocxParts:
    names = set(package.namelist())
    main = _main_name(package, names)
    targets = _relations(package, names, main)
    folder = posixpath.dirname(main)
    named = {}
    for kind in _NAMED:
        name = targets.get(kind, posixpath.join(folder, f"{kind}.xml"))
        if name in names:
            named[kind] = _parsed(package, name)
    document = _parsed(package, main)
    if document.find(f"{{{TRANSITIONAL}}}body") is None:
        raise Refused(
            "not-a-docx",
            "This is a file of the Office family, but it holds no Word document. Nothing was taken from it.",
            "file",
        )
    return DocxParts(document, named, _title(package, names))


def _main_name(package: zipfile.ZipFile, names: set[str]) -> str:
    main = _relations(package, names, "").get("officeDocument", "word/document.xml")
    if main not in names:
        raise zipfile.BadZipFile("no document part")
    return main


def _relations(package: zipfile.ZipFile, names: set[str], part: str) -> dict[str, str]:
    """The targets inside the package by kind of relation; the first of a kind counts."""
    folder, file = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{file}.rels")
    found: dict[str, str] = {}
    if rels not in names:
        return found
    for relation in _parsed(package, rels):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or ""))
            found.setdefault(kind, target.lstrip("/"))
    return found


def _title(package: zipfile.ZipFile, names: set[str]) -> str:
    """The title from the file's properties; unreadable properties are no reason to refuse the text."""
    if "docProps/core.xml" not in names:
        return ""
    try:
        properties = _parsed(package, "docProps/core.xml")
    except Refused:
        return ""
    return (properties.findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip()


def _parsed(package: zipfile.ZipFile, name: str) -> etree._Element:
    with package.open(name) as stream:
        xml = stream.read(LARGEST_PART + 1)
    if len(xml) > LARGEST_PART:
        raise _too_much()
    for strict, transitional in _STRICT:
        xml = xml.replace(strict, transitional)
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
            "The file carries definitions that no Word file has and that can do harm, so it was not read.",
            "file",
        )
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST_XML:
            raise Refused(
                "damaged-document",
                "The text inside the file is nested deeper than Word ever does, so it was not read.",
                "file",
            )
