"""Every stage: documents, passages and submissions, for those who may read them now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from facilitate.queries.view import View, Viewer
from facilitate.store.rows import (
    Assignment,
    Ballot,
    Device,
    Document,
    Item,
    Motion,
    Passage,
    Submission,
    Track,
)


def see_documents(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Everybody who is signed in may know which documents there are."""
    query = select(Document).order_by(Document.position)
    if ids is not None:
        query = query.where(Document.id.in_(ids))
    return {
        d.id: {
            "id": d.id, "title": d.title, "prefix": d.prefix, "commission": d.commission,
            "position": d.position, "state": "frozen",
        }
        for d in view.session.scalars(query)
    }  # fmt: skip


def passages_in_play(view: View) -> set[str]:
    """The passages that the room is dealing with: those of current items, and of ballots before the room.

    An item without passages of its own, such as themes on the screens, still deals with those of the round
    before it in its track.
    """
    found: set[str] | None = view.cache.get("in-play")
    if found is None:
        moved = view.session.scalars(
            select(Motion.passage_id)
            .join(Ballot, Ballot.motion_id == Motion.id)
            .where(Ballot.state.not_in(["draft", "recalled", "void"]), Motion.passage_id.is_not(None))
        )
        found = {p for p in moved if p}
        for track in view.session.scalars(select(Track)):
            found |= assigned_now(view, track)
        view.cache["in-play"] = found
    return found


def assigned_now(view: View, track: Track) -> set[str]:
    """The passages of a track's current item, or of the last item before it that had any."""
    if track.current_item is None:
        return set()
    key = ("assigned", track.id)
    if key not in view.cache:
        rows = view.session.execute(
            select(Item.id, Assignment.passage_id)
            .join(Assignment, Assignment.item_id == Item.id, isouter=True)
            .where(Item.track_id == track.id, Item.state != "planned")
            .order_by(Item.position.desc())
        ).all()
        given: dict[str, set[str]] = {}
        reached = False
        for item, passage in rows:
            reached = reached or item == track.current_item
            if reached and passage:
                given.setdefault(item, set()).add(passage)
        view.cache[key] = next(iter(given.values()), set())
    found: set[str] = view.cache[key]
    return found


def passages_shown(view: View, viewer: Viewer) -> set[str]:
    """What one audience of the room reads: the passages in play, on a screen also the one chosen for it."""
    playing = passages_in_play(view)
    device = view.session.get(Device, viewer.key) if viewer.kind == "screen" else None
    return playing | {device.scene_passage} if device and device.scene_passage else playing


def see_passages(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Theme team, desk and resource persons see every passage; room and screens those before them.

    A phone's first load is shared by 1,400 on one Wi-Fi, so that whole documents are pages of their own.
    """
    wanted = ids
    if viewer.kind not in ("themes", "desk", "questions"):
        shown = passages_shown(view, viewer)
        wanted = shown if ids is None else ids & shown
    query = select(Passage).order_by(Passage.position)
    if wanted is not None:
        query = query.where(Passage.id.in_(wanted))
    carried = carried_texts(view)
    return {p.id: _passage(p, carried.get(p.id)) for p in view.session.scalars(query)}


def _passage(p: Passage, carried: str | None) -> dict[str, Any]:
    return {
        "id": p.id, "document": p.document_id, "ref": p.reference, "number": p.number, "kind": p.kind,
        "heading": p.heading, "text": p.text, "depth": p.depth, "position": p.position,
        "version": p.version, "hash": p.text_hash, "carried": carried,
    }  # fmt: skip


def carried_texts(view: View) -> dict[str, str]:
    """How passages read now, where the room has carried a new text.

    Shape: passage id to text; a deleted passage reads "".
    """
    found: dict[str, str] | None = view.cache.get("carried")
    if found is None:
        rows = view.session.execute(
            select(Motion.passage_id, Motion.effect, Motion.text)
            .where(
                Motion.state == "carried", Motion.effect.in_(["replace", "delete"]), Motion.amends.is_(None)
            )
            .order_by(Motion.decided_at)
        )
        found = {row.passage_id: "" if row.effect == "delete" else row.text for row in rows}
        view.cache["carried"] = found
    return found


def see_submissions(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Theme team and desk see what was sent in before the event, with where it is now."""
    query = select(Submission).order_by(Submission.reference)
    if ids is not None:
        query = query.where(Submission.id.in_(ids))
    return {s.id: submission_value(s) for s in view.session.scalars(query)}


def submission_value(s: Submission) -> dict[str, Any]:
    """One submission as devices read it."""
    station = "read" if s.read_at or s.disposition else "received"
    return {
        "id": s.id, "ref": s.reference, "title": s.title, "text": s.text, "body": s.body,
        "passages": s.passages, "station": station, "disposition": s.disposition,
        "reason": s.reason, "note": s.note,
    }  # fmt: skip


def references_of(view: View, passages: Iterable[str | None]) -> dict[str, str]:
    """Passage ids to their references."""
    known: dict[str, str] = view.cache.setdefault("references", {})
    lacking = {p for p in passages if p and p not in known}
    if lacking:
        known.update(
            view.session.execute(select(Passage.id, Passage.reference).where(Passage.id.in_(lacking))).all()
        )
    return known


def whole_document(view: View, prefix: str) -> dict[str, Any] | None:
    """A whole document to read: as the NPF wrote it, with what the room has carried beside it.

    Everybody who is signed in may read the documents before them.

    Shape: document, all (every document, for the links between them) and passages in their order.
    """
    every = list(view.session.scalars(select(Document).order_by(Document.position)))
    document = next((d for d in every if d.prefix == prefix), None)
    if document is None:
        return None
    carried = carried_texts(view)
    rows = view.session.scalars(
        select(Passage).where(Passage.document_id == document.id).order_by(Passage.position)
    )
    return {
        "document": document,
        "all": every,
        "passages": [_passage(p, carried.get(p.id)) for p in rows],
    }
