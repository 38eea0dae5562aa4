"""Hall: the kiosks as the desk sees them: whether each is free, in use or away, and never who votes there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.queries.view import Kiosk, View, Viewer, iso
from facilitate.store.rows import Device


def see_kiosks(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """The desk sees where a delegate without a device can vote now; nobody sees who does."""
    query = select(Device.id, Device.label).where(Device.kind == "kiosk").order_by(Device.label)
    if ids is not None:
        query = query.where(Device.id.in_(ids))
    return {
        row.id: {"id": row.id, "label": row.label, **_state(view.presence.kiosks.get(row.id) or Kiosk())}
        for row in view.session.execute(query)
    }


def _state(kiosk: Kiosk) -> dict[str, Any]:
    return {
        "online": kiosk.online > 0, "in_use": kiosk.visits > 0, "voice": kiosk.voice,
        "seen": iso(kiosk.seen), "shut_until": iso(kiosk.shut_until),
    }  # fmt: skip
