"""Ballots: stamps for papers that tellers hand out, and the way of entered papers into the ballot box."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy.orm import Session

from facilitate.choices import new_secret
from facilitate.domain.ballots import Trust
from facilitate.domain.blind_stamps import PREFIX_BYTES, SALT_BYTES, blind, finalize, prepare
from facilitate.domain.stamped_papers import bid_of, stamp_message
from facilitate.store.paper_channel import papers_to_cast
from facilitate.store.register import groups_of, place_of
from facilitate.store.rows import Ballot
from facilitate.web.box_held import hub_origins
from facilitate.web.box_link import BoxLink
from facilitate.web.hub import Hub
from facilitate.web.stamper import Stamper


def stamp_for_paper(session: Session, stamper: Stamper, ballot_id: str, person: str) -> dict[str, Any]:
    """A stamp for somebody who may have one now, fetched blind like a device's; else nothing.

    What the register keeps of it tells nobody which stamp it is: the factor that covered it goes at once.

    Errors: `stamp-not-made`.
    """
    ballot = session.get(Ballot, ballot_id)
    if ballot is None or ballot.trust != Trust.STAMPED:
        return {}
    group = place_of(session, ballot.id, ballot.version, person)
    if group is None:
        return {}
    key, bid = groups_of(session, ballot)[group].key, bid_of(ballot.id, ballot.version)
    secret, public = new_secret()
    prefix = secrets.token_bytes(PREFIX_BYTES)
    prepared = prepare(stamp_message(bid, public), prefix)
    covered = blind(key, prepared, secrets.token_bytes(SALT_BYTES), secrets.randbelow(key.n - 1) + 1)
    signed = stamper.sign(bid, group, covered.message)
    stamp = finalize(key, prepared, signed, covered.inverse)
    return {"made": {
        "group": group, "blinded": covered.message.hex(), "signature": signed.hex(), "key": public.hex(),
        "secret": secret, "prefix": prefix.hex(), "stamp": stamp.hex(),
    }}  # fmt: skip


class PaperCarrier:
    """Puts the papers that two tellers agreed on into the box, again into another box if one is lost."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._brought: set[tuple[str, str]] = set()

    def bring(self, link: BoxLink, bid: str) -> None:
        """Bring what this box has not had from here; it takes each paper once, however often it comes.

        Errors: `box-away`, `box-not-itself`, whatever the box refuses.
        """
        ballot, _, version = bid.rpartition("/")
        with self._hub.reads() as session:
            waiting = papers_to_cast(session, ballot, int(version))
        origin = hub_origins(self._hub.settings)[0]
        for key, paper in waiting.items():
            if (link.key, key) not in self._brought:
                link.cast(paper, origin)
                self._brought.add((link.key, key))
