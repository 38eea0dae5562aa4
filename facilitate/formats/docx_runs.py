"""Before the event: the words of one Word paragraph, with insertions taken and deletions left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from facilitate.formats.docx_styles import is_on, w

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

_GONE = {w(name) for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr")}
_MARKS = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
}
SYMBOLS = {
    "F0B7": "•", "F0A7": "▪", "F06F": "□", "F0A8": "□", "F0FC": "✓", "F0FE": "☑", "F0FD": "☒", "F0FB": "✗",
    "F0E0": "→", "F0E8": "→", "F0D8": "➢", "F071": "❑", "F06E": "■", "F0B3": "≥", "F0A3": "≤", "F0B4": "×",
    "F0B0": "°", "F0B1": "±", "F02D": "−",
}  # fmt: skip
_COUNTING = ("LISTNUM", "AUTONUM")
NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}


@dataclass
class Words:
    """What stands in one paragraph: its words, the notes it cites, the text boxes anchored in it.

    Shape: `notes` holds (part, id, whether it is counted), in order; `odd` counts what words cannot hold.
    """

    text: str = ""
    notes: list[tuple[str, str, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)

    def before(self, later: Words) -> Words:
        """This paragraph run on into the later one, as when the mark between them was deleted."""
        return Words(
            self.text + later.text, self.notes + later.notes, self.boxes + later.boxes, self.odd + later.odd
        )


def words(paragraph: etree._Element) -> Words:
    """Reads a paragraph's words; a field gives its result, never its instruction."""
    reader = _Reader()
    reader.read(paragraph)
    return reader.found


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """The one branch of alternative content to read: the first with words in it, the fallback last."""
    branches = [
        branch for kind in ("Choice", "Fallback") for branch in alternatives.findall(_COMPATIBLE + kind)
    ]
    for branch in branches:
        if any(True for _ in branch.iter(w("t"), w("txbxContent"), w("p"), w("tbl"))):
            return branch
    return branches[0] if branches else None


def is_alternative(element: etree._Element) -> bool:
    """Whether the element offers alternatives of the same content."""
    return element.tag == f"{_COMPATIBLE}AlternateContent"


class _Reader:
    def __init__(self) -> None:
        self.found = Words()
        self.fields: list[bool] = []

    def read(self, element: etree._Element) -> None:
        for child in element:
            self._one(child)

    def _one(self, child: etree._Element) -> None:
        tag = child.tag
        if tag in _GONE:
            self.found.odd.update(_counting_field(child))
        elif tag == w("t") or tag == f"{_MATHS}t":
            self._add(child.text or "")
        elif tag in _MARKS:
            self._add(_MARKS[tag] if child.get(w("type")) not in ("page", "column") else "")
        elif tag == w("sym"):
            self._symbol(child.get(w("char")) or "")
        elif tag == w("fldChar"):
            self._field(child.get(w("fldCharType")) or "")
        elif tag in NOTES:
            self.found.notes.append((NOTES[tag], child.get(w("id")) or "", not has_own_mark(child)))
        elif tag == w("txbxContent"):
            self.found.boxes.append(child)
        else:
            self._deeper(child)

    def _deeper(self, child: etree._Element) -> None:
        if is_alternative(child):
            branch = chosen(child)
            if branch is not None:
                self.read(branch)
            return
        if child.tag == w("r") and is_on(child.find(w("rPr")), "vanish"):
            self.found.odd["hidden"] += 1
        elif child.tag in (w("drawing"), w("pict"), w("object")):
            self.found.odd.update(_drawing(child))
        elif child.tag == w("fldSimple"):
            self.found.odd.update(_counting_field(child))
        elif child.tag == f"{_MATHS}oMath":
            self.found.odd["formula"] += 1
        self.read(child)

    def _add(self, text: str) -> None:
        if all(self.fields):
            self.found.text += text

    def _symbol(self, char: str) -> None:
        sign = SYMBOLS.get(char.upper())
        if sign is None:
            self.found.odd["symbol"] += 1
        self._add(sign or "")

    def _field(self, kind: str) -> None:
        """Keeps count of the fields that are open, each False while its instruction lasts."""
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def has_own_mark(reference: etree._Element) -> bool:
    """Whether a note is cited by a mark that the author typed instead of the running count."""
    return (reference.get(w("customMarkFollows")) or "0") not in ("0", "false", "off")


def _drawing(drawing: etree._Element) -> Iterator[str]:
    """What a drawing holds that words cannot; text boxes are read elsewhere."""
    kinds = {(data.get("uri") or "").rpartition("/")[2] for data in drawing.iter(f"{_DRAWN}graphicData")}
    if "chart" in kinds or "diagram" in kinds:
        yield "chart"
    elif drawing.tag == w("object"):
        yield "object"
    elif any(True for _ in drawing.iter(f"{_DRAWN}blip", "{urn:schemas-microsoft-com:vml}imagedata")):
        yield "picture"


def _counting_field(part: etree._Element) -> Iterator[str]:
    """Fields that Word fills with a count at display time and never writes into the file."""
    instruction = part.get(w("instr")) or (part.text if part.tag == w("instrText") else "") or ""
    if instruction.strip().upper().startswith(_COUNTING):
        yield "counter"
