"""Hall: the pack for a day without power, in print: what the room, the tellers and each table need."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from facilitate.domain.ballots import Trust
from facilitate.formats.ballot_papers_pdf import PLAIN, ballot_papers_data
from facilitate.formats.outcome_words import copy_line, when
from facilitate.formats.typeset import typeset

STRENGTHS = 5
ONE_SUM = "Points, paper by paper"
STROKES = "Strokes, in fives"


def pack_data(
    event: dict[str, Any], copy_for: str, pack: dict[str, Any], journal: tuple[int, str], made: datetime,
) -> dict[str, Any]:  # fmt: skip
    """Everything that the printed pack needs, as JSON values; its hash is the one of what it holds.

    Shape: `event` as every page sees it; `pack` has order, documents, ballots, roll, cards and tables.
    """
    body = json.dumps(pack, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    ballots = [_ballot(event, ballot, int(made.timestamp())) for ballot in pack["ballots"]]
    kinds = [{"sign": kind["sign"], "label": kind["label"]} for kind in event["kinds"]]
    return {
        **pack, "ballots": ballots, "kinds": kinds, "reasons": event["help_reasons"],
        "event": {"name": event["name"], "rehearsal": event["rehearsal"]},
        "copy": copy_line(copy_for), "journal": {"number": journal[0], "head": journal[1]},
        "hash": hashlib.sha256(body).hexdigest(),
        "words": when(made, event["zone"]), "made": int(made.timestamp()),
    }  # fmt: skip


def _ballot(event: dict[str, Any], ballot: dict[str, Any], made: int) -> dict[str, Any]:
    paper = ballot_papers_data(
        event["name"], ballot, ballot["groups"], PLAIN, made, rehearsal=event["rehearsal"]
    )
    return paper | {
        "by_paper": ballot["trust"] not in (Trust.HANDS, Trust.CARDS),
        "by_cards": ballot["trust"] == Trust.CARDS, "columns": _columns(ballot),
    }  # fmt: skip


def _columns(ballot: dict[str, Any]) -> list[str]:
    """What a teller writes beside each answer."""
    if ballot["form"] == "rank":
        return [f"Place {n}" for n in range(1, len(ballot["options"]) + 1)]
    if ballot["form"] == "strength":
        return [str(n) for n in range(1, STRENGTHS + 1)]
    return [ONE_SUM if ballot["form"] == "points" else STROKES]


def pack_pdf(data: dict[str, Any]) -> bytes:
    """The pack as a tagged PDF, from `pack_data`."""
    words = {p["ref"]: p["text"] for document in data["documents"] for p in document["passages"]}
    tables = [
        table | {"rounds": [
            {"title": each["title"], "number": table["number"],
             "passages": [{"ref": ref, "text": words.get(ref, "")} for ref in each["refs"]]}
            for each in table["rounds"]
        ]}
        for table in data["tables"]
    ]  # fmt: skip
    return typeset("pack/pack.typ", data | {"tables": tables}, data["made"])
