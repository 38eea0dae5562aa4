"""Before: the clerk imports documents: choose a file, look at its passages, freeze them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.utils import secure_filename

from facilitate.domain.documents import checked_prefix, references
from facilitate.domain.refusal import Refused
from facilitate.formats.apart import read_apart
from facilitate.queries.preparation import document_rows
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor

MEDIA_TYPE = "application/octet-stream"


class Uploads:
    """Files that were looked at but not frozen yet, under their own hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "uploads"

    def keep(self, body: bytes) -> str:
        """Keep a file until it is frozen or replaced."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sha = hashlib.sha256(body).hexdigest()
        (self._folder / sha).write_bytes(body)
        return sha

    def take(self, sha: str) -> bytes:
        """A file that was kept.

        Errors: `upload-gone`.
        """
        path = self._folder / sha
        if len(sha) != 64 or not sha.isalnum() or not path.is_file():
            raise Refused("upload-gone", "The file is not here any more. Choose it again.", "file")
        return path.read_bytes()

    def drop(self, sha: str) -> None:
        """Forget a file."""
        (self._folder / sha).unlink(missing_ok=True)


def document_routes(routes: Blueprint, hub: Hub) -> None:
    """/office/documents: list, preview, freeze."""
    uploads = Uploads(hub.settings.folder)

    @routes.get("/documents")
    def documents() -> Any:
        return _list(hub, None)

    @routes.post("/documents/preview")
    def preview() -> Any:
        try:
            return _preview(hub, uploads)
        except Refused as refusal:
            return _list(hub, refusal), 400

    @routes.post("/documents")
    def freeze() -> Any:
        sha, name = request.form["upload"], request.form["name"]
        body = uploads.take(sha)
        data = {
            "prefix": request.form["prefix"],
            "title": request.form["title"],
            "commission": request.form["commission"],
            "read": read_apart(name, body),
            "name": name,
            "media_type": MEDIA_TYPE,
            "body": body,
        }
        hub.do(current_actor(hub), "import-document", data)
        uploads.drop(sha)
        return redirect("/office/documents", code=303)


def _list(hub: Hub, refusal: Refused | None) -> str:
    with hub.reads() as session:
        rows = document_rows(session)
    return render_template(
        "office/documents.html", here="documents", documents=rows, refusal=refusal, typed=request.form
    )


def _preview(hub: Hub, uploads: Uploads) -> str:
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Refused("file-missing", "Choose a file first.", "file")
    prefix = checked_prefix(request.form.get("prefix", ""))
    body = given.read()
    name = secure_filename(given.filename) or "document"
    read = read_apart(name, body)
    shown = list(zip(references(prefix, read.passages), read.passages, strict=True))
    return render_template(
        "office/preview.html",
        here="documents",
        read=read,
        shown=shown,
        prefix=prefix,
        name=name,
        title=request.form.get("title") or read.title or name,
        commission=request.form.get("commission", ""),
        upload=uploads.keep(body),
    )
