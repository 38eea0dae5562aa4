"""Hall: a table answers another table's comment, changes its answer, or takes it back."""

from __future__ import annotations

from typing import Any

from facilitate.domain.refusal import Refused
from facilitate.domain.responses import check_response
from facilitate.store.capture import table_of
from facilitate.store.points import standing_wordings
from facilitate.store.responses import put_response, take_response
from facilitate.store.rows import Comment
from facilitate.store.writer import Transaction


def respond_to_comment(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Note what a table says of another table's comment; no response takes the earlier one back.

    An answer to a wording that was corrected meanwhile stands to what it became.

    Errors: `no-table`, `unknown-comment`, `own-comment`, `already-withdrawn`.
    """
    table = table_of(tx)
    asked = tx.session.get(Comment, data["comment"])
    if asked is None:
        raise Refused("unknown-comment", "The centre does not know this comment yet.", "comment")
    standing = standing_wordings(tx.session, asked.id)
    check_response(asked.table_number, table, stands=bool(standing))
    images: dict[str, Any] = {}
    for comment in standing:
        if data["response"] is None:
            images |= take_response(tx, comment.id, table) or {}
        else:
            images |= put_response(tx, comment.id, table, data["response"], asked.id)
    if images:
        tx.record(
            "response-taken-back" if data["response"] is None else "response-given",
            f"comment:{standing[0].id}", images=images, touches=[f"comment:{c.id}" for c in standing],
            audiences=["themes", f"table:{asked.table_number}", f"table:{table}+echo"],
        )  # fmt: skip
    return {"response": data["response"]}
