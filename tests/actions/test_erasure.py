"""The clerk's order to erase: after the event alone, not while a laptop holds something, unless said why."""

from __future__ import annotations

from facilitate.domain.programme import Phase
from facilitate.store.rows import Event
from facilitate.store.session import write_sessions
from tests.people import Hall, refused


def over(hall: Hall) -> None:
    """The event is closed."""
    with write_sessions(hall.database)() as session:
        session.get_one(Event, "event").phase = Phase.AFTER
        session.commit()


def test_devices_are_told_to_erase_once_everything_is_in(hall: Hall) -> None:
    over(hall)
    assert hall.sees("delegates")["event"]["event"]["erase_devices"] is False
    hall.office("erase-devices", {"holding": [], "reason": None})
    assert hall.sees("delegates")["event"]["event"]["erase_devices"] is True


def test_nothing_is_erased_while_a_laptop_holds_something(hall: Hall) -> None:
    over(hall)
    with refused("laptops-hold"):
        hall.office("erase-devices", {"holding": [7, 2], "reason": " "})
    assert hall.sees("delegates")["event"]["event"]["erase_devices"] is False


def test_with_a_reason_that_stands_in_the_record_it_is(hall: Hall) -> None:
    over(hall)
    hall.office("erase-devices", {"holding": [7], "reason": "The laptop was stolen"})
    assert hall.told[-1].action == "devices-ordered-to-erase"
    assert hall.told[-1].reason == "The laptop was stolen"
