"""Empty sheets of paper: tagged, one for each table, words of the event never read as markup."""

from __future__ import annotations

from pathlib import Path

from facilitate.formats.sheets_pdf import sheets_data, sheets_pdf
from tests.support.pdf import text_of
from tests.support.verapdf import pdfua1_failures


def test_sheets_are_accessible_and_say_whose_they_are(tmp_path: Path) -> None:
    passages = [{"ref": "HOU-1.1", "text": "Every council *builds* #panic() homes."}]
    sheets = [{"number": n, "passages": passages} for n in (7, 12)]
    data = sheets_data("Spring", "Homes", sheets, [("+", "Support")], 1_806_150_660)
    (tmp_path / "sheets.pdf").write_bytes(sheets_pdf(data))
    assert pdfua1_failures(tmp_path / "sheets.pdf") == []
    words = text_of(tmp_path / "sheets.pdf")
    for wanted in ("Table 7", "Table 12", "*builds* #panic()", "Support"):
        assert wanted in words
