"""Ballots: the Ed25519 keys by which hub and box know one another, and what each signs with its own."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

KEY_BYTES = 32


class Identity:
    """One side's signing key."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = self._key.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        """A signature of 64 bytes."""
        return self._key.sign(message)


def box_identity(folder: Path) -> Identity:
    """The box's own key, made on first use and kept in its folder with mode 0600."""
    place = folder / "box.key"
    if not place.exists():
        # Whole or not at all: half a key after a power cut would be another box.
        fresh = place.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(place)
    return Identity(place.read_bytes())


def is_signed(public: str, message: bytes, signature: bytes) -> bool:
    """Whether the holder of an Ed25519 key signed a message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_by_paper(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a paper's one-time key (P-256, uncompressed) signed a message (r and s, 32 bytes each)."""
    both = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    try:
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public)
        key.verify(both, message, ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
