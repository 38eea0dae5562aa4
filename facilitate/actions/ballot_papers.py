"""Hall: tellers hand out papers against the register, enter what came back, and count companion votes."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, select

from facilitate.domain.ballot_papers import (
    SPOILT,
    Compared,
    check_companions,
    check_entering,
    check_hand_out,
    compare_entries,
)
from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.papers import check_paper
from facilitate.domain.refusal import Refused
from facilitate.store.balloting import tell_ballot
from facilitate.store.named import the_ballot
from facilitate.store.paper_channel import (
    PAPER,
    fill_in,
    no_paper_out,
    out_in_group,
    paper_balance,
    take_stamp,
    way_of,
)
from facilitate.store.rows import Ballot, Elector, Paper, PaperEntry, PaperStamp, Stamp, Voted
from facilitate.store.writer import Transaction

_PAPERS = cast("Table", Paper.__table__)


def hand_out_paper(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Hand one delegate a paper against the register: from then on no device of theirs votes.

    Shape: `made`, a stamp for the pool and what the register keeps of it, comes from the hub's own
    registrar, never from the wire.
    Errors: `unknown-ballot`, `not-on-the-roll`, what check_hand_out refuses, `stamp-not-made`.
    """
    ballot, person = the_ballot(tx, data["ballot"]), data["delegate"]
    elector = tx.session.get(Elector, (ballot.id, person))
    trust, state = Trust(ballot.trust), BallotState(ballot.state)
    if elector is None and trust not in (Trust.HANDS, Trust.CARDS):
        raise Refused("not-on-the-roll", "This delegate is not on the roll of this ballot. Nothing was "
                      "changed; keep the paper.", "delegate")
    check_hand_out(trust, state, way_of(tx.session, ballot, person))
    if trust is Trust.STAMPED and elector is not None:
        _put_in_the_pool(tx, ballot, elector, data.get("made"))
    else:
        tx.session.add(Voted(ballot_id=ballot.id, person_id=person, command=PAPER))
    tx.record(
        "paper-handed-out", f"ballot:{ballot.id}", touches=[f"vote:{ballot.id}"],
        audiences=[f"person:{person}"],
    )  # fmt: skip
    return {"handed_out": paper_balance(tx.session, ballot).handed_out}


def _put_in_the_pool(tx: Transaction, ballot: Ballot, elector: Elector, made: dict[str, Any] | None) -> None:
    """Register a stamp for whoever takes a paper, and keep it where any paper of the group may get it."""
    if made is None or made["group"] != elector.group:
        raise Refused("stamp-not-made", "The centre did not stamp a paper just now. Nothing was changed; "
                      "keep the paper and try again.")
    stamp = tx.session.get(Stamp, (ballot.id, ballot.version, elector.person_id))
    if stamp is None:
        stamp = Stamp(
            ballot_id=ballot.id, version=ballot.version, person_id=elector.person_id, group=elector.group,
            replaced=0,
        )  # fmt: skip
    stamp.blinded, stamp.signature, stamp.channel = made["blinded"], made["signature"], PAPER
    tx.session.add(stamp)
    tx.session.add(PaperStamp(
        ballot_id=ballot.id, version=ballot.version, key=made["key"], group=elector.group,
        secret=made["secret"], prefix=made["prefix"], stamp=made["stamp"], paper="",
    ))  # fmt: skip


def enter_paper(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Enter what one teller reads on a numbered paper; once a second one reads the same, it is cast.

    Shape: `choice` in the text of domain/papers.py; none for a spoilt paper or one not handed back.
    Errors: `unknown-ballot`, what check_entering and check_paper refuse, `paper-entered`, `no-paper-out`.
    """
    ballot = the_ballot(tx, data["ballot"])
    check_entering(Trust(ballot.trust), BallotState(ballot.state))
    choice = data["choice"]
    reading = SPOILT if choice is None else check_paper(choice, rules_from_dict(ballot.rules))
    _check_group(tx, ballot, data["group"])
    before = _entries(tx, ballot, data["number"])
    mine = before.pop(tx.actor.person or "", None)
    compared = compare_entries(
        reading, {who: each.reading for who, each in before.items() if each.group == data["group"]}
    )
    if before and compared is Compared.WAITING:
        compared = Compared.DIFFERS
    if mine is None:
        mine = PaperEntry(
            ballot_id=ballot.id, version=ballot.version, number=data["number"],
            person_id=tx.actor.person or "", agreed=False, spoilt=False,
        )  # fmt: skip
        tx.session.add(mine)
    mine.group, mine.reading = data["group"], reading
    if compared is Compared.AGREED:
        _agree(tx, ballot, [mine, *before.values()], reading, data["group"])
    _tell(tx, ballot, data["number"], compared)
    return {"state": compared.value}


def _entries(tx: Transaction, ballot: Ballot, number: int) -> dict[str, PaperEntry]:
    """What is entered of one paper, by teller.

    Errors: `paper-entered`, `no-paper-out`.
    """
    here = (PaperEntry.ballot_id == ballot.id, PaperEntry.version == ballot.version)
    known = set(tx.session.scalars(select(PaperEntry.number).where(*here)))
    if number not in known and len(known) >= paper_balance(tx.session, ballot).handed_out:
        raise no_paper_out()
    rows = list(tx.session.scalars(select(PaperEntry).where(*here, PaperEntry.number == number)))
    if any(row.agreed for row in rows):
        raise Refused("paper-entered", f"Two tellers have entered paper {number} already, and it cannot be "
                      "changed. Nothing was entered; look at its number.", "number")
    return {row.person_id: row for row in rows}


def _check_group(tx: Transaction, ballot: Ballot, group: int) -> None:
    """Refuse a paper of a group in which no paper is out any more.

    Errors: `no-paper-out`.
    """
    if out_in_group(tx.session, ballot, group) <= 0:
        raise no_paper_out()


def _agree(tx: Transaction, ballot: Ballot, rows: list[PaperEntry], reading: str, group: int) -> None:
    """Cast what two tellers read alike, and forget what was read."""
    for row in rows:
        row.agreed, row.spoilt, row.reading, row.group = True, reading == SPOILT, "", group
    if ballot.trust != Trust.STAMPED:
        if reading != SPOILT:
            paper = tx.new_salt()
            said = {"ballot_id": ballot.id, "id": paper, "choice": reading, "group": group}
            tx.insert_later(_PAPERS, (ballot.id, paper), said)
        return
    stamp = take_stamp(tx, ballot, group)
    if reading == SPOILT:
        tx.session.delete(stamp)
    else:
        fill_in(ballot, stamp, reading)


def _tell(tx: Transaction, ballot: Ballot, number: int, compared: Compared) -> None:
    agreed = compared is Compared.AGREED
    # The turnout of an anonymised ballot is one more; a stamped one's is what the box says.
    shown = ["delegates", "themes"] if agreed and ballot.trust != Trust.STAMPED else []
    tx.record(
        "paper-agreed" if agreed else "paper-entered", f"ballot:{ballot.id}", audiences=shown,
        reason=f"Paper {number}",
    )  # fmt: skip


def note_companions(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Note how many voted with a companion; it is published with the result.

    Errors: `unknown-ballot`, what check_companions refuses.
    """
    ballot = the_ballot(tx, data["ballot"])
    check_companions(BallotState(ballot.state), data["count"], ballot.entitled or 0)
    ballot.companions = data["count"]
    tell_ballot(tx, "companions-noted", ballot)
    return {}
