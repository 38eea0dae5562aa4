"""Hall: the tellers' page of an open card vote: the roll, and paper cards as they are handed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.queries.ballot_papers import choices_of
from facilitate.queries.cards import shown_cards
from facilitate.store.rows import Ballot, Delegation
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor

_NOW = (BallotState.ANNOUNCED.value, BallotState.OPEN.value)


def card_routes(routes: Blueprint, hub: Hub) -> None:
    """/desk/cards."""

    @routes.get("/cards")
    def cards() -> Any:
        return _page(hub)

    @routes.post("/cards")
    def enter_card() -> Any:
        data = {name: request.form.get(name, "") for name in ("ballot", "delegation", "choice")}
        answer = hub.answer(current_actor(hub), {"id": hub.new_id(), "type": "enter-card", "data": data})
        if not answer["ok"]:
            return _page(hub, Refused(**answer["refusal"])), 400
        return redirect(url_for("intake.cards", done=data["delegation"]), code=303)


def _running(session: Session) -> Ballot | None:
    query = select(Ballot).where(Ballot.trust == Trust.CARDS.value, Ballot.state.in_(_NOW))
    return session.scalars(query.order_by(Ballot.number.desc())).first()


def _page(hub: Hub, refusal: Refused | None = None) -> str:
    actor = current_actor(hub)
    with hub.reads() as session:
        ballot = _running(session)
        done = session.get(Delegation, request.args.get("done", ""))
        said = f"The card of {done.name} is entered." if done else ""
        facts: dict[str, Any] = {"ballot": ballot, "said": said}
        if ballot is not None:
            facts |= {"cards": shown_cards(session, ballot), "choices": choices_of(ballot)}
            facts["is_open"] = ballot.state == BallotState.OPEN
        return render_template(
            "intake/cards.html", here="cards", refusal=refusal, is_teller=Role.TELLER in actor.roles,
            typed=request.form if refusal else {}, **facts,
        )  # fmt: skip
