"""A robot fills in every form of paper so that the domain reads it, and does so in a whole rehearsal."""

from __future__ import annotations

from random import Random

import pytest

from facilitate.domain.ballots import BallotForm
from facilitate.domain.majority import Rules
from facilitate.domain.papers import check_paper
from facilitate.rehearsal.papers import FORMS, PLACES, fill_in, is_further


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("points", [1, 3, 10])
def test_every_paper_of_a_robot_is_filled_in_by_its_rules(form: str, points: int) -> None:
    rules = Rules(form=BallotForm(form), labels=PLACES, points=points)
    ballot = {"form": form, "points": points, "options": [{"key": option.key} for option in rules.options]}
    chance = Random(7)
    papers = [fill_in(ballot, chance) for _ in range(300)]
    assert all(check_paper(paper, rules) == paper for paper in papers)
    assert "abstain" in papers and len(set(papers)) > points
    assert is_further(ballot) and not is_further({"form": "for-against"})
