"""Hall: what the hub hands to the acts on a ballot: fresh keys, a stamp, and numbers that only it knows."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select

from facilitate.domain.ballots import BallotAct, BallotState, Trust, version_after
from facilitate.domain.people import Actor
from facilitate.domain.refusal import Refused
from facilitate.domain.rights import check_right
from facilitate.domain.stamped_papers import StampGroup, bid_of
from facilitate.queries.event import phase_of
from facilitate.store.journal import Entry
from facilitate.store.register import place_of, plan_groups
from facilitate.store.rows import Ballot, Event
from facilitate.web.hub import Hub
from facilitate.web.paper_stamps import stamp_for_paper
from facilitate.web.stamper import Stamper
from facilitate.wire import Asked

log = structlog.get_logger()
# Where the worker keeps private keys, in the event's folder.
KEYS = Path("keys", "stamps")
_OVER = frozenset({"ballot-recalled", "ballot-closed", "ballot-voided"})
_STAMPED = frozenset({BallotState.ANNOUNCED, BallotState.OPEN})
_KEYLESS = frozenset({BallotState.DRAFT, BallotState.RECALLED})


class Registrar:
    """The register's side of the doors."""

    def __init__(self, hub: Hub, stamper: Stamper) -> None:
        self.hub = hub
        self.stamper = stamper
        self._asked_for_time: dict[str, set[str]] = defaultdict(set)
        hub.prepared |= {
            "draft-ballot": self._drafting, "run-again": self._drafting,
            "put-next-vote": self._drafting,
            "announce-ballot": self._announcing, "take-step": self._stepping,
            "close-ballot": self._closing, "fetch-stamp": self._stamping, "need-time": self._asking,
            "hand-out-paper": self._papering,
        }  # fmt: skip
        hub.passing["report-casting"] = self.casting_reported
        hub.writer.after_commit.append(self._notice)
        with hub.reads() as session:
            # A folder without an event yet can hold no ballot.
            hub.presence.can_stamp = session.get(Event, "event") is not None and self.can_stamp()

    def can_stamp(self) -> bool:
        """Whether choices would be safe on their way.

        A rehearsal that nobody beyond this machine can reach needs no certificate.
        """
        settings = self.hub.settings
        if settings.https_base:
            return True
        with self.hub.reads() as session:
            return session.get_one(Event, "event").rehearsal and _is_loopback(settings.host)

    def _drafting(self, _actor: Actor, _asked: Asked) -> dict[str, Any]:
        return {"stamping": self.can_stamp()}

    def _announcing(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        with self.hub.reads() as session:
            check_right(actor, asked.type, phase_of(session))
        return self._keys(asked.data["ballot"])

    def _stepping(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        """The same for the chair's main button, as far as it announces or closes a ballot."""
        verb, subject = asked.data["verb"], asked.data["subject"]
        with self.hub.reads() as session:
            check_right(actor, asked.type, phase_of(session))
        if verb == "announce-ballot" and subject:
            return {"handed": self._keys(subject)}
        if verb == "next-vote":
            return {"handed": {"stamping": self.can_stamp()}}
        return {"handed": self._numbers(subject)} if verb == "close-ballot" and subject else {}

    def _keys(self, ballot_id: str) -> dict[str, Any]:
        """Fresh keys for the next wording of a ballot; none where it needs none or cannot be announced."""
        with self.hub.reads() as session:
            ballot = session.get(Ballot, ballot_id)
            if ballot is None or ballot.trust != Trust.STAMPED or ballot.state not in _KEYLESS:
                return {}
            version = version_after(ballot.version, BallotState(ballot.state), BallotAct.ANNOUNCE)
            groups = plan_groups(session, ballot)
        if not self.can_stamp():
            return {}
        self.hub.ready_box()
        bid = bid_of(ballot_id, version)
        made = [
            StampGroup(group.name, group.sections, self.stamper.make_key(bid, index))
            for index, group in enumerate(groups)
        ]
        return {"keys": [group.as_dict() for group in made]}

    def _closing(self, _actor: Actor, asked: Asked) -> dict[str, Any]:
        return self._numbers(asked.data["ballot"])

    def _numbers(self, ballot_id: str) -> dict[str, Any]:
        presence = self.hub.presence
        with self.hub.reads() as session:
            ballot = session.get(Ballot, ballot_id)
            cast = presence.box.turnout.get(bid_of(ballot.id, ballot.version), 0) if ballot else 0
        return {"cast": cast, "failing": len(presence.failing[ballot_id])}

    def _stamping(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        """A stamp for whoever may have one now; whoever may not is refused by the verb itself."""
        data = asked.data
        with self.hub.reads() as session:
            check_right(actor, asked.type, phase_of(session))
            group = place_of(session, data["ballot"], data["version"], actor.person or "")
        if group is None:
            return {}
        bid = bid_of(data["ballot"], data["version"])
        stamp = self.stamper.sign(bid, group, bytes.fromhex(data["blinded"]))
        return {"group": group, "signature": stamp.hex()}

    def _papering(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        """A stamp for whoever takes a paper; it waits with the others for any paper."""
        with self.hub.reads() as session:
            check_right(actor, asked.type, phase_of(session))
            return stamp_for_paper(session, self.stamper, asked.data["ballot"], asked.data["delegate"])

    def _asking(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        """One delegate's wish for time counts once until the chair has given some."""
        known = self._asked_for_time[asked.data["ballot"]]
        again = actor.id in known
        known.add(actor.id)
        return {"again": again}

    def casting_reported(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        """Note that a device cannot put its vote into the box, or now can; passing, and never by name."""
        with self.hub.reads() as session:
            check_right(actor, asked.type, phase_of(session))
        failing = self.hub.presence.failing[asked.data["ballot"]]
        (failing.add if asked.data["failing"] else failing.discard)(actor.id)
        self.hub.whisper("desk", [f"ballot:{asked.data['ballot']}"])
        return {"ok": True, "id": asked.id, "number": 0, "result": {}}

    def _notice(self, entries: Sequence[Entry]) -> None:
        """Begin to count anew after an extension, and destroy keys that nothing is stamped with any more."""
        for entry in entries:
            ballot = entry.subject.removeprefix("ballot:")
            if entry.action in _OVER or entry.action == "ballot-extended":
                self._asked_for_time.pop(ballot, None)
                self.hub.presence.failing.pop(ballot, None)
            if entry.action in _OVER and (bid := self._stamped_as(ballot)):
                # Apart from the writer, which must wait for no other process.
                self.hub.engine.spawn(self._destroy_keys, bid)

    def forget_old_keys(self) -> None:
        """Destroy what was left when the hub ended between a ballot's close and the end of its keys."""
        if not any((self.hub.settings.folder / KEYS).glob("*.json")):
            return
        with self.hub.reads() as session:
            stamped = session.execute(select(Ballot.id, Ballot.state).where(Ballot.trust == Trust.STAMPED))
            over = [ballot for ballot, state in stamped if state not in _STAMPED]
        for ballot in over:
            self._destroy_keys(self._stamped_as(ballot))

    def _stamped_as(self, ballot_id: str) -> str:
        """The name of the present wording of a stamped ballot; "" for any other."""
        with self.hub.reads() as session:
            ballot = session.get_one(Ballot, ballot_id)
            return bid_of(ballot.id, ballot.version) if ballot.trust == Trust.STAMPED else ""

    def _destroy_keys(self, bid: str) -> None:
        try:
            self.stamper.forget(bid)
        except Refused:
            log.exception("keys-not-destroyed", bid=bid)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback
