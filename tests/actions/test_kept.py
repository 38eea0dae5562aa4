"""Points that cannot be comments yet: kept once, bounded, and ended by a person or by arriving."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from facilitate.domain.kept import LONGEST, MOST
from facilitate.store.rows import Comment, KeptItem
from tests.people import Hall, refused


def came(text: str = "What was said", **other: Any) -> dict[str, Any]:
    """An odd point as the door hands it on."""
    raw = json.dumps({"type": "record-comment", "data": {"text": text}})
    return {"cause": "unreadable", "raw": raw, "data": None, "why": "kind: no such.", **other}


def point(hall: Hall, **other: Any) -> dict[str, Any]:
    """A point that reads, as record-comment has it."""
    given = {"item": hall.new_id(), "n": 4, "passage": hall.passage("HOU-1.1"), "kind": "idea", "agree": 2}
    rest = {"against": 0, "text": "From the old laptop"} | dict.fromkeys(("round", "parent", "ops", "at"))
    return given | rest | other


def waiting(hall: Hall) -> list[KeptItem]:
    """Those that wait at the desk, in their order."""
    with hall.reads() as session:
        query = select(KeptItem).where(KeptItem.state == "open").order_by(KeptItem.reference)
        return list(session.scalars(query))


def balance(hall: Hall, kind: str) -> tuple[int, int, int, int]:
    """One line of the balance sheet: received, open, ended, difference."""
    lines = {line["kind"]: line for line in hall.sees("desk")["balance"]["balance"]["kinds"]}
    line = lines[kind]
    return line["received"], line["open"], line["ended"], line["difference"]


def typed(hall: Hall, kept: str, **other: Any) -> dict[str, Any]:
    """The desk's form for a kept point."""
    given = {"kept": kept, "passage": hall.passage("HOU-1.2"), "kind": "concern", "agree": 3, "against": 1}
    return given | {"text": "As somebody read it", "table": None} | other


def test_the_same_odd_point_is_kept_once(talking: Hall) -> None:
    fay = talking.as_("Fay")
    first = fay.does("keep-item", came())
    assert fay.does("keep-item", came()) == first
    assert first["kept"] == "K-001"
    [row] = waiting(talking)
    assert (row.table_number, row.sender_name, row.cause) == (1, "Fay", "unreadable")
    assert balance(talking, "kept") == (1, 1, 0, 0)


def test_a_typed_in_point_is_the_tables_comment_under_its_own_id(talking: Hall) -> None:
    item = talking.new_id()
    talking.as_("Fay").does("keep-item", came(item=item))
    [row] = waiting(talking)
    made = talking.as_("Thea").does("type-in-kept", typed(talking, row.id))
    comment = talking.row(Comment, item)
    assert (comment.reference, comment.table_number, comment.marks) == (made["ref"], 1, ["typed-in"])
    assert balance(talking, "kept") == (1, 0, 1, 0)
    assert balance(talking, "comments") == (1, 1, 0, 0)
    with refused("kept-ended"):
        talking.as_("Clement").does("type-in-kept", typed(talking, row.id))


def test_what_the_laptop_sends_later_stands_beside_what_was_typed_in(talking: Hall) -> None:
    item = talking.new_id()
    talking.as_("Fay").does("keep-item", came(item=item))
    talking.as_("Clement").does("type-in-kept", typed(talking, waiting(talking)[0].id))
    talking.as_("Fay").says("As it was meant", item=item)
    states = [c["state"] for c in talking.sees("themes")["comment"].values()]
    assert sorted(states) == ["current", "superseded"]


def test_a_point_that_arrives_after_all_ends_what_was_kept_of_it(talking: Hall) -> None:
    item = talking.new_id()
    talking.as_("Fay").does("keep-item", came(item=item))
    talking.as_("Fay").says("From the newer page", item=item)
    assert waiting(talking) == []
    ended = next(entry for entry in talking.told if entry.action == "kept-item-arrived")
    assert talking.row(KeptItem, ended.subject.removeprefix("kept:")).state == "arrived"
    assert balance(talking, "kept") == (1, 0, 1, 0)


def test_a_point_of_an_ended_sign_in_becomes_a_marked_comment_when_admitted(talking: Hall) -> None:
    data = point(talking)
    talking.as_("Laptop of table 2").does("keep-item", came(cause="signed-out", data=data))
    assert talking.sees("themes")["comment"] == {}
    [row] = waiting(talking)
    assert balance(talking, "quarantine") == (1, 1, 0, 0)
    talking.as_("Clement").does("admit-kept", {"kept": [row.id]})
    comment = talking.row(Comment, data["item"])
    assert (comment.table_number, comment.marks, comment.text) == (2, ["admitted"], "From the old laptop")
    assert balance(talking, "quarantine") == (1, 0, 1, 0)


def test_a_point_that_is_here_already_is_not_put_into_quarantine(talking: Hall) -> None:
    data = point(talking)
    laptop = talking.as_("Laptop of table 2")
    said = laptop.does("record-comment", {k: v for k, v in data.items() if v is not None})
    assert laptop.does("keep-item", came(cause="signed-out", data=data))["ref"] == said["ref"]
    assert waiting(talking) == []


def test_what_cannot_be_read_is_typed_in_and_not_admitted(talking: Hall) -> None:
    talking.as_("Fay").does("keep-item", came(cause="signed-out"))
    with refused("not-readable"):
        talking.as_("Clement").does("admit-kept", {"kept": [waiting(talking)[0].id]})


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_ends_without_a_reason(talking: Hall, reason: str) -> None:
    talking.as_("Fay").does("keep-item", came())
    key = waiting(talking)[0].id
    with refused("reason-missing"):
        talking.as_("Thea").does("end-kept", {"kept": [key], "reason": reason})
    talking.as_("Thea").does("end-kept", {"kept": [key], "reason": "A cat on the keys"})
    assert talking.row(KeptItem, key).reason == "A cat on the keys"
    assert talking.told[-1].reason == "A cat on the keys"


def test_one_mad_laptop_cannot_fill_the_disk(talking: Hall) -> None:
    fay = talking.as_("Fay")
    with refused("kept-too-long"):
        fay.does("keep-item", came(raw="x" * (LONGEST + 1)))
    for n in range(15):
        fay.does("keep-item", came(raw=json.dumps({"n": n, "text": "x" * (LONGEST - 40)})))
    with refused("kept-too-many"):
        fay.does("keep-item", came(raw=json.dumps({"n": 15, "text": "x" * (LONGEST - 40)})))
    femi = talking.as_("Femi")
    for n in range(MOST):
        femi.does("keep-item", came(raw=json.dumps({"n": n})))
    with refused("kept-too-many"):
        femi.does("keep-item", came(raw=json.dumps({"n": MOST})))
