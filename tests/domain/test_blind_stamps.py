"""Blind stamps: the numbers of RFC 9474, and that nothing but a stamp is taken for one."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from facilitate.domain.blind_stamps import SALT_BYTES, StampKey, blind, finalize, is_stamped, prepare
from facilitate.domain.refusal import Refused
from tests.support.sources import ROOT, text
from tests.support.stamping import Device, Registrar, stamped_device

RFC = json.loads(text(ROOT / "tests/vectors/rfc9474.json"))
RFC_KEY = StampKey(int(RFC["keys"]["n"], 16), int(RFC["keys"]["e"], 16))


@pytest.fixture(scope="module")
def registrar() -> Registrar:
    made = Registrar()
    made.add("everyone")
    made.add("others")
    return made


@pytest.mark.parametrize("vector", RFC["vectors"], ids=lambda vector: vector["name"])
def test_numbers_of_the_rfc(vector: dict[str, Any]) -> None:
    given = {name: bytes.fromhex(value) for name, value in vector.items() if name not in ("name", "inverse")}
    inverse = int(vector["inverse"], 16)
    prepared = prepare(given["message"], given["prefix"])
    assert prepared == given["prepared"]
    blinded = blind(RFC_KEY, prepared, given["salt"], pow(inverse, -1, RFC_KEY.n))
    assert (blinded.message, blinded.inverse) == (given["blinded"], inverse)
    signed = pow(int.from_bytes(blinded.message), int(RFC["keys"]["d"], 16), RFC_KEY.n).to_bytes(RFC_KEY.size)
    assert signed == given["signed"]
    stamp = finalize(RFC_KEY, prepared, signed, inverse, len(given["salt"]))
    assert stamp == given["stamp"]
    assert is_stamped(RFC_KEY, prepared, stamp, len(given["salt"]))


def test_stamp_is_a_signature_that_others_can_check_too(registrar: Registrar) -> None:
    device = stamped_device(registrar)
    pss = padding.PSS(padding.MGF1(hashes.SHA384()), SALT_BYTES)
    public = rsa.RSAPublicNumbers(65537, registrar.groups[0].n).public_key()
    public.verify(device.stamp, device.prepared, pss, hashes.SHA384())


def test_signature_of_others_is_taken_for_a_stamp() -> None:
    key = rsa.generate_private_key(65537, 2048)
    own = StampKey(key.public_key().public_numbers().n)
    for length in range(0, 400, 37):
        message = secrets.token_bytes(length)
        pss = padding.PSS(padding.MGF1(hashes.SHA384()), SALT_BYTES)
        assert is_stamped(own, message, key.sign(message, pss, hashes.SHA384()))
        zero = key.sign(message, padding.PSS(padding.MGF1(hashes.SHA384()), 0), hashes.SHA384())
        assert not is_stamped(own, message, zero)
        assert is_stamped(own, message, zero, 0)


def test_no_bit_of_a_stamp_or_its_message_can_be_changed(registrar: Registrar) -> None:
    device, key = stamped_device(registrar), registrar.groups[0].key
    for place in range(0, 256, 5):
        for bit in (1, 128):
            changed = bytearray(device.stamp)
            changed[place] ^= bit
            assert not is_stamped(key, device.prepared, bytes(changed))
    for place in range(len(device.prepared)):
        other = bytearray(device.prepared)
        other[place] ^= 1
        assert not is_stamped(key, bytes(other), device.stamp)
    assert not is_stamped(registrar.groups[1].key, device.prepared, device.stamp)


@pytest.mark.parametrize("stamp", [b"", bytes(256), b"\xff" * 256, b"\1" * 255, bytes(257)])
def test_what_is_no_number_of_the_key_is_no_stamp(registrar: Registrar, stamp: bytes) -> None:
    assert not is_stamped(registrar.groups[0].key, b"message", stamp)


def test_stamp_plus_the_modulus_is_another_writing_and_refused(registrar: Registrar) -> None:
    key = registrar.groups[0].key
    for _ in range(20):
        device = stamped_device(registrar)
        twin = int.from_bytes(device.stamp) + key.n
        if twin.bit_length() <= 2048:
            assert not is_stamped(key, device.prepared, twin.to_bytes(256))


def test_wrong_answer_of_the_registrar_is_refused(registrar: Registrar) -> None:
    device = Device(registrar.groups)
    other = Device(registrar.groups)
    for answer in (b"", bytes(256), b"\1" * 255, registrar.sign(0, other.blinded.message),
                   registrar.sign(1, device.blinded.message)):
        with pytest.raises(Refused) as refusal:
            device.take(answer)
        assert refusal.value.code == "stamp-wrong"
        assert device.stamp == b""


def test_factor_that_shares_a_prime_with_the_key_is_refused() -> None:
    numbers = rsa.generate_private_key(65537, 2048).private_numbers()
    with pytest.raises(Refused) as refusal:
        blind(StampKey(numbers.p * numbers.q), b"message", bytes(SALT_BYTES), numbers.p)
    assert refusal.value.code == "blinding-failed"


def test_same_message_never_looks_the_same_twice(registrar: Registrar) -> None:
    first = Device(registrar.groups)
    devices = [Device(registrar.groups, key=first.key, prefix=first.prefix) for _ in range(5)]
    assert {device.prepared for device in devices} == {first.prepared}
    assert len({device.blinded.message for device in devices}) == 5
