"""Before the event: sign-in cards for people, laptops and screens, printed ten to a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno

from facilitate.formats.typeset import typeset


@dataclass(frozen=True)
class Card:
    """What one sign-in card shows.

    Shape: `role` and `details` (delegation, table, …) are lines of words; `code` is typed where no QR code
    can be read; `link` is the whole address behind the QR code.
    """

    name: str
    role: str
    code: str
    link: str
    details: tuple[str, ...] = ()


def badges_data(event: str, cards: Sequence[Card], made: int, *, rehearsal: bool = False) -> dict[str, Any]:
    """Everything the printed cards need, as JSON values.

    Units: `made` in seconds since 1970.
    """
    return {
        "event": {"name": event, "rehearsal": rehearsal},
        "made": made,
        "cards": [
            {"name": c.name, "role": c.role, "code": c.code, "link": c.link, "details": list(c.details)}
            for c in cards
        ],
    }


def badges_pdf(data: dict[str, Any]) -> bytes:
    """The cards as a tagged PDF, from `badges_data`."""
    cards = [
        {**card, "qr": qr_squares(card["link"]), "where": _where(card["link"])} for card in data["cards"]
    ]
    return typeset("badges/badges.typ", {"event": data["event"], "cards": cards}, data["made"])


def qr_squares(link: str) -> dict[str, Any]:
    """A QR code as its squares, row by row: 0 dark, 255 light; typst reads these ten times faster than SVG.

    Error correction M survives a thumb on a laminated card. The mask is fixed: trying all eight for the
    prettiest takes six times as long and no scanner minds. The quiet zone around it is the template's.
    """
    rows = segno.make_qr(link, error="m", mask=3).matrix
    return {"size": len(rows), "squares": [255 - 255 * square for row in rows for square in row]}


def _where(link: str) -> str:
    """Where the code is typed: the name of the site, without the way into it."""
    return link.split("://", 1)[-1].split("/", 1)[0]
