"""Hall: the desk's list of points kept as they came: typed in, admitted, or ended with a reason."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from facilitate.domain.comments import KIND_LOOKS
from facilitate.domain.kept import KeptCause
from facilitate.domain.refusal import Refused
from facilitate.formats.outcome_words import when
from facilitate.queries.kept import kept_items, passage_by_reference, passage_choices
from facilitate.store.rows import Event
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor
from facilitate.wire import COMMANDS, parse


def kept_routes(routes: Blueprint, hub: Hub) -> None:
    """/desk/kept, and what is done with one point there."""

    @routes.get("/kept")
    def kept() -> Any:
        return _page(hub, None, "")

    @routes.post("/kept/<key>/<any(comment, admission, end):what>")
    def deal(key: str, what: str) -> Any:
        try:
            _deal(hub, key, what)
        except Refused as refusal:
            return _page(hub, refusal, key), 400
        return redirect("/desk/kept", code=303)


def _deal(hub: Hub, key: str, what: str) -> None:
    verb, data = {"comment": _typed, "admission": _admitted, "end": _ended}[what](hub, key)
    hub.do(current_actor(hub), verb, parse(COMMANDS[verb], data))


def _typed(hub: Hub, key: str) -> tuple[str, dict[str, Any]]:
    return "type-in-kept", {"kept": key, "table": request.form.get("table", type=int), **typed_point(hub, "")}


def typed_point(hub: Hub, row: str) -> dict[str, Any]:
    """One point as a form on the desk's pages has it; `row` ends the names of its fields.

    Errors: `unknown-passage`, `bad-kind`.
    """
    reference = request.form.get(f"passage{row}", "")
    with hub.reads() as session:
        passage = passage_by_reference(session, reference)
    if passage is None:
        raise Refused(
            "unknown-passage", f"There is no passage “{reference[:40]}”. Write it as in the list.", "passage"
        )
    kind = request.form.get(f"kind{row}", "")
    if kind not in list(KIND_LOOKS):
        raise Refused("bad-kind", "Choose what kind of point it is.", "kind")
    return {
        "passage": passage, "kind": kind, "text": request.form.get(f"text{row}", "").replace("\r\n", "\n"),
        "agree": request.form.get(f"agree{row}", 0, type=int),
        "against": request.form.get(f"against{row}", 0, type=int),
    }  # fmt: skip


def _admitted(_hub: Hub, key: str) -> tuple[str, dict[str, Any]]:
    return "admit-kept", {"kept": [key]}


def _ended(_hub: Hub, key: str) -> tuple[str, dict[str, Any]]:
    return "end-kept", {"kept": [key], "reason": request.form.get("reason", "")[:400]}


def _page(hub: Hub, refusal: Refused | None, at: str) -> str:
    with hub.reads() as session:
        zone = session.get_one(Event, "event").zone
        lists = [(cause, kept_items(session, cause)) for cause in KeptCause]
        found = [(cause, [(each, when(each.at, zone)) for each in items]) for cause, items in lists]
        passages = passage_choices(session)
    return render_template(
        "intake/kept.html", here="kept", found=found, passages=passages, kinds=list(KIND_LOOKS.items()),
        refusal=refusal, at=at, typed=request.form,
    )  # fmt: skip
