"""Ballots: the rules fixed before one is announced: base, majority, quorum, ties, method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from facilitate.domain.ballots import (
    RANKING_METHODS,
    SINGLE_CHOICE,
    BallotForm,
    Method,
    Option,
    check_labels,
    options_of,
)
from facilitate.domain.refusal import Refused

HALF = Fraction(1, 2)
MOST_POINTS = 100


class Base(StrEnum):
    """Of what number the majority is a share."""

    VOTES = "votes-cast"
    PAPERS = "papers"
    PRESENT = "present"
    ENTITLED = "entitled"


class Threshold(StrEnum):
    """Whether reaching the share suffices or it has to be passed."""

    MORE_THAN = "more-than"
    AT_LEAST = "at-least"


class QuorumOf(StrEnum):
    """What the quorum counts."""

    PAPERS = "papers"
    PRESENT = "present"


class TieRule(StrEnum):
    """What an equal vote means."""

    STATUS_QUO = "status-quo"
    CHAIR = "chair"
    TIED = "tied"
    EARLIER_ROUND = "earlier-round"
    LOT = "lot"


class Decides(StrEnum):
    """What one of several options needs to win."""

    MAJORITY = "majority"
    PLURALITY = "plurality"


class Deciding(StrEnum):
    """Which tally of the same papers decides, where they are counted by sections too."""

    HEADS = "heads"
    SECTIONS = "sections"


@dataclass(frozen=True)
class Rules:
    """How one ballot is counted; stored with its result, so that anybody can count again.

    `method` is that of a ranking, `points` are those to spend, `lot` is the published seed of the lot.
    An earlier round as tie rule is followed by the lot, if there is one. `shares` give each section its part
    of a section tally, none where there is none; `minority` is the share of the base from which a losing
    vote is a minority position, 0 for none.
    """

    form: BallotForm = BallotForm.FOR_AGAINST
    labels: tuple[str, ...] = ()
    abstain: bool = True
    base: Base = Base.VOTES
    majority: Fraction = HALF
    threshold: Threshold = Threshold.MORE_THAN
    quorum: int = 0
    quorum_of: QuorumOf = QuorumOf.PAPERS
    tie: TieRule = TieRule.STATUS_QUO
    decides: Decides = Decides.MAJORITY
    points: int = 10
    method: Method = Method.IRV
    seats: int = 1
    lot: str = ""
    shares: tuple[tuple[str, Fraction], ...] = ()
    deciding: Deciding = Deciding.HEADS
    minority: Fraction = Fraction(0)

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen, abstaining last."""
        return options_of(self.form, self.labels, self.abstain)


PRESETS: dict[str, Rules] = {
    "simple": Rules(),
    "absolute": Rules(base=Base.ENTITLED),
    "absolute-present": Rules(base=Base.PRESENT),
    "two-thirds": Rules(majority=Fraction(2, 3), threshold=Threshold.AT_LEAST),
}


def preset_rules(name: str, form: BallotForm = BallotForm.FOR_AGAINST, labels: tuple[str, ...] = ()) -> Rules:
    """The rules of a named majority.

    Errors: unknown-majority
    """
    if name not in PRESETS:
        raise Refused("unknown-majority", f"There is no majority called “{name}”. Nothing was changed; "
                      f"choose one of {', '.join(PRESETS)}, or set the share yourself.", "majority")
    return replace(PRESETS[name], form=form, labels=labels)


def check_rules(rules: Rules) -> None:
    """Refuse rules by which no count, or an absurd one, could be made.

    Errors: options-not-wanted, options-count, option-label, options-alike, bad-majority, bad-quorum,
    bad-points, bad-method, bad-seats, bad-tie, lot-not-published, bad-sections,
    bad-minority
    """
    check_labels(rules.form, rules.labels)
    highest = rules.majority == 1 and rules.threshold is Threshold.MORE_THAN
    if not 0 < rules.majority <= 1 or highest:
        raise Refused("bad-majority", f"{share_words(rules)} can never be reached or says nothing. "
                      "The ballot is kept; set a share between nothing and all.", "majority")
    if rules.quorum < 0:
        raise Refused("bad-quorum", "A quorum is a whole number of delegates, or 0 for none. "
                      "The ballot is kept; set it again.", "quorum")
    if not 1 <= rules.points <= MOST_POINTS:
        raise Refused("bad-points", f"There are 1 to {MOST_POINTS} points to spend. "
                      "The ballot is kept; set their number again.", "points")
    if not 0 <= rules.minority <= 1:
        raise Refused("bad-minority", "The share that makes a minority position lies between nothing and "
                      "all. The ballot is kept; set it again.", "minority")
    _check_choosing(rules)
    _check_sections(rules)


def _check_sections(rules: Rules) -> None:
    if not rules.shares:
        if rules.deciding is Deciding.SECTIONS:
            raise Refused("bad-sections", "Sections cannot decide, since none has a share. The ballot is "
                          "kept; give each its share.", "shares")
        return
    if len(rules.shares) < 2 or any(share <= 0 for _, share in rules.shares):
        raise Refused("bad-sections", "A tally by sections needs two or more, each with a share above "
                      "nothing. The ballot is kept; set the shares again.", "shares")
    of_votes = rules.base in (Base.VOTES, Base.PAPERS)
    if not of_votes or (rules.form is BallotForm.RANK and rules.method is Method.STV):
        raise Refused("bad-sections", "Sections are counted by the votes or papers in them, not by "
                      "transfers. The ballot is kept; choose another base or method.", "shares")


def _check_choosing(rules: Rules) -> None:
    if rules.method not in RANKING_METHODS:
        raise Refused("bad-method", f"Rankings cannot be counted by {rules.method}. The ballot is kept; "
                      f"choose one of {', '.join(RANKING_METHODS)}.", "method")
    alone = rules.form in SINGLE_CHOICE or (rules.form is BallotForm.RANK and rules.method is Method.IRV)
    most = 1 if alone else len(rules.labels)
    if not 1 <= rules.seats <= most:
        raise Refused("bad-seats", f"This ballot can choose 1 to {most}, not {rules.seats}. "
                      "It is kept; set the number again, or another form or method.", "seats")
    by_lot = rules.tie in (TieRule.LOT, TieRule.EARLIER_ROUND)
    if by_lot and rules.form is BallotForm.FOR_AGAINST:
        raise Refused("bad-tie", "A lot does not decide for or against. The ballot is kept; choose what an "
                      "equal vote means.", "tie")
    if rules.tie is TieRule.LOT and not rules.lot:
        raise Refused("lot-not-published", "A lot needs its seed before the ballot, so that anybody can draw "
                      "it again. The ballot is kept; set a seed.", "lot")


def needed(rules: Rules, base: int) -> int:
    """How many votes carry: a whole number, and never none.

    Units: whole votes
    """
    share = rules.majority * base
    if rules.threshold is Threshold.AT_LEAST:
        return max(1, -(-share.numerator // share.denominator))
    return share.numerator // share.denominator + 1


def rules_as_dict(rules: Rules) -> dict[str, Any]:
    """The rules as plain values for rows, journal and wire; the share as "2/3"."""
    return {
        "form": str(rules.form), "labels": list(rules.labels), "abstain": rules.abstain,
        "base": str(rules.base),
        "majority": f"{rules.majority.numerator}/{rules.majority.denominator}",
        "threshold": str(rules.threshold), "quorum": rules.quorum, "quorum_of": str(rules.quorum_of),
        "tie": str(rules.tie), "decides": str(rules.decides), "points": rules.points,
        "method": str(rules.method), "seats": rules.seats, "lot": rules.lot,
        "shares": {section: str(share) for section, share in rules.shares},
        "deciding": str(rules.deciding), "minority": str(rules.minority),
    }


def rules_from_dict(plain: Mapping[str, Any]) -> Rules:
    """The rules from plain values; what is not named is as in a simple majority.

    Errors: bad-rules, bad-majority
    """
    try:
        known: dict[str, Any] = {
            "form": BallotForm, "labels": tuple, "abstain": bool, "base": Base, "majority": share_of,
            "threshold": Threshold, "quorum": int, "quorum_of": QuorumOf, "tie": TieRule, "decides": Decides,
            "points": int, "method": Method, "seats": int, "lot": str, "shares": _shares_of,
            "deciding": Deciding, "minority": share_of,
        }
        return Rules(**{name: known[name](value) for name, value in plain.items()})
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("bad-rules", "These rules for a ballot cannot be read. The ballot is kept as it was; "
                      "set them again.", "rules") from error


def _shares_of(plain: Mapping[str, str]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((section, share_of(share)) for section, share in plain.items())


def share_of(text: str) -> Fraction:
    """A share written as "2/3" or "0.6", exactly.

    Errors: bad-majority
    """
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise Refused("bad-majority", f"“{text}” is no share. The ballot is kept; write it as 2/3.",
                      "majority") from error


_SHARES = {
    HALF: "half", Fraction(1, 3): "a third", Fraction(2, 3): "two thirds", Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters", Fraction(2, 5): "two fifths", Fraction(3, 5): "three fifths",
    Fraction(4, 5): "four fifths", Fraction(1): "all",
}


def share_words(rules: Rules) -> str:
    """The majority in words: "More than half", "At least two thirds"."""
    share = rules.majority
    words = _SHARES.get(share)
    if words is None:
        percent = share * 100
        whole = percent.denominator == 1
        words = f"{percent} %" if whole else f"{share.numerator} in {share.denominator}"
    return f"{'More than' if rules.threshold is Threshold.MORE_THAN else 'At least'} {words}"


def can_tie(rules: Rules) -> bool:
    """Whether an equal vote is a case of its own: not where it is plainly enough or plainly too little."""
    if rules.form not in SINGLE_CHOICE:
        return True
    if rules.form is BallotForm.ONE_OF_SEVERAL:
        return rules.decides is Decides.PLURALITY or rules.majority <= HALF
    return rules.majority == HALF and rules.threshold is Threshold.MORE_THAN
