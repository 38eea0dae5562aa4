"""The words of one written edition, body and margin apart, and the foot of each of its pages."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree, html

from facilitate.formats.odt_parts import name
from tests.support.pdf import pages_of, text_of

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def squeezed(words: str) -> str:
    """Words without the spaces, line ends and capitals that differ from edition to edition."""
    return re.sub(r"\s+", "", words).casefold()


def of_html(body: bytes, folder: Path) -> dict[str, str]:
    """A page in a browser."""
    return {"": str(html.fromstring(body.decode()).xpath("string(//body)"))}


def of_pdf(body: bytes, folder: Path) -> dict[str, str]:
    """A printed file without the heads and feet of its pages."""
    (folder / "read.pdf").write_bytes(body)
    return {"": text_of(folder / "read.pdf")}


def of_docx(body: bytes, folder: Path) -> dict[str, str]:
    """The words that stand, those taken out, and who changed them; the comments are the margin."""
    document = docx.Document(BytesIO(body))
    found = []
    for part in document.element.body.iter():
        if part.tag in (qn("w:ins"), qn("w:del")):
            found.append(part.get(qn("w:author")))
        elif part.tag in (qn("w:t"), qn("w:delText")):
            found.append(part.text or "")
    return {"": " ".join(found), " margin": " ".join(comment.text for comment in document.comments)}


def of_odt(body: bytes, folder: Path) -> dict[str, str]:
    """The words that stand, those taken out, and who changed them; the annotations are the margin."""
    root = _odt(body, "content.xml")
    margin = " ".join("".join(note.itertext()) for note in root.iter(name("office:annotation")))
    etree.strip_elements(root, name("office:annotation"), with_tail=False)
    return {"": " ".join(root.itertext()), " margin": margin}


def of_json(body: bytes, folder: Path) -> dict[str, str]:
    """Every value, in the order of the file."""
    return {"": " ".join(_values(json.loads(body)))}


def of_csv(body: bytes, folder: Path) -> dict[str, str]:
    """Every cell, kept apart by |."""
    return {"": "\n".join("|".join(row) for row in csv.reader(StringIO(body.decode("utf-8-sig"))))}


def of_xlsx(body: bytes, folder: Path) -> dict[str, str]:
    """Every cell of every sheet, kept apart by |."""
    package = zipfile.ZipFile(BytesIO(body))
    strings = ["".join(each.itertext()) for each in etree.fromstring(package.read("xl/sharedStrings.xml"))]
    rows = [row for sheet in _sheets(body) for row in sheet.iter(f"{SHEET}row")]
    return {"": "\n".join("|".join(_cell(cell, strings) for cell in row) for row in rows)}


def _cell(cell: Any, strings: list[str]) -> str:
    value = str(cell.findtext(f"{SHEET}v", ""))
    return strings[int(value)] if cell.get("t") == "s" else value


def feet(kind: str, body: bytes, folder: Path) -> list[str]:
    """What stands on each page, or at the foot of each sort of page or sheet, or in each row."""
    if kind == "pdf":
        (folder / "feet.pdf").write_bytes(body)
        return pages_of(folder / "feet.pdf")
    if kind == "docx":
        document = docx.Document(BytesIO(body))
        assert not document.settings.odd_and_even_pages_header_footer
        assert not any(part.different_first_page_header_footer for part in document.sections)
        return [" ".join(p.text for p in part.footer.paragraphs) for part in document.sections]
    if kind == "odt":
        masters = _odt(body, "styles.xml").iter(name("style:master-page"))
        return ["".join(master.find(name("style:footer")).itertext()) for master in masters]
    if kind == "xlsx":
        return [sheet.findtext(f".//{SHEET}oddFooter", "") for sheet in _sheets(body)]
    if kind == "csv":
        return of_csv(body, folder)[""].splitlines()[1:]
    return [" ".join(READERS[kind](body, folder).values())]


def _odt(body: bytes, part: str) -> Any:
    return etree.fromstring(zipfile.ZipFile(BytesIO(body)).read(part))


def _sheets(body: bytes) -> list[Any]:
    package = zipfile.ZipFile(BytesIO(body))
    return [
        etree.fromstring(package.read(part))
        for part in sorted(package.namelist())
        if part.startswith("xl/worksheets/sheet")
    ]


def _values(thing: Any) -> Iterator[str]:
    if isinstance(thing, dict | list):
        for each in thing.values() if isinstance(thing, dict) else thing:
            yield from _values(each)
    elif thing is not None:
        yield str(thing)


READERS = {
    "html": of_html, "pdf": of_pdf, "docx": of_docx, "odt": of_odt, "json": of_json, "xlsx": of_xlsx,
    "csv": of_csv,
}  # fmt: skip
