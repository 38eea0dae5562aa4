"""Ballots: the exact count of the papers under the rules fixed before, and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from facilitate.domain.ballots import ABSTAIN, AGAINST, FOR, BallotForm
from facilitate.domain.majority import Base, Decides, QuorumOf, Rules, TieRule, can_tie, needed
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
    DECLARED = "declared"


class Declaration(StrEnum):
    """What a chair can declare on a show of hands without a count."""

    CLEARLY_CARRIED = "clearly-carried"
    CLEARLY_LOST = "clearly-lost"


@dataclass(frozen=True)
class OptionVotes:
    """How many chose one option."""

    key: str
    label: str
    votes: int


@dataclass(frozen=True)
class Result:
    """A count, complete: frozen at the close, it needs nothing that can change later.

    All numbers are whole votes. `winner` and `tied` are option keys. A declaration counts nothing.
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

    def as_dict(self) -> dict[str, Any]:
        """The result as plain values for rows, journal and wire."""
        return {**asdict(self), "verdict": str(self.verdict), "reason": str(self.reason),
                "votes": [asdict(each) for each in self.votes], "tied": list(self.tied)}


def result_from_dict(plain: Mapping[str, Any]) -> Result:
    """A stored result as it was."""
    return Result(**{
        **plain, "verdict": Verdict(plain["verdict"]), "reason": Reason(plain["reason"]),
        "votes": tuple(OptionVotes(**each) for each in plain["votes"]), "tied": tuple(plain["tied"])})


def count(
    papers: Iterable[str], rules: Rules, entitled: int,
    present: int | None = None, casting: str | None = None,
) -> Result:
    """The result of the papers cast, one option key each.

    Errors: more-papers-than-entitled, present-not-known, no-casting-vote
    """
    return count_numbers(Counter(papers), rules, entitled, present, casting)


def count_numbers(
    numbers: Mapping[str, int], rules: Rules, entitled: int,
    present: int | None = None, casting: str | None = None,
) -> Result:
    """The result of how many chose each option, as tellers hand it in.

    Whoever voted was there: fewer present than papers is read as that many present.

    Errors: more-papers-than-entitled, present-not-known, no-casting-vote
    """
    options = rules.options
    if not set(numbers) <= {option.key for option in options}:
        raise ValueError("a paper names an option that the ballot does not have")
    papers = sum(numbers.values())
    if papers > entitled:
        raise Refused("more-papers-than-entitled", f"There are {papers:,} papers and {entitled:,} may vote. "
                      "All papers are kept; the tellers have to look into it before anything is counted.")
    abstained = numbers.get(ABSTAIN, 0)
    there = None if present is None else max(present, papers)
    base = _base_number(rules, papers, abstained, entitled, there)
    plurality = rules.form is BallotForm.ONE_OF_SEVERAL and rules.decides is Decides.PLURALITY
    target = None if plurality else needed(rules, base)
    quorate = rules.quorum <= (papers if rules.quorum_of is QuorumOf.PAPERS else _known(there))
    votes = tuple(OptionVotes(option.key, option.label, numbers.get(option.key, 0))
                  for option in options if option.key != ABSTAIN)
    verdict, reason, named = _verdict(rules, votes, target, quorate)
    if casting is not None:
        verdict, reason, named = _with_casting_vote(casting, reason, named)
    winner = named[0] if verdict is Verdict.CARRIED else None
    return Result(
        verdict, reason, votes, abstained, papers, entitled, there, entitled - papers, base, target,
        rules.quorum, quorate, winner, named if len(named) > 1 else ())


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


Finding = tuple[Verdict, Reason, tuple[str, ...]]


def _verdict(rules: Rules, votes: tuple[OptionVotes, ...], target: int | None, quorate: bool) -> Finding:
    """Verdict and reason, with the option that won or the options that are level at the top."""
    most = max(each.votes for each in votes)
    leaders = tuple(each.key for each in votes if each.votes == most)
    if not quorate:
        return Verdict.LOST, Reason.NO_QUORUM, ()
    if most == 0:
        return Verdict.LOST, Reason.NO_VOTES, ()
    if rules.form is BallotForm.FOR_AGAINST and target is not None and votes[0].votes >= target:
        return Verdict.CARRIED, Reason.ENOUGH, (FOR,)
    if len(leaders) > 1:
        # A tie is a case of its own only where one vote more would have decided it.
        decisive = can_tie(rules) and (target is None or most + 1 >= target)
        return _tie(rules, leaders) if decisive else (Verdict.LOST, Reason.TOO_FEW, leaders)
    enough = target is None or most >= target
    if rules.form is BallotForm.ONE_OF_SEVERAL and enough:
        return Verdict.CARRIED, Reason.ENOUGH, leaders
    return Verdict.LOST, Reason.TOO_FEW, ()


def _tie(rules: Rules, leaders: tuple[str, ...]) -> Finding:
    if rules.tie is TieRule.STATUS_QUO:
        return Verdict.LOST, Reason.TIE, leaders
    waits = rules.tie is TieRule.CHAIR
    return Verdict.TIED, Reason.TIE_WAITS_FOR_CHAIR if waits else Reason.TIE, leaders


def _with_casting_vote(casting: str, reason: Reason, leaders: tuple[str, ...]) -> Finding:
    if reason is not Reason.TIE_WAITS_FOR_CHAIR or casting not in leaders:
        raise Refused("no-casting-vote", "The chair has a casting vote only between options that are level, "
                      "and only where the rules say so. The result stands as counted.", "casting")
    if casting == AGAINST:
        return Verdict.LOST, Reason.CASTING_VOTE, leaders
    return Verdict.CARRIED, Reason.CASTING_VOTE, (casting,)


def declare(declaration: Declaration) -> Result:
    """The result of a show of hands on the chair's declaration, without a number."""
    carried = declaration is Declaration.CLEARLY_CARRIED
    verdict = Verdict.CARRIED if carried else Verdict.LOST
    return Result(verdict, Reason.DECLARED, winner=FOR if carried else None, counted=False)


def check_hands(numbers: Mapping[str, int], rules: Rules, present: int | None) -> None:
    """Refuse a tellers' count of hands that cannot be right; without a roll nobody knows who is present.

    Errors: unknown-option, count-negative, more-hands-than-present
    """
    if not set(numbers) <= {option.key for option in rules.options}:
        raise Refused("unknown-option", "This count names an option that the ballot does not offer. "
                      "Nothing was counted; enter it again.", "numbers")
    if any(number < 0 for number in numbers.values()):
        raise Refused("count-negative", "A count of hands is a whole number, 0 or more. "
                      "Nothing was counted; enter it again.", "numbers")
    total = sum(numbers.values())
    if present is not None and total > present:
        raise Refused("more-hands-than-present", f"You counted {total:,} hands; {present:,} who may vote "
                      "are present. Nothing was recorded; count again, or correct who is present.", "numbers")
