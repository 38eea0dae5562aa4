"""Hall: what two tellers do together: certify a result, declare a stamped ballot void, replace a stamp."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from facilitate.domain.ballots import BallotAct, BallotState, Trust, move_ballot
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.domain.tellers import Deed, check_void, is_done_with, takes_tellers
from facilitate.store.balloting import event_settings, move_on, tell_ballot
from facilitate.store.named import the_ballot
from facilitate.store.paper_channel import PAPER, drop_papers, take_stamp
from facilitate.store.register import replaced_of
from facilitate.store.rows import Ballot, Elector, Person, Stamp, TellerAct
from facilitate.store.writer import Transaction


def certify_result(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Certify that a stamped ballot's numbers are right; with the second teller it is published soon.

    Errors: `unknown-ballot`, `not-stamped`, `ballot-state`, `certified-already`, `same-teller`.
    """
    ballot = _stamped(tx, data)
    if ballot.state != BallotState.PROVISIONAL:
        raise Refused("ballot-state", "There is a result to certify once the ballot box has given its board, "
                      "until it is published. Nothing was changed.")
    if ballot.certified_at is not None:
        raise Refused("certified-already", "Two tellers have certified this result already.")
    parts, done = _take_part(tx, ballot, Deed.CERTIFY, "", "")
    if done:
        ballot.certified_at = tx.now
        soon = tx.now + timedelta(seconds=event_settings(tx)["publish_delay_seconds"])
        ballot.publish_at = min(ballot.publish_at or soon, soon)
    tell_ballot(tx, "result-certified" if done else "certifying-begun", ballot, rows=parts)
    return {"done": done}


def void_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Declare a ballot void, with the reason; it can be run again as a new one.

    A stamped one that was announced takes two tellers, and only for as long as no total can be known.

    Errors: `reason-missing`, `ballot-state`, `room-decides`, `two-tellers-needed`, `not-your-role`,
    `same-teller`.
    """
    reason = _reason(data, "Say why this ballot is void; the reason goes on record.")
    ballot = the_ballot(tx, data["ballot"])
    trust, state = Trust(ballot.trust), BallotState(ballot.state)
    roles = tx.actor.roles
    check_void(trust, state, is_teller=Role.TELLER in roles, is_chair=Role.CHAIR in roles)
    parts: list[TellerAct] = []
    if takes_tellers(trust, state):
        # Whether it can still be void is said before a teller's part is taken.
        move_ballot(state, BallotAct.VOID)
        parts, done = _take_part(tx, ballot, Deed.VOID, "", reason)
        if not done:
            tell_ballot(tx, "voiding-begun", ballot, rows=parts, reason=reason)
            return {"state": ballot.state, "done": False}
    move_on(tx, ballot, BallotAct.VOID)
    drop_papers(tx, ballot)
    tell_ballot(tx, "ballot-voided", ballot, reason=reason, rows=parts)
    return {"state": ballot.state, "done": True}


def replace_stamp(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let a delegate whose device or paper is gone have another stamp; it is counted and published with the
    result. Of a paper an unused stamp goes: one that comes back after all is one too many and is not taken.

    Errors: `unknown-ballot`, `not-stamped`, `ballot-state`, `reason-missing`, `delegate-not-found`,
    `no-stamp-to-replace`, `no-paper-out`, `same-teller`.
    """
    ballot = _stamped(tx, data)
    reason = _reason(data, "Say why the stamp is replaced; the reason goes on record.")
    if ballot.state not in (BallotState.ANNOUNCED, BallotState.OPEN):
        raise Refused("ballot-state", "A stamp is replaced while a ballot is announced or open. Nothing was "
                      "changed.")
    person = _delegate(tx, ballot, data["delegate"])
    stamp = tx.session.get(Stamp, (ballot.id, ballot.version, person))
    if stamp is None or not stamp.signature:
        raise Refused("no-stamp-to-replace", "This delegate holds no stamp: their device can fetch one. "
                      "Nothing was changed.", "delegate")
    parts, done = _take_part(tx, ballot, Deed.REPLACE, person, reason)
    if done and stamp.channel == PAPER:
        tx.session.delete(take_stamp(tx, ballot, stamp.group))
    if done:
        stamp.blinded, stamp.signature, stamp.replaced = "", "", stamp.replaced + 1
        tx.session.flush()
        ballot.replaced = replaced_of(tx.session, ballot)
    tell_ballot(tx, "stamp-replaced" if done else "replacing-begun", ballot, rows=parts, reason=reason)
    return {"done": done}


def _stamped(tx: Transaction, data: dict[str, Any]) -> Ballot:
    ballot = the_ballot(tx, data["ballot"])
    if ballot.trust != Trust.STAMPED:
        raise Refused("not-stamped", "This is for stamped ballots alone. Nothing was changed.")
    return ballot


def _reason(data: dict[str, Any], sentence: str) -> str:
    reason = (data.get("reason") or "").strip()
    if not reason:
        raise Refused("reason-missing", sentence, "reason")
    return reason


def _delegate(tx: Transaction, ballot: Ballot, name: str) -> str:
    """The delegate on the roll who is called so on the badge."""
    wanted = " ".join(name.split()).casefold()
    roll = tx.session.execute(
        select(Person.id, Person.name)
        .join(Elector, Elector.person_id == Person.id)
        .where(Elector.ballot_id == ballot.id)
    )
    found = [row.id for row in roll if row.name.casefold() == wanted]
    if len(found) != 1:
        why = "Nobody" if not found else "More than one delegate"
        raise Refused("delegate-not-found", f"{why} on the roll of this ballot is called so. Nothing was "
                      "changed; write the name as it stands on the badge.", "delegate")
    return str(found[0])


def _take_part(
    tx: Transaction, ballot: Ballot, deed: Deed, subject: str, reason: str
) -> tuple[list[TellerAct], bool]:
    """One teller's part of a deed: the rows that it changed, and whether the deed is done.

    Errors: `same-teller`.
    """
    here = (TellerAct.ballot_id == ballot.id, TellerAct.version == ballot.version)
    parts = list(
        tx.session.scalars(
            select(TellerAct).where(
                *here, TellerAct.deed == deed.value, TellerAct.subject == subject, TellerAct.done.is_(False)
            )
        )
    )
    teller = tx.actor.person or ""
    done = is_done_with([part.person_id for part in parts], teller)
    mine = TellerAct(
        id=tx.new_id(), ballot_id=ballot.id, version=ballot.version, deed=deed.value, subject=subject,
        person_id=teller, reason=reason, done=done, at=tx.now,
    )  # fmt: skip
    tx.session.add(mine)
    for part in parts:
        part.done = done
    return [*parts, mine], done
