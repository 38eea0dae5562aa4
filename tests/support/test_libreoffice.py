"""The reader of documents itself: it reads what is there and refuses what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.support.libreoffice import convert, read_text


def test_words_of_a_document_are_read_in_order(tmp_path: Path) -> None:
    path = tmp_path / "outcome.docx"
    document = Document()
    document.add_heading("Outcome", 1)
    document.add_paragraph("Carried by 91 votes to 40.")
    document.save(str(path))
    assert read_text(path).split("\n")[:2] == ["Outcome", "Carried by 91 votes to 40."]


def test_file_that_is_no_document_fails(tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK\x03\x04 and then nothing that Word would write")
    with pytest.raises(AssertionError, match="could not open"):
        convert(path, "pdf")
