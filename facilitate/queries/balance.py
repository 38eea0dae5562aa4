"""Every stage: the balance sheet: what the journal says came in, against what lies in the rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from facilitate.domain.calls import OPEN_STATES
from facilitate.domain.comments import KIND_LOOKS, CommentKind
from facilitate.domain.stations import INPUTS, BalanceLine, Received, balance
from facilitate.queries.view import View, Viewer
from facilitate.store.rows import (
    Comment,
    DraftPoint,
    HelpCall,
    JournalEntry,
    JournalPayload,
    KeptItem,
    MissingPoint,
    Submission,
)

# How many of what is wrong are named on the desk; the page of the sheet names them all.
_NAMED = 12


@dataclass(frozen=True)
class Input:
    """One kind of input: by which acts the journal has it arrive, and where its rows lie.

    Shape: `sort` is its kind within the kind, if it has any; `corrected` that a row may be replaced by
    another; `rare` that most events never see one.
    """

    acts: tuple[str, ...]
    table: Any
    reference: Any
    ended: ColumnElement[bool]
    which: tuple[ColumnElement[bool], ...] = ()
    sort: Any = None
    corrected: bool = False
    rare: bool = False


SUBMITTED = {"body": "Sent in by bodies", "draft": "Points on drafts"}
_KEPT = KeptItem.state != "open"
KINDS: dict[str, Input] = {
    "comments": Input(
        ("comment-recorded",), Comment, Comment.reference, Comment.disposition.is_not(None),
        sort=Comment.kind, corrected=True,
    ),
    "submissions": Input(
        ("submissions-imported", "submission-sent"), Submission, Submission.reference,
        Submission.disposition.is_not(None),
        sort=case((Submission.id.in_(select(DraftPoint.submission_id)), "draft"), else_="body"),
    ),
    "missing": Input(
        ("missing-reported",), MissingPoint, MissingPoint.reference, MissingPoint.state != "open"
    ),
    "kept": Input(
        ("item-kept",), KeptItem, KeptItem.reference, _KEPT, (KeptItem.cause == "unreadable",), rare=True
    ),
    "quarantine": Input(
        ("item-quarantined",), KeptItem, KeptItem.reference, _KEPT, (KeptItem.cause == "signed-out",),
        rare=True,
    ),
    "calls": Input(
        ("help-called",), HelpCall, HelpCall.id, HelpCall.state.not_in(OPEN_STATES), rare=True
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Lying:
    """One thing where it lies now: its id, its reference, its sort, and whether it has ended."""

    id: str
    ref: str
    sort: str
    ended: bool


@dataclass(frozen=True)
class Found:
    """What the journal and the rows have of one kind of input.

    Shape: `arrived` are ids as often as the journal says that they came; `names` are references by id, also
    of what is nowhere, as far as the journal remembers it. A corrected comment is one point, not two: the
    wordings that were replaced are left out.
    """

    line: BalanceLine
    parts: tuple[BalanceLine, ...]
    arrived: tuple[str, ...]
    lying: tuple[Lying, ...]
    names: dict[str, str]

    @property
    def named(self) -> list[str]:
        """The references of everything that is wrong."""
        return [self.names.get(id_, id_) for id_ in self.line.named]


def balance_rows(view: View) -> list[dict[str, Any]]:
    """Received, still open and ended, for every kind of input, with the names of whatever is wrong.

    What was received is counted in the journal, what is open or ended in the rows: one count checks the
    other, thing by thing.

    Shape: kind, label, received, open, ended, difference, wrong (a fault may hide behind a difference of
    nought), named (references of what is wrong), and parts: the same for each kind of comment and of
    submission. What most events never see stands there only once it has come.
    Source: glossary.md, balance sheet: received = open + ended; any difference is an error.
    """
    rows = []
    for key, source in KINDS.items():
        found = found_of(view, key)
        if found.arrived or found.lying or not source.rare:
            # Most events circulate no drafts: all submissions are of one sort then.
            sorts = found.parts if key == "comments" or len(found.parts) > 1 else ()
            parts = [_row(part, _kind(part.kind)) for part in sorts]
            rows.append(_row(found.line, INPUTS[key], found.named) | {"parts": parts})
    return rows


def _row(line: BalanceLine, label: str, named: list[str] | None = None) -> dict[str, Any]:
    return {
        "kind": line.kind, "label": label, "received": line.received, "open": line.open, "ended": line.ended,
        "difference": line.difference, "wrong": not line.is_exact, "named": named or [],
    }  # fmt: skip


def input_label(key: str, sort: str = "") -> str:
    """What a kind of input is called, or a kind of comment within it."""
    return f"{INPUTS[key]}, {_kind(sort).lower()}" if sort else INPUTS[key]


def _kind(kind: str) -> str:
    known = {each.value: KIND_LOOKS[each].label for each in CommentKind} | SUBMITTED
    return known.get(kind, "Of no known kind")


def found_of(view: View, key: str) -> Found:
    """Both counts of one kind of input, thing by thing."""
    source = KINDS[key]
    replaced = set(view.session.scalars(_replaced())) if source.corrected else set()
    arrived = tuple(id_ for id_ in _arrivals(view, source) if id_ not in replaced)
    lying = _lying(view, source)
    here = {each.id: each for each in lying}
    images = _remembered(view, source, [id_ for id_ in arrived if id_ not in here])
    sorts = {id_: image.get("kind", "") for id_, image in images.items()}
    sorts |= {each.id: each.sort for each in lying}
    names = {id_: image.get("reference", id_) for id_, image in images.items()}
    names |= {each.id: each.ref for each in lying}
    lines = _balanced(arrived, lying, lambda _: key)
    parts = _balanced(arrived, lying, lambda id_: sorts.get(id_, "")) if source.sort is not None else []
    return Found(lines[0] if lines else BalanceLine(key, 0, 0, 0), tuple(parts), arrived, lying, names)


def _balanced(
    arrived: Iterable[str], lying: Iterable[Lying], kind: Callable[[str], str]
) -> list[BalanceLine]:
    placed = [(each.ended, Received(each.id, kind(each.id))) for each in lying]
    return balance(
        [Received(id_, kind(id_)) for id_ in arrived],
        [one for ended, one in placed if not ended],
        [one for ended, one in placed if ended],
    )


def _replaced() -> Select[Any]:
    """Comments in whose place a correction stands. One that nothing replaces stands nowhere: it is lost."""
    heirs = select(Comment.parent).where(Comment.parent.is_not(None))
    return select(Comment.id).where(Comment.state == "superseded", Comment.id.in_(heirs))


def _standing(source: Input) -> tuple[ColumnElement[bool], ...]:
    return (*source.which, *([Comment.state != "superseded"] if source.corrected else []))


def _lying(view: View, source: Input) -> tuple[Lying, ...]:
    sort = source.sort if source.sort is not None else source.reference
    rows = view.session.execute(
        select(source.table.id, source.reference, sort, source.ended)
        .where(*_standing(source))
        .order_by(source.table.id)
    )
    return tuple(Lying(*row) for row in rows)


def _arrivals(view: View, source: Input) -> list[str]:
    """The ids of what came, as the journal has them; one act may be about several things."""
    if source.table is Submission:
        return _imported(view, source)
    query = select(JournalEntry.subject).where(JournalEntry.action.in_(source.acts))
    subjects = view.session.scalars(query.order_by(JournalEntry.number))
    return [subject.partition(":")[2] for subject in subjects]


def _imported(view: View, source: Input) -> list[str]:
    """The submissions that the journal says came, by file or by link; one erased counts by what it left."""
    found: list[str] = []
    for subject, body in view.session.execute(_payloads(source).order_by(JournalEntry.number)):
        named = json.loads(body)["touches"] if body else [subject]
        found += dict.fromkeys(each.partition(":")[2] for each in named if each.startswith("submission:"))
    return found


def _payloads(source: Input) -> Any:
    return (
        select(JournalEntry.subject, JournalPayload.body)
        .outerjoin(JournalPayload, JournalPayload.number == JournalEntry.number)
        .where(JournalEntry.action.in_(source.acts))
    )


def _remembered(view: View, source: Input, gone: list[str]) -> dict[str, dict[str, Any]]:
    """What the journal keeps of things that are nowhere; nothing of what was erased."""
    wanted = {f"{source.table.__tablename__}:{id_}": id_ for id_ in gone}
    found: dict[str, dict[str, Any]] = {}
    for _, body in view.session.execute(_payloads(source)) if wanted else ():
        images = json.loads(body)["rows"] if body else {}
        found |= {wanted[key]: images[key] for key in wanted.keys() & images.keys() if images[key]}
    return found


def see_balance(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """The desk sees the balance sheet at any time: counted once a second, thing by thing where it is off."""
    rows = [row for key in KINDS if (row := _counted(view, key))]
    total = {key: sum(row[key] for row in rows) for key in ("received", "open", "ended")}
    return {"balance": {"id": "balance", "kinds": rows, **total}}


def _counted(view: View, key: str) -> dict[str, Any] | None:
    source = KINDS[key]
    ended, open_ = view.session.execute(
        select(func.count(case((source.ended, 1))), func.count(case((~source.ended, 1))))
        .select_from(source.table)
        .where(*_standing(source))
    ).one()
    line, named = BalanceLine(key, _received(view, source), open_, ended), []
    if not line.is_exact:
        found = found_of(view, key)
        line, named = found.line, found.named[:_NAMED]
    if source.rare and not (line.received or line.open or line.ended):
        return None
    return _row(line, INPUTS[key], named)


def _received(view: View, source: Input) -> int:
    if source.table is Submission:
        return len(_imported(view, source))
    query = select(func.count()).select_from(JournalEntry).where(JournalEntry.action.in_(source.acts))
    came = view.session.scalar(query) or 0
    if source.corrected:
        came -= view.session.scalar(select(func.count()).select_from(_replaced().subquery())) or 0
    return came
