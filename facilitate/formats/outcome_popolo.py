"""Outcome: motions and votes as Popolo, the data format of legislatures' open data."""

from __future__ import annotations

import json
from typing import Any

from facilitate.formats.outcome_short import decided, moved

_RESULTS = {"carried": "pass", "lost": "fail", "tied": "tied"}
_OPTIONS = {
    "for": "yes",
    "against": "no",
    "abstained": "abstain",
    "abstain": "abstain",
    "did not vote": "not voting",
}


def outcome_popolo(data: dict[str, Any]) -> bytes:
    """Motions and vote events of one document, from `outcome_json.outcome_data`.

    Shape: {organizations, events, motions}; options for, against, abstained and did not vote carry Popolo's
    own words, any other its label; who voted how is in no edition, so a vote event has counts and no votes.
    Source: the Popolo project's specification of Motion, VoteEvent and Count.
    """
    document, event = data["document"], data["event"]
    votes: dict[int | None, list[dict[str, Any]]] = {}
    for vote in decided(data):
        votes.setdefault(vote["motion"], []).append(_vote_event(vote))
    known = [_motion(ref, motion, votes.pop(motion["number"], [])) for ref, motion in moved(data)]
    # A ballot without a motion of this document asked its own question.
    asked = [_question(vote_event) for rest in votes.values() for vote_event in rest]
    found = {
        "organizations": [
            {"id": "event", "name": event["name"], "classification": "deliberative event"},
            *([_commission(document["commission"])] if document["commission"] else []),
        ],
        "events": [
            {"id": "document", "name": document["title"], "organization_id": "event",
             "classification": "document", "description": data["status"]},
        ],
        "motions": [*known, *asked],
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _commission(name: str) -> dict[str, Any]:
    return {"id": "commission", "name": name, "classification": "commission", "parent_id": "event"}


def _motion(ref: str, motion: dict[str, Any], vote_events: list[dict[str, Any]]) -> dict[str, Any]:
    made_from = [source["label"] for source in motion["sources"] if source["label"]]
    return {
        "id": f"motion-{motion['number']}",
        "organization_id": "event",
        "legislative_session_id": "document",
        "identifier": str(motion["number"]),
        "classification": "amendment" if motion["amends"] else motion["effect"],
        "name": motion["title"],
        "text": motion["text"],
        "requirement": next((v["requirement"] for v in vote_events if v["requirement"]), None),
        "result": _RESULTS.get(motion["state"], motion["state"]),
        "description": motion["sentence"],
        "passage": ref,
        "amends_id": f"motion-{motion['amends']}" if motion["amends"] else None,
        "made_from": made_from,
        "vote_events": [_without(v, "requirement", "question") for v in vote_events],
    }


def _question(vote_event: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"question-{vote_event['identifier']}",
        "organization_id": "event",
        "legislative_session_id": "document",
        "classification": "question",
        "text": vote_event["question"],
        "requirement": vote_event["requirement"],
        "result": vote_event["result"],
        "vote_events": [_without(vote_event, "requirement", "question")],
    }


def _vote_event(vote: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"ballot-{vote['number']}",
        "organization_id": "event",
        "identifier": str(vote["number"]),
        "motion_id": f"motion-{vote['motion']}" if vote["motion"] else None,
        "classification": vote["purpose"],
        "end_date": vote["closed"],
        "result": _RESULTS.get(vote["verdict"], vote["verdict"]),
        "status": vote["state"],
        "counts": [
            {"option": _OPTIONS.get(label.casefold(), label), "value": count} for label, count in vote["rows"]
        ],
        "note": " ".join([vote["result"], *vote["conditions"]]).strip(),
        "requirement": " ".join(vote["conditions"]) or None,
        "question": vote["question"],
    }


def _without(found: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in names}
