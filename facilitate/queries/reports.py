"""Hall: what is printed at the door and each evening: decided, sent back, not reached, tomorrow's order."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from facilitate.domain.ballots import BallotState, Purpose
from facilitate.queries.event import event_row
from facilitate.queries.results import result_of
from facilitate.queries.view import View
from facilitate.store.minority import positions_on, reference_of
from facilitate.store.rows import Ballot, Item, Motion, Track

_SENT_BACK = ("referred-back", "remitted")
_HELD = ("round", "themes")
_COUNTED = (BallotState.PROVISIONAL, BallotState.PUBLISHED, BallotState.VOID)
_SAYS = {BallotState.PROVISIONAL: " Provisional.", BallotState.VOID: " Declared void."}

Section = dict[str, Any]


def days_of(view: View) -> list[str]:
    """The days of the running order, first to last, as ISO dates."""
    return sorted(set(view.session.scalars(select(Item.day))))


def door_sections(view: View, *, publishable: bool) -> list[Section]:
    """What the room decided so far, for the sheet at the door.

    The publishable one has published results that stand, and no motion's wording. The delegates' one has
    provisional and void ones too, the wordings that were carried, what was sent back and what is open.
    """
    ballots = _counted(view, (BallotState.PUBLISHED,) if publishable else _COUNTED)
    lines = [_decided(view, b, wording=not publishable) for b in ballots]
    found = [_section("Decided", lines, "No ballot has a result yet.")]
    found.append(_section("Minority positions", _minorities(view, ballots)))
    if not publishable:
        found.append(_section("Sent back", _motions(view, _SENT_BACK)))
        found.append(_section("Still to be decided", _motions(view, ("put",))))
    return [section for section in found if section["lines"] or section["none"]]


def day_sections(view: View, day: str) -> list[Section]:
    """One day, as the event's own clocks count it: what was decided and sent back on it, what was not
    reached by its end, and the next day's order.
    """
    ballots = [b for b in _counted(view, _COUNTED) if _day_of(view, b.closed_at) == day]
    voted = {b.motion_id for b in ballots}
    back = [m.id for m in _in_state(view, _SENT_BACK) if m.id in voted or _day_of(view, m.decided_at) == day]
    later = [each for each in days_of(view) if each > day]
    return [
        _section("Decided", [_decided(view, b) for b in ballots], "No ballot was closed on this day."),
        _section("Sent back", _motions(view, _SENT_BACK, set(back)), "Nothing was sent back on this day."),
        _section("Not reached", [*_open_items(view, day), *_left(view, day)], "Everything was reached."),
        _section(
            "Tomorrow’s order" if later else "The days to come",
            _order(view, later[0]) if later else [], "The running order has no later day.",
        ),
    ]  # fmt: skip


def _section(title: str, lines: list[tuple[str, str]], none: str = "") -> Section:
    return {"title": title, "lines": [list(line) for line in lines], "none": none}


def _counted(view: View, states: tuple[BallotState, ...]) -> list[Ballot]:
    query = select(Ballot).where(Ballot.state.in_([state.value for state in states]))
    query = query.where(Ballot.purpose != Purpose.PRACTICE.value, Ballot.result.is_not(None))
    return list(view.session.scalars(query.order_by(Ballot.number)))


def _decided(view: View, b: Ballot, *, wording: bool = True) -> tuple[str, str]:
    result = result_of(view.session, b)
    motion = view.session.get(Motion, b.motion_id) if b.motion_id else None
    at = reference_of(view.session, motion) if motion else ""
    words = f"{b.question} {result['sentence'] if result else ''}{_SAYS.get(BallotState(b.state), '')}"
    sounding = " A sounding, not binding." if b.purpose == Purpose.SOUNDING.value else ""
    text = f"\n“{motion.text}”" if wording and motion and motion.state == "carried" and motion.text else ""
    return f"Ballot {b.number}" + (f" · {at}" if at else ""), words + sounding + text


def _minorities(view: View, ballots: list[Ballot]) -> list[tuple[str, str]]:
    found = [(b.number, position) for b in ballots for position in positions_on(view.session, b)]
    return [(f"Ballot {number}", f"{each.text} {each.sentence}") for number, each in found]


def day_words(day: str) -> str:
    """A day as people say it: Saturday 27 March 2027."""
    found = date.fromisoformat(day)
    return f"{found:%A} {found.day} {found:%B %Y}"


def _day_of(view: View, at: datetime | None) -> str:
    """The day of a moment on the event's own clocks, "" for one that has not come."""
    return at.astimezone(ZoneInfo(event_row(view).zone)).date().isoformat() if at else ""


def _in_state(view: View, states: tuple[str, ...]) -> list[Motion]:
    query = select(Motion).where(Motion.state.in_(states)).order_by(Motion.number)
    return list(view.session.scalars(query))


def _motions(view: View, states: tuple[str, ...], only: set[str] | None = None) -> list[tuple[str, str]]:
    return [_named(view, m) for m in _in_state(view, states) if only is None or m.id in only]


def _named(view: View, m: Motion) -> tuple[str, str]:
    at = reference_of(view.session, m) or "the document"
    return f"Motion {m.number} · {at}", m.title or m.text


def _left(view: View, day: str) -> list[tuple[str, str]]:
    """The motions that waited for their vote when a day ended, also where a later day has decided them."""
    put = view.session.scalars(select(Motion).where(Motion.put_at.is_not(None)).order_by(Motion.number))
    return [
        _named(view, m)
        for m in put
        if _day_of(view, m.put_at) <= day and (m.state == "put" or _day_of(view, m.decided_at) > day)
    ]


def _open_items(view: View, day: str) -> list[tuple[str, str]]:
    return [(head, title) for head, title, over in _items(view, day) if not over]


def _order(view: View, day: str) -> list[tuple[str, str]]:
    return [(head, title) for head, title, _ in _items(view, day)]


def _items(view: View, day: str) -> list[tuple[str, str, bool]]:
    rows = view.session.execute(
        select(Item, Track.name).join(Track, Track.id == Item.track_id).where(Item.day == day)
        .order_by(Item.planned, Track.position)
    )  # fmt: skip
    return [
        (f"{i.planned[-5:]} · {track}", f"{i.title}, {i.minutes} min", _was_reached(i)) for i, track in rows
    ]


def _was_reached(item: Item) -> bool:
    """Whether it was held: rounds and themes to their end, anything else once it was begun."""
    return item.progress == "over" if item.kind in _HELD else item.state != "planned"
