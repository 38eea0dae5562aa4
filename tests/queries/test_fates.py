"""A body's document of fates is complete and only for who may read it; a delegate's points stand together."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select

from facilitate.formats.fates import fate_sections, sum_line
from facilitate.formats.report_pdf import Report, report_data, report_pdf
from facilitate.queries import View
from facilitate.queries.fates import Fates, fates_of, own_points
from facilitate.store.rows import Comment, Delegation, KeptItem, Submission
from facilitate.store.session import write_sessions
from tests.busy import acts
from tests.people import Hall

SENT: tuple[tuple[str, str, list[str]], ...] = (
    ("Cap the rents", "NOR", ["HOU-1.2"]),
    ("Tax empty homes", "Union of Workshops", []),
)
TABLES = {"NOR": {1, 3}, "WRK": {2}}


@pytest.fixture
def busy(hall: Hall) -> Hall:
    for _, act in acts(hall):
        act()
    return hall


@pytest.fixture
def small(hall: Hall) -> Hall:
    rows = [{"title": t, "text": f"{t}.", "body": b, "passages": p} for t, b, p in SENT]
    hall.office("import-submissions", {"rows": rows})
    return hall


@pytest.fixture
def talked(small: Hall) -> Hall:
    """Table 1 and table 3 have said something; Absalom of Northern Moor sits at table 3."""
    absalom = small.as_("Absalom").id
    small.office("seat-people", {"seats": [{"person": absalom, "table": 3}]})
    small.reaches("Homes that are built")
    small.as_("Fay").says("Build more", "HOU-1.1", item=small.new_id())
    small.as_("Sol").says("Build less", "HOU-1.1", item=small.new_id())
    return small


def fates(hall: Hall, reader: str, code: str) -> Fates | None:
    with hall.reads() as session:
        return fates_of(View(session, hall.clock.moment), hall.as_(reader).actor, code)


def found(hall: Hall, reader: str, code: str) -> Fates:
    told = fates(hall, reader, code)
    assert told is not None
    return told


def printed(told: Fates) -> list[dict[str, Any]]:
    steps = {story.ref: [("", step) for step in story.steps] for story in (*told.submissions, *told.comments)}
    return fate_sections(told, steps, "https://forum.example")


def test_a_body_s_document_of_fates_is_complete(busy: Hall) -> None:
    ended = 0
    for code in ("NOR", "WRK"):
        told = found(busy, "Clement", code)
        with busy.reads() as session:
            body = session.scalars(select(Delegation.id).where(Delegation.code == code)).one()
            sent = session.scalars(select(Submission.reference).where(Submission.delegation_id == body)).all()
            said = session.scalars(
                select(Comment.reference).where(Comment.state != "superseded")
                .where(Comment.table_number.in_(told.tables))
            ).all()  # fmt: skip
            kept = session.scalars(
                select(KeptItem.reference)
                .where(KeptItem.table_number.in_(told.tables), KeptItem.comment_id.is_(None))
            ).all()  # fmt: skip
        assert TABLES[code] <= set(told.tables)
        assert sorted(s.ref for s in told.submissions) == sorted(sent)
        assert sorted(s.ref for s in told.comments) == sorted(said) and said
        assert sorted(k.ref for k in told.kept) == sorted(kept)
        assert not told.withheld
        for each in told.sums:
            assert (each.difference, each.lost) == (0, ())
            assert each.received == each.open + each.ended
        assert [each.received for each in told.sums] == [len(sent), len(said)]
        ended += sum(each.ended for each in told.sums)
        paper, stories = str(printed(told)), (*told.submissions, *told.comments)
        assert all(story.title in paper and story.text in paper for story in stories)
        assert all(step.sentence in paper for story in stories for step in story.steps)
    assert ended


def test_a_submission_that_is_nowhere_any_more_is_named(small: Hall) -> None:
    with write_sessions(small.database)() as session:
        session.execute(delete(Submission).where(Submission.reference == "S-001"))
        session.commit()
    told = found(small, "Dara", "NOR")
    assert told.submissions == ()
    assert (told.sums[0].difference, told.sums[0].lost) == (1, ("S-001",))
    assert sum_line(told.sums[0]).endswith("This does not add up: 1 too many. Lost: S-001.")


@pytest.mark.parametrize(
    ("name", "nor", "wrk"),
    [
        ("Dara", True, False), ("Absalom", True, False), ("Dora", False, True), ("Clement", True, True),
        ("Amara", True, True), ("Thea", False, False), ("Tess", False, False), ("Sigrid", False, False),
        ("Attila", False, False), ("Fay", False, False), ("Rex", False, False),
    ],
)  # fmt: skip
def test_a_body_s_document_is_for_its_delegates_the_clerk_and_the_chair(
    small: Hall, name: str, *, nor: bool, wrk: bool
) -> None:
    assert (fates(small, name, "NOR") is not None, fates(small, name, "WRK") is not None) == (nor, wrk)
    assert fates(small, name, "nobody") is None


def test_where_tables_are_not_named_another_table_s_points_are_counted_and_not_told(talked: Hall) -> None:
    everything = found(talked, "Dara", "NOR")
    assert {story.ref for story in everything.comments} == {"1/1", "3/1"}
    talked.office("set-event", {"settings": {"names_tables": False}})
    told = found(talked, "Dara", "NOR")
    assert {story.ref for story in told.comments} == {"1/1"}
    assert told.withheld == 1
    assert (told.sums, everything.withheld) == (everything.sums, 0)
    assert found(talked, "Clement", "NOR").withheld == 0


def test_a_delegate_finds_all_of_their_table_s_and_body_s_in_one_place(talked: Hall) -> None:
    missed = {"item": talked.new_id(), "text": "Our point on rents"}
    talked.as_("Dara").does("report-missing", missed)
    talked.as_("Dev").does("report-missing", missed | {"item": talked.new_id()})
    with talked.reads() as session:
        own = own_points(View(session, talked.clock.moment), talked.as_("Dara").actor)
    assert [(each.ref, each.end) for each in own.comments] == [("1/1", "Still open")]
    assert [(each.text, each.end) for each in own.missing] == [("Our point on rents", "Still open")]
    assert (own.body, [each.ref for each in own.submissions]) == ("NOR", ["S-001"])


def test_the_document_is_printed(small: Hall) -> None:
    told = found(small, "Dara", "NOR")
    event = {"name": "Forum", "rehearsal": False, "zone": "Europe/London"}
    report = Report("What became of it", "For Northern Moor CLP.", "Copy for Dara.")
    paper = report_pdf(report_data(event, report, printed(told), (1, "0" * 64), small.clock.moment))
    assert paper.startswith(b"%PDF")
