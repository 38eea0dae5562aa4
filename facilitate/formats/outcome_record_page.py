"""Outcome: first page, votes, themes, comments and dispositions, as any word processor's file has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from facilitate.formats.outcome_json import SHORT
from facilitate.formats.outcome_words import balance_table, conflict_lines, since_line
from facilitate.formats.signoff_words import sentences

ENDS = ("What was said", "What became of it")
SHARES = (2, 9, 5)


class Page(Protocol):
    """The end of a document of some format, where the next part is written."""

    def heading(self, words: str, level: int) -> None:
        """A heading."""

    def paragraph(self, *parts: tuple[str, bool], style: str = ...) -> None:
        """A paragraph of parts, each bold or not."""

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]) -> None:
        """A table whose first row is its head."""


def foot_line(data: dict[str, Any]) -> str:
    """What stands at the foot of each page: which record and which text this is."""
    covers = f"Covers the journal up to number {data['journal']['number']} · text {data['hash'][:12]}"
    return " · ".join(words for words in (data["copy"], covers) if words)


def write_first_page(page: Page, data: dict[str, Any]) -> None:
    """What this is, how it stands, what it found, and which record it covers."""
    event, commission = data["event"], data["document"]["commission"]
    if data["copy"]:
        page.paragraph((data["copy"], True), style="Quiet")
    page.paragraph((event["name"] + (" · REHEARSAL" if event["rehearsal"] else ""), False), style="Quiet")
    page.paragraph((data["document"]["title"], False), style="Title")
    page.paragraph(("Outcome" + (f" · {commission}" if commission else ""), False))
    page.paragraph((data["status"], True))
    for sentence in [*data["summary"], *(f"Still open: {sentence}" for sentence in data["open"])]:
        page.paragraph((sentence, False))
    made = f"Made on {data['generated']['words']} from the event’s journal up to {data['journal']['number']}."
    page.paragraph((made, False), style="Quiet")
    page.paragraph((f"Hash of the text: {data['sealed'] or data['hash']}.", False), style="Quiet")
    tracked = "Each change is tracked: its author is the ballot that carried it, its date the close of it."
    page.paragraph((tracked, False), style="Quiet")
    if data["journal"]["head"]:
        page.paragraph((f"Head of the journal: {data['journal']['head']}", False), style="Quiet")


def write_record(page: Page, data: dict[str, Any]) -> None:
    """How every passage came about; in the short edition only what was decided."""
    if data["edition"] == SHORT:
        _write_decisions(page, data)
    else:
        page.heading("The record", 1)
        for passage in data["passages"]:
            write_passage_record(page, passage)
        page.heading("The document as a whole", 2)
        write_matter(page, data["general"])
    _write_balance(page, data["balance"])


def _write_balance(page: Page, balance: dict[str, Any]) -> None:
    if balance["lines"]:
        page.heading("Balance sheet of the event", 1)
        page.paragraph((balance["sentence"], any(line["wrong"] for line in balance["lines"])))
        page.table(*balance_table(balance["lines"]), (8, 3, 3, 3, 5))


def _write_decisions(page: Page, data: dict[str, Any]) -> None:
    page.heading("What was decided", 1)
    votes = data["decisions"]
    if votes:
        head = ("Ballot", "Question", "Result")
        page.table(head, [(v["title"], v["question"], v["result"]) for v in votes], (3, 6, 7))
    for part in data["beside"]:
        _part(page, part["title"], part["lines"])


def write_statements(page: Page, data: dict[str, Any]) -> None:
    """What was stated without touching the text."""
    if data["statements"]:
        page.heading("What the event stated", 2)
    for statement in data["statements"]:
        page.paragraph((statement["text"], False))
        page.paragraph((f"Motion {statement['motion']}", False), style="Quiet")


def write_passage_record(page: Page, passage: dict[str, Any]) -> None:
    """How one passage came about."""
    page.heading(f"{passage['ref']} · {passage['fate']}", 2)
    if passage["final"] is not None:
        page.paragraph((passage["final"], False))
    page.paragraph((passage["discussed"], False), style="Quiet")
    _part(page, "Changes", [f"{change['author']}: {change['english']}" for change in passage["changes"]])
    if passage["conflict"]:
        _part(page, "Carried motions that collide", conflict_lines(passage["conflict"]))
    _part(page, "Changed since the vote", [since_line(later) for later in passage["since_vote"]])
    write_matter(page, passage)
    _part(page, "In the sign-off", sentences(passage["sign_off"]))


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
