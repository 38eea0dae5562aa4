"""Before: documents that are corrected by hand, kept in the event's folder until they are frozen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from facilitate.domain.corrections import Corrected, Step, corrected
from facilitate.domain.documents import ReadDocument, ReadPassage
from facilitate.domain.refusal import Refused


@dataclass(frozen=True)
class Draft:
    """A file that was read, what the clerk said about it, and the corrections so far."""

    sha: str
    name: str
    prefix: str
    title: str
    commission: str
    read: ReadDocument
    steps: tuple[Step, ...] = field(default=())

    def corrected(self) -> Corrected:
        """The document as it would be frozen now."""
        return corrected(self.read.passages, self.steps)

    def with_step(self, step: Step, after: int) -> Draft:
        """The draft after one more correction, made on a page that showed it after so many.

        Errors: `changed-meanwhile`, and whatever the correction refuses.
        """
        if after != len(self.steps):
            raise Refused(
                "changed-meanwhile",
                "The document was corrected on another page meanwhile. Nothing was changed; look again.",
            )
        longer = replace(self, steps=(*self.steps, step))
        longer.corrected()
        return longer

    def without_last(self) -> Draft:
        """The draft before its last correction."""
        return replace(self, steps=self.steps[:-1])


class Drafts:
    """Drafts under the hash of their file; they outlive a restart of the hub."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "uploads"

    def keep(self, body: bytes, draft: Draft) -> None:
        """Keep a file with what was read from it."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._folder / draft.sha).write_bytes(body)
        self.change(draft)

    def change(self, draft: Draft) -> None:
        """Keep the corrections of a draft; whoever reads it meanwhile sees the old ones or the new."""
        fresh = self._folder / f"{draft.sha}.new"
        fresh.write_text(json.dumps(asdict(draft)), encoding="utf-8")
        fresh.replace(self._folder / f"{draft.sha}.json")

    def take(self, sha: str) -> tuple[bytes, Draft]:
        """A file and its draft.

        Errors: `upload-gone`.
        """
        path = self._folder / sha
        if len(sha) != 64 or not sha.isalnum() or not path.is_file():
            raise Refused("upload-gone", "The file is not here any more. Choose it again.", "file")
        return path.read_bytes(), _draft(json.loads((self._folder / f"{sha}.json").read_text("utf-8")))

    def every(self) -> list[Draft]:
        """All drafts, in the order of their prefixes."""
        found = [_draft(json.loads(path.read_text("utf-8"))) for path in self._folder.glob("*.json")]
        return sorted(found, key=lambda draft: (draft.prefix, draft.sha))

    def drop(self, sha: str) -> None:
        """Forget a file and its draft."""
        for name in (sha, f"{sha}.json"):
            (self._folder / name).unlink(missing_ok=True)


def fingerprint(body: bytes) -> str:
    """The name under which a file is kept."""
    return hashlib.sha256(body).hexdigest()


def _draft(kept: dict[str, Any]) -> Draft:
    read = kept.pop("read")
    steps = tuple(Step(**step) for step in kept.pop("steps"))
    passages = tuple(ReadPassage(**passage) for passage in read["passages"])
    return Draft(**kept, read=ReadDocument(read["title"], passages, tuple(read["unread"])), steps=steps)
