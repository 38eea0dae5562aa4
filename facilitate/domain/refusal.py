"""Every stage: how the system says no, with a code, a sentence for the person and the field concerned."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A request that cannot be granted as it stands; a value for the person, never a bug."""

    def __init__(self, code: str, sentence: str, field: str | None = None) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
        self.field = field

    def as_dict(self) -> dict[str, Any]:
        """The body that goes out, the same over HTTP and in an acknowledgement."""
        return {"code": self.code, "sentence": self.sentence, "field": self.field}
