"""Rehearsal: the theme team: it reads, groups and names what the tables send, and drafts motions from it."""

from __future__ import annotations

from typing import Any

from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import new_id
from facilitate.rehearsal.stage import Planned, Stage

_MOST = 400


class ThemeRobot:
    """One member of the theme team, with the tracks that fall to them."""

    def __init__(self, device: Device, stage: Stage) -> None:
        self.device = device
        self.stage = stage
        # Number of a theme in the demo's bank, by track -> the theme as it was named here.
        self._themes: dict[tuple[str, int], str] = {}

    async def tend(self, track: str) -> None:
        """Read one track's rounds, one after another, until there is none left."""
        rounds = await self.device.until(lambda: self._items(track))
        for item in rounds:
            if item["kind"] == "round":
                await self._until_over(track, item)
                await self._group(track, item)
                await self._draft(track, item)
            self.stage.themed.add(item["id"])
            self.stage.tell()

    def _items(self, name: str) -> list[dict[str, Any]]:
        known = self.device.known
        ids = {track["id"] for track in known.all("track").values() if track["name"] == name}
        found = [item for item in known.all("item").values() if item["track"] in ids]
        return sorted(found, key=lambda item: int(item["position"]))

    async def _until_over(self, track: str, item: dict[str, Any]) -> None:
        tables = set(self.stage.tables_of(track))
        if item["state"] != "done":
            talked = self.stage.talked[item["id"]]
            await self.stage.until(lambda: tables <= talked, f"the tables in “{item['title']}”")
        given = {each["passage"] for each in item["assignments"]}
        book = self.stage.ledger.said.values()
        said = {each.item for each in book if each.acknowledged and each.passage in given}
        await self.device.until(lambda: said <= self.device.known.all("comment").keys())

    async def _do(self, kind: str, data: dict[str, Any]) -> bool:
        self.stage.ledger.asked(kind)
        return self.stage.ledger.answered(kind, await self.device.submit(kind, data))

    def _said_on(self, passage: str) -> dict[int, list[str]]:
        """The passage's comments as they stand: bank number to items."""
        found: dict[int, list[str]] = {}
        for comment in self.device.known.all("comment").values():
            said = self.stage.ledger.said.get(comment["id"])
            if comment["passage"] == passage and comment["state"] in ("current", "conflict"):
                found.setdefault(said.number if said else -1, []).append(comment["id"])
        return found

    async def _group(self, track: str, item: dict[str, Any]) -> None:
        for each in item["assignments"]:
            passage = self.device.known.one("passage", each["passage"])
            said = self._said_on(each["passage"])
            if passage is None or not said:
                continue
            everything = [comment for items in said.values() for comment in items]
            for start in range(0, len(everything), _MOST):
                await self._do("mark-read", {"comments": everything[start : start + _MOST]})
            named = [
                await self._name(track, each["passage"], theme, said)
                for theme in self.stage.content.themes[passage["ref"]]
            ]
            await self._tidy(each["passage"], [theme for theme in named if theme])

    async def _name(
        self, track: str, passage: str, theme: dict[str, Any], said: dict[int, list[str]]
    ) -> tuple[str, list[str]] | None:
        members = [comment for number in theme["comments"] for comment in said.get(number, ())]
        if not members:
            return None
        # The last one arrives late and is moved in by hand.
        early, late = (members[:-1], members[-1:]) if len(members) > 2 else (members, [])
        made = new_id()
        data = {"item": made, "passage": passage, "name": theme["name"], "comments": early}
        if not await self._do("name-theme", data):
            return None
        self._themes[track, theme["number"]] = made
        if late:
            await self._do("move-comments", {"comments": late, "theme": made})
        await self._do("choose-quote", {"theme": made, "comment": members[0]})
        if "inority" in theme["name"] or len(members) == 1:
            await self._do("mark-minority", {"theme": made, "minority": True})
        return made, members

    async def _tidy(self, passage: str, named: list[tuple[str, list[str]]]) -> None:
        """Split the largest theme and merge the piece back, as a team does that changes its mind."""
        large = [members for _, members in named if len(members) > 3]
        if not large or self.device.chance.random() > 0.3:
            return
        theme, members = next(each for each in named if each[1] is max(large, key=len))
        piece = new_id()
        part = {"theme": theme, "item": piece, "name": "For a moment, on its own", "comments": members[:2]}
        if await self._do("split-theme", part):
            await self._do("merge-themes", {"from": [piece], "into": theme})

    async def _draft(self, track: str, item: dict[str, Any]) -> None:
        """Draft and put the motions that the next ballot item of this track votes on."""
        following = [each for each in self._items(track) if each["position"] > item["position"]]
        vote = next((each for each in following if each["kind"] == "ballot"), None)
        if vote is None:
            return
        written = self.stage.content.motions.get((track, vote["title"]), [])
        planned = [await self._motion(track, motion) for motion in written]
        self.stage.motions[track, vote["title"]] = [each for each in planned if each]

    async def _motion(self, track: str, motion: dict[str, Any]) -> Planned | None:
        passages = self.device.known.all("passage").values()
        passage = next((each for each in passages if each["ref"] == motion["passage"]), None)
        if passage is None:
            return None
        sources, said = motion["sources"], self._said_on(passage["id"])
        made = new_id()
        data = {
            "item": made, "passage": passage["id"], "document": passage["document"],
            "effect": motion["effect"], "title": motion["title"], "text": motion["text"],
            "submissions": [], "amends": None,
            "comments": [item for number in sources["comments"] for item in said.get(number, ())],
            "themes": [self._themes[track, n] for n in sources["themes"] if (track, n) in self._themes],
        }  # fmt: skip
        if not await self._do("draft-motion", data) or not await self._do("put-motion", {"motion": made}):
            return None
        options = motion.get("options")
        form = "one-of-several" if options else "for-against"
        labels = tuple(option["title"] for option in options or ())
        return Planned(made, motion["title"], form, labels, tuple(motion["split"].values()))
