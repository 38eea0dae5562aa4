"""Ballots: what a stamped paper is, byte by byte, and what its stamp and its signature are made over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from facilitate.domain.blind_stamps import EXPONENT, PREFIX_BYTES, StampKey, is_stamped, prepare
from facilitate.domain.refusal import Refused

KEY_BYTES, STAMP_BYTES, CHOICE_BYTES, SIGNATURE_BYTES, HASH_BYTES = 65, 256, 256, 64, 32
PAPER, CHOICE, STAMP, RECEIPT = (
    f"facilitate-{name}/1\0".encode() for name in ("paper", "choice", "stamp", "receipt")
)
PAPER_BYTES = (
    len(PAPER) + HASH_BYTES + 1 + KEY_BYTES + PREFIX_BYTES + STAMP_BYTES + CHOICE_BYTES + SIGNATURE_BYTES
)

# Whether the key (P-256, uncompressed) signed the message (ECDSA with SHA-256, r and s of 32 bytes each).
Signed = Callable[[bytes, bytes, bytes], bool]


@dataclass(frozen=True)
class StampGroup:
    """Sections that are counted together, and the key that stamps their papers."""

    name: str
    sections: tuple[str, ...]
    n: int
    e: int = EXPONENT

    @property
    def key(self) -> StampKey:
        """What proves a stamp of this group."""
        return StampKey(self.n, self.e)

    def as_dict(self) -> dict[str, Any]:
        """The group for the wire, the journal and the board."""
        return {"name": self.name, "sections": list(self.sections), "n": f"{self.n:0512x}", "e": self.e}


@dataclass(frozen=True)
class StampedPaper:
    """One paper as it lies in the box; nothing in it names a person."""

    bid_hash: bytes
    group: int
    public_key: bytes
    prefix: bytes
    stamp: bytes
    choice: str
    signature: bytes

    def as_bytes(self) -> bytes:
        """The paper as it is sent: always PAPER_BYTES long."""
        head = PAPER + self.bid_hash + bytes([self.group])
        return (head + self.public_key + self.prefix + self.stamp + choice_field(self.choice)
                + self.signature)

    @property
    def leaf(self) -> bytes:
        """What stands for the paper on the board and in its receipt."""
        return hashlib.sha256(self.as_bytes()).digest()


def group_from_dict(plain: dict[str, Any]) -> StampGroup:
    """A group as it was written down."""
    return StampGroup(plain["name"], tuple(plain["sections"]), int(plain["n"], 16), plain["e"])


def canonical(value: Any) -> bytes:
    """A value as the one JSON text that is hashed and signed: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def bid_of(ballot: str, version: int) -> str:
    """The name of one wording of a ballot; announced again it has another, so that its old stamps die."""
    return f"{ballot}/{version}"


def bid_hash(bid: str) -> bytes:
    """A ballot's name at a fixed length."""
    return hashlib.sha256(bid.encode()).digest()


def keys_hash(groups: Sequence[StampGroup]) -> str:
    """What pins the keys of a ballot: in the journal, on the screens, on every device."""
    return hashlib.sha256(canonical([group.as_dict() for group in groups])).hexdigest()


def stamp_message(bid: str, public_key: bytes) -> bytes:
    """What is stamped, before chance is put in front of it."""
    return STAMP + bid_hash(bid) + public_key


def choice_message(bid: str, group: int, choice: str, public_key: bytes) -> bytes:
    """What a delegate's one-time key signs."""
    return CHOICE + bid_hash(bid) + bytes([group]) + choice_field(choice) + public_key


def receipt_message(hashed: bytes, leaf: bytes) -> bytes:
    """What the box signs when a paper is safely in it."""
    return RECEIPT + hashed + leaf


def choice_field(choice: str) -> bytes:
    """A choice at the length that all of them have.

    Errors: paper-malformed
    """
    text = choice.encode("ascii", "replace")
    if not choice.isascii() or not choice.isprintable() or not 0 < len(text) <= CHOICE_BYTES:
        raise _malformed()
    return text.ljust(CHOICE_BYTES, b"\0")


def read_paper(raw: bytes) -> StampedPaper:
    """A paper out of its bytes; each paper has one way to be written.

    Errors: paper-malformed
    """
    if len(raw) != PAPER_BYTES or not raw.startswith(PAPER):
        raise _malformed()
    place, parts = len(PAPER), []
    for size in (HASH_BYTES, 1, KEY_BYTES, PREFIX_BYTES, STAMP_BYTES, CHOICE_BYTES, SIGNATURE_BYTES):
        parts.append(raw[place : place + size])
        place += size
    hashed, group, key, prefix, stamp, field, signature = parts
    choice = field.rstrip(b"\0").decode("ascii", "replace")
    paper = StampedPaper(hashed, group[0], key, prefix, stamp, choice, signature)
    if choice_field(choice) != field or key[0] != 4:
        raise _malformed()
    return paper


def check_paper(paper: StampedPaper, bid: str, groups: Sequence[StampGroup], signed: Signed) -> None:
    """Refuse a paper that the registrar did not stamp for this ballot, or whose choice its key did not sign.

    Errors: stamp-wrong, signature-wrong
    """
    if paper.bid_hash != bid_hash(bid) or paper.group >= len(groups) or not _is_stamped(paper, bid, groups):
        raise Refused("stamp-wrong", "This paper carries no valid stamp for this ballot. It was not put in "
                      "the box; reload the page, which goes on where it was, or ask a teller.")
    message = choice_message(bid, paper.group, paper.choice, paper.public_key)
    if not signed(paper.public_key, message, paper.signature):
        raise Refused("signature-wrong", "The choice on this paper is not signed with the paper’s own key. "
                      "It was not put in the box; reload the page, which goes on where it was.")


def _is_stamped(paper: StampedPaper, bid: str, groups: Sequence[StampGroup]) -> bool:
    prepared = prepare(stamp_message(bid, paper.public_key), paper.prefix)
    return is_stamped(groups[paper.group].key, prepared, paper.stamp)


def _malformed() -> Refused:
    return Refused("paper-malformed", "This ballot paper cannot be read. Nothing was put in the box; reload "
                   "the page and choose again.")
