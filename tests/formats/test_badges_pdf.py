"""Sign-in cards: ten to a page, each with its name, role and code, for a whole conference at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from facilitate.formats.badges_pdf import Card, badges_data, badges_pdf
from facilitate.formats.render import rendered
from tests.support.pdf import text_of
from tests.support.verapdf import pdfua1_failures

MADE = 1_806_150_660
LONG = "Bartholomew Featherstonehaugh-Cholmondeley of the Western Isles and Beyond"


def cards(count: int) -> list[Card]:
    return [
        Card(
            f"Delegate {n} of Amber Valley",
            "Delegate",
            f"K{n:04d}",
            f"https://event.example/in/K{n:04d}",
            ("Table 3",),
        )
        for n in range(count)
    ]


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_a_whole_conference_is_printed_ten_to_a_page(tmp_path: Path) -> None:
    pdf = rendered("badges", badges_data("Spring", cards(1400), MADE))
    assert pages(pdf) == 140
    (tmp_path / "badges.pdf").write_bytes(pdf)
    words = text_of(tmp_path / "badges.pdf")
    assert all(f"K{n:04d}" in words for n in range(1400))


def test_cards_are_accessible_and_long_names_are_whole(tmp_path: Path) -> None:
    card = Card(LONG, "Signatory", "KX7-4QD", "https://event.example/in/KX74QD", ("#panic() *b* <x>",))
    (tmp_path / "badges.pdf").write_bytes(badges_pdf(badges_data("Spring", [card], MADE, rehearsal=True)))
    assert pdfua1_failures(tmp_path / "badges.pdf") == []
    words = " ".join(text_of(tmp_path / "badges.pdf").replace("-\n", "-").split())
    for wanted in (LONG, "Signatory", "KX7-4QD", "#panic() *b* <x>", "event.example"):
        assert wanted in words


def test_an_unknown_edition_says_so() -> None:
    with pytest.raises(RuntimeError, match="Say which edition"):
        rendered("poster", {})
