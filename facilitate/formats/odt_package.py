"""Before the event: opens a file in OpenDocument format (.odt) safely and finds its parts."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from lxml import etree

from facilitate.domain.refusal import Refused
from facilitate.formats.package import opened, parsed

_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"
    for name, path in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "meta": "meta", "svg": "svg-compatible", "manifest": "manifest",
        "form": "form", "config": "config",
    }.items()
} | {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}  # fmt: skip


def q(name: str) -> str:
    """The full name of an element or attribute written with its usual prefix, such as `text:p`."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


@dataclass(frozen=True)
class OdtParts:
    """The parsed parts of an OpenDocument text."""

    text: etree._Element
    content: etree._Element
    styles: etree._Element | None
    title: str


def open_odt(body: bytes) -> OdtParts:
    """Opens an OpenDocument text, refusing what is too large, damaged, dangerous, locked or something else.

    Errors: file-too-large, not-an-odt, expands-too-far, damaged-document, unsafe-document, holds-macros,
    picture-too-large, locked-document.
    """
    with opened(body, _no_odt()) as package:
        names = set(package.namelist())
        if "META-INF/manifest.xml" in names:
            manifest = parsed(package, "META-INF/manifest.xml")
            if any(True for _ in manifest.iter(q("manifest:encryption-data"))):
                raise Refused(
                    "locked-document",
                    "The file has a password, so nothing was taken. Save it without one and try again.",
                    "file",
                )
        content = parsed(package, "content.xml")
        text = content.find(f"{q('office:body')}/{q('office:text')}")
        if text is None:
            raise _no_odt()
        styles = parsed(package, "styles.xml") if "styles.xml" in names else None
        return OdtParts(text, content, styles, _title(package, names))


def _title(package: zipfile.ZipFile, names: set[str]) -> str:
    if "meta.xml" not in names:
        return ""
    try:
        return next(parsed(package, "meta.xml").itertext(q("dc:title")), "").strip()
    except Refused:
        return ""


def _no_odt() -> Refused:
    return Refused(
        "not-an-odt",
        "This is no text in OpenDocument format (.odt), or it is damaged. Nothing was taken from it. "
        "Open it in LibreOffice, save it as .odt and try again.",
        "file",
    )
