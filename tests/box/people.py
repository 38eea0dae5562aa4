"""The cast of the ballot box's tests: a registrar who stamps, delegates with papers, and the hub's orders."""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from facilitate.box.identity import Identity
from facilitate.box.messages import read_answer, signed_order
from facilitate.box.start import OpenBox, open_box
from facilitate.domain.blind_stamps import blind, finalize, prepare
from facilitate.domain.boards import announced_header
from facilitate.domain.majority import Rules, rules_as_dict
from facilitate.domain.stamped_papers import (
    StampedPaper,
    StampGroup,
    bid_hash,
    bid_of,
    choice_message,
    stamp_message,
)

ORIGIN = "https://hub.example.org:8443"
BID = bid_of("01939b1c-0000-7000-8000-000000000001", 1)
HUB_SECRET = bytes(range(32))


class Registrar:
    """Stamps blinded messages with the keys of one ballot's groups."""

    def __init__(self, *names: str) -> None:
        self._keys = [rsa.generate_private_key(65537, 2048) for _ in names]
        self.groups = [
            StampGroup(name, (), key.public_key().public_numbers().n)
            for name, key in zip(names, self._keys, strict=True)
        ]

    def sign(self, group: int, blinded: bytes) -> bytes:
        """The raw signature; in tests nobody measures its time."""
        numbers = self._keys[group].private_numbers()
        return pow(int.from_bytes(blinded), numbers.d, numbers.public_numbers.n).to_bytes(256)


@dataclass
class Voter:
    """A delegate's device with a key and a stamp of its own."""

    registrar: Registrar
    bid: str = BID
    group: int = 0
    stamped_for: int | None = None
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        self.public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        group = self.group if self.stamped_for is None else self.stamped_for
        key = self.registrar.groups[group].key
        self.prefix = secrets.token_bytes(32)
        prepared = prepare(stamp_message(self.bid, self.public), self.prefix)
        covered = blind(key, prepared, secrets.token_bytes(48), secrets.randbelow(key.n - 2) + 1)
        self.stamp = finalize(key, prepared, self.registrar.sign(group, covered.message), covered.inverse)

    def paper(self, choice: str = "for") -> StampedPaper:
        """A filled-in paper; filled in again, its signature is another one."""
        signed = self.key.sign(choice_message(self.bid, self.group, choice, self.public), ec.ECDSA(SHA256()))
        r, s = decode_dss_signature(signed)
        signature = r.to_bytes(32) + s.to_bytes(32)
        return StampedPaper(
            bid_hash(self.bid), self.group, self.public, self.prefix, self.stamp, choice, signature
        )


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

    def __post_init__(self) -> None:
        self.hub = Identity(HUB_SECRET)
        self.sequence = 0
        self.open()

    def open(self) -> None:
        """Open its folder."""
        hello = f'{{"hub": "{self.hub.public}", "origins": ["{ORIGIN}"]}}'
        self.opened: OpenBox = open_box(self.folder, self.spawn, hello, print)
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
