"""Stamped papers as devices make them, with keys by chance: for tests of everything that handles them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from facilitate.choices import public_bytes, sign_choice
from facilitate.domain.blind_stamps import PREFIX_BYTES, SALT_BYTES, Blinded, blind, finalize, prepare
from facilitate.domain.boards import announced_header
from facilitate.domain.stamped_papers import (
    StampedPaper,
    StampGroup,
    bid_hash,
    bid_of,
    choice_message,
    stamp_message,
)

BID = bid_of("019a0000-0000-7000-8000-000000000001", 1)
OPTIONS = (("for", "For"), ("against", "Against"), ("abstain", "Abstain"))


@dataclass
class Registrar:
    """Two groups and the private keys that stamp for them; slow and careless, as a test may be."""

    groups: list[StampGroup] = field(default_factory=list)
    secrets_of: list[int] = field(default_factory=list)

    def add(self, name: str, *sections: str) -> None:
        numbers = rsa.generate_private_key(65537, 2048).private_numbers()
        self.groups.append(StampGroup(name, sections, numbers.public_numbers.n))
        self.secrets_of.append(numbers.d)

    def sign(self, group: int, blinded: bytes) -> bytes:
        n = self.groups[group].n
        return pow(int.from_bytes(blinded), self.secrets_of[group], n).to_bytes(256)


@dataclass
class Device:
    """One delegate's device: a one-time key, and what it needs to have it stamped."""

    groups: list[StampGroup]
    group: int = 0
    bid: str = BID
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    prefix: bytes = field(default_factory=lambda: secrets.token_bytes(PREFIX_BYTES))
    stamp: bytes = b""

    def __post_init__(self) -> None:
        self.prepared = prepare(stamp_message(self.bid, public_bytes(self.key)), self.prefix)
        stamp_key = self.groups[self.group].key
        factor = secrets.randbelow(stamp_key.n - 1) + 1
        self.blinded: Blinded = blind(stamp_key, self.prepared, secrets.token_bytes(SALT_BYTES), factor)

    def take(self, signed: bytes) -> None:
        self.stamp = finalize(self.groups[self.group].key, self.prepared, signed, self.blinded.inverse)

    def paper(self, choice: str) -> StampedPaper:
        public = public_bytes(self.key)
        signature = sign_choice(self.key, choice_message(self.bid, self.group, choice, public))
        return StampedPaper(
            bid_hash(self.bid), self.group, public, self.prefix, self.stamp, choice, signature)


def stamped_device(registrar: Registrar, group: int = 0) -> Device:
    """A device that has fetched its stamp."""
    device = Device(registrar.groups, group)
    device.take(registrar.sign(group, device.blinded.message))
    return device


def header_for(registrar: Registrar) -> dict[str, Any]:
    """What the box is told at the announcement."""
    return announced_header(
        BID, 7, "Shall the gardens be opened? – “Yes, and soon”", "for-against", OPTIONS,
        {"majority": "simple", "tie": "status-quo"}, registrar.groups)
