"""Every stage: the built clients: found once, served compressed and for ever under their hashed names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_from_directory

from facilitate.domain.refusal import Refused

FOR_EVER = "public, max-age=31536000, immutable"
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@dataclass(frozen=True)
class Entry:
    """What one page loads: its script, and its style sheets in order."""

    script: str
    styles: tuple[str, ...]


class Assets:
    """The built clients of this installation."""

    def __init__(self, folder: Path) -> None:
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            raise Refused(
                "clients-missing", f"The built pages are not in {folder}. Run scripts/setup to build them."
            )
        self.folder = folder
        self._files = json.loads(manifest.read_text())

    def entry(self, name: str) -> Entry:
        """What the page of one client loads.

        Shape: name as in the manifest, such as "facilitator/main.ts".
        """
        script = self._files[name]
        styles: dict[str, None] = {}
        self._styles(name, styles)
        return Entry("/assets/" + script["file"], tuple("/assets/" + s for s in styles))

    def _styles(self, name: str, found: dict[str, None]) -> None:
        chunk = self._files[name]
        for inner in chunk.get("imports", ()):
            self._styles(inner, found)
        found.update(dict.fromkeys(chunk.get("css", ())))

    def style(self, name: str) -> str:
        """The address of one style sheet that is an entry of its own."""
        chunk = self._files[name]
        return f"/assets/{chunk['css'][0] if 'css' in chunk else chunk['file']}"

    def offline(self, page: str, worker: str) -> str:
        """The script that opens one page without a network, with the build and the files that it keeps.

        Shape: both as in the manifest.
        """
        files = sorted("/assets/" + name for name in self._reached(page))
        build = hashlib.sha256("\n".join(files).encode()).hexdigest()[:16]
        facts = json.dumps({"build": build, "files": files})
        return f"self.FACILITATE = {facts};\n{(self.folder / self._files[worker]['file']).read_text()}"

    def _reached(self, name: str) -> set[str]:
        chunk = self._files[name]
        found = {chunk["file"], *chunk.get("css", ()), *chunk.get("assets", ())}
        for inner in (*chunk.get("imports", ()), *chunk.get("dynamicImports", ())):
            found |= self._reached(inner)
        return found

    def blueprint(self) -> Blueprint:
        """Serves the files, in the best encoding that the browser takes."""
        routes = Blueprint("assets", __name__)

        @routes.get("/assets/<path:name>")
        def asset(name: str) -> Response:
            if name.endswith((".br", ".gz")) or not (self.folder / name).is_file():
                abort(404)
            answer = self._best(name)
            answer.headers["Cache-Control"] = FOR_EVER
            answer.headers["Vary"] = "Accept-Encoding"
            return answer

        @routes.get("/offline.js")
        def offline() -> Response:
            script = self.offline("facilitator/main.ts", "offline/worker.ts")
            answer = Response(script, mimetype="text/javascript")
            answer.headers["Cache-Control"] = "no-cache"
            return answer

        return routes

    def _best(self, name: str) -> Response:
        for encoding, ending in _ENCODINGS:
            if request.accept_encodings.quality(encoding) and (self.folder / (name + ending)).is_file():
                plain = send_from_directory(self.folder, name)
                answer = send_from_directory(self.folder, name + ending, mimetype=plain.mimetype)
                plain.close()
                answer.headers["Content-Encoding"] = encoding
                return answer
        return send_from_directory(self.folder, name)
