"""Every stage: the document or motion that a command names."""

from __future__ import annotations

from facilitate.domain.refusal import Refused
from facilitate.store.rows import Document, Motion
from facilitate.store.writer import Transaction


def the_document(tx: Transaction, document_id: str) -> Document:
    """One document.

    Errors: `unknown-document`.
    """
    document = tx.session.get(Document, document_id)
    if document is None:
        raise Refused("unknown-document", "There is no such document.", "document")
    return document


def the_motion(tx: Transaction, motion_id: str) -> Motion:
    """One motion.

    Errors: `unknown-motion`.
    """
    motion = tx.session.get(Motion, motion_id)
    if motion is None:
        raise Refused("unknown-motion", "There is no such motion.", "motion")
    return motion
