"""Hall: ballots, and on a person's own device whether they may vote and have voted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import and_, select

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.counting import Reason
from facilitate.domain.electorate import VoterFacts, electorate_from_dict, why_not
from facilitate.domain.majority import rules_from_dict
from facilitate.queries.ballot_effects import effects_on
from facilitate.queries.cards import card_vote, cards_shown
from facilitate.queries.documents import references_of
from facilitate.queries.event import count_delegates, event_row
from facilitate.queries.results import form_of, result_of
from facilitate.queries.sections import counted_words, grouping_shown, rule_of, sections_of
from facilitate.queries.stamped import (
    NO_STANDING,
    begun_by_one,
    board_of,
    cast_in,
    certified_by,
    stamping_of,
    standing_of,
)
from facilitate.queries.view import View, Viewer, iso
from facilitate.store.paper_channel import who_has_paper
from facilitate.store.papers import level_now
from facilitate.store.roll import voter_facts
from facilitate.store.rows import Ballot, Elector, Motion, Person, Stamp, Voted

_HIDDEN = (BallotState.DRAFT.value,)
# The turnout of a room is shown in steps, so that nobody's vote can be watched arriving.
STEP = 5
_RESULT_SHOWN = (BallotState.PUBLISHED.value,)
_FORMER = 12


def see_ballots(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Everybody sees a ballot from its announcement on and how many have voted; nobody, staff included, sees
    how the votes are split before the result is published. Drafts are for the theme team and the desk; who
    needs more time, who has no stamp and who has not voted, as numbers, and what hands were declared until
    then, for the desk alone.
    """
    query = select(Ballot).order_by(Ballot.number)
    if ids is not None:
        query = query.where(Ballot.id.in_(ids))
    if viewer.kind not in ("themes", "desk"):
        query = query.where(Ballot.state.not_in(_HIDDEN))
    found = list(view.session.scalars(query))
    if ids is None and viewer.kind not in ("themes", "desk"):
        # A phone's first load stays small: older results are on the documents' pages.
        found = found[-_FORMER:]
    return {b.id: _ballot(view, b, viewer.kind == "desk") for b in found}


def _ballot(view: View, b: Ballot, desk: bool) -> dict[str, Any]:
    rules = rules_from_dict(b.rules)
    motion = view.session.get(Motion, b.motion_id) if b.motion_id else None
    effects = effects_on(view, b, motion)
    passage = references_of(view, [motion.passage_id]).get(motion.passage_id or "") if motion else None
    grouping = grouping_shown(view, b)
    entitled = _entitled(view, b)
    return {
        "id": b.id, "number": b.number, "passage": passage, "track": b.track_id,
        "motion": None if b.alternatives else b.motion_id, "question": b.question, "form": b.form,
        "options": [{"key": o.key, "label": o.label, "effect": effects.get(o.key)} for o in rules.options],
        "state": b.state, "trust": b.trust, "purpose": b.purpose, "rule": rule_of(rules, grouping),
        "sections": sections_of(rules, grouping), "cards": cards_shown(view, b),
        "quorum": rules.quorum,
        "min_group": grouping.smallest if grouping else event_row(view).settings["min_group"],
        "opened": iso(b.opened_at), "closed": iso(b.closed_at), "deadline": iso(b.deadline),
        "publish_at": _publishes(b), "version": b.version, "entitled": entitled,
        "present": b.present if b.present is not None else entitled,
        "voted": _stepped(view, b), "need_time": b.need_time if desk else 0,
        "companions": b.companions if desk or b.state in _RESULT_SHOWN else None,
        "declared": b.declared if desk or b.state in _RESULT_SHOWN else None,
        "result": result_of(view.session, b) if b.state in _RESULT_SHOWN else None,
        "again_of": b.again_of, "certified": certified_by(view, b), "begun": begun_by_one(view, b, desk),
        "doubtful": b.doubtful and b.state in _RESULT_SHOWN,
        "stamping": stamping_of(view, b), "board": board_of(b),
        **form_of(rules), "level": level_now(b) if desk else [],
        **(standing_of(view, b) if desk else NO_STANDING),
    }  # fmt: skip


def _entitled(view: View, b: Ballot) -> int:
    """Who may vote: as frozen, as it would be now, or nobody in a ballot that was never announced."""
    if b.entitled is None and b.state in (BallotState.DRAFT, BallotState.RECALLED):
        return count_delegates(view.session, present_only=True)
    return b.entitled or 0


def _publishes(b: Ballot) -> str | None:
    """When the result publishes itself; a tie that waits for the chair has no such time."""
    waits = (b.result or {}).get("reason") == Reason.TIE_WAITS_FOR_CHAIR
    return None if waits else iso(b.publish_at)


def _stepped(view: View, b: Ballot) -> int:
    voted = cast_in(view, b)
    if b.state != BallotState.OPEN or voted == b.entitled or (b.entitled or 0) < 10 * STEP:
        return voted
    return voted - voted % STEP


def see_votes(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """A person sees on their own device whether they may vote, why not, and that they have voted; never
    what. Nobody sees another person's.
    """
    query = select(Ballot).where(Ballot.state.in_(["announced", "open", "closed", "provisional"]))
    if ids is not None:
        query = query.where(Ballot.id.in_(ids))
    found = view.cache.get(("running", tuple(sorted(ids)) if ids is not None else None))
    if found is None:
        found = list(view.session.scalars(query))
        view.cache["running", tuple(sorted(ids)) if ids is not None else None] = found
    return {
        b.id: card_vote(view, b, viewer.key) if b.trust == Trust.CARDS else _vote(view, b, viewer.key)
        for b in found
    }  # fmt: skip


def _vote(view: View, b: Ballot, person: str) -> dict[str, Any]:
    why = why_not(_facts(view, b).get(person, VoterFacts()), electorate_from_dict(b.electorate))
    voted = why is not None and why.code == "already-voted"
    refused = None if voted or why is None else why.sentence
    group, channel = _groups(view, b).get(person, (None, None))
    return {
        "id": b.id, "entitled": refused is None, "why": refused, "voted": voted,
        "stamped": channel is not None, "group": group, "channel": channel,
        "counted": counted_words(b, group),
    }  # fmt: skip


def _groups(view: View, b: Ballot) -> dict[str, tuple[int | None, str | None]]:
    """The roll of a ballot with groups: person to group and, once stamped in its present wording, channel."""
    key = ("stamps", b.id)
    if key not in view.cache:
        here = (Stamp.ballot_id == b.id, Stamp.version == b.version, Stamp.signature != "")
        roll = (
            select(Elector.person_id, Elector.group, Stamp.channel)
            .outerjoin(Stamp, and_(Stamp.person_id == Elector.person_id, *here))
            .where(Elector.ballot_id == b.id)
        )
        grouped = b.trust == Trust.STAMPED or b.grouping is not None
        rows = view.session.execute(roll) if grouped else ()
        view.cache[key] = {row.person_id: (row.group, row.channel) for row in rows}
    found: dict[str, tuple[int | None, str | None]] = view.cache[key]
    return found


def _facts(view: View, b: Ballot) -> dict[str, VoterFacts]:
    key = ("facts", b.id)
    if key not in view.cache:
        now = view.cache.get("voters")
        if now is None:
            now = view.cache["voters"] = voter_facts(view.session)
        view.cache[key] = _on_the_roll(view, b, now)
    found: dict[str, VoterFacts] = view.cache[key]
    return found


def _on_the_roll(view: View, b: Ballot, now: dict[str, VoterFacts]) -> dict[str, VoterFacts]:
    """Everybody's facts with what was frozen at the announcement, and whether they have voted since or have
    taken a paper.
    """
    roll = set(view.session.scalars(select(Elector.person_id).where(Elector.ballot_id == b.id)))
    voted = set(view.session.scalars(select(Voted.person_id).where(Voted.ballot_id == b.id)))
    paper = who_has_paper(view.session, b)
    gone = view.session.execute(select(Person.id, Person.replaced_by).where(Person.replaced_by.is_not(None)))
    waiting = {row.replaced_by for row in gone if row.id in roll}
    voting = {now[person].who for person in roll if person in now} - {""}
    return {
        person: replace(
            facts, on_the_roll=person in roll, has_voted=person in voted,
            has_paper=person in paper, takes_over=person in waiting,
            votes_elsewhere=person not in roll and facts.who in voting,
        )
        for person, facts in now.items()
    }  # fmt: skip
