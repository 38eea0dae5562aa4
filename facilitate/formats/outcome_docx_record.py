"""Outcome: votes, themes, comments and dispositions of one passage, for a word processor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facilitate.formats.docx_parts import Page

ENDS = ("What was said", "What became of it")
SHARES = (2, 9, 5)


def write_passage_record(page: Page, passage: dict[str, Any]) -> None:
    """How one passage came about."""
    page.heading(f"{passage['ref']} · {passage['fate']}", 2)
    if passage["final"] is not None:
        page.paragraph((passage["final"], False))
    page.paragraph((passage["discussed"], False), style="Quiet")
    _part(page, "Changes", [f"{change['author']}: {change['english']}" for change in passage["changes"]])
    if passage["conflict"]:
        _part(page, "Carried motions that collide", _conflict_lines(passage["conflict"]))
    _part(page, "Changed since the vote", [_since_line(later) for later in passage["since_vote"]])
    write_matter(page, passage)


def write_matter(page: Page, matter: dict[str, Any]) -> None:
    """Everything voted, said and sent in about one passage, or about the document as a whole."""
    if matter["motions"] or matter["votes"]:
        page.heading("Motions and ballots", 3)
    numbers = [motion["number"] for motion in matter["motions"]]
    for motion in matter["motions"]:
        _motion(page, motion)
        for vote in matter["votes"]:
            if vote["motion"] == motion["number"]:
                _vote(page, vote)
    for vote in matter["votes"]:
        if vote["motion"] not in numbers:
            _vote(page, vote)
    positions = [f"{position['text']} {position['sentence']}" for position in matter["minority_positions"]]
    _part(page, "Minority positions", positions)
    _part(page, "Themes", [_theme_line(theme) for theme in matter["themes"]])
    if matter["comments"]:
        page.heading("Comments", 3)
        said = [[c["ref"], f"{c['text']}\n{_facts(c)}", _end(c)] for c in matter["comments"]]
        page.table(["Comment", *ENDS], said, SHARES)
    if matter["submissions"]:
        page.heading("Submissions", 3)
        sent = [
            [s["ref"], _several(s["title"], s["text"], s["body"]), _end(s)] for s in matter["submissions"]
        ]
        page.table(["Sent in", *ENDS], sent, SHARES)
    _part(page, "Signatures", [signature["sentence"] for signature in matter["signatures"]])


def _conflict_lines(conflict: dict[str, Any]) -> list[str]:
    lines = [
        f"Motion {one['motion']}: {one['text'] or 'delete the passage.'}" for one in conflict["candidates"]
    ]
    return lines if conflict["decided"] else [*lines, "A clerk has still to decide how this passage reads."]


def _since_line(later: dict[str, Any]) -> str:
    by = ", ".join(word for word in (later["by"], later["at"]) if word)
    return f"{later['what']}: {later['reason']}" + (f" ({by})" if by else "")


def _theme_line(theme: dict[str, Any]) -> str:
    minority = ", a minority" if theme["minority"] else ""
    quote = f". “{theme['quote']}”" if theme["quote"] else ""
    return f"{theme['name']}: {theme['size']}{minority}{quote}"


def _part(page: Page, title: str, lines: Sequence[str]) -> None:
    if lines:
        page.heading(title, 3)
    for line in lines:
        page.paragraph((line, False))


def _motion(page: Page, motion: dict[str, Any]) -> None:
    page.paragraph((motion["sentence"], True), (f" {motion['title']}", False))
    if motion["text"] and (motion["state"] != "carried" or motion["amends"] is not None):
        page.paragraph((motion["text"], False))
    if motion["sources"]:
        made_from = ", ".join(source["label"] or source["ref"] for source in motion["sources"])
        page.paragraph((f"Made from {made_from}.", False), style="Quiet")


def _vote(page: Page, vote: dict[str, Any]) -> None:
    page.paragraph((vote["title"], True), (f" {vote['closed_words']}\n{vote['question']}", False))
    labels = [label for label, _ in vote["rows"]]
    page.table(labels, [[f"{count:,}" for _, count in vote["rows"]]], [1] * len(labels))
    page.paragraph((vote["result"], True))
    page.paragraph((" ".join(vote["conditions"]), False), style="Quiet")


def _facts(comment: dict[str, Any]) -> str:
    table = f"table {comment['table']}" if comment["table"] is not None else ""
    facts = (comment["kind"], table, comment["strength"], ", ".join(comment["themes"]))
    return " · ".join(fact for fact in facts if fact)


def _end(thing: dict[str, Any]) -> str:
    return _several(thing["end"], thing["reason"], thing["note"])


def _several(*words: str) -> str:
    return "\n".join(word for word in words if word)
