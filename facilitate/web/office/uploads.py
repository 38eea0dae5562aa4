"""Before: files that the clerk looked at and did not take in yet."""

from __future__ import annotations

import hashlib
from pathlib import Path

from facilitate.domain.refusal import Refused


class Uploads:
    """Files that were looked at but not taken in yet, under their own hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "uploads"

    def keep(self, body: bytes) -> str:
        """Keep a file until it is taken in or replaced."""
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
