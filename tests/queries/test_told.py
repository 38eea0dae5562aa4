"""What an audience was told adds up to what a fresh device sees, and a busy event leaves its record whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from facilitate.domain.people import Actor, audiences_of
from facilitate.queries import View, snapshot
from facilitate.queries.verify import verify_event
from facilitate.rehearsal.known import drop_unheard
from facilitate.web.beat import Beat
from facilitate.web.streams import Listener, Streams
from tests.busy import acts
from tests.cast import CAST, SCREEN
from tests.people import Hall

# These follow the clock and not an act: they are told by the beat.
BY_TIME = {"late_minutes", "ends"}
WHISPERED = {"cast-vote", "fetch-stamp"}


class Engine:
    """What the streams ask of an engine; here nothing runs beside the test."""

    def spawn(self, *_: Any) -> None:
        """Start nothing."""

    def sleep(self, _: float) -> None:
        """Wait for nothing."""


def listeners(hall: Hall) -> dict[str, Actor]:
    """Every audience of the cast, with somebody who is in it."""
    found: dict[str, Actor] = {}
    for name in [each[0] for each in CAST] + [SCREEN, "Laptop of table 2"]:
        actor = hall.as_(name).actor
        found |= dict.fromkeys(audiences_of(actor, echo=True), actor)
    return found


class Followers:
    """One device for each audience, which takes what it is told."""

    def __init__(self, hall: Hall) -> None:
        from facilitate.config import Settings
        from facilitate.web.hub import Hub

        settings = Settings(folder=None, database_url="")  # type: ignore[arg-type]
        self.hall, self.turn = hall, 0
        self.hub = Hub(settings, hall.reads, hall.writer, Engine(), hall.new_id)
        self.streams = Streams(self.hub, "epoch")
        self.streams.send = self.take
        self.known: dict[str, dict[tuple[str, str], Any]] = {}
        self.actors = listeners(hall)
        for audience, actor in self.actors.items():
            joined = self.streams.join(Listener(audience, "session", actor, [audience]), {})
            answer = json.loads(joined.text)
            kinds = answer["streams"][audience]["snapshot"]
            self.known[audience] = {(k, i): v for k, values in kinds.items() for i, v in values.items()}

    def take(self, audience: str, batch: dict[str, Any]) -> None:
        """Apply one batch, as a device does."""
        for kind, key, value in batch["changes"]:
            if value is None:
                self.known[audience].pop((kind, key), None)
            else:
                self.known[audience][kind, key] = value
        self.known[audience] = heard(self.known[audience])

    def differences(self) -> list[str]:
        """Where a device that was told everything knows something else than one that joins now.

        After each act somebody comes late to a third of the audiences, in turn: what was not noted in a kept
        snapshot is missing in it also later.
        """
        self.turn += 1
        # A hub looks after every act who is still allowed what; nobody here loses or gains an audience.
        self.streams._rights_moved = False
        self.streams.flush(slow=True)
        found = []
        with self.hall.reads() as session:
            view = View(session, self.hall.clock.moment, self.streams.presence)
            for place, (audience, known) in enumerate(self.known.items()):
                kinds = snapshot(view, audience)
                fresh = {(k, i): v for k, values in kinds.items() for i, v in values.items()}
                found += [
                    f"{audience}: {key}: told {known.get(key)}, is {fresh.get(key)}"
                    for key in known.keys() | fresh.keys()
                    if timeless(known.get(key)) != timeless(fresh.get(key))
                ]
                self.known[audience] = fresh
                late = fresh if (place + self.turn) % 3 else self.comes_late(audience)
                found += [f"{audience}: {key}: a latecomer gets {late.get(key)}, not {fresh.get(key)}"
                          for key in late.keys() | fresh.keys()
                          if timeless(late.get(key)) != timeless(fresh.get(key))]
        return found

    def comes_late(self, audience: str) -> dict[tuple[str, str], Any]:
        """What another device of this audience is given that joins now."""
        listener = Listener(f"{audience}, late", "session", self.actors[audience], [audience])
        stream = json.loads(self.streams.join(listener, {}).text)["streams"][audience]
        self.streams.leave(listener.sid)
        given = {(k, i): v for k, values in stream["snapshot"].items() for i, v in values.items()}
        given |= {(kind, key): value for kind, key, value in stream["changes"]}
        return heard({key: value for key, value in given.items() if value is not None})


def heard(known: dict[tuple[str, str], Any]) -> dict[tuple[str, str], Any]:
    """What a device goes on to know: it drops what is not heard any more."""
    kinds: dict[str, dict[str, Any]] = {}
    for (kind, key), value in known.items():
        kinds.setdefault(kind, {})[key] = value
    drop_unheard(kinds)
    return {(kind, key): value for kind, values in kinds.items() for key, value in values.items()}


def timeless(value: Any) -> Any:
    """A value without what the clock alone changes."""
    return {k: v for k, v in value.items() if k not in BY_TIME} if isinstance(value, dict) else value


@pytest.mark.slow
def test_what_everybody_is_told_adds_up_to_what_they_would_see_anew(hall: Hall) -> None:
    followers = Followers(hall)
    wrong = []
    for number, (verb, act) in enumerate(acts(hall)):
        act()
        if verb in WHISPERED:
            # Whose vote or stamp it was is whispered by the door: the journal must not say it.
            followers.streams._snapshots.clear()
        found = followers.differences()
        spoken = [each for each in found if verb not in WHISPERED or "('vote'," not in each]
        wrong += [f"after act {number}, {verb}: {each}" for each in spoken]
    assert not wrong, "\n".join(wrong)


def test_a_busy_event_uses_every_verb_of_the_hall_and_its_record_holds(hall: Hall) -> None:
    done = set()
    for verb, act in acts(hall):
        act()
        done.add(verb)
    with hall.reads() as session:
        report = verify_event(session)
    assert report.differences == []
    assert report.entries > 80


def test_the_desk_is_told_what_the_end_of_one_track_means_for_the_others(hall: Hall) -> None:
    rows = [
        {"track": track, "kind": kind, "title": kind, "planned": "2027-03-27T10:00", "minutes": 5}
        for track in ("Hall", "Gallery", "Attic")
        for kind in ("opening", "closing")
    ]
    names = [{"name": name} for name in ("Hall", "Gallery", "Attic")]
    hall.office("write-programme", {"tracks": names, "items": rows})
    followers = Followers(hall)
    for turn in range(10):
        tracks = list(hall.sees("desk")["track"].values())
        step = tracks[turn % 3]["step"] | {"track": tracks[turn % 3]["id"]}
        hall.as_("Amara").does("take-step", {key: step[key] for key in ("track", "verb", "subject")})
        assert followers.differences() == [], step
        if step["verb"] == "close-event":
            return
    raise AssertionError("The event was never closed.")


def test_everybody_is_told_how_late_the_room_has_become_though_nothing_else_happens(hall: Hall) -> None:
    hall.reaches("Homes that are built")
    followers = Followers(hall)
    followers.hub.now = lambda: hall.clock.moment  # type: ignore[method-assign]
    beat = Beat(followers.hub, followers.streams)
    beat.tell_lateness()
    for _ in range(2):
        hall.clock.forward(minutes=40)
        beat.tell_lateness()
        followers.streams.flush(slow=True)
        for audience in ("desk", "delegates", "themes"):
            told = followers.known[audience]["track", hall.track]
            assert told == hall.sees(audience)["track"][hall.track]
    assert told["late_minutes"] > 20
    followers.streams.send = lambda *_: (_ for _ in ()).throw(AssertionError("told again without news"))
    beat.tell_lateness()
    followers.streams.flush(slow=True)
