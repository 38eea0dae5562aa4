"""What laptops send in these tests, and what devices then know of it."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import Served
from tests.web.device import Device, new_id


def point(served: Served, text: str, **other: Any) -> dict[str, Any]:
    """A comment as a laptop sends it."""
    return {
        "item": new_id(), "n": 1, "passage": served.passage("HOU-1.1"), "kind": "concern", "agree": 4,
        "against": 1, "text": text, **other,
    }  # fmt: skip


def texts(device: Device, audience: str) -> set[str]:
    """The comments that a device knows from one audience."""
    return {comment["text"] for comment in device.sees(audience, "comment").values()}
