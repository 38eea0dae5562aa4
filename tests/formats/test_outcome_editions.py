"""Every edition of the outcome, read back by another program, holds every passage, vote and disposition."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import html

from facilitate.domain.outcome import Outcome
from facilitate.formats.outcome_docx import outcome_docx
from facilitate.formats.outcome_html import outcome_html
from facilitate.formats.outcome_json import FULL, SHORT, outcome_data, outcome_json
from facilitate.formats.outcome_odt import outcome_odt
from facilitate.formats.outcome_pdf import outcome_pdf
from tests.formats.edit_sets import edit_set, joined
from tests.formats.outcome_sample import FACTS, NAUGHTY, naughty, sample
from tests.support.libreoffice import convert, read_text
from tests.support.pdf import pages_of, text_of
from tests.support.verapdf import pdfua1_failures


def tables() -> Outcome:
    """Outcomes with tables, footnotes, and changes in both."""
    return joined([(number, edit_set(number)) for number in (3, 14, 66)])


def squeezed(words: str) -> str:
    """Words without the spaces and line ends that a page sets between them."""
    return re.sub(r"\s+", "", words)


def of_pdf(data: dict[str, Any], folder: Path) -> str:
    (folder / "outcome.pdf").write_bytes(outcome_pdf(data))
    return text_of(folder / "outcome.pdf")


def of_docx(data: dict[str, Any], folder: Path) -> str:
    (folder / "outcome.docx").write_bytes(outcome_docx(data))
    return read_text(folder / "outcome.docx")


def of_odt(data: dict[str, Any], folder: Path) -> str:
    (folder / "outcome.odt").write_bytes(outcome_odt(data))
    return read_text(folder / "outcome.odt")


def of_html(data: dict[str, Any], folder: Path) -> str:
    return str(html.fromstring(outcome_html(data).decode()).text_content())


def of_json(data: dict[str, Any], folder: Path) -> str:
    return outcome_json(sample(), FACTS).decode()


READERS = {"pdf": of_pdf, "docx": of_docx, "odt": of_odt, "html": of_html, "json": of_json}


def wanted(data: dict[str, Any]) -> list[str]:
    """Everything that no edition may leave out."""
    found = [data["document"]["title"], data["hash"], data["status"], *data["summary"]]
    places = [*data["passages"], data["general"]]
    found += [data["balance"]["sentence"], *(line["label"] for line in data["balance"]["lines"])]
    found += ["S-004", "S-008"]
    for passage in data["passages"]:
        found += [
            passage["ref"],
            passage["final"] or passage["original"],
            passage["discussed"],
            passage["fate"],
        ]
        found += [words for change in passage["changes"] for words in (change["english"], change["author"])]
        found += [words for later in passage["since_vote"] for words in (later["what"], later["reason"])]
    for place in places:
        for vote in place["votes"]:
            found += [vote["title"], vote["question"], vote["result"], *vote["conditions"]]
            found += [words for label, _ in vote["rows"] for words in (label,)]
        found += [words for motion in place["motions"] for words in (motion["sentence"], motion["title"])]
        found += [
            words for theme in place["themes"] for words in (theme["name"], theme["size"], theme["quote"])
        ]
        for said in [*place["comments"], *place["submissions"]]:
            found += [said["ref"], said["text"], said["end"], said["reason"], said["note"]]
        found += [words for position in place["minority_positions"] for words in (position["text"],)]
        found += [signature["sentence"] for signature in place["signatures"]]
    return [words for words in found if words]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_every_passage_vote_and_disposition_is_there(
    reader: Callable[[dict[str, Any], Path], str], tmp_path: Path
) -> None:
    data = outcome_data(sample(), FACTS)
    read = squeezed(reader(data, tmp_path))
    assert "Ceri Bowen: signed with a note of dissent" in str(data)
    missing = [words for words in wanted(data) if squeezed(words) not in read]
    assert missing == []


@pytest.mark.parametrize(
    ("make", "edition"), [(sample, FULL), (naughty, FULL), (naughty, SHORT), (tables, FULL)]
)
def test_the_pdf_keeps_the_standard_for_accessible_documents(
    make: Callable[[], Outcome], edition: str, tmp_path: Path
) -> None:
    facts = replace(FACTS, edition=edition, copy_for="Amina Yusuf")
    (tmp_path / "outcome.pdf").write_bytes(outcome_pdf(outcome_data(make(), facts)))
    assert pdfua1_failures(tmp_path / "outcome.pdf") == []


@pytest.mark.parametrize("reader", [of_docx, of_odt, of_html], ids=["docx", "odt", "html"])
def test_the_short_edition_has_every_result_and_no_comment(
    reader: Callable[[dict[str, Any], Path], str], tmp_path: Path
) -> None:
    data = outcome_data(sample(), replace(FACTS, edition=SHORT))
    read = squeezed(reader(data, tmp_path))
    assert all(squeezed(vote["result"]) in read for vote in data["decisions"])
    assert [vote["number"] for vote in data["decisions"]] == list(range(12, 22))
    for words in ("The Treasury should go on agreeing to loans.", "referred back", "Too far, too fast."):
        assert squeezed(words) in read
    assert squeezed("Asking takes two years.") not in read


def test_a_copy_has_its_recipients_name_on_each_page(tmp_path: Path) -> None:
    data = outcome_data(sample(), replace(FACTS, copy_for="Amina Yusuf"))
    (tmp_path / "copy.docx").write_bytes(outcome_docx(data))
    (tmp_path / "copy.odt").write_bytes(outcome_odt(data))
    pages = [outcome_pdf(data), convert(tmp_path / "copy.docx", "pdf"), convert(tmp_path / "copy.odt", "pdf")]
    for body in pages:
        (tmp_path / "copy.pdf").write_bytes(body)
        printed = pages_of(tmp_path / "copy.pdf")
        assert len(printed) > 2
        assert all("Copy for Amina Yusuf" in page for page in printed)


def test_strength_and_a_minority_view_are_said_in_words() -> None:
    said = "minority view · with this point 4 · not with it 4"
    data = outcome_data(sample(), FACTS)
    assert said in outcome_html(data).decode()
    assert said in outcome_json(sample(), FACTS).decode()
    document = docx.Document(BytesIO(outcome_docx(data)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(said in cell for cell in cells)


def test_the_same_outcome_prints_the_same_bytes() -> None:
    data = outcome_data(sample(), FACTS)
    assert outcome_pdf(data) == outcome_pdf(data)
    assert outcome_html(data) == outcome_html(data)


def test_words_that_look_like_markup_stay_words(tmp_path: Path) -> None:
    data = outcome_data(naughty(), FACTS)
    read = squeezed(of_pdf(data, tmp_path))
    assert squeezed(NAUGHTY[0]) in read
    assert squeezed(NAUGHTY[1]) in read
    page = html.fromstring(outcome_html(data).decode())
    assert page.xpath("//script") == []
    assert squeezed(NAUGHTY[0]) in squeezed(page.text_content())
    paragraphs = [p.text for p in docx.Document(BytesIO(outcome_docx(data))).paragraphs]
    assert NAUGHTY[0] in paragraphs


def test_a_sign_without_a_letterform_is_printed_by_its_name(tmp_path: Path) -> None:
    read = squeezed(of_pdf(outcome_data(naughty(), FACTS), tmp_path))
    assert "[woman]" in read
    assert "[microscope]" in read
    assert "Привет" in read


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    page = html.fromstring(outcome_html(outcome_data(sample(), FACTS)).decode())
    assert page.xpath("//script | //link | //img | //iframe | //*[@style] | //@onclick") == []
    assert all(link.startswith("#") for link in page.xpath("//a/@href"))


def test_the_headings_of_a_page_skip_no_level() -> None:
    page = html.fromstring(outcome_html(outcome_data(sample(), FACTS)).decode())
    levels = [int(str(heading.tag)[1]) for heading in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
