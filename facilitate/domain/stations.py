"""Comments and submissions: where one is now, how it ended, and the balance sheet of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from facilitate.domain.refusal import Refused

LONGEST_NOTE = 1_000


class Station(StrEnum):
    """Where a comment or submission is now."""

    RECEIVED = "received"
    READ = "read"
    IN_THEME = "in-theme"
    IN_MOTION = "in-motion"
    IN_BALLOT = "in-ballot"


STATION_LABELS: dict[Station, str] = {
    Station.RECEIVED: "Received",
    Station.READ: "Read",
    Station.IN_THEME: "In a theme",
    Station.IN_MOTION: "In a motion",
    Station.IN_BALLOT: "In a ballot",
}


@dataclass(frozen=True)
class StationFacts:
    """What a comment or submission is linked to."""

    read: bool = False
    themes: int = 0
    motions: int = 0
    ballots: int = 0


def station_of(facts: StationFacts) -> Station:
    """The furthest station that its links show; it is never set by hand.

    Shape: a ballot counts only once it has been announced.
    """
    if facts.ballots:
        return Station.IN_BALLOT
    if facts.motions:
        return Station.IN_MOTION
    if facts.themes:
        return Station.IN_THEME
    return Station.READ if facts.read else Station.RECEIVED


class Disposition(StrEnum):
    """How a comment or submission ended."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted-in-part"
    LOST = "lost"
    FELL = "fell"
    MINORITY_POSITION = "minority-position"
    REFERRED_BACK = "referred-back"
    REMITTED = "remitted"
    ANSWERED = "answered"
    NOTED = "noted"
    NOT_ADOPTED = "not-adopted"
    RULED_OUT = "ruled-out"
    WITHDRAWN = "withdrawn"
    NOT_REACHED = "not-reached"


DISPOSITION_LABELS: dict[Disposition, str] = {
    Disposition.ADOPTED: "Adopted",
    Disposition.ADOPTED_IN_PART: "Adopted in part",
    Disposition.LOST: "Lost on a ballot",
    Disposition.FELL: "Fell",
    Disposition.MINORITY_POSITION: "Minority position",
    Disposition.REFERRED_BACK: "Referred back",
    Disposition.REMITTED: "Remitted",
    Disposition.ANSWERED: "Answered",
    Disposition.NOTED: "Noted",
    Disposition.NOT_ADOPTED: "Not adopted",
    Disposition.RULED_OUT: "Ruled out",
    Disposition.WITHDRAWN: "Withdrawn",
    Disposition.NOT_REACHED: "Not reached",
}

DEFAULT_REASONS: dict[str, str] = {
    "room-voted-against": "The room voted against it.",
    "another-wording-carried": "Another wording on the same point was carried.",
    "rest-not-carried": "Only part of it was carried.",
    "no-majority": "It had support, but not the majority that it needed.",
    "text-deleted": "The passage that it is about was deleted.",
    "already-in-the-text": "The document already says so.",
    "taken-up-elsewhere": "It was taken up under another passage or document.",
    "answered-at-the-table": "It was a question and has been answered.",
    "support-needs-no-change": "It supports the text, which stays as it is.",
    "for-the-commission": "It goes to the policy commission for further work.",
    "needs-evidence": "It needs figures or evidence that the event did not have.",
    "outside-the-document": "It is about something outside these documents.",
    "not-a-proposal": "It is an observation and asks for no change.",
    "against-the-rules": "The event's rules do not allow it; the ruling says why.",
    "taken-back-by-its-maker": "Whoever made it took it back.",
    "no-time": "The event did not reach it.",
}

_WITHOUT_REASON = frozenset({Disposition.ADOPTED, Disposition.WITHDRAWN})


def needs_reason(disposition: Disposition) -> bool:
    """Whether people are owed a reason: for every end but adoption, and a table's own taking back."""
    return disposition not in _WITHOUT_REASON


def check_disposition(
    disposition: Disposition, reason: str | None,
    reasons: Collection[str] = tuple(DEFAULT_REASONS), note: str = "",
) -> None:
    """Refuse an end without a reason, or with one that was not fixed before the event.

    Errors: reason-missing, unknown-reason, note-too-long
    """
    label = DISPOSITION_LABELS[disposition]
    if not reason:
        if needs_reason(disposition):
            raise Refused("reason-missing", f"“{label}” needs a reason. The choice is kept; "
                          "pick one from the list.", "reason")
    elif reason not in reasons:
        raise Refused("unknown-reason", f"“{reason[:60]}” is not on this event's list of reasons. "
                      "The choice is kept; pick one from the list and add a note.", "reason")
    if len(note.strip()) > LONGEST_NOTE:
        raise Refused("note-too-long", f"A note has at most {LONGEST_NOTE:,} characters. "
                      "It is kept; shorten it.", "note")


INPUTS: dict[str, str] = {
    "comments": "Comments from the tables",
    "submissions": "Submissions",
    "missing": "“Our point is missing”",
    "kept": "Points kept as they came",
    "quarantine": "Points of an ended sign-in",
    "calls": "Help calls of the tables",
}


@dataclass(frozen=True)
class Received:
    """One thing that came in, and of which kind of input it is."""

    id: str
    kind: str


@dataclass(frozen=True)
class BalanceLine:
    """The balance of one kind of input.

    Whatever is named is an error: `lost` was received and is nowhere, `doubled` is in more than one place,
    `strange` ended or is open and never came in.
    """

    kind: str
    received: int
    open: int
    ended: int
    lost: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Received less open less ended; nothing may be hidden behind a zero, so look at the names too."""
        return self.received - self.open - self.ended

    @property
    def named(self) -> tuple[str, ...]:
        """Everything that is wrong, each once."""
        return tuple(dict.fromkeys((*self.lost, *self.doubled, *self.strange)))

    @property
    def is_exact(self) -> bool:
        """Whether everything received is either open or ended, once."""
        return not (self.difference or self.named)


def balance(
    received: Iterable[Received], open_: Iterable[Received], ended: Iterable[Received]
) -> list[BalanceLine]:
    """The balance sheet: received = open + ended, for each kind of input.

    Shape: one line per kind in alphabetical order; ids handed over twice count twice.
    """
    places = [list(received), list(open_), list(ended)]
    kinds = sorted({each.kind for place in places for each in place})
    return [_line(kind, *([each.id for each in place if each.kind == kind] for place in places))
            for kind in kinds]


def _line(kind: str, arrived: list[str], still: list[str], over: list[str]) -> BalanceLine:
    placed = still + over
    known, found = set(arrived), set(placed)
    doubled = {id_ for ids in (arrived, placed) for id_, times in Counter(ids).items() if times > 1}
    return BalanceLine(kind, len(arrived), len(still), len(over), tuple(sorted(known - found)),
                       tuple(sorted(doubled)), tuple(sorted(found - known)))
