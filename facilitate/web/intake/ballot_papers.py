"""Hall: the tellers' desk for papers of a ballot: hand out, enter, balance, print."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from facilitate.domain.ballot_papers import few_papers_words
from facilitate.domain.ballots import ABSTAIN, SINGLE_CHOICE, BallotState
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.paper_marks import paper_of_marks
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.formats.ballot_papers_pdf import EDITIONS, ballot_papers_data
from facilitate.formats.render import rendered
from facilitate.queries import View, viewer_of
from facilitate.queries.ballot_papers import (
    choices_of,
    entered_by,
    find_delegates,
    paper_ballot,
    tellers_numbers,
)
from facilitate.queries.ballots import see_ballots
from facilitate.store.rows import Ballot, Event, Person
from facilitate.store.sections import group_names
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor

_SAID = {
    "handed-out": "Hand {name} a paper now.",
    "waiting": "Paper {number} is entered; it waits for the second teller.",
    "differs": "Paper {number} is entered; it was read differently.",
    "agreed": "Paper {number} is entered by two tellers and cast.",
    "noted": "Noted: {number} voted with a companion.",
}
# What stands beside each option of a paper that says more than one thing.
_MARKS = {
    "approve-any": "Tick what is ticked on the paper.",
    "rank": "Type the place beside each option, 1 for the best; leave the others empty.",
    "strength": "Type the number beside each option, 1 to 5; leave the others empty.",
    "points": "Type the points beside each option; leave the others empty.",
}
_SPOILT = "spoilt or missing"


def ballot_paper_routes(routes: Blueprint, hub: Hub) -> None:
    """/desk/ballot-papers and what is done there."""
    _entering(routes, hub)

    @routes.get("/ballot-papers")
    def ballot_papers() -> Any:
        return _page(hub)

    @routes.post("/ballot-papers/search")
    def search_for_delegates() -> Any:
        # A code of a badge belongs in no address.
        return _page(hub, words=request.form.get("words", "")[:200])

    @routes.post("/ballot-papers/hand-out")
    def hand_out() -> Any:
        data = {"ballot": request.form.get("ballot", ""), "delegate": request.form.get("delegate", "")}
        return _done(hub, "hand-out-paper", data, "handed-out", who=data["delegate"])

    @routes.get("/ballot-papers/<edition>.pdf")
    def printed(edition: str) -> Response:
        if edition not in EDITIONS:
            raise Refused("not-found", "There is no such edition.")
        return Response(
            rendered("ballot-papers", _printed(hub, edition)),
            mimetype="application/pdf",
            headers={"Content-Disposition": f"inline; filename=ballot-papers-{edition}.pdf"},
        )


def _entering(routes: Blueprint, hub: Hub) -> None:
    @routes.post("/ballot-papers/entries")
    def enter() -> Any:
        number, group = request.form.get("number", type=int), request.form.get("group", 0, type=int)
        data = {"ballot": request.form.get("ballot", ""), "number": number, "group": group}
        try:
            data["choice"] = _typed_paper(hub, data["ballot"])
        except Refused as refusal:
            return _page(hub, refusal), 400
        return _done(hub, "enter-paper", data, "", number=number)

    @routes.post("/ballot-papers/companions")
    def companions() -> Any:
        count = request.form.get("count", type=int)
        data = {"ballot": request.form.get("ballot", ""), "count": count}
        return _done(hub, "note-companions", data, "noted", number=count)


def _typed_paper(hub: Hub, ballot_id: Any) -> str | None:
    """What a teller read on a paper; None where it is spoilt or was not handed back.

    Errors: `choice-missing`, what paper_of_marks refuses.
    """
    choice = request.form.get("choice", "")
    if choice == _SPOILT:
        return None
    with hub.reads() as session:
        ballot = session.get(Ballot, ballot_id)
        rules = rules_from_dict(ballot.rules) if ballot else None
    if rules is not None and rules.form not in SINGLE_CHOICE:
        marks = {o.key: request.form.get(f"mark-{o.key}", "") for o in rules.options if o.key != ABSTAIN}
        return paper_of_marks(marks, choice, rules)
    if not choice:
        raise Refused("choice-missing", "Say what the paper says. Nothing was entered.", "choice")
    return choice


def _done(hub: Hub, verb: str, data: dict[str, Any], done: str, **about: Any) -> Any:
    """Let the teller do something, and tell them on the page what became of it."""
    answer = hub.answer(current_actor(hub), {"id": hub.new_id(), "type": verb, "data": data})
    if not answer["ok"]:
        return _page(hub, Refused(**answer["refusal"])), 400
    done = done or answer["result"]["state"]
    return redirect(url_for("intake.ballot_papers", done=done, **about), code=303)


def _said(session: Session) -> str:
    """What is told of the deed before; nothing of it comes in words from the address."""
    words = _SAID.get(request.args.get("done", ""), "")
    person = session.get(Person, request.args.get("who", ""))
    return words.format(number=request.args.get("number", 0, type=int), name=person.name if person else "")


def _page(hub: Hub, refusal: Refused | None = None, words: str = "") -> str:
    actor = current_actor(hub)
    is_teller = Role.TELLER in actor.roles
    with hub.reads() as session:
        ballot = paper_ballot(session)
        facts: dict[str, Any] = {"ballot": ballot, "said": _said(session) if is_teller else ""}
        if ballot is not None:
            facts["groups"] = group_names(ballot)
            facts["choices"] = choices_of(ballot)
            facts["single"] = ballot.form in SINGLE_CHOICE
            facts["marks"] = _MARKS.get(ballot.form, "")
            facts["points"] = rules_from_dict(ballot.rules).points
            facts["given"] = ballot.state in (BallotState.ANNOUNCED, BallotState.OPEN)
            facts["is_open"] = ballot.state == BallotState.OPEN
        if ballot is not None and is_teller:
            key = hub.settings.key("sign-in")
            facts["found"] = find_delegates(session, key, ballot, words) if words else []
            facts["entered"] = entered_by(session, ballot, actor.person or "")
            facts["numbers"] = tellers_numbers(session, ballot)
            facts["few"] = few_papers_words(facts["numbers"].papers.handed_out) if facts["given"] else ""
        return render_template(
            "intake/ballot_papers.html", here="ballot-papers", refusal=refusal, words=words,
            typed=request.form if refusal else {}, is_teller=is_teller, **facts,
        )  # fmt: skip


def _printed(hub: Hub, edition: str) -> dict[str, Any]:
    with hub.reads() as session:
        which = request.args.get("ballot", "")
        ballot = session.get(Ballot, which) if which else paper_ballot(session)
        if ballot is None:
            raise Refused("not-found", "There is no such ballot.")
        event = session.get_one(Event, "event")
        seen = see_ballots(View(session, hub.now()), viewer_of("desk"), {ballot.id})[ballot.id]
        groups = group_names(ballot)
        made = int(hub.now().timestamp())
        return ballot_papers_data(event.name, seen, groups, edition, made, rehearsal=event.rehearsal)
