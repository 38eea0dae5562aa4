"""Invitations: whatever is typed is read as it was meant, and no slip of the finger makes another key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.handover import Invitation, machine_name, read_invitation
from tests.people import refused

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NAMES = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,39}", fullmatch=True)
HALL = Invitation("hall-laptop", bytes(range(32)))


@given(NAMES, st.binary(min_size=32, max_size=32))
def test_an_invitation_is_read_as_it_was_written(name: str, key: bytes) -> None:
    assert read_invitation(Invitation(name, key).line) == Invitation(name, key)


def test_gaps_small_letters_and_look_alikes_do_not_matter() -> None:
    name, _, key = HALL.line.partition(":")
    typed = key.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_invitation(f"  {name.upper()} : {typed}\n") == HALL


@given(st.integers(0, 55), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found(at: int, letter: str) -> None:
    name, _, key = HALL.line.partition(":")
    letters = key.replace("-", "")
    wrong = letters[:at] + letter + letters[at + 1 :]
    if wrong != letters:
        with refused("bad-invitation"):
            read_invitation(f"{name}:{wrong}")


@given(st.integers(0, 54))
def test_two_letters_in_the_wrong_order_are_found(at: int) -> None:
    name, _, key = HALL.line.partition(":")
    letters = key.replace("-", "")
    wrong = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    if wrong != letters:
        with refused("bad-invitation"):
            read_invitation(f"{name}:{wrong}")


WRONG = ["", "hall-laptop", "hall-laptop:", ":" * 9, HALL.line[:-1], HALL.line + "0", "other" + HALL.line,
         HALL.line.replace("hall", "hell"), "é:" + "Ü" * 56]  # fmt: skip


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_invitation_is_refused_with_a_sentence(typed: str) -> None:
    with refused("bad-invitation"):
        read_invitation(typed)


@pytest.mark.parametrize("given", ["", "two words", "a:b", "-a", "x" * 41])
def test_a_machine_is_named_so_that_it_can_be_typed(given: str) -> None:
    with refused("bad-name"):
        machine_name(given)
    assert machine_name(" Hall-Laptop ") == "hall-laptop"
