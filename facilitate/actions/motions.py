"""Hall: drafts a motion from comments, themes and submissions, puts it to the room and records its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from facilitate.domain.motions import (
    MotionAct,
    MotionEffect,
    MotionState,
    Proposal,
    check_proposal,
    move,
    rescinding_text,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.wording import base_hash, nfc
from facilitate.domain.wording_diff import diff_ops
from facilitate.store.named import the_document, the_motion
from facilitate.store.order_touches import touches_of_order
from facilitate.store.rows import (
    Ballot,
    Comment,
    Motion,
    MotionSource,
    Passage,
    Submission,
    Theme,
    ThemeComment,
)
from facilitate.store.tracks import followers
from facilitate.store.verdicts import ballots_beside, drop_ballots
from facilitate.store.writer import Transaction

_TEAM = ["themes"]
_ROOM = ["delegates", "themes"]


def draft_motion(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Write a wording for the room, keeping the links to everything it was made from.

    Shape: data["rescinds"] names the carried motion that it is to take back, if it is to do that.
    Errors: `unknown-document`, `unknown-passage`, `unknown-source`, `item-taken`, `not-amendable`,
    `nothing-to-rescind`, what check_proposal refuses.
    """
    the_document(tx, data["document"])
    if tx.session.get(Motion, data["item"]):
        raise Refused("item-taken", "This motion was drafted before.", "item")
    motion = _drafted(tx, data)
    sources = _sources(tx, motion.id, data)
    tx.session.add_all(sources)
    touched = [f"{source.kind}:{source.source_id}" for source in sources]
    comments = _comments_in(tx, sources)
    tables = tx.session.scalars(
        select(Comment.table_number)
        .where(Comment.id.in_([*comments, *(s.source_id for s in sources if s.kind == "comment")]))
        .distinct()
    )
    tx.record(
        "motion-drafted", f"motion:{motion.id}", rows=[motion, *sources],
        touches=[*touched, *(f"comment:{c}" for c in comments)],
        audiences=[*_TEAM, *(f"table:{table}" for table in tables)],
    )  # fmt: skip
    return {"number": motion.number}


def _drafted(tx: Transaction, data: dict[str, Any]) -> Motion:
    earlier = _rescinded(tx, data.get("rescinds"))
    target = None if earlier else _amended(tx, data["amends"])
    about = earlier or target
    passage = _passage(tx, about.passage_id if about else data["passage"])
    effect = MotionEffect.REPLACE if target else MotionEffect(data["effect"])
    effect = MotionEffect.STATE if earlier else effect
    motion = Motion(
        id=data["item"], number=1 + (tx.session.scalar(select(func.max(Motion.number))) or 0),
        document_id=about.document_id if about else data["document"],
        passage_id=passage.id if passage else None, passage_version=passage.version if passage else None,
        effect=effect.value, base="", base_hash=None, ops=None, title=nfc(data["title"]).strip(), text="",
        amends=target.id if target else None, rescinds=earlier.id if earlier else None, when_carried=True,
        state=MotionState.DRAFT.value, made_by=tx.actor.id, made_at=tx.now,
    )  # fmt: skip
    _word(tx, motion, passage, data["text"] or (rescinding_text(earlier.number) if earlier else ""))
    tx.session.add(motion)
    tx.session.flush()
    return motion


def _amended(tx: Transaction, target: str | None) -> Motion | None:
    """The motion whose wording an amendment changes; it must not be decided yet."""
    if target is None:
        return None
    motion = the_motion(tx, target)
    if motion.state not in (MotionState.DRAFT, MotionState.PUT) or motion.effect == MotionEffect.DELETE:
        raise Refused("not-amendable", f"Motion {motion.number} has no wording that could still be amended.")
    return motion


def _rescinded(tx: Transaction, earlier: str | None) -> Motion | None:
    """The motion whose carrying is to be taken back; it must still rule."""
    if earlier is None:
        return None
    motion = the_motion(tx, earlier)
    if motion.state != MotionState.CARRIED or motion.amends:
        raise Refused("nothing-to-rescind", f"Motion {motion.number} has decided nothing that still rules. "
                      "There is nothing to rescind and nothing was changed; name a carried one.", "rescinds")
    return motion


def _passage(tx: Transaction, passage_id: str | None) -> Passage | None:
    if passage_id is None:
        return None
    passage = tx.session.get(Passage, passage_id)
    if passage is None:
        raise Refused("unknown-passage", "There is no such passage.", "passage")
    return passage


def _word(tx: Transaction, motion: Motion, passage: Passage | None, text: str) -> None:
    base, reference = _base(tx, motion, passage)
    effect = MotionEffect(motion.effect)
    check_proposal(Proposal(effect, reference, base, text))
    motion.text, motion.base = nfc(text).strip(), base
    if effect is MotionEffect.REPLACE:
        motion.base_hash = base_hash(base)
        motion.ops = [list(op) for op in diff_ops(base, motion.text)]


def _base(tx: Transaction, motion: Motion, passage: Passage | None) -> tuple[str, str]:
    """The text that a motion acts on, as it reads now, and what that text is called."""
    if motion.amends:
        target = the_motion(tx, motion.amends)
        return target.text, f"motion {target.number}"
    return (passage_now(tx, passage), passage.reference) if passage else ("", "")


def passage_now(tx: Transaction, passage: Passage) -> str:
    """How a passage reads now: as carried, else as the NPF wrote it."""
    carried = tx.session.scalars(
        select(Motion)
        .where(
            Motion.passage_id == passage.id, Motion.state == MotionState.CARRIED.value,
            Motion.effect.in_(["replace", "delete"]), Motion.amends.is_(None),
        )
        .order_by(Motion.decided_at.desc())
    ).first()  # fmt: skip
    return carried.text if carried else passage.text or passage.heading


def _sources(tx: Transaction, motion: str, data: dict[str, Any]) -> list[MotionSource]:
    made = []
    for kind, table, key in (
        ("comment", Comment, "comments"), ("theme", Theme, "themes"),
        ("submission", Submission, "submissions"),
    ):  # fmt: skip
        for source in dict.fromkeys(data[key]):
            if tx.session.get(table, source) is None:
                raise Refused("unknown-source", f"A {kind} that this motion names is not here.", key)
            made.append(MotionSource(motion_id=motion, kind=kind, source_id=source))
    return made


def _comments_in(tx: Transaction, sources: Iterable[MotionSource]) -> list[str]:
    themes = [s.source_id for s in sources if s.kind == "theme"]
    return list(tx.session.scalars(select(ThemeComment.comment_id).where(ThemeComment.theme_id.in_(themes))))


def reword_motion(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Change a motion's wording while it is a draft.

    Errors: `unknown-motion`, `motion-put`, what check_proposal refuses.
    """
    motion = the_motion(tx, data["motion"])
    if motion.state != MotionState.DRAFT and not _is_recalled(tx, motion):
        raise Refused("motion-put", "This motion was put to the room; recall its ballot to change its words.")
    motion.title = nfc(data["title"]).strip()
    _word(tx, motion, _passage(tx, motion.passage_id), data["text"])
    audiences = _TEAM if motion.state == MotionState.DRAFT else _ROOM
    touches = [*ballots_beside(tx, motion), *touches_of_order(tx, motion.document_id)]
    tx.record(
        "motion-reworded", f"motion:{motion.id}", rows=[motion], touches=touches, audiences=audiences
    )
    return {}


def _is_recalled(tx: Transaction, motion: Motion) -> bool:
    """Whether a motion was taken back with its ballot, so that its words can be amended on the floor."""
    states = set(tx.session.scalars(select(Ballot.state).where(Ballot.motion_id == motion.id)))
    return motion.state == MotionState.PUT and "recalled" in states <= {"draft", "recalled", "void"}


def put_motion(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put a motion to the room.

    Errors: `unknown-motion`, `motion-state`, `stale-base` when the passage has changed since.
    """
    motion = the_motion(tx, data["motion"])
    now, reference = _base(tx, motion, _passage(tx, motion.passage_id))
    if motion.effect == MotionEffect.REPLACE and motion.base != now:
        raise Refused(
            "stale-base",
            f"{reference[:1].upper()}{reference[1:]} has changed since this motion was drafted. Its words "
            "are kept; look at them against the new text and save them again.",
        )
    motion.state = move(MotionState(motion.state), MotionAct.PUT).value
    motion.put_at = tx.now
    tx.record(
        "motion-put", f"motion:{motion.id}", rows=[motion], audiences=_ROOM,
        touches=[f"passage:{motion.passage_id}"] * bool(motion.passage_id)
        + touches_of_order(tx, motion.document_id),
    )  # fmt: skip
    return {"state": motion.state}


def withdraw_motion(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take a motion out before it is decided.

    Errors: `unknown-motion`, `motion-state`, `ballot-running`.
    """
    motion = the_motion(tx, data["motion"])
    motion.state = move(MotionState(motion.state), MotionAct.WITHDRAW).value
    motion.decided_at = tx.now
    dropped = drop_ballots(tx, motion)
    tx.record(
        "motion-withdrawn", f"motion:{motion.id}", rows=[motion, *dropped], audiences=_ROOM,
        touches=[*(f"ballot:{ballot.id}" for ballot in dropped), *followers(tx),
                 *touches_of_order(tx, motion.document_id)],
    )  # fmt: skip
    return {"state": motion.state}

