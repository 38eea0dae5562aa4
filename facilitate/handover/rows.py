"""Every stage: copies an event row by row from one database to another, whichever kind each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import JSON, Connection, LargeBinary, String, Table, cast, delete, insert, select
from sqlalchemy import column as named_column
from sqlalchemy import table as named_table
from sqlalchemy.sql.expression import TableClause

from facilitate.store.rows import Row

# Who is signed in stays behind: on the new host everybody signs in again.
LEFT_BEHIND = frozenset({"sessions"})
_AT_ONCE = 1000
# Files hold up to 25 MB each.
_LARGE_AT_ONCE = 1


def empty(target: Connection) -> None:
    """Delete every row of the event."""
    for table in reversed(Row.metadata.sorted_tables):
        target.execute(delete(table))


def copy_rows(source: Connection, target: Connection) -> int:
    """Copy every row but those that stay behind, in the order of their keys; says how many.

    The order in which rows came is not copied: of papers it would tell who cast them.
    """
    count = 0
    for table in Row.metadata.sorted_tables:
        if table.name not in LEFT_BEHIND:
            bare = _bare(table)
            for rows in _batches(table, _parents_first(table, _read(source, table, bare))):
                target.execute(insert(bare), rows)
                count += len(rows)
    return count


def _bare(table: Table) -> TableClause:
    """The table with its JSON as text: None and null are two things in it, and each stays."""
    return named_table(
        table.name,
        *(named_column(c.name, String() if isinstance(c.type, JSON) else c.type) for c in table.columns),
    )


def _read(source: Connection, table: Table, bare: TableClause) -> Iterator[dict[str, Any]]:
    keys = [bare.c[key.name] for key in table.primary_key.columns]
    # One of the drivers would read JSON as it comes, and null would be None.
    columns = [
        cast(bare.c[c.name], String()).label(c.name) if isinstance(c.type, JSON) else bare.c[c.name]
        for c in table.columns
    ]
    found = source.execution_options(yield_per=_size(table)).execute(select(*columns).order_by(*keys))
    for row in found.mappings():
        yield dict(row)


def _size(table: Table) -> int:
    return _LARGE_AT_ONCE if any(isinstance(c.type, LargeBinary) for c in table.columns) else _AT_ONCE


def _batches(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _size(table):
            yield batch
            batch = []
    if batch:
        yield batch


def _parents_first(table: Table, rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Rows that point at others of their own table come after those."""
    pointing = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if not pointing:
        return rows
    [key] = table.primary_key.columns
    return _sorted({row[key.name]: row for row in rows}, pointing)


def _sorted(rows: dict[Any, dict[str, Any]], pointing: list[str]) -> Iterator[dict[str, Any]]:
    waiting, done = dict(rows), set[Any]()
    while waiting:
        ready = [
            key
            for key, row in waiting.items()
            if all(row[name] is None or row[name] in done or row[name] == key for name in pointing)
        ]
        if not ready:
            raise ValueError("rows of one table point at each other in a circle")
        for key in ready:
            yield waiting.pop(key)
        done.update(ready)
