"""Rules of every form of ballot and papers filled in under them, for tests of rules that hold for all."""

from __future__ import annotations

from hypothesis import strategies as st

from facilitate.domain.ballots import ABSTAIN, BallotForm, option_limits
from facilitate.domain.majority import MOST_POINTS, Rules
from facilitate.domain.papers import NONE, STRONGEST


@st.composite
def rules_of_any_form(draw: st.DrawFn, most: int = 20) -> Rules:
    """Rules with as many options as the form allows, `most` at the most."""
    form = draw(st.sampled_from(BallotForm))
    fewest, limit = option_limits(form)
    several = form is not BallotForm.FOR_AGAINST
    number = draw(st.integers(fewest, min(limit, most))) if several else 0
    labels = tuple(f"Option {each + 1}" for each in range(number))
    points = draw(st.integers(1, MOST_POINTS))
    return Rules(form=form, labels=labels, abstain=draw(st.booleans()), points=points)


@st.composite
def filled_in(draw: st.DrawFn, rules: Rules) -> str:
    """A paper as a device writes it."""
    keys = [option.key for option in rules.options if option.key != ABSTAIN]
    if rules.abstain and draw(st.integers(0, 9)) == 0:
        return ABSTAIN
    if rules.form in (BallotForm.FOR_AGAINST, BallotForm.ONE_OF_SEVERAL):
        return draw(st.sampled_from(keys))
    some = st.lists(st.sampled_from(keys), unique=True, min_size=1)
    if rules.form is BallotForm.RANK:
        return ">".join(draw(some))
    if rules.form is BallotForm.APPROVE_ANY:
        approved = draw(some | st.just([]))
        return "+".join(sorted(approved, key=keys.index)) or NONE
    if rules.form is BallotForm.STRENGTH:
        rated = sorted(draw(some), key=keys.index)
        return ",".join(f"{key}:{draw(st.integers(1, STRONGEST))}" for key in rated)
    left, parts = rules.points, []
    for key in sorted(draw(some), key=keys.index):
        if left:
            parts.append((key, draw(st.integers(1, left))))
            left -= parts[-1][1]
    return ",".join(f"{key}:{number}" for key, number in parts)
