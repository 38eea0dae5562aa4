"""Hall: rounds for whoever types a sheet of paper in, and what is printed on the sheets of a round."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.programme import Reach
from facilitate.store.rows import Assignment, Item, Passage, TableRow, Track


def rounds(session: Session) -> list[dict[str, Any]]:
    """Every round in the order of the day.

    Shape: id, title, day, state, and track where there are several.
    """
    several = (session.scalar(select(func.count()).select_from(Track)) or 0) > 1
    rows = session.execute(
        select(Item, Track.name)
        .join(Track, Track.id == Item.track_id)
        .where(Item.kind == "round")
        .order_by(Item.planned, Item.position)
    )
    return [
        {"id": i.id, "title": i.title, "day": i.day, "state": i.state, "track": track if several else ""}
        for i, track in rows
    ]


def sheets_of(session: Session, item: Item, table: int | None) -> list[dict[str, Any]]:
    """What each table's sheet of a round shows; of one table, or of all of the round's track.

    Shape: number, and passages as reference and words in the order of the document.
    """
    given = session.execute(
        select(Assignment, Passage.reference, Passage.heading, Passage.text)
        .join(Passage, Passage.id == Assignment.passage_id)
        .where(Assignment.item_id == item.id)
        .order_by(Passage.position)
    ).all()
    tables = select(TableRow.number).order_by(TableRow.number)
    tables = tables.where(TableRow.number == table) if table else tables.where(_of_track(item))
    return [
        {
            "number": number,
            "passages": [
                {"ref": ref, "text": text or heading} for a, ref, heading, text in given if _is_for(a, number)
            ],
        }
        for number in session.scalars(tables)
    ]


def _of_track(item: Item) -> Any:
    return TableRow.track_id.is_(None) | (TableRow.track_id == item.track_id)


def _is_for(assignment: Assignment, table: int) -> bool:
    first, last = assignment.first_table, assignment.last_table
    return assignment.reach != Reach.BLOCK or (first or 0) <= table <= (last or 0)
