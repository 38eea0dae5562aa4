"""Before the event: opens a Word file safely and finds its parts."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from facilitate.domain.refusal import Refused
from facilitate.formats.package import opened, parsed

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", TRANSITIONAL.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/", _OFFICE.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_NAMED = ("styles", "numbering", "footnotes", "endnotes", "settings", "comments")


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

    Errors: file-too-large, not-a-docx, expands-too-far, damaged-document, unsafe-document, holds-macros,
    picture-too-large.
    """
    with opened(body, _no_docx()) as package:
        return _parts(package)


def _no_docx() -> Refused:
    return Refused(
        "not-a-docx",
        "This is not a Word file (.docx), or it is damaged or has a password. Nothing was taken from it. "
        "Open it in Word or LibreOffice, save it as .docx without a password and try again.",
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
    return parsed(package, name, _STRICT)
