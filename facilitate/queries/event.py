"""Every stage: the event and its settings, for everybody who is signed in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import Trust
from facilitate.domain.calls import SOMETHING_ELSE
from facilitate.domain.comments import KIND_LOOKS
from facilitate.domain.people import Role
from facilitate.domain.presets import FEATURES
from facilitate.domain.programme import Phase
from facilitate.domain.refusal import Refused
from facilitate.queries.view import View, Viewer
from facilitate.store.handovers import gone_from
from facilitate.store.rows import Delegation, Event, GrantRow, Person, TableRow


def phase_of(session: Session) -> Phase:
    """The event's phase.

    Errors: `no-event`.
    """
    phase = session.scalar(select(Event.phase))
    if phase is None:
        raise Refused("no-event", "There is no event here yet. Make one with “facilitate new”.")
    return Phase(phase)


def event_row(view: View) -> Event:
    """The one event of this store."""
    event: Event | None = view.cache.get("event")
    if event is None:
        event = view.session.get(Event, "event")
        if event is None:
            raise Refused("no-event", "There is no event here yet. Make one with “facilitate new”.")
        view.cache["event"] = event
    return event


def count_delegates(session: Session, *, present_only: bool) -> int:
    """How many people hold a vote."""
    query = (
        select(func.count(Person.id.distinct()))
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role == Role.DELEGATE.value)
    )
    if present_only:
        query = query.where(Person.present.is_(True))
    return session.scalar(query) or 0


def see_event(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """The event with its settings; every audience sees the same.

    Shape: {"event": …} as CONTRACT names it in docs/protocol.md.
    """
    event, gone = event_row(view), gone_from(view.session)
    settings = event.settings
    return {
        "event": {
            "id": "event",
            # Tells a laptop that keeps things for one event from those of another at the same address.
            "uid": event.made_at.isoformat(),
            "name": event.name,
            "zone": event.zone,
            "preset": event.preset,
            "accent": settings["accent"],
            "rehearsal": event.rehearsal,
            "phase": event.phase,
            "features": {name: bool(settings[name]) for name in FEATURES},
            "limit": settings["limit"],
            "quiet_seconds": settings["quiet_seconds"],
            "kept_alarm_seconds": settings.get("kept_alarm_seconds", 120),
            "table_size": settings["table_size"],
            "names_tables": settings["names_tables"],
            "reads_back": settings.get("reads_back", False),
            "reasons": settings["reasons"],
            # What stands on every page of a copy that a handover left behind; else None.
            "elsewhere": gone.words if gone else None,
            "erase_devices": bool(settings.get("erase_devices")),
            "help_reasons": _help_reasons(settings),
            "help_alarm_seconds": settings["help_alarm_seconds"],
            "trusts": [trust.value for trust in trusts_of(view, event)],
            "default_trust": _default_trust(view, event),
            "kinds": _kinds(),
            "present": count_delegates(view.session, present_only=True),
            "entitled": count_delegates(view.session, present_only=False),
            "tables": view.session.scalar(select(func.count()).select_from(TableRow)) or 0,
        }
    }


def _kinds() -> list[dict[str, str]]:
    return [{"key": kind.value, "label": look.label, "sign": look.sign} for kind, look in KIND_LOOKS.items()]


def trusts_of(view: View, event: Event) -> list[Trust]:
    """The grades of trust that a ballot can have here; a meeting never hears of stamps and cards."""
    stamping = view.presence.can_stamp and any(event.settings[name] for name in FEATURES)
    carded = any(event.settings[name] for name in FEATURES) and _has_cards(view.session)
    return [
        Trust.HANDS, Trust.ANONYMISED, *([Trust.STAMPED] if stamping else []),
        *([Trust.CARDS] if carded else []),
    ]  # fmt: skip


def _has_cards(session: Session) -> bool:
    return session.scalar(select(Delegation.id).where(Delegation.votes > 0).limit(1)) is not None


def _default_trust(view: View, event: Event) -> str:
    """How a binding ballot is held where nobody says otherwise."""
    wanted = event.settings.get("default_trust", Trust.ANONYMISED.value)
    return str(wanted if wanted in trusts_of(view, event) else Trust.ANONYMISED)


def _help_reasons(settings: dict[str, Any]) -> list[dict[str, Any]]:
    """What a table can call for help with, the private reasons after the others."""
    plainly = [*settings["help_reasons"], SOMETHING_ELSE]
    named = [{"label": label, "private": False} for label in dict.fromkeys(plainly)]
    return named + [{"label": label, "private": True} for label in settings["help_private_reasons"]]
