"""Before the event: numbers typed at the start of a paragraph, such as "(a)", "12." or "1.1"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACE = "[ \t\u00a0\u2000-\u200a\u202f\u3000]"
_SMALL_ROMAN = r"x{0,3}(?:ix|iv|v?i{0,3})"
_BODY = rf"\d{{1,3}}[A-Z]{{0,2}}|[A-Za-z]|([a-z])\1|{_SMALL_ROMAN}|{_SMALL_ROMAN.upper()}"
_DECIMALS = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})+(?:[A-Z](?![A-Za-z]))?|[A-Z]\d{0,2}(?:\.\d{1,3})+)[.):]?"
    rf"(?={_SPACE}|$|[A-Z][a-z])"
)
_BRACKETED = re.compile(rf"\((?:{_BODY})\)")
_CLOSED = re.compile(rf"(?:{_BODY})\)(?={_SPACE}|$)")
_STOPPED = re.compile(rf"(?:{_BODY})\.(?={_SPACE}|$)")
# As in British law: "2.—(1)" is regulation 2 and its first paragraph.
_LEGAL = re.compile(rf"(\d{{1,3}}[A-Z]{{0,2}})\.?{_SPACE}*[-–—]+{_SPACE}*\((\d{{1,3}})[A-Z]?\)")
_DASHED = re.compile(rf"\d{{1,3}}[-–—](?={_SPACE}+[A-Z])")
_BARE = re.compile(rf"\d{{1,3}}[A-Z]{{0,2}}(?={_SPACE}|$)")
_TABBED = re.compile(rf"(?:[A-Za-z]|([a-z])\1|{_SMALL_ROMAN})(?=\t|{_SPACE}{{3}})")
_WORDED = re.compile(
    r"((?:part|chapter|article|annex|appendix|schedule|exhibit|title|section|sub-?section|rule|regulation|"
    rf"clause|principle|recommendation|objective|question|proposal){_SPACE}+"
    r"(?:\d{1,3}(?:\.\d{1,3})*[A-Z]?|[A-Z]|[IVX]{1,6}))"
    rf"(?:{_SPACE}*[:.–—-]+{_SPACE}*|{_SPACE}+|$)(?=[A-Z“‘\"'(]|$)",
    re.IGNORECASE,
)
_BULLET = re.compile(rf"([•●○◦▪■□➢‣⁃·*–—-]){_SPACE}+(?=\S)")
_MONTH = re.compile(
    r"(january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"\(c\)\s*(crown|copyright|\d{4})", re.I)
_PATTERNS = (
    (_LEGAL, True), (_DASHED, False), (_DECIMALS, False), (_BRACKETED, True), (_CLOSED, True),
    (_STOPPED, True), (_BARE, False), (_TABBED, False),
)  # fmt: skip
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad \t\n\u00a0"
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True)
class Typed:
    """A number found at the start of a text: as the reader sees it, the text after it, how sure that is.

    Shape: `sure` is False where the text could as well begin with a figure ("1 General", "2.5 GW of wind"),
    so that only the numbers around it can tell.
    """

    number: str
    rest: str
    sure: bool


@dataclass(frozen=True)
class Reading:
    """One way to count a number: the series that it belongs to and its place in it; "(i)" has two."""

    series: str
    place: int
    outer: str = ""


def typed_number(text: str, heading: bool = False) -> Typed | None:
    """The number that the text begins with, None if it begins with none."""
    text = text.strip(_INVISIBLE)
    if heading and (worded := _WORDED.match(text)):
        return Typed(" ".join(worded[1].split()), text[worded.end() :].strip(), True)
    for pattern, certain in _PATTERNS:
        match = pattern.match(text)
        if match and match[0].strip("().") and not _COPYRIGHT.match(text):
            return _typed(text, match, certain or (heading and pattern is _DECIMALS))
    return None


def _typed(text: str, match: re.Match[str], certain: bool) -> Typed | None:
    number, after = match[0], text[match.end() :]
    gap = after[: len(after) - len(after.lstrip(_INVISIBLE))]
    rest = after.strip(_INVISIBLE)
    if number.startswith("0") or (not gap and rest and rest[0] in ",.;%/-"):
        return None
    wide = "\t" in gap or len(gap) > 1 or not rest
    if number[-1] == "." and number[:-1].isalpha():
        return Typed(number, rest, wide)
    if number.isalpha():
        return Typed(number, rest, False) if rest else None
    if number[-1] in "-–—":
        return Typed(number, rest, False)
    sure = certain or wide or number[-1] in ".):"
    if not sure and (rest[0].islower() or (number.isdigit() and _MONTH.match(rest))):
        return None
    if not sure and not number[-1].isdigit() and "." not in number:
        return None
    return Typed(number, rest, sure)


def is_titled(text: str) -> bool:
    """Whether a few words are written as a title is: the longer ones begin with capitals."""
    words = [word.strip("“”\"'().,") for word in text.split()]
    longer = [word for word in words if len(word) > 3 or word == words[0]]
    return 0 < len(words) <= 6 and all(word[:1].isupper() for word in longer)


def worded_rank(text: str) -> float | None:
    """How far out a short line stands as a heading by words such as "Article 4", None if it is none."""
    found = _WORDED.match(text.strip(_INVISIBLE))
    rest = text.strip(_INVISIBLE)[found.end() :].strip() if found else ""
    closed = rest[-1:] in tuple(";,") or (rest[-1:] == "." and not is_titled(rest))
    if found is None or (rest and not rest[0].isupper()) or len(rest.split()) > 12 or closed:
        return None
    outer = ("part", "chapter", "article", "annex", "appendix", "schedule", "exhibit", "title")
    word = found[0].lower()
    return 200.0 if word.startswith(outer) else 202.0 if word.startswith("sub") else 201.0


def typed_bullet(text: str) -> str | None:
    """The text after a bullet or dash that was typed at its start, None if there is none."""
    match = _BULLET.match(text.lstrip(_INVISIBLE))
    return text.lstrip(_INVISIBLE)[match.end() :].strip() if match else None


def numbered_lines(text: str) -> list[str]:
    """A text whose author began new lines with numbers or bullets, as the paragraphs that readers see.

    Shape: one text or more, in order; lines that begin with none stay with the line before them.
    """
    found: list[str] = []
    for line in text.split("\n"):
        number = typed_number(line)
        several = number is not None and "." in number.number.strip(".") and number.rest[:1].isupper()
        numbered = number is not None and bool(number.rest) and (number.sure or several)
        if numbered or typed_bullet(line) is not None or not found:
            found.append(line)
        else:
            found[-1] += f"\n{line}"
    return [each for each in found if each.strip()] or [text]


def readings(number: str) -> list[Reading]:
    """The ways to count a visible number, the likeliest first where nothing around it decides.

    Shape: series such as "1", "(a)", "(i)", "A)", "1.1"; of several parts `outer` is all but the last.
    """
    if legal := _LEGAL.fullmatch(number):
        return [Reading("1", int(legal[1].rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")))]
    core = number.strip(" .:()-–—")
    if "." in core:
        outer, _, last = core.rpartition(".")
        digits = re.match(r"\d+", last)
        return [Reading("1.1", int(digits[0]), outer)] if digits else []
    frame = ("(" if number.startswith("(") else "") + "{}" + (")" if number.endswith(")") else "")
    digits = re.match(r"\d+", core)
    if digits:
        return [Reading(frame.format("1"), int(digits[0]))]
    if coded := re.fullmatch(r"(\D+)(\d+)\D*", core):
        return [Reading(f"{coded[1]}1", int(coded[2]))]
    return [Reading(frame.format(series), place) for series, place in _alphabetical(core)]


def inner_place(number: str) -> int | None:
    """The place in the series "(1)" that a number such as "2.—(1)" opens within itself, None for others."""
    legal = _LEGAL.fullmatch(number)
    return int(legal[2]) if legal else None


def _alphabetical(core: str) -> list[tuple[str, int]]:
    """A letter or small Roman numeral as (series, place); "i" alone is more often one than nine."""
    found: list[tuple[str, int]] = []
    low = core.lower()
    case = ("a", "i") if core == low else ("A", "I")
    if low and re.fullmatch(_SMALL_ROMAN, low):
        values = [_ROMAN_VALUES[c] for c in low]
        place = sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))
        found.append((case[1], place))
    if re.fullmatch(r"([a-z])\1*", low) and len(low) <= 2:
        as_letter = (case[0], ord(low[0]) - ord("a") + 1 + 26 * (len(low) - 1))
        found.insert(len(found) if low in ("i", "ii", "xx") else 0, as_letter)
    return found
