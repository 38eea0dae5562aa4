"""Before the event: turns the headings, paragraphs and entries that a reader meets into passages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from facilitate.domain.documents import ReadDocument, ReadPassage, clean_text, joined_cells
from facilitate.domain.refusal import Refused
from facilitate.formats.codes import Codes
from facilitate.formats.labels import numbered_lines, typed_bullet, typed_number
from facilitate.formats.nesting import Nesting

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
_NUMBER_ONLY = re.compile(r"[\w().:-]{1,12}")


class Collector:
    """Collects the passages of one document from top to bottom, in whatever format it came."""

    def __init__(self) -> None:
        self.nesting = Nesting()
        self.passages: list[ReadPassage] = []
        self.odd: Counter[str] = Counter()
        self.title = ""
        self.codes = Codes()

    def heading(self, text: str, rank: float, number: str = "", family: str = "", level: int = 0) -> None:
        """A heading of that rank, with its number or one that was typed at its start."""
        if not number:
            number, text = self.typed(text, heading=True)
        self._add("heading", number, text, self.nesting.heading(rank, number, family, level))

    def name(self, text: str) -> None:
        """The title of the whole document, which holds nothing."""
        self.title = self.title or tidy(text)
        self._add("heading", "", text, 0)

    def text(self, text: str, *, quoted: bool = False) -> None:
        """A paragraph of running text, with the number or bullet that was typed at its start."""
        first, *others = numbered_lines(text)
        self._paragraph(first, quoted=quoted)
        for each in others:
            self._paragraph(each, quoted=quoted)

    def _paragraph(self, text: str, *, quoted: bool) -> None:
        number, rest = self.typed(text)
        unmarked = None if number else typed_bullet(text)
        if number:
            depth = self.nesting.typed(number)
        else:
            depth = self.nesting.inside() if unmarked is not None else self.nesting.plain()
        nested = number and depth > self.nesting.headings() and "." not in number.strip(".")
        kind = "item" if nested or unmarked is not None else "quote" if quoted else "paragraph"
        self._add(kind, number, rest if unmarked is None else unmarked, depth)

    def entry(self, text: str, number: str, family: str, level: int, left: int | None = None) -> None:
        """An entry of an automatic list; without a number it is a bullet."""
        depth = self.nesting.listed(family, level, left, number)
        text, *others = numbered_lines(text)
        if not number:
            number, text = self.typed(text)
        nested = not number or ("." not in number.strip(".") and depth > self.nesting.headings())
        self._add("item" if nested else "paragraph", number, text, depth)
        for each in others:
            self._paragraph(each, quoted=False)

    def more(self, text: str) -> None:
        """A further paragraph inside the last entry."""
        self._add("paragraph", "", text, self.nesting.inside())

    def row(self, cells: Sequence[str], number: str = "") -> None:
        """A row of a table; a number that stands alone in its first cell is its number."""
        texts = [tidy(cell) for cell in cells]
        if not number and len(texts) > 1 and any(texts[1:]):
            found = typed_number(texts[0]) if _NUMBER_ONLY.fullmatch(texts[0]) else None
            certain = found is not None and not found.rest and (texts[0][-1] in ".)" or "." in texts[0])
            if found is not None and certain and (texts[0][-1] in ".)" or self.nesting.expects(texts[0])):
                number, texts = found.number, texts[1:]
        if any(texts):
            depth = self.nesting.typed(number) if number else self.nesting.plain()
            self._add("table", number, joined_cells(texts), depth)

    def note(self, mark: str, text: str) -> None:
        """A footnote, which stands after the passage that cites it."""
        depth = self.passages[-1].depth + 1 if self.passages else 0
        if self.passages and self.passages[-1].kind == "footnote":
            depth = self.passages[-1].depth
        self._add("footnote", mark, text, depth)

    def contents(self, text: str) -> None:
        """A line of a table of contents, whose numbers are not those of the text."""
        self._add("contents", "", text, self.nesting.plain())

    def code(self, text: str) -> None:
        """Text whose line ends and spaces matter."""
        if text.strip():
            kept = clean_text(text).strip("\n")
            self.passages.append(ReadPassage("code", "", "", kept, self.nesting.plain()))

    def typed(self, text: str, *, heading: bool = False) -> tuple[str, str]:
        """The number typed at the start of a text, "" if there is none, and the rest of it."""
        found = self.codes.find(text) or typed_number(text, heading)
        if found is None or not found.rest.strip() or not (found.sure or self.nesting.expects(found.number)):
            return "", text
        return found.number, found.rest

    def document(self, title: str, unread: Sequence[str]) -> ReadDocument:
        """The whole document.

        Errors: empty-document.
        """
        if not self.passages:
            raise Refused(
                "empty-document", "The file opens, but there is no text in it. Nothing was imported.", "file"
            )
        headings = [passage.heading for passage in self.passages if passage.heading]
        named = self.title or tidy(clean_text(title)).replace("\n", " ")
        first = self.passages[0].text.partition("\n")[0][:150]
        return ReadDocument(named or next(iter(headings), first), tuple(self.passages), tuple(unread))

    def _add(self, kind: str, number: str, text: str, depth: int) -> None:
        text, number = tidy(clean_text(text)), clean_text(number)
        if kind == "heading" and text:
            self.passages.append(ReadPassage(kind, number, " ".join(text.split()), "", depth))
        elif text:
            self.passages.append(ReadPassage(kind, number, "", text, depth))


def tidy(text: str) -> str:
    """The words with single spaces; line breaks that the author set stay, empty lines go."""
    lines = (" ".join(line.split()) for line in text.translate(_INVISIBLE).split("\n"))
    return "\n".join(line for line in lines if line)


def counted(odd: Counter[str], sentences: dict[str, tuple[str, str]]) -> list[str]:
    """What could not be taken, in sentences for one and for many."""
    return [
        one if odd[kind] == 1 else many.format(n=odd[kind])
        for kind, (one, many) in sentences.items()
        if odd[kind]
    ]
