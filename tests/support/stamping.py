"""Stamped papers as devices make them, with keys by chance: for tests of everything that handles them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from facilitate.ballot_device import BallotDevice
from facilitate.domain.boards import announced_header
from facilitate.domain.stamped_papers import StampGroup, bid_of

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
class Device(BallotDevice):
    """One delegate's device, of the first group and in the tests' own ballot where nothing else is said."""

    group: int = 0
    bid: str = BID


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
