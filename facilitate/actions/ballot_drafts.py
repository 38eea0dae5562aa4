"""Hall: a ballot is drafted: its question, what can be chosen, who may vote, and how it will be counted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from facilitate.domain.ballots import BallotForm, BallotState, Purpose, Trust, check_trust
from facilitate.domain.cards import check_by_card
from facilitate.domain.electorate import Electorate
from facilitate.domain.hands import check_by_hands
from facilitate.domain.majority import (
    PRESETS,
    Rules,
    check_rules,
    preset_rules,
    rules_as_dict,
    rules_from_dict,
    share_of,
)
from facilitate.domain.motions import MotionState
from facilitate.domain.refusal import Refused
from facilitate.domain.sections import SectionShare, check_shares
from facilitate.domain.wording import nfc
from facilitate.store.drafting import check_only_one, next_number, track_for
from facilitate.store.named import the_ballot
from facilitate.store.rows import Ballot, Motion
from facilitate.store.sections import drop_grouping
from facilitate.store.tracks import followers
from facilitate.store.writer import Transaction

_AS_ASKED = ("quorum", "tie", "lot", "method", "seats", "points", "deciding", "minority")


def draft_ballot(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Write a ballot: question, options and the rules by which it will be counted.

    Shape: `stamping`, whether a stamped ballot can be held here, is the hub's own word, never the wire's.
    Errors: `item-taken`, `question-missing`, `motion-not-put`, `motion-has-ballot`, `unknown-track`,
    `not-by-hands`, `not-by-card`, what check_rules, check_shares and check_trust refuse.
    """
    if tx.session.get(Ballot, data["item"]):
        raise Refused("item-taken", "This ballot was drafted before.", "item")
    motion = tx.session.get(Motion, data["motion"]) if data["motion"] else None
    if data["motion"] and (motion is None or motion.state != MotionState.PUT):
        raise Refused("motion-not-put", "Put the motion to the room first, then draft its ballot.", "motion")
    check_only_one(tx, data["motion"], data["purpose"])
    question = nfc(data["question"]).strip()
    if not question:
        raise Refused("question-missing", "Write what the room is asked.", "question")
    rules = _rules(data)
    trust, purpose = Trust(data["trust"]), Purpose(data["purpose"])
    if purpose is not Purpose.BINDING:
        # What decides nothing leaves no position beside the text.
        rules = replace(rules, minority=Fraction(0))
    check_trust(trust, stamping=data.get("stamping", False))
    if trust is Trust.HANDS:
        check_by_hands(rules)
    if trust is Trust.CARDS:
        check_by_card(rules)
    ballot = Ballot(
        id=data["item"], number=next_number(tx), version=1,
        motion_id=motion.id if motion else None, track_id=track_for(tx, data.get("track"), motion),
        question=question, form=rules.form.value, options=list(rules.labels), trust=trust.value,
        purpose=purpose.value, rules=rules_as_dict(rules), electorate=_electorate(data),
        shares=[each.as_dict() for each in _shares(data)], state=BallotState.DRAFT.value, need_time=0,
    )  # fmt: skip
    tx.session.add(ballot)
    touches = followers(tx)
    tx.record("ballot-drafted", f"ballot:{ballot.id}", rows=[ballot], touches=touches, audiences=["themes"])
    return {"number": ballot.number}


def _electorate(data: dict[str, Any]) -> dict[str, Any]:
    asked = data.get("electorate") or {}
    sections = frozenset(asked.get("sections", ()))
    return Electorate(sections=sections, must_be_present=asked.get("must_be_present", True)).as_dict()


def _shares(data: dict[str, Any]) -> list[SectionShare]:
    """The sections that are to be counted, each with its share; none where heads alone are.

    Errors: what check_shares refuses, `bad-majority`.
    """
    asked = (data["rules"] or {}).get("shares") or []
    shares = [SectionShare(tuple(each["sections"]), share_of(each["share"])) for each in asked]
    check_shares(shares)
    return shares


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
    chosen |= {key: asked[key] for key in _AS_ASKED if key in asked}
    shares = {each.name: str(each.share) for each in _shares(data)}
    rules = rules_from_dict(chosen | {"lot": nfc(chosen["lot"]).strip(), "shares": shares})
    check_rules(rules)
    return rules


def run_again(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Draft a void ballot anew, or one whose result replaced stamps could have changed; both stay on record.

    Shape: `stamping` as for draft_ballot.
    Errors: `unknown-ballot`, `item-taken`, `not-to-run-again`, `motion-has-ballot`, `stamped-needs-https`.
    """
    if tx.session.get(Ballot, data["item"]):
        raise Refused("item-taken", "This ballot was drafted before.", "item")
    old = the_ballot(tx, data["ballot"])
    doubtful = old.state == BallotState.PUBLISHED and old.doubtful
    if old.state != BallotState.VOID and not doubtful:
        told = "Only a void ballot is run again, or one that replaced stamps could have changed."
        raise Refused("not-to-run-again", f"{told} Nothing was changed.")
    check_only_one(tx, old.motion_id, old.purpose)
    check_trust(Trust(old.trust), stamping=data.get("stamping", False))
    same = ("motion_id", "alternatives", "track_id", "item_id", "question", "form", "options", "trust",
            "purpose", "rules", "electorate", "shares")  # fmt: skip
    new = Ballot(
        id=data["item"], number=next_number(tx), version=1,
        state=BallotState.DRAFT.value, need_time=0, again_of=old.id,
        **{name: getattr(old, name) for name in same},
    )  # fmt: skip
    drop_grouping(new)
    tx.session.add(new)
    touches = [f"ballot:{old.id}", *followers(tx)]
    tx.record("ballot-run-again", f"ballot:{new.id}", rows=[new], touches=touches, audiences=["themes"])
    return {"number": new.number}
