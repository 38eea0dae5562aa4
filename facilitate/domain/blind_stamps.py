"""Ballots: blind stamps (RFC 9474, RSABSSA-SHA384-PSS-Randomized): the device's half, and their proof."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from facilitate.domain.refusal import Refused

HASH_BYTES = SALT_BYTES = 48
PREFIX_BYTES = 32
EXPONENT = 65537


@dataclass(frozen=True)
class StampKey:
    """The public half of the key that stamps one group in one ballot."""

    n: int
    e: int = EXPONENT

    @property
    def size(self) -> int:
        """How many bytes a blinded message and a stamp have."""
        return -(-self.n.bit_length() // 8)


@dataclass(frozen=True)
class Blinded:
    """What goes to the registrar, and `inverse`, which stays on the device and takes the blinding off."""

    message: bytes
    inverse: int


def prepare(message: bytes, prefix: bytes) -> bytes:
    """The message that is stamped: chance in front of it, so that nobody can have chosen all of it."""
    return prefix + message


def blind(key: StampKey, prepared: bytes, salt: bytes, factor: int) -> Blinded:
    """Cover a prepared message so that whoever stamps it cannot see it.

    Shape: `salt` is SALT_BYTES of chance, `factor` a number by chance from 1 to n - 1.

    Errors: blinding-failed

    Source: RFC 9474, 4.2
    """
    encoded = int.from_bytes(_encode(prepared, key.n.bit_length() - 1, salt))
    try:
        inverse = pow(factor, -1, key.n)
        pow(encoded, -1, key.n)
    except ValueError as error:
        raise Refused("blinding-failed", "These numbers do not cover the ballot paper. Nothing was sent; "
                      "take others.") from error
    covered = encoded * pow(factor, key.e, key.n) % key.n
    return Blinded(covered.to_bytes(key.size), inverse)


def finalize(
    key: StampKey, prepared: bytes, signed: bytes, inverse: int, salt_bytes: int = SALT_BYTES,
) -> bytes:
    """The stamp under the prepared message, out of what the registrar signed.

    Errors: stamp-wrong

    Source: RFC 9474, 4.4
    """
    if len(signed) == key.size:
        stamp = (int.from_bytes(signed) * inverse % key.n).to_bytes(key.size)
        if is_stamped(key, prepared, stamp, salt_bytes):
            return stamp
    raise Refused("stamp-wrong", "What came back from the registrar is no stamp for this ballot paper. "
                  "Nothing was cast; ask again, and tell a teller if it comes again.")


def is_stamped(key: StampKey, prepared: bytes, stamp: bytes, salt_bytes: int = SALT_BYTES) -> bool:
    """Whether a stamp was made with the key for this prepared message.

    Source: RFC 8017, 8.1.2 and 9.1.2
    """
    number = int.from_bytes(stamp)
    if len(stamp) != key.size or number >= key.n:
        return False
    bits = key.n.bit_length() - 1
    opened, size = pow(number, key.e, key.n), -(-bits // 8)
    if opened.bit_length() > bits:
        return False
    encoded = opened.to_bytes(size)
    masked, digest = encoded[: size - HASH_BYTES - 1], encoded[size - HASH_BYTES - 1 : -1]
    block = _unmasked(masked, digest, 8 * size - bits)
    salt = block[len(block) - salt_bytes :] if salt_bytes else b""
    # Made again from its salt, every bit of it must be as it was.
    return encoded == _encode(prepared, bits, salt)


def _encode(prepared: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS: the number that is signed, as bytes."""
    size = -(-bits // 8)
    hashed = hashlib.sha384(prepared).digest()
    digest = hashlib.sha384(bytes(8) + hashed + salt).digest()
    block = bytes(size - len(salt) - HASH_BYTES - 2) + b"\x01" + salt
    return _unmasked(block, digest, 8 * size - bits) + digest + b"\xbc"


def _unmasked(block: bytes, seed: bytes, unused_bits: int) -> bytes:
    """A block with its mask put on or taken off, its unused highest bits zero."""
    mask = b"".join(
        hashlib.sha384(seed + counter.to_bytes(4)).digest() for counter in range(-(-len(block) // HASH_BYTES))
    )[: len(block)]
    number = int.from_bytes(block) ^ int.from_bytes(mask)
    return (number & ((1 << (8 * len(block) - unused_bits)) - 1)).to_bytes(len(block))
