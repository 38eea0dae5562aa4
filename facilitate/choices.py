"""Ballots: one-time keys: signing a choice as a device does, and checking such a signature fast."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_ECDSA = ec.ECDSA(hashes.SHA256())


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half of a one-time key: 65 bytes, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sign_choice(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """What a one-time key signs.

    Shape: r and s of 32 bytes each.
    """
    r, s = decode_dss_signature(key.sign(message, _ECDSA))
    return r.to_bytes(32) + s.to_bytes(32)


def choice_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a one-time key signed the message; a key that is no point of the curve signed nothing."""
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_key)
        r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
        key.verify(encode_dss_signature(r, s), message, _ECDSA)
    except (InvalidSignature, ValueError):
        return False
    return len(signature) == 2 * 32


def new_secret() -> tuple[str, bytes]:
    """A one-time key for a paper that tellers hand out: its private half in hex, its public one."""
    key = ec.generate_private_key(ec.SECP256R1())
    return f"{key.private_numbers().private_value:064x}", public_bytes(key)


def sign_with_secret(secret: str, message: bytes) -> bytes:
    """What a key signs that was kept by its private half in hex."""
    return sign_choice(ec.derive_private_key(int(secret, 16), ec.SECP256R1()), message)
