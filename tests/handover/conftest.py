"""The two hosts of every move."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hosts import Host, office_with
from tests.people import Stage


@pytest.fixture
def office(founded_talking: Stage, tmp_path: Path) -> Host:
    """The office's host, with the event in its first round."""
    return office_with(founded_talking.source, tmp_path / "office")


@pytest.fixture
def hall(tmp_path: Path) -> Host:
    """The hall's host, with nothing in it."""
    return Host(tmp_path / "hall")
