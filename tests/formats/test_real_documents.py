"""Documents that others wrote: the numbers that people see are found, and no paragraph is lost."""

import json
from pathlib import Path

import pytest

from facilitate.domain.documents import ReadDocument, references
from facilitate.formats.docx_in import read_docx
from facilitate.formats.docx_package import open_docx
from facilitate.formats.docx_styles import w

WORD_FILES = Path(__file__).parents[3] / "shared/data/docs/govuk_docx"
FILES = sorted(WORD_FILES.glob("*.docx"))

pytestmark = pytest.mark.skipif(not FILES, reason="the sample documents are not on this machine")


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def expected_numbers(file: Path) -> list[tuple[str, str]]:
    items = json.loads(file.with_suffix("").with_suffix(".gold.json").read_text(encoding="utf-8"))["items"]
    keys = [(letters(x["num"] or ""), letters((x["heading"] or "") + x["text_start"])[:25]) for x in items]
    return [key for key in keys if key[0]]


def found_numbers(document: ReadDocument) -> set[tuple[str, str]]:
    return {(letters(x.number), letters(x.heading + x.text)[:25]) for x in document.passages}


def test_nine_numbers_in_ten_are_found() -> None:
    shares = []
    for file in FILES:
        wanted = expected_numbers(file)
        found = found_numbers(read_docx(file.read_bytes()))
        shares.append(sum(key in found for key in wanted) / len(wanted))
    assert sum(shares) / len(shares) >= 0.9, shares


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_paragraph_is_lost(file: Path) -> None:
    body = file.read_bytes()
    document = read_docx(body)
    whole = letters("".join(x.number + x.heading + x.text for x in document.passages))
    for paragraph in open_docx(body).document.iter(w("p")):
        assert letters("".join(text.text or "" for text in paragraph.iter(w("t")))) in whole


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_passage_gets_a_reference_of_its_own(file: Path) -> None:
    passages = read_docx(file.read_bytes()).passages
    assert len(set(references("EDU", passages))) == len(passages)
