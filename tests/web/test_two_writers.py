"""A hub tells also what another process wrote into the same event, whatever it writes itself meanwhile."""

from __future__ import annotations

import pytest

from tests.web.conftest import ENGINES, Server
from tests.web.device import Device
from tests.web.points import point, texts


def limit(desk: Device) -> object:
    """How many points a table may make in a round, as a device was told."""
    return desk.sees("delegates", "event")["event"]["limit"]


@pytest.mark.parametrize("engine", ENGINES)
def test_own_news_do_not_hide_what_another_process_wrote_before(serve: Server, engine: str) -> None:
    served = serve(engine)
    with served.device("Fay") as laptop, served.device("Thea") as desk:
        laptop.join()
        desk.join()
        for turn in range(5):
            # Written beside the hub, as an import by command line is; then at once something by the hub.
            served.hall.office("set-event", {"settings": {"limit": 10 + turn}})
            laptop.submit("record-comment", point(served, f"Point {turn}", n=turn))
            desk.until(lambda turn=turn: f"Point {turn}" in texts(desk, "themes"))  # type: ignore[misc]
            desk.until(lambda turn=turn: limit(desk) == 10 + turn)  # type: ignore[misc]
