"""Before: the clerk sets what depends on the party's rules: limits, reasons, delays, the accent."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request
from sqlalchemy import select

from facilitate.domain.addresses import event_address
from facilitate.domain.colour import accent_refusal
from facilitate.domain.presets import preset_settings
from facilitate.domain.refusal import Refused
from facilitate.store.rows import Document, Event
from facilitate.store.signings import signatories
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor

# Name, sentence, lowest and highest.
NUMBERS = {
    "table_size": ("People at a table", 2, 30),
    "min_open_seconds": ("A ballot stays open for at least, in seconds", 0, 3600),
    "ballot_seconds": ("A ballot is planned for, in seconds", 10, 7200),
    "publish_delay_seconds": ("A result publishes itself after, in seconds", 0, 86_400),
    "certify_seconds": ("A stamped result publishes itself at the latest after, in seconds", 10, 86_400),
    "most_failing": ("A ballot is closed although so many devices fail", 0, 100_000),
    "most_need_time": ("A ballot is closed although so many delegates ask for time", 0, 100_000),
    "min_group": ("No breakdown of a group smaller than", 1, 100),
    "pull_outs_needed": ("Tables or delegations that take a passage out of a vote en bloc", 1, 1000),
    "quiet_seconds": ("A table counts as silent after, in seconds", 30, 3600),
    "kept_alarm_seconds": ("Points kept on a laptop alarm the desk after, in seconds", 10, 3600),
    "help_alarm_seconds": ("An alarm when a help call waits for longer than, in seconds", 30, 3600),
}
RULES = {
    "all": "All signatories",
    "majority": "More than half of the signatories",
    "named": "The named officers",
}
RESCINDING = {
    "simple": "More votes for than against",
    "two-thirds": "Two thirds of the votes",
    "absolute-present": "More than half of those present",
    "absolute": "More than half of those entitled",
}


def settings_routes(routes: Blueprint, hub: Hub) -> None:
    """/office/settings."""

    @routes.get("/settings")
    def settings() -> Any:
        return _page(hub, None)

    @routes.post("/settings")
    def save() -> Any:
        try:
            hub.do(current_actor(hub), "set-event", {"name": _name(), "settings": _typed()})
        except Refused as refusal:
            return _page(hub, refusal), 400
        return redirect("/office/settings", code=303)


def _name() -> str:
    name = request.form.get("name", "").strip()
    if not 1 <= len(name) <= 120:
        raise Refused("bad-name", "The event's name has 1 to 120 characters.", "name")
    return name


def _typed() -> dict[str, Any]:
    found: dict[str, Any] = {key: _number(key) for key in NUMBERS}
    limit = request.form.get("limit", "").strip()
    if limit and not (limit.isdigit() and 1 <= int(limit) <= 100):
        raise Refused("bad-number", "The limit is a number from 1 to 100, or empty for none.", "limit")
    found["limit"] = int(limit) if limit else None
    for key in ("names_tables", "reads_back"):
        found[key] = request.form.get(key) == "yes"
    found["reasons"] = _lines("reasons")
    found["help_reasons"] = _lines("help_reasons")
    found["help_private_reasons"] = _lines("help_private_reasons")
    for key in ("help_reasons", "help_private_reasons"):
        if any(len(reason) > 120 for reason in found[key]):
            raise Refused("reason-too-long", "A reason for a help call has at most 120 characters.", key)
    if not found["reasons"]:
        raise Refused("reasons-missing", "Write at least one reason, each on a line of its own.", "reasons")
    accent = request.form.get("accent", "")
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", accent):
        raise Refused("bad-colour", "Write the accent as # and six figures, such as #a30029.", "accent")
    refused = accent_refusal(accent)
    if refused:
        raise Refused("weak-colour", refused, "accent")
    found["accent"] = accent
    rule = request.form.get("sign_off_rule", "all")
    found["sign_off_rule"] = rule if rule in RULES else "all"
    found["sign_off_officers"] = _officers()
    taking_back = request.form.get("rescind_majority", "two-thirds")
    found["rescind_majority"] = taking_back if taking_back in RESCINDING else "two-thirds"
    found["address"] = event_address(request.form.get("address", ""))
    found["commission_contact"] = request.form.get("commission_contact", "").strip()[:400]
    return found


def _officers() -> dict[str, list[str]]:
    """The named officers by commission; a box says commission and person."""
    found: dict[str, list[str]] = {}
    for commission, _, person in (box.rpartition("|") for box in request.form.getlist("officer")):
        found.setdefault(commission, []).append(person)
    return found


def _lines(key: str) -> list[str]:
    """What was written, one on each line, each once."""
    written = [line.strip() for line in request.form.get(key, "").splitlines()]
    return list(dict.fromkeys(line for line in written if line))


def _number(key: str) -> int:
    label, least, most = NUMBERS[key]
    typed = request.form.get(key, "").strip()
    if not typed.isdigit() or not least <= int(typed) <= most:
        raise Refused("bad-number", f"{label}: give a number from {least:,} to {most:,}.", key)
    return int(typed)


def _page(hub: Hub, refusal: Refused | None) -> str:
    with hub.reads() as session:
        event = session.get_one(Event, "event")
        values = {"name": event.name, **preset_settings(event.preset), **event.settings}
        commissions = {d.commission: signatories(session, d) for d in session.scalars(select(Document))}
    if refusal:
        values |= {**request.form.to_dict(), "sign_off_officers": _officers()}
    return render_template(
        "office/settings.html", here="settings", values=values, numbers=NUMBERS, rules=RULES, refusal=refusal,
        rescinding=RESCINDING, commissions=dict(sorted(commissions.items())),
    )  # fmt: skip
