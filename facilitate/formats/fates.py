"""After: the document of fates of one body, as the sections of a printed report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

LABELS = {"submissions": "Submissions of this body", "comments": "Comments of its delegates’ tables"}


def fate_sections(fates: Any, told: dict[str, list[tuple[str, Any]]], base: str) -> list[dict[str, Any]]:
    """Everything that a body sent in, story by story.

    Shape: first the sum, then a section for each submission and comment, then what became no comment; `told`
    holds each story's steps with their times in words; links to the stories begin with `base`.
    """
    tables = ", ".join(str(number) for number in fates.tables)
    sums = [[LABELS[each.kind], sum_line(each)] for each in fates.sums]
    if fates.withheld:
        sums.append(["Not told here", withheld_line(fates.withheld)])
    found = [_section("Everything that came in", sums)]
    found += [_story(story, told[story.ref], base) for story in fates.submissions]
    if not fates.submissions:
        found.append(_section("Submissions", [], "This body sent nothing in before the event."))
    found += [_story(story, told[story.ref], base) for story in fates.comments]
    if not fates.comments:
        where = f"tables {tables}; there is nothing to tell of them here." if tables else "no table."
        found.append(_section("Comments", [], f"Its delegates sit at {where}"))
    if fates.kept:
        kept = [[each.ref, f"{each.text} {each.end}."] for each in fates.kept]
        found.append(_section("Points that became no comment", kept))
    return found


def sum_line(each: Any) -> str:
    """Received, open and ended in one sentence, with what is wrong where they do not add up."""
    words = f"{each.received} received: {each.open} still open, {each.ended} ended."
    wrong = f" This does not add up: {each.difference} too many." if each.difference > 0 else ""
    wrong = f" This does not add up: {-each.difference} too few." if each.difference < 0 else wrong
    return words + wrong + (f" Lost: {', '.join(each.lost)}." if each.lost else "")


def withheld_line(count: int) -> str:
    """How many comments are told to their own tables alone."""
    one = count == 1
    return f"{count} comment{' is' if one else 's are'} told to {'its' if one else 'their'} own table alone."


def next_line(contact: str, ref: str) -> str:
    """Whom to write to about a point."""
    asked = f"Write to {contact}" if contact else "Ask at the event’s office"
    return f"{asked} and name {ref}."


def _story(story: Any, steps: Iterable[tuple[str, Any]], base: str) -> dict[str, Any]:
    stands = f"{story.end}." if story.end else "Still open: it has no end yet."
    lines = [["", f"“{story.text}”"]]
    if story.about:
        lines.append(["About", story.about])
    lines.append(["It stands", " ".join(filter(None, (stands, story.why)))])
    lines += [[at or "", step.sentence + (f"\n“{step.words}”" if step.words else "")] for at, step in steps]
    coming = " ".join((*story.coming, next_line(story.contact, story.ref)))
    told = _section(story.title, [*lines, ["Next", coming]])
    return told | {"link": f"{base}/story/{story.ref.replace('/', '-')}"}


def _section(title: str, lines: list[list[str]], none: str = "") -> dict[str, Any]:
    return {"title": title, "lines": lines, "none": none}
