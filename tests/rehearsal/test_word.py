"""The Word file of the demo numbers itself, and shows the numbers that its Markdown has typed."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

import facilitate.rehearsal
from facilitate.rehearsal.word import word_document

DEMO = Path(facilitate.rehearsal.__file__).parent / "demo"


def level_of(paragraph: Paragraph) -> int | None:
    """Read the outline level of a paragraph from itself or from its style."""
    own: Any = paragraph._p.pPr
    inherited: Any = paragraph.style.element.pPr if paragraph.style else None
    for holder in (own, inherited):
        if holder is not None and holder.numPr is not None:
            return int(holder.numPr.ilvl.val)
    return None


def shown(file: bytes) -> list[str]:
    """Count the automatic numbers as Word does, and write them where Markdown types them."""
    lines, counts = [], [0, 0, 0]
    for paragraph in Document(BytesIO(file)).paragraphs:
        level = level_of(paragraph)
        if level is None:
            lines.append(f"# {paragraph.text}")
            continue
        counts = [*counts[:level], counts[level] + 1, *[0] * (2 - level)]
        number = (f"## {counts[0]}", f"{counts[0]}.{counts[1]}", f"({chr(96 + counts[2])})")[level]
        lines.append(f"{number} {paragraph.text}")
    return lines


def test_word_shows_the_numbers_that_markdown_types() -> None:
    markdown = (DEMO / "skills.md").read_text(encoding="utf-8")
    assert shown(word_document(markdown)) == markdown.strip().split("\n\n")


def test_words_in_word_carry_no_typed_number() -> None:
    file = word_document((DEMO / "skills.md").read_text(encoding="utf-8"))
    texts = [paragraph.text for paragraph in Document(BytesIO(file)).paragraphs]
    assert not [text for text in texts if re.match(r"\d|\(", text)]


def test_outline_stands_before_its_instances() -> None:
    numbering = Document(BytesIO(word_document("# T\n\n## 1 A\n"))).part.numbering_part.element
    kinds = [child.tag for child in numbering if child.tag in (qn("w:abstractNum"), qn("w:num"))]
    assert kinds == sorted(kinds, key=lambda tag: tag == qn("w:num"))


def test_word_file_in_the_demo_is_the_one_the_builder_writes() -> None:
    built = Document(BytesIO(word_document((DEMO / "skills.md").read_text(encoding="utf-8"))))
    stored = Document(str(DEMO / "skills.docx"))
    assert stored.element.xml == built.element.xml
    assert stored.part.numbering_part.element.xml == built.part.numbering_part.element.xml


def test_block_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="carries no number"):
        word_document("# Title\n\nA paragraph that nobody numbered.\n")
