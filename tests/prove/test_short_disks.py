"""The short form of the proofs that wait for disks."""

from __future__ import annotations

import pytest

from tests.prove.test_short import DISKS, holds_in_short


@pytest.mark.slow
@pytest.mark.parametrize("name", DISKS)
def test_the_short_proof_holds_and_its_mutants_are_caught(name: str) -> None:
    holds_in_short("capture", name)
