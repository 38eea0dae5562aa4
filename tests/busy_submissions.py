"""A busy event's submissions: from a file, by the link of a body's officer, and on drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tests.busy_drafts import circulate

if TYPE_CHECKING:
    from tests.busy import Busy


def send_in(busy: Busy) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every way in which submissions come and are put right."""
    hall = busy.hall
    rows = [{"title": "From Moor", "text": "Build.", "body": "NOR", "passages": ["HOU-1.1"]}]
    yield "import-submissions", lambda: hall.office("import-submissions", {"rows": rows})
    yield "tie-submission", lambda: hall.office("tie-submission", {"submission": "S-001", "passages": []})
    sent = {"title": "Homes", "text": "Build.", "about": "HOU-1.2", "agreed_by": "The members"}
    yield busy.does("Olu", "send-submission", sent | {"item": busy.new("sent")})
    corrected = {"submission": "S-002", "seen": 1, "text": "Build soon."}
    yield busy.does("Olu", "revise-submission", sent | corrected)
    yield from circulate(busy)
