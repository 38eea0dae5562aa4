"""Programme: the chair's one main button and one undo for a track."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.programme import ItemKind, ItemState, Phase


class ItemPhase(StrEnum):
    """How far a current item has come.

    A round waits for its clock, runs and is over; themes wait until they are shown, then they are over.
    """

    WAITING = "waiting"
    RUNNING = "running"
    OVER = "over"


class StepVerb(StrEnum):
    """What the main button does."""

    OPEN_EVENT = "open-event"
    START_ITEM = "start-item"
    START_CLOCK = "start-clock"
    END_ROUND = "end-round"
    SHOW_THEMES = "show-themes"
    NEXT_VOTE = "next-vote"
    ANNOUNCE_BALLOT = "announce-ballot"
    OPEN_BALLOT = "open-ballot"
    CLOSE_BALLOT = "close-ballot"
    COUNT_BALLOT = "count-ballot"
    GIVE_CASTING_VOTE = "give-casting-vote"
    PUBLISH_BALLOT = "publish-ballot"
    NEXT_ITEM = "next-item"
    END_ITEM = "end-item"
    CLOSE_EVENT = "close-event"
    NOTHING = "nothing"


class UndoVerb(StrEnum):
    """What the undo does."""

    TAKE_BACK_OPENING = "take-back-opening"
    TAKE_BACK_ITEM = "take-back-item"
    BACK_TO_ITEM = "back-to-item"
    TAKE_BACK_CLOCK = "take-back-clock"
    REOPEN_ROUND = "reopen-round"
    HIDE_THEMES = "hide-themes"
    RECALL_BALLOT = "recall-ballot"
    NOTHING = "nothing"


@dataclass(frozen=True)
class BallotStep:
    """One ballot of the current item, as far as the main button needs to know it."""

    id: str
    number: int
    state: BallotState
    trust: Trust = Trust.ANONYMISED
    waits_for_chair: bool = False
    waits_for_tellers: bool = False


@dataclass(frozen=True)
class VoteStep:
    """The next vote in an order of votes that was laid: on which document, and which of how many it is."""

    document: str
    prefix: str
    number: int
    of: int


@dataclass(frozen=True)
class ItemStep:
    """One item of a track's running order, with its ballots in the order of voting.

    `vote` is the next one of a laid order, where this item votes and no ballot on it is drafted yet.
    """

    id: str
    kind: ItemKind
    title: str
    state: ItemState = ItemState.PLANNED
    phase: ItemPhase = ItemPhase.WAITING
    minutes: int | None = None
    ballots: tuple[BallotStep, ...] = ()
    vote: VoteStep | None = None


@dataclass(frozen=True)
class TrackState:
    """Where a track is.

    `others_done` says that no other track has anything left to do, `others_begun` that one has started.
    """

    phase: Phase
    items: tuple[ItemStep, ...] = ()
    others_done: bool = True
    others_begun: bool = False

    @property
    def current(self) -> ItemStep | None:
        """The item that goes on now, if any."""
        return next((item for item in self.items if item.state is ItemState.CURRENT), None)

    @property
    def following(self) -> ItemStep | None:
        """The next item still to come, after the current one."""
        return next((item for item in self.items if item.state is ItemState.PLANNED), None)

    @property
    def previous(self) -> ItemStep | None:
        """The item that was done last."""
        return next((item for item in reversed(self.items) if item.state is ItemState.DONE), None)


@dataclass(frozen=True)
class Step:
    """The main button: what it does, its words, one line under it, and the item or ballot concerned."""

    verb: StepVerb
    label: str
    hint: str = ""
    subject: str | None = None


@dataclass(frozen=True)
class UndoStep:
    """The undo: what it does in words, or why nothing can be undone."""

    verb: UndoVerb
    label: str
    why_not: str | None = None
    subject: str | None = None


_OVER = (BallotState.PUBLISHED, BallotState.VOID)


def _ballot_now(item: ItemStep) -> BallotStep | None:
    return next((ballot for ballot in item.ballots if ballot.state not in _OVER), None)


def next_step(track: TrackState) -> Step:
    """The one thing that comes next in a track."""
    if track.phase is Phase.BEFORE:
        return Step(StepVerb.OPEN_EVENT, "Open the event", "Tables can start; screens wake up.")
    if track.phase is Phase.AFTER:
        return Step(StepVerb.NOTHING, "The event is closed", "What was decided stands in the outcome.")
    item = track.current
    if item is None:
        return _start(track)
    if item.kind is ItemKind.ROUND and item.phase is not ItemPhase.OVER:
        return _round_step(item)
    if item.kind is ItemKind.THEMES and item.phase is not ItemPhase.OVER:
        return Step(StepVerb.SHOW_THEMES, "Show the themes", "Tables see them and can say what is missing.",
                    item.id)
    ballot = _ballot_now(item)
    if ballot is None and item.vote is not None:
        return _vote_step(item.vote)
    return _ballot_step(ballot) if ballot is not None else _onward(track, item)


def _vote_step(vote: VoteStep) -> Step:
    return Step(StepVerb.NEXT_VOTE, f"Next vote on {vote.prefix}",
                f"Vote {vote.number} of {vote.of} in the order of votes; its ballot is drafted.",
                vote.document)


def _start(track: TrackState) -> Step:
    following = track.following
    if following is not None:
        return Step(StepVerb.START_ITEM, f"Start: {following.title}", _length(following), following.id)
    if track.others_done:
        return Step(StepVerb.CLOSE_EVENT, "Close the event", "Everything on the running order is done.")
    return Step(StepVerb.NOTHING, "This track is done", "Other tracks are still at work.")


def _round_step(item: ItemStep) -> Step:
    if item.phase is ItemPhase.WAITING:
        return Step(StepVerb.START_CLOCK, "Start the clock", _length(item), item.id)
    return Step(StepVerb.END_ROUND, "End the round", "Points still on their way are taken in.", item.id)


def _ballot_step(ballot: BallotStep) -> Step:
    number = ballot.number
    by_hands = ballot.trust is Trust.HANDS
    if ballot.state is BallotState.PROVISIONAL and ballot.waits_for_chair:
        return Step(StepVerb.GIVE_CASTING_VOTE, "Give the casting vote", "The votes are level.", ballot.id)
    if ballot.waits_for_tellers:
        return Step(StepVerb.NOTHING, "Two tellers certify the result",
                    "It publishes itself in time, certified or not.", ballot.id)
    if ballot.state is BallotState.CLOSED and ballot.trust is Trust.STAMPED:
        return Step(StepVerb.COUNT_BALLOT, f"Ballot {number} is being counted",
                    "The ballot box gives its board by itself.", ballot.id)
    steps = {
        BallotState.DRAFT: (StepVerb.ANNOUNCE_BALLOT, f"Announce ballot {number}",
                            "Everyone sees the wording and the rules; nobody can vote yet."),
        BallotState.RECALLED: (StepVerb.ANNOUNCE_BALLOT, f"Announce ballot {number} again",
                               "Devices say what has changed."),
        BallotState.ANNOUNCED: (StepVerb.OPEN_BALLOT, f"Open ballot {number}",
                                "Voting begins on every device at once."),
        BallotState.OPEN: (StepVerb.CLOSE_BALLOT, f"Close ballot {number}",
                           "No vote is taken after this, and it cannot be undone."),
        BallotState.CLOSED: (StepVerb.COUNT_BALLOT, f"{'Enter' if by_hands else 'Count'} ballot {number}",
                             "Declare the result or enter the tellers' count." if by_hands
                             else "The count is made from the papers."),
        BallotState.PROVISIONAL: (StepVerb.PUBLISH_BALLOT, "Publish the result",
                                  f"Ballot {number} goes to all screens and devices."),
    }
    verb, label, hint = steps[ballot.state]
    return Step(verb, label, hint, ballot.id)


def _onward(track: TrackState, item: ItemStep) -> Step:
    following = track.following
    if following is not None:
        return Step(StepVerb.NEXT_ITEM, f"Next: {following.title}", _length(following), following.id)
    if track.others_done:
        return Step(StepVerb.CLOSE_EVENT, "Close the event", "This was the last item.")
    return Step(StepVerb.END_ITEM, f"End: {item.title}", "Other tracks are still at work.", item.id)


def _length(item: ItemStep) -> str:
    if not item.minutes:
        return ""
    return "1 minute is planned." if item.minutes == 1 else f"{item.minutes} minutes are planned."


def undo_step(track: TrackState) -> UndoStep:
    """What the one undo takes back in a track, or why it cannot."""
    if track.phase is Phase.BEFORE:
        return _cannot("Nothing has been done yet.")
    if track.phase is Phase.AFTER:
        return _cannot("The event is closed and its record complete.")
    item = track.current
    if item is None:
        return _back(track, None)
    if item.kind is ItemKind.ROUND and item.phase is ItemPhase.RUNNING:
        return UndoStep(UndoVerb.TAKE_BACK_CLOCK, "Take back the start of the clock", subject=item.id)
    if item.kind is ItemKind.ROUND and item.phase is ItemPhase.OVER:
        return UndoStep(UndoVerb.REOPEN_ROUND, "Reopen the round", subject=item.id)
    if item.kind is ItemKind.THEMES and item.phase is ItemPhase.OVER and not _touched(item):
        return UndoStep(UndoVerb.HIDE_THEMES, "Hide the themes", subject=item.id)
    touched = _touched(item)
    return _undo_ballot(touched) if touched is not None else _back(track, item)


def _touched(item: ItemStep) -> BallotStep | None:
    """The last ballot of the item to which anything was done that still holds."""
    untouched = (BallotState.DRAFT, BallotState.RECALLED)
    return next((ballot for ballot in reversed(item.ballots) if ballot.state not in untouched), None)


def _undo_ballot(ballot: BallotStep) -> UndoStep:
    number = ballot.number
    if ballot.state is BallotState.ANNOUNCED:
        return UndoStep(UndoVerb.RECALL_BALLOT, f"Recall ballot {number}", subject=ballot.id)
    if ballot.state is BallotState.OPEN:
        return _cannot(f"Ballot {number} is open and votes may be in. Close it, or declare it void.")
    if ballot.state is BallotState.VOID:
        return _cannot(f"Ballot {number} is void and stays so. Run it again as a new ballot.")
    if ballot.state is BallotState.PUBLISHED:
        return _cannot(f"The result of ballot {number} is published. Only another ballot changes it.")
    return _cannot(f"Ballot {number} is closed, and a closed ballot is never undone.")


def _back(track: TrackState, item: ItemStep | None) -> UndoStep:
    previous = track.previous
    if previous is not None:
        return UndoStep(UndoVerb.BACK_TO_ITEM, f"Back to: {previous.title}", subject=previous.id)
    if item is not None:
        return UndoStep(UndoVerb.TAKE_BACK_ITEM, f"Take back the start of: {item.title}", subject=item.id)
    if track.others_begun:
        return _cannot("Another track is at work already.")
    return UndoStep(UndoVerb.TAKE_BACK_OPENING, "Take back the opening")


def _cannot(why_not: str) -> UndoStep:
    return UndoStep(UndoVerb.NOTHING, "Nothing to undo", why_not)
