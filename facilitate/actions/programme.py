"""Before: writes the running order with its tracks and says which tables discuss which passages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from facilitate.domain.programme import ItemKind, read_local, to_utc
from facilitate.domain.refusal import Refused
from facilitate.store.rows import Assignment, Ballot, Comment, Event, Item, Passage, Row, TableRow, Track
from facilitate.store.writer import Transaction

_ROOM = ["delegates", "themes"]


def write_programme(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Write the running order; items that have not been reached are replaced, others stay.

    Shape: data["tracks"] are mappings with name and perhaps tables (numbers); data["items"] have track (a
    name), kind, title, planned (local "2027-03-27T10:00"), minutes and assignments: mappings with passage
    (a reference), reach (all, block or choice) and for a block first and last.
    Units: planned times are the event's local time.
    Errors: `unknown-track`, `unknown-kind`, `bad-time`, `time-does-not-exist`, `unknown-passage`.
    """
    used, gone = _clear(tx)
    tracks = _tracks(tx, data["tracks"])
    passages = {p.reference: p.id for p in tx.session.scalars(select(Passage))}
    items: list[Item] = []
    assignments: list[Assignment] = []
    for place, row in enumerate(data["items"], 1):
        if row.get("id") in used:
            used[row["id"]].position = place
            items.append(used[row["id"]])
            continue
        item = _item(tx, row, place, tracks)
        items.append(item)
        assignments += [_assignment(tx, item, each, passages) for each in row.get("assignments", [])]
    tx.session.add_all(items)
    tx.session.flush()
    tx.session.add_all(assignments)
    tables = list(tx.session.scalars(select(TableRow)))
    rows: list[Row] = [*tracks.values(), *items, *assignments, *tables]
    tx.record(
        "programme-written", "event:event", rows=rows, images=gone, audiences=[*_ROOM, "echo"],
        touches=[f"{kind}:{t.id}" for t in tracks.values() for kind in ("track", "heard")]
        + [f"item:{i.id}" for i in items],
    )  # fmt: skip
    return {"items": len(items), "tracks": len(tracks)}


def _clear(tx: Transaction) -> tuple[dict[str, Item], dict[str, Any]]:
    """Take away what is only planned.

    Shape: the items that stay because something happened in them, and the journal's images of the others.
    """
    held = set(tx.session.scalars(select(Comment.item_id).distinct())) | set(
        tx.session.scalars(select(Ballot.item_id).distinct())
    )
    every = list(tx.session.scalars(select(Item)))
    used = {item.id: item for item in every if item.state != "planned" or item.id in held}
    free = [item.id for item in every if item.id not in used]
    gone: dict[str, Any] = {f"items:{i}": None for i in free}
    links = tx.session.scalars(select(Assignment.id).where(Assignment.item_id.in_(free)))
    gone |= {f"assignments:{a}": None for a in links}
    tx.session.execute(delete(Assignment).where(Assignment.item_id.in_(free)))
    tx.session.execute(delete(Item).where(Item.id.in_(free)))
    return used, gone


def _tracks(tx: Transaction, rows: list[dict[str, Any]]) -> dict[str, Track]:
    known = {t.name: t for t in tx.session.scalars(select(Track))}
    spare = _unused(tx, known, {row["name"] for row in rows})
    for place, row in enumerate(rows, 1):
        track = known.get(row["name"])
        if track is None:
            track = spare.pop() if spare else Track(id=tx.new_id(), current_item=None)
            known.pop(track.name, None)
            track.name, track.position = row["name"], place
            tx.session.add(track)
            known[track.name] = track
        track.position = place
        tx.session.flush()
        for table in tx.session.scalars(select(TableRow).where(TableRow.number.in_(row.get("tables", [])))):
            table.track_id = track.id
    return known


def _unused(tx: Transaction, known: dict[str, Track], named: set[str]) -> list[Track]:
    """Tracks without an item that the new running order does not name: their place is taken over."""
    used = set(tx.session.scalars(select(Item.track_id).distinct()))
    return [track for track in known.values() if track.name not in named and track.id not in used]


def _item(tx: Transaction, row: dict[str, Any], place: int, tracks: dict[str, Track]) -> Item:
    if row["track"] not in tracks:
        raise Refused("unknown-track", f"“{row['title']}”: there is no track “{row['track']}”.", "track")
    try:
        kind = ItemKind(row["kind"])
    except ValueError:
        raise Refused(
            "unknown-kind", f"“{row['title']}”: “{row['kind']}” is not a kind of item.", "kind"
        ) from None
    planned = read_local(row["planned"])
    to_utc(planned, tx.session.get_one(Event, "event").zone)
    return Item(
        id=row.get("id") or tx.new_id(), track_id=tracks[row["track"]].id, position=place,
        day=f"{planned:%Y-%m-%d}", kind=kind.value, title=row["title"],
        planned=f"{planned:%Y-%m-%dT%H:%M}", minutes=row["minutes"], state="planned",
    )  # fmt: skip


def _assignment(tx: Transaction, item: Item, row: dict[str, Any], passages: dict[str, str]) -> Assignment:
    if row["passage"] not in passages:
        raise Refused("unknown-passage", f"“{item.title}”: there is no passage {row['passage']}.", "passage")
    reach = row.get("reach", "all")
    if reach not in ("all", "block", "choice"):
        raise Refused("unknown-reach", f"“{item.title}”: “{reach}” is not all, block or choice.", "reach")
    return Assignment(
        id=tx.new_id(), item_id=item.id, passage_id=passages[row["passage"]], reach=reach,
        first_table=row.get("first"), last_table=row.get("last"),
    )  # fmt: skip
