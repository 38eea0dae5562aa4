"""Neighbouring passages that one author changed stay two, whatever a word processor makes of them."""

from __future__ import annotations

import pytest

from facilitate.formats.tracked import Mark, Paragraph, Piece, apart

STAFF, OTHER = Mark("Staff", "2027-03-27T14:09:00Z"), Mark("Ballot 4 (carried)", None)
END = (Piece("Alpha beta"), Piece(" gamma", inserted=STAFF))
PUT = Piece("Delta ", inserted=STAFF)


def paragraph(*pieces: Piece, inserted: Mark | None = None) -> Paragraph:
    return Paragraph("HOU-1.1", "text", 1, pieces, inserted, None, "")


def second(*pieces: Piece, before: tuple[Piece, ...] = END) -> tuple[Piece, ...]:
    """The pieces of a paragraph after one that ends so."""
    return list(apart([paragraph(*before), paragraph(*pieces)]))[1].pieces


@pytest.mark.parametrize(
    ("rest", "became"),
    [
        ((Piece("epsilon zeta"),), (Piece("epsilon", deleted=STAFF), PUT, Piece("epsilon", inserted=STAFF))),
        ((Piece("epsilon"),), (Piece("epsilon", deleted=STAFF), PUT, Piece("epsilon", inserted=STAFF))),
        ((Piece(" eta"),), (Piece(" eta", deleted=STAFF), PUT, Piece(" eta", inserted=STAFF))),
        ((Piece("out", deleted=OTHER), Piece("in")), (Piece("out", deleted=OTHER), PUT, Piece("in"))),
    ],
)
def test_a_later_passage_begins_with_what_was_taken_out(
    rest: tuple[Piece, ...], became: tuple[Piece, ...]
) -> None:
    found = second(PUT, *rest)
    assert found[: len(became)] == became
    for gone in ("inserted", "deleted"):
        left = [each.text for each in found if not getattr(each, gone)]
        assert "".join(left) == "".join(each.text for each in (PUT, *rest) if not getattr(each, gone))


def test_what_cannot_be_taken_for_one_change_is_left_as_it_is() -> None:
    pieces = (PUT, Piece("epsilon"))
    assert second(*pieces, before=(Piece("Alpha", inserted=OTHER),)) == pieces
    assert second(*pieces, before=(*END, Piece(" and on"))) == pieces
    three = [paragraph(*END), paragraph(PUT, inserted=STAFF), paragraph(*pieces)]
    assert list(apart(three)) == three
