"""Every stage: what each audience may see, and the one way in which it is told what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from facilitate.queries.balance import see_balance
from facilitate.queries.ballots import see_ballots, see_votes
from facilitate.queries.calls import see_calls
from facilitate.queries.comments import see_comments, see_missing
from facilitate.queries.confidences import see_confidences
from facilitate.queries.documents import see_documents, see_passages, see_submissions
from facilitate.queries.event import see_event
from facilitate.queries.heard import BOUND, hears_anew, see_heard
from facilitate.queries.hub import see_hub
from facilitate.queries.kiosks import see_kiosks
from facilitate.queries.motions import see_motions, see_themes
from facilitate.queries.people import see_me
from facilitate.queries.programme import see_items, see_screens, see_tracks
from facilitate.queries.questions import see_questions
from facilitate.queries.room import see_room, see_tables
from facilitate.queries.view import Presence, View, Viewer, viewer_of
from facilitate.queries.vote_orders import see_orders
from facilitate.queries.writing import see_writing

Query = Callable[[View, Viewer, set[str] | None], dict[str, dict[str, Any]]]

KINDS: dict[str, Query] = {
    "event": see_event,
    "me": see_me,
    "track": see_tracks,
    "item": see_items,
    "document": see_documents,
    "passage": see_passages,
    "table": see_tables,
    "comment": see_comments,
    "heard": see_heard,
    "writing": see_writing,
    "theme": see_themes,
    "motion": see_motions,
    "ballot": see_ballots,
    "order": see_orders,
    "vote": see_votes,
    "missing": see_missing,
    "call": see_calls,
    "question": see_questions,
    "submission": see_submissions,
    "screen": see_screens,
    "room": see_room,
    "balance": see_balance,
    "hub": see_hub,
    "kiosk": see_kiosks,
    "confidence": see_confidences,
}
_PUBLIC = ("event", "track", "item", "document", "passage", "theme", "motion", "ballot", "order")
# Which kinds each audience is told of; a kind that is not named here never reaches it.
SEES: dict[str, tuple[str, ...]] = {
    "delegates": _PUBLIC,
    "table": ("table", "comment", "writing"),
    "echo": ("comment", "heard", "call"),
    "block": ("table", "missing", "call"),
    "questions": ("document", "passage", "question"),
    "themes": (*_PUBLIC, "table", "comment", "missing", "submission"),
    "desk": (*_PUBLIC, "question", "table", "screen", "missing", "submission", "room", "balance", "hub",
             "kiosk"),
    "tellers": ("confidence",),
    "screen": (*_PUBLIC, "question", "table", "comment", "heard", "screen", "room"),
    "person": ("me", "vote", "missing"),
    "commission": ("event", "document"),
}


def snapshot(view: View, audience: str) -> dict[str, dict[str, Any]]:
    """Everything that an audience may see now.

    Shape: kind to id to value.
    """
    viewer = viewer_of(audience)
    return {kind: KINDS[kind](view, viewer, None) for kind in SEES[viewer.kind]}


def project(view: View, audience: str, touches: Iterable[str]) -> list[list[Any]]:
    """What an audience may now see of the things that were touched.

    Shape: [kind, id, value], the value None where the thing is gone for this audience.
    """
    viewer = viewer_of(audience)
    wanted: dict[str, set[str]] = {}
    for touch in touches:
        kind, _, key = touch.partition(":")
        if kind in SEES[viewer.kind]:
            wanted.setdefault(kind, set()).add("me" if kind == "screen" and viewer.kind == "screen" else key)
    changes = _anew(view, viewer, wanted)
    for kind, ids in wanted.items():
        seen = _seen(view, viewer, kind, ids)
        # A phone in a block is told of its own tables; nothing of a block ever goes away.
        told = ids & seen.keys() if viewer.kind == "block" else ids
        changes.extend([kind, each, seen.get(each)] for each in sorted(told))
    return changes


def _anew(view: View, viewer: Viewer, wanted: dict[str, set[str]]) -> list[list[Any]]:
    """All that a table hears or a screen shows, where that has changed as a whole; else nothing."""
    asked = wanted.pop("heard", set())
    anew = hears_anew(view, viewer, asked - {BOUND})
    if anew or BOUND in asked:
        wanted["heard"] = {BOUND}
    every = see_comments(view, viewer, None) if anew else {}
    return [["comment", key, value] for key, value in every.items()]


def _seen(view: View, viewer: Viewer, kind: str, ids: set[str]) -> dict[str, dict[str, Any]]:
    # What everybody of one kind of audience sees alike is read once for all of them.
    if viewer.kind in ("delegates", "themes", "desk") or kind not in (
        "comment",
        "heard",
        "table",
        "me",
        "vote",
        "missing",
        "call",
        "writing",
        "question",
    ):
        # What a screen shows can be chosen for it alone.
        own = viewer.kind == "screen" and kind in ("screen", "passage", "theme")
        key = ("seen", viewer.audience if own else viewer.kind, kind, frozenset(ids))
        if key not in view.cache:
            view.cache[key] = KINDS[kind](view, viewer, ids)
        found: dict[str, dict[str, Any]] = view.cache[key]
        return found
    return KINDS[kind](view, viewer, ids)


__all__ = ["KINDS", "SEES", "Presence", "View", "Viewer", "project", "snapshot", "viewer_of"]
