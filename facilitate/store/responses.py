"""Hall: tables' answers to other tables' comments, which follow a comment through its corrections."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select

from facilitate.store.rows import Comment, ResponseRow, plain
from facilitate.store.writer import Transaction


def put_response(tx: Transaction, comment: str, table: int, response: str, given_to: str) -> dict[str, Any]:
    """Let one answer of a table stand to a comment, in place of its earlier one.

    Shape: the after-image of the row, by its name in the journal.
    """
    tx.session.execute(_at(comment, table))
    return _keep(tx, comment, table, {"response": response, "given_to": given_to, "at": tx.now})


def take_response(tx: Transaction, comment: str, table: int) -> dict[str, Any] | None:
    """Take a table's answer to a comment away; None where it has given none."""
    if tx.session.get(ResponseRow, (comment, table)) is None:
        return None
    tx.session.execute(_at(comment, table))
    return {f"responses:{comment}/{table}": None}


def move_responses(tx: Transaction, wordings: dict[str, Comment], standing: set[str]) -> dict[str, Any]:
    """Let the answers to a corrected wording stand to what it became; a withdrawn point keeps its own.

    Shape: the after-images of the rows.
    """
    rows = list(tx.session.scalars(select(ResponseRow).where(ResponseRow.comment_id.in_(list(wordings)))))
    taken = {(row.comment_id, row.table_number) for row in rows}
    images: dict[str, Any] = {}
    for row in rows if standing else ():
        if row.comment_id in standing:
            continue
        table, said = row.table_number, {"response": row.response, "given_to": row.given_to, "at": row.at}
        images[f"responses:{row.comment_id}/{table}"] = None
        tx.session.execute(_at(row.comment_id, table))
        for heir in sorted(standing):
            if (heir, table) not in taken:
                taken.add((heir, table))
                images |= _keep(tx, heir, table, said)
    return images


def _at(comment: str, table: int) -> Any:
    return delete(ResponseRow).where(ResponseRow.comment_id == comment, ResponseRow.table_number == table)


def _keep(tx: Transaction, comment: str, table: int, said: dict[str, Any]) -> dict[str, Any]:
    row = {"comment_id": comment, "table_number": table, **said}
    tx.session.execute(insert(ResponseRow).values(row))
    return {f"responses:{comment}/{table}": {key: plain(value) for key, value in row.items()}}
