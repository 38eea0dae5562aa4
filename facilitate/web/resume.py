"""Hall: what a laptop asks when its connection is back: whether the hub still has what it acknowledged."""

from __future__ import annotations

from typing import Any

from facilitate.domain.people import Actor
from facilitate.domain.rights import check_right
from facilitate.queries.event import phase_of
from facilitate.queries.laptops import commands_lacking
from facilitate.web.hub import Hub
from facilitate.wire import Asked


def answer_laptops(hub: Hub) -> None:
    """Let table laptops ask after their commands; a hub that runs from an older copy lacks the newest."""

    def resume(actor: Actor, asked: Asked) -> dict[str, Any]:
        with hub.reads() as session:
            check_right(actor, "resume-laptop", phase_of(session))
            lacks = commands_lacking(session, asked.data["commands"])
        return {"ok": True, "id": asked.id, "number": 0, "result": {"lacks": lacks}}

    hub.passing["resume-laptop"] = resume
