"""Ballots: what stands beside the options on a paper, as a teller types it, made the paper's one text."""

from __future__ import annotations

from collections.abc import Mapping

from facilitate.domain.ballots import ABSTAIN, BallotForm
from facilitate.domain.majority import Rules
from facilitate.domain.papers import NONE, check_paper
from facilitate.domain.refusal import Refused

_KEPT = "Nothing was entered; look at the paper again."


def paper_of_marks(marks: Mapping[str, str], instead: str, rules: Rules) -> str:
    """The text of a paper by its marks: a tick, a place, a strength or points beside each option.

    Shape: marks by the option's key, "" where the paper has none; `instead` is abstain or none where the
    paper says that, else "".
    Errors: marks-beside, marks-missing, mark-unreadable, places-level, what check_paper refuses.
    """
    made = {key: mark.strip() for key, mark in marks.items() if mark.strip() not in ("", "0")}
    if instead in (ABSTAIN, NONE):
        if made:
            raise Refused("marks-beside", f"The paper cannot say that and mark options too. {_KEPT} If it "
                          "says both, it is spoilt.", "choice")
        return check_paper(instead, rules)
    if not made:
        raise Refused("marks-missing", f"Copy the marks of the paper, or say that it abstains or is spoilt. "
                      f"{_KEPT}", "choice")
    if rules.form is BallotForm.APPROVE_ANY:
        return check_paper("+".join(made), rules)
    numbers = {key: _whole(mark) for key, mark in made.items()}
    if rules.form is BallotForm.RANK:
        if len(set(numbers.values())) < len(numbers):
            told = f"Two options have the same place. {_KEPT} If the paper says so, it is spoilt."
            raise Refused("places-level", told, "choice")
        return check_paper(">".join(sorted(numbers, key=numbers.__getitem__)), rules)
    return check_paper(",".join(f"{key}:{number}" for key, number in numbers.items()), rules)


def _whole(mark: str) -> int:
    if not (mark.isascii() and mark.isdecimal() and len(mark) < 4):
        raise Refused("mark-unreadable", f"“{mark[:20]}” is no whole number. {_KEPT}", "choice")
    return int(mark)
