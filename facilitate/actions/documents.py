"""Before: keeps originals, freezes documents into passages and takes submissions in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from facilitate.domain.documents import ReadDocument, checked_prefix, references, text_hash
from facilitate.domain.drafts import draft_passages
from facilitate.domain.refusal import Refused
from facilitate.store.considerations import carry_points, check_answered
from facilitate.store.rows import Delegation, Document, DraftPoint, File, Passage, Row, Submission
from facilitate.store.writer import Transaction

LARGEST = 25 * 1024 * 1024


def keep_file(tx: Transaction, name: str, media_type: str, body: bytes) -> File:
    """Keep bytes under their own hash, once.

    Units: at most 25 MB.
    Errors: `file-too-large`.
    """
    if len(body) > LARGEST:
        raise Refused("file-too-large", f"“{name}” is larger than 25 MB. Nothing was kept.", "file")
    sha = hashlib.sha256(body).hexdigest()
    kept = tx.session.get(File, sha)
    if kept is None:
        kept = File(sha256=sha, name=name, media_type=media_type, size=len(body), body=body, kept_at=tx.now)
        tx.session.add(kept)
        tx.session.flush()
    return kept


def import_document(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Freeze a document as version 1, all of it or nothing, and keep the original beside it.

    Shape: data holds prefix, title, commission, read (a ReadDocument), name, media_type, body and perhaps
    corrections, in words, that the clerk made by hand, and unanswered, the reason why points on its draft
    have no answer.
    Errors: `prefix-taken`, `bad-prefix`, `reference-taken`, `document-empty`, `file-too-large`,
    `points-unanswered`.
    """
    read: ReadDocument = data["read"]
    prefix = checked_prefix(data["prefix"])
    if not read.passages:
        raise Refused(
            "document-empty", "No passage was found in this document. Nothing was imported.", "file"
        )
    if tx.session.scalar(select(Document.id).where(Document.prefix == prefix)):
        raise Refused("prefix-taken", f"Another document already has the prefix {prefix}.", "prefix")
    unanswered = data.get("unanswered", "").strip()
    versions = check_answered(tx.session, prefix, unanswered)
    original = keep_file(tx, data["name"], data["media_type"], data["body"])
    position = 1 + (tx.session.scalar(select(func.count()).select_from(Document)) or 0)
    document = Document(
        id=tx.new_id(), prefix=prefix, title=data.get("title") or read.title or data["name"],
        commission=data.get("commission") or "", position=position, visibility="room-only",
        original=original.sha256, frozen_at=tx.now,
        unread=list(read.unread), corrections=list(data.get("corrections", [])),
    )  # fmt: skip
    named = references(prefix, read.passages)
    taken = set(tx.session.scalars(select(Passage.reference).where(Passage.reference.in_(named))))
    if taken:
        raise Refused("reference-taken", f"{min(taken)} is the reference of another passage.", "prefix")
    passages = _passages(tx, document.id, named, read)
    tx.session.add(document)
    tx.session.flush()
    tx.session.add_all(passages)
    carried = carry_points(tx, versions, document.id, draft_passages(prefix, read.passages))
    _record_frozen(tx, document, passages, carried, unanswered)
    return {"document": document.id, "passages": len(passages)}


def _record_frozen(
    tx: Transaction, document: Document, passages: Sequence[Passage], carried: Sequence[Row], why: str
) -> None:
    points = [f"submission:{row.id}" for row in carried if isinstance(row, Submission)]
    tx.record(
        "document-imported", f"document:{document.id}", rows=[document, *passages, *carried],
        touches=[*(f"passage:{p.id}" for p in passages), *points], audiences=["themes", "delegates"],
        reason=why or None,
    )  # fmt: skip


def _passages(tx: Transaction, document: str, named: Sequence[str], read: ReadDocument) -> list[Passage]:
    return [
        Passage(
            id=tx.new_id(), document_id=document, reference=reference, position=place, kind=p.kind,
            number=p.number, heading=p.heading, text=p.text, depth=p.depth, version=1,
            text_hash=text_hash(p.text or p.heading),
        )
        for place, (reference, p) in enumerate(zip(named, read.passages, strict=True), 1)
    ]  # fmt: skip


def import_submissions(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take submissions in, all or nothing; each gets a reference of its own.

    Shape: data["rows"] are mappings with title, text, body, passages (references) and perhaps reference.
    Errors: `unknown-passage`, `submission-taken`.
    """
    rows: Sequence[dict[str, Any]] = data["rows"]
    bodies = {d.code: d for d in tx.session.scalars(select(Delegation))}
    bodies |= {d.name: d for d in list(bodies.values())}
    known = set(tx.session.scalars(select(Passage.reference)))
    taken = set(tx.session.scalars(select(Submission.reference)))
    made: list[Submission] = []
    number = sum(reference.startswith("S-") for reference in taken)
    for row in rows:
        missing = [ref for ref in row.get("passages", []) if ref not in known]
        if missing:
            raise Refused("unknown-passage", f"{missing[0]} is not a passage of this event.", "passages")
        number += 1
        reference = row.get("reference") or f"S-{number:03d}"
        if reference in taken:
            raise Refused("submission-taken", f"{reference} was taken in before.", "reference")
        taken.add(reference)
        body = bodies.get(row["body"])
        made.append(
            Submission(
                id=tx.new_id(), reference=reference, title=row["title"], text=row["text"],
                body=body.name if body else row["body"], delegation_id=body.id if body else None,
                passages=list(row.get("passages", [])), received_at=tx.now,
            )
        )  # fmt: skip
    tx.session.add_all(made)
    tx.record(
        "submissions-imported", "balance:balance", rows=made,
        touches=[f"submission:{s.id}" for s in made], audiences=["themes"],
    )  # fmt: skip
    return {"submissions": len(made)}


def tie_submission(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Say which passages a submission is about, instead of those that it named itself.

    Shape: data holds submission (its reference) and passages (references, in the order given).
    Errors: `unknown-submission`, `submission-ended`, `unknown-passage`.
    """
    found = tx.session.scalar(select(Submission).where(Submission.reference == data["submission"]))
    if found is None:
        raise Refused("unknown-submission", "There is no such submission. Nothing was changed.", "submission")
    # A point on a draft was tied by the likeness of words alone, so a clerk may put that right at any time.
    if found.disposition and tx.session.get(DraftPoint, found.id) is None:
        raise Refused(
            "submission-ended", f"{found.reference} has ended, so what it is about stays.", "submission"
        )
    wanted = list(dict.fromkeys(data["passages"]))
    known = set(tx.session.scalars(select(Passage.reference).where(Passage.reference.in_(wanted))))
    missing = [reference for reference in wanted if reference not in known]
    if missing:
        raise Refused("unknown-passage", f"{missing[0]} is not a passage of this event.", "passages")
    found.passages = wanted
    tx.record("submission-tied", f"submission:{found.id}", rows=[found], audiences=["themes"])
    return {"submission": found.id}
