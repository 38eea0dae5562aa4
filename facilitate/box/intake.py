"""Ballots: papers that wait together are written with one commit, and only then is each receipt given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from facilitate.batches import Batches, Waiting
from facilitate.box.vault import Vault
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import StampedPaper

log = structlog.get_logger()
LARGEST_BATCH = 500


@dataclass
class _Paper(Waiting):
    paper: StampedPaper
    raw: bytes
    # Whether it is in the box; or how it was refused.
    taken: bool = False
    refusal: Refused | None = None


class Intake:
    """The slot of the box."""

    def __init__(
        self,
        vault: Vault,
        is_open: Callable[[bytes], bool],
        spawn: Callable[..., Any],
        sleep: Callable[[float], None],
    ) -> None:
        self._vault = vault
        self._is_open = is_open
        self._batches = Batches(self._write, LARGEST_BATCH, spawn, sleep)

    def holds(self, paper: StampedPaper, raw: bytes) -> bool:
        """Whether this very paper is in the box."""
        return self._stored(paper) == raw

    def put(self, paper: StampedPaper, raw: bytes) -> bool:
        """Wait until a paper is on disk; False where its ballot has closed meanwhile.

        Errors: `key-used`, `not-stored`.
        """
        waiting = _Paper(paper, raw)
        self._batches.enter(waiting)
        waiting.done.wait()
        if waiting.refusal:
            raise waiting.refusal
        return waiting.taken

    def _stored(self, paper: StampedPaper) -> bytes | None:
        question = "SELECT paper FROM papers WHERE ballot = ? AND key = ?"
        found = self._vault.one(question, paper.bid_hash, paper.public_key)
        return bytes(found[0]) if found else None

    def _write(self, batch: list[_Paper]) -> None:
        try:
            with self._vault.writing() as db:
                # In the order of their keys: the database’s log does not say who came first in a batch.
                for waiting in sorted(batch, key=lambda each: each.paper.public_key):
                    self._take(db, waiting)
        except Exception as error:
            log.error("papers-not-stored", papers=len(batch), error=type(error).__name__)  # noqa: TRY400
            for waiting in batch:
                waiting.refusal = Refused(
                    "not-stored", "The ballot box could not store this just now. Your paper is kept on your "
                    "device and is sent again."
                )  # fmt: skip

    def _take(self, db: Any, waiting: _Paper) -> None:
        paper = waiting.paper
        if not self._is_open(paper.bid_hash):
            return
        stored = self._stored(paper)
        if stored is None:
            db.execute("INSERT INTO papers VALUES (?, ?, ?)", (paper.bid_hash, paper.public_key, waiting.raw))
        elif stored != waiting.raw:
            waiting.refusal = Refused(
                "key-used", "Another paper with this stamp is in the box, and a vote cannot be changed."
            )
        waiting.taken = True
