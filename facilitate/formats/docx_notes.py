"""Before the event: footnotes and endnotes of a Word file, with the marks under which readers know them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from facilitate.formats.collected import tidy
from facilitate.formats.docx_blocks import blocks, cells, rows
from facilitate.formats.docx_numerals import numeral
from facilitate.formats.docx_package import DocxParts
from facilitate.formats.docx_runs import words
from facilitate.formats.docx_styles import number, value, w

_USUAL = {"footnotes": "decimal", "endnotes": "lowerRoman"}
_SETTING = {"footnotes": "footnotePr", "endnotes": "endnotePr"}
_ONE = {"footnotes": "footnote", "endnotes": "endnote"}


@dataclass(frozen=True)
class Note:
    """A footnote or endnote: its mark, "" where the author typed one, and its words."""

    mark: str
    text: str


class Notes:
    """The notes of one file; ask for each citation once, in document order."""

    def __init__(self, parts: DocxParts) -> None:
        self.waiting: dict[tuple[str, str], etree._Element] = {}
        self.format: dict[str, str] = {}
        self.next: dict[str, int] = {}
        for part, one in _ONE.items():
            root = parts.part(part)
            for note in root.findall(w(one)) if root is not None else ():
                if note.get(w("type"), "normal") == "normal":
                    self.waiting[part, note.get(w("id")) or ""] = note
            setting = _setting(parts, _SETTING[part])
            self.format[part] = value(setting, "numFmt") or _USUAL[part]
            self.next[part] = number(value(setting, "numStart")) or 1

    def cited(self, part: str, identity: str, counted: bool) -> Note | None:
        """The note that a citation points to, None if the file has none or it was cited before."""
        mark = ""
        if counted:
            mark = numeral(self.next[part], self.format[part])
            self.next[part] += 1
        note = self.waiting.pop((part, identity), None)
        return None if note is None else Note(mark, story_text(note))

    def uncited(self) -> list[Note]:
        """The notes that nothing in the text points to, so that their words are not lost."""
        left = [Note("", story_text(note)) for note in self.waiting.values()]
        self.waiting.clear()
        return [note for note in left if note.text]


def story_text(container: etree._Element) -> str:
    """All words of a note or a cell, one line per paragraph, table cells joined by " | "."""
    lines: list[str] = []
    for block, _ in blocks(container):
        if block.tag == w("p"):
            found = words(block)
            lines += [tidy(found.text), *(story_text(box) for box in found.boxes)]
        elif block.tag == w("tbl"):
            lines += [" | ".join(story_text(cell) for cell in cells(row)) for row in rows(block)]
    return "\n".join(line for line in lines if line)


def _setting(parts: DocxParts, name: str) -> etree._Element | None:
    """How notes are counted: the first section of the text goes before the settings of the file."""
    for section in parts.document.iter(w("sectPr")):
        found = section.find(w(name))
        if found is not None:
            return found
        break
    settings = parts.part("settings")
    return settings.find(w(name)) if settings is not None else None
