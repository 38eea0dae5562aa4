"""The doors of a kiosk: whose visit counts where, and how often a code may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.cast import KIOSK
from tests.web.conftest import Served, Server
from tests.web.device import WAIT, Device, new_id


@pytest.fixture
def kiosk(serve: Server) -> Iterator[tuple[Served, Device]]:
    """The kiosk's own browser, at an event of its own."""
    served = serve("gevent")
    device = served.device(KIOSK)
    device.sign_in()
    yield served, device
    device.close()


def begin(device: Device, code: str) -> dict[str, Any]:
    """Type a code at the kiosk."""
    answer = device.web.post(
        f"{device.base}/kiosk/visits", json={"code": code}, headers={"Origin": device.base}, timeout=WAIT
    )
    said: dict[str, Any] = answer.json()
    return said


def need_time(device: Device, visit: str) -> str:
    """Ask for something that only a delegate may ask for; the code of the refusal."""
    body = {"id": new_id(), "type": "need-time", "data": {"ballot": "none"}}
    answer = device.post(body, **({"Facilitate-Visit": visit} if visit else {}))
    return str(answer.json()["refusal"]["code"])


def test_visit_counts_at_its_own_kiosk_alone_and_ends(kiosk: tuple[Served, Device]) -> None:
    served, device = kiosk
    visit = begin(device, served.codes["Dara"])["visit"]
    assert need_time(device, visit) == "unknown-ballot"
    assert need_time(device, "") == "not-your-role"
    dev = served.device("Dev")
    dev.sign_in()
    assert need_time(dev, visit) == "signed-out"
    dev.close()
    stranger = requests.post(
        f"{device.base}/commands", cookies={"facilitate": visit}, headers={"Origin": device.base},
        timeout=WAIT, json={"id": new_id(), "type": "need-time", "data": {"ballot": "none"}},
    )  # fmt: skip
    assert stranger.json()["refusal"]["code"] == "signed-out"
    device.web.delete(f"{device.base}/kiosk/visits", headers={"Origin": device.base}, timeout=WAIT)
    assert need_time(device, visit) == "signed-out"


def test_kiosk_takes_no_code_after_too_many_wrong_ones(kiosk: tuple[Served, Device]) -> None:
    served, device = kiosk
    codes = [begin(device, f"00000-0000{n}")["refusal"]["code"] for n in range(7)]
    assert codes == ["unknown-code"] * 6 + ["too-many-tries"]
    assert begin(device, served.codes["Dara"])["refusal"]["code"] == "too-many-tries"
    with served.device("Tess") as desk:
        desk.join()
        [told] = [each for each in desk.sees("desk", "kiosk").values() if each["label"] == KIOSK]
    assert told["shut_until"] and "Dara" not in str(told)


def test_only_a_kiosk_begins_visits_and_only_staff_makes_kiosks(kiosk: tuple[Served, Device]) -> None:
    served, _ = kiosk
    for name in ("Dara", "Amara", "Tess", "Laptop of table 1"):
        device = served.device(name)
        device.sign_in()
        assert begin(device, served.codes["Dev"])["refusal"]["code"] == "not-your-role"
        asked = {"data": {"label": f"Of {name}"}, "headers": {"Origin": device.base}, "timeout": WAIT}
        made = device.web.post(f"{device.base}/kiosk/stations", allow_redirects=False, **asked)  # type: ignore[arg-type]
        assert made.status_code == (303 if name == "Tess" else 403), name
        device.close()
