"""Every stage: the document, motion, ballot or track that a command names."""

from __future__ import annotations

from typing import TypeVar

from facilitate.domain.refusal import Refused
from facilitate.store.rows import Ballot, Document, Motion, Row, Track
from facilitate.store.writer import Transaction

_R = TypeVar("_R", bound=Row)


def the_document(tx: Transaction, document_id: str) -> Document:
    """One document.

    Errors: `unknown-document`.
    """
    return _the(tx, Document, document_id)


def the_motion(tx: Transaction, motion_id: str) -> Motion:
    """One motion.

    Errors: `unknown-motion`.
    """
    return _the(tx, Motion, motion_id)


def the_ballot(tx: Transaction, ballot_id: str) -> Ballot:
    """One ballot.

    Errors: `unknown-ballot`.
    """
    return _the(tx, Ballot, ballot_id)


def the_track(tx: Transaction, track_id: str) -> Track:
    """One track.

    Errors: `unknown-track`.
    """
    return _the(tx, Track, track_id)


def _the(tx: Transaction, table: type[_R], key: str) -> _R:
    found = tx.session.get(table, key)
    if found is None:
        name = table.__name__.lower()
        raise Refused(f"unknown-{name}", f"There is no such {name}.", name)
    return found
