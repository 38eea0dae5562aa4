"""Ballots: the exact count of the papers under the rules fixed before, and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from facilitate.domain.ballots import ABSTAIN, AGAINST, FOR, SINGLE_CHOICE, BallotForm
from facilitate.domain.choosing import Chosen, choose
from facilitate.domain.majority import Base, Decides, QuorumOf, Rules, TieRule, can_tie, needed
from facilitate.domain.methods.ties import lot_order
from facilitate.domain.refusal import Refused


class Verdict(StrEnum):
    """What a ballot decided."""

    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"


class Reason(StrEnum):
    """What the verdict rests on."""

    ENOUGH = "enough"
    TOO_FEW = "too-few"
    NO_QUORUM = "no-quorum"
    NO_VOTES = "no-votes"
    TIE = "tie"
    TIE_WAITS_FOR_CHAIR = "tie-waits-for-chair"
    CASTING_VOTE = "casting-vote"
    LOT = "lot"
    DECLARED = "declared"


@dataclass(frozen=True)
class OptionVotes:
    """How many chose one option: votes, approvals, first places, or its sum of strengths or points."""

    key: str
    label: str
    votes: int


@dataclass(frozen=True)
class Result:
    """A count, complete: frozen at the close, it needs nothing that can change later.

    All numbers are whole votes. `winner`, `winners` and `tied` are option keys: one winner where one is
    chosen, all of them in the order of their election. A declaration counts nothing.

    Shape: `rounds` as Round.as_dict writes them, none where one count decides; `tallies` as
    tallies.count_by_section writes them, none where heads alone are counted.
    """

    verdict: Verdict
    reason: Reason
    votes: tuple[OptionVotes, ...] = ()
    abstained: int = 0
    papers: int = 0
    entitled: int = 0
    present: int | None = None
    not_voted: int = 0
    base_number: int = 0
    needed: int | None = None
    quorum: int = 0
    quorum_reached: bool = True
    winner: str | None = None
    tied: tuple[str, ...] = ()
    counted: bool = True
    winners: tuple[str, ...] = ()
    rounds: tuple[dict[str, Any], ...] = ()
    tallies: dict[str, Any] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The result as plain values for rows, journal and wire."""
        return {**asdict(self), "verdict": str(self.verdict), "reason": str(self.reason),
                "votes": [asdict(each) for each in self.votes], "tied": list(self.tied),
                "winners": list(self.winners), "rounds": list(self.rounds)}


def result_from_dict(plain: Mapping[str, Any]) -> Result:
    """A stored result as it was."""
    return Result(**{
        **plain, "verdict": Verdict(plain["verdict"]), "reason": Reason(plain["reason"]),
        "votes": tuple(OptionVotes(**each) for each in plain["votes"]), "tied": tuple(plain["tied"]),
        "winners": tuple(plain.get("winners", ())), "rounds": tuple(plain.get("rounds", ()))})


def count(
    papers: Iterable[str], rules: Rules, entitled: int,
    present: int | None = None, casting: str | None = None,
) -> Result:
    """The result of the papers cast, each by its text.

    Errors: more-papers-than-entitled, present-not-known, no-casting-vote
    """
    return count_numbers(Counter(papers), rules, entitled, present, casting)


def count_numbers(
    numbers: Mapping[str, int], rules: Rules, entitled: int,
    present: int | None = None, casting: str | None = None,
) -> Result:
    """The result of how many papers say each text, as the box or the tellers hand it in.

    Whoever voted was there: fewer present than papers is read as that many present. The chair casts for an
    option, or where a count goes on after it, for a ranking such as 3>1 of the options that were level.

    Errors: more-papers-than-entitled, present-not-known, no-casting-vote
    """
    papers = sum(numbers.values())
    if papers > entitled:
        raise Refused("more-papers-than-entitled", f"There are {papers:,} papers and {entitled:,} may vote. "
                      "All papers are kept; the tellers have to look into it before anything is counted.")
    abstained = numbers.get(ABSTAIN, 0)
    there = None if present is None else max(present, papers)
    base = _base_number(rules, papers, abstained, entitled, there)
    target = needed(rules, base) if _by_majority(rules) else None
    quorate = rules.quorum <= (papers if rules.quorum_of is QuorumOf.PAPERS else _known(there))
    votes, found = _find(numbers, rules, target, quorate, casting)
    winner = found.winners[0] if found.winners and rules.seats == 1 else None
    return Result(
        found.verdict, found.reason, votes, abstained, papers, entitled, there, entitled - papers, base,
        target, rules.quorum, quorate, winner, found.named if len(found.named) > 1 else (),
        winners=found.winners, rounds=found.rounds)


def _known(present: int | None) -> int:
    if present is None:
        raise Refused("present-not-known", "The rules count the delegates present, and nobody has said how "
                      "many these are. All papers are kept; enter the number.", "present")
    return present


def _base_number(rules: Rules, papers: int, abstained: int, entitled: int, present: int | None) -> int:
    if rules.base is Base.VOTES:
        return papers - abstained
    if rules.base is Base.PAPERS:
        return papers
    return entitled if rules.base is Base.ENTITLED else _known(present)


@dataclass(frozen=True)
class _Finding:
    """What was found: `named` are the options that are level, the one that won first; rounds as dicts."""

    verdict: Verdict
    reason: Reason
    named: tuple[str, ...] = ()
    winners: tuple[str, ...] = ()
    rounds: tuple[dict[str, Any], ...] = ()


def _by_majority(rules: Rules) -> bool:
    if rules.form is BallotForm.FOR_AGAINST:
        return True
    elected = rules.form in (BallotForm.ONE_OF_SEVERAL, BallotForm.APPROVE_ANY)
    return elected and rules.decides is Decides.MAJORITY


def _find(
    numbers: Mapping[str, int], rules: Rules, target: int | None, quorate: bool, casting: str | None,
) -> tuple[tuple[OptionVotes, ...], _Finding]:
    """What each option has, and the verdict."""
    if rules.form in SINGLE_CHOICE:
        if not set(numbers) <= {option.key for option in rules.options}:
            raise ValueError("a paper names an option that the ballot does not have")
        votes = _votes(rules, numbers)
        found = _verdict(rules, votes, target, quorate)
        return votes, found if casting is None else _with_casting_vote(casting, found)
    try:
        chosen = _choose(numbers, rules, target, casting, quorate)
    except Refused as refusal:
        if refusal.code == "no-casting-vote":
            raise
        raise ValueError("a paper names an option that the ballot does not have") from refusal
    whole = {key: int(total) for key, total in chosen.totals.items()}
    return _votes(rules, whole), _verdict_of_method(rules, chosen, quorate, casting)


def _votes(rules: Rules, numbers: Mapping[str, int]) -> tuple[OptionVotes, ...]:
    return tuple(OptionVotes(option.key, option.label, numbers.get(option.key, 0))
                 for option in rules.options if option.key != ABSTAIN)


def _choose(
    numbers: Mapping[str, int], rules: Rules, target: int | None, casting: str | None, quorate: bool,
) -> Chosen:
    weights = {text: Fraction(number) for text, number in numbers.items() if number}
    needed_ = None if target is None else Fraction(target)
    chosen = choose(weights, rules, needed_)
    if casting is None:
        return chosen
    ranked = set(casting.split(">"))
    waits = quorate and rules.tie is TieRule.CHAIR and ranked & set(chosen.outcome.level)
    if not waits or not ranked <= set(chosen.totals):
        raise no_casting_vote()
    return choose(weights, rules, needed_, casting)


def _verdict_of_method(rules: Rules, chosen: Chosen, quorate: bool, casting: str | None) -> _Finding:
    outcome = chosen.outcome
    rounds = tuple(each.as_dict() for each in outcome.rounds)
    if not quorate:
        return _Finding(Verdict.LOST, Reason.NO_QUORUM)
    if outcome.level:
        found = _tie(rules, outcome.level)
        vacant = outcome.winners and found.verdict is Verdict.LOST
        verdict = Verdict.CARRIED if vacant else found.verdict
        return _Finding(verdict, found.reason, outcome.level, outcome.winners, rounds)
    if outcome.winners:
        reason = Reason.ENOUGH if casting is None else Reason.CASTING_VOTE
        return _Finding(Verdict.CARRIED, reason, outcome.winners[:1], outcome.winners, rounds)
    reason = Reason.TOO_FEW if any(chosen.totals.values()) else Reason.NO_VOTES
    return _Finding(Verdict.LOST, reason, rounds=rounds)


def _verdict(rules: Rules, votes: tuple[OptionVotes, ...], target: int | None, quorate: bool) -> _Finding:
    """Verdict and reason, with the option that won or the options that are level at the top."""
    most = max(each.votes for each in votes)
    leaders = tuple(each.key for each in votes if each.votes == most)
    if not quorate:
        return _Finding(Verdict.LOST, Reason.NO_QUORUM)
    if most == 0:
        return _Finding(Verdict.LOST, Reason.NO_VOTES)
    if rules.form is BallotForm.FOR_AGAINST and target is not None and votes[0].votes >= target:
        return _won(Reason.ENOUGH, (FOR,))
    if len(leaders) > 1:
        # A tie is a case of its own only where one vote more would have decided it.
        if not can_tie(rules) or (target is not None and most + 1 < target):
            return _Finding(Verdict.LOST, Reason.TOO_FEW, leaders)
        by_lot = rules.lot and rules.tie in (TieRule.LOT, TieRule.EARLIER_ROUND)
        return _won(Reason.LOT, lot_order(leaders, rules.lot)) if by_lot else _tie(rules, leaders)
    enough = target is None or most >= target
    if rules.form is BallotForm.ONE_OF_SEVERAL and enough:
        return _won(Reason.ENOUGH, leaders)
    return _Finding(Verdict.LOST, Reason.TOO_FEW)


def _won(reason: Reason, named: tuple[str, ...]) -> _Finding:
    return _Finding(Verdict.CARRIED, reason, named, named[:1])


def _tie(rules: Rules, leaders: tuple[str, ...]) -> _Finding:
    if rules.tie is TieRule.STATUS_QUO:
        return _Finding(Verdict.LOST, Reason.TIE, leaders)
    waits = rules.tie is TieRule.CHAIR
    return _Finding(Verdict.TIED, Reason.TIE_WAITS_FOR_CHAIR if waits else Reason.TIE, leaders)


def no_casting_vote() -> Refused:
    """What is said where the chair casts a vote that the rules do not give."""
    return Refused("no-casting-vote", "The chair has a casting vote only between options that are level, "
                   "and only where the rules say so. The result stands as counted.", "casting")


def _with_casting_vote(casting: str, found: _Finding) -> _Finding:
    if found.reason is not Reason.TIE_WAITS_FOR_CHAIR or casting not in found.named:
        raise no_casting_vote()
    if casting == AGAINST:
        return _Finding(Verdict.LOST, Reason.CASTING_VOTE, found.named)
    return _won(Reason.CASTING_VOTE, (casting,))
