"""Every stage: whether the hub itself is well, for the desk."""

from __future__ import annotations

from typing import Any

from facilitate.queries.view import View, Viewer, iso


def see_hub(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """The desk sees whether anything can be stored now, and if not, since when and what to do."""
    trouble = view.presence.trouble
    return {
        "hub": {
            "id": "hub",
            "storing": trouble is None,
            "since": iso(trouble.since) if trouble else None,
            "sentence": trouble.sentence if trouble else None,
        }
    }
