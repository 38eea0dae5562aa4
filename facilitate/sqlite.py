"""Every stage: the SQLite that may hold an event or a ballot box: one that loses nothing it acknowledged."""

from __future__ import annotations

from facilitate.domain.refusal import Refused

OLDEST_SQLITE = (3, 51, 3)


def refuse_old_sqlite(version: str) -> None:
    """Refuse a SQLite in which a reset of the write-ahead log races with readers.

    Errors: `sqlite-too-old`.
    """
    if tuple(int(part) for part in version.split(".")) <= OLDEST_SQLITE:
        raise Refused(
            "sqlite-too-old",
            f"SQLite {version} can lose acknowledged rows; a version after 3.51.3 is needed.",
        )
