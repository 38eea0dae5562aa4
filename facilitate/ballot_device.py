"""Ballots: a delegate's device in Python: covers its one-time key, takes the stamp, signs a paper."""

# For whoever votes without a browser: robots in a rehearsal, and the tests.

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from facilitate.choices import public_bytes, sign_choice
from facilitate.domain.blind_stamps import PREFIX_BYTES, SALT_BYTES, Blinded, blind, finalize, prepare
from facilitate.domain.stamped_papers import (
    StampedPaper,
    StampGroup,
    bid_hash,
    choice_message,
    group_from_dict,
    stamp_message,
)


@dataclass
class BallotDevice:
    """One delegate's device: a one-time key, and what it needs to have it stamped.

    Shape: `bid` names the ballot in one wording; `stamp` is empty until it is taken.
    Source: RFC 9474.
    """

    groups: Sequence[StampGroup]
    group: int
    bid: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    prefix: bytes = field(default_factory=lambda: secrets.token_bytes(PREFIX_BYTES))
    stamp: bytes = b""

    def __post_init__(self) -> None:
        self.prepared = prepare(stamp_message(self.bid, public_bytes(self.key)), self.prefix)
        stamp_key = self.groups[self.group].key
        factor = secrets.randbelow(stamp_key.n - 1) + 1
        self.blinded: Blinded = blind(stamp_key, self.prepared, secrets.token_bytes(SALT_BYTES), factor)

    def take(self, signed: bytes) -> None:
        """Uncover what the registrar signed, if it is a stamp.

        Errors: stamp-wrong
        """
        self.stamp = finalize(self.groups[self.group].key, self.prepared, signed, self.blinded.inverse)

    def paper(self, choice: str) -> StampedPaper:
        """The stamped paper with a choice, signed with the one-time key."""
        public = public_bytes(self.key)
        signature = sign_choice(self.key, choice_message(self.bid, self.group, choice, public))
        return StampedPaper(
            bid_hash(self.bid), self.group, public, self.prefix, self.stamp, choice, signature
        )


def device_for(stamping: dict[str, Any], group: int | None) -> BallotDevice:
    """A device for what an announcement tells; where all are counted together, everybody is in one group."""
    groups = [group_from_dict(each) for each in stamping["groups"]]
    return BallotDevice(groups, group if len(groups) > 1 and group is not None else 0, stamping["bid"])


def as_cast(paper: StampedPaper) -> bytes:
    """A paper as the ballot box takes it: always of one length."""
    return base64.urlsafe_b64encode(paper.as_bytes()).rstrip(b"=")
