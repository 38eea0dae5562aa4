"""Outcome: the record of one document that goes into the compile, as it lies after the event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True)
class Document:
    """The document whose outcome is put together."""

    prefix: str
    title: str
    commission: str = ""


@dataclass(frozen=True)
class Passage:
    """One numbered part of the document as it was frozen, version 1."""

    ref: str
    number: str = ""
    kind: str = "paragraph"
    heading: str = ""
    text: str = ""
    depth: int = 0

    @property
    def wording(self) -> str:
        """The words that a motion changes: those of a heading stand in `heading`, all others in `text`."""
        return self.text or self.heading


@dataclass(frozen=True)
class Source:
    """Where a phrase of a motion came from.

    Shape: `kind` is comment, theme or submission; `ref` its reference or id; `label` what a person calls it.
    """

    kind: str
    ref: str
    label: str = ""


@dataclass(frozen=True)
class Motion:
    """A wording put to the room; an amendment names the motion it amends and touches no passage by itself.

    Shape: `effect` is replace, insert-after, delete or state; `passage` None is the document as a whole, and
    with insert-after the place before its first passage; `state` as in the glossary (carried, lost, …);
    `base_hash` fingerprints the text it was written on (`wording.base_hash`), None for the frozen one; `why`
    says why it fell, or what took back what it had decided.
    """

    number: int
    effect: str
    state: str
    passage: str | None = None
    title: str = ""
    text: str = ""
    amends: int | None = None
    base_hash: str | None = None
    sources: tuple[Source, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Ballot:
    """One vote of the room as its result was frozen at the close.

    Shape: `counts` are (label, whole votes) in the order of the options; `state` is provisional, published
    or void (anything earlier has no result and is left out of the outcome); `sentence` says the result,
    `rule` what decided; `section_tally` are the options' parts of the shares, `sections` say what each did.
    """

    number: int
    question: str
    state: str = "published"
    sentence: str = ""
    rule: str = ""
    verdict: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    abstained: int = 0
    not_voted: int = 0
    base: int | None = None
    needed: int | None = None
    quorum: int | None = None
    quorum_reached: bool | None = None
    purpose: str = "binding"
    trust: str = "anonymised"
    motion: int | None = None
    passage: str | None = None
    closed: datetime | None = None
    section_tally: tuple[tuple[str, Fraction], ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Theme:
    """A named group of like comments, counted by comments and by tables."""

    name: str
    passage: str | None = None
    comments: int = 0
    tables: int = 0
    agree: int = 0
    minority: bool = False
    quote: str = ""


@dataclass(frozen=True)
class Comment:
    """One point typed at a table, with its end.

    Shape: `state` is current, superseded, withdrawn or conflict; only superseded ones have no end of their
    own.
    """

    ref: str
    text: str
    kind: str = ""
    passage: str | None = None
    table: int | None = None
    agree: int = 0
    against: int = 0
    themes: tuple[str, ...] = ()
    state: str = "current"
    disposition: str | None = None
    reason: str = ""
    note: str = ""
    minority: bool = False


@dataclass(frozen=True)
class Submission:
    """A text sent in before the event, with its end."""

    ref: str
    title: str
    body: str = ""
    text: str = ""
    passages: tuple[str, ...] = ()
    disposition: str | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class MinorityPosition:
    """A losing proposal above the threshold, going on beside the text."""

    text: str
    passage: str | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Decision:
    """A clerk's decision between carried motions that overlap on one passage.

    Shape: `between` names the motions it decided; it holds for exactly these. `text` None: the passage is
    deleted. `number` is its place in the journal: the last one that was not rescinded rules.
    """

    passage: str
    text: str | None
    reason: str
    between: tuple[int, ...]
    by: str = ""
    at: datetime | None = None
    number: int = 0
    rescinded: bool = False


@dataclass(frozen=True)
class Edit:
    """A wording changed after the vote by staff, or by a signatory who accepts it so, with its reason.

    Shape: `base_hash` fingerprints what the vote had made of the passage (`wording.base_hash`); on any other
    wording it does not hold. `number` is its place in the journal: each edit changes what the one before it
    made; one whose text is what was voted puts that back.
    """

    passage: str
    text: str
    reason: str
    base_hash: str
    by: str = ""
    at: datetime | None = None
    number: int = 0
    signatory: bool = False


@dataclass(frozen=True)
class Signature:
    """What a signatory did with a passage, or with all of the document when `passage` is None.

    Shape: `text_hash` names the words it was given for (`outcome_checks.passage_hash`); on others it does not
    stand. None stands on any. `number` is its place in the journal; `answer` is what a return was answered;
    `person` tells people of one name apart.
    """

    name: str
    act: str
    passage: str | None = None
    note: str = ""
    addressee: str = ""
    at: datetime | None = None
    text_hash: str | None = None
    number: int = 0
    answer: str = ""
    answered_at: datetime | None = None
    person: str = ""


@dataclass(frozen=True)
class Record:
    """All that the event knows of one document.

    Shape: passages in document order; everything else in any order. `discussed` has (reference, number of
    tables); `open_points` are references of delegates' missing points that nobody has answered; `kept` are
    those of points that came and that nobody has made a comment of, or ended, yet.
    """

    document: Document
    passages: tuple[Passage, ...]
    motions: tuple[Motion, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    themes: tuple[Theme, ...] = ()
    comments: tuple[Comment, ...] = ()
    submissions: tuple[Submission, ...] = ()
    minority_positions: tuple[MinorityPosition, ...] = ()
    discussed: tuple[tuple[str, int], ...] = ()
    decisions: tuple[Decision, ...] = ()
    edits: tuple[Edit, ...] = ()
    signatures: tuple[Signature, ...] = ()
    open_points: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
