"""Hall: what is shown of a count by sections: beforehand who is counted where, afterwards the tally."""

from __future__ import annotations

from dataclasses import asdict, replace
from fractions import Fraction
from typing import Any

from facilitate.domain.ballots import BallotState
from facilitate.domain.counting import Result
from facilitate.domain.majority import Rules
from facilitate.domain.rule_words import rule_sentence
from facilitate.domain.section_table import section_table
from facilitate.domain.sections import Grouping, grouping_sentences
from facilitate.domain.tally_words import decide_words, percent_words
from facilitate.queries.view import View
from facilitate.store.rows import Ballot
from facilitate.store.sections import grouping_of, plan_now

_TO_COME = (BallotState.DRAFT, BallotState.RECALLED)


def grouping_shown(view: View, b: Ballot) -> Grouping | None:
    """How a ballot is grouped, as frozen; before its announcement as it would be now."""
    return plan_now(view.session, b) if b.state in _TO_COME else grouping_of(b)


def rule_of(rules: Rules, grouping: Grouping | None) -> str:
    """The rules in words, with the sections as they are counted and whom they are joined with."""
    if grouping is None:
        return rule_sentence(rules)
    return " ".join([rule_sentence(replace(rules, shares=grouping.shares)), *grouping_sentences(grouping)])


def sections_of(rules: Rules, grouping: Grouping | None) -> dict[str, Any] | None:
    """The groups of a ballot with their shares and sizes; none where heads alone are counted."""
    if grouping is None:
        return None
    whole = sum((share for _, share in grouping.shares), Fraction(0))
    return {
        "deciding": rules.deciding.value, "smallest": grouping.smallest,
        "groups": [
            {
                "name": group.name, "size": group.size,
                "share": percent_words(group.share, whole) if group.share else "heads only",
            }
            for group in grouping.groups
        ],
        "said": grouping_sentences(grouping),
    }  # fmt: skip


def counted_words(b: Ballot, group: int | None) -> str | None:
    """Where a delegate on the roll is counted, for their own device."""
    grouping = grouping_of(b)
    if grouping is None or not grouping.groups or group is None:
        return None
    own, decide = grouping.groups[group], decide_words(b.rules["deciding"])
    where = f"in the section {own.name}" if own.share else "by heads alone"
    return f"You are counted {where}; {decide}."


def tally_of(b: Ballot, result: Result, rules: Rules) -> dict[str, Any] | None:
    """The tally by sections beside the heads, as table and picture."""
    grouping = grouping_of(b)
    table = section_table(result, rules, grouping) if grouping else None
    if table is None:
        return None
    return asdict(table) | {
        "rows": [list(row) for row in table.rows], "head": list(table.head),
        "shares": [asdict(bar) for bar in table.shares], "groups": [asdict(bar) for bar in table.groups],
    }  # fmt: skip
