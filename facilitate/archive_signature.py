"""Archive: the event's signature under an archive's manifest, where the event has a key to sign with."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from facilitate.formats.archive_check import MANIFEST, SIGNATURE, Finding

CERTIFICATE = "keys/seal.crt"


def signer(keys: Path) -> Callable[[bytes], bytes] | None:
    """What signs with the key that seals the event's documents; None before there is one.

    Source: RFC 6979: the same manifest gives the same signature.
    """
    secret, own = keys / "seal.key", keys / "seal.crt"
    if not (secret.is_file() and own.is_file()):
        return None
    key = serialization.load_pem_private_key(secret.read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return lambda body: key.sign(body, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def check_signature(place: Path) -> tuple[list[Finding], str | None]:
    """What is wrong with an archive's signature, and the fingerprint of its key's certificate."""
    with zipfile.ZipFile(place) as archive:
        names = archive.namelist()
        if CERTIFICATE not in names and SIGNATURE not in names:
            return [], None
        if CERTIFICATE not in names or SIGNATURE not in names:
            return [Finding("signature-missing", "The signature or its certificate is missing.")], None
        certificate = x509.load_pem_x509_certificate(archive.read(CERTIFICATE))
        key = certificate.public_key()
        assert isinstance(key, ec.EllipticCurvePublicKey)
        try:
            key.verify(archive.read(SIGNATURE), archive.read(MANIFEST), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return [Finding("signature-wrong", "The signature is not that of the event’s key.")], None
    return [], certificate.fingerprint(hashes.SHA256()).hex()
