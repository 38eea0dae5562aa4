"""After a ballot: what its minority position says is written down in its movers' own words."""

from __future__ import annotations

from typing import Any

from facilitate.domain.minority import check_words
from facilitate.domain.wording import nfc
from facilitate.store.balloting import tell_ballot
from facilitate.store.minority import positions_on
from facilitate.store.named import the_ballot
from facilitate.store.writer import Transaction


def write_minority_position(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put the movers' own words in the place of the wording that lost.

    Errors: `unknown-ballot`, what check_words refuses.
    """
    ballot, text = the_ballot(tx, data["ballot"]), nfc(data["text"]).strip()
    check_words(data["option"], text, positions_on(tx.session, ballot))
    ballot.positions = (ballot.positions or {}) | {data["option"]: text}
    tell_ballot(tx, "minority-position-written", ballot)
    return {}
