"""A ballot box that is closed again, and keys that are made once: RSA takes its time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.box.people import TestBox, two_groups
from tests.support.stamping import Registrar


@pytest.fixture(scope="session")
def registrar() -> Registrar:
    """Two groups' keys."""
    return two_groups()


@pytest.fixture
def box(tmp_path: Path, registrar: Registrar) -> Iterator[TestBox]:
    """A box that knows no ballot yet."""
    made = TestBox(tmp_path / "box", registrar)
    yield made
    made.close()
