"""A box on another machine obeys the hub whose desk typed the code that the box shows, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from facilitate.box.identity import Identity
from facilitate.box.pairing import MOST_TRIES, is_proven, proof
from facilitate.box.start import OpenBox, open_box
from tests.box.people import HUB_SECRET, ORIGIN

HUB = Identity(HUB_SECRET).public


@pytest.fixture
def shown() -> list[str]:
    """The codes that the box has shown so far."""
    return []


@pytest.fixture
def box(tmp_path: Path, shown: list[str]) -> Iterator[OpenBox]:
    """A box that waits for its hub."""
    opened = open_box(tmp_path / "box", print, print, "", shown.append)
    yield opened
    opened.close()


def pair(box: OpenBox, code: str, **changes: Any) -> Any:
    """Name a code to a box."""
    said = {"hub": HUB, "nonce": "0" * 32, "origins": [ORIGIN], **changes}
    return box.app.test_client().post("/pairing", json={**said, "proof": proof(code, "hub", said)})


def test_the_code_pairs_and_both_sides_prove_that_they_know_it(box: OpenBox, shown: list[str]) -> None:
    answer = pair(box, shown[0].lower()).get_json()
    assert is_proven(shown[0], "box", answer)
    assert answer["box"] == box.box.public
    assert (answer["hub"], answer["nonce"]) == (HUB, "0" * 32)
    assert box.box.hub == HUB
    assert pair(box, shown[0]).get_json()["refusal"]["code"] == "already-paired"


def test_a_wrong_code_pairs_nobody_and_after_a_few_another_is_shown(box: OpenBox, shown: list[str]) -> None:
    codes = [pair(box, "WRONGONE").get_json()["refusal"]["code"] for _ in range(MOST_TRIES)]
    assert codes == ["pairing-code-wrong"] * MOST_TRIES
    assert len(shown) == 2
    assert pair(box, shown[0]).status_code == 403
    assert box.box.hub is None
    assert pair(box, shown[1]).status_code == 200


def test_a_proof_is_good_for_what_was_said_alone(box: OpenBox, shown: list[str]) -> None:
    said = {"hub": HUB, "nonce": "0" * 32, "origins": [ORIGIN]}
    other = {**said, "hub": "1" * 64, "proof": proof(shown[0], "hub", said)}
    answer = box.app.test_client().post("/pairing", json=other)
    assert answer.get_json()["refusal"]["code"] == "pairing-code-wrong"


@pytest.mark.parametrize("change", [{"hub": None}, {"origins": "x"}, {"origins": [1]}, {"surplus": 1}])
def test_what_is_no_pairing_is_refused(box: OpenBox, shown: list[str], change: dict[str, Any]) -> None:
    assert pair(box, shown[0], **change).get_json()["refusal"]["code"] == "order-malformed"


def test_a_box_that_nobody_paired_obeys_nobody_and_takes_nothing(box: OpenBox) -> None:
    client = box.app.test_client()
    assert client.post("/orders", json={}).get_json()["refusal"]["code"] == "not-paired"
    cast = client.post("/cast", data="A" * 968, headers={"Origin": ORIGIN})
    assert cast.get_json()["refusal"]["code"] == "foreign-origin"
