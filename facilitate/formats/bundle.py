"""Every stage: the sealed bundle in which an event moves: for the invited machine alone, whole or not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from facilitate.domain.handover import Invitation
from facilitate.domain.refusal import Refused

MAGIC = b"facilitate handover\n"
# The newest way of sealing that this software knows.
VERSION = 1
_CHUNK = 1 << 20
_TAG = 16
_LONGEST_HEAD = 65_536
_FIELDS = {"version": int, "mark": str, "ephemeral": str, "recipient": str, "number": int, "head": str}


@dataclass(frozen=True)
class Head:
    """What a bundle says of itself to whoever holds it; the seal covers it.

    Shape: `mark` is the invitation's; number and head are the journal's end within; `raw` as it was written.
    """

    mark: str
    ephemeral: bytes
    recipient: str
    number: int
    head: str
    raw: bytes


def new_key() -> tuple[bytes, bytes]:
    """A key for one invitation: the private and the public half."""
    key = X25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def public_half(private: bytes) -> bytes:
    """The public half of a key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


class Sealing:
    """A file to write into; what comes out at the other end only the invited machine can read.

    Source: X25519 with a key made for this bundle alone, HKDF-SHA256 over the head, ChaCha20-Poly1305 for
    each megabyte under its own number; the last one is marked, so that nothing can be cut off.
    """

    def __init__(self, out: BinaryIO, invitation: Invitation, number: int, head: str) -> None:
        ephemeral = X25519PrivateKey.generate()
        public = ephemeral.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        facts = {
            "version": VERSION, "mark": invitation.mark, "ephemeral": public.hex(),
            "recipient": invitation.name, "number": number, "head": head,
        }  # fmt: skip
        raw = json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(invitation.key))
        self._cipher = _cipher(shared, invitation.key, raw)
        self._out = out
        self._held = bytearray()
        self._count = 0
        out.write(MAGIC + len(raw).to_bytes(4, "big") + raw)

    def write(self, data: bytes) -> int:
        """Take more of what is to be sealed."""
        self._held += data
        while len(self._held) > _CHUNK:
            self._put(bytes(self._held[:_CHUNK]), last=False)
            del self._held[:_CHUNK]
        return len(data)

    def close(self) -> None:
        """Seal what is left and mark the end."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._count, last=last), chunk, None))
        self._count += 1


def read_head(file: BinaryIO) -> Head:
    """What a bundle says of itself, read up to where the sealed part begins.

    Errors: `not-a-bundle`, `newer-software`, `damaged-bundle`.
    """
    if file.read(len(MAGIC)) != MAGIC:
        raise Refused("not-a-bundle", "This file is no bundle of a handover. Nothing was changed.")
    length = int.from_bytes(file.read(4), "big")
    raw = file.read(min(length, _LONGEST_HEAD))
    facts = _facts(raw)
    if facts.get("version", 0) > VERSION:
        raise Refused(
            "newer-software",
            "This bundle was made by newer software. Install that here, then take it. Nothing was changed.",
        )
    try:
        ephemeral = bytes.fromhex(facts["ephemeral"])
    except ValueError:
        raise damaged() from None
    return Head(facts["mark"], ephemeral, facts["recipient"], facts["number"], facts["head"], raw)


def _facts(raw: bytes) -> dict[str, Any]:
    try:
        facts = json.loads(raw)
    except ValueError:
        raise damaged() from None
    if not isinstance(facts, dict) or not isinstance(facts.get("version"), int):
        raise damaged()
    if facts["version"] == VERSION and not all(isinstance(facts.get(k), t) for k, t in _FIELDS.items()):
        raise damaged()
    return facts


def unsealed(file: BinaryIO, head: Head, private: bytes) -> Iterator[bytes]:
    """What was sealed, piece by piece, each proven before it is given; after `read_head`.

    Errors: `damaged-bundle`, also where something is missing at the end.
    """
    key = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(head.ephemeral))
    except ValueError:
        raise damaged() from None
    cipher = _cipher(shared, public_half(private), head.raw)
    chunk, count = file.read(_CHUNK + _TAG), 0
    while True:
        following = file.read(_CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(count, last=not following), chunk, None)
        except InvalidTag:
            raise damaged() from None
        if not following:
            return
        chunk, count = following, count + 1


def hash_of(file: BufferedReader) -> str:
    """The SHA-256 of a whole bundle, as it is noted and compared."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def damaged() -> Refused:
    """How a bundle that is not as it was sealed is turned away."""
    return Refused(
        "damaged-bundle",
        "This bundle is damaged or not whole: it is not as it was sealed. Copy it again and compare its hash "
        "with the one that was noted. Nothing was changed.",
    )


def _cipher(shared: bytes, recipient: bytes, head: bytes) -> ChaCha20Poly1305:
    info = MAGIC + recipient + hashlib.sha256(head).digest()
    return ChaCha20Poly1305(HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(shared))


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
