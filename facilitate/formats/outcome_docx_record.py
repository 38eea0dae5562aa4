"""Outcome: votes, themes, comments and dispositions of one passage, for a word processor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.shared import Cm
from docx.table import _Cell

from facilitate.formats.docx_marks import element, writable


def write_passage_record(document: Document, passage: dict[str, Any]) -> None:
    """How one passage came about."""
    document.add_heading(writable(f"{passage['ref']} · {passage['fate']}"), 2)
    if passage["final"] is not None:
        document.add_paragraph(writable(passage["final"]))
    document.add_paragraph(passage["discussed"], "Quiet")
    _part(document, "Changes", [f"{change['author']}: {change['english']}" for change in passage["changes"]])
    if passage["conflict"]:
        _part(document, "Carried motions that collide", _conflict_lines(passage["conflict"]))
    _part(document, "Changed since the vote", [_since_line(later) for later in passage["since_vote"]])
    write_matter(document, passage)


def write_matter(document: Document, matter: dict[str, Any]) -> None:
    """Everything voted, said and sent in about one passage, or about the document as a whole."""
    if matter["motions"] or matter["votes"]:
        document.add_heading("Motions and ballots", 3)
    for motion in matter["motions"]:
        _motion(document, motion)
    for vote in matter["votes"]:
        _vote(document, vote)
    _part(
        document, "Minority positions", [f"{p['text']} {p['sentence']}" for p in matter["minority_positions"]]
    )
    _part(document, "Themes", [_theme_line(theme) for theme in matter["themes"]])
    if matter["comments"]:
        document.add_heading("Comments", 3)
        _table(
            document,
            ["Comment", "What was said", "What became of it"],
            [[c["ref"], f"{c['text']}\n{_facts(c)}", _end(c)] for c in matter["comments"]],
            (2, 9, 5),
        )
    if matter["submissions"]:
        document.add_heading("Submissions", 3)
        _table(
            document,
            ["Sent in", "What was said", "What became of it"],
            [
                [s["ref"], "\n".join(word for word in (s["title"], s["text"], s["body"]) if word), _end(s)]
                for s in matter["submissions"]
            ],
            (2, 9, 5),
        )
    _part(document, "Signatures", [signature["sentence"] for signature in matter["signatures"]])


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


def _part(document: Document, title: str, lines: Sequence[str]) -> None:
    if lines:
        document.add_heading(title, 3)
    for line in lines:
        document.add_paragraph(writable(line))


def _motion(document: Document, motion: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(writable(motion["sentence"])).bold = True
    paragraph.add_run(writable(f" {motion['title']}"))
    if motion["text"] and (motion["state"] != "carried" or motion["amends"] is not None):
        document.add_paragraph(writable(motion["text"]))
    if motion["sources"]:
        made_from = ", ".join(source["label"] or source["ref"] for source in motion["sources"])
        document.add_paragraph(writable(f"Made from {made_from}."), "Quiet")


def _vote(document: Document, vote: dict[str, Any]) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(writable(vote["title"])).bold = True
    paragraph.add_run(writable(f" {vote['closed_words']}\n{vote['question']}"))
    _table(document, [label for label, _ in vote["rows"]], [[f"{count:,}" for _, count in vote["rows"]]])
    document.add_paragraph().add_run(writable(vote["result"])).bold = True
    document.add_paragraph(writable(" ".join(vote["conditions"])), "Quiet")


def _facts(comment: dict[str, Any]) -> str:
    table = f"table {comment['table']}" if comment["table"] is not None else ""
    facts = (comment["kind"], table, comment["strength"], ", ".join(comment["themes"]))
    return " · ".join(fact for fact in facts if fact)


def _end(thing: dict[str, Any]) -> str:
    return "\n".join(word for word in (thing["end"], thing["reason"], thing["note"]) if word)


def _table(document: Document, head: list[str], rows: list[list[str]], widths: Sequence[int] = ()) -> None:
    """A table whose first row is its head: spoken with each cell, repeated on each page."""
    table = document.add_table(rows=1, cols=len(head), style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        _fill(cell, words, bold=True)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            _fill(cell, words)
    table.autofit = not widths
    for column, width in zip(table.columns, widths, strict=False):
        for cell in column.cells:
            cell.width = Cm(width)
    document.add_paragraph()


def _fill(cell: _Cell, words: str, *, bold: bool = False) -> None:
    cell.paragraphs[0].add_run(writable(words)).bold = bold
