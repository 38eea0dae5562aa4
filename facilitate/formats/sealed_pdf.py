"""Sign-off: the sealed PDF, signed by the event's key; it stays tagged and keeps PDF/UA-1."""

from __future__ import annotations

from io import BytesIO

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import load_pem_x509_certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Seal"


def sealed_pdf(body: bytes, certificate: str, key: str, reason: str) -> bytes:
    """The file with the event's signature over all of it.

    Shape: `certificate` and `key` as PEM; the signature shows on no page and fetches nothing.
    """
    secret = serialization.load_pem_private_key(key.encode(), password=None)
    plain = secret.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    own = load_pem_x509_certificate(certificate.encode()).public_bytes(serialization.Encoding.DER)
    signer = SimpleSigner(Certificate.load(own), PrivateKeyInfo.load(plain), SimpleCertificateStore())  # type: ignore[no-untyped-call]
    about = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", reason=reason)
    signed = sign_pdf(IncrementalPdfFileWriter(BytesIO(body)), about, signer)
    return bytes(signed.getvalue())
