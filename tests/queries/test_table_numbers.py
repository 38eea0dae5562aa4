"""The desk's numbers for every table: typed, at the centre, still held, and since when."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from facilitate.queries import Presence, View, viewer_of
from facilitate.queries.room import see_tables
from tests.people import Hall


def numbers(hall: Hall, presence: Presence, table: int) -> tuple[Any, ...]:
    """Typed, at the centre, held, and since when, as the desk sees them now."""
    with hall.reads() as session:
        view = View(session, hall.clock.moment, presence)
        seen = see_tables(view, viewer_of("desk"), None)[str(table)]
    return seen["typed"], seen["centre"], seen["kept"], seen["kept_since"]


def test_two_laptops_of_one_table_add_up(talking: Hall) -> None:
    presence = Presence()
    for n in range(3):
        talking.as_("Fay").says(f"Point {n}", n=n + 1)
    presence.reported(1, 3, 1, "first")
    presence.reported(1, 2, 1, "second")
    since = talking.clock.moment
    assert numbers(talking, presence, 1)[:3] == (5, 3, 2)
    talking.clock.moment += timedelta(minutes=5)
    held_since = numbers(talking, presence, 1)[3]
    assert held_since is not None and held_since.startswith(f"{since:%Y-%m-%dT%H:%M}")


def test_what_came_another_way_is_held_no_more(talking: Hall) -> None:
    presence = Presence()
    presence.reported(1, 2, 2, "lost")
    assert numbers(talking, presence, 1)[:3] == (2, 0, 2)
    raw = json.dumps({"text": "Odd"})
    odd = {"cause": "unreadable", "raw": raw, "data": None, "why": "No."}
    talking.as_("Fay").does("keep-item", odd)
    talking.as_("Fay").says("The other", n=2)
    assert numbers(talking, presence, 1) == (2, 2, 0, None)


def test_a_table_whose_laptops_have_said_nothing_holds_nobody_knows_what(talking: Hall) -> None:
    assert numbers(talking, Presence(), 2) == (None, 0, None, None)
