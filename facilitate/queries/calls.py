"""Hall: help calls, for those who answer them and for the laptop that called."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.queries.view import View, Viewer, iso
from facilitate.store.rows import HelpCall, Person, TableRow


def see_calls(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Area facilitators see the calls of their block with every word, chair and clerk those of all blocks;
    the laptop of a table sees how its own calls stand, but not what a private one is
    about: others read along.
    """
    query = select(HelpCall).order_by(HelpCall.called_at)
    if ids is not None:
        query = query.where(HelpCall.id.in_(ids))
    if viewer.kind == "echo":
        query = query.where(HelpCall.table_number == viewer.table)
    elif viewer.key != "*":
        query = query.join(TableRow, TableRow.number == HelpCall.table_number)
        query = query.where(TableRow.block == viewer.key)
    return {call.id: _call(view, call, whole=viewer.kind == "block") for call in view.session.scalars(query)}


def _call(view: View, call: HelpCall, *, whole: bool) -> dict[str, Any]:
    hidden = {"reason": None, "words": ""}
    return {
        "id": call.id, "table": call.table_number, "state": call.state,
        "cries": [cry if whole or not cry["private"] else cry | hidden for cry in call.cries],
        "called": iso(call.called_at), "waits_since": iso(call.waits_since),
        "seen": iso(call.seen_at), "seen_by": _name(view, call.seen_by),
        "ended": iso(call.ended_at), "ended_by": _name(view, call.ended_by),
    }  # fmt: skip


def _name(view: View, actor: str | None) -> str | None:
    """The name of whoever answers; a table's laptop that took its call back has none to tell."""
    person = view.session.get(Person, (actor or "").removeprefix("person:"))
    return person.name if person else None
