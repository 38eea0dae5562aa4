"""Every stage: notices that the hub cannot store, tells the desk, and notices when it can again."""

from __future__ import annotations

from time import monotonic
from typing import Any

import structlog
from sqlalchemy import update

from facilitate.domain.people import HUB
from facilitate.queries.view import Trouble
from facilitate.store.rows import JournalHead
from facilitate.store.writer import Command, Transaction
from facilitate.web.hub import Hub
from facilitate.web.streams import Streams

log = structlog.get_logger()
# One failure among many commits that work is trouble too: it is over when nothing has failed for so long.
# Units: seconds.
STEADY = 3.0
_KEPT = (
    "What was acknowledged is safe. Tables keep what they type and send it again by themselves; "
    "nothing needs to be started again."
)


def sentence_of(error: Exception) -> str:
    """What stops the hub from storing, what is kept and what to do."""
    words = str(getattr(error, "orig", error))
    if "is full" in words or "No space left" in words:
        return f"The hub’s disk is full, and nothing can be stored. Free some space on it. {_KEPT}"
    if "connect" in words:
        return f"The hub does not reach its database, and nothing can be stored. {_KEPT}"
    return f"The hub’s disk reports errors, and not everything can be stored. Look at the disk. {_KEPT}"


class Watch:
    """Whether the hub can store, as the desk is told."""

    def __init__(self, hub: Hub, streams: Streams) -> None:
        self._hub = hub
        self._streams = streams
        self._failed_at = 0.0
        hub.writer.after_failure.append(self._failed)

    def _failed(self, error: Exception) -> None:
        self._failed_at = monotonic()
        before = self._hub.presence.trouble
        sentence = sentence_of(error)
        if before is None or before.sentence != sentence:
            since = before.since if before else self._hub.now()
            self._tell(Trouble(since, sentence))

    def look(self) -> None:
        """Try to store something that changes nothing, once the last failure is a while ago."""
        if self._hub.presence.trouble is None or monotonic() - self._failed_at < STEADY:
            return
        probe = Command(self._hub.new_id(), "probe", HUB, _write_the_same, None, over=True)
        if self._hub.queue.submit(probe).refusal is None:
            log.warning("storing-again")
            self._tell(None)

    def _tell(self, trouble: Trouble | None) -> None:
        self._hub.presence.trouble = trouble
        self._streams.whisper("desk", ["hub:hub"])


def _write_the_same(tx: Transaction) -> dict[str, Any]:
    tx.session.execute(update(JournalHead).values(number=JournalHead.number))
    return {}
