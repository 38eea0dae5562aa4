"""A stamped ballot as the hub, its registrar and the box hold it together, without their processes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from facilitate.actions import carry_out
from facilitate.domain.boards import board_of, closed_header
from facilitate.domain.people import HUB, Actor
from facilitate.domain.stamped_papers import StampedPaper, bid_of
from facilitate.store.boards import header_of_ballot
from facilitate.store.register import place_of, plan_groups
from facilitate.store.rows import Ballot
from facilitate.store.writer import Answer, Command
from tests.people import Hall
from tests.support.stamping import Device, Registrar


@dataclass
class Stamped:
    """One stamped ballot, its registrar, the devices of those who vote and the papers in the box."""

    hall: Hall
    id: str = ""
    registrar: Registrar = field(default_factory=Registrar)
    devices: dict[str, Device] = field(default_factory=dict)
    box: list[StampedPaper] = field(default_factory=list)
    header: dict[str, Any] = field(default_factory=dict)

    def draft(self, **other: Any) -> Answer:
        """Draft it, on a hub that can stamp."""
        self.id = self.id or self.hall.new_id()
        asked: dict[str, Any] = {
            "item": self.id, "motion": None, "question": "Shall this be?", "form": "for-against",
            "options": [], "trust": "stamped", "purpose": "binding", "rules": None, "track": None,
            "electorate": None, "stamping": True,
        }  # fmt: skip
        return self.act(self.hall.as_("Amara").actor, "draft-ballot", asked | other)

    def act(self, actor: Actor, verb: str, data: dict[str, Any]) -> Answer:
        """One act with what the hub itself hands to it."""
        command = Command(self.hall.new_id(), verb, actor, lambda tx: carry_out(tx, verb, data), None)
        return self.hall.writer.write([command])[0]

    def announce(self) -> Answer:
        """Announce it with fresh keys."""
        self.registrar = Registrar()
        with self.hall.reads() as session:
            for group in plan_groups(session, session.get_one(Ballot, self.id)):
                self.registrar.add(group.name, *group.sections)
        keys = [group.as_dict() for group in self.registrar.groups]
        answer = self.act(self.hall.as_("Amara").actor, "announce-ballot", {"ballot": self.id, "keys": keys})
        with self.hall.reads() as session:
            self.header = header_of_ballot(session, session.get_one(Ballot, self.id))
        return answer

    @property
    def bid(self) -> str:
        """The name of its present wording."""
        return bid_of(self.id, self.hall.row(Ballot, self.id).version)

    def fetch(self, name: str, device: Device | None = None, actor: Actor | None = None) -> Answer:
        """Let a delegate's device fetch its stamp; a new device where none is named; perhaps at a kiosk."""
        with self.hall.reads() as session:
            version, person = session.get_one(Ballot, self.id).version, self.hall.as_(name).id
            group = place_of(session, self.id, version, person) or 0
        device = device or Device(self.registrar.groups, group, bid=self.bid)
        blinded = device.blinded.message
        answer = self.act(actor or self.hall.as_(name).actor, "fetch-stamp", {
            "ballot": self.id, "version": version, "blinded": blinded.hex(), "group": group,
            "signature": self.registrar.sign(group, blinded).hex(),
        })  # fmt: skip
        if answer.refusal is None:
            device.take(bytes.fromhex(answer.result["signature"]))
            self.devices[name] = device
        return answer

    def open(self) -> None:
        """Open it."""
        self.hall.as_("Amara").does("open-ballot", {"ballot": self.id})

    def cast(self, **choices: str) -> None:
        """Let delegates put their papers into the box."""
        for name, choice in choices.items():
            self.box.append(self.devices[name].paper(choice))

    def close(self, **other: Any) -> Answer:
        """Close it."""
        return self.act(self.hall.as_("Amara").actor, "close-ballot", {"ballot": self.id} | other)

    def board(self) -> dict[str, Any]:
        """The board that the box gives after the close."""
        ballot = self.hall.row(Ballot, self.id)
        return board_of(closed_header(self.header, ballot.issued, ballot.replaced), self.box)

    def receive(self, board: dict[str, Any] | None = None) -> Answer:
        """Let the hub take the board."""
        return self.act(HUB, "receive-board", {"ballot": self.id, "board": board or self.board()})


def opened(hall: Hall, *names: str, **other: Any) -> Stamped:
    """A stamped ballot, open, for which these delegates have fetched their stamps."""
    ballot = Stamped(hall)
    for answer in (ballot.draft(**other), ballot.announce(), *(ballot.fetch(name) for name in names)):
        assert answer.refusal is None, answer.refusal
    ballot.open()
    return ballot
