"""Before the event: puts the letters of a PDF page together into words, pieces of lines and rows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from facilitate.formats.docx_runs import SYMBOLS

RAISED, LOWERED = "\ue000", "\ue001"
_BOLD = re.compile(r"bold|black|heavy|semibold|demi|cmbx|-bd\b", re.I)
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_CID = re.compile(r"\(cid:\d+\)")
_SPACE = 0.18
_APART = 1.1
_WIDE = 1.6
_GUTTER = 0.6
_FEWEST_ROWS = 6
_MOSTLY = 0.75
_MARKS = set("0123456789*†‡§")


@dataclass
class Piece:
    """Words that stand together on one line, with no gap between them that is wider than a blank or two.

    Shape: `cells` are the words and edges of what stands on one line with wide gaps between.
    Units: points from the top left corner of the page; `first` is the width of the first word.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    some_bold: bool
    first: float
    page: int
    rows: list[list[str]] = field(default_factory=list)
    column: int = 0
    right: float = 0.0
    left: float = 0.0
    cells: list[tuple[str, float, float]] = field(default_factory=list)
    underlined: bool = False
    contents: bool = False


def pieces(letters: Iterable[dict[str, Any]], page: int, odd: Counter[str]) -> list[Piece]:
    """The pieces of lines of one page, from top to bottom and left to right."""
    kept = [letter for letter in letters if _is_text(letter, odd)]
    found: list[Piece] = []
    rows = _rows(kept)
    strip = _strip(rows)
    for row in rows:
        found += _cut(row, page, odd, strip)
    return found


def _is_text(letter: dict[str, Any], odd: Counter[str]) -> bool:
    if letter.get("tag") == "Artifact":
        odd["artifact"] += bool(letter["text"].strip())
        return False
    if not letter.get("upright", True):
        odd["turned"] += bool(letter["text"].strip())
        return False
    return bool(letter["x1"] > letter["x0"] or letter["text"].strip())


def _rows(letters: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Letters that stand on one line; those of the usual size first, so that raised ones find their line."""
    sizes = Counter(round(letter["size"]) for letter in letters if letter["text"].strip())
    usual = sizes.most_common(1)[0][0] if sizes else 0
    order = sorted(letters, key=lambda each: (each["size"] < 0.8 * usual, each["top"], each["x0"]))
    rows: list[list[dict[str, Any]]] = []
    spans: list[tuple[float, float]] = []
    for letter in order:
        at = _row_of(letter, spans, rows)
        if at is None:
            rows.append([letter])
            spans.append((letter["top"], letter["bottom"]))
        else:
            rows[at].append(letter)
    both = sorted(zip(spans, rows, strict=True), key=lambda each: each[0])
    return [sorted(row, key=lambda each: float(each["x0"])) for _, row in both]


def _row_of(
    letter: dict[str, Any], spans: list[tuple[float, float]], rows: list[list[dict[str, Any]]]
) -> int | None:
    height = max(letter["bottom"] - letter["top"], 0.1)
    best, most = None, 0.0
    for at in range(len(spans) - 1, max(-1, len(spans) - 80), -1):
        top, bottom = spans[at]
        shared = min(bottom, letter["bottom"]) - max(top, letter["top"])
        smaller = letter["size"] < 0.8 * rows[at][0]["size"]
        if shared / height <= (0.4 if smaller else 0.6) or bottom - top >= 2.2 * height:
            continue
        # A raised mark stands close behind a word; the row of another column may fit its height better.
        near = shared + (height if smaller and _stands_behind(letter, rows[at]) else 0.0)
        if near > most:
            best, most = at, near
    return best


def _stands_behind(letter: dict[str, Any], row: list[dict[str, Any]]) -> bool:
    return any(-1 < letter["x0"] - each["x1"] < 0.5 * each["size"] for each in row)


def _strip(rows: list[list[dict[str, Any]]]) -> float | None:
    """Where nearly every row of a page has a gap, as between two columns that stand close together."""
    shown = [[each for each in row if each["text"].strip()] for row in rows]
    shown = [row for row in shown if row]
    if len(shown) < _FEWEST_ROWS:
        return None
    left, right = min(row[0]["x0"] for row in shown), max(row[-1]["x1"] for row in shown)
    gaps = [_gaps(row) for row in shown]
    best: list[float] = []
    most = _MOSTLY
    at = left + 0.28 * (right - left)
    while at < right - 0.28 * (right - left):
        both = [row for row, own in zip(shown, gaps, strict=True) if row[0]["x0"] < at < row[-1]["x1"]]
        open_ = sum(any(x0 <= at <= x1 for x0, x1 in own) for own in gaps)
        if len(both) >= _FEWEST_ROWS and open_ / len(both) >= most:
            best = [*(best if open_ / len(both) == most else []), at]
            most = open_ / len(both)
        at += 2
    return median(best) if best else None


def _gaps(row: list[dict[str, Any]]) -> list[tuple[float, float]]:
    pairs = pairwise(row)
    return [(a["x1"], b["x0"]) for a, b in pairs if b["x0"] - a["x1"] > _GUTTER * a["size"]]


def _cut(row: list[dict[str, Any]], page: int, odd: Counter[str], strip: float | None) -> list[Piece]:
    """Cuts a row where there is a wide gap, as between columns or after a number."""
    parts: list[list[dict[str, Any]]] = [[]]
    for letter in row:
        last = next((each for each in reversed(parts[-1]) if each["text"].strip()), None)
        gap = letter["x0"] - last["x1"] if last is not None else 0.0
        own = last is not None and strip is not None and last["x1"] <= strip <= letter["x0"]
        if last is not None and gap > (_GUTTER if own else _APART) * max(letter["size"], last["size"]):
            parts.append([])
        if letter["text"].strip() or parts[-1]:
            parts[-1].append(letter)
    found = [_piece(part, page, odd) for part in parts if any(each["text"].strip() for each in part)]
    return [piece for piece in found if piece.text]


def _piece(letters: list[dict[str, Any]], page: int, odd: Counter[str]) -> Piece:
    while letters and not letters[-1]["text"].strip():
        letters.pop()
    shown = [each for each in letters if each["text"].strip()]
    sizes = Counter(round(each["size"] * 2) / 2 for each in shown)
    size = sizes.most_common(1)[0][0]
    main = [each for each in shown if each["size"] > 0.8 * size] or shown
    top, bottom = min(each["top"] for each in main), max(each["bottom"] for each in main)
    text, first = _words(letters, size, bottom, odd)
    bold = [
        bool(_BOLD.search(each["fontname"].rpartition("+")[2])) for each in shown if each["text"].isalnum()
    ]
    return Piece(
        text, shown[0]["x0"], shown[-1]["x1"], top, bottom, size, bool(bold) and all(bold), any(bold),
        first - shown[0]["x0"], page,
    )  # fmt: skip


def _words(letters: list[dict[str, Any]], size: float, bottom: float, odd: Counter[str]) -> tuple[str, float]:
    """The words of a piece with raised marks between signs of their own, and where the first word ends."""
    text, raised, first, last = "", False, 0.0, None
    gaps: list[float] = []
    for letter in letters:
        gap = last is not None and letter["x0"] - last["x1"] > _SPACE * size
        blank = not letter["text"].strip()
        up = not blank and letter["size"] < 0.8 * size and letter["bottom"] < bottom - 0.12 * size
        up = up and letter["text"] in _MARKS
        if up != raised:
            text += RAISED if up else LOWERED
            raised = up
        if blank or gap:
            text += " "
        if last is not None and not blank and letter["x0"] - last["x1"] > _SPACE * size:
            gaps.append(letter["x0"] - last["x1"])
        text += "" if blank else _sign(letter, odd)
        if not first and (blank or gap) and last is not None:
            first = last["x1"]
        last = last if blank else letter
    text += LOWERED if raised else ""
    words = text.split()
    wide = len(gaps) > 2 and gaps[0] > _WIDE * median(gaps[1:]) and gaps[0] > _WIDE * _SPACE * size
    shown = "\t".join([words[0], " ".join(words[1:])]) if wide else " ".join(words)
    return shown, first or letters[-1]["x1"]


def _sign(letter: dict[str, Any], odd: Counter[str]) -> str:
    text = str(letter["text"])
    if _CID.fullmatch(text):
        odd["symbol"] += 1
        return "\ufffd"
    if "\uf000" <= text[:1] <= "\uf0ff":
        sign = SYMBOLS.get(f"{ord(text[0]):04X}")
        odd["symbol"] += sign is None
        return sign or "•"
    return _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
