"""Every stage: what a reading query is given: the session, the moment and the laptops' presence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from facilitate.domain.people import Actor, Role
from facilitate.store.rows import plain


@dataclass
class Laptop:
    """What a table's laptops last said of themselves; passing, never part of the record."""

    online: int = 0
    # What each laptop of the table last said: how much it has typed, how much of it it still keeps.
    said: dict[str, tuple[int, int]] = field(default_factory=dict)
    kept_since: datetime | None = None

    @property
    def typed(self) -> int | None:
        """What the table's laptops have typed; None where none has said."""
        return sum(typed for typed, _ in self.said.values()) if self.said else None

    def holds(self, arrived: int, now: datetime) -> int | None:
        """How many points are on a laptop and not at the centre, as far as anybody knows.

        Shape: what the laptops say, but never more than what has not arrived by another way meanwhile.
        """
        if self.typed is None:
            return None
        held = min(sum(kept for _, kept in self.said.values()), max(0, self.typed - arrived))
        self.kept_since = (self.kept_since or now) if held else None
        return held


@dataclass(frozen=True)
class Trouble:
    """Why the hub cannot store anything just now; passing, never part of the record."""

    since: datetime
    sentence: str


@dataclass
class Kiosk:
    """What a kiosk last said of itself, and whether somebody is there, never who; passing, no record.

    Shape: `voice` whether its browser can speak, unknown until it has said so; `shut_until` after too many
    wrong codes.
    """

    online: int = 0
    visits: int = 0
    voice: bool | None = None
    seen: datetime | None = None
    shut_until: datetime | None = None


@dataclass
class BoxWord:
    """What the ballot box last said of itself; passing, never part of the record.

    Shape: `address` as a device's browser names it; `turnout` a ballot's wording to papers, in steps;
    `trouble` a sentence while the box does not answer.
    """

    address: str | None = None
    key: str | None = None
    trouble: str | None = None
    turnout: dict[str, int] = field(default_factory=dict)


class Presence:
    """Which tables have a laptop connected now, and whether the hub itself is well."""

    def __init__(self) -> None:
        self.laptops: dict[int, Laptop] = defaultdict(Laptop)
        self.kiosks: dict[str, Kiosk] = defaultdict(Kiosk)
        self.version = 0
        self.trouble: Trouble | None = None
        self.box = BoxWord()
        # Whether this hub can hold a stamped ballot: told by the registrar when it starts.
        self.can_stamp = False
        # Where this hub's pages are to be had by https, and within how many seconds stamps are asked for.
        self.page: str | None = None
        self.jitter = 0
        # Devices that could not put a vote into the box yet, by ballot; nobody is named anywhere.
        self.failing: dict[str, set[str]] = defaultdict(set)
        self.last_said: dict[int, datetime] = {}
        self.quiet_seconds = 300
        self._states: dict[int, str] = {}

    def came(self, table: int) -> None:
        """A laptop of this table connected."""
        self.laptops[table].online += 1
        self.version += 1

    def went(self, table: int) -> None:
        """A laptop of this table disconnected."""
        self.laptops[table].online = max(0, self.laptops[table].online - 1)
        self.version += 1

    def at_kiosk(self, actor: Actor, by: int, now: datetime) -> str | None:
        """Somebody's device connected or went; the kiosk's id where it was a kiosk, or a delegate there."""
        if actor.device is None or not (actor.person or Role.KIOSK in actor.roles):
            return None
        kiosk = self.kiosks[actor.device]
        kiosk.seen = now
        if actor.person:
            kiosk.visits = max(0, kiosk.visits + by)
        else:
            kiosk.online = max(0, kiosk.online + by)
        return actor.device

    def reported(self, table: int, typed: int, kept: int, laptop: str = "") -> None:
        """A laptop said how much it has typed and how much it still keeps."""
        self.laptops[table].said[laptop] = (typed, kept)
        self.version += 1

    def state(self, table: int, last: datetime | None, now: datetime) -> str:
        """Whether a table talks, is silent or has no laptop here.

        Shape: talking | silent | offline.
        """
        if not self.laptops[table].online:
            return "offline"
        if last is not None:
            self.last_said[table] = last
        quiet = last is None or (now - last).total_seconds() > self.quiet_seconds
        state = "silent" if quiet else "talking"
        self._states[table] = state
        return state

    def changed(self, now: datetime) -> list[int]:
        """The tables whose state has changed by time alone since it was last told."""
        moved = [
            table
            for table, told in self._states.items()
            if self.laptops[table].online and told != self.state(table, self.last_said.get(table), now)
        ]
        if moved:
            self.version += 1
        return moved


@dataclass
class View:
    """One reading of the store: everything in it is of one moment."""

    session: Session
    now: datetime
    presence: Presence = field(default_factory=Presence)
    cache: dict[Any, Any] = field(default_factory=dict)
    expected: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def expect(self, touches: Iterable[str]) -> None:
        """Say which things will be asked for, so that they can be read together."""
        for touch in touches:
            kind, _, key = touch.partition(":")
            self.expected[kind].add(key)


@dataclass(frozen=True)
class Viewer:
    """One audience, taken apart.

    Shape: kind is delegates, table, echo, block, questions, themes, desk, tellers, screen, commission or
    person; key is the rest.
    """

    audience: str
    kind: str
    key: str

    @property
    def table(self) -> int:
        """The table's number, for kinds table and echo."""
        return int(self.key)


def viewer_of(audience: str) -> Viewer:
    """Take an audience's name apart."""
    kind, _, key = audience.partition(":")
    if key.endswith("+echo"):
        return Viewer(audience, "echo", key.removesuffix("+echo"))
    return Viewer(audience, kind, key)


def iso(moment: datetime | None) -> str | None:
    """A moment as devices read it."""
    return plain(moment) if moment else None
