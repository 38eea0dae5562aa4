"""Before: the event's own authority and the hub's certificate, without which no laptop works offline."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from facilitate.domain.refusal import Refused

AUTHORITY = "ca.crt"
# Whoever trusts the event's authority trusts it for these alone, never for a bank or a mail server.
_OWN_DOMAINS = ("localhost", "local", "lan", "internal", "home.arpa", "test")
_THIS_MACHINE = ("localhost", "127.0.0.1")
_OWN_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
_AUTHORITY_DAYS = 730
# The longest that browsers take.
_HUB_DAYS = 397
_RENEW_BEFORE = timedelta(days=30)
_YESTERDAY = timedelta(days=1)


@dataclass(frozen=True)
class Certificate:
    """What the hub shows to browsers.

    Shape: the first name is the one for links; `own` says that the event's authority made it.
    """

    chain: Path
    key: Path
    names: tuple[str, ...]
    ends: datetime
    own: bool


def _keys(folder: Path) -> Path:
    keys = folder / "keys"
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    return keys


def find_certificate(folder: Path) -> Certificate | None:
    """The hub's certificate, if this event has one."""
    chain, key = folder / "keys" / "hub.crt", folder / "keys" / "hub.key"
    if not (chain.is_file() and key.is_file()):
        return None
    leaf = x509.load_pem_x509_certificates(chain.read_bytes())[0]
    authority = folder / "keys" / AUTHORITY
    own = authority.is_file() and leaf.issuer == _read(authority).subject
    return Certificate(chain, key, _names_in(leaf), leaf.not_valid_after_utc, own)


def names_of(chain: Path) -> tuple[str, ...]:
    """The names that a certificate is good for, the first one for links.

    Errors: `bad-certificate`.
    """
    try:
        return _names_in(x509.load_pem_x509_certificates(chain.read_bytes())[0])
    except (OSError, ValueError, IndexError) as error:
        raise Refused("bad-certificate", f"This is no certificate: {chain}.") from error


def authority_fingerprint(folder: Path) -> str:
    """What people compare before they trust the event's authority: SHA-256 in pairs of figures."""
    return _read(folder / "keys" / AUTHORITY).fingerprint(hashes.SHA256()).hex(":").upper()


def make_certificate(folder: Path, given: list[str], here: list[str], now: datetime) -> Certificate:
    """A certificate for the names given and for this machine's own, signed by the event's authority.

    Errors: `bad-name`.
    """
    names = tuple(dict.fromkeys([*map(_checked, given), *here, *_THIS_MACHINE]))
    ca, ca_key = _authority(folder, names, now)
    key = ec.generate_private_key(ec.SECP256R1())
    leaf = (
        _builder(given[0] if given else "Facilitate hub", key.public_key(), now, _HUB_DAYS)
        .issuer_name(ca.subject)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    keys = _keys(folder)
    _write_secret(keys / "hub.key", _as_pem(key))
    (keys / "hub.crt").write_bytes(_pem(leaf) + _pem(ca))
    made = find_certificate(folder)
    assert made is not None
    return made


def renew_certificate(folder: Path, here: list[str], now: datetime) -> Certificate | None:
    """A new certificate where the event's own one lacks a name of this machine or is about to end."""
    old = find_certificate(folder)
    if old is None or not old.own:
        return None
    if set(here) <= set(old.names) and old.ends - now > _RENEW_BEFORE:
        return None
    common = _read(old.chain).subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    given = [str(common)] if common in old.names else []
    return make_certificate(folder, given, [*here, *old.names], now)


def take_certificate(folder: Path, chain: Path, key: Path, now: datetime) -> Certificate:
    """Take a certificate that others made, with its key.

    Errors: `bad-certificate`.
    """
    try:
        leaf = x509.load_pem_x509_certificates(chain.read_bytes())[0]
        secret = serialization.load_pem_private_key(key.read_bytes(), password=None)
    except (ValueError, TypeError, IndexError) as error:
        raise Refused("bad-certificate", f"These are no PEM files of both: {chain}, {key}.") from error
    if leaf.public_key() != secret.public_key():
        raise Refused("bad-certificate", "The key does not belong to the certificate. Nothing was taken in.")
    if leaf.not_valid_after_utc <= now:
        raise Refused("bad-certificate", f"The certificate ended on {leaf.not_valid_after_utc:%d %B %Y}.")
    keys = _keys(folder)
    _write_secret(keys / "hub.key", key.read_bytes())
    (keys / "hub.crt").write_bytes(chain.read_bytes())
    taken = find_certificate(folder)
    assert taken is not None
    return taken


def _authority(
    folder: Path, names: tuple[str, ...], now: datetime
) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """The event's authority; a new one where the old may not speak for these names."""
    place, secret = _keys(folder) / AUTHORITY, _keys(folder) / "ca.key"
    if place.is_file() and secret.is_file():
        ca = _read(place)
        lasts = ca.not_valid_after_utc - now > timedelta(days=_HUB_DAYS)
        if lasts and all(_covers(ca, name) for name in names):
            key = serialization.load_pem_private_key(secret.read_bytes(), password=None)
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            return ca, key
    key = ec.generate_private_key(ec.SECP256R1())
    ca = _new_authority(folder.resolve().name, key, names, now)
    _write_secret(secret, _as_pem(key))
    place.write_bytes(_pem(ca))
    return ca, key


def _new_authority(
    event: str, key: ec.EllipticCurvePrivateKey, names: tuple[str, ...], now: datetime
) -> x509.Certificate:
    allowed: list[x509.GeneralName] = [x509.DNSName(name) for name in _OWN_DOMAINS]
    allowed += [x509.IPAddress(ipaddress.ip_network(each)) for each in _OWN_NETWORKS]
    for name in names:
        general = _general(name)
        if isinstance(general, x509.IPAddress):
            general = x509.IPAddress(ipaddress.ip_network(name))
        allowed.append(general)
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    common = f"Facilitate event {event}"[:64]
    return (
        _builder(common, key.public_key(), now, _AUTHORITY_DAYS)
        .issuer_name(_called(common))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(allowed, excluded_subtrees=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _covers(ca: x509.Certificate, name: str) -> bool:
    allowed = ca.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    general = _general(name)
    if isinstance(general, x509.IPAddress):
        nets = [ipaddress.ip_network(str(each.value)) for each in allowed if isinstance(each, x509.IPAddress)]
        return any(ipaddress.ip_address(name) in net for net in nets)
    domains = [each.value for each in allowed if isinstance(each, x509.DNSName)]
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def _builder(
    common: str, public: CertificatePublicKeyTypes, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_called(common))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _YESTERDAY)
        .not_valid_after(now + timedelta(days=days))
    )


def _called(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _checked(name: str) -> str:
    tidy = name.strip().lower()
    if not tidy or any(sign in tidy for sign in "/: *@") or not tidy.isascii():
        raise Refused("bad-name", f"“{name}” is no name of a machine; write it like hub.example.org.")
    return tidy


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _names_in(leaf: x509.Certificate) -> tuple[str, ...]:
    try:
        found = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(str(each.value) for each in found if isinstance(each, x509.DNSName | x509.IPAddress))


def _read(place: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(place.read_bytes())


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _as_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_secret(place: Path, content: bytes) -> None:
    place.unlink(missing_ok=True)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def moment() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)
