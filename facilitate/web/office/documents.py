"""Before: the clerk imports documents: choose a file, correct its passages by hand, freeze them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.utils import secure_filename

from facilitate.domain.corrections import CALLED, Step
from facilitate.domain.documents import checked_prefix, references
from facilitate.domain.refusal import Refused
from facilitate.formats.apart import read_apart
from facilitate.queries.preparation import document_rows
from facilitate.store.drafts import any_circulated, versions_of
from facilitate.web.hub import Hub
from facilitate.web.office.drafts import Draft, Drafts, fingerprint
from facilitate.web.sessions import current_actor

MEDIA_TYPE = "application/octet-stream"


def document_routes(routes: Blueprint, hub: Hub) -> None:
    """/office/documents: list, correct, freeze."""
    drafts = Drafts(hub.settings.folder)

    @routes.get("/documents")
    def documents() -> Any:
        return _list(hub, drafts, None)

    @routes.post("/documents/drafts")
    def read_in() -> Any:
        try:
            draft = _read(drafts)
        except Refused as refusal:
            return _list(hub, drafts, refusal), 400
        return redirect(_at(draft.sha, None), code=303)

    @routes.post("/documents")
    def freeze() -> Any:
        sha = request.form["draft"]
        body, draft = drafts.take(sha)
        try:
            hub.do(current_actor(hub), "import-document", _to_freeze(draft, body))
        except Refused as refusal:
            return draft_page(hub, draft, None, refusal), 400
        drafts.drop(sha)
        return redirect("/office/documents", code=303)

    _draft_routes(routes, hub, drafts)


def _to_freeze(draft: Draft, body: bytes) -> dict[str, Any]:
    done = draft.corrected()
    return {
        "prefix": draft.prefix, "title": draft.title, "commission": draft.commission,
        "read": replace(draft.read, passages=done.passages()), "corrections": list(done.said),
        "name": draft.name, "media_type": MEDIA_TYPE, "body": body,
        "unanswered": request.form.get("unanswered", ""),
    }  # fmt: skip


def _draft_routes(routes: Blueprint, hub: Hub, drafts: Drafts) -> None:
    """/office/documents/drafts/…: one document before it is frozen."""

    @routes.get("/documents/drafts/<sha>")
    def draft(sha: str) -> Any:
        return draft_page(hub, drafts.take(sha)[1], request.args.get("at", type=int), None)

    @routes.post("/documents/drafts/<sha>/steps")
    def step(sha: str) -> Any:
        at, own = int(request.form["at"]), drafts.take(sha)[1]
        made = Step(request.form["do"], at, request.form.get("words", ""))
        try:
            own = own.with_step(made, int(request.form["after"]))
        except Refused as refusal:
            return draft_page(hub, own, at, refusal), 400
        drafts.change(own)
        return redirect(_at(sha, _next(own, made)), code=303)

    @routes.post("/documents/drafts/<sha>/undo")
    def undo(sha: str) -> Any:
        own = drafts.take(sha)[1]
        drafts.change(own.without_last())
        return redirect(_at(sha, own.steps[-1].at if own.steps else None), code=303)

    @routes.post("/documents/drafts/<sha>/removal")
    def remove(sha: str) -> Any:
        drafts.drop(drafts.take(sha)[1].sha)
        return redirect("/office/documents", code=303)


def _next(draft: Draft, step: Step) -> int:
    """Which passage to show next: the same one, or the one that it was joined to."""
    if step.do != "join":
        return step.at
    parts = draft.corrected().parts
    return max(at for at in range(step.at) if parts[at].taken)


def _at(sha: str, at: int | None) -> str:
    # Without the place in the address: with one, browsers leave the focus at the top of the page.
    return f"/office/documents/drafts/{sha}" + (f"?at={at}" if at is not None else "")


def _list(hub: Hub, drafts: Drafts, refusal: Refused | None) -> str:
    with hub.reads() as session:
        rows, circulating = document_rows(session), any_circulated(session)
    return render_template(
        "office/documents.html", here="documents", documents=rows, drafts=drafts.every(), refusal=refusal,
        typed=request.form, circulating=circulating,
    )  # fmt: skip


def _read(drafts: Drafts) -> Draft:
    """Reads the file that was sent and keeps it as a draft."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Refused("file-missing", "Choose a file first.", "file")
    prefix = checked_prefix(request.form.get("prefix", ""))
    body = given.read()
    name = secure_filename(given.filename) or "document"
    read = read_apart(name, body)
    title = request.form.get("title") or read.title or name
    draft = Draft(fingerprint(body), name, prefix, title, request.form.get("commission", ""), read)
    drafts.keep(body, draft)
    return draft


def draft_page(hub: Hub, draft: Draft, at: int | None, refusal: Refused | None) -> str:
    """One document before it is frozen."""
    with hub.reads() as session:
        circulated = next(reversed(versions_of(session, draft.prefix)), None)
    done = draft.corrected()
    named = iter(references(draft.prefix, done.passages()))
    shown = [(part, next(named) if part.taken else "") for part in done.parts]
    return render_template(
        "office/draft.html", here="documents", draft=draft, shown=shown, said=done.said, at=at, called=CALLED,
        count=len(done.passages()), refusal=refusal, typed=request.form, circulated=circulated,
    )  # fmt: skip
