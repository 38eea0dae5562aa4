"""Outcome: one passage with every change in it, each phrase knowing who put it in and who took it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from facilitate.domain.wording import OpsIn, check_ops, edits, nfc, overlap
from facilitate.domain.wording_diff import diff_ops


@dataclass(frozen=True)
class Segment:
    """A run of words with one history.

    Shape: `inserted_by` and `deleted_by` are keys of changes (`motion:3`, `decision`, `edit`), None where
    untouched; a phrase may be both, put in by the room and taken out afterwards.
    """

    text: str
    inserted_by: str | None = None
    deleted_by: str | None = None


Segments = tuple[Segment, ...]


@dataclass(frozen=True)
class Proposal:
    """What one carried change would make of a passage; None deletes it."""

    key: str
    text: str | None


def original_text(segments: Iterable[Segment]) -> str:
    """The text before any change."""
    return nfc("".join(part.text for part in segments if part.inserted_by is None))


def final_text(segments: Iterable[Segment]) -> str:
    """The text after all changes."""
    return nfc("".join(part.text for part in segments if part.deleted_by is None))


def untouched(text: str) -> Segments:
    """A text without any change."""
    return _joined([Segment(nfc(text))])


def deleted(text: str, by: str) -> Segments:
    """A text taken out as a whole."""
    return _joined([Segment(nfc(text), deleted_by=by)])


def inserted(text: str, by: str) -> Segments:
    """A text put in as a whole."""
    return _joined([Segment(nfc(text), inserted_by=by)])


def collide(original: str, proposals: Sequence[Proposal]) -> bool:
    """Whether carried changes of one passage cannot all stand, so that a person must decide.

    Shape: the same result twice is no collision; a deletion collides with any other change.
    """
    results = {proposal.text for proposal in proposals}
    if len(results) < 2:
        return False
    if None in results:
        return True
    changes = [diff_ops(original, text) for text in results if text is not None]
    return any(overlap(one, two) for i, one in enumerate(changes) for two in changes[i + 1 :])


def together(original: str, proposals: Sequence[Proposal]) -> Segments:
    """The passage with all its carried changes, which must not collide; their order does not matter.

    Shape: where several changes have one result, the phrase belongs to the first of them.
    """
    first: dict[str | None, str] = {}
    for proposal in proposals:
        first.setdefault(proposal.text, proposal.key)
    if None in first:
        return deleted(original, first[None])
    spans: list[tuple[int, int, str, str]] = []
    for text, key in first.items():
        at = 0
        for edit in edits(diff_ops(original, text or "")):
            at += edit.keep
            if edit.delete or edit.insert:
                spans.append((at, at + len(edit.delete), edit.insert, key))
            at += len(edit.delete)
    base = nfc(original)
    parts: list[Segment] = []
    done = 0
    for start, end, insert, key in sorted(spans):
        parts += [Segment(base[done:start]), Segment(base[start:end], deleted_by=key), Segment(insert, key)]
        done = end
    return _joined([*parts, Segment(base[done:])])


def revised(segments: Sequence[Segment], text: str | None, by: str) -> Segments:
    """The passage changed once more, to read as the new text; None takes all of it out."""
    now = final_text(segments)
    if now != "".join(part.text for part in segments if part.deleted_by is None):
        # Two changes met inside one character (a letter and its accent): no place in it can be counted.
        out = [part if part.deleted_by else replace(part, deleted_by=by) for part in segments]
        return _joined([*out, *inserted(text or "", by)])
    return _applied(segments, diff_ops(now, text) if text is not None else [["delete", now]], by)


def _applied(segments: Sequence[Segment], ops: OpsIn, by: str) -> Segments:
    check_ops(final_text(segments), ops)
    waiting = list(reversed(segments))
    done: list[Segment] = []

    def pass_on(length: int, *, taken_out: bool) -> None:
        while length:
            part = waiting.pop()
            if part.deleted_by is not None:
                done.append(part)
                continue
            if len(part.text) > length:
                waiting.append(replace(part, text=part.text[length:]))
                part = replace(part, text=part.text[:length])
            length -= len(part.text)
            done.append(replace(part, deleted_by=by) if taken_out else part)

    for edit in edits(ops):
        pass_on(edit.keep, taken_out=False)
        pass_on(len(edit.delete), taken_out=True)
        done.append(Segment(edit.insert, inserted_by=by))
    return _joined([*done, *reversed(waiting)])


def _joined(parts: Iterable[Segment]) -> Segments:
    """Neighbours with one history made one, empty ones left out."""
    found: list[Segment] = []
    for part in parts:
        if not part.text:
            continue
        if found and (found[-1].inserted_by, found[-1].deleted_by) == (part.inserted_by, part.deleted_by):
            found[-1] = replace(part, text=found[-1].text + part.text)
        else:
            found.append(part)
    return tuple(found)
