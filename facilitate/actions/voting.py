"""Hall: a delegate's paper goes into the box, and tellers enter a show of hands."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from sqlalchemy import Table, bindparam, select

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.hands import Declaration, check_hands
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.papers import check_paper
from facilitate.domain.refusal import Refused
from facilitate.store.paper_channel import PAPER
from facilitate.store.rows import Ballot, Elector, Paper, Voted
from facilitate.store.writer import Transaction

# The tables themselves: going through the ORM takes three times as long, and a hall votes at once.
_VOTED = cast("Table", Voted.__table__)
_PAPERS = cast("Table", Paper.__table__)
_ELECTORS = cast("Table", Elector.__table__)
_ROLL = (
    select(_ELECTORS.c.group, _VOTED.c.command)
    .select_from(
        _ELECTORS.outerjoin(
            _VOTED,
            (_VOTED.c.ballot_id == _ELECTORS.c.ballot_id) & (_VOTED.c.person_id == _ELECTORS.c.person_id),
        )
    )
    .where(_ELECTORS.c.ballot_id == bindparam("ballot"), _ELECTORS.c.person_id == bindparam("person"))
)
_SHUT = {
    BallotState.DRAFT: "This ballot is not open yet.",
    BallotState.ANNOUNCED: "This ballot is not open yet. Your choice is kept on your device.",
    BallotState.RECALLED: "This ballot was recalled before it opened.",
    BallotState.VOID: "This ballot was declared void.",
}


def cast_vote(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put one delegate's paper into the box.

    The roll and the papers share no number, no order and no time; a paper carries its group and no more.

    Errors: `unknown-ballot`, `ballot-not-open`, `hands-in-the-room`, `card-vote`, `stamp-needed`,
    `not-entitled`, `paper-taken`, `already-voted`, `unknown-option`.
    """
    ballot, person = data["ballot"], tx.actor.person or ""
    group, voted = _on_the_roll(tx, ballot, person)
    command = hashlib.sha256(tx.command.encode()).hexdigest()
    if voted == command:
        # Sent again because the answer was lost: the vote is in, even if the ballot has closed meanwhile.
        return {"voted": True}
    choice = _check_open(tx, ballot, data["choice"])
    if group is None:
        raise Refused(
            "not-entitled", "You are not on the roll of this ballot. Ask at the accreditation desk."
        )
    if voted == PAPER:
        raise Refused("paper-taken", "You took a paper for this ballot. Mark it and put it in the box for "
                      "papers; nothing was cast here.")
    if voted is not None:
        raise Refused("already-voted", "Your vote is in. A vote cannot be changed.")
    paper = tx.new_salt()
    tx.insert_later(
        _VOTED, (ballot, person), {"ballot_id": ballot, "person_id": person, "command": command}
    )
    tx.insert_later(
        _PAPERS, (ballot, paper), {"ballot_id": ballot, "id": paper, "choice": choice, "group": group}
    )
    # One entry for each group commit: no entry stands for one voter.
    if ("turnout", ballot) not in tx.cache:
        tx.cache["turnout", ballot] = True
        tx.as_nobody("turnout-advanced", f"ballot:{ballot}", audiences=["delegates", "themes"])
    return {"voted": True}


def _on_the_roll(tx: Transaction, ballot: str, person: str) -> tuple[int | None, str | None]:
    """The group in which a person is on the roll, and the hash of the command with which they have voted."""
    roll = tx.session.connection().execute(_ROLL, {"ballot": ballot, "person": person}).one_or_none()
    waiting = tx.put_off.get((_VOTED.name, ballot, person))
    voted = waiting[1]["command"] if waiting is not None else None
    return (None, None) if roll is None else (roll.group, voted or roll.command)


def _check_open(tx: Transaction, ballot_id: str, choice: str) -> str:
    """What the paper says, in its one text, where the ballot is open and it is filled in by its rules."""
    known = tx.cache.get(("ballot", ballot_id))
    if known is None:
        row = tx.session.execute(
            select(Ballot.state, Ballot.trust, Ballot.rules).where(Ballot.id == ballot_id)
        ).one_or_none()
        if row is None:
            raise Refused("unknown-ballot", "There is no such ballot.", "ballot")
        known = (BallotState(row.state), Trust(row.trust), rules_from_dict(row.rules))
        tx.cache["ballot", ballot_id] = known
    state, trust, rules = known
    if trust is Trust.HANDS:
        raise Refused("hands-in-the-room", "This is a show of hands in the room. Raise your hand there.")
    if trust is Trust.CARDS:
        raise Refused("card-vote", "Delegations cast their cards in this vote. Nothing was cast.")
    if trust is Trust.STAMPED:
        raise Refused(
            "stamp-needed",
            "This ballot is stamped: your device puts the paper into the ballot box itself. "
            "Nothing was counted here; reload the page.",
        )
    if state is not BallotState.OPEN:
        raise Refused("ballot-not-open", _SHUT.get(state, "This ballot is closed. Your paper came too late."))
    return check_paper(choice, rules)


def declare_hands(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Record a show of hands: the chair's declaration, or a count by tellers.

    Shape: counts map option keys to hands; else declaration is clearly-carried or clearly-lost.
    Errors: `ballot-state`, `not-hands`, `declaration-missing`, what check_hands refuses.
    """
    ballot = tx.session.get(Ballot, data["ballot"])
    if ballot is None:
        raise Refused("unknown-ballot", "There is no such ballot.", "ballot")
    if ballot.trust != Trust.HANDS:
        raise Refused("not-hands", "This ballot is not a show of hands.")
    if ballot.state != BallotState.OPEN:
        raise Refused("ballot-state", "Open the ballot first, then declare the show of hands.")
    if data["counts"] is not None:
        check_hands(data["counts"], rules_from_dict(ballot.rules), ballot.present or None)
        ballot.declared = {"counts": data["counts"]}
    else:
        try:
            ballot.declared = {"declaration": Declaration(data["declaration"]).value}
        except ValueError:
            raise Refused(
                "declaration-missing",
                "Say whether it is clearly carried or clearly lost, or enter the count.",
                "declaration",
            ) from None
    tx.record("hands-declared", f"ballot:{ballot.id}", rows=[ballot])
    return {}
