"""Every action is tried on both databases; who may do what is asked once."""

from __future__ import annotations

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test that needs the cast's event one of each kind."""
    if "hall" in metafunc.fixturenames and not metafunc.module.__name__.endswith("test_rights"):
        marks = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)]
        metafunc.parametrize("hall", marks, indirect=True)
