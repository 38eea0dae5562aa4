"""Before the event: the numbers that a browser shows in lists, and what a page holds that is no text."""

from __future__ import annotations

from lxml import etree

from facilitate.formats.docx_numerals import numeral
from facilitate.formats.html_words import own_style

_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLED = {
    "decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero",
}  # fmt: skip
ODD = {
    "frame": (
        "One menu, page head or page foot was not taken.",
        "{n} menus, page heads and page feet were not taken.",
    ),
    "picture": (
        "One picture was not taken, only its description.",
        "{n} pictures were not taken, only their descriptions.",
    ),
    "object": ("One embedded object was not taken.", "{n} embedded objects were not taken."),
    "script": (
        "One program in the page was neither run nor taken.",
        "{n} programs in the page were neither run nor taken.",
    ),
    "hidden": (
        "One stretch of text that the page hides was taken with the rest.",
        "{n} stretches of text that the page hides were taken with the rest.",
    ),
    "deleted": ("One deleted stretch of text was left out.", "{n} deleted stretches of text were left out."),
    "counter": (
        "The page may show numbers made by its style sheet, which are missing here.",
        "The page may show numbers made by its style sheet, which are missing here.",
    ),
}


def shown_number(block: etree._Element, item: etree._Element, running: int) -> str:
    """What a browser shows before an entry: "" for a bullet or where the page takes the number away."""
    if block.tag != "ol":
        return ""
    styled = own_style(item, "list-style-type") or own_style(block, "list-style-type")
    styled = styled or own_style(item, "list-style") or own_style(block, "list-style")
    named = next((_STYLED[word] for word in styled.split() if word in _STYLED), None)
    if named is None and styled.split()[:1] in (["none"], ["disc"], ["circle"], ["square"]):
        return ""
    number = numeral(running, named or _TYPES.get(item.get("type") or block.get("type") or "1", "decimal"))
    return f"{number or running}."


def whole(text: str | None, otherwise: int) -> int:
    """The whole number that an attribute holds."""
    try:
        return int(text) if text is not None and len(text) < 9 else otherwise
    except ValueError:
        return otherwise
