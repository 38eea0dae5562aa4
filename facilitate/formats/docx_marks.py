"""Outcome: tracked changes, margin comments and visible references for a word processor's file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from facilitate.formats.tracked import Mark, Piece, writable


def element(tag: str, **attributes: str | int) -> Any:
    """A WordprocessingML element; attribute names without their prefix."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), writable(str(value)))
    return made


class Marker:
    """Writes changes into one document, each with its author and date, all with ids of their own."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.last_id = 0
        self.labels = 0

    def write(self, paragraph: Paragraph, pieces: Iterable[Piece]) -> None:
        """Add a passage's words to a paragraph.

        Shape: what one change put in and another took out is a deletion inside an insertion.
        """
        for piece in pieces:
            run = _run(piece.text, deleted=piece.deleted is not None)
            paragraph._p.append(self.tracked(run, piece.inserted, piece.deleted))

    def tracked(self, run: Any, inserted: Mark | None, deleted: Mark | None) -> Any:
        """A run as a change brought it in or takes it out."""
        inner = self.change("del", deleted, run) if deleted else run
        return self.change("ins", inserted, inner) if inserted else inner

    def mark_paragraph(self, paragraph: Paragraph, tag: str, mark: Mark) -> None:
        """Say that the paragraph itself was put in (`ins`) or taken out (`del`): no empty line stays."""
        properties = paragraph._p.get_or_add_pPr()
        about = properties.find(qn("w:rPr"))
        if about is None:
            about = element("rPr")
            properties.append(about)
        # An insertion stands before a deletion here.
        about.insert(len(about.findall(qn("w:ins"))), self.change(tag, mark))

    def label(self, paragraph: Paragraph, words: str, indent: int) -> None:
        """Give a paragraph its reference as a list label: visible, spoken, and no part of its text.

        Units: `indent` in twentieths of a point; without one the words stand right beside the label.
        """
        numbering = self.document.part.numbering_part.element
        self.labels += 1
        key = 9000 + self.labels
        abstract = element("abstractNum", abstractNumId=key)
        level = element("lvl", ilvl=0)
        properties, run = element("pPr"), element("rPr")
        properties.append(element("ind", left=indent, hanging=indent))
        run.extend([element("b", val=0), element("color", val="4A4F5A"), element("sz", val=16)])
        level.extend(
            [
                element("start", val=1),
                element("numFmt", val="decimal"),
                *([] if indent else [element("suff", val="space")]),
                element("lvlText", val=words),
                element("lvlJc", val="left"),
                properties,
                run,
            ]
        )
        abstract.append(element("multiLevelType", val="singleLevel"))
        abstract.append(level)
        first_number = numbering.find(qn("w:num"))
        if first_number is None:
            numbering.append(abstract)
        else:
            first_number.addprevious(abstract)
        number = element("num", numId=key)
        number.append(element("abstractNumId", val=key))
        numbering.append(number)
        listed = element("numPr")
        listed.extend([element("ilvl", val=0), element("numId", val=key)])
        paragraph._p.get_or_add_pPr().insert_element_before(
            listed, "w:suppressLineNumbers", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
        )

    def change(self, tag: str, mark: Mark, inner: Any = None) -> Any:
        """A change (`ins` or `del`) with its author and date, around what it changes."""
        self.last_id += 1
        made = element(tag, id=self.last_id, author=mark.author)
        if mark.at:
            made.set(qn("w:date"), mark.at)
        if inner is not None:
            made.append(inner)
        return made


def _run(words: str, *, deleted: bool) -> Any:
    run = element("r")
    for i, line in enumerate(writable(words).split("\n")):
        if i:
            run.append(element("br"))
        for j, piece in enumerate(line.split("\t")):
            if j:
                run.append(element("tab"))
            text = element("delText" if deleted else "t")
            text.text = piece
            text.set(qn("xml:space"), "preserve")
            run.append(text)
    return run
