"""Ballots: what staff did to one, in words, for the page on which everybody can read it."""

from __future__ import annotations

from collections.abc import Collection

ACTS = {
    "ballot-drafted": "drafted it",
    "ballot-run-again": "drafted it again, after an earlier run",
    "ballot-announced": "announced it; from then on it was fixed who may vote",
    "ballot-recalled": "took it back before it opened",
    "ballot-opened": "opened it",
    "ballot-extended": "gave it more time",
    "hands-declared": "declared or entered the show of hands",
    "card-entered": "entered a delegation's paper card",
    "ballot-closed": "closed it",
    "board-received": "took the board of the ballot box and counted it",
    "certifying-begun": "certified the result; a second teller has to do so too",
    "result-certified": "certified the result as the second one",
    "casting-vote-given": "gave the casting vote",
    "minority-position-written": "wrote down a minority position in its movers' own words",
    "result-published": "published the result",
    "replacing-begun": "asked for the stamp of a lost device to be replaced; a second teller has to agree",
    "stamp-replaced": "agreed as the second one: a stamp was replaced",
    "voiding-begun": "asked for it to be declared void; a second teller has to agree",
    "ballot-voided": "declared it void",
}
_OF_TELLERS = frozenset(
    {"certifying-begun", "result-certified", "replacing-begun", "stamp-replaced", "voiding-begun"}
)
_WHO = (("teller", "A teller"), ("chair", "The chair"), ("clerk", "The clerk"))


def who_acted(actor: str, roles: Collection[str], action: str) -> str:
    """Who did something to a ballot: by office, never by name."""
    if not actor.startswith("person:"):
        return "The centre, by itself,"
    # Somebody may hold both offices: these acts are a teller's, all others the chair's.
    known = _WHO if action in _OF_TELLERS else (_WHO[1], *_WHO)
    return next((word for role, word in known if role in roles), "Somebody of the staff")
