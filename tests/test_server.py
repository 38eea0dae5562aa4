"""The server starts only with packages in which no published hole is open."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from facilitate.server import SAFE_SINCE, refuse_holed


def test_what_is_installed_here_is_safe() -> None:
    refuse_holed()


@pytest.mark.parametrize("holed", SAFE_SINCE)
def test_a_package_with_a_published_hole_is_named(holed: str) -> None:
    with pytest.raises(SystemExit, match=rf"^{holed} 0\.40\.9 has published security holes; at least \d"):
        refuse_holed(lambda name: "0.40.9" if name == holed else version(name))
