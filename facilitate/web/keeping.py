"""Hall: what a table captured is kept as it came where it cannot be read or its sign-in has ended."""

from __future__ import annotations

import json
from typing import Any

from facilitate.actions import carry_out
from facilitate.domain.kept import KeptCause
from facilitate.domain.people import Actor
from facilitate.domain.refusal import Refused
from facilitate.queries.people import ended_holder
from facilitate.store.writer import Answer, Command, other_id
from facilitate.web.hub import CAPTURED, Hub
from facilitate.wire import parse_command

# These say something of the hub or of the sender and nothing of the point: it is sent again.
UNDECIDED = frozenset(
    {
        "signed-out", "failed", "busy", "not-stored", "not-your-role", "not-at-this-stage", "no-table",
        "id-reused", "no-event", "handed-over",
    }
)  # fmt: skip


def keep_captured(hub: Hub) -> None:
    """Let nothing that a table captured be turned away for what it looks like or for an ended sign-in."""

    def rescue(
        actor: Actor | None, raw: Any, refusal: Refused, session: str | None
    ) -> dict[str, Any] | None:
        if not _says_something(raw):
            return None
        if actor is None:
            return _quarantined(hub, raw, refusal, session)
        if refusal.code in UNDECIDED:
            return None
        item = _item(raw, KeptCause.UNREADABLE, None, refusal.sentence.removesuffix(" Nothing was changed."))
        return _kept(hub, actor, raw, refusal, item)

    hub.rescue = rescue


def _says_something(raw: Any) -> bool:
    """Whether this is a captured point, however odd, in which somebody said something."""
    if not isinstance(raw, dict) or raw.get("type") not in CAPTURED:
        return False
    data, key = raw.get("data"), raw.get("id")
    if not isinstance(data, dict) or not isinstance(key, str) or not 0 < len(key) <= 64:
        return False
    text, ops = data.get("text"), data.get("ops")
    return bool((isinstance(text, str) and text.strip()) or (isinstance(ops, list) and ops))


def _quarantined(
    hub: Hub, raw: dict[str, Any], refusal: Refused, session: str | None
) -> dict[str, Any] | None:
    with hub.reads() as reading:
        sender = ended_holder(reading, session) if session else None
    if sender is None:
        return None
    try:
        hub.pace.command(sender.id)
    except Refused as busy:
        return {"ok": False, "id": raw["id"], "refusal": busy.as_dict()}
    try:
        read, why = parse_command(raw).data, "The sign-in of this laptop had ended when the point came."
    except Refused as unreadable:
        read, why = None, f"The sign-in of this laptop had ended. {unreadable.sentence}"
    return _kept(hub, sender, raw, refusal, _item(raw, KeptCause.SIGNED_OUT, read, why))


def _item(raw: dict[str, Any], cause: KeptCause, read: dict[str, Any] | None, why: str) -> dict[str, Any]:
    return {
        "cause": cause.value, "raw": json.dumps(raw), "data": read, "why": why,
        "item": raw["data"].get("item"),
    }  # fmt: skip


def _kept(
    hub: Hub, actor: Actor, raw: dict[str, Any], first: Refused, data: dict[str, Any]
) -> dict[str, Any]:
    got = _submit(hub, actor, raw, data)
    if got.refusal is None:
        return {"ok": True, "id": raw["id"], "number": got.number, "result": got.result}
    # Whoever may not keep anything here is told what was wrong with what they sent.
    told = first if got.refusal.code in ("not-your-role", "not-at-this-stage") else got.refusal
    return {"ok": False, "id": raw["id"], "refusal": told.as_dict()}


def _submit(hub: Hub, actor: Actor, raw: dict[str, Any], data: dict[str, Any]) -> Answer:
    """Under the command's own id, so that the laptop's question whether it is here is answered rightly."""

    def command(key: str) -> Command:
        body = {"kept": data["raw"]}
        return Command(key, "keep-item", actor, lambda tx: carry_out(tx, "keep-item", data), body)

    got = hub.queue.submit(command(raw["id"]))
    if got.refusal and got.refusal.code == "id-reused":
        got = hub.queue.submit(command(other_id(raw["id"], actor.id, data["raw"])))
    return got
