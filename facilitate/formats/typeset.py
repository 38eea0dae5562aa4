"""Outcome and badges: data and a typst template in, a tagged PDF out; no word of the event is markup."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from facilitate.formats.folders import templates

# Tagged for screen readers, and kept whole (fonts, colours, tags) for archives: both in one file.
STANDARDS: list[Any] = ["ua-1", "a-3a"]
# Letters that the shipped typeface is known to have; every other sign is tried before it is printed.
_PROVEN = frozenset(chr(n) for n in range(0x20, 0x7F)) | frozenset(
    "\n “”‘’–—…·•£€§¶éèêëáàâäíìîïóòôöúùûüŵŷçñÉÀÂÔŴŶ"
)
_TRIAL = b'#set text(font: ("Atkinson Hyperlegible Next", "DejaVu Sans Mono"))\n#sys.inputs.data'


def typeset(template: str, data: Any, made: int) -> bytes:
    """A PDF from a template under `templates/` and JSON data.

    Shape: `template` is a path such as `outcome/outcome.typ`; the template reads `sys.inputs.data`.
    Units: `made` in seconds since 1970, written into the file, so that the same data gives the same bytes.
    """
    root = templates()
    compiler = typst.Compiler(
        root / template,
        root=root,
        font_paths=_fonts(root),
        ignore_system_fonts=True,
        package_path=root / "fonts",
    )
    body = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=made,
    )
    assert isinstance(body, bytes)
    return body


@cache
def _fonts(root: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[root / "fonts"])


def printable(data: Any) -> Any:
    """The data with every sign that no shipped typeface has as its name: a smiley becomes [grinning face].

    Shape: the same lists and keys; a PDF must not hold a letter that nobody could see or hear.
    """
    odd = sorted({sign for words in _strings(data) for sign in words} - _PROVEN)
    names = {ord(sign): _named(sign) for sign in _unprintable(tuple(odd))}
    return _renamed(data, names) if names else data


def _strings(data: Any) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _strings(value)


def _renamed(data: Any, names: dict[int, str]) -> Any:
    if isinstance(data, str):
        return data.translate(names)
    if isinstance(data, dict):
        return {key: _renamed(value, names) for key, value in data.items()}
    return [_renamed(value, names) for value in data] if isinstance(data, list | tuple) else data


# Signs that turn the reading order of what follows could make a page say what nobody voted for.
TURNING = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def _named(sign: str) -> str:
    """What is printed instead: nothing for what has no shape of its own, else its name."""
    if unicodedata.bidirectional(sign) in TURNING or unicodedata.category(sign) in (
        "Cc",
        "Cf",
        "Cs",
        "Mn",
        "Me",
        "Zl",
        "Zp",
    ):
        return " " if sign in "\t\v\f\r\x85\u2028\u2029" else ""
    name = unicodedata.name(sign, f"sign U+{ord(sign):04X}").lower()
    return f"[{name}]"


def _unprintable(signs: tuple[str, ...]) -> list[str]:
    """Which of these signs cannot be printed, found by halving: most texts need one trial."""
    if not signs or _can_print("".join(signs)):
        return []
    if len(signs) == 1:
        return [signs[0]]
    middle = len(signs) // 2
    return _unprintable(signs[:middle]) + _unprintable(signs[middle:])


def _can_print(words: str) -> bool:
    # A formatting sign alone makes an empty page, which proves nothing: print it between letters.
    if any(unicodedata.category(s) in ("Cc", "Cs") or unicodedata.bidirectional(s) in TURNING for s in words):
        return False
    try:
        compiler = typst.Compiler(_TRIAL, font_paths=_fonts(templates()), ignore_system_fonts=True)
        compiler.compile(
            format="pdf",
            sys_inputs={"data": "a" + "a".join(words) + "a"},
            pdf_standards=["a-3u"],
            timestamp=0,
        )
    except typst.TypstError:
        return False
    return True
