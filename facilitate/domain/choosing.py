"""Ballots: papers that say more than one thing, brought to the method by which their ballot chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from facilitate.domain.ballots import ABSTAIN, BallotForm, Method
from facilitate.domain.majority import Rules, TieRule
from facilitate.domain.methods.adding import Places, add_up, borda_points, most
from facilitate.domain.methods.irv import instant_run_off
from facilitate.domain.methods.rounds import Outcome, TieBy, Totals
from facilitate.domain.methods.schulze import strongest_chains
from facilitate.domain.methods.stv import transfer_votes
from facilitate.domain.methods.ties import TieBreak, lot_order
from facilitate.domain.papers import Paper, read_paper

Weights = Mapping[str, Fraction]


@dataclass(frozen=True)
class Chosen:
    """What each option has, and what the method made of it.

    Shape: `totals` are votes, approvals, sums of strengths or points, for rankings the first places.
    """

    totals: Totals
    outcome: Outcome


def method_of(rules: Rules) -> Method:
    """The method by which this form of paper is counted."""
    return {
        BallotForm.APPROVE_ANY: Method.APPROVAL, BallotForm.STRENGTH: Method.SCORES,
        BallotForm.POINTS: Method.POINTS, BallotForm.RANK: rules.method,
    }.get(rules.form, Method.PLURALITY)


def choose(
    weights: Weights, rules: Rules, needed: Fraction | None = None, casting: str | None = None,
) -> Chosen:
    """The choice of the papers cast, each text with how many say so; abstentions take no part.

    `needed` is what an approved option has to reach; `casting` the chair's ranking of level options.
    """
    options = [option.key for option in rules.options if option.key != ABSTAIN]
    papers = [(read_paper(text, rules), Fraction(weight)) for text, weight in weights.items()]
    ties = tie_break(rules, options, casting)
    totals = add_up(options, [(_said(paper, rules.form), weight) for paper, weight in papers])
    if rules.form is not BallotForm.RANK:
        return Chosen(totals, most(totals, rules.seats, ties, needed))
    rankings: dict[Places, Fraction] = {
        tuple((key,) for key in paper.chosen): weight for paper, weight in papers if paper.chosen}
    return Chosen(totals, rank_options(rules.method, rankings, options, rules.seats, ties))


def _said(paper: Paper, form: BallotForm) -> Sequence[tuple[str, int]]:
    if form is BallotForm.RANK:
        return [(key, 1) for key in paper.chosen[:1]]
    return paper.numbers or [(key, 1) for key in paper.chosen]


def rank_options(
    method: Method, rankings: Mapping[Places, Fraction], options: Sequence[str], seats: int, ties: TieBreak,
) -> Outcome:
    """The outcome of rankings by one of the four methods; only Schulze's and Borda's know level options."""
    if method is Method.SCHULZE:
        return strongest_chains(rankings, options, seats, ties)
    if method is Method.BORDA:
        return most(borda_points(options, rankings), seats, ties)
    if any(len(place) > 1 for ranking in rankings for place in ranking):
        raise ValueError(f"{method} cannot count a ranking with level options")
    strict = {tuple(place[0] for place in ranking): weight for ranking, weight in rankings.items()}
    if method is Method.IRV:
        return instant_run_off(strict, options, ties)
    return transfer_votes(strict, options, seats, ties)


def tie_break(rules: Rules, options: Sequence[str], casting: str | None = None) -> TieBreak:
    """What settles ties under these rules: an earlier round, the lot, the chair's ranking, or nothing."""
    if rules.tie is TieRule.CHAIR:
        return TieBreak(earlier=False, order=tuple((casting or "").split(">")), by=TieBy.CHAIR)
    by_lot = rules.tie in (TieRule.LOT, TieRule.EARLIER_ROUND) and rules.lot
    order = lot_order(options, rules.lot) if by_lot else ()
    return TieBreak(earlier=rules.tie is TieRule.EARLIER_ROUND, order=order)
