"""The event's own address is a name with http or https before it, and nothing behind it."""

from __future__ import annotations

import pytest

from facilitate.domain.addresses import event_address
from tests.people import refused


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("", ""),
        (" https://Forum.Example.org/ ", "https://forum.example.org"),
        ("https://forum.example.org:443", "https://forum.example.org"),
        ("http://forum.example:8080", "http://forum.example:8080"),
        ("http://hub", "http://hub"),
    ],
)
def test_an_address_is_written_in_one_way(typed: str, address: str) -> None:
    assert event_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["forum.example", "ftp://forum.example", "https://", "https://a/b", "https://a?b", "https://a#b",
     "https://u:p@forum.example", "https://a b", "https://a:b", "https://a:99999", "https://-a", "javascript://a",
     "https://forum.example;", "https://[::1]", "https://[", "https://forum.example\nhttps://b"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with refused("bad-address"):
        event_address(typed)
