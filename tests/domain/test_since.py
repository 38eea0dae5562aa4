"""What is new to a signatory: everything that others did to words that they have not read as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.signoff import Act, SigningAct
from facilitate.domain.since import Happening, Kind, Look, since_last

START = datetime(2027, 4, 1, 10, tzinfo=UTC)
PASSAGES = (("HOU-1", "h1"), ("HOU-2", "new"))


def at(number: int) -> datetime:
    return START + timedelta(minutes=number)


def signed(person: str, passage: str, words: str, number: int) -> tuple[SigningAct, datetime]:
    return SigningAct(number, passage, person, Act.ACCEPT, words), at(number)


def happened(kind: Kind, number: int, passage: str | None, who: str = "ben") -> Happening:
    return Happening(kind, at(number), number, passage, who)


def test_whoever_never_looked_has_nothing_to_compare_with() -> None:
    assert since_last("amina", None, [signed("ben", "HOU-1", "h1", 3)], PASSAGES, []) is None


def test_a_passage_is_new_until_its_own_words_were_read() -> None:
    look = Look(10, at(10), {"HOU-1": "h1", "HOU-2": "old"})
    found = since_last("amina", look, [], PASSAGES, [happened(Kind.CHANGED, 12, "HOU-2")])
    assert found is not None
    assert (found.changed, [each.kind for each in found.happenings]) == (("HOU-2",), [Kind.CHANGED])
    acts = [signed("amina", "HOU-2", "new", 14)]
    found = since_last("amina", look, acts, PASSAGES, [happened(Kind.CHANGED, 12, "HOU-2")])
    assert found is not None and not found.changed and not found.happenings


def test_signing_one_passage_hides_nothing_that_happened_to_another() -> None:
    look = Look(10, at(10), {"HOU-1": "h1", "HOU-2": "old"})
    acts = [signed("amina", "HOU-1", "h1", 20)]
    happenings = [
        happened(Kind.RETURNED, 15, "HOU-2"), happened(Kind.RETURNED, 15, "HOU-1"),
        happened(Kind.OFFERED, 16, None, ""), Happening(Kind.ENDED, at(21), about="2/1"),
        Happening(Kind.ENDED, at(19), about="3/1"),
    ]  # fmt: skip
    found = since_last("amina", look, acts, PASSAGES, happenings)
    assert found is not None
    assert [(each.kind, each.passage or each.about) for each in found.happenings] == [
        (Kind.RETURNED, "HOU-2"), (Kind.ENDED, "2/1"),
    ]  # fmt: skip


def test_signing_one_passage_makes_no_other_look_changed() -> None:
    acts = [signed("amina", "HOU-1", "h1", 20)]
    first, later = (
        Look(n, at(n), {"HOU-1": "h1", "HOU-2": words}) for n, words in ((10, "new"), (30, "other"))
    )
    happenings = [happened(Kind.RETURNED, 15, "HOU-2")]
    found = since_last("amina", None, acts, PASSAGES, happenings, [first, later])
    assert found is not None
    assert (found.changed, [each.passage for each in found.happenings]) == ((), ["HOU-2"])
    found = since_last("amina", None, acts, (*PASSAGES[:1], ("HOU-2", "other")), [], [first, later])
    assert found is not None and found.changed == ("HOU-2",)


def test_nobody_is_told_of_their_own_deeds() -> None:
    look = Look(10, at(10), {"HOU-1": "h1", "HOU-2": "new"})
    found = since_last("amina", look, [], PASSAGES, [happened(Kind.SIGNED, 11, "HOU-1", "amina")])
    assert found is not None and found.happenings == ()


@given(st.dictionaries(st.sampled_from(["HOU-1", "HOU-2", "HOU-3"]), st.sampled_from(["h1", "new", "old"])))
def test_what_changed_is_exactly_what_reads_differently(seen: dict[str, str]) -> None:
    found = since_last("amina", Look(1, at(1), seen), [], PASSAGES, [])
    assert (found is None) == (not seen)
    if found:
        assert found.changed == tuple(ref for ref, words in PASSAGES if seen.get(ref) != words)
