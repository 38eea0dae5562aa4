"""Before the event: a count as Word writes it in each of its number formats."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_WORDS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def roman(value: int) -> str:
    """The value in capital Roman numerals; nothing for zero and less."""
    if value > 32767:
        return str(value)
    written = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            written += sign
            value -= worth
    return written


def letters(value: int) -> str:
    """The value in capital letters as Word counts them: A to Z, then AA, BB; nothing for zero and less."""
    if value < 1:
        return ""
    if value > 780:
        return str(value)
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def ordinal(value: int) -> str:
    """The value as 1st, 2nd, 3rd, 4th."""
    if value % 100 in (11, 12, 13):
        return f"{value}th"
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th') }"


def cardinal_words(value: int) -> str:
    """The value in English words, up to 9,999."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        ones = value % 10
        return _TENS[value // 10] + (f"-{_ONES[ones]}" if ones else "")
    size, name = (1000, "thousand") if value >= 1000 else (100, "hundred")
    rest = value % size
    return f"{cardinal_words(value // size)} {name}" + (f" {cardinal_words(rest)}" if rest else "")


def ordinal_words(value: int) -> str:
    """The value as an English ordinal in words, up to 9,999."""
    words = cardinal_words(value)
    at = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[at:]
    if last in _ORDINAL_WORDS:
        return words[:at] + _ORDINAL_WORDS[last]
    return words[:at] + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def _in_words(write: Callable[[int], str]) -> Callable[[int], str]:
    return lambda value: write(value).capitalize() if 0 <= value <= 9999 else str(value)


def _sign(first: int, most: int) -> Callable[[int], str]:
    return lambda value: chr(first + value - 1) if 1 <= value <= most else str(value)


def _footnote_sign(value: int) -> str:
    return "*†‡§"[(value - 1) % 4] * ((value - 1) // 4 + 1) if 1 <= value <= 400 else str(value)


def _padded(width: int) -> Callable[[int], str]:
    return lambda value: f"{value:0{width}d}"


_WRITERS: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda value: roman(value).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda value: letters(value).lower(),
    "ordinal": ordinal,
    "cardinalText": _in_words(cardinal_words),
    "ordinalText": _in_words(ordinal_words),
    "hex": lambda value: f"{value:X}",
    "chicago": _footnote_sign,
    "decimalZero": _padded(2),
    "decimalZero3": _padded(3),
    "decimalZero4": _padded(4),
    "decimalZero5": _padded(5),
    "numberInDash": lambda value: f"- {value} -",
    "decimalEnclosedCircle": _sign(0x2460, 20),
    "decimalEnclosedParen": _sign(0x2474, 20),
    "decimalEnclosedFullstop": _sign(0x2488, 20),
    "none": lambda value: "",
    "bullet": lambda value: "",
}


def numeral(value: int, number_format: str) -> str:
    """The value in one of Word's number formats; a format of other scripts falls back to plain digits.

    Source: ECMA-376 part 1, 17.18.59 ST_NumberFormat.
    """
    return _WRITERS.get(number_format, str)(value)
