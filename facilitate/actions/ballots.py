"""Hall: the life of a ballot, from its announcement to its result, and what that does to its motion."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from facilitate.domain.ballot_papers import check_papers_in
from facilitate.domain.ballots import (
    BallotAct,
    BallotState,
    Purpose,
    Trust,
    Waiting,
    check_calm,
    check_close,
    move_ballot,
)
from facilitate.domain.counting import Reason
from facilitate.domain.motions import MotionState
from facilitate.domain.people import HUB
from facilitate.domain.refusal import Refused
from facilitate.domain.tellers import check_certified
from facilitate.domain.vote_entries import check_turn
from facilitate.store.balloting import SHOWN, event_settings, move_on, tell_ballot
from facilitate.store.cards import cards_cast, freeze_cards
from facilitate.store.named import the_ballot
from facilitate.store.order_touches import touches_of_order
from facilitate.store.paper_channel import drop_papers, paper_balance, untick_papers
from facilitate.store.papers import level_now, take_count, turnout_of
from facilitate.store.register import issued_of, pin_keys, replaced_of
from facilitate.store.roll import count_present, drop_electorate, freeze_electorate
from facilitate.store.rows import Ballot, Motion, Track
from facilitate.store.sections import drop_grouping, freeze_grouping
from facilitate.store.tracks import followers
from facilitate.store.verdicts import Consequences, drop_ballots, record_verdict
from facilitate.store.vote_orders import laid_order
from facilitate.store.writer import Transaction


def announce_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put a ballot up, with its rules, so that everybody can read it before it opens, and freeze its roll.

    Shape: `keys`, fresh ones for a stamped ballot, come from the hub's own registrar, never from the wire.
    Errors: `unknown-ballot`, `ballot-state`, `ballot-running` while another one is announced or open,
    `motion-not-put`, `order-not-legal`, `stamped-needs-https`, `keys-outdated`,
    `too-few-for-sections`, `no-cards`.
    """
    ballot = the_ballot(tx, data["ballot"])
    running = tx.session.scalar(
        select(Ballot.number).where(Ballot.state.in_(["announced", "open"]), Ballot.id != ballot.id)
    )
    if running is not None:
        raise Refused("ballot-running", f"Ballot {running} is not over yet. Close it or recall it first.")
    _check_motions(tx, ballot)
    move_on(tx, ballot, BallotAct.ANNOUNCE)
    ballot.announced_at = tx.now
    by_card = ballot.trust == Trust.CARDS
    cards = freeze_cards(tx, ballot) if by_card else []
    ballot.entitled = len(cards) if by_card else freeze_electorate(tx, ballot)
    ballot.present = count_present(tx)
    freeze_grouping(tx, ballot)
    stamped = ballot.trust == Trust.STAMPED
    groups = pin_keys(tx, ballot, data.get("keys")) if stamped else []
    track = tx.session.get(Track, ballot.track_id) if ballot.track_id else None
    ballot.item_id = ballot.item_id or (track.current_item if track else None)
    tell_ballot(tx, "ballot-announced", ballot, rows=[*groups, *cards])
    return {"state": ballot.state, "entitled": ballot.entitled}


def _check_motions(tx: Transaction, ballot: Ballot) -> None:
    """Refuse a ballot on what is not before the room, or, in a laid order of votes, before its turn.

    Errors: `motion-not-put`, `order-not-legal`.
    """
    ids = ballot.alternatives or ([ballot.motion_id] if ballot.motion_id else [])
    motions = [tx.session.get_one(Motion, each) for each in ids]
    for motion in motions:
        if motion.state != MotionState.PUT:
            raise Refused("motion-not-put", f"Motion {motion.number} is not before the room any more.")
    order = laid_order(tx.session, motions[0]) if motions and ballot.purpose == Purpose.BINDING else None
    entry = next((e for e in order.ahead if motions[0].id in e.motions), None) if order else None
    if order and entry:
        check_turn(entry.key, order.ahead)


def recall_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take an announced ballot back before it opens; its roll is made anew when it is announced again."""
    ballot = the_ballot(tx, data["ballot"])
    move_on(tx, ballot, BallotAct.RECALL)
    drop_electorate(tx, ballot)
    drop_grouping(ballot)
    drop_papers(tx, ballot)
    untick_papers(tx, ballot)
    ballot.entitled, ballot.present, ballot.keys_hash = None, None, None
    tell_ballot(tx, "ballot-recalled", ballot, reason=data.get("reason"))
    return {"state": ballot.state}


def open_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Open a ballot to those who were on its roll at the announcement."""
    ballot = the_ballot(tx, data["ballot"])
    move_on(tx, ballot, BallotAct.OPEN)
    ballot.opened_at = tx.now
    ballot.deadline = tx.now + timedelta(seconds=event_settings(tx)["ballot_seconds"])
    tell_ballot(tx, "ballot-opened", ballot)
    return {"state": ballot.state, "entitled": ballot.entitled}


def extend_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Give an open ballot more time.

    Errors: `ballot-state`.
    """
    ballot = the_ballot(tx, data["ballot"])
    if ballot.state != BallotState.OPEN or ballot.deadline is None:
        raise Refused("ballot-state", "Only an open ballot can be given more time. Nothing was changed.")
    ballot.deadline = max(ballot.deadline, tx.now) + timedelta(seconds=data["seconds"])
    ballot.need_time = 0
    tell_ballot(tx, "ballot-extended", ballot)
    return {}


def need_time(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Tell the chair, without a name, that one more delegate needs time.

    Shape: `again`, that this delegate asked before, is the hub's own word.
    Errors: `unknown-ballot`, `ballot-state`.
    """
    ballot = the_ballot(tx, data["ballot"])
    if ballot.state != BallotState.OPEN:
        raise Refused("ballot-state", "This ballot is not open.")
    if data.get("again"):
        return {}
    ballot.need_time += 1
    tx.as_nobody("time-needed", f"ballot:{ballot.id}", rows=[ballot])
    return {}


def close_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Close a ballot and freeze what was cast: counted at once, or when the ballot box has given its board.

    Shape: `cast` and `failing`, how many papers are in the box and how many devices fail, come from the hub
    itself where it is a stamped ballot, never from the wire.
    Errors: `ballot-state`, `ballot-too-early`, `hands-missing` for a show of hands nobody has declared, what
    check_calm refuses, `papers-out`.
    """
    ballot = the_ballot(tx, data["ballot"])
    settings = event_settings(tx)
    move_ballot(BallotState(ballot.state), BallotAct.CLOSE)
    if ballot.trust == Trust.HANDS and ballot.declared is None:
        raise Refused("hands-missing", "Declare the show of hands or enter its count, then close the ballot.")
    stamped = ballot.trust == Trust.STAMPED
    if ballot.opened_at and ballot.trust != Trust.HANDS:
        voted = data.get("cast", 0) if stamped else _turnout(tx, ballot)
        check_close(ballot.opened_at, tx.now, settings["min_open_seconds"], voted, ballot.entitled or 0)
        waiting = Waiting(data.get("failing", 0), ballot.need_time)
        check_calm(waiting, Waiting(settings["most_failing"], settings["most_need_time"]), data.get("reason"))
        check_papers_in(paper_balance(tx.session, ballot).out, data.get("reason"))
    move_on(tx, ballot, BallotAct.CLOSE)
    ballot.closed_at = tx.now
    if stamped:
        ballot.issued, ballot.replaced = issued_of(tx.session, ballot), replaced_of(tx.session, ballot)
        tell_ballot(tx, "ballot-closed", ballot, reason=data.get("reason"))
        return {"state": ballot.state}
    return _count(tx, ballot, settings["publish_delay_seconds"], data.get("reason"))


def _turnout(tx: Transaction, ballot: Ballot) -> int:
    by_card = ballot.trust == Trust.CARDS
    return cards_cast(tx.session, ballot) if by_card else turnout_of(tx.session, ballot.id)


def _count(tx: Transaction, ballot: Ballot, delay: int, reason: str | None) -> dict[str, Any]:
    ballot.result = take_count(tx.session, ballot)
    move_on(tx, ballot, BallotAct.COUNT)
    drop_papers(tx, ballot)
    ballot.publish_at = tx.now + timedelta(seconds=delay)
    tell_ballot(tx, "ballot-closed", ballot, reason=reason)
    waits = ballot.result["reason"] == Reason.TIE_WAITS_FOR_CHAIR
    if not delay and not waits:
        return publish_result(tx, {"ballot": ballot.id})
    return {"state": ballot.state}


def publish_result(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Publish a result; a binding one decides its motion and what falls with it.

    A stamped one is published by itself when its time has come, certified or not: nobody holds it back. One
    that replaced stamps could have changed is published and decides nothing: it is run again.

    Errors: `unknown-ballot`, `ballot-state`, `casting-vote-needed`, `not-certified`.
    """
    ballot = the_ballot(tx, data["ballot"])
    if ballot.state == BallotState.PROVISIONAL:
        check_certified(Trust(ballot.trust), ballot.certified_at is not None, by_itself=tx.actor == HUB)
    if (ballot.result or {}).get("reason") == Reason.TIE_WAITS_FOR_CHAIR:
        raise Refused("casting-vote-needed", "The votes are level. Say which way your casting vote goes.")
    move_on(tx, ballot, BallotAct.PUBLISH)
    ballot.published_at = tx.now
    decides = ballot.purpose == Purpose.BINDING and not ballot.doubtful
    done = record_verdict(tx, ballot) if decides else Consequences()
    _publish_told(tx, ballot, done)
    return {"state": ballot.state, "verdict": (ballot.result or {}).get("verdict")}


def _publish_told(tx: Transaction, ballot: Ballot, done: Consequences) -> None:
    """Tell a result with all that it has done to motions and to ballots still to come."""
    tell_ballot(tx, "result-published", ballot, rows=done.decided)
    for motion in done.rescinded:
        act = "motion-rescinded" if motion.state == MotionState.RESCINDED else "motion-restored"
        tx.record(act, f"motion:{motion.id}", rows=[motion], audiences=SHOWN)
    for motion in done.amended:
        tx.record("motion-amended", f"motion:{motion.id}", rows=[motion], audiences=SHOWN)
    for motion in done.fallen:
        dropped = drop_ballots(tx, motion)
        tx.record(
            "motion-fell", f"motion:{motion.id}", rows=[motion, *dropped], audiences=SHOWN,
            touches=[f"ballot:{each.id}" for each in dropped] + followers(tx)
            + touches_of_order(tx, motion.document_id),
        )  # fmt: skip


def give_casting_vote(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let the chair's casting vote decide between level options; again where others are level then. Once
    nothing is level any more the result publishes itself after the set delay, as every other does.

    Errors: `unknown-ballot`, `ballot-state`, `no-casting-vote`.
    """
    ballot = the_ballot(tx, data["ballot"])
    if ballot.state != BallotState.PROVISIONAL:
        raise Refused("ballot-state", "There is a casting vote only once the ballot is counted.")
    waits = (ballot.result or {}).get("reason") == Reason.TIE_WAITS_FOR_CHAIR
    if ballot.casting is not None and not waits:
        raise Refused("no-casting-vote", "The casting vote is given, and a vote cannot be changed.", "choice")
    if ballot.casting is not None and data["choice"] not in level_now(ballot):
        raise Refused(
            "no-casting-vote",
            "That option is not level with another one now. Nothing was changed; choose one that is.",
            "choice",
        )
    ballot.casting = ">".join(filter(None, (ballot.casting, data["choice"])))
    ballot.result = take_count(tx.session, ballot)
    # The room can challenge it as any other result: its time begins now.
    delay = timedelta(seconds=event_settings(tx)["publish_delay_seconds"])
    ballot.publish_at = max(ballot.publish_at or tx.now, tx.now + delay)
    tell_ballot(tx, "casting-vote-given", ballot)
    return {"verdict": ballot.result["verdict"]}
