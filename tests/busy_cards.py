"""The part of a busy event in which delegations cast their cards, and what lost goes on beside the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select

from facilitate.store.rows import Delegation
from tests.people import Hall


def cast_cards(hall: Hall) -> Iterator[tuple[str, Callable[[], Any]]]:
    """An open card vote: one card from its holder's phone, one from paper; who lost writes its words."""
    amara, ballot = hall.as_("Amara"), hall.new_id()
    holder = {"name": "Cara", "roles": ["delegate:card"], "delegation": "NOR", "present": True}
    yield "import-people", lambda: hall.office("import-people", {"rows": [holder]})
    draft = {
        "item": ballot, "motion": None, "question": "Shall the fee be raised?", "form": "for-against",
        "trust": "cards", "rules": {"minority": "1/5"},
    }  # fmt: skip
    yield "draft-ballot", lambda: amara.does("draft-ballot", draft)
    for verb in ("announce-ballot", "open-ballot"):
        yield verb, lambda verb=verb: amara.does(verb, {"ballot": ballot})  # type: ignore[misc]
    yield "cast-card", lambda: hall.as_("Cara").does("cast-card", {"ballot": ballot, "choice": "for"})
    yield "enter-card", lambda: hall.as_("Tess").does("enter-card", {
        "ballot": ballot, "delegation": _union(hall), "choice": "against"
    })  # fmt: skip
    for verb in ("close-ballot", "publish-result"):
        yield verb, lambda verb=verb: amara.does(verb, {"ballot": ballot})  # type: ignore[misc]
    words = {"ballot": ballot, "option": "for", "text": "The fee has stood still for ten years."}
    yield "write-minority-position", lambda: hall.as_("Thea").does("write-minority-position", words)


def _union(hall: Hall) -> str:
    with hall.reads() as session:
        return session.scalars(select(Delegation.id).where(Delegation.code == "WRK")).one()
