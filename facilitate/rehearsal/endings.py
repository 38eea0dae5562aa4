"""Rehearsal: the end of an event: every missing point answered, every comment and submission with its end."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import new_id
from facilitate.rehearsal.ledger import Said
from facilitate.rehearsal.stage import Stage

_MOST = 300
_REASONS = {
    "lost": "The room voted against it.",
    "support": "It supports the text, which stays as it is.",
    "question": "It was a question and has been answered.",
    "part": "Only part of it was carried.",
    "other": "It goes to the policy commission for further work.",
}
End = tuple[str, str | None]


async def end_everything(device: Device, stage: Stage) -> None:
    """Give everything that came in its end, as the theme team does before the event is closed."""
    await device.reach(stage.ledger.last_number)
    await _answer_missing(device, stage)
    await device.reach(stage.ledger.last_number)
    ends: dict[End, list[str]] = defaultdict(list)
    adopted, lost = _decided(device)
    for comment in device.known.all("comment").values():
        # What was taken back needs no end; what was corrected has it with its newer wording.
        if comment["state"] not in ("withdrawn", "superseded") and comment["disposition"] is None:
            ends[_end_of(comment, adopted, lost)].append(comment["id"])
    for (disposition, reason), ids in sorted(ends.items(), key=str):
        await _set(device, stage, "comment", ids, disposition, reason)
    submissions = [
        each["id"] for each in device.known.all("submission").values() if each["disposition"] is None
    ]
    if submissions:
        await _set(device, stage, "submission", submissions, "noted", _REASONS["other"])


async def _set(
    device: Device, stage: Stage, kind: str, ids: list[str], disposition: str, reason: str | None
) -> None:
    for start in range(0, len(ids), _MOST):
        data = {
            "kind": kind, "ids": ids[start : start + _MOST], "disposition": disposition, "reason": reason,
            "note": None,
        }  # fmt: skip
        stage.ledger.asked("set-disposition")
        stage.ledger.answered("set-disposition", await device.submit("set-disposition", data))


async def _answer_missing(device: Device, stage: Stage) -> None:
    """Every second missing point is added as a comment from the floor, the others are answered."""
    waiting = [each for each in device.known.all("missing").values() if each["state"] == "open"]
    for place, point in enumerate(sorted(waiting, key=lambda each: str(each["id"]))):
        if place % 2 or point["table"] is None or point["passage"] is None:
            kind, data = (
                "answer-missing",
                {"missing": point["id"], "answer": "It is under “Say where the money is”."},
            )
            stage.ledger.asked(kind)
            stage.ledger.answered(kind, await device.submit(kind, data))
        else:
            await _add(device, stage, point)


async def _add(device: Device, stage: Stage, point: dict[str, Any]) -> None:
    ledger, passage = stage.ledger, device.known.one("passage", point["passage"])
    data = {
        "missing": point["id"], "item": new_id(), "passage": point["passage"], "kind": "concern",
        "agree": 1, "against": 0, "text": point["text"],
    }  # fmt: skip
    reference = passage["ref"] if passage else ""
    said = Said(data["item"], point["table"], point["passage"], reference, -1, "concern", point["text"])
    ledger.said[said.item] = said
    ledger.asked("add-missing")
    answer = await device.submit("add-missing", data)
    if ledger.answered("add-missing", answer):
        said.acknowledged, said.ref = True, answer["result"]["ref"]


def _decided(device: Device) -> tuple[set[str], set[str]]:
    """The sources of carried and of lost motions, comments and themes alike."""
    adopted: set[str] = set()
    lost: set[str] = set()
    for motion in device.known.all("motion").values():
        where = adopted if motion["state"] == "carried" else lost
        where.update(source["id"] for source in motion["sources"])
    return adopted, lost


def _end_of(comment: dict[str, Any], adopted: set[str], lost: set[str]) -> End:
    linked = {comment["id"], *comment["themes"]}
    if comment["id"] in adopted:
        return "adopted", None
    if linked & adopted:
        return "adopted-in-part", _REASONS["part"]
    if linked & lost:
        return "lost", _REASONS["lost"]
    if comment["kind"] == "support":
        return "noted", _REASONS["support"]
    if comment["kind"] == "question":
        return "answered", _REASONS["question"]
    return ("minority-position" if comment["against"] > comment["agree"] else "remitted"), _REASONS["other"]
