"""Who and what the tests' event holds: people, delegations, a document, tables, a running order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from facilitate.domain.documents import ReadDocument, ReadPassage

START = datetime(2027, 3, 27, 9, tzinfo=UTC)
KEY = b"the key of an event that nobody holds"

# Name, roles, table, delegation, present.
CAST: tuple[tuple[str, str, int | None, str, bool], ...] = (
    ("Amara", "chair", None, "", True),
    ("Clement", "clerk", None, "", True),
    ("Thea", "theme-team", None, "", True),
    ("Tess", "teller", None, "", True),
    ("Ari", "area-facilitator", None, "", True),
    ("Bea", "area-facilitator:B", None, "", True),
    ("Fay", "facilitator:1", None, "", True),
    ("Femi", "facilitator:2", None, "", True),
    ("Sol", "scribe:3", None, "", True),
    ("Dara", "delegate", 1, "NOR", True),
    ("Dev", "delegate", 1, "NOR", True),
    ("Dora", "delegate", 2, "WRK", True),
    ("Dmitri", "delegate", 2, "WRK", True),
    ("Absalom", "delegate", 2, "NOR", False),
    ("Attila", "attendee", None, "", True),
    ("Rex", "resource-person:Housing", None, "", True),
    ("Ria", "resource-person", None, "", True),
    ("Sigrid", "signatory:Housing", None, "", True),
    ("Olu", "body-officer", None, "NOR", False),
)
TABLES, SCREEN, KIOSK = (1, 2, 3), "Left of the stage", "Kiosk by the lift"
BLOCKS = {1: "A", 2: "A", 3: "B"}
PASSAGES = (
    ReadPassage("heading", "1", "Homes", ""),
    ReadPassage(
        "paragraph", "1.1", "", "Every council builds within ten years as many homes as it needs.", 1
    ),
    ReadPassage("paragraph", "1.2", "", "Rents rise no faster than wages.", 1),
    ReadPassage("paragraph", "1.3", "", "Empty homes are taxed after a year.", 1),
)
DELEGATIONS = (
    {"code": "NOR", "name": "Northern Moor CLP", "section": "clp", "votes": 1},
    {"code": "WRK", "name": "Union of Workshops", "section": "union", "votes": 1},
)
ITEMS = (
    ("opening", "Welcome", "09:00", 15, ()),
    ("round", "Homes that are built", "09:15", 30, ("HOU-1.1", "HOU-1.2")),
    ("themes", "What the tables said", "09:45", 15, ("HOU-1.1", "HOU-1.2")),
    ("ballot", "Votes", "10:00", 30, ()),
    ("closing", "Thanks", "10:30", 15, ()),
)


def programme() -> dict[str, Any]:
    """The running order of the event."""
    items = [
        {
            "track": "Hall", "kind": kind, "title": title, "planned": f"2027-03-27T{at}", "minutes": minutes,
            "assignments": [{"passage": reference, "reach": "all"} for reference in passages],
        }
        for kind, title, at, minutes, passages in ITEMS
    ]  # fmt: skip
    return {"tracks": [{"name": "Hall"}], "items": items}


def as_row(name: str, role: str, table: int | None, delegation: str, present: bool) -> dict[str, Any]:
    """One of the cast as an import has them."""
    return {
        "name": name, "roles": [role], "delegation": delegation, "email": "", "table": table,
        "present": present,
    }  # fmt: skip


def document() -> dict[str, Any]:
    """The document of the event, as an importer read it."""
    return {
        "prefix": "HOU", "title": None, "commission": "Housing", "name": "homes.md",
        "read": ReadDocument("Homes for all", PASSAGES), "media_type": "text/markdown", "body": b"# Homes\n",
    }  # fmt: skip


def draft(first: str = "Every school is open.", until: str = "") -> dict[str, Any]:
    """The draft of another document that circulates before the event, of a commission without signatories."""
    passages = (
        ReadPassage("heading", "1", "Schools", ""),
        ReadPassage("paragraph", "1.1", "", first, 1),
        ReadPassage("paragraph", "1.2", "", "School meals are free for every child.", 1),
    )
    return {
        "prefix": "EDU", "title": "Schools for all", "commission": "Education", "opens": "", "until": until,
        "read": ReadDocument("Schools for all", passages),
    }  # fmt: skip


def devices(track: str) -> list[tuple[str, dict[str, Any]]]:
    """The devices beside those of the tables, as the clerk adds them."""
    return [("add-screen", {"label": SCREEN, "track": track}), ("add-kiosk", {"label": KIOSK})]
