"""Submissions are tied to passages by the clerk, until they have ended."""

from __future__ import annotations

import pytest

from facilitate.domain.refusal import Refused
from tests.people import Hall

ROWS = [{"title": "More homes", "text": "Build.", "body": "NOR", "passages": []}]


def tied(hall: Hall) -> list[str]:
    value = next(iter(hall.sees("themes")["submission"].values()))
    return list(value["passages"])


def test_clerk_ties_a_submission_to_passages(hall: Hall) -> None:
    hall.office("import-submissions", {"rows": ROWS})
    assert tied(hall) == []
    hall.office("tie-submission", {"submission": "S-001", "passages": ["HOU-1.2", "HOU-1.1", "HOU-1.2"]})
    assert tied(hall) == ["HOU-1.2", "HOU-1.1"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"submission": "S-009", "passages": []}, "unknown-submission"),
        ({"submission": "S-001", "passages": ["HOU-9.9"]}, "unknown-passage"),
    ],
)
def test_what_is_not_there_cannot_be_tied(hall: Hall, data: dict[str, object], code: str) -> None:
    hall.office("import-submissions", {"rows": ROWS})
    with pytest.raises(Refused) as refused:
        hall.office("tie-submission", data)
    assert refused.value.code == code
    assert tied(hall) == []
