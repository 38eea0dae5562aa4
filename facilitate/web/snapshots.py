"""Every stage: what each audience sees, made once for all: a hall that comes back asks all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

from facilitate.queries import View, project, snapshot
from facilitate.web.encoded import encode, encode_object

# What depends on the clock alone may be so old.
KEEPS = 5.0
# More than this is quicker made anew.
MOST_TOUCHED = 200


@dataclass
class _Made:
    """A snapshot as JSON, and what has been touched in it since.

    Shape: changes is the JSON of what was touched, None until somebody asks for it.
    """

    text: str = ""
    at: float = field(default_factory=monotonic)
    touched: dict[str, None] = field(default_factory=dict)
    changes: str | None = "[]"

    @property
    def serves(self) -> bool:
        return bool(self.text) and monotonic() - self.at <= KEEPS and len(self.touched) <= MOST_TOUCHED


class Snapshots:
    """The snapshots of one hub, each good for a few seconds however much happens meanwhile."""

    def __init__(self) -> None:
        self._made: dict[str, _Made] = {}

    def forget(self, audience: str) -> None:
        """Nobody is in this audience any more."""
        self._made.pop(audience, None)

    def clear(self) -> None:
        """Rights have changed: whatever was made may show too much."""
        self._made.clear()

    def touch(self, audience: str, touched: Iterable[str]) -> None:
        """Note what has changed for an audience."""
        made = self._made.get(audience)
        if made is not None:
            made.touched.update(dict.fromkeys(touched))
            made.changes = None

    def answer(self, view: View, audience: str, upto: int) -> str:
        """The answer for a device that knows nothing yet, as JSON.

        Shape: {"upto", "snapshot": {kind: {id: value}}, "changes": what has changed since it was made}.
        """
        made = self._made.get(audience)
        if made is None or not made.serves:
            # It is put in its place first: what is committed while a database is waited for is noted in it.
            made = self._made[audience] = _Made()
            made.text = encode(snapshot(view, audience))
        changes = made.changes
        if changes is None:
            # Not before it is read: what is touched meanwhile makes it None again.
            made.changes = "[]"
            changes = encode(project(view, audience, list(made.touched)))
            if made.changes is not None:
                made.changes = changes
        return encode_object({"upto": str(upto), "snapshot": made.text, "changes": changes})
