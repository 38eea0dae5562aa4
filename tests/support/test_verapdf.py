"""After the event: the PDF checker itself tells a good file from a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from tests.support.verapdf import pdfua1_failures, what_is_missing

pytestmark = pytest.mark.skipif(what_is_missing() is not None, reason=what_is_missing() or "")

SOURCE = b"""
#set document(title: "Outcome", author: "The forum")
#set text(lang: "en")
= Outcome
One passage, with a list:
- carried
- lost
"""


def test_tagged_outcome_keeps_the_standard(tmp_path: Path) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(typst.compile(SOURCE, pdf_standards="ua-1"))
    assert pdfua1_failures(good) == []


def test_untagged_outcome_breaks_the_standard(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(typst.compile(SOURCE, pdf_tags=False))
    failures = pdfua1_failures(bad)
    assert any("StructTreeRoot" in line or "tagged" in line.lower() for line in failures), failures


def test_what_is_no_pdf_is_said_and_the_next_file_is_read(tmp_path: Path) -> None:
    none, good = tmp_path / "none.pdf", tmp_path / "good.pdf"
    none.write_text("Not a PDF at all")
    good.write_bytes(typst.compile(SOURCE, pdf_standards="ua-1"))
    with pytest.raises(RuntimeError, match="could not read"):
        pdfua1_failures(none)
    assert pdfua1_failures(good) == []
