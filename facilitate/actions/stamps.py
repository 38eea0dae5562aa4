"""Hall: the registrar stamps a delegate's ballot without seeing it, and takes the board from the box."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Table, bindparam, select, update

from facilitate.domain.ballots import BallotAct, BallotState, Trust
from facilitate.domain.refusal import Refused
from facilitate.store.balloting import event_settings, move_on, tell_ballot
from facilitate.store.boards import keep_board, read_board
from facilitate.store.named import the_ballot
from facilitate.store.paper_channel import PAPER, drop_papers
from facilitate.store.papers import is_doubtful, take_count
from facilitate.store.rows import Ballot, Elector, Stamp
from facilitate.store.writer import Transaction

# The tables themselves: a hall fetches its stamps at once.
_STAMPS = cast("Table", Stamp.__table__)
_ELECTORS = cast("Table", Elector.__table__)
# By which a stamp was taken; a delegate at a kiosk acts through that device.
DEVICE, KIOSK = "device", "kiosk"
_REGISTER = (
    select(_ELECTORS.c.group, _STAMPS.c.blinded, _STAMPS.c.signature, _STAMPS.c.channel)
    .select_from(
        _ELECTORS.outerjoin(
            _STAMPS,
            (_STAMPS.c.ballot_id == _ELECTORS.c.ballot_id)
            & (_STAMPS.c.person_id == _ELECTORS.c.person_id)
            & (_STAMPS.c.version == bindparam("version")),
        )
    )
    .where(_ELECTORS.c.ballot_id == bindparam("ballot"), _ELECTORS.c.person_id == bindparam("person"))
)


def fetch_stamp(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Give a delegate on the roll the stamp on their blinded message, once; again for the same message.

    Shape: `group` and `signature` come from the hub's own registrar, never from the wire; the answer is
    what is stored, so that no signature leaves that was not recorded.
    Errors: `unknown-ballot`, `not-stamped`, `ballot-state`, `not-on-the-roll`, `stamp-taken`,
    `paper-taken`, `stamp-not-made`.
    """
    ballot, person = _stamped_ballot(tx, data), tx.actor.person or ""
    key = (ballot, str(data["version"]), person)
    group, blinded, signature, channel = _in_the_register(tx, data, key)
    if blinded == data["blinded"]:
        return {"group": group, "signature": signature}
    if blinded and channel == PAPER:
        raise Refused("paper-taken", "You took a paper for this ballot. Mark it and put it in the box for "
                      "papers; if it is lost, two tellers can replace it.")
    if blinded and channel == KIOSK:
        raise Refused("stamp-taken", "Your ballot was stamped at a kiosk, to be cast there. If the kiosk did "
                      "not say that your vote is in, two tellers can replace the stamp.")
    if blinded:
        raise Refused("stamp-taken", "Your ballot was stamped on another device. Vote there; if it is lost, "
                      "two tellers can replace its stamp.")
    if data.get("signature") is None or data.get("group") != group:
        raise Refused("stamp-not-made", "The centre did not stamp your ballot just now. Nothing was used up; "
                      "your device asks again.")
    _store(tx, key, group, data, waiting=blinded == "")
    # One entry for each group commit: no entry stands for one delegate.
    if ("stamping", ballot) not in tx.cache:
        tx.cache["stamping", ballot] = True
        tx.as_nobody("stamps-advanced", f"ballot:{ballot}")
    return {"group": group, "signature": data["signature"]}


def _stamped_ballot(tx: Transaction, data: dict[str, Any]) -> str:
    """The ballot's id, where it can be stamped now.

    Errors: `unknown-ballot`, `not-stamped`, `ballot-state`.
    """
    known = tx.cache.get(("ballot-stamps", data["ballot"]))
    if known is None:
        row = tx.session.execute(
            select(Ballot.state, Ballot.trust, Ballot.version).where(Ballot.id == data["ballot"])
        ).one_or_none()
        if row is None:
            raise Refused("unknown-ballot", "There is no such ballot.", "ballot")
        known = tx.cache["ballot-stamps", data["ballot"]] = tuple(row)
    state, trust, version = known
    if trust != Trust.STAMPED:
        raise Refused("not-stamped", "This ballot needs no stamp. Vote on it as it is.")
    if state not in (BallotState.ANNOUNCED, BallotState.OPEN) or version != data["version"]:
        raise Refused("ballot-state", "This ballot is not stamped now: it is over, or was announced anew in "
                      "another wording. Your device shows how it stands.")
    return str(data["ballot"])


def _in_the_register(
    tx: Transaction, data: dict[str, Any], key: tuple[str, str, str]
) -> tuple[int, str | None, str | None, str | None]:
    """A delegate's group, and the message, stamp and channel that the register holds for them.

    Errors: `not-on-the-roll`.
    """
    waiting = tx.put_off.get((_STAMPS.name, *key))
    if waiting is not None:
        row = waiting[1]
        return row["group"], row["blinded"], row["signature"], row["channel"]
    asked = {"ballot": key[0], "version": data["version"], "person": key[2]}
    found = tx.session.connection().execute(_REGISTER, asked).one_or_none()
    if found is None:
        raise Refused("not-on-the-roll", "You are not on the roll of this ballot. Your device says why; ask "
                      "at the accreditation desk.")
    return found.group, found.blinded, found.signature, found.channel


def _store(
    tx: Transaction, key: tuple[str, str, str], group: int, data: dict[str, Any], *, waiting: bool
) -> None:
    row = {
        "ballot_id": key[0], "version": data["version"], "person_id": key[2], "group": group,
        "blinded": data["blinded"], "signature": data["signature"],
        "channel": KIOSK if tx.actor.device else DEVICE, "replaced": 0,
    }  # fmt: skip
    if not waiting:
        tx.insert_later(_STAMPS, key, row)
        return
    # A stamp that two tellers replaced: its row waits for another message.
    here = [_STAMPS.c[name] == row[name] for name in ("ballot_id", "version", "person_id")]
    given = {name: row[name] for name in ("blinded", "signature", "channel")}
    tx.session.connection().execute(update(_STAMPS).where(*here).values(given))


def receive_board(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take the board of a closed ballot as the courier verified it, count it, and keep it under its hash.

    Shape: `board` as the contract of the box has it; the hub alone does this.
    Errors: `unknown-ballot`, `ballot-state`, what read_board refuses.
    """
    ballot = the_ballot(tx, data["ballot"])
    read = read_board(tx.session, ballot, data["board"])
    move_on(tx, ballot, BallotAct.COUNT)
    ballot.root, ballot.cast = read.root, list(read.cast)
    ballot.board = keep_board(tx, ballot, data["board"])
    tx.session.flush()
    ballot.result = take_count(tx.session, ballot)
    ballot.doubtful = is_doubtful(tx.session, ballot)
    ballot.publish_at = tx.now + timedelta(seconds=event_settings(tx)["certify_seconds"])
    drop_papers(tx, ballot)
    tell_ballot(tx, "board-received", ballot)
    return {"state": ballot.state, "root": read.root}
