"""Rehearsal: what a robot's device knows, kept per audience and numbered, as the browsers keep it."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from uuid6 import uuid7

TAKEN, OLD, FOREIGN, HOLE = "taken", "old", "foreign", "hole"
_ORDER = (
    "delegates", "table", "echo", "block", "questions", "themes", "desk", "screen", "commission", "person",
)  # fmt: skip


@lru_cache(maxsize=256)
def read_frame(text: str) -> Any:
    """A message read once for all the robots that get the same one; nobody may change what is in it."""
    return json.loads(text)


def rank(audience: str) -> int:
    """Which audience lies over which; later wins."""
    return _ORDER.index("echo" if audience.endswith("+echo") else audience.partition(":")[0])


def drop_unheard(kinds: dict[str, dict[str, Any]]) -> None:
    """Let go of the comments that are not heard any more, as the hub says: those of other passages, and of
    each passage all before the one from which on it is heard, unless this table answered them.
    """
    if "heard" not in kinds or "comment" not in kinds:
        return
    passages = {p: each for bound in kinds["heard"].values() for p, each in bound["passages"].items()}
    kinds["comment"] = {key: c for key, c in kinds["comment"].items() if _is_heard(c, passages)}


def _is_heard(comment: dict[str, Any], passages: dict[str, Any]) -> bool:
    bound = passages.get(comment["passage"])
    if bound is None or bound["since"] is None or comment.get("response"):
        return bound is not None
    since = bound["since"]
    return bool(_moment(comment["at"]) + comment["id"] >= _moment(since["at"]) + since["id"])


def _moment(at: str) -> str:
    """A moment as text that sorts: the hub leaves parts of a second away where there are none."""
    return at if "." in at else at.replace("Z", ".000000Z")


class Stream:
    """One audience's things and how far they go."""

    def __init__(self, upto: int) -> None:
        self.upto = upto
        self.kinds: dict[str, dict[str, Any]] = {}

    def apply(self, changes: list[list[Any]], keep: frozenset[str] | None) -> None:
        """Take changes in; a thing without a value is gone."""
        for kind, key, value in changes:
            if keep is not None and kind not in keep:
                continue
            if value is None:
                self.kinds.get(kind, {}).pop(key, None)
            else:
                self.kinds.setdefault(kind, {})[key] = value
        drop_unheard(self.kinds)


class Known:
    """Everything that one device knows."""

    def __init__(self, keep: frozenset[str] | None = None) -> None:
        self.keep = keep
        self.epoch: str | None = None
        self.streams: dict[str, Stream] = {}
        self.holes = 0

    def numbers(self) -> dict[str, int]:
        """How far this device got, as `join` wants it."""
        return {audience: stream.upto for audience, stream in self.streams.items()}

    def joined(self, answer: dict[str, Any]) -> bool:
        """Take the answer to a join; false when the hub began anew and snapshots are needed."""
        before, known, self.epoch = self.streams, self.epoch, answer["epoch"]
        if known is not None and known != self.epoch and before:
            self.streams = {}
            return False
        self.streams = {}
        for audience, part in answer["streams"].items():
            old = before.get(audience)
            if "snapshot" in part or old is None:
                old = Stream(part["upto"])
                for kind, things in part.get("snapshot", {}).items():
                    if self.keep is None or kind in self.keep:
                        old.kinds[kind] = dict(things)
                old.apply(part.get("changes", []), self.keep)
            elif part["upto"] >= old.upto:
                old.apply(part["changes"], self.keep)
                old.upto = part["upto"]
            self.streams[audience] = old
        return True

    def changed(self, batch: dict[str, Any]) -> str:
        """Take a batch in and say what became of it; after a hole the device asks what it missed."""
        stream = self.streams.get(batch["audience"])
        if stream is None:
            return FOREIGN
        if batch["after"] > stream.upto:
            self.holes += 1
            return HOLE
        passing = batch["after"] == batch["upto"] == stream.upto
        if batch["upto"] <= stream.upto and not passing:
            return OLD
        stream.upto = batch["upto"]
        stream.apply(batch["changes"], self.keep)
        return TAKEN

    def upto(self, audience: str | None = None) -> int:
        """How far one stream goes, or all of them at least."""
        if audience is not None:
            return self.streams[audience].upto if audience in self.streams else 0
        return min((stream.upto for stream in self.streams.values()), default=0)

    def all(self, kind: str) -> dict[str, dict[str, Any]]:
        """The things of one kind, as overlaid."""
        holding = [name for name, stream in self.streams.items() if stream.kinds.get(kind)]
        if len(holding) == 1:
            return self.streams[holding[0]].kinds[kind]
        merged: dict[str, dict[str, Any]] = {}
        for audience in sorted(holding, key=rank):
            merged.update(self.streams[audience].kinds[kind])
        return merged

    def one(self, kind: str, key: str) -> dict[str, Any] | None:
        """One thing, as overlaid."""
        found = None
        for audience in sorted(self.streams, key=rank):
            found = self.streams[audience].kinds.get(kind, {}).get(key, found)
        return found


def new_id() -> str:
    """A new command's or thing's id."""
    return str(uuid7())
