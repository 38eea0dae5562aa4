"""Before the event: reads a document written in Markdown, or plain text, into passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from facilitate.domain.documents import ReadDocument, ReadPassage, clean_text, joined_cells
from facilitate.domain.refusal import Refused
from facilitate.formats.labels import typed_bullet, typed_number
from facilitate.formats.markdown_text import Inline, Source, html_words, inline_words, taken_apart
from facilitate.formats.nesting import Nesting

_DEEPEST = 10_000


def read_markdown(text: str) -> ReadDocument:
    """Reads Markdown; a file without any mark-up is read as paragraphs.

    Errors: empty-document, nested-too-deep.
    """
    reader = _Reader(taken_apart(clean_text(text).removeprefix("\ufeff")))
    try:
        reader.read()
    except RecursionError:
        sentence = "Lists or quotations in the file are nested too deep to be read. Nothing was imported."
        raise Refused("nested-too-deep", sentence, "file") from None
    if not reader.passages:
        raise Refused(
            "empty-document", "The file opens, but there is no text in it. Nothing was imported.", "file"
        )
    return ReadDocument(reader.title(), tuple(reader.passages), tuple(reader.unread()))


class _Reader:
    """Follows one Markdown file from top to bottom and collects its passages."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
        self.nesting = Nesting()
        self.passages: list[ReadPassage] = []
        self.noted: list[str] = []
        self.odd: Counter[str] = Counter()
        self.head: SyntaxTreeNode | None = None
        self.lists = 0
        self.inside_items = 0
        self.waiting: tuple[str, int] | None = None

    def read(self) -> None:
        tree = SyntaxTreeNode(self.parser.parse(self.source.text))
        tops = [node for node in tree.children if node.tag == "h1"]
        self.head = tops[0] if len(tops) == 1 and tops[0] is tree.children[0] else None
        self.children(tree)
        for label, note in self.source.notes.items():
            if label not in self.noted and note:
                self.odd["uncited"] += 1
                self.add("footnote", "", self.note_text(note), 0)

    def title(self) -> str:
        named = self.source.front.get("title") or self.source.front.get("name") or ""
        headings = [passage.heading for passage in self.passages if passage.heading]
        return named or next(iter(headings), self.passages[0].text.partition("\n")[0][:150])

    def unread(self) -> Iterator[str]:
        """What the clerk should compare with the original."""
        left_out = [key for key in self.source.front if key not in ("title", "name")]
        if left_out:
            yield f"The details at the top of the file were left out ({', '.join(left_out)})."
        if self.odd["picture"]:
            yield f"Pictures were not taken, only their descriptions ({self.odd['picture']})."
        if self.odd["html"]:
            yield f"HTML in the text was read as plain words; compare with the original ({self.odd['html']})."
        if self.odd["uncited"]:
            yield f"Footnotes that nothing cites stand at the end ({self.odd['uncited']})."

    def children(self, node: SyntaxTreeNode, quoted: bool = False) -> None:
        for child in node.children:
            self.block(child, quoted)

    def block(self, node: SyntaxTreeNode, quoted: bool) -> None:
        """Reads one block, or what it holds."""
        if node.type == "heading" and not (quoted or self.inside_items):
            self.heading(self.words(node), -1 if node is self.head else int(node.tag[1]) - 1)
        elif node.type in ("paragraph", "heading"):
            self.text(self.words(node), quoted)
        elif node.type in ("bullet_list", "ordered_list"):
            self.list(node, quoted)
        elif node.type == "table":
            self.table(node)
        elif node.type in ("fence", "code_block"):
            number, depth = self.taken()
            self.add("code", number, node.content, depth)
        elif node.type == "html_block":
            self.odd["html"] += 1
            self.text(Inline(html_words(node.content), []), quoted)
        elif node.type != "hr":
            self.children(node, quoted or node.type == "blockquote")

    def list(self, node: SyntaxTreeNode, quoted: bool) -> None:
        """A list: each entry has the number that readers see, whatever the author typed after the first."""
        self.lists += 1
        family, before = f"list {self.lists}", len(self.nesting.open)
        outer = self.waiting[0].strip(".)") if self.waiting else ""
        start = int(node.attrs.get("start", 1))
        self.inside_items += 1
        for at, entry in enumerate(node.children):
            number = f"{start + at}{entry.markup}" if node.type == "ordered_list" else ""
            if outer and at == 0:
                number = ".".join(part for part in (outer, number) if part)
            self.waiting = (number, self.nesting.listed(family, 0, self.inside_items, number))
            self.children(entry, quoted)
        self.inside_items -= 1
        self.waiting = None
        self.nesting.close(before)

    def taken(self) -> tuple[str, int]:
        """Number and depth of the list entry that begins here, else those of a passage without a number."""
        taken, self.waiting = self.waiting, None
        if taken is not None:
            return taken
        return "", self.nesting.inside() if self.inside_items else self.nesting.plain()

    def heading(self, found: Inline, rank: int) -> None:
        """A heading; the only one of the first rank, if it opens the file, is its title and holds nothing."""
        number, text = self.typed(found.text, heading=True)
        depth = self.nesting.heading(rank, number) if rank >= 0 or number else 0
        self.add("heading", number, text, depth)
        self.cite(found, depth)

    def text(self, found: Inline, quoted: bool) -> None:
        """A paragraph of text: with the number of its list, or one typed at its start."""
        entry, text = self.waiting is not None, found.text
        if not text.strip():
            return
        if entry or self.inside_items:
            number, depth = self.taken()
            if entry and not number:
                number, text = self.typed(text)
        else:
            number, text = self.typed(text)
            unmarked = None if number else typed_bullet(text)
            entry, text = unmarked is not None, unmarked or text
            depth = (
                self.nesting.typed(number) if number else self.nesting.inside() if entry else self.taken()[1]
            )
        nested = number and depth > self.nesting.headings() and "." not in number.strip(".")
        kind = "item" if entry or nested else "quote" if quoted else "paragraph"
        self.add(kind, number, text, depth)
        self.cite(found, depth)

    def typed(self, text: str, heading: bool = False) -> tuple[str, str]:
        """The number typed at the start of a text and the rest of it."""
        found = typed_number(text, heading)
        if found is None or not found.rest or not (found.sure or self.nesting.expects(found.number)):
            return "", text
        return found.number, found.rest

    def table(self, node: SyntaxTreeNode) -> None:
        """A passage per row, cells joined by " | "."""
        for row in (child for part in node.children for child in part.children):
            columns = [self.words(cell) for cell in row.children]
            number, depth = self.taken()
            self.add("table", number, joined_cells(cell.text.strip() for cell in columns), depth)
            for cell in columns:
                self.cite(cell, depth)

    def words(self, node: SyntaxTreeNode) -> Inline:
        """The words of a block, which stand in its one inline child."""
        found = Inline("", [])
        for child in node.children:
            if child.type == "inline" and child.token is not None:
                found = inline_words(child.token.children or [], self.source.notes)
        self.odd["picture"] += found.pictures
        return found

    def cite(self, found: Inline, depth: int) -> None:
        """Puts each footnote after the first passage that cites it."""
        for label in found.cited:
            if label not in self.noted:
                self.noted.append(label)
                self.add(
                    "footnote", str(len(self.noted)), self.note_text(self.source.notes[label]), depth + 1
                )

    def note_text(self, note: str) -> str:
        tokens = [
            token for token in self.parser.parse(note) if token.type in ("inline", "fence", "code_block")
        ]
        lines = [
            inline_words(t.children, self.source.notes).text if t.children else t.content for t in tokens
        ]
        return "\n".join(lines)

    def add(self, kind: str, number: str, text: str, depth: int) -> None:
        text = text.strip("\n") if kind == "code" else _tidy(text)
        if kind == "heading" and text:
            self.passages.append(ReadPassage(kind, number, " ".join(text.split()), "", depth))
        elif text.strip():
            self.passages.append(ReadPassage(kind, number, "", text, depth))


def _tidy(text: str) -> str:
    """The words with single spaces; line breaks that the author set stay."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
