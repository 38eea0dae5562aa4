"""Ballots: empties the database's log once papers have gone from it, so that no thief finds them there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

import structlog

from facilitate.store.journal import Entry
from facilitate.web.hub import Hub

log = structlog.get_logger()
TICK = 0.5
# Where it does not work for so long, a copy of the database is being made or somebody reads without end.
_LATE = 60.0
# After each of these no stamp waits for a paper any more, and no reading for a second teller.
_PAPERS_GONE = frozenset({"board-received", "ballot-voided", "ballot-recalled"})


class Tidying:
    """Waits for papers to go, and then for a moment in which nobody reads."""

    def __init__(self, hub: Hub, empty_log: Callable[[], bool]) -> None:
        self._hub = hub
        self._empty_log = empty_log
        # What was left when the hub ended is done at its start.
        self._due = True
        self._since = monotonic()
        hub.writer.after_commit.append(self._notice)

    def _notice(self, entries: Sequence[Entry]) -> None:
        if any(entry.action in _PAPERS_GONE for entry in entries):
            self._due, self._since = True, monotonic()

    def run(self) -> None:
        """Tidy for ever."""
        while True:
            self._hub.engine.sleep(TICK)
            if self._due:
                self.go()

    def go(self) -> None:
        """Empty the log if that is possible now."""
        try:
            self._due = not self._empty_log()
        except Exception:
            log.exception("tidying-failed")
        if self._due and monotonic() - self._since > _LATE:
            log.warning("log-not-emptied")
            self._since = monotonic()
