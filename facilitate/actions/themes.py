"""Hall: the theme team reads comments, groups them into themes and names, merges and splits these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, insert, select

from facilitate.domain import themes as rules
from facilitate.domain.refusal import Refused
from facilitate.store.points import WITHDRAWN, standing_wordings
from facilitate.store.rows import Comment, Passage, Theme, ThemeComment
from facilitate.store.writer import Transaction

_ROOM = ["themes", "delegates"]


def mark_read(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Note that somebody has read these comments."""
    chosen = list(
        tx.session.scalars(select(Comment).where(Comment.id.in_(data["comments"]), Comment.read_at.is_(None)))
    )
    for comment in chosen:
        comment.read_at = tx.now
    if chosen:
        _tell_comments(tx, "comments-read", f"comment:{chosen[0].id}", chosen)
    return {"read": len(chosen)}


def _tell_comments(
    tx: Transaction, action: str, subject: str, comments: Iterable[Comment], rows: Iterable[Any] = ()
) -> None:
    found = list(comments)
    tables = {f"table:{c.table_number}" for c in found}
    tx.record(
        action, subject, rows=[*rows, *found], touches=[f"comment:{c.id}" for c in found],
        audiences=[*_ROOM, *sorted(tables)],
    )  # fmt: skip


def the_theme(tx: Transaction, theme_id: str) -> Theme:
    """One theme that has not been merged away.

    Errors: `unknown-theme`, `theme-merged`.
    """
    theme = tx.session.get(Theme, theme_id)
    if theme is None:
        raise Refused("unknown-theme", "There is no such theme.", "theme")
    if theme.merged_into:
        raise Refused("theme-merged", f"“{theme.name}” was merged into another theme meanwhile.", "theme")
    return theme


def _as_rule(tx: Transaction, theme: Theme) -> rules.Theme:
    members = tx.session.scalars(select(ThemeComment.comment_id).where(ThemeComment.theme_id == theme.id))
    return rules.Theme(
        theme.id, theme.name, theme.document_id, theme.passage_id, frozenset(members), theme.quote
    )


def _others(tx: Transaction, theme: Theme) -> list[str]:
    return list(
        tx.session.scalars(
            select(Theme.name).where(
                Theme.passage_id == theme.passage_id, Theme.document_id == theme.document_id,
                Theme.id != theme.id, Theme.merged_into.is_(None),
            )
        )
    )  # fmt: skip


def _comments(tx: Transaction, ids: Iterable[str]) -> list[Comment]:
    wanted = set(ids)
    found = list(tx.session.scalars(select(Comment).where(Comment.id.in_(wanted))))
    if len(found) < len(wanted):
        raise Refused(
            "unknown-comment", "One of these comments is not here. Nothing was changed.", "comments"
        )
    standing: dict[str, Comment] = {}
    for comment in found:
        # Corrected while the theme team was reading: the wording that stands takes its place.
        now = standing_wordings(tx.session, comment.id) if comment.state == "superseded" else [comment]
        standing |= {each.id: each for each in now}
    gone = next((each for each in standing.values() if each.state == WITHDRAWN), None)
    if gone is not None or (wanted and not standing):
        name = gone.reference if gone else "This comment"
        raise Refused("comment-withdrawn", f"{name} was taken back by its table meanwhile.", "comments")
    return list(standing.values())


def _place(tx: Transaction, theme: Theme | None, comments: Iterable[Comment]) -> list[Theme]:
    """Put comments into one theme, out of any other; being grouped means having been read.

    Shape: the themes that have lost their quotation by it.
    """
    ids = [c.id for c in comments]
    silenced = list(tx.session.scalars(select(Theme).where(Theme.quote.in_(ids))))
    for each in silenced:
        each.quote = None
    tx.session.execute(delete(ThemeComment).where(ThemeComment.comment_id.in_(ids)))
    if theme is not None and ids:
        tx.session.execute(insert(ThemeComment), [{"comment_id": c, "theme_id": theme.id} for c in ids])
    for comment in comments:
        comment.read_at = comment.read_at or tx.now
    return silenced


def _touched(tx: Transaction, ids: Iterable[str]) -> list[str]:
    held = tx.session.scalars(
        select(ThemeComment.theme_id).where(ThemeComment.comment_id.in_(set(ids))).distinct()
    )
    return [f"theme:{t}" for t in held]


def name_theme(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Make a theme of some comments on one passage.

    Errors: `unknown-passage`, `item-taken`, `theme-name`, `theme-name-taken`, `comment-elsewhere`.
    """
    passage = tx.session.get(Passage, data["passage"])
    if passage is None:
        raise Refused("unknown-passage", "There is no such passage.", "passage")
    if tx.session.get(Theme, data["item"]):
        raise Refused("item-taken", "This theme was made before.", "item")
    theme = Theme(
        id=data["item"], document_id=passage.document_id, passage_id=passage.id, name="",
        position=_last_position(tx, passage.id) + 1, minority=False, made_at=tx.now,
    )  # fmt: skip
    theme.name = rules.check_name(data["name"], _others(tx, theme))
    comments = _comments(tx, data["comments"])
    _check_place(tx, theme, comments)
    before = _touched(tx, [c.id for c in comments])
    tx.session.add(theme)
    tx.session.flush()
    _tell(tx, "theme-named", theme, comments, before, rows=_place(tx, theme, comments))
    return {"name": theme.name}


def _last_position(tx: Transaction, passage: str) -> int:
    return tx.session.scalar(select(func.max(Theme.position)).where(Theme.passage_id == passage)) or 0


def _check_place(tx: Transaction, theme: Theme, comments: Iterable[Comment]) -> None:
    rule = rules.Theme(theme.id, theme.name, theme.document_id, theme.passage_id)
    for comment in comments:
        document = tx.session.get_one(Passage, comment.passage_id).document_id
        rules.check_belongs(rule, document, comment.passage_id)


def _tell(
    tx: Transaction, action: str, theme: Theme, comments: Iterable[Comment] = (),
    before: Iterable[str] = (), rows: Iterable[Theme] = (),
) -> None:  # fmt: skip
    found = list(comments)
    members = {f"theme_comments:{c.id}": {"comment_id": c.id, "theme_id": theme.id} for c in found}
    tables = sorted({f"table:{c.table_number}" for c in found})
    tx.record(
        action, f"theme:{theme.id}", rows=[theme, *rows, *found], images=members,
        touches=[*before, *(f"theme:{t.id}" for t in rows), *(f"comment:{c.id}" for c in found)],
        audiences=[*_ROOM, *tables],
    )  # fmt: skip


def rename_theme(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Give a theme another name."""
    theme = the_theme(tx, data["theme"])
    theme.name = rules.check_name(data["name"], _others(tx, theme))
    # Its comments carry the name to their tables and to the screens.
    members = _as_rule(tx, theme).comments
    _tell(tx, "theme-renamed", theme, tx.session.scalars(select(Comment).where(Comment.id.in_(members))))
    return {"name": theme.name}


def move_comments(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Move comments into a theme, or out of every theme.

    Errors: `unknown-theme`, `unknown-comment`, `comment-elsewhere`.
    """
    comments = _comments(tx, data["comments"])
    before = _touched(tx, [c.id for c in comments])
    if data["theme"] is None:
        silenced = _place(tx, None, comments)
        images = {f"theme_comments:{c.id}": None for c in comments}
        tx.record(
            "comments-taken-out", f"comment:{comments[0].id}", rows=[*silenced, *comments], images=images,
            touches=[*before, *(f"comment:{c.id}" for c in comments)],
            audiences=[*_ROOM, *sorted({f"table:{c.table_number}" for c in comments})],
        )  # fmt: skip
        return {}
    theme = the_theme(tx, data["theme"])
    _check_place(tx, theme, comments)
    _tell(tx, "comments-moved", theme, comments, before, rows=_place(tx, theme, comments))
    return {}


def merge_themes(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Merge themes into one; the others stay on record as merged.

    Errors: `unknown-theme`, `nothing-to-merge`, `same-theme`, `themes-of-different-passages`.
    """
    into = the_theme(tx, data["into"])
    others = [the_theme(tx, each) for each in data["from"]]
    merged = rules.merge_themes(_as_rule(tx, into), [_as_rule(tx, each) for each in others])
    comments = _comments(tx, merged.comments)
    _place(tx, into, comments)
    into.quote = merged.quote
    for other in others:
        other.merged_into, other.quote = into.id, None
    _tell(tx, "themes-merged", into, comments, rows=others)
    return {"comments": len(comments)}


def split_theme(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Make a new theme of some of a theme's comments.

    Errors: `unknown-theme`, `item-taken`, `nothing-to-split`, `not-in-theme`, `theme-name`.
    """
    theme = the_theme(tx, data["theme"])
    if tx.session.get(Theme, data["item"]):
        raise Refused("item-taken", "This theme was made before.", "item")
    stays, new = rules.split_theme(_as_rule(tx, theme), data["comments"], data["item"], data["name"])
    made = Theme(
        id=new.id, document_id=theme.document_id, passage_id=theme.passage_id, minority=False,
        name=rules.check_name(new.name, _others(tx, theme) + [theme.name]),
        position=_last_position(tx, theme.passage_id or "") + 1, made_at=tx.now,
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    comments = _comments(tx, new.comments)
    _place(tx, made, comments)
    theme.quote = stays.quote
    _tell(tx, "theme-split", made, comments, rows=[theme])
    return {"name": made.name}


def mark_minority(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Say that a theme is kept as a minority's point although few made it."""
    theme = the_theme(tx, data["theme"])
    theme.minority = data["minority"]
    _tell(tx, "minority-marked", theme)
    return {}


def choose_quote(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let one comment speak for its theme on the screens.

    Errors: `unknown-theme`, `not-in-theme`.
    """
    theme = the_theme(tx, data["theme"])
    theme.quote = rules.choose_quote(_as_rule(tx, theme), data["comment"]).quote
    _tell(tx, "quote-chosen", theme)
    return {}
