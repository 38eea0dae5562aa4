"""Rehearsal: the robots' own book: what each of them sent, what was acknowledged, and what was refused."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Said:
    """One comment as a table's robot sent it.

    Shape: number is its place in the demo's bank; state is what the hub must say of it in the end.
    """

    item: str
    table: int
    passage: str
    reference: str
    number: int
    kind: str
    text: str
    parent: str | None = None
    state: str = "current"
    acknowledged: bool = False
    ref: str | None = None


@dataclass
class Ledger:
    """Everything that the robots know for themselves; the hub is held against it at the end.

    Shape: votes maps a ballot to voter and choice, acknowledged ones only; leaves maps a stamped ballot to
    the papers for which the box gave receipts; wrong holds a sentence for each
    answer that a hub must not give.
    """

    sent: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    said: dict[str, Said] = field(default_factory=dict)
    votes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    leaves: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    missing: dict[str, str] = field(default_factory=dict)
    # Cries that were acknowledged, and answers that were published, by the question's id.
    cries: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    attempts: Counter[str] = field(default_factory=Counter)
    last_number: int = 0

    def asked(self, kind: str) -> None:
        """A command was sent."""
        self.sent[kind] += 1

    def answered(self, kind: str, answer: dict[str, Any], *, wanted: str | None = None) -> bool:
        """Note an answer; one that was refused must have been refused for the wanted reason.

        Shape: true when the command was carried out.
        """
        if answer["ok"]:
            self.acknowledged[kind] += 1
            self.last_number = max(self.last_number, answer.get("number", 0))
            if wanted:
                self.wrong.append(f"{kind} was carried out and should have been refused as {wanted}.")
            return True
        code = answer["refusal"]["code"]
        self.refused[f"{kind}: {code}"] += 1
        if code != wanted:
            self.wrong.append(f"{kind} was refused as {code}: {answer['refusal']['sentence']}")
        return False

    def repeated(self, kind: str, first: dict[str, Any], again: dict[str, Any]) -> None:
        """The same command sent twice must get the same answer twice."""
        self.attempts["the same command again"] += 1
        alike = [{key: answer.get(key) for key in ("ok", "result")} for answer in (first, again)]
        if alike[0] != alike[1]:
            self.wrong.append(f"{kind} sent again was answered {alike[1]} instead of {alike[0]}.")
