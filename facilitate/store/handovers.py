"""Every stage: whether the event is here to be written, or was handed over and is a copy to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.handover import HandoverState, copy_words, handed_over
from facilitate.domain.refusal import Refused
from facilitate.store.rows import Event, Handover


@dataclass(frozen=True)
class Gone:
    """The event was handed over and has not come back.

    Units: `since` in the event's zone.
    """

    id: str
    recipient: str
    address: str
    since: datetime

    @property
    def words(self) -> str:
        """What stands on every page."""
        return copy_words(self.recipient, self.address, self.since)

    @property
    def refusal(self) -> Refused:
        """The answer to whoever would write."""
        return handed_over(self.recipient, self.address, self.since)


def gone_from(session: Session) -> Gone | None:
    """To whom the event was handed over, if it is not here to be written."""
    row = session.execute(
        select(Handover.id, Handover.recipient, Handover.given_at).where(
            Handover.state == HandoverState.GIVEN.value
        )
    ).first()
    if row is None:
        return None
    zone = session.scalars(select(Event.zone)).one()
    return Gone(row.id, row.recipient, address_of(session), row.given_at.astimezone(ZoneInfo(zone)))


def address_of(session: Session) -> str:
    """The event's own address, under which its links stay good wherever it is; "" where it has none."""
    settings = session.scalar(select(Event.settings)) or {}
    return str(settings.get("address") or "")
