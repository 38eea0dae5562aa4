"""Stamped papers: one way to write each, and nothing on one that the device did not put there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.choices import choice_signed
from facilitate.domain.boards import papers_of
from facilitate.domain.check_words import WORDS, check_words
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import (
    CHOICE_BYTES,
    PAPER_BYTES,
    StampedPaper,
    StampGroup,
    bid_hash,
    bid_of,
    canonical,
    check_paper,
    choice_field,
    choice_message,
    group_from_dict,
    keys_hash,
    read_paper,
    stamp_message,
)
from tests.support.sources import ROOT, text
from tests.support.stamping import BID, Registrar, stamped_device

VECTORS = json.loads(text(ROOT / "tests/vectors/stamped.json"))
PAPERS = [(plain, read_paper(bytes.fromhex(plain["bytes"]))) for plain in VECTORS["papers"]]
GROUPS = [group_from_dict(group) for group in VECTORS["board"]["groups"]]
PRINTED = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=CHOICE_BYTES)


def code_of(paper: StampedPaper, bid: str = BID, groups: list[StampGroup] | None = None) -> str:
    with pytest.raises(Refused) as refusal:
        check_paper(paper, bid, groups or GROUPS, choice_signed)
    return refusal.value.code


def test_bytes_on_record() -> None:
    assert (bid_hash(VECTORS["bid"]).hex(), keys_hash(GROUPS)) == (VECTORS["bid_hash"], VECTORS["keys_hash"])
    assert hashlib.sha256(VECTORS["header"].encode()).hexdigest() == VECTORS["header_hash"]
    assert papers_of(VECTORS["board"]) == [paper for _, paper in PAPERS]


@pytest.mark.parametrize(("plain", "paper"), PAPERS, ids=lambda value: getattr(value, "choice", ""))
def test_paper_on_record(plain: dict[str, Any], paper: StampedPaper) -> None:
    check_paper(paper, BID, GROUPS, choice_signed)
    assert len(paper.as_bytes()) == PAPER_BYTES
    assert paper.as_bytes().hex() == plain["bytes"]
    assert paper.leaf.hex() == plain["leaf"]
    assert stamp_message(BID, paper.public_key).hex() == plain["stamp_message"]
    message = choice_message(BID, paper.group, paper.choice, paper.public_key)
    assert message.hex() == plain["choice_message"]
    assert list(check_words(paper.public_key)) == plain["words"]


def test_words_are_the_ones_on_record() -> None:
    assert hashlib.sha256(" ".join(WORDS).encode()).hexdigest() == VECTORS["words"]["all"]
    assert len({word[:4] for word in WORDS}) == len(WORDS) == 256


@given(PRINTED)
def test_every_choice_comes_back_and_all_are_as_long(choice: str) -> None:
    paper = replace(PAPERS[0][1], choice=choice)
    assert len(paper.as_bytes()) == PAPER_BYTES
    assert read_paper(paper.as_bytes()) == paper


@pytest.mark.parametrize("choice", ["", "a\0b", "for\n", "für", "\x7f", "x" * (CHOICE_BYTES + 1)])
def test_choice_that_could_be_written_in_two_ways_is_refused(choice: str) -> None:
    with pytest.raises(Refused) as refusal:
        choice_field(choice)
    assert refusal.value.code == "paper-malformed"


@given(st.integers(0, PAPER_BYTES - 1), st.integers(1, 255))
def test_no_byte_of_a_paper_can_be_changed(place: int, change: int) -> None:
    raw = bytearray(PAPERS[0][1].as_bytes())
    raw[place] ^= change
    with pytest.raises(Refused) as refusal:
        check_paper(read_paper(bytes(raw)), BID, GROUPS, choice_signed)
    assert refusal.value.code in ("paper-malformed", "stamp-wrong", "signature-wrong")


@given(st.binary(max_size=2 * PAPER_BYTES))
def test_anything_else_is_malformed(raw: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_paper(raw)
    assert refusal.value.code == "paper-malformed"


def test_paper_is_for_one_wording_of_one_ballot_and_one_group() -> None:
    paper = PAPERS[0][1]
    again = bid_of(BID.split("/")[0], 2)
    assert code_of(paper, again) == "stamp-wrong"
    assert code_of(replace(paper, bid_hash=bid_hash(again)), again) == "stamp-wrong"
    assert code_of(replace(paper, group=1 - paper.group)) == "stamp-wrong"
    assert code_of(replace(paper, group=2)) == "stamp-wrong"


def test_another_choice_needs_the_key_of_the_paper() -> None:
    paper = next(paper for _, paper in PAPERS if paper.choice == "for")
    other = next(paper for _, paper in PAPERS if paper.choice == "abstain")
    assert code_of(replace(paper, choice="against")) == "signature-wrong"
    assert code_of(replace(paper, signature=bytes(64))) == "signature-wrong"
    assert code_of(replace(paper, signature=other.signature)) == "signature-wrong"


def test_stamp_made_for_another_key_is_refused() -> None:
    registrar = Registrar()
    registrar.add("everyone")
    one, other = stamped_device(registrar), stamped_device(registrar)
    check_paper(one.paper("for"), BID, registrar.groups, choice_signed)
    stolen = replace(one.paper("for"), stamp=other.stamp, prefix=other.prefix)
    assert code_of(stolen, groups=registrar.groups) == "stamp-wrong"


def test_keys_are_pinned_with_names_sections_and_order() -> None:
    pinned = keys_hash(GROUPS)
    assert keys_hash(GROUPS[::-1]) != pinned
    assert keys_hash([replace(GROUPS[0], sections=("union",)), GROUPS[1]]) != pinned
    assert keys_hash([replace(GROUPS[0], n=GROUPS[0].n + 2), GROUPS[1]]) != pinned
    assert [group_from_dict(group.as_dict()) for group in GROUPS] == GROUPS


def test_canonical_text_is_sorted_and_without_spaces() -> None:
    assert canonical({"b": [1, "é“"], "a": None}) == '{"a":null,"b":[1,"é“"]}'.encode()
