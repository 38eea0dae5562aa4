"""Ballots: the rules in words, as shown and said before a ballot opens."""

from __future__ import annotations

from fractions import Fraction

from facilitate.domain.ballots import SINGLE_CHOICE, BallotForm, Method
from facilitate.domain.majority import Base, Decides, QuorumOf, Rules, TieRule, can_tie, share_words
from facilitate.domain.tally_words import percent_words, sections_sentence

_BASES = {
    Base.VOTES: "the votes cast",
    Base.PAPERS: "all papers, abstentions included,",
    Base.PRESENT: "the delegates present",
    Base.ENTITLED: "the delegates entitled to vote",
}

_TIES = {
    TieRule.STATUS_QUO: "A tie leaves things as they are.",
    TieRule.CHAIR: "The chair decides a tie.",
    TieRule.TIED: "A tie stays a tie.",
    TieRule.EARLIER_ROUND: "A tie is settled by the last earlier round in which they differed, then by lot.",
    TieRule.LOT: "A tie is settled by lot.",
}


def rule_sentence(rules: Rules) -> str:
    """The rules in words, as shown and said before the ballot opens."""
    sentences = [_majority_sentence(rules)]
    if rules.quorum:
        who = "1 delegate" if rules.quorum == 1 else f"{rules.quorum:,} delegates"
        do = "vote" if rules.quorum_of is QuorumOf.PAPERS else "be present"
        sentences.append(f"At least {who} must {do}.")
    if can_tie(rules):
        sentences.append(_TIES[rules.tie])
    if can_tie(rules) and rules.lot and rules.tie in (TieRule.EARLIER_ROUND, TieRule.LOT):
        sentences.append(f"The lot's seed is “{rules.lot}”.")
    if rules.shares:
        sentences.append(sections_sentence(rules))
    if rules.minority:
        least = percent_words(rules.minority, Fraction(1))
        sentences.append(f"What loses with at least {least} is recorded as a minority position.")
    return " ".join(sentences)


def _majority_sentence(rules: Rules) -> str:
    share = f"{share_words(rules)} of {_BASES[rules.base]}"
    if rules.form is BallotForm.FOR_AGAINST:
        return f"{share} carries it."
    if rules.form not in SINGLE_CHOICE:
        return choosing_sentence(rules)
    if rules.decides is Decides.PLURALITY:
        return "The option with the most votes wins."
    return f"{share} must choose an option for it to win."


_METHODS = {
    Method.IRV: "The last option drops out, round by round, until one has more than half.",
    Method.STV: "Seats go by single transferable vote: a quota elects, what is above it passes on, "
                "and the last option drops out.",
    Method.SCHULZE: "Every option is compared with every other; the strongest chain of victories wins "
                    "(Schulze).",
    Method.BORDA: "A place on a paper earns one point for each option behind it; the most points win "
                  "(Borda).",
}


def choosing_sentence(rules: Rules) -> str:
    """How the options are chosen where a paper says more than one thing."""
    chosen = "The option" if rules.seats == 1 else f"The {rules.seats} options"
    win = "wins" if rules.seats == 1 else "win"
    if rules.form is BallotForm.RANK:
        seats = "" if rules.seats == 1 else f" {rules.seats} are chosen."
        return f"{_METHODS[rules.method]}{seats}"
    if rules.form is BallotForm.STRENGTH:
        return f"{chosen} with the highest sum of strengths {win}."
    if rules.form is BallotForm.POINTS:
        return f"Each has {rules.points} points to spend. {chosen} with the most points {win}."
    if rules.decides is Decides.PLURALITY:
        return f"{chosen} approved by most {win}."
    share = share_words(rules)
    return f"{chosen} approved by most {win}; {share.lower()} of {_BASES[rules.base]} must approve it."
