"""Hall: the life of a ballot, from its draft to its published result, and what it does to its motion."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from facilitate.domain.ballots import (
    BallotAct,
    BallotForm,
    BallotState,
    Purpose,
    Trust,
    check_close,
    check_trust,
    move_ballot,
    version_after,
)
from facilitate.domain.counting import Reason
from facilitate.domain.majority import (
    PRESETS,
    Rules,
    check_rules,
    preset_rules,
    rules_as_dict,
    rules_from_dict,
)
from facilitate.domain.motions import MotionState
from facilitate.domain.refusal import Refused
from facilitate.domain.wording import nfc
from facilitate.store.papers import count_present, freeze_electorate, take_count, turnout_of
from facilitate.store.rows import Assignment, Ballot, Event, Item, Motion, Track
from facilitate.store.tracks import followers
from facilitate.store.verdicts import Consequences, ballots_beside, drop_ballots, record_verdict
from facilitate.store.writer import Transaction

_SHOWN = ["delegates", "themes"]
_ROOM = [*_SHOWN, "person:*"]


def the_ballot(tx: Transaction, ballot_id: str) -> Ballot:
    """One ballot.

    Errors: `unknown-ballot`.
    """
    ballot = tx.session.get(Ballot, ballot_id)
    if ballot is None:
        raise Refused("unknown-ballot", "There is no such ballot.", "ballot")
    return ballot


def _settings(tx: Transaction) -> dict[str, Any]:
    event = tx.session.get_one(Event, "event")
    return event.settings


def draft_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Write a ballot: question, options and the rules by which it will be counted.

    Errors: `item-taken`, `question-missing`, `motion-not-put`, `motion-has-ballot`, `unknown-track`, what
    check_rules and check_trust refuse.
    """
    if tx.session.get(Ballot, data["item"]):
        raise Refused("item-taken", "This ballot was drafted before.", "item")
    motion = tx.session.get(Motion, data["motion"]) if data["motion"] else None
    if data["motion"] and (motion is None or motion.state != MotionState.PUT):
        raise Refused("motion-not-put", "Put the motion to the room first, then draft its ballot.", "motion")
    _check_only_one(tx, data)
    question = nfc(data["question"]).strip()
    if not question:
        raise Refused("question-missing", "Write what the room is asked.", "question")
    rules = _rules(data)
    trust, purpose = Trust(data["trust"]), Purpose(data["purpose"])
    check_trust(trust)
    ballot = Ballot(
        id=data["item"], number=1 + (tx.session.scalar(select(func.max(Ballot.number))) or 0), version=1,
        motion_id=motion.id if motion else None, track_id=_track_for(tx, data.get("track"), motion),
        question=question, form=rules.form.value, options=list(rules.labels), trust=trust.value,
        purpose=purpose.value, rules=rules_as_dict(rules), state=BallotState.DRAFT.value, need_time=0,
    )  # fmt: skip
    tx.session.add(ballot)
    touches = followers(tx)
    tx.record("ballot-drafted", f"ballot:{ballot.id}", rows=[ballot], touches=touches, audiences=["themes"])
    return {"number": ballot.number}


def _check_only_one(tx: Transaction, data: dict[str, Any]) -> None:
    """A motion is decided once: by one binding ballot that is not void."""
    if not data["motion"] or data["purpose"] != Purpose.BINDING:
        return
    other = tx.session.scalar(
        select(Ballot.number).where(
            Ballot.motion_id == data["motion"], Ballot.purpose == Purpose.BINDING.value,
            Ballot.state != BallotState.VOID.value,
        )
    )  # fmt: skip
    if other is not None:
        raise Refused("motion-has-ballot", f"Ballot {other} is on this motion already.", "motion")


def _track_for(tx: Transaction, named: str | None, motion: Motion | None) -> str | None:
    """The track that votes: as named, else the one that discusses the motion's passage, else the first."""
    if named:
        if tx.session.get(Track, named) is None:
            raise Refused("unknown-track", "There is no such track.", "track")
        return named
    if motion is not None and motion.passage_id:
        found = tx.session.scalars(
            select(Item.track_id)
            .join(Assignment, Assignment.item_id == Item.id)
            .where(Assignment.passage_id == motion.passage_id)
        ).first()
        if found:
            return found
    return tx.session.scalars(select(Track.id).order_by(Track.position)).first()


def _rules(data: dict[str, Any]) -> Rules:
    form, labels = BallotForm(data["form"]), tuple(nfc(o).strip() for o in data["options"])
    asked = data["rules"] or {}
    name = asked.get("majority", "simple")
    if name in PRESETS:
        chosen = rules_as_dict(preset_rules(name, form, labels))
    else:
        chosen = rules_as_dict(Rules(form=form, labels=labels)) | {"majority": name}
    if name == "plurality":
        chosen = rules_as_dict(Rules(form=form, labels=labels)) | {"decides": "plurality"}
    if asked.get("base"):
        chosen["base"] = asked["base"]
    chosen |= {key: asked[key] for key in ("quorum", "tie") if key in asked}
    rules = rules_from_dict(chosen)
    check_rules(rules)
    return rules


def _act(tx: Transaction, ballot: Ballot, act: BallotAct) -> None:
    # A vote later in the same group commit must find the ballot as it is now.
    tx.cache.pop(("ballot", ballot.id), None)
    state = BallotState(ballot.state)
    ballot.version = version_after(ballot.version, state, act)
    ballot.state = move_ballot(state, act).value


def _tell(tx: Transaction, action: str, ballot: Ballot, *, reason: str | None = None, rows: Any = ()) -> None:
    touches = [f"motion:{ballot.motion_id}"] if ballot.motion_id else []
    motion = tx.session.get(Motion, ballot.motion_id) if ballot.motion_id else None
    if motion:
        touches += ballots_beside(tx, motion)
    if motion and motion.passage_id:
        touches.append(f"passage:{motion.passage_id}")
    tx.record(
        action, f"ballot:{ballot.id}", rows=[ballot, *rows], audiences=_ROOM, reason=reason,
        touches=[*touches, f"vote:{ballot.id}", *followers(tx)],
    )  # fmt: skip


def announce_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put a ballot up, with its rules, so that everybody can read it before it opens.

    Errors: `unknown-ballot`, `ballot-state`, `ballot-running` while another one is announced or open,
    `motion-not-put`.
    """
    ballot = the_ballot(tx, data["ballot"])
    running = tx.session.scalar(
        select(Ballot.number).where(Ballot.state.in_(["announced", "open"]), Ballot.id != ballot.id)
    )
    if running is not None:
        raise Refused("ballot-running", f"Ballot {running} is not over yet. Close it or recall it first.")
    motion = tx.session.get(Motion, ballot.motion_id) if ballot.motion_id else None
    if motion is not None and motion.state != MotionState.PUT:
        raise Refused("motion-not-put", f"Motion {motion.number} is not before the room any more.")
    _act(tx, ballot, BallotAct.ANNOUNCE)
    ballot.announced_at = tx.now
    track = tx.session.get(Track, ballot.track_id) if ballot.track_id else None
    ballot.item_id = ballot.item_id or (track.current_item if track else None)
    _tell(tx, "ballot-announced", ballot)
    return {"state": ballot.state}


def recall_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take an announced ballot back before it opens."""
    ballot = the_ballot(tx, data["ballot"])
    _act(tx, ballot, BallotAct.RECALL)
    _tell(tx, "ballot-recalled", ballot, reason=data.get("reason"))
    return {"state": ballot.state}


def open_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Open a ballot and freeze its electorate."""
    ballot = the_ballot(tx, data["ballot"])
    _act(tx, ballot, BallotAct.OPEN)
    ballot.opened_at = tx.now
    ballot.deadline = tx.now + timedelta(seconds=_settings(tx)["ballot_seconds"])
    ballot.entitled = freeze_electorate(tx, ballot)
    ballot.present = count_present(tx)
    _tell(tx, "ballot-opened", ballot)
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
    _tell(tx, "ballot-extended", ballot)
    return {}


def need_time(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Tell the chair, without a name, that one more delegate needs time."""
    ballot = the_ballot(tx, data["ballot"])
    if ballot.state != BallotState.OPEN:
        raise Refused("ballot-state", "This ballot is not open.")
    ballot.need_time += 1
    tx.as_nobody("time-needed", f"ballot:{ballot.id}", rows=[ballot])
    return {}


def close_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Close a ballot, count it once and freeze what was counted.

    Errors: `ballot-state`, `ballot-too-early`, `hands-missing` for a show of hands nobody has declared.
    """
    ballot = the_ballot(tx, data["ballot"])
    settings = _settings(tx)
    voted = turnout_of(tx.session, ballot.id)
    move_ballot(BallotState(ballot.state), BallotAct.CLOSE)
    if ballot.trust == Trust.HANDS and ballot.declared is None:
        raise Refused("hands-missing", "Declare the show of hands or enter its count, then close the ballot.")
    if ballot.opened_at and ballot.trust != Trust.HANDS:
        check_close(ballot.opened_at, tx.now, settings["min_open_seconds"], voted, ballot.entitled or 0)
    _act(tx, ballot, BallotAct.CLOSE)
    ballot.closed_at = tx.now
    ballot.result = take_count(tx.session, ballot)
    _act(tx, ballot, BallotAct.COUNT)
    ballot.publish_at = tx.now + timedelta(seconds=settings["publish_delay_seconds"])
    _tell(tx, "ballot-closed", ballot)
    waits = ballot.result["reason"] == Reason.TIE_WAITS_FOR_CHAIR
    if not settings["publish_delay_seconds"] and not waits:
        return publish_result(tx, {"ballot": ballot.id})
    return {"state": ballot.state}


def publish_result(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Publish a result; a binding one decides its motion and what falls with it."""
    ballot = the_ballot(tx, data["ballot"])
    if (ballot.result or {}).get("reason") == Reason.TIE_WAITS_FOR_CHAIR:
        raise Refused("casting-vote-needed", "The votes are level. Say which way your casting vote goes.")
    _act(tx, ballot, BallotAct.PUBLISH)
    ballot.published_at = tx.now
    done = record_verdict(tx, ballot) if ballot.purpose == Purpose.BINDING else Consequences()
    _tell(tx, "result-published", ballot, rows=done.decided)
    for motion in done.amended:
        tx.record("motion-amended", f"motion:{motion.id}", rows=[motion], audiences=_SHOWN)
    for motion in done.fallen:
        dropped = drop_ballots(tx, motion)
        tx.record(
            "motion-fell", f"motion:{motion.id}", rows=[motion, *dropped], audiences=_SHOWN,
            touches=[f"ballot:{each.id}" for each in dropped] + followers(tx),
        )  # fmt: skip
    return {"state": ballot.state, "verdict": (ballot.result or {}).get("verdict")}


def give_casting_vote(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let the chair's casting vote decide between options that are level.

    Errors: `unknown-ballot`, `ballot-state`, `no-casting-vote`.
    """
    ballot = the_ballot(tx, data["ballot"])
    if ballot.state != BallotState.PROVISIONAL:
        raise Refused("ballot-state", "There is a casting vote only once the ballot is counted.")
    if ballot.casting is not None:
        raise Refused("no-casting-vote", "The casting vote is given, and a vote cannot be changed.", "choice")
    ballot.casting = data["choice"]
    ballot.result = take_count(tx.session, ballot)
    _tell(tx, "casting-vote-given", ballot)
    return {"verdict": ballot.result["verdict"]}


def void_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Declare a ballot void, with the reason; it can be run again as a new one.

    Errors: `reason-missing`, `ballot-state`.
    """
    if not (data.get("reason") or "").strip():
        raise Refused("reason-missing", "Say why this ballot is void; the reason goes on record.", "reason")
    ballot = the_ballot(tx, data["ballot"])
    _act(tx, ballot, BallotAct.VOID)
    _tell(tx, "ballot-voided", ballot, reason=data["reason"].strip())
    return {"state": ballot.state}
