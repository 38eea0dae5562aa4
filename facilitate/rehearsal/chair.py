"""Rehearsal: the chair: walks every track's running order with the one main button and holds the ballots."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import new_id
from facilitate.rehearsal.papers import FORMS, PLACES
from facilitate.rehearsal.stage import Planned, Stage

# The room decides these; the chair looks again and goes on.
_MORE_TIME = frozenset({"time-needed", "devices-failing"})
# A hub without a certificate that phones reach over a network.
_UNSAFE = "stamped-needs-https"
_LATER = _MORE_TIME | {
    "step-moved", "ballot-running", "ballot-too-early", "nothing-to-do", "not-at-this-stage", _UNSAFE
}  # fmt: skip
_LEAVING = frozenset({"next-item", "end-item", "close-event"})
_OPEN_MINUTES = 3
_PRACTICE = "Practice ballot: "
# The ballot box gives its board, and the tellers certify the result.
_BY_ITSELF = frozenset({"count-ballot", "nothing"})
_RESULT = frozenset({"published", "void"})


class ChairRobot:
    """The chair, with one desk for all tracks."""

    def __init__(self, device: Device, stage: Stage) -> None:
        self.device = device
        self.stage = stage
        # One ballot at a time, whichever track it is in: that is the hub's rule.
        self._floor = asyncio.Lock()
        self._prepared: set[str] = set()
        self._stamps = True
        self._extended: set[str] = set()
        self._recalled = False
        self._upto = 0
        # Items that were over before this run began: their planned time is not waited for.
        self._over_before: set[str] | None = None

    async def hold(self, name: str) -> None:
        """Lead one track from the opening to the close."""
        while True:
            await self.device.reach(self._upto, "desk")
            track = await self.device.until(lambda: self._track(name))
            step = track["step"]
            if self._phase() == "after":
                return
            item = self.device.known.one("item", track["current"]) if track["current"] else None
            if item and await self._prepare(name, item):
                continue
            if step["verb"] == "nothing":
                await self._changed(name, step)
            elif step["verb"] == "announce-ballot":
                await self._ballot(track["id"], name, step["subject"])
            else:
                await self._wait_for(name, item, step["verb"])
                await self._take(track["id"], name, step)

    def _phase(self) -> str:
        event = self.device.known.one("event", "event")
        return str(event["phase"]) if event else ""

    def _track(self, name: str) -> Any:
        tracks = self.device.known.all("track").values()
        return next((track for track in tracks if track["name"] == name and track["step"]), None)

    async def _changed(self, name: str, step: dict[str, Any]) -> None:
        await self.device.until(
            lambda: self._phase() == "after" or (self._track(name) or {}).get("step") != step
        )

    async def _do(self, kind: str, data: dict[str, Any], *, quiet: bool = False) -> dict[str, Any]:
        answer = await self.device.submit(kind, data)
        if not answer["ok"] and quiet and answer["refusal"]["code"] in _LATER:
            await asyncio.sleep(0.1)
            return answer
        self.stage.ledger.asked(kind)
        if self.stage.ledger.answered(kind, answer):
            self._upto = max(self._upto, answer["number"])
        return answer

    async def _take(self, track: str, name: str, step: dict[str, Any]) -> None:
        data = {"track": track, "verb": step["verb"], "subject": step["subject"]}
        answer = await self._do("take-step", data, quiet=True)
        if not answer["ok"] and answer["refusal"]["code"] in _MORE_TIME:
            await self._do("extend-ballot", {"ballot": step["subject"], "seconds": 60})
        elif not answer["ok"]:
            await self._moved(name, step)

    async def _moved(self, name: str, step: dict[str, Any]) -> None:
        """Another track's step may have changed this one's; its news is on the way."""
        try:
            async with asyncio.timeout(1.0):
                await self._changed(name, step)
        except TimeoutError:
            pass

    # Before a step

    async def _prepare(self, name: str, item: dict[str, Any]) -> bool:
        """Draft the ballots of a ballot item as soon as it has begun; true when there were any."""
        if item["kind"] != "ballot" or item["id"] in self._prepared:
            return False
        self._prepared.add(item["id"])
        if item["title"] in self.stage.content.practice:
            return await self._practice(name, item)
        planned = self.stage.motions.get((name, item["title"]), [])
        for motion in planned:
            await self._draft(item["track"], motion)
        return bool(planned)

    async def _practice(self, name: str, item: dict[str, Any]) -> bool:
        if name != self.stage.content.parts[0].name:
            return False
        ballots = list(self.device.known.all("ballot").values())
        if not any(ballot["form"] in FORMS for ballot in ballots):
            for form in FORMS:
                await self._draft(item["track"], Planned("", "Where do we meet next year?", form, PLACES, ()))
            return True
        if any(ballot["state"] == "draft" for ballot in ballots):
            return False
        question = item["title"].removeprefix(_PRACTICE)
        await self._draft(
            item["track"], Planned("", question[0].upper() + question[1:], "for-against", (), ())
        )
        return True

    async def _draft(self, track: str, planned: Planned) -> None:
        made = new_id()
        data = {
            "item": made, "motion": planned.motion or None, "question": planned.title, "form": planned.form,
            "options": list(planned.options), "rules": None, "track": track,
            # What binds is stamped, as at a conference.
            "trust": "stamped" if planned.motion and self._stamps else "anonymised",
            "purpose": "binding" if planned.motion else "practice",
        }  # fmt: skip
        if planned.split:
            self.stage.splits[made] = planned.split
        answer = await self._do("draft-ballot", data, quiet=True)
        if not answer["ok"] and answer["refusal"]["code"] == _UNSAFE:
            # Such a hub holds its ballots without stamps.
            self._stamps = False
            await self._do("draft-ballot", {**data, "trust": "anonymised"})

    async def _wait_for(self, name: str, item: dict[str, Any] | None, verb: str) -> None:
        """Let the room finish what it is doing, and let the planned time pass."""
        stage = self.stage
        if item is not None and verb == "end-round":
            await self._run_clock(name, item)
        elif item is not None and verb in ("show-themes", *_LEAVING):
            await stage.until(lambda: self._all_themed(name, item), f"the theme team after “{item['title']}”")
        if item is not None and verb in _LEAVING:
            await stage.wait(self.planned_end(item) - time.monotonic())
        if verb == "close-event":
            stage.wrapping = True
            stage.tell()
            await stage.until(lambda: stage.wrapped, "the end of every comment")

    async def _run_clock(self, name: str, item: dict[str, Any]) -> None:
        stage, tables = self.stage, set(self.stage.tables_of(name))
        if item["id"] not in self._extended and not self._extended:
            self._extended.add(item["id"])
            await self._do("extend-timer", {"track": item["track"], "seconds": 60})
            await self._do("pause-timer", {"track": item["track"]})
            await self._do("resume-timer", {"track": item["track"]})
        ends = self.planned_end(item)
        await stage.until(lambda: tables <= stage.talked[item["id"]], f"the tables in “{item['title']}”")
        # What follows the clock in the same item needs a moment of the planned time.
        await stage.wait(ends - time.monotonic() - stage.seconds(1))

    def planned_end(self, item: dict[str, Any]) -> float:
        """When an item is to end by the running order; asking again, after a step was refused, adds nothing.

        Units: seconds of the monotonic clock.
        """
        items = self.device.known.all("item").values()
        if self._over_before is None:
            self._over_before = {each["id"] for each in items if each["state"] == "done"}
        so_far = (
            each["minutes"]
            for each in items
            if each["track"] == item["track"] and each["position"] <= item["position"]
            and each["id"] not in self._over_before
        )  # fmt: skip
        return self.stage.began + self.stage.seconds(sum(so_far))

    def _all_themed(self, name: str, item: dict[str, Any]) -> bool:
        """Whether the theme team is through with every round of this track before an item."""
        rounds = [
            each["id"]
            for each in self.device.known.all("item").values()
            if each["track"] == item["track"]
            and each["kind"] == "round"
            and each["position"] < item["position"]
        ]
        return all(each in self.stage.themed for each in rounds)

    # Ballots

    async def _ballot(self, track: str, name: str, ballot: str) -> None:
        """Announce, open, close and publish one ballot."""
        async with self._floor:
            while True:
                await self.device.reach(self._upto, "desk")
                value = self.device.known.one("ballot", ballot)
                step = (self._track(name) or {}).get("step")
                if value is None or step is None or value["state"] in _RESULT or step["subject"] != ballot:
                    return
                if step["verb"] == "open-ballot" and not self._recalled:
                    self._recalled = True
                    await self._do("undo-step", {"track": track})
                    continue
                if step["verb"] in _BY_ITSELF:
                    await self._changed(name, step)
                    continue
                if step["verb"] == "close-ballot":
                    await self._votes(ballot)
                await self._take(track, name, step)

    async def _votes(self, ballot: str) -> None:
        # People who watch a rehearsal may want to vote as well, so an open ballot stays open for a while.
        stage, least = self.stage, time.monotonic() + self.stage.seconds(_OPEN_MINUTES)
        await stage.until(lambda: stage.finished[ballot] >= stage.delegates, "the delegates to vote")
        await stage.wait(least - time.monotonic())
