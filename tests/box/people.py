"""The cast of the ballot box's tests: a registrar who stamps, delegates with papers, and the hub's orders."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from facilitate.box.identity import Identity
from facilitate.box.messages import read_answer, signed_order
from facilitate.box.start import OpenBox, open_box
from facilitate.domain.boards import announced_header
from facilitate.domain.majority import Rules, rules_as_dict
from facilitate.domain.stamped_papers import StampedPaper
from tests.support.stamping import BID, Device, Registrar

ORIGIN = "https://hub.example.org:8443"
HUB_SECRET = bytes(range(32))


def two_groups() -> Registrar:
    """Keys for two groups."""
    registrar = Registrar()
    registrar.add("CLPs")
    registrar.add("Affiliates")
    return registrar


def voter(registrar: Registrar, group: int = 0, *, bid: str = BID, stamped_for: int | None = None) -> Device:
    """A delegate's device with a stamp; `stamped_for` is the group whose key stamped it, if another."""
    key = group if stamped_for is None else stamped_for
    device = Device(registrar.groups, key, bid)
    device.take(registrar.sign(key, device.blinded.message))
    device.group = group
    return device


def filled_in(registrar: Registrar, choice: str = "for", group: int = 0) -> StampedPaper:
    """Somebody's paper."""
    return voter(registrar, group).paper(choice)


def header(registrar: Registrar, bid: str = BID) -> dict[str, Any]:
    """What the box is told of a ballot at its announcement."""
    rules = Rules()
    options = [(option.key, option.label) for option in rules.options]
    return announced_header(
        bid, 1, "Shall it be so?", rules.form.value, options, rules_as_dict(rules), registrar.groups
    )


def as_body(paper: bytes) -> str:
    """A paper as a device sends it."""
    return base64.urlsafe_b64encode(paper).decode().rstrip("=")


@dataclass
class TestBox:
    """A box in this process, its hub's key, and a client that speaks to its doors."""

    __test__ = False
    folder: Path
    registrar: Registrar
    spawn: Callable[..., Any] = field(
        default=lambda work, *args: threading.Thread(target=work, args=args).start()
    )

    sleep: Callable[[float], None] = field(default=lambda _seconds: None)

    def __post_init__(self) -> None:
        self.hub = Identity(HUB_SECRET)
        self.sequence = 0
        self.open()

    def open(self) -> None:
        """Open its folder."""
        hello = f'{{"hub": "{self.hub.public}", "origins": ["{ORIGIN}"]}}'
        self.opened: OpenBox = open_box(self.folder, self.spawn, self.sleep, hello, print)
        self.client = self.opened.app.test_client(use_cookies=False)

    def close(self) -> None:
        """Let go of the folder."""
        self.opened.close()

    def post(self, body: str, **headers: str) -> Any:
        """Send a body to /cast as a device does."""
        given = {"Origin": ORIGIN, "Content-Type": "text/plain", **headers}
        return self.client.post("/cast", data=body, headers=given)

    def cast(self, paper: StampedPaper) -> dict[str, Any]:
        """Cast a paper."""
        answer: dict[str, Any] = self.post(as_body(paper.as_bytes())).get_json()
        return answer

    def refusal(self, paper: StampedPaper) -> str:
        """Cast a paper that is refused; the code."""
        answer = self.cast(paper)
        assert not answer["ok"]
        return str(answer["refusal"]["code"])

    def order(self, act: str, **parts: Any) -> dict[str, Any]:
        """Give an order with the next number."""
        self.sequence += 1
        return self.send({"act": act, "sequence": self.sequence, "bid": BID, **parts})

    def send(self, order: dict[str, Any]) -> dict[str, Any]:
        """Send an order signed by the hub and read the answer as the hub does."""
        got = self.client.post("/orders", json=signed_order(self.hub, order)).get_json()
        return read_answer(got, self.opened.box.public, order)

    def announce(self) -> None:
        """Announce the ballot."""
        self.order("announce", header=header(self.registrar))

    def start(self) -> None:
        """Announce and open the ballot."""
        self.announce()
        self.order("open")

    def end(self, issued: int = 10, replaced: int = 0) -> dict[str, Any]:
        """Close the ballot."""
        return self.order("close", issued=[issued] * len(self.registrar.groups), replaced=replaced)
