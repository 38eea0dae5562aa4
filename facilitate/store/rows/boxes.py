"""Hall: the ballot box that the hub is paired with, as a row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class BoxPairing(Row):
    """The one ballot box: where devices find it, the key by which it is known, and who started it."""

    __tablename__ = "box_pairing"
    id: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
    key: Mapped[str]
    # Started by the hub itself; else tellers hold it on a machine of their own.
    held: Mapped[bool]
    paired_at: Mapped[datetime]
