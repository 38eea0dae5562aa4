"""Before the event: the letters of a PDF page and the thin lines drawn under its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage

_THIN = 2.0
_SHORTEST = 4.0


@dataclass
class Drawn:
    """What stands on one page.

    Shape: `letters` hold text, edges, size, typeface, whether they stand upright and the tag around them;
    `rules` are (left, right, top) of lines that lie flat; `edges` counts all that is drawn.
    Units: points from the top left corner of the page.
    """

    letters: list[dict[str, Any]] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: int = 0
    edges: int = 0


def drawn(page: Any) -> Drawn:
    """Reads a page; only what is asked for is taken, since pages hold thousands of letters."""
    found = Drawn()
    left, top = page.mediabox[:2]
    for each in _flat(page.layout):
        if isinstance(each, LTChar):
            found.letters.append(_letter(each, left, page.height + top))
        elif isinstance(each, LTCurve):
            found.edges += 1
            if each.height < _THIN and each.width > _SHORTEST:
                found.rules.append((each.x0 + left, each.x1 + left, page.height + top - each.y1))
        elif isinstance(each, LTImage):
            found.pictures += 1
    return found


def is_underlined(
    x0: float, x1: float, bottom: float, size: float, rules: Sequence[tuple[float, float, float]]
) -> bool:
    """Whether a line is drawn close below words, from their first letter to their last."""
    return any(
        rule[0] < x0 + 2 and rule[1] > x1 - 0.5 * size and -0.35 * size < rule[2] - bottom < 0.15 * size
        for rule in rules
    )


def _flat(container: LTContainer[Any]) -> Iterator[LTComponent]:
    for each in container:
        if isinstance(each, LTContainer):
            yield from _flat(each)
        else:
            yield each


def _letter(letter: LTChar, left: float, height: float) -> dict[str, Any]:
    return {
        "text": letter.get_text(),
        "x0": letter.x0 + left,
        "x1": letter.x1 + left,
        "top": height - letter.y1,
        "bottom": height - letter.y0,
        "size": letter.size,
        "fontname": str(letter.fontname),
        "upright": letter.upright,
        "tag": getattr(letter, "tag", None),
    }
