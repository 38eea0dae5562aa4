"""Changes in the DOCX are real: accepted they give the final text, rejected the original."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from facilitate.domain.outcome import Outcome
from facilitate.formats.outcome_docx import outcome_docx
from facilitate.formats.outcome_json import outcome_data
from tests.formats.outcome_sample import FACTS, PASSAGES, naughty, sample


def text_paragraphs(outcome: Outcome) -> list[Any]:
    """The paragraphs of "The text", as elements."""
    paragraphs = docx.Document(BytesIO(outcome_docx(outcome_data(outcome, FACTS)))).paragraphs
    names = [paragraph.text for paragraph in paragraphs]
    end = (
        names.index("What the event stated")
        if "What the event stated" in names
        else names.index("The record")
    )
    return [paragraph._p for paragraph in paragraphs[names.index("The text") + 1 : end]]


def resolved(paragraphs: list[Any], gone: str, words: tuple[str, ...]) -> list[str]:
    """What a word processor leaves once all changes of one kind are gone, marked paragraphs with them."""
    found = []
    for paragraph in paragraphs:
        runs = [
            run
            for run in paragraph.iter(qn("w:r"))
            if not any(a.tag == qn(gone) for a in run.iterancestors())
        ]
        text = "".join(
            "\n" if part.tag == qn("w:br") else part.text or ""
            for run in runs
            for part in run
            if part.tag in (qn("w:br"), *map(qn, words))
        )
        marks = [mark.tag for mark in paragraph.iterfind(f"{qn('w:pPr')}/{qn('w:rPr')}/*")]
        if qn(gone) not in marks:
            found.append(text)
    return found


def test_all_changes_accepted_give_the_final_text() -> None:
    for outcome in (sample(), naughty()):
        final = [p.final for p in outcome.passages if p.final is not None]
        accepted = resolved(text_paragraphs(outcome), "w:del", ("w:t",))
        assert [words.replace("\ufffe", "") for words in accepted] == [
            words.replace("\x00", "").replace("\x07", "").replace("\ufffe", "") for words in final
        ]


def test_all_changes_rejected_give_the_original() -> None:
    rejected = resolved(text_paragraphs(sample()), "w:ins", ("w:t", "w:delText"))
    assert rejected == [passage.wording for passage in PASSAGES]


def test_the_author_of_a_change_is_its_ballot_and_the_date_its_closing() -> None:
    changes = [
        change
        for paragraph in text_paragraphs(sample())
        for tag in ("w:ins", "w:del")
        for change in paragraph.iter(qn(tag))
    ]
    authors = {change.get(qn("w:author")) for change in changes}
    assert authors == {
        "Ballot 14 (carried)",
        "Ballot 15 (carried)",
        "Ballot 16 (carried)",
        "Ballot 17 (carried)",
        "Clerk's decision (changed since the vote)",
        "Staff (changed since the vote)",
    }
    dates = {
        change.get(qn("w:date")) for change in changes if change.get(qn("w:author")) == "Ballot 14 (carried)"
    }
    assert dates == {"2027-03-27T14:09:00Z"}
    ids = [change.get(qn("w:id")) for change in changes]
    assert len(ids) == len(set(ids))


def test_what_became_of_a_changed_passage_hangs_in_the_margin() -> None:
    document = docx.Document(BytesIO(outcome_docx(outcome_data(sample(), FACTS))))
    comments = [comment.text for comment in document.comments]
    assert any("HOU-2.2: Deleted by ballot 15." in words for words in comments)
    assert any("Carried: 812 for, 361 against" in words for words in comments)
