"""Printed ballot papers: tagged, in two sizes, answers of the large one where the template has its holes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from facilitate.formats.ballot_papers_pdf import EDITIONS, LARGE, ballot_papers_data, ballot_papers_pdf
from tests.support.pdf import text_of
from tests.support.verapdf import pdfua1_failures

BALLOT: dict[str, Any] = {
    "number": 4, "version": 2, "question": "Shall *HOU-1.2* read as in motion 3?", "passage": "HOU-1.2",
    "rule": "Carried by more votes for than against.", "purpose": "binding", "form": "for-against",
    "options": [
        {"key": "for", "label": "For", "effect": "The passage will read “Every council builds.”"},
        {"key": "against", "label": "Against", "effect": "It stays as the NPF wrote it."},
        {"key": "abstain", "label": "Abstain", "effect": None},
    ],
}  # fmt: skip


@pytest.mark.parametrize("edition", EDITIONS)
def test_papers_are_accessible_and_say_what_each_answer_does(edition: str, tmp_path: Path) -> None:
    data = ballot_papers_data("Spring", BALLOT, ["CLP", "Affiliates"], edition, 1_806_150_660)
    (tmp_path / "papers.pdf").write_bytes(ballot_papers_pdf(data))
    assert pdfua1_failures(tmp_path / "papers.pdf") == []
    words = text_of(tmp_path / "papers.pdf")
    for wanted in ("Ballot 4 · CLP", "Ballot 4 · Affiliates", "*HOU-1.2*", "wording 2", "Mark one box.",
                   "Every council builds.", "It stays as the NPF wrote it.", "Abstain"):  # fmt: skip
        assert wanted in words


def test_more_answers_than_the_template_has_holes_are_printed_all_the_same(tmp_path: Path) -> None:
    options = [{"key": str(n), "label": f"Answer {n}", "effect": None} for n in range(1, 11)]
    ballot = BALLOT | {"form": "one-of-several", "options": options}
    data = ballot_papers_data("Spring", ballot, ["Everyone"], LARGE, 1_806_150_660, rehearsal=True)
    (tmp_path / "papers.pdf").write_bytes(ballot_papers_pdf(data))
    words = text_of(tmp_path / "papers.pdf")
    assert "Answer 10" in words and "REHEARSAL" in words and "Everyone" not in words
