"""Before: the clerk circulates drafts in the NPF, moves their deadlines, and sees which points wait."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request

from facilitate.domain.documents import ReadDocument, ReadPassage
from facilitate.domain.refusal import Refused
from facilitate.formats.outcome_words import when
from facilitate.queries import View
from facilitate.queries.drafts import draft_lines
from facilitate.queries.event import event_row
from facilitate.store.drafts import passages_of, versions_of
from facilitate.web.hub import Hub
from facilitate.web.office.documents import draft_page
from facilitate.web.office.drafts import Drafts
from facilitate.web.sessions import current_actor


def circulation_routes(routes: Blueprint, hub: Hub) -> None:
    """/office/documents/drafts/…/circulation and /office/drafts."""
    drafts = Drafts(hub.settings.folder)

    @routes.post("/documents/drafts/<sha>/circulation")
    def circulate(sha: str) -> Any:
        draft = drafts.take(sha)[1]
        commission = request.form.get("commission", "")
        read = replace(draft.read, passages=draft.corrected().passages())
        given = {"prefix": draft.prefix, "title": draft.title, "commission": commission, "read": read}
        try:
            hub.do(current_actor(hub), "circulate-draft", given | _times())
        except Refused as refusal:
            return draft_page(hub, draft, None, refusal), 400
        drafts.change(replace(draft, commission=" ".join(commission.split())))
        return redirect("/office/drafts", code=303)

    @routes.get("/drafts")
    def circulated() -> Any:
        return _list(hub, None)

    @routes.post("/drafts/<prefix>/times")
    def set_times(prefix: str) -> Any:
        try:
            hub.do(current_actor(hub), "circulate-draft", _same_text(hub, prefix) | _times())
        except Refused as refusal:
            return _list(hub, refusal), 400
        return redirect("/office/drafts", code=303)


def _times() -> dict[str, str]:
    return {key: request.form.get(key, "") for key in ("opens", "until")}


def _same_text(hub: Hub, prefix: str) -> dict[str, Any]:
    """The last version of a draft as it would be circulated once more."""
    with hub.reads() as session:
        versions = versions_of(session, prefix)
        if not versions:
            raise Refused("not-found", f"No draft circulates under {prefix[:12]}.")
        last = versions[-1]
        passages = [ReadPassage(p.kind, p.number, p.heading, p.text, p.depth) for p in passages_of(last)]
        return {
            "prefix": prefix, "title": last.title, "commission": last.commission,
            "read": ReadDocument(last.title, tuple(passages)),
        }  # fmt: skip


def _list(hub: Hub, refusal: Refused | None) -> str:
    actor = current_actor(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        zone = event_row(view).zone
        return render_template(
            "office/drafts.html", here="documents", drafts=draft_lines(view, actor), refusal=refusal,
            when=lambda at: when(at, zone),
        )  # fmt: skip
