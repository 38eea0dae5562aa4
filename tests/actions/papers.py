"""Papers of a stamped ballot as the tellers of the tests hand them out and enter them."""

from __future__ import annotations

from typing import Any

from facilitate.choices import new_secret
from facilitate.domain.blind_stamps import PREFIX_BYTES, SALT_BYTES, blind, finalize, prepare
from facilitate.domain.stamped_papers import read_paper, stamp_message
from facilitate.store.paper_channel import papers_to_cast
from facilitate.store.rows import Ballot
from facilitate.store.writer import Answer
from tests.actions.stamped import Stamped


def made_for_paper(ballot: Stamped, count: int) -> dict[str, Any]:
    """What the hub's own registrar hands to a paper; its numbers follow from `count`."""
    key = ballot.registrar.groups[0].key
    secret, public = new_secret()
    prefix, salt = (bytes([count % 251]) * size for size in (PREFIX_BYTES, SALT_BYTES))
    prepared = prepare(stamp_message(ballot.bid, public), prefix)
    covered = blind(key, prepared, salt, 65_537 + count)
    signed = ballot.registrar.sign(0, covered.message)
    stamp = finalize(key, prepared, signed, covered.inverse)
    return {
        "group": 0, "blinded": covered.message.hex(), "signature": signed.hex(), "key": public.hex(),
        "secret": secret, "prefix": prefix.hex(), "stamp": stamp.hex(),
    }  # fmt: skip


def hand_out(ballot: Stamped, name: str, by: str = "Tess") -> Answer:
    """A teller hands one delegate a paper."""
    hall = ballot.hall
    data = {"ballot": ballot.id, "delegate": hall.as_(name).id}
    made = {"made": made_for_paper(ballot, len(hall.told))} if ballot.registrar.groups else {}
    return ballot.act(hall.as_(by).actor, "hand-out-paper", data | made)


def enter(ballot: Stamped, by: str, number: int, choice: str | None, group: int = 0) -> Answer:
    """A teller enters what they read on a paper."""
    data = {"ballot": ballot.id, "number": number, "group": group, "choice": choice}
    return ballot.act(ballot.hall.as_(by).actor, "enter-paper", data)


def bring(ballot: Stamped) -> None:
    """Put what two tellers agreed on into the box, as the hub does."""
    with ballot.hall.reads() as session:
        version = session.get_one(Ballot, ballot.id).version
        ballot.box += [read_paper(raw) for raw in papers_to_cast(session, ballot.id, version).values()]
