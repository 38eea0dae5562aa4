"""Laptops, a network that does anything, and a hub: what can be done to them, and what has come of it."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from tests.prove.centre import NINE, Centre, make_template
from tests.prove.child import Laptops
from tests.prove.record import LIMIT, MAY_BE_REFUSED, Record

TABLES = {"A": 1, "B": 1, "C": 2, "D": 1}
# D is the spare that takes A's place in the middle of the round.
AT_FIRST, SPARE, REPLACED = ("A", "B", "C"), "D", "A"
TWO_HOURS = 7_200_000


@dataclass
class Request:
    """Something on its way from a laptop to the hub."""

    laptop: str
    number: int
    way: str
    commands: list[dict[str, Any]]


@dataclass
class OneLaptop:
    """What is known of a laptop from outside."""

    table: int
    offset: int
    up: bool = False
    connected: bool = False
    # Both places hold everything that was said to be kept, so that either may be lost.
    whole: bool = False
    full: str | None = None
    typed: set[str] = field(default_factory=set)


def memory_folder() -> str | None:
    """Where files are quick; no power is cut in this proof."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


class Scene:
    """Everything that runs share: the laptops' process and the hub."""

    def __init__(self, script: Path, *mutants: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="facilitate-proof-", dir=memory_folder()))
        self.centre = Centre(self.folder, make_template(self.folder, limit=LIMIT))
        self.laptops = Laptops(script, *mutants)
        self.counts: Counter[str] = Counter()

    def close(self) -> None:
        """End and clear away."""
        self.laptops.stop()
        self.centre.stop()
        shutil.rmtree(self.folder)


class Story:
    """One run."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.centre = scene.centre
        self.centre.begin()
        self.record, self.saved = Record(), cast("Record | None", None)
        self.stale = self.failed = False
        self.laptops: dict[str, OneLaptop] = {}
        self.pending: list[Request] = []
        self.strays: list[Request] = []
        self.said: dict[str, str] = {}
        self.acknowledged: set[str] = set()
        self.commands: dict[str, dict[str, Any]] = {}
        self.passage = self.centre.hall.passage("HOU-1.1")
        self.round = self.centre.round
        self._ids = 0
        self.scene.laptops.order("reset", milliseconds=NINE.timestamp() * 1_000)

    def new_id(self) -> str:
        """The next name; the same in every telling of the same run."""
        self._ids += 1
        return f"01900000-0000-7000-9000-{self._ids:012d}"

    def order(self, do: str, laptop: str = "", **what: Any) -> Any:
        """Let the laptops do something, and note what they told."""
        told, result = self.scene.laptops.order(do, laptop, **what)
        for each in told:
            self._told(self.laptops[each["laptop"]], each)
        return result

    def _told(self, laptop: OneLaptop, told: dict[str, Any]) -> None:
        if "request" in told:
            commands = told.get("commands") or [{"ids": told["ids"]}]
            self.pending.append(Request(told["laptop"], told["request"], told["way"], commands))
        elif "kept" in told:
            self.said[told["kept"]] = told["laptop"]
            if laptop.full:
                laptop.whole = False
        elif "opened" in told:
            laptop.whole = laptop.full is None
        elif "died" in told:
            laptop.up = laptop.connected = False
            self.scene.counts["crashes of a laptop"] += 1
            self._abandon(told["laptop"])

    def _abandon(self, name: str) -> None:
        self.strays += [each for each in self.pending if each.laptop == name]
        self.pending = [each for each in self.pending if each.laptop != name]

    def wait(self, milliseconds: int) -> None:
        """Time passes for everybody."""
        self.centre.clock += timedelta(milliseconds=milliseconds)
        self.order("pass", milliseconds=milliseconds)

    # Laptops

    def boot(self, name: str, offset: int = 0, lost: str | None = None, **arm: Any) -> None:
        """Open the page of a laptop, perhaps after it lost one of its two places."""
        laptop = self.laptops.setdefault(name, OneLaptop(TABLES[name], offset, whole=True))
        if lost and laptop.whole:
            laptop.whole = False
            self.scene.counts["local stores lost"] += 1
            self.order("lose", name, what=lost)
        laptop.up, laptop.offset = True, offset
        self.order("boot", name, offset=offset, **arm)

    def type(self, name: str, parent: str | None = None) -> None:
        """Type a point, or the correction of one."""
        laptop, command, item = self.laptops[name], self.new_id(), self.new_id()
        data = {
            "item": item, "passage": self.passage, "round": self.round, "kind": "concern", "agree": 3,
            "against": 1, "text": f"Point {self._ids}", "parent": parent, "ops": None, "base_hash": None,
        }  # fmt: skip
        self._say(name, "type", {"id": command, "type": "record-comment", "data": data})
        laptop.typed.add(item)
        self.scene.counts["corrections" if parent else "points"] += 1

    def withdraw(self, name: str, item: str) -> None:
        """Take a point back."""
        command = {"id": self.new_id(), "type": "withdraw-comment", "data": {"comment": item}}
        self._say(name, "enclose", command)

    def _say(self, name: str, do: str, command: dict[str, Any]) -> None:
        self.commands[command["id"]] = command
        self.order(do, name, table=self.laptops[name].table, command=command)

    def seen(self, name: str) -> list[str]:
        """What can be corrected at a laptop: what the hub shows it and what it kept itself."""
        table = self.laptops[name].table
        own = [
            self.commands[each]["data"]["item"]
            for each, laptop in self.said.items()
            if laptop == name and self.commands[each]["type"] == "record-comment"
        ]
        return list(dict.fromkeys([*self.record.standing(table), *own]))

    def fill(self, name: str, what: str | None) -> None:
        """One of a laptop's places takes nothing for a while."""
        self.laptops[name].full = what
        self.order("full", name, full=what)

    def connect(self, name: str) -> None:
        """The socket is back: the laptop asks what the hub has."""
        self.laptops[name].connected = True
        self.order("connect", name)

    def cut(self, name: str) -> None:
        """The socket breaks, with everything that was on its way."""
        self.laptops[name].connected = False
        self.order("disconnect", name)
        for each in [each for each in self.pending if each.laptop == name and each.way != "post"]:
            self.fail(each)

    # The network

    def deliver(self, request: Request, *, dies: str | None = None, is_heard: bool = True) -> None:
        """Let a request through; the hub may die of it, and the answer may be lost."""
        if request in self.pending:
            self.pending.remove(request)
        self.failed = True
        answers = self._answers(request, dies)
        self.failed = False
        if answers is None:
            self.hub_is_gone()
        elif not is_heard:
            self.scene.counts["answers lost"] += 1
        if answers is None or not is_heard:
            self.order("answer", request.laptop, request=request.number, answer=None)
            return
        answer = answers if request.way == "post" else answers[0]
        self.order("answer", request.laptop, request=request.number, answer=answer)

    def deliver_stray(self, request: Request) -> None:
        """A request comes through a second time, or after its sender gave it up."""
        self.scene.counts["duplicates and late comers"] += 1
        self._answers(request, None)

    def check_claims(self, name: str) -> None:
        """What a laptop says is at the centre is at the centre, unless that went back to a copy."""
        counts = None if self.stale else self.order("counts", name)
        points = counts["points"] if counts else []
        claimed = {each["item"] for each in points if each["taken"] and each.get("item")}
        assert claimed <= self.record.points.keys(), "Said to be at the centre, and not there."

    def fail(self, request: Request) -> None:
        """Nothing comes through in time; it may yet reach the hub."""
        self.pending.remove(request)
        self.strays.append(request)
        self.scene.counts["requests dropped"] += 1
        self.order("answer", request.laptop, request=request.number, answer=None)

    def _answers(self, request: Request, dies: str | None) -> list[Any] | None:
        table = self.laptops[request.laptop].table
        if request.way == "lacks":
            asked = {
                "id": self.new_id(),
                "type": "resume-laptop",
                "data": {"commands": request.commands[0]["ids"]},
            }
            answer = self.centre.asked(table, asked)
            assert answer is not None and answer["ok"], answer
            return [answer["result"]["lacks"]]
        answers = []
        self.scene.counts["requests at the hub"] += 1
        for place, command in enumerate(request.commands):
            fate = dies if place == len(request.commands) // 2 else None
            answer = self.centre.asked(table, command, fate)
            if fate != "before":
                self.record.take(table, command)
            if answer is None:
                return None
            self._check(command, answer)
            answers.append(answer)
        return answers

    def _check(self, command: dict[str, Any], answer: dict[str, Any]) -> None:
        data = command["data"]
        if not answer["ok"]:
            code = answer["refusal"]["code"]
            assert command["type"] != "record-comment", f"A point was refused as {code}."
            assert code in MAY_BE_REFUSED, code
        elif command["type"] == "record-comment":
            self.acknowledged.add(data["item"])
            point = self.record.points.get(data["item"])
            assert point is not None, "Acknowledged, and never stored."
            assert answer["result"]["marks"] == point.marks, (
                f"{answer['result']['marks']}, not {point.marks}."
            )

    # The hub

    def hub_is_gone(self) -> None:
        """The hub has died and is here again; every connection is broken."""
        self.scene.counts["crashes of the hub"] += 1
        for name, laptop in self.laptops.items():
            if laptop.connected:
                self.cut(name)

    def turn_round(self) -> None:
        """The chair ends the round, or opens it again."""
        if self.record.is_open:
            assert (
                self.centre.chair("take-step", {"verb": "end-round", "subject": self.round})["done"]
                == "end-round"
            )
        else:
            assert self.centre.chair("undo-step", {})["done"] == "reopen-round"
        self.record.is_open = not self.record.is_open

    def back_up(self) -> None:
        """Keep a copy of the event."""
        self.centre.back_up()
        self.saved = self.record.copy()

    def go_back(self) -> None:
        """The hub's machine is replaced, and goes on from the copy."""
        assert self.saved is not None
        self.centre.go_back()
        self.record = self.saved.copy()
        self.stale = True
        self.scene.counts["hubs gone back to a copy"] += 1
        self.hub_is_gone()
