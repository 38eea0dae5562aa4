"""Ballots: a result in words, for the screen, the phone, speech and paper."""

from __future__ import annotations

from fractions import Fraction

from facilitate.domain.ballots import SINGLE_CHOICE, BallotForm, Method
from facilitate.domain.choosing import method_of
from facilitate.domain.counting import Reason, Result, Verdict
from facilitate.domain.majority import Base, Deciding, QuorumOf, Rules, TieRule, share_words
from facilitate.domain.round_words import named, number_words, tie_sentences
from facilitate.domain.tallies import minority_positions
from facilitate.domain.tally_words import tallies_sentence

_BASES = {
    Base.VOTES: ("vote cast", "votes cast"),
    Base.PAPERS: ("paper, abstentions included,", "papers, abstentions included,"),
    Base.PRESENT: ("delegate present", "delegates present"),
    Base.ENTITLED: ("delegate entitled to vote", "delegates entitled to vote"),
}


_MOST = {
    BallotForm.APPROVE_ANY: "most approvals win", BallotForm.STRENGTH: "highest sum wins",
    BallotForm.POINTS: "most points win",
}

_COUNTED = {
    Method.APPROVAL: "approvals", Method.SCORES: "sums of strengths", Method.POINTS: "points",
}


def verdict_sentence(result: Result, rules: Rules) -> str:
    """What was decided, by how many, under which rule, and who abstained or did not vote."""
    if not result.counted:
        return f"{_capital(result.verdict)} on a show of hands, as the chair declared."
    sentences = [f"{_headline(result, rules)}: {_votes(result, rules)}.", reason_sentence(result, rules)]
    if result.not_voted:
        sentences.append(f"{result.not_voted:,} did not vote.")
    return " ".join(filter(None, sentences))


def reason_sentence(result: Result, rules: Rules) -> str:
    """Why it was decided so, without the numbers that a picture beside it shows."""
    if not result.counted:
        return ""
    by_sections = rules.deciding is Deciding.SECTIONS and result.reason is not Reason.NO_QUORUM
    sentences = [] if by_sections else _why(result, rules)
    sentences += tie_sentences(result.rounds, _labels(result))
    if result.tallies is not None:
        sentences.append(tallies_sentence(result.tallies, _labels(result), rules.majority))
    for lost in minority_positions(result, rules):
        sentences.append(f"{lost.votes:,} for “{lost.label}” are recorded as a minority position.")
    return " ".join(sentences)


def _capital(verdict: Verdict) -> str:
    return str(verdict).capitalize()


def _headline(result: Result, rules: Rules) -> str:
    if rules.form not in SINGLE_CHOICE and result.winners:
        does = "is" if len(result.winners) == 1 else "are"
        open_ = ", another is not decided" if result.verdict is Verdict.TIED else ""
        return f"{named(result.winners, _labels(result))} {does} chosen{open_}"
    if rules.form not in SINGLE_CHOICE and result.verdict is Verdict.LOST:
        return "No option is chosen"
    if result.verdict is Verdict.CARRIED and rules.form is BallotForm.ONE_OF_SEVERAL:
        return f"Carried, “{_label(result, str(result.winner))}”"
    if result.verdict is Verdict.LOST and rules.form is BallotForm.ONE_OF_SEVERAL:
        return "No option was carried"
    return _capital(result.verdict)


def _labels(result: Result) -> dict[str, str]:
    return {each.key: each.label for each in result.votes}


def _label(result: Result, key: str) -> str:
    return _labels(result)[key]


def _votes(result: Result, rules: Rules) -> str:
    if rules.form is BallotForm.FOR_AGAINST:
        parts = [f"{each.votes:,} {each.label.lower()}" for each in result.votes]
    elif rules.form is BallotForm.ONE_OF_SEVERAL:
        parts = [f"{each.votes:,} for “{each.label}”" for each in result.votes]
    else:
        counted = _COUNTED.get(method_of(rules), "first places")
        parts = [f"“{each.label}” {each.votes:,}" for each in result.votes]
        parts[0] = f"{counted} {parts[0]}"
    if rules.abstain:
        parts.append(f"{result.abstained:,} abstained")
    return ", ".join(parts)


def _why(result: Result, rules: Rules) -> list[str]:
    if result.reason is Reason.NO_QUORUM:
        return [_missed_quorum(result, rules)]
    if result.reason is Reason.NO_VOTES:
        return ["No vote was cast for anything."]
    if result.reason is Reason.TIE:
        stays = "the rules leave things as they are" if rules.tie is TieRule.STATUS_QUO else "it stays a tie"
        vacant = result.verdict is Verdict.CARRIED
        return [f"{_level(result, rules)}; {'the rules leave the place empty' if vacant else stays}."]
    if result.reason is Reason.LOT:
        return [f"{_level(result, rules)}; the lot with the seed “{rules.lot}” decided."]
    if result.reason is Reason.TIE_WAITS_FOR_CHAIR:
        return [f"{_level(result, rules)}; the chair has the casting vote."]
    if result.reason is Reason.CASTING_VOTE:
        return ["The votes were level and the chair's casting vote decided."]
    if rules.form is BallotForm.RANK and result.rounds:
        return [_how_ranked(result, rules)]
    return [_threshold(result, rules)]


def _how_ranked(result: Result, rules: Rules) -> str:
    last = result.rounds[-1]
    rounds = "one round" if len(result.rounds) == 1 else f"{len(result.rounds)} rounds"
    if rules.method is Method.STV:
        return f"The quota was {number_words(last['needed'])}; it took {rounds}."
    has = [number_words(last["totals"][key]) for key in result.winners]
    if rules.method is Method.IRV:
        standing = sum(map(Fraction, last["totals"].values()), Fraction(0))
        return f"After {rounds} it had {has[0]} of the {number_words(standing)} votes still standing."
    if rules.method is Method.BORDA:
        return f"By Borda that is {' and '.join(has)} points."
    beats_all = int(last["totals"][result.winners[0]]) == len(result.votes) - 1
    return "It beats every other in pairs." if beats_all else "The strongest chain of victories decided."


def _level(result: Result, rules: Rules) -> str:
    if rules.form is BallotForm.FOR_AGAINST:
        return "The votes are level"
    return f"{named(result.tied, _labels(result))} are level"


def _missed_quorum(result: Result, rules: Rules) -> str:
    voting = rules.quorum_of is QuorumOf.PAPERS
    there = result.papers if voting else (result.present or 0)
    did = "did" if voting else ("was" if there == 1 else "were")
    who = "1 delegate" if result.quorum == 1 else f"{result.quorum:,} delegates"
    do = "vote" if voting else "be present"
    return f"At least {who} had to {do} and {there:,} {did}, so nothing is carried."


def _threshold(result: Result, rules: Rules) -> str:
    if result.needed is None:
        return f"The {_MOST.get(rules.form, 'most votes win')}."
    one, several = _BASES[rules.base]
    of = f"{share_words(rules)} of the {result.base_number:,} {one if result.base_number == 1 else several}"
    return f"{of} {'was' if result.needed == 1 else 'were'} needed, {result.needed:,}."
