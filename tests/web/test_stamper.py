"""The hub and the registrar's worker: many devices at once, a worker that dies, keys that are forgotten."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import StampGroup
from facilitate.web.stamper import Stamper
from tests.support.stamping import BID, Device


def spawn(work: Any, *args: Any) -> None:
    threading.Thread(target=work, args=args, daemon=True).start()


@pytest.fixture
def stamper(tmp_path: Path) -> Iterator[Stamper]:
    made = Stamper(tmp_path / "keys" / "stamps", spawn, time.sleep)
    yield made
    made.close()


def groups_of(stamper: Stamper, number: int = 1) -> list[StampGroup]:
    return [StampGroup("all", (), stamper.make_key(BID, place)) for place in range(number)]


def test_many_devices_are_stamped_at_once(stamper: Stamper) -> None:
    groups = groups_of(stamper, 2)
    devices = [Device(groups, place % 2) for place in range(120)]

    def fetch(device: Device) -> None:
        device.take(stamper.sign(BID, device.group, device.blinded.message))

    with ThreadPoolExecutor(30) as pool:
        list(pool.map(fetch, devices))
    assert all(device.stamp for device in devices)


def test_worker_that_dies_is_started_again_and_nobody_notices(stamper: Stamper) -> None:
    groups = groups_of(stamper)
    for _ in range(3):
        assert stamper.pid
        os.kill(stamper.pid, signal.SIGKILL)
        device = Device(groups)
        device.take(stamper.sign(BID, 0, device.blinded.message))


def test_worker_that_cannot_start_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("no folder")
    stamper = Stamper(tmp_path / "keys" / "stamps", spawn, time.sleep)
    with pytest.raises(Refused) as refusal:
        stamper.make_key(BID, 0)
    assert refusal.value.code == "stamp-not-made"
    assert stamper.pid is None


def test_forgotten_ballot_is_not_stamped(stamper: Stamper) -> None:
    device = Device(groups_of(stamper))
    stamper.forget(BID)
    with pytest.raises(Refused) as refusal:
        stamper.sign(BID, 0, device.blinded.message)
    assert refusal.value.code == "ballot-state"


def test_malformed_message_spoils_nobody_elses(stamper: Stamper) -> None:
    device = Device(groups_of(stamper))
    with ThreadPoolExecutor(3) as pool:
        wrong = [pool.submit(stamper.sign, BID, 0, blinded) for blinded in (b"", b"\xff" * 256)]
        device.take(stamper.sign(BID, 0, device.blinded.message))
    for each in wrong:
        with pytest.raises(Refused) as refusal:
            each.result()
        assert refusal.value.code == "blinded-malformed"


def test_worker_ends_with_its_hub(stamper: Stamper) -> None:
    groups_of(stamper)
    pid = stamper.pid
    assert pid
    stamper.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
