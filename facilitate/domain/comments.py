"""Comments: kinds, what may be typed, strength, marks, revisions and withdrawal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from facilitate.domain.refusal import Refused
from facilitate.domain.wording import nfc

LONGEST_COMMENT = 2_000
STRENGTH_TOLERANCE = 2
# So many of the newest comments on a passage does a table hear of the others, and a screen show.
HEARD = 200


class CommentKind(StrEnum):
    """What kind of point a table makes."""

    SUPPORT = "support"
    CONCERN = "concern"
    WORDING = "wording"
    IDEA = "idea"
    QUESTION = "question"


@dataclass(frozen=True)
class KindLook:
    """How a kind is named and signed; the sign alone must never carry the meaning."""

    label: str
    sign: str


KIND_LOOKS: dict[CommentKind, KindLook] = {
    CommentKind.SUPPORT: KindLook("Support", "+"),
    CommentKind.CONCERN: KindLook("Concern", "!"),
    CommentKind.WORDING: KindLook("Change of wording", "¶"),
    CommentKind.IDEA: KindLook("New idea", "*"),
    CommentKind.QUESTION: KindLook("Question", "?"),
}


class CommentMark(StrEnum):
    """What the centre notes on a comment that it took in although something was unusual."""

    AFTER_THE_ROUND = "after-the-round"
    OVER_LIMIT = "over-limit"
    TABLE_MOVED = "table-moved"
    KEPT_AS_REVISION = "kept-as-revision"
    FROM_PAPER = "from-paper"
    FROM_THE_FLOOR = "from-the-floor"
    TYPED_IN = "typed-in"
    ADMITTED = "admitted"
    READ_IN = "read-in"


MARK_LABELS: dict[CommentMark, str] = {
    CommentMark.AFTER_THE_ROUND: "Sent after the round",
    CommentMark.OVER_LIMIT: "Over the table's limit",
    CommentMark.TABLE_MOVED: "The table has moved",
    CommentMark.KEPT_AS_REVISION: "Kept as a second wording",
    CommentMark.FROM_PAPER: "From paper",
    CommentMark.FROM_THE_FLOOR: "From the floor",
    CommentMark.TYPED_IN: "Typed in at the desk from what came",
    CommentMark.ADMITTED: "From a laptop whose sign-in had ended, admitted by the clerk",
    CommentMark.READ_IN: "Read in at the desk",
}


def check_text(text: str) -> str:
    """The text as it is kept: composed, without white space around it, else exactly as typed.

    Errors: text-empty, text-too-long, text-control-character
    """
    kept = nfc(text).strip()
    if not kept:
        raise Refused("text-empty", "There is nothing to send yet. Your draft is kept; type the point first.",
                      "text")
    if len(kept) > LONGEST_COMMENT:
        raise Refused("text-too-long", f"This point has {len(kept):,} characters; {LONGEST_COMMENT:,} is the "
                      "most. Your draft is kept; shorten it or send it as two points.", "text")
    for place, character in enumerate(kept, 1):
        if character != "\n" and unicodedata.category(character) in ("Cc", "Cs"):
            raise Refused("text-control-character", f"Character {place} of this point is one that cannot be "
                          "shown or read aloud. Your draft is kept; delete it and type it again.", "text")
    return kept


def check_strength(agree: int, against: int, places: int | None = None) -> None:
    """Refuse a strength that the table cannot have.

    A device checks with the table's places. The centre leaves them out: it refuses nothing already said.

    Errors: strength-negative, strength-over-table
    """
    if agree < 0 or against < 0:
        raise Refused("strength-negative", "How many agree and how many are against are whole numbers, 0 or "
                      "more. Your draft is kept; correct them.", "strength")
    if places is not None and agree + against > places + STRENGTH_TOLERANCE:
        raise Refused("strength-over-table", f"{agree} with and {against} against are {agree + against}, and "
                      f"the table has {places} places. Your draft is kept; ask the table again.", "strength")


def strength_words(agree: int, against: int) -> str:
    """A strength as it is read: nobody wonders whether "against" means the point or the passage."""
    return f"with this point {agree} · not with it {against}" if agree or against else ""


@dataclass(frozen=True)
class ArrivalFacts:
    """What the centre knows when a comment arrives; `sent_before` counts the table's points in the round."""

    round_is_open: bool = True
    sent_before: int = 0
    limit: int | None = None
    sent_from: int | None = None
    table: int | None = None
    same_id_other_content: bool = False
    from_paper: bool = False
    from_the_floor: bool = False
    other: tuple[CommentMark, ...] = ()


def marks_for(facts: ArrivalFacts) -> tuple[CommentMark, ...]:
    """What is noted on an arriving comment; it is taken in whatever these say.

    Shape: in the order of `CommentMark`. A sheet typed in later is not late.
    """
    typed_in = facts.from_paper or facts.from_the_floor or CommentMark.TYPED_IN in facts.other
    late = not facts.round_is_open and not typed_in
    noted = {
        CommentMark.AFTER_THE_ROUND: late,
        CommentMark.OVER_LIMIT: facts.limit is not None and facts.sent_before >= facts.limit,
        CommentMark.TABLE_MOVED: facts.sent_from is not None and facts.sent_from != facts.table,
        CommentMark.KEPT_AS_REVISION: facts.same_id_other_content,
        CommentMark.FROM_PAPER: facts.from_paper,
        CommentMark.FROM_THE_FLOOR: facts.from_the_floor,
    }
    noted |= dict.fromkeys(facts.other, True)
    return tuple(mark for mark in CommentMark if noted.get(mark))


@dataclass(frozen=True)
class Revision:
    """One sent wording of a comment; `number` is the centre's order of arrival."""

    id: str
    number: int
    parent: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True)
class Point:
    """One point of a table with all its wordings.

    `current` holds the wordings that stand, oldest first: one, or several where two people corrected the
    same wording. It is empty once the point is withdrawn.
    """

    root: str
    current: tuple[str, ...]
    revisions: tuple[str, ...]

    @property
    def is_conflict(self) -> bool:
        """Whether several wordings stand side by side and a person has to choose."""
        return len(self.current) > 1

    @property
    def is_withdrawn(self) -> bool:
        """Whether the table took the point back; it stays on record."""
        return not self.current


def points_of(revisions: Iterable[Revision]) -> list[Point]:
    """The points behind a heap of revisions, in the order in which their first wordings arrived.

    A correction whose parent has not arrived yet stands for itself until it does.
    """
    by_id = {each.id: each for each in sorted(revisions, key=lambda each: each.number)}
    corrected = {each.parent for each in by_id.values()}
    chains: dict[str, list[Revision]] = {}
    for each in by_id.values():
        chains.setdefault(_root(each, by_id), []).append(each)
    points: list[Point] = []
    for root, chain in sorted(chains.items(), key=lambda pair: by_id[pair[0]].number):
        # A faulty device could name parents in a circle: then every wording is shown, none is lost.
        standing = [each for each in chain if each.id not in corrected] or chain
        current = tuple(each.id for each in standing if not each.withdrawn)
        points.append(Point(root, current, tuple(each.id for each in chain)))
    return points


def _root(one: Revision, by_id: dict[str, Revision]) -> str:
    """The first wording behind a revision; of a circle, the one that arrived first."""
    path = [one.id]
    while one.parent in by_id:
        if one.parent in path:
            circle = path[path.index(one.parent):]
            return min(circle, key=lambda id_: by_id[id_].number)
        one = by_id[str(one.parent)]
        path.append(one.id)
    return one.id


def check_withdrawal(own_table: int | None, by_table: int | None, withdrawn: bool) -> None:
    """Refuse to take a comment back for another table, or twice.

    Errors: not-your-comment, already-withdrawn
    """
    if own_table is None or by_table != own_table:
        raise Refused("not-your-comment", "Only the table that made a point can take it back. "
                      "The point stands; tell that table or the theme team.", "item")
    if withdrawn:
        raise Refused("already-withdrawn", "This point was taken back before. It stays on record as "
                      "withdrawn; send it as a new point if the table wants it after all.", "item")


_REFERENCE = re.compile(r"\s*([1-9][0-9]{0,5})\s*/\s*([1-9][0-9]{0,5})\s*")


def table_reference(table: int, running: int) -> str:
    """How a comment is called aloud and on paper: table 12's seventh is 12/7."""
    return f"{table}/{running}"


def read_table_reference(text: str) -> tuple[int, int]:
    """Table and running number of a reference typed by a person.

    Errors: bad-reference
    """
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise Refused("bad-reference", f"“{text.strip()[:40]}” is no comment's reference. "
                      "Nothing was changed; type it as 12/7: table, stroke, number.", "reference")
    return int(found.group(1)), int(found.group(2))


class MissingState(StrEnum):
    """What became of "our point is missing"."""

    OPEN = "open"
    ANSWERED = "answered"
    ADDED = "added"


_MISSING_MOVES: dict[MissingState, tuple[MissingState, ...]] = {
    MissingState.OPEN: (MissingState.ANSWERED, MissingState.ADDED),
    MissingState.ANSWERED: (MissingState.OPEN, MissingState.ADDED),
    MissingState.ADDED: (),
}


def move_missing(state: MissingState, to: MissingState, answer: str = "") -> MissingState:
    """The state of a missing point once the theme team has answered it, added it, or been asked again.

    Errors: missing-state, answer-missing
    """
    if to not in _MISSING_MOVES[state]:
        raise Refused("missing-state", f"This call is {state} already, so it cannot become {to}. "
                      "Nothing was changed; the delegate can call again.", "state")
    if to is MissingState.ANSWERED and not answer.strip():
        raise Refused("answer-missing", "The delegate is waiting for an answer in words. "
                      "The call stays open; write one sentence.", "answer")
    return to


def open_calls(states: Sequence[MissingState]) -> int:
    """How many calls wait for the theme team."""
    return sum(1 for state in states if state is MissingState.OPEN)
