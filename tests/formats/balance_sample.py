"""A balance sheet that does not balance, as the queries hand it to the editions."""

from __future__ import annotations

_LINE = {"difference": 0, "wrong": False, "named": []}
BALANCE = (
    {"kind": "comments", "label": "Comments from the tables", "received": 6, "open": 1, "ended": 5, **_LINE,
     "parts": [{"kind": "concern", "label": "Concern", "received": 3, "open": 1, "ended": 2, **_LINE}]},
    {"kind": "submissions", "label": "Submissions", "received": 9, "open": 0, "ended": 7, "difference": 2,
     "wrong": True, "named": ["S-004", "S-008"], "parts": []},
)  # fmt: skip
