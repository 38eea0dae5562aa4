"""200 generated sets of changes, written as DOCX and ODT, settled in LibreOffice: final text and original."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from facilitate.domain.outcome import Outcome
from facilitate.formats.outcome_docx import outcome_docx
from facilitate.formats.outcome_json import outcome_data
from facilitate.formats.outcome_odt import outcome_odt
from facilitate.formats.tracked import paragraphs_of
from tests.formats.edit_sets import edit_set, frozen_for, joined
from tests.formats.outcome_sample import FACTS
from tests.support.tracked import Settled, settled

SETS = 200
# Opening a file costs more than what is in it, so five sets share one; its last deletes its last passage.
FILES = [range(1), *(range(first, min(first + 5, SETS)) for first in range(1, SETS, 5))]
# These are read paragraph by paragraph, with every change and comment; the others line by line.
EXACT = range(0, len(FILES), 16)
SHORT = replace(FACTS, edition="short")
FORMATS = {"docx": outcome_docx, "odt": outcome_odt}


@pytest.fixture(scope="module")
def sets() -> list[Outcome]:
    return [edit_set(number) for number in range(SETS)]


@pytest.fixture(scope="module")
def outcomes(sets: list[Outcome]) -> list[Outcome]:
    return [joined([(number, sets[number]) for number in file]) for file in FILES]


@pytest.fixture(scope="module")
def found(outcomes: list[Outcome], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Settled]:
    folder = tmp_path_factory.mktemp("tracked")
    for number, outcome in enumerate(outcomes):
        data = outcome_data(outcome, SHORT)
        for kind, write in FORMATS.items():
            (folder / f"{number}.{kind}").write_bytes(write(data))
    return settled(folder, [f"{number}.{kind}" for number in EXACT for kind in FORMATS])


def the_text(paragraphs: list[str]) -> list[str]:
    """What stands between the headings "The text" and "What was decided", without the break of the page."""
    return paragraphs[paragraphs.index("The text") + 1 : paragraphs.index("What was decided") - 1]


def as_read(number: int, paragraphs: list[str]) -> list[str]:
    return paragraphs if number in EXACT else [line for text in paragraphs for line in text.split("\n")]


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_all_changes_accepted_give_exactly_the_final_text(
    kind: str, outcomes: list[Outcome], found: dict[str, Settled]
) -> None:
    for number, outcome in enumerate(outcomes):
        final = [passage.final for passage in outcome.passages if passage.final is not None]
        assert the_text(found[f"{number}.{kind}"].accepted) == as_read(number, final), number


@pytest.mark.parametrize("kind", FORMATS)
def test_all_changes_rejected_give_exactly_the_original(
    kind: str, outcomes: list[Outcome], found: dict[str, Settled]
) -> None:
    for number in range(len(outcomes)):
        original = [p.wording for each in FILES[number] for p in frozen_for(each)]
        assert the_text(found[f"{number}.{kind}"].rejected) == as_read(number, original), number


@pytest.mark.parametrize("kind", FORMATS)
def test_each_change_has_its_ballot_and_the_close_of_it(
    kind: str, outcomes: list[Outcome], found: dict[str, Settled]
) -> None:
    for number in EXACT:
        marks = {
            (mark.author, (mark.at or "").removesuffix("Z"))
            for paragraph in paragraphs_of(outcome_data(outcomes[number], SHORT))
            for piece in paragraph.pieces
            for mark in (piece.inserted if not piece.deleted else None, piece.deleted)
            if mark
        }
        seen = found[f"{number}.{kind}"]
        assert marks
        assert {(author, at) for _, author, at in seen.changes} == marks, number
        assert seen.left == 0


def test_the_sets_hold_what_is_hard(sets: list[Outcome], outcomes: list[Outcome]) -> None:
    files = [[passage.state for passage in outcome.passages] for outcome in outcomes]
    assert sum(each[0] == "deleted" for each in files) > 8
    assert sum(each[-1] == "deleted" for each in files) > 30
    states = [[passage.state for passage in outcome.passages] for outcome in sets]
    assert len(states) == SETS
    assert sum(each[0] == "deleted" for each in states) > 30
    assert sum(each[-1] == "deleted" for each in states) > 30
    assert sum(("deleted", "deleted") in pairwise(each) for each in states) > 50
    assert sum("inserted" in each for each in states) > 100


@pytest.mark.parametrize("kind", FORMATS)
def test_what_became_of_a_passage_hangs_in_the_margin(
    kind: str, outcomes: list[Outcome], found: dict[str, Settled]
) -> None:
    for number in EXACT:
        notes = [p.note for p in paragraphs_of(outcome_data(outcomes[number], SHORT)) if p.note]
        margin = [comment.replace("\r\n", "\n") for comment in found[f"{number}.{kind}"].comments]
        assert sorted(margin) == sorted(notes), number
