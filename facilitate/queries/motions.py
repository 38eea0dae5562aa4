"""Hall: themes and motions, for those who may read them now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.domain.amendment_english import amendment_english
from facilitate.domain.wording import marked_segments
from facilitate.queries.documents import passages_shown, references_of
from facilitate.queries.event import event_row
from facilitate.queries.view import View, Viewer
from facilitate.store.rows import Comment, Motion, MotionSource, Submission, Theme, ThemeComment

_LIVE = ("current", "conflict")


def see_themes(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """The theme team sees every theme with its comments; the room those of the passages it is dealing with,
    with their counts and the chosen quotation.
    """
    query = select(Theme).where(Theme.merged_into.is_(None)).order_by(Theme.position, Theme.id)
    if ids is not None:
        query = query.where(Theme.id.in_(ids))
    if viewer.kind not in ("themes", "desk"):
        query = query.where(Theme.passage_id.in_(passages_shown(view, viewer)))
    found = list(view.session.scalars(query))
    members = _members(view, [t.id for t in found])
    named = event_row(view).settings["names_tables"] or viewer.kind in ("themes", "desk")
    return {t.id: _theme(t, members.get(t.id, []), named, viewer.kind in ("themes", "desk")) for t in found}


def _members(view: View, themes: list[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    rows = view.session.execute(
        select(ThemeComment.theme_id, Comment.id, Comment.table_number, Comment.agree, Comment.text)
        .join(Comment, Comment.id == ThemeComment.comment_id)
        .where(ThemeComment.theme_id.in_(themes), Comment.state.in_(_LIVE))
        .order_by(Comment.received_at)
    )
    for row in rows:
        found.setdefault(row.theme_id, []).append(row)
    return found


def _theme(t: Theme, members: list[Any], named: bool, whole: bool) -> dict[str, Any]:
    chosen = next((m for m in members if m.id == t.quote), None)
    value = {
        "id": t.id, "passage": t.passage_id, "document": t.document_id, "name": t.name,
        "minority": t.minority, "comments": len(members), "tables": len({m.table_number for m in members}),
        "agree": sum(m.agree for m in members), "position": t.position,
        "quote": {"text": chosen.text, "table": chosen.table_number if named else None} if chosen else None,
    }  # fmt: skip
    return value | {"members": [m.id for m in members]} if whole else value


def see_motions(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Theme team and desk see every motion; the room those put to it, each with where its words come from."""
    query = select(Motion).order_by(Motion.number)
    if ids is not None:
        query = query.where(Motion.id.in_(ids))
    if viewer.kind not in ("themes", "desk"):
        query = query.where(Motion.put_at.is_not(None), Motion.state != "draft")
    found = list(view.session.scalars(query))
    references_of(view, [m.passage_id for m in found])
    named = event_row(view).settings["names_tables"] or viewer.kind in ("themes", "desk")
    sources = _sources(view, [m.id for m in found], named)
    return {m.id: motion_value(view, m, sources.get(m.id, [])) for m in found}


def _sources(view: View, motions: list[str], named: bool) -> dict[str, list[dict[str, Any]]]:
    links = view.session.execute(
        select(MotionSource.motion_id, MotionSource.kind, MotionSource.source_id).where(
            MotionSource.motion_id.in_(motions)
        )
    ).all()
    wanted = {link.source_id for link in links}
    labels: dict[str, str] = {}
    for table, label in (
        (Comment, Comment.reference),
        (Theme, Theme.name),
        (Submission, Submission.reference),
    ):
        labels.update(view.session.execute(select(table.id, label).where(table.id.in_(wanted))).all())
    found: dict[str, list[dict[str, Any]]] = {}
    for motion, kind, source in links:
        if kind == "comment" and not named:
            labels[source] = "a table’s point"
        found.setdefault(motion, []).append({"kind": kind, "id": source, "label": labels.get(source, "")})
    return found


def motion_value(view: View, m: Motion, sources: list[dict[str, Any]]) -> dict[str, Any]:
    """One motion as devices read it, with the change against the text that it was drafted on."""
    base = m.base
    reference = references_of(view, [m.passage_id]).get(m.passage_id or "", "")
    about = f"motion {view.session.get_one(Motion, m.amends).number}" if m.amends else reference
    segments: list[tuple[str, str]] = [("insert", m.text)] if m.text else []
    english = None
    if m.effect == "replace" and m.ops:
        segments = marked_segments(base, m.ops)
        english = amendment_english(about, base, m.ops)
    elif m.effect == "delete":
        segments, english = [("delete", base)], f"Delete {reference}."
    elif m.effect == "insert-after":
        english = f"After {reference} insert “{m.text}”"
    return {
        "id": m.id, "number": m.number, "passage": m.passage_id, "ref": reference, "document": m.document_id,
        "effect": m.effect, "title": m.title, "text": m.text, "before": base,
        "segments": [list(s) for s in segments], "english": english, "state": m.state, "amends": m.amends,
        "contingent_on": m.contingent_on, "when_carried": m.when_carried, "rescinds": m.rescinds,
        "why": m.ended_why,
        "sources": sources,
    }  # fmt: skip
