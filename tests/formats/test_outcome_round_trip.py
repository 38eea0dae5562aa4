"""200 generated sets of changes, written as DOCX and ODT, settled in LibreOffice: final text and original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

import pytest

from facilitate.domain.documents import cells_of
from facilitate.domain.outcome import Outcome
from facilitate.formats.outcome_docx import outcome_docx
from facilitate.formats.outcome_json import outcome_data
from facilitate.formats.outcome_odt import outcome_odt
from facilitate.formats.tracked import Paragraph, Piece
from facilitate.formats.tracked_blocks import Table, blocks_of
from facilitate.formats.tracked_rows import Row
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


def body_and_notes(passages: Sequence[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """The paragraphs of a text and those of its footnotes; a table's row is as many as it has cells."""
    notes = [text for kind, text in passages if kind == "footnote"]
    texts = [cells_of(text) if kind == "table" else [text] for kind, text in passages if kind != "footnote"]
    return [cell for cells in texts for cell in cells], notes


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_all_changes_accepted_give_exactly_the_final_text(
    kind: str, outcomes: list[Outcome], found: dict[str, Settled]
) -> None:
    for number, outcome in enumerate(outcomes):
        body, notes = body_and_notes(
            [(p.passage.kind, p.final) for p in outcome.passages if p.final is not None]
        )
        seen = found[f"{number}.{kind}"]
        assert the_text(seen.accepted) == as_read(number, body), number
        assert seen.accepted_notes == as_read(number, notes), number


@pytest.mark.parametrize("kind", FORMATS)
def test_all_changes_rejected_give_exactly_the_original(
    kind: str, outcomes: list[Outcome], found: dict[str, Settled]
) -> None:
    for number in range(len(outcomes)):
        original = [passage for each in FILES[number] for passage in frozen_for(each)]
        body, notes = body_and_notes([(passage.kind, passage.wording) for passage in original])
        seen = found[f"{number}.{kind}"]
        assert the_text(seen.rejected) == as_read(number, body), number
        assert seen.rejected_notes == as_read(number, notes), number


def parts_of(block: Paragraph | Table) -> Sequence[Row]:
    return block.rows if isinstance(block, Table) else []


def blocks(kind: str, outcome: Outcome) -> list[Paragraph | Table]:
    return blocks_of(outcome_data(outcome, SHORT), whole_notes=kind == "docx")


def pieces_of(blocks: list[Paragraph | Table]) -> Iterator[Piece]:
    """Every piece of the text, of its tables and of its footnotes."""
    for part in (part for block in blocks for part in (block, *parts_of(block))):
        yield from part.pieces if isinstance(part, Paragraph) else ()
        yield from chain.from_iterable(part.cells) if isinstance(part, Row) else ()
        for note in () if isinstance(part, Table) else part.notes:
            yield from note.pieces
            yield Piece("", note.inserted, note.deleted)


@pytest.mark.parametrize("kind", FORMATS)
def test_each_change_has_its_ballot_and_the_close_of_it(
    kind: str, outcomes: list[Outcome], found: dict[str, Settled]
) -> None:
    for number in EXACT:
        marks = {
            (mark.author, (mark.at or "").removesuffix("Z"))
            for piece in pieces_of(blocks(kind, outcomes[number]))
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
        parts = [part for block in blocks(kind, outcomes[number]) for part in (block, *parts_of(block))]
        notes = [part.note for part in parts if part.note]
        margin = [comment.replace("\r\n", "\n") for comment in found[f"{number}.{kind}"].comments]
        assert sorted(margin) == sorted(notes), number
