"""Ballots: the life of one, its trust and purpose, what can be chosen on it, and its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from facilitate.domain.refusal import Refused

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
FEWEST_OPTIONS, MOST_OPTIONS = 2, 10
MOST_LISTED = 20
LONGEST_LABEL = 200
ANNOUNCED_SECONDS = (60, 20)


class BallotState(StrEnum):
    """Where a ballot is in its life."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    RECALLED = "recalled"
    OPEN = "open"
    CLOSED = "closed"
    PROVISIONAL = "provisional"
    PUBLISHED = "published"
    VOID = "void"


class BallotAct(StrEnum):
    """What can be done to a ballot."""

    ANNOUNCE = "announce"
    RECALL = "recall"
    OPEN = "open"
    CLOSE = "close"
    COUNT = "count"
    PUBLISH = "publish"
    VOID = "void"


class Trust(StrEnum):
    """What a ballot's secrecy rests on."""

    HANDS = "hands"
    ANONYMISED = "anonymised"
    STAMPED = "stamped"
    CARDS = "cards"


class Purpose(StrEnum):
    """What a ballot is for: only a binding one decides anything, a practice one leaves no record."""

    BINDING = "binding"
    SOUNDING = "sounding"
    PRACTICE = "practice"


class BallotForm(StrEnum):
    """How a ballot paper is filled in."""

    FOR_AGAINST = "for-against"
    ONE_OF_SEVERAL = "one-of-several"
    APPROVE_ANY = "approve-any"
    RANK = "rank"
    STRENGTH = "strength"
    POINTS = "points"


class Method(StrEnum):
    """How papers that say more than one thing become a choice."""

    PLURALITY = "plurality"
    APPROVAL = "approval"
    IRV = "irv"
    STV = "stv"
    SCHULZE = "schulze"
    BORDA = "borda"
    SCORES = "scores"
    POINTS = "points"


RANKING_METHODS = (Method.IRV, Method.STV, Method.SCHULZE, Method.BORDA)
SINGLE_CHOICE = (BallotForm.FOR_AGAINST, BallotForm.ONE_OF_SEVERAL)

MOVES: dict[BallotState, dict[BallotAct, BallotState]] = {
    BallotState.DRAFT: {BallotAct.ANNOUNCE: BallotState.ANNOUNCED, BallotAct.VOID: BallotState.VOID},
    BallotState.ANNOUNCED: {
        BallotAct.RECALL: BallotState.RECALLED,
        BallotAct.OPEN: BallotState.OPEN,
        BallotAct.VOID: BallotState.VOID,
    },
    BallotState.RECALLED: {BallotAct.ANNOUNCE: BallotState.ANNOUNCED, BallotAct.VOID: BallotState.VOID},
    BallotState.OPEN: {BallotAct.CLOSE: BallotState.CLOSED, BallotAct.VOID: BallotState.VOID},
    BallotState.CLOSED: {BallotAct.COUNT: BallotState.PROVISIONAL, BallotAct.VOID: BallotState.VOID},
    BallotState.PROVISIONAL: {BallotAct.PUBLISH: BallotState.PUBLISHED, BallotAct.VOID: BallotState.VOID},
    BallotState.PUBLISHED: {},
    BallotState.VOID: {},
}

_STATE_WORDS = {
    BallotState.DRAFT: "has not been announced yet",
    BallotState.ANNOUNCED: "is announced but not open",
    BallotState.RECALLED: "was recalled",
    BallotState.OPEN: "is open",
    BallotState.CLOSED: "is closed and not counted yet",
    BallotState.PROVISIONAL: "is counted and its result provisional",
    BallotState.PUBLISHED: "has a published result",
    BallotState.VOID: "is void",
}

_ACT_WORDS = {
    BallotAct.ANNOUNCE: "announced",
    BallotAct.RECALL: "recalled",
    BallotAct.OPEN: "opened",
    BallotAct.CLOSE: "closed",
    BallotAct.COUNT: "counted",
    BallotAct.PUBLISH: "published",
    BallotAct.VOID: "declared void",
}

_NEXT_WORDS = {
    BallotState.DRAFT: "announce it first",
    BallotState.ANNOUNCED: "open it, recall it or declare it void",
    BallotState.RECALLED: "announce it again with its new wording",
    BallotState.OPEN: "close it, or declare it void and run it again",
    BallotState.CLOSED: "have it counted",
    BallotState.PROVISIONAL: "publish it, or declare it void and run it again",
    BallotState.PUBLISHED: "what the room decided can be changed by another ballot only",
    BallotState.VOID: "run it again as a new ballot",
}


def move_ballot(state: BallotState, act: BallotAct) -> BallotState:
    """The state of a ballot after an act.

    Errors: ballot-state
    """
    after = MOVES[state].get(act)
    if after is None:
        raise Refused("ballot-state", f"This ballot {_STATE_WORDS[state]}; it cannot be {_ACT_WORDS[act]}. "
                      f"Nothing was changed; {_NEXT_WORDS[state]}.", "state")
    return after


def version_after(version: int, state: BallotState, act: BallotAct) -> int:
    """The version of a ballot's wording after an act: announcing a recalled one makes the next version.

    Errors: ballot-state
    """
    move_ballot(state, act)
    return version + 1 if state is BallotState.RECALLED else version


def may_be_reworded(state: BallotState) -> bool:
    """Whether text, options and rules may still change: never while anybody can have seen them as fixed."""
    return state in (BallotState.DRAFT, BallotState.RECALLED)


def shows_result(state: BallotState) -> bool:
    """Whether anyone, staff included, may see how the votes are split."""
    return state is BallotState.PUBLISHED


def check_trust(trust: Trust, *, stamping: bool) -> None:
    """Refuse a grade of trust that this hub cannot keep; `stamping` says whether it can stamp.

    Errors: stamped-needs-https
    """
    if trust is Trust.STAMPED:
        check_stamping(stamping)


def check_stamping(stamping: bool) -> None:
    """Refuse a stamped ballot where choices could be read on their way, or nobody is there to stamp.

    Errors: stamped-needs-https
    """
    if not stamping:
        raise Refused("stamped-needs-https", "A stamped ballot needs https, and this hub has no certificate: "
                      "without one, votes could be read on the Wi-Fi. The ballot is kept as it was; make a "
                      "certificate, or vote on the phones without stamps, by show of hands or on paper.",
                      "trust")


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen on a paper: `key` on the wire and in the box, `label` for people."""

    key: str
    label: str


def options_of(form: BallotForm, labels: Sequence[str] = (), abstain: bool = True) -> tuple[Option, ...]:
    """What can be chosen, in the order shown.

    Shape: for, against or 1, 2, … for the labels as given; abstaining last.
    """
    if form is BallotForm.FOR_AGAINST:
        options = [Option(FOR, "For"), Option(AGAINST, "Against")]
    else:
        options = [Option(str(number), label) for number, label in enumerate(labels, 1)]
    return (*options, Option(ABSTAIN, "Abstain")) if abstain else tuple(options)


def option_limits(form: BallotForm) -> tuple[int, int]:
    """The fewest and the most options of a form: one can be rated alone, and lists may be longer.

    Every paper filled in with so many fits into its longest text (papers.LONGEST_PAPER).
    """
    listed = form in (BallotForm.APPROVE_ANY, BallotForm.RANK)
    return 1 if form is BallotForm.STRENGTH else FEWEST_OPTIONS, MOST_LISTED if listed else MOST_OPTIONS


def check_labels(form: BallotForm, labels: Sequence[str]) -> None:
    """Refuse options that cannot be told apart, or too few or many of them.

    Errors: options-not-wanted, options-count, option-label, options-alike
    """
    if form is BallotForm.FOR_AGAINST:
        if labels:
            raise Refused("options-not-wanted", "A vote for or against has no options of its own. They are "
                          "kept; choose one-of-several to vote on them.", "options")
        return
    fewest, most = option_limits(form)
    if not fewest <= len(labels) <= most:
        raise Refused("options-count", f"This ballot has {len(labels)} options; it needs {fewest} to "
                      f"{most}. They are kept; add or remove some.", "options")
    for label in labels:
        if not 0 < len(label.strip()) <= LONGEST_LABEL:
            raise Refused("option-label", f"Each option needs 1 to {LONGEST_LABEL} characters. "
                          "They are kept; shorten it or fill it in.", "options")
    if len({label.strip().casefold() for label in labels}) < len(labels):
        raise Refused("options-alike", "Two options read the same, so no count could tell them apart. "
                      "They are kept; reword one.", "options")


def closes_no_earlier_than(opened_at: datetime, min_seconds: int) -> datetime:
    """The moment until which a ballot stays open, whoever wants it closed."""
    return opened_at + timedelta(seconds=min_seconds)


def may_close(opened_at: datetime, now: datetime, min_seconds: int, voted: int, entitled: int) -> bool:
    """Whether a ballot may be closed: its minimum time is over, or everybody has voted."""
    return voted >= entitled or now >= closes_no_earlier_than(opened_at, min_seconds)


def check_close(opened_at: datetime, now: datetime, min_seconds: int, voted: int, entitled: int) -> None:
    """Refuse to close a ballot that has not been open long enough for everyone to vote.

    Errors: ballot-too-early
    """
    if not may_close(opened_at, now, min_seconds, voted, entitled):
        left = closes_no_earlier_than(opened_at, min_seconds) - now
        seconds = -(-left // timedelta(seconds=1))
        raise Refused("ballot-too-early", f"This ballot stays open for {seconds} more "
                      f"{'second' if seconds == 1 else 'seconds'}, unless all {entitled} vote before. "
                      "It is still open; close it then.", "state")


@dataclass(frozen=True)
class Waiting:
    """Who is not done with an open ballot: devices that fail, and delegates who ask for more time."""

    failing: int
    need_time: int


def check_calm(waiting: Waiting, allowed: Waiting, reason: str | None = None) -> None:
    """Refuse to close while more wait than the setting allows, unless a reason goes on record.

    Errors: devices-failing, time-needed
    """
    if reason and reason.strip():
        return
    still = "It is still open; give it more time, or close it all the same with a reason on record."
    if waiting.failing > allowed.failing:
        raise Refused("devices-failing", f"{waiting.failing} devices could not put a vote into the box yet. "
                      f"{still}", "state")
    if waiting.need_time > allowed.need_time:
        raise Refused("time-needed", f"{waiting.need_time} delegates ask for more time. {still}", "state")


def remaining_announcements(
    closes_at: datetime, before: datetime, now: datetime, marks: Sequence[int] = ANNOUNCED_SECONDS,
) -> list[int]:
    """Which remaining times have been reached since the last look and are to be said aloud.

    Shape: seconds, longest first. Several at once after a gap: say the last one only.
    """
    return [mark for mark in sorted(marks, reverse=True)
            if before < closes_at - timedelta(seconds=mark) <= now < closes_at]
