"""The hub as an operator runs it: on either engine, on either database, and again after a power cut."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable

import pytest
import requests

from tests.support.hub import Hub, Way, command_line

NewHub = Callable[..., Hub]


@pytest.mark.parametrize("engine", ["eventlet", "gevent"])
def test_hub_is_ready_on_either_engine(new_hub: NewHub, engine: str) -> None:
    hub = new_hub(engine=engine)
    assert requests.get(f"{hub.base}/readyz", timeout=60).status_code == 200
    assert "Warning" not in hub.log


@pytest.mark.parametrize("engine", ["eventlet", "gevent"])
def test_hub_runs_on_postgres_by_setting_alone(new_hub: NewHub, postgres_url: str, engine: str) -> None:
    hub = new_hub(engine=engine, database_url=postgres_url)
    assert requests.get(f"{hub.base}/readyz", timeout=60).status_code == 200
    assert not (hub.folder / "event.db").exists()
    assert hub.way("chair").code


def test_hub_comes_back_after_a_power_cut_where_it_was(new_hub: NewHub) -> None:
    hub = new_hub()
    before, ways = hub.base, hub.ways()
    hub.stop(signal.SIGKILL)
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{before}/readyz", timeout=10)
    hub.start()
    assert hub.base == before
    assert requests.get(f"{before}/readyz", timeout=60).status_code == 200
    assert hub.ways() == ways


def test_operator_prints_everybody_s_way_in(new_hub: NewHub) -> None:
    hub = new_hub("forum")
    printed = command_line("--event", str(hub.folder), "links", "--all")
    lines = re.findall(r"^(\S+)\s+(.+?)\s+https?://\S+/in/(\S+)$", printed, re.MULTILINE)
    assert [Way(*line) for line in lines] == hub.ways() != []
