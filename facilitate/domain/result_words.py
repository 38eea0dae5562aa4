"""Ballots: a result in words, for the screen, the phone, speech and paper."""

from __future__ import annotations

from facilitate.domain.ballots import BallotForm
from facilitate.domain.counting import Reason, Result, Verdict
from facilitate.domain.majority import Base, QuorumOf, Rules, TieRule, share_words

_BASES = {
    Base.VOTES: ("vote cast", "votes cast"),
    Base.PAPERS: ("paper, abstentions included,", "papers, abstentions included,"),
    Base.PRESENT: ("delegate present", "delegates present"),
    Base.ENTITLED: ("delegate entitled to vote", "delegates entitled to vote"),
}


def verdict_sentence(result: Result, rules: Rules) -> str:
    """What was decided, by how many, under which rule, and who abstained or did not vote."""
    if not result.counted:
        return f"{_capital(result.verdict)} on a show of hands, as the chair declared."
    sentences = [f"{_headline(result, rules)}: {_votes(result, rules)}."]
    sentences += _why(result, rules)
    if result.not_voted:
        sentences.append(f"{result.not_voted:,} did not vote.")
    return " ".join(sentences)


def _capital(verdict: Verdict) -> str:
    return str(verdict).capitalize()


def _headline(result: Result, rules: Rules) -> str:
    if result.verdict is Verdict.CARRIED and rules.form is BallotForm.ONE_OF_SEVERAL:
        return f"Carried, “{_label(result, str(result.winner))}”"
    if result.verdict is Verdict.LOST and rules.form is BallotForm.ONE_OF_SEVERAL:
        return "No option was carried"
    return _capital(result.verdict)


def _label(result: Result, key: str) -> str:
    return next(each.label for each in result.votes if each.key == key)


def _votes(result: Result, rules: Rules) -> str:
    if rules.form is BallotForm.FOR_AGAINST:
        parts = [f"{each.votes:,} {each.label.lower()}" for each in result.votes]
    else:
        parts = [f"{each.votes:,} for “{each.label}”" for each in result.votes]
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
        return [f"{_level(result, rules)}; {stays}."]
    if result.reason is Reason.TIE_WAITS_FOR_CHAIR:
        return [f"{_level(result, rules)}; the chair has the casting vote."]
    if result.reason is Reason.CASTING_VOTE:
        return ["The votes were level and the chair's casting vote decided."]
    return [_threshold(result, rules)]


def _level(result: Result, rules: Rules) -> str:
    if rules.form is BallotForm.FOR_AGAINST:
        return "The votes are level"
    names = [f"“{_label(result, key)}”" for key in result.tied]
    return f"{', '.join(names[:-1])} and {names[-1]} are level"


def _missed_quorum(result: Result, rules: Rules) -> str:
    voting = rules.quorum_of is QuorumOf.PAPERS
    there = result.papers if voting else (result.present or 0)
    did = "did" if voting else ("was" if there == 1 else "were")
    who = "1 delegate" if result.quorum == 1 else f"{result.quorum:,} delegates"
    do = "vote" if voting else "be present"
    return f"At least {who} had to {do} and {there:,} {did}, so nothing is carried."


def _threshold(result: Result, rules: Rules) -> str:
    if result.needed is None:
        return "The most votes win."
    one, several = _BASES[rules.base]
    of = f"{share_words(rules)} of the {result.base_number:,} {one if result.base_number == 1 else several}"
    return f"{of} {'was' if result.needed == 1 else 'were'} needed, {result.needed:,}."
