"""Before the event: footnotes of a web page: which links cite one, which element holds its words."""

from __future__ import annotations

import re

from lxml import etree

from facilitate.formats.collected import tidy
from facilitate.formats.html_words import Words, inline

_MARK = re.compile(r"\[?(\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5})[.)]?\]?", re.I)
_BACK = re.compile(r"[↩↑⤴^\ufe0e\s\[\]]*|\[?\d{1,3}\.?\]?|back( to (text|content|top))?", re.I)
_NAMED = re.compile(r"(foot|end)?note|\bfn|\bftn|_ftn|sdfoot|sdend|reference|cite", re.I)
_HOLDERS = ("li", "p", "div", "dd", "aside", "td", "section")


class HtmlNotes:
    """The notes of one page; `taken` are the elements that are notes and no part of the text."""

    def __init__(self, root: etree._Element) -> None:
        self._order = {element: at for at, element in enumerate(root.iter())}
        by_id = {
            each.get("id") or each.get("name"): each for each in root.iter() if isinstance(each.tag, str)
        }
        by_id.pop(None, None)
        self._by_link: dict[etree._Element, etree._Element] = {}
        self.taken: set[etree._Element] = set()
        for link in root.iter("a"):
            holder = self._holder(link, by_id)
            if holder is not None:
                self._by_link[link] = holder
                self.taken.add(holder)
        self._marks = {holder: _mark(link) for link, holder in reversed(self._by_link.items())}
        self._waiting = set(self.taken)

    def _holder(self, link: etree._Element, by_id: dict[str | None, etree._Element]) -> etree._Element | None:
        """The element with the words of the note that a link cites, None if it cites none."""
        href, mark = link.get("href") or "", "".join(link.itertext()).strip()
        target = by_id.get(href[1:]) if href.startswith("#") else None
        if target is None or not _MARK.fullmatch(mark) or self._order[target] < self._order[link]:
            return None
        raised = any(True for _ in link.iterancestors("sup")) or link.find("sup") is not None
        role = link.get("role") == "doc-noteref" or (link.get("epub:type") or "") == "noteref"
        if not (raised or role or _NAMED.search(href + " " + (link.get("class") or ""))):
            return None
        holder = target
        while holder.tag not in _HOLDERS:
            above = holder.getparent()
            if above is None or above.tag in ("body", "html"):
                return None
            holder = above
        return (
            None if link in holder.iter() or any(True for _ in holder.iter("h1", "h2", "table")) else holder
        )

    def cited(self, link: etree._Element) -> tuple[str, str] | None:
        """Mark and words of the note that an element cites for the first time, None if it cites none."""
        if link.tag == "sup":
            inner = [child for child in link.iter("a") if child in self._by_link]
            same = inner and "".join(link.itertext()).strip() == "".join(inner[0].itertext()).strip()
            return self.cited(inner[0]) if same else None
        holder = self._by_link.get(link)
        if holder is None:
            return None
        self._waiting.discard(holder)
        words = self._words(holder)
        if holder in self._marks and words:
            return self._marks.pop(holder), words
        return "", ""

    def is_back(self, link: etree._Element) -> bool:
        """Whether a link only leads back from a note to where it is cited."""
        inside = any(above in self.taken for above in link.iterancestors())
        text = "".join(link.itertext()).strip()
        return (
            inside
            and link.tag == "a"
            and (link.get("href") or "").startswith("#")
            and bool(_BACK.fullmatch(text))
        )

    def uncited(self) -> list[tuple[str, str]]:
        """Notes that no text that was read cites, so that their words are not lost."""
        left = [holder for holder in self.taken if holder in self._waiting]
        return [
            (self._marks.get(holder, ""), self._words(holder))
            for holder in sorted(left, key=self._order.__getitem__)
        ]

    def _words(self, holder: etree._Element) -> str:
        found = Words()
        inline(holder, found, self)
        text = tidy(found.text)
        mark = self._marks.get(holder, "")
        for start in (f"[{mark}]", f"{mark}.", f"{mark})", mark):
            if mark and text.startswith(start) and not text[len(start) : len(start) + 1].isalnum():
                return text[len(start) :].strip()
        return text


def _mark(link: etree._Element) -> str:
    return "".join(link.itertext()).strip().strip("[]()")
