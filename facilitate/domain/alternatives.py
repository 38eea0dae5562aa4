"""Ballots: alternatives to one text, put so that those who want a change are not split among them."""

from __future__ import annotations

from collections.abc import Sequence

from facilitate.domain.ballots import BallotForm, Method
from facilitate.domain.majority import Rules, TieRule

AS_IT_IS = "Leave it as it is"


def rules_for_alternatives(labels: Sequence[str], lot: str = "", as_it_is: str = AS_IT_IS) -> Rules:
    """The rules by which alternatives are put unless the chair sets others.

    One alone is put for or against. Of several, each paper ranks them and the text as it is, and the last
    drops out until one has more than half: whoever is with a majority for some of them, in whatever order,
    sees one of these chosen. Taking the most votes, or one after the other, would not do that.

    Errors: none are raised here; check_rules refuses labels that cannot be told apart
    """
    if len(labels) == 1:
        return Rules()
    options = (*labels, as_it_is)
    return Rules(
        form=BallotForm.RANK, labels=options, method=Method.IRV, tie=TieRule.EARLIER_ROUND, lot=lot)


def stays_as_it_is(winner: str | None, rules: Rules) -> bool:
    """Whether the outcome leaves the text as it was: it was chosen itself, or nothing was."""
    if rules.form is not BallotForm.RANK:
        return winner is None
    return winner in (None, str(len(rules.labels)))
