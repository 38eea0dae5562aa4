"""Every stage: logs as lines of JSON with ids and journal numbers; never names, words, choices or codes."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog


class Unfailing:
    """A file that takes what it can: a hub whose log lies on a full disk goes on serving."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write, or leave it."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Hand on what is written, or leave it."""
        with suppress(OSError):
            self._file.flush()


def set_up_logs(level: str) -> None:
    """Write structured logs to standard error from a level upwards."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper(), logging.INFO)),
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", Unfailing(sys.stderr))),
        cache_logger_on_first_use=True,
    )
