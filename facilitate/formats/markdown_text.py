"""Before the event: the words of Markdown: front matter, footnotes, links and raw HTML made plain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(?P<inside>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"\s*(#.*)?|[A-Za-z_][\w .-]*:(\s.*)?|\s+\S.*|- .*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)")
_CITED = re.compile(r"\[\^([^\]\s]+)\]")
_LINES = {
    "p",
    "div",
    "br",
    "li",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "hr",
    "dt",
    "dd",
    "table",
}
_SILENT = {"script", "style", "template"}


@dataclass
class Source:
    """A Markdown file taken apart: the text proper, the footnotes by label, the keys of the front matter."""

    text: str
    front: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def taken_apart(text: str) -> Source:
    """Takes front matter and footnotes out of a file; what only looks like front matter stays in the text."""
    front: dict[str, str] = {}
    found = _FRONT.match(text)
    if found and all(_FRONT_LINE.fullmatch(line) for line in found["inside"].splitlines()):
        for line in found["inside"].splitlines():
            key, colon, value = line.partition(":")
            if colon and not line[:1].isspace() and not line.startswith(("#", "-")):
                front[key.strip().lower()] = unescape(value.strip().strip("\"'"))
        if front:
            text = text[found.end() :]
    return _without_notes(text, front)


def _without_notes(text: str, front: dict[str, str]) -> Source:
    """Takes the footnotes out; inside a code fence nothing is one."""
    kept: list[str] = []
    notes: dict[str, str] = {}
    fence, label = "", ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        note = _NOTE.match(line) if not fence else None
        if note and note[1] not in notes:
            label, notes[note[1]] = note[1], note[2]
        elif label and (
            line.startswith(("    ", "\t")) or (line.strip() and not notes[label].endswith("\n"))
        ):
            notes[label] += "\n" + line.strip()
        elif label and not line.strip():
            notes[label] += "\n"
            kept.append(line)
        else:
            label = ""
            kept.append(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
    return Source("\n".join(kept), front, {name: note.strip() for name, note in notes.items()})


@dataclass
class Inline:
    """The words of one stretch of inline Markdown, the footnotes it cites and the pictures in it."""

    text: str
    cited: list[str]
    pictures: int = 0


def inline_words(tokens: Sequence[Token], notes: dict[str, str]) -> Inline:
    """Reads inline tokens: links keep their address in brackets, pictures their description."""
    out: list[str] = []
    links: list[tuple[int, str]] = []
    pictures = 0
    for token in tokens:
        if token.type == "link_open":
            links.append((len(out), _address(token)))
        elif token.type == "link_close":
            at, address = links.pop()
            out.append(_after_link("".join(out[at:]), address))
        elif token.type == "image":
            pictures += 1
            out.append(inline_words(token.children or [], notes).text)
        elif token.type in ("softbreak", "hardbreak"):
            out.append(" " if token.type == "softbreak" else "\n")
        elif token.type == "html_inline":
            out.append(html_words(token.content) or ("\n" if token.content.lower().startswith("<br") else ""))
        else:
            out.append(token.content)
    text = "".join(out)
    cited = [label for label in _CITED.findall(text) if label in notes]
    return Inline(_CITED.sub(lambda found: "" if found[1] in notes else found[0], text), cited, pictures)


def _address(token: Token) -> str:
    href = normalizeLinkText(str(token.attrs.get("href") or ""))
    title = str(token.attrs.get("title") or "")
    return f"{href}, {title}" if title else href


def _after_link(words: str, address: str) -> str:
    """The address in brackets, unless the words say it already or it only points within the text."""
    bare = re.sub(r"^(mailto:|https?://)", "", address).rstrip("/")
    said = re.sub(r"^(mailto:|https?://)", "", words.strip()).rstrip("/")
    if not address or bare == said or (address.startswith("#") and ", " not in address):
        return ""
    return f" ({address})" if words.strip() else address


def html_words(markup: str) -> str:
    """The words that a browser would show of a piece of HTML, one line per block; scripts and styles go."""
    reader = _Html()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.words).split("\n"))
    return "\n".join(line for line in lines if line)


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.silent = 0
        self.links: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "img":
            self.words.append(dict(attrs).get("alt") or "")
        elif tag == "a":
            self.links.append((len(self.words), dict(attrs).get("href") or ""))
        self.words.append("\n" if tag in _LINES else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            at, address = self.links.pop()
            self.words.append(_after_link("".join(self.words[at:]), address))
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        self.words.append("\n" if tag in _LINES else "")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data.replace("\n", " "))
