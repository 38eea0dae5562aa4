"""Stations, dispositions and the balance sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.refusal import Refused
from facilitate.domain.stations import (
    DEFAULT_REASONS,
    DISPOSITION_LABELS,
    STATION_LABELS,
    Disposition,
    Received,
    Station,
    StationFacts,
    balance,
    check_disposition,
    needs_reason,
    station_of,
)


@pytest.mark.parametrize(("facts", "station"), [
    (StationFacts(), Station.RECEIVED),
    (StationFacts(read=True), Station.READ),
    (StationFacts(read=True, themes=1), Station.IN_THEME),
    (StationFacts(themes=1), Station.IN_THEME),
    (StationFacts(read=True, motions=1), Station.IN_MOTION),
    (StationFacts(read=True, themes=2, motions=1, ballots=1), Station.IN_BALLOT),
])
def test_station_is_the_furthest_that_the_links_show(facts: StationFacts, station: Station) -> None:
    assert station_of(facts) is station


def test_everything_has_a_label() -> None:
    assert set(STATION_LABELS) == set(Station)
    assert set(DISPOSITION_LABELS) == set(Disposition)
    assert len(Disposition) == 13


def test_every_end_but_adoption_and_taking_back_owes_a_reason() -> None:
    assert [one for one in Disposition if not needs_reason(one)] == ["adopted", "withdrawn"]


def refusal_of(*given_: object) -> str:
    with pytest.raises(Refused) as refusal:
        check_disposition(*given_)  # type: ignore[arg-type]
    return refusal.value.code


def test_disposition_is_taken_with_a_reason_from_the_list() -> None:
    check_disposition(Disposition.ADOPTED, None)
    check_disposition(Disposition.WITHDRAWN, None)
    check_disposition(Disposition.LOST, "room-voted-against", note="By 361 to 812.")
    check_disposition(Disposition.NOTED, "house-reason", {"house-reason": "As our standing orders say."})


def test_disposition_is_refused() -> None:
    assert refusal_of(Disposition.NOT_ADOPTED, None) == "reason-missing"
    assert refusal_of(Disposition.NOT_ADOPTED, "") == "reason-missing"
    assert refusal_of(Disposition.NOT_ADOPTED, "because") == "unknown-reason"
    assert refusal_of(Disposition.ADOPTED, "because") == "unknown-reason"
    assert refusal_of(Disposition.NOTED, "no-time", tuple(DEFAULT_REASONS), "x" * 1001) == "note-too-long"


def of(kind: str, *ids: str) -> list[Received]:
    return [Received(id_, kind) for id_ in ids]


def test_balance_is_exact_by_kind() -> None:
    received = [*of("idea", "a", "b"), *of("submission", "s")]
    lines = balance(received, of("idea", "a"), [*of("idea", "b"), *of("submission", "s")])
    assert [(line.kind, line.received, line.open, line.ended, line.difference) for line in lines] == [
        ("idea", 2, 1, 1, 0), ("submission", 1, 0, 1, 0)]
    assert all(line.is_exact for line in lines)


def test_a_lost_and_a_doubled_comment_do_not_cancel_out() -> None:
    line = balance(of("idea", "a", "b"), of("idea", "a"), of("idea", "a"))[0]
    assert line.difference == 0
    assert (line.lost, line.doubled, line.named, line.is_exact) == (("b",), ("a",), ("b", "a"), False)


def test_what_never_came_in_is_named() -> None:
    line = balance(of("idea", "a"), of("idea", "a"), of("idea", "ghost"))[0]
    assert (line.kind, line.difference, line.strange, line.is_exact) == ("idea", -1, ("ghost",), False)


def test_comment_received_twice_is_named() -> None:
    line = balance(of("idea", "a", "a"), of("idea", "a"), [])[0]
    assert (line.difference, line.doubled, line.is_exact) == (1, ("a",), False)


KINDS = st.sampled_from(["support", "concern", "submission"])


@given(st.dictionaries(st.text(max_size=3), st.tuples(KINDS, st.booleans())))
def test_sheet_with_everything_in_one_place_is_exact(things: dict[str, tuple[str, bool]]) -> None:
    received = [Received(id_, kind) for id_, (kind, _) in things.items()]
    open_ = [Received(id_, kind) for id_, (kind, is_open) in things.items() if is_open]
    ended = [Received(id_, kind) for id_, (kind, is_open) in things.items() if not is_open]
    lines = balance(received, open_, ended)
    assert all(line.is_exact for line in lines)
    assert sum(line.received for line in lines) == len(things)
    assert sum(line.open for line in lines) + sum(line.ended for line in lines) == len(things)


@given(st.dictionaries(st.text(max_size=3), st.tuples(KINDS, st.booleans()), min_size=1), st.data())
def test_sheet_notices_any_one_thing_missing_doubled_or_strange(
        things: dict[str, tuple[str, bool]], data: st.DataObject) -> None:
    received = [Received(id_, kind) for id_, (kind, _) in things.items()]
    open_ = [Received(id_, kind) for id_, (kind, is_open) in things.items() if is_open]
    ended = [Received(id_, kind) for id_, (kind, is_open) in things.items() if not is_open]
    victim = data.draw(st.sampled_from(sorted(things)))
    fault = data.draw(st.sampled_from(["missing", "doubled", "strange"]))
    if fault == "missing":
        open_ = [each for each in open_ if each.id != victim]
        ended = [each for each in ended if each.id != victim]
    elif fault == "doubled":
        open_.append(Received(victim, things[victim][0]))
    else:
        received = [each for each in received if each.id != victim]
    named = {"missing": "lost", "doubled": "doubled", "strange": "strange"}[fault]
    lines = balance(received, open_, ended)
    assert [getattr(line, named) for line in lines if not line.is_exact] == [(victim,)]
