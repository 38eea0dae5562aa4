"""An export fetches nothing, runs nothing and embeds nothing that was not in the event."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSLiteral

from facilitate.formats.outcome_docx import outcome_docx
from facilitate.formats.outcome_json import FULL, SHORT, outcome_data
from facilitate.formats.outcome_odt import outcome_odt
from facilitate.formats.outcome_pdf import outcome_pdf
from facilitate.formats.outcome_xlsx import outcome_xlsx
from facilitate.formats.report_pdf import Report, report_data, report_pdf
from tests.formats.outcome_sample import FACTS, NAUGHTY, naughty, sample

OUTCOMES = [
    outcome_data(outcome, replace(FACTS, edition=edition, copy_for="Amina Yusuf"))
    for outcome in (sample(), naughty())
    for edition in (FULL, SHORT)
]
# What makes a page act or fetch, and what carries a file, a picture or a sound.
ACTING = {"JS", "JavaScript", "AA", "OpenAction", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE"}
ACTING |= {"URI", "XFA", "Rendition"}
CARRYING = {"EmbeddedFile", "EmbeddedFiles", "EF", "Filespec", "AF", "RichMedia", "Movie", "Sound", "Image"}
# The parts of a plain text; no picture, no macro, no packed object, no other person's data.
DOCX = r"word/(document|styles|settings|webSettings|fontTable|numbering|comments|footnotes)\.xml"
DOCX += r"|word/(footer\d|theme/theme1)\.xml"
DOCX += r"|word/_rels/document\.xml\.rels"
PARTS = {
    "docx": rf"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml|{DOCX}",
    "odt": r"mimetype|(content|styles|meta|META-INF/manifest)\.xml",
    "xlsx": r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(core|app)\.xml"
    r"|xl/(workbook|styles|sharedStrings|theme/theme1|worksheets/sheet\d+)\.xml|xl/_rels/workbook\.xml\.rels",
}
WRITERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "docx": outcome_docx, "odt": outcome_odt, "xlsx": outcome_xlsx,
}  # fmt: skip
FETCHING = re.compile("INCLUDE|HYPERLINK|DDE|LINK|IMPORT|MACROBUTTON")
STRANGE = {"object", "oleObject", "OLEObject", "object-ole", "script", "scripts", "event-listener", "plugin"}
STRANGE |= {"applet", "altChunk", "attachedTemplate", "control", "externalReference", "hyperlink", "f"}


def names_in(body: bytes) -> set[str]:
    """Every key and every name in the objects of a PDF."""
    document = PDFDocument(PDFParser(BytesIO(body)))
    found: set[str] = set()
    waiting: list[Any] = [document.catalog]
    waiting += [document.getobj(number) for ref in document.xrefs for number in ref.get_objids() if number]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, PDFStream):
            thing = thing.attrs
        if isinstance(thing, PSLiteral):
            found.add(str(thing.name))
        elif isinstance(thing, dict):
            found.update(str(key) for key in thing)
            waiting += thing.values()
        elif isinstance(thing, list):
            waiting += thing
    return found


def report() -> bytes:
    event = {"name": NAUGHTY[0], "zone": "Europe/London", "rehearsal": False}
    sections = [{"title": "Decided", "lines": [[words, words] for words in NAUGHTY], "none": ""}]
    return report_pdf(
        report_data(event, Report("Report", "For all."), sections, (1, "9f" * 32), FACTS.generated)
    )


def test_a_pdf_holds_no_action_no_link_outside_and_no_file() -> None:
    for body in [*map(outcome_pdf, OUTCOMES), report()]:
        names = names_in(body)
        assert {"StructTreeRoot", "Font", "Pages"} <= names
        assert names & (ACTING | CARRYING) == set()


@pytest.mark.parametrize("kind", WRITERS)
def test_a_document_has_its_own_parts_alone_and_points_nowhere_else(kind: str) -> None:
    for data in OUTCOMES:
        with zipfile.ZipFile(BytesIO(WRITERS[kind](data))) as package:
            strange = [name for name in package.namelist() if not re.fullmatch(PARTS[kind], name)]
            assert strange == []
            for name in package.namelist():
                if name != "mimetype":
                    assert pointers(etree.fromstring(package.read(name))) == [], name


def pointers(root: Any) -> list[str]:
    """What of one part would make a program fetch, start or unpack something; its words do not count."""
    found = []
    for each in root.iter(etree.Element):
        tag = etree.QName(each).localname
        found += [tag] * (tag in STRANGE or (tag == "instrText" and bool(FETCHING.search(each.text or ""))))
        for key, value in each.attrib.items():
            local = etree.QName(key).localname
            outside = local == "TargetMode" and value == "External"
            outside |= local in ("href", "Target") and ("://" in value or value.startswith(("/..", "\\\\")))
            found += [f"{tag} {local}={value}"] * outside
    return found
