"""Hall: makes a conference as large as one can be: 150 tables, each with its laptop."""

from __future__ import annotations

from facilitate import open_house
from facilitate.config import Settings
from facilitate.office import run
from tests.pages.conference import Conference

TABLES = 150
KEEPS, AWAY = 31, (64, 71)


def fill_hall(event: Conference) -> None:
    """Make the tables that are lacking; nearly every laptop connects, one keeps points."""
    house = open_house(Settings(event.hub.folder, f"sqlite+pysqlite:///{event.hub.folder / 'event.db'}"))
    try:
        run(house, "set-event", {"settings": {"kept_alarm_seconds": 1}})
        more = [{"number": n, "track": "Hall", "block": "Far side"} for n in range(16, TABLES + 1)]
        run(house, "make-tables", {"tables": more})
    finally:
        house.close()
    for number in range(14, TABLES + 1):
        if number not in AWAY:
            event.cast.connect(event.cast.table(number))
    event.cast.table(KEEPS).do("report-laptop", typed=3, kept=2, device="of the far side")
