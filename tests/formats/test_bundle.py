"""The sealed bundle: the invited machine reads it, nobody else does; nothing can be changed or cut off."""

from __future__ import annotations

import io
import json

import pytest

from facilitate.domain.handover import Invitation
from facilitate.formats.bundle import MAGIC, Sealing, new_key, read_head, unsealed
from tests.people import refused

PRIVATE, PUBLIC = new_key()
HALL = Invitation("hall-laptop", PUBLIC)
MEGABYTE = 1 << 20
FACTS = {"version": 1, "mark": "a", "ephemeral": "", "recipient": "b", "number": 1, "head": ""}


def sealed(content: bytes) -> bytes:
    out = io.BytesIO()
    sealing = Sealing(out, HALL, 7, "ab" * 32)
    for start in range(0, len(content), 700_001):
        sealing.write(content[start : start + 700_001])
    sealing.close()
    return out.getvalue()


def opened(bundle: bytes, private: bytes = PRIVATE) -> bytes:
    file = io.BytesIO(bundle)
    return b"".join(unsealed(file, read_head(file), private))


@pytest.mark.parametrize("size", [0, 1, MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 2 * MEGABYTE, 2_500_000])
def test_what_went_in_comes_out(size: int) -> None:
    content = bytes(range(251)) * (size // 251 + 1)
    bundle = sealed(content[:size])
    assert opened(bundle) == content[:size]
    head = read_head(io.BytesIO(bundle))
    assert (head.recipient, head.mark, head.number, head.head) == ("hall-laptop", HALL.mark, 7, "ab" * 32)


def test_nothing_of_the_content_can_be_read_without_the_key() -> None:
    bundle = sealed(b"a word that nobody else may read" * 100)
    assert b"nobody else" not in bundle
    with refused("damaged-bundle"):
        opened(bundle, new_key()[0])


def test_two_bundles_of_the_same_event_have_nothing_in_common() -> None:
    assert sealed(b"x" * 1000)[-500:] != sealed(b"x" * 1000)[-500:]


def test_every_flipped_bit_is_found() -> None:
    bundle = sealed(b"short")
    for at in range(len(bundle)):
        wrong = bytearray(bundle)
        wrong[at] ^= 1
        with pytest.raises(Exception, match=r"^(damaged-bundle|not-a-bundle|newer-software): "):
            opened(bytes(wrong))


@pytest.mark.parametrize("size", [5, MEGABYTE, 2 * MEGABYTE + 9])
def test_whatever_is_cut_off_or_put_behind_is_found(size: int) -> None:
    whole = sealed(b"y" * size)
    start = len(whole) - len(sealed(b"")) + 16
    parts = {len(whole) - 1, len(whole) - 17, start + MEGABYTE, start + MEGABYTE + 16, 250, 24, 20, 5, 0}
    for length in sorted(each for each in parts if each < len(whole)):
        with pytest.raises(Exception, match=r"^(damaged-bundle|not-a-bundle): "):
            opened(whole[:length])
    with refused("damaged-bundle"):
        opened(whole + b"\0")


def test_pieces_in_another_order_are_found() -> None:
    bundle = sealed(bytes(MEGABYTE) + bytes(MEGABYTE) + b"end")
    piece = MEGABYTE + 16
    start = len(bundle) - 2 * piece - 3 - 16
    first, second = bundle[start : start + piece], bundle[start + piece : start + 2 * piece]
    with refused("damaged-bundle"):
        opened(bundle[:start] + second + first + bundle[start + 2 * piece :])


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"version": 2}, "newer-software"),
        ({"version": 1}, "damaged-bundle"),
        ({"version": "1"}, "damaged-bundle"),
        ([], "damaged-bundle"),
        (FACTS | {"ephemeral": "zz"}, "damaged-bundle"),
        (FACTS | {"ephemeral": "00" * 32}, "damaged-bundle"),
        (FACTS | {"ephemeral": "00" * 31}, "damaged-bundle"),
    ],
)
def test_a_head_that_cannot_be_understood_is_refused(facts: object, code: str) -> None:
    raw = json.dumps(facts).encode()
    with refused(code):
        opened(MAGIC + len(raw).to_bytes(4, "big") + raw + b"\0" * 16)


def test_another_file_is_no_bundle() -> None:
    with refused("not-a-bundle"):
        opened(b"PK\3\4 and so on")
