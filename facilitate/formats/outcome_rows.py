"""Outcome: the record as tables of rows, for spreadsheets; each row says which record and text it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from facilitate.formats.outcome_short import decided, places
from facilitate.formats.outcome_words import conflict_lines, since_line
from facilitate.formats.signoff_words import sentences

Value = str | int
Table = tuple[tuple[str, ...], list[tuple[Value, ...]]]


def outcome_tables(data: dict[str, Any]) -> dict[str, Table]:
    """Every table of an outcome: its name, its head and its rows, from `outcome_json.outcome_data`."""
    makers: dict[str, Callable[[dict[str, Any]], Table]] = {
        "Passages": _passages,
        "Ballots": _ballots,
        "Motions": _motions,
        "Minority positions": _minority_positions,
        "Themes": _themes,
        "Comments": _comments,
        "Submissions": _submissions,
        "Balance sheet": _balance,
    }
    return {name: make(data) for name, make in makers.items()}


def about(data: dict[str, Any]) -> list[tuple[str, Value]]:
    """What the file is: event, document, how it stands, which journal number it covers, its hash."""
    found: list[tuple[str, Value]] = [
        ("Event", data["event"]["name"]),
        ("Document", data["document"]["title"]),
        ("Status", data["status"]),
        ("Made on", data["generated"]["words"]),
        ("Journal number", data["journal"]["number"]),
        ("Head of the journal", data["journal"]["head"]),
        ("Hash of the text", data["sealed"] or data["hash"]),
    ]
    if data["event"]["rehearsal"]:
        found.append(("Marked", "REHEARSAL"))
    return [*found, *([("Copy", data["copy"])] if data["copy"] else [])]


def _passages(data: dict[str, Any]) -> Table:
    head = (
        "reference", "kind", "number", "state", "what became of it", "original", "final", "ballots",
        "changes", "carried motions that collide", "changed since the vote", "tables", "discussed",
        "comments", "signatures", "sign-off",
    )  # fmt: skip
    return head, [
        (
            p["ref"], p["kind"], p["number"], p["state"], p["fate"], p["original"], p["final"] or "",
            _joined(v["number"] for v in p["votes"]),
            _joined(f"{c['author']}: {c['english']}" for c in p["changes"]),
            _joined(conflict_lines(p["conflict"]) if p["conflict"] else []),
            _joined(since_line(x) for x in p["since_vote"]), p["tables"], p["discussed"], len(p["comments"]),
            _joined(s["sentence"] for s in p["signatures"]), _joined(sentences(p["sign_off"])),
        )
        for p in data["passages"]
    ]  # fmt: skip


def _ballots(data: dict[str, Any]) -> Table:
    head = ("ballot", "motion", "question", "state", "verdict", "counts", "result", "rules", "closed (UTC)")
    return head, [
        (
            v["number"], v["motion"] or "", v["question"], v["state"], v["verdict"],
            _joined(f"{label}: {count}" for label, count in v["rows"]), v["result"],
            " ".join(v["conditions"]), v["closed"] or "",
        )
        for v in decided(data)
    ]  # fmt: skip


def _motions(data: dict[str, Any]) -> Table:
    head = (
        "motion", "amends", "passage", "effect", "state", "what became of it", "title", "wording",
        "made from",
    )  # fmt: skip
    return head, [
        (
            m["number"], m["amends"] or "", ref, m["effect"], m["state"], m["sentence"], m["title"],
            m["text"], _joined(source["label"] or source["ref"] for source in m["sources"]),
        )
        for ref, place in _named_places(data)
        for m in place["motions"]
    ]  # fmt: skip


def _minority_positions(data: dict[str, Any]) -> Table:
    return ("passage", "position", "how it was found"), [
        (ref, position["text"], position["sentence"])
        for ref, place in _named_places(data)
        for position in place["minority_positions"]
    ]


def _themes(data: dict[str, Any]) -> Table:
    head = ("theme", "passage", "comments", "tables", "agree", "a minority", "quotation")
    return head, [
        (t["name"], ref, t["comments"], t["tables"], t["agree"], "yes" if t["minority"] else "no", t["quote"])
        for ref, place in _named_places(data)
        for t in place["themes"]
    ]


def _comments(data: dict[str, Any]) -> Table:
    head = (
        "comment", "passage", "table", "kind", "what was said", "agree", "against", "themes",
        "what became of it", "reason", "note",
    )  # fmt: skip
    return head, [
        (
            c["ref"], ref, c["table"] or "", c["kind"], c["text"], c["agree"], c["against"],
            _joined(c["themes"]), c["end"], c["reason"], c["note"],
        )
        for ref, place in _named_places(data)
        for c in place["comments"]
    ]  # fmt: skip


def _submissions(data: dict[str, Any]) -> Table:
    head = ("submission", "body", "passages", "title", "text", "what became of it", "reason", "note")
    found = {s["ref"]: s for place in places(data) for s in place["submissions"]}
    return head, [
        (s["ref"], s["body"], _joined(s["passages"]), s["title"], s["text"], s["end"], s["reason"], s["note"])
        for s in found.values()
    ]


def _balance(data: dict[str, Any]) -> Table:
    head = ("kind", "kind of comment", "received", "still open", "ended", "difference", "what is wrong")
    return head, [
        (
            "" if line["part"] else line["label"], line["label"] if line["part"] else "", line["received"],
            line["open"], line["ended"], line["difference"],
            _joined(line["named"]) or ("wrong" if line["wrong"] else ""),
        )
        for line in data["balance"]["lines"]
    ]  # fmt: skip


def _named_places(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [*((p["ref"], p) for p in data["passages"]), ("", data["general"])]


def _joined(parts: Iterable[Any]) -> str:
    return "; ".join(map(str, parts))
