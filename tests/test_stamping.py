"""The registrar's worker: right, checked, for one ballot only, and gone when told to."""

from __future__ import annotations

import json
import secrets
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from facilitate.domain.blind_stamps import EXPONENT
from facilitate.domain.stamped_papers import StampGroup, bid_hash
from facilitate.stamping import CannotStampError, KeyFolder, SecretKey, answer
from tests.support.sources import ROOT, text
from tests.support.stamping import BID, Device

BALLOT = bid_hash(BID).hex()
RFC = json.loads(text(ROOT / "tests/vectors/rfc9474.json"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> KeyFolder:
    keys = KeyFolder(tmp_path_factory.mktemp("stamps") / "keys" / "stamps")
    keys.make(BALLOT, 1)
    return keys


def test_stamps_are_what_the_device_asked_for(folder: KeyFolder) -> None:
    groups = [StampGroup(str(place), (), key.n) for place, key in enumerate(folder.get(BALLOT))]
    for group in (0, 1, 0):
        device = Device(groups, group)
        asked = {"act": "sign", "ballot": BALLOT, "group": group, "blinded": device.blinded.message.hex()}
        device.take(bytes.fromhex(answer(folder, asked)["signed"]))
        assert device.stamp


def test_same_message_gets_the_same_signature(folder: KeyFolder) -> None:
    blinded = (secrets.randbits(2000) | 1).to_bytes(256)
    key = folder.get(BALLOT)[0]
    signed = {key.sign(blinded) for _ in range(5)}
    assert len(signed) == 1
    assert pow(int.from_bytes(signed.pop()), EXPONENT, key.n).to_bytes(256) == blinded


def test_fault_in_one_remainder_never_leaves(folder: KeyFolder) -> None:
    key = folder.get(BALLOT)[0]
    for broken in (replace(key, dp=key.dp ^ 2), replace(key, dq=key.dq ^ 2), replace(key, q_inverse=3)):
        with pytest.raises(CannotStampError, match="signing-failed"):
            broken.sign(b"\1" * 256)


@pytest.mark.parametrize("blinded", ["", "00" * 256, "ff" * 256, "01" * 255, "zz"])
def test_what_is_no_message_is_refused(folder: KeyFolder, blinded: str) -> None:
    asked = {"act": "sign", "ballot": BALLOT, "group": 0, "blinded": blinded}
    assert answer(folder, asked) == {"refused": "blinded-malformed"}


@pytest.mark.parametrize("asked", [
    {"act": "sign", "ballot": BALLOT, "group": 2, "blinded": "01" * 256},
    {"act": "sign", "ballot": BALLOT, "group": -1, "blinded": "01" * 256},
    {"act": "sign", "ballot": "0" * 64, "group": 0, "blinded": "01" * 256},
])  # fmt: skip
def test_what_was_not_announced_is_not_stamped(folder: KeyFolder, asked: dict[str, object]) -> None:
    assert answer(folder, asked) == {"refused": "no-such-key"}


def test_name_of_a_ballot_leads_nowhere_else(folder: KeyFolder) -> None:
    assert answer(folder, {"act": "forget", "ballot": "../../hub.key"}) == {"refused": "ballot-malformed"}


def test_keys_are_for_the_owner_only_and_survive_a_restart(tmp_path: Path) -> None:
    place = tmp_path / "stamps"
    made = KeyFolder(place).make(BALLOT, 0)
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in place.iterdir()] == [0o600]
    assert KeyFolder(place).make(BALLOT, 0) == made
    other = KeyFolder(place).make(BALLOT, 1)
    assert KeyFolder(place).get(BALLOT) == [made, other]


def test_forgotten_keys_are_gone_from_the_disk(tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "stamps")
    keys.make(BALLOT, 0)
    assert answer(keys, {"act": "forget", "ballot": BALLOT}) == {}
    assert list((tmp_path / "stamps").iterdir()) == []
    assert answer(keys, {"act": "sign", "ballot": BALLOT, "group": 0, "blinded": "01" * 256}) == {
        "refused": "no-such-key"
    }
    assert answer(keys, {"act": "forget", "ballot": BALLOT}) == {}


@pytest.mark.parametrize("name", ["p", "q"])
def test_numbers_of_the_rfc_are_signed_as_there(name: str) -> None:
    p, q, d = (int(RFC["keys"][part], 16) for part in ("p", "q", "d"))
    if name == "q":
        p, q = q, p
    key = SecretKey(p * q, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    for vector in RFC["vectors"]:
        assert key.sign(bytes.fromhex(vector["blinded"])).hex() == vector["signed"]
