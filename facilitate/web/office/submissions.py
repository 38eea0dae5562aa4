"""Before: the clerk gives each body a link of its own for sending in, and says until when it is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, request
from sqlalchemy.orm import Session

from facilitate.domain.refusal import Refused
from facilitate.domain.submissions import read_deadline
from facilitate.queries.submissions import bodies_linked, bodies_without_officer, office_deadline
from facilitate.store.rows import Event
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor


def link_routes(routes: Blueprint, hub: Hub, page: Callable[[Refused], str]) -> None:
    """/office/submissions/links and /office/submissions/deadline; `page` shows why something was refused."""

    @routes.post("/submissions/links")
    def link() -> Any:
        with hub.reads() as session:
            rows = bodies_without_officer(session)
        if rows:
            hub.do(current_actor(hub), "import-people", {"rows": rows})
        return redirect("/office/codes?role=body-officer", code=303)

    @routes.post("/submissions/deadline")
    def set_deadline() -> Any:
        try:
            with hub.reads() as session:
                zone = session.get_one(Event, "event").zone
            until = read_deadline(request.form.get("until", ""), zone)
            hub.do(current_actor(hub), "set-event", {"settings": {"submissions_until": until}})
        except Refused as refusal:
            return page(refusal), 400
        return redirect("/office/submissions", code=303)


def link_facts(session: Session, now: datetime) -> dict[str, Any]:
    """What the page says of the bodies' links: how many there are, and until when they are open."""
    linked, bodies = bodies_linked(session)
    until, sentence = office_deadline(session, now)
    return {"linked": linked, "bodies": bodies, "until": until, "deadline": sentence}
