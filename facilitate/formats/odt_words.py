"""Before the event: the words of one paragraph of an OpenDocument text, its notes and its text boxes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from facilitate.formats.collected import tidy
from facilitate.formats.odt_package import q
from facilitate.formats.odt_styles import OdtStyles

_SILENT = {
    q(f"text:{name}")
    for name in (
        "bookmark",
        "bookmark-start",
        "reference-mark",
        "soft-page-break",
        "tracked-changes",
        "number",
    )
} | {q("office:forms"), q("svg:title"), q("svg:desc"), q("text:ruby-text")}
_HIDDEN = {q("text:hidden-text"), q("text:hidden-paragraph"), q("text:conditional-text")}
_BLANKS = {q("text:s"): " ", q("text:tab"): "\t", q("text:line-break"): "\n"}


@dataclass
class Words:
    """What stands in one paragraph.

    Shape: `notes` holds (mark, words) in order; `boxes` the elements whose paragraphs stand in text boxes.
    """

    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)


def words(paragraph: etree._Element, styles: OdtStyles) -> Words:
    """Reads a paragraph's words; white space counts as one blank, as the format says."""
    found = Words()
    _inside(paragraph, found, styles)
    return found


def story_text(container: etree._Element, styles: OdtStyles) -> str:
    """All words of a note or a cell, one line per paragraph, in whatever lists or sections they stand."""
    lines = []
    for paragraph in container.iter(q("text:p"), q("text:h")):
        above = next(paragraph.iterancestors(q("text:note"), q("office:annotation")), None)
        if above is None or above in (container, *container.iterancestors(q("text:note"))):
            found = words(paragraph, styles)
            lines += [tidy(found.text), *(story_text(box, styles) for box in found.boxes)]
    return "\n".join(line for line in lines if line)


def drawn(drawing: etree._Element) -> Words:
    """What a drawing holds that stands between paragraphs and not in one."""
    found = Words()
    _drawing(drawing, found)
    return found


def _inside(element: etree._Element, found: Words, styles: OdtStyles) -> None:
    found.text += _spaced(element.text)
    for child in element:
        _one(child, found, styles)
        found.text += _spaced(child.tail)


def _one(child: etree._Element, found: Words, styles: OdtStyles) -> None:
    tag = child.tag
    if tag in _BLANKS:
        found.text += _BLANKS[tag]
    elif tag == q("text:note"):
        _note(child, found, styles)
    elif tag in (q("office:annotation"), q("office:annotation-end")):
        found.odd["comment"] += tag == q("office:annotation")
    elif tag in (q("draw:frame"), q("draw:custom-shape"), q("draw:g"), q("draw:a"), q("draw:rect")):
        _drawing(child, found)
    elif tag in _HIDDEN and not (child.text or "").strip():
        found.odd["hidden"] += 1
        found.text += child.get(q("text:string-value")) or ""
    elif tag not in _SILENT:
        if tag == q("text:span") and styles.is_hidden(child.get(q("text:style-name")), "text"):
            found.odd["hidden"] += 1
        if tag in (q("text:change-start"), q("text:change")):
            found.odd["changed"] += 1
        _inside(child, found, styles)


def _note(note: etree._Element, found: Words, styles: OdtStyles) -> None:
    citation, body = note.find(q("text:note-citation")), note.find(q("text:note-body"))
    mark = "".join(citation.itertext()).strip() if citation is not None else ""
    if body is not None:
        found.notes.append((mark, story_text(body, styles)))


def _drawing(drawing: etree._Element, found: Words) -> None:
    """A frame: text boxes are read as text, pictures and objects are counted."""
    boxes = [box for box in drawing.iter(q("draw:text-box")) if _is_outermost(box, drawing)]
    found.boxes += boxes or ([drawing] if any(True for _ in drawing.iter(q("text:p"))) else [])
    if any(True for _ in drawing.iter(q("draw:object"), q("draw:object-ole"))):
        found.odd["object"] += 1
    elif not boxes and any(True for _ in drawing.iter(q("draw:image"))):
        found.odd["picture"] += 1


def _is_outermost(box: etree._Element, drawing: etree._Element) -> bool:
    above = next(box.iterancestors(q("draw:text-box")), None)
    return above is None or above not in drawing.iter(q("draw:text-box"))


def _spaced(text: str | None) -> str:
    return "" if not text else "".join(" " if c in "\t\r\n" else c for c in text)
