"""Ballots: the same papers counted by heads and by sections, and the open card vote by membership."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from facilitate.domain.ballots import ABSTAIN, AGAINST, FOR, BallotForm
from facilitate.domain.choosing import Chosen, choose, tie_break
from facilitate.domain.counting import OptionVotes, Reason, Result, Verdict, count_numbers, no_casting_vote
from facilitate.domain.electorate import SMALLEST_GROUP, breakdown
from facilitate.domain.majority import Base, Decides, Deciding, Rules, Threshold, TieRule, can_tie
from facilitate.domain.methods.adding import most
from facilitate.domain.methods.rounds import Outcome
from facilitate.domain.refusal import Refused

BySection = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class VotingSection:
    """One section as it votes: who it is made of, how many may vote in it, and its share of the tally."""

    members: tuple[str, ...]
    size: int
    share: Fraction

    @property
    def name(self) -> str:
        """What it is called: by all that it is made of."""
        first, *joined = self.members
        if not joined:
            return first
        return f"{first} with {', '.join(joined[:-1])}{' and ' if joined[:-1] else ''}{joined[-1]}"


def merge_sections(
    sizes: Mapping[str, int], shares: Mapping[str, Fraction], smallest: int = SMALLEST_GROUP,
) -> tuple[VotingSection, ...]:
    """The sections as they will vote: one in which a person could be guessed joins the next smallest.

    Made before the ballot is announced and shown with its rules; shares are added.

    Shape: the largest first; one alone where all together are too few for a tally by sections.
    """
    plan = [VotingSection((name,), sizes.get(name, 0), share) for name, share in shares.items()]
    while len(plan) > 1:
        plan.sort(key=lambda each: (-each.size, each.members))
        last = plan[-1]
        if last.size >= smallest:
            break
        joined = plan[-2]
        plan[-2:] = [VotingSection(
            joined.members + last.members, joined.size + last.size, joined.share + last.share)]
    return tuple(sorted(plan, key=lambda each: (-each.size, each.members)))


def count_by_section(
    by_section: BySection, rules: Rules, entitled: int,
    present: int | None = None, casting: str | None = None, smallest: int = SMALLEST_GROUP,
) -> Result:
    """The result of papers that carry their section: by heads and by sections; the rules say which decides.

    In each section the papers share its share; a section in which nobody voted has no part, and papers of
    none of them count by heads alone. The quorum is one of heads. A casting vote goes to the tally that
    decides.

    Shape: tallies are deciding, then heads and sections, each with verdict, reason and winners; sections also
    with the shares of the options ("for": "13/30"), what was cast of all shares, and the votes of sections in
    which nobody can be guessed: of `smallest` papers at least, and not of one mind.
    Errors: more-papers-than-entitled, no-casting-vote
    """
    heads_decide = rules.deciding is Deciding.HEADS
    numbers: Counter[str] = Counter()
    for papers in by_section.values():
        numbers.update(papers)
    heads = count_numbers(numbers, rules, entitled, present, casting if heads_decide else None)
    sections = _by_shares(by_section, rules, heads, None if heads_decide else casting)
    tallies = {
        "deciding": str(rules.deciding),
        "heads": _plain(heads.verdict, heads.reason, heads.winners),
        "sections": {
            **_plain(sections.verdict, sections.reason, sections.winners),
            "shares": {key: str(share) for key, share in sections.shares.items()},
            "cast": str(sections.cast), "votes": breakdown(by_section, smallest),
        },
    }
    if heads_decide or not heads.quorum_reached:
        return replace(heads, tallies=tallies)
    winner = sections.winners[0] if sections.winners and rules.seats == 1 else None
    return replace(heads, verdict=sections.verdict, reason=sections.reason, winner=winner,
                   winners=sections.winners, tied=sections.level, rounds=sections.rounds, tallies=tallies)


def _plain(verdict: Verdict, reason: Reason, winners: Sequence[str]) -> dict[str, Any]:
    return {"verdict": str(verdict), "reason": str(reason), "winners": list(winners)}


@dataclass(frozen=True)
class _Shares:
    verdict: Verdict
    reason: Reason
    winners: tuple[str, ...]
    level: tuple[str, ...]
    shares: Mapping[str, Fraction]
    cast: Fraction
    rounds: tuple[dict[str, Any], ...]


def weigh_papers(by_section: BySection, rules: Rules) -> dict[str, Fraction]:
    """The weight of each text: in every section its share, divided among the papers cast there."""
    weights: dict[str, Fraction] = {}
    for section, share in rules.shares:
        papers = by_section.get(section, {})
        kept = [text for text, number in papers.items()
                if number and (rules.base is Base.PAPERS or text != ABSTAIN)]
        base = sum(papers[text] for text in kept)
        for text in kept:
            weights[text] = weights.get(text, Fraction(0)) + share * papers[text] / base
    return weights


def _by_shares(by_section: BySection, rules: Rules, heads: Result, casting: str | None) -> _Shares:
    weights = weigh_papers(by_section, rules)
    cast = sum(weights.values(), Fraction(0))
    chosen = choose(weights, rules)
    outcome = _outcome(chosen, rules, cast)
    if casting is not None:
        ranked = set(casting.split(">"))
        if rules.tie is not TieRule.CHAIR or not heads.quorum_reached or not ranked & set(outcome.level):
            raise no_casting_vote()
        chosen = choose(weights, rules, casting=casting)
        outcome = _outcome(chosen, rules, cast, casting)
    if not heads.quorum_reached:
        return _Shares(Verdict.LOST, Reason.NO_QUORUM, (), (), chosen.totals, cast, ())
    verdict, reason = _verdict(rules, chosen.totals, outcome, casting)
    carried = verdict is Verdict.CARRIED
    rounds = tuple(each.as_dict() for each in outcome.rounds) if rules.form is BallotForm.RANK else ()
    winners = outcome.winners if carried or rules.seats > 1 else ()
    return _Shares(verdict, reason, winners, outcome.level, chosen.totals, cast, rounds)


def _outcome(chosen: Chosen, rules: Rules, cast: Fraction, casting: str | None = None) -> Outcome:
    """The outcome where an option needs a majority of the shares cast; else as it is."""
    totals, outcome = chosen.totals, chosen.outcome
    single = rules.form is BallotForm.FOR_AGAINST
    elected = rules.form in (BallotForm.ONE_OF_SEVERAL, BallotForm.APPROVE_ANY)
    if not single and not (elected and rules.decides is Decides.MAJORITY):
        return outcome
    needed = rules.majority * cast
    leaders = [key for key, share in totals.items() if share == max(totals.values())]
    # Level at the very threshold is a tie, as it is by heads: the least bit more would have decided it.
    level = len(leaders) > 1 and can_tie(rules) and rules.form is not BallotForm.APPROVE_ANY
    reaching = level or rules.threshold is Threshold.AT_LEAST
    enough = {key: share if share > needed or (share == needed and reaching) else Fraction(0)
              for key, share in totals.items()}
    if single:
        tied = level and any(totals.values())
        return outcome if tied else Outcome((FOR,) if enough[FOR] else ())
    return most(enough, rules.seats, tie_break(rules, list(totals), casting))


def _verdict(
    rules: Rules, totals: Mapping[str, Fraction], outcome: Outcome, casting: str | None,
) -> tuple[Verdict, Reason]:
    if outcome.level:
        if rules.tie is TieRule.STATUS_QUO:
            return Verdict.LOST, Reason.TIE
        waits = rules.tie is TieRule.CHAIR
        return Verdict.TIED, Reason.TIE_WAITS_FOR_CHAIR if waits else Reason.TIE
    by_chair = casting is not None
    if outcome.winners and outcome.winners != (AGAINST,):
        return Verdict.CARRIED, Reason.CASTING_VOTE if by_chair else Reason.ENOUGH
    if by_chair:
        return Verdict.LOST, Reason.CASTING_VOTE
    return Verdict.LOST, Reason.TOO_FEW if any(totals.values()) else Reason.NO_VOTES


@dataclass(frozen=True)
class Card:
    """One delegation's card: the members it stands for, and what it was cast for, if it was."""

    delegation: str
    members: int
    choice: str | None


def count_cards(
    roll: Mapping[str, int], cast: Mapping[str, str], rules: Rules, casting: str | None = None,
) -> tuple[Result, tuple[Card, ...]]:
    """The result of an open card vote, in members, and its roll with what each card was cast for.

    The roll of members is published before; a card is cast whole.

    Shape: cards in the order of the roll.
    Errors: card-not-on-roll, no-casting-vote
    """
    unknown = sorted(set(cast) - set(roll))
    if unknown:
        raise Refused("card-not-on-roll", f"{', '.join(unknown)} has no card on the roll that was published. "
                      "Nothing was counted; take the card out, or correct the roll and vote anew.", "cards")
    members: Counter[str] = Counter()
    for delegation, choice in cast.items():
        members[choice] += roll[delegation]
    result = count_numbers(members, rules, sum(roll.values()), casting=casting)
    return result, tuple(Card(name, weight, cast.get(name)) for name, weight in roll.items())


def minority_positions(result: Result, rules: Rules) -> tuple[OptionVotes, ...]:
    """What lost, and yet had the share of the base from which it is recorded as a minority position.

    Units: whole votes
    """
    ranked = rules.form is BallotForm.RANK
    if not rules.minority or ranked or not result.counted or not result.quorum_reached:
        return ()
    won = {AGAINST} if rules.form is BallotForm.FOR_AGAINST and result.verdict is Verdict.LOST else set()
    lost = [each for each in result.votes if each.key not in won | set(result.winners)]
    return tuple(each for each in lost if each.votes and each.votes >= rules.minority * result.base_number)
