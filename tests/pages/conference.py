"""Hall: a hub with one busy conference, and what chair, theme team and voters do in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from facilitate.store.rows import Ballot, Device, Document, Elector, GrantRow, Item, Passage, Track
from tests.pages.cast import Cast, Somebody, new_id
from tests.pages.prepared import prepare
from tests.rehearsal.demo import read
from tests.support.hub import Hub


class Conference:
    """A hub with a busy event; `reach` takes it forward, and never back."""

    def __init__(self, folder: Path, *, rehearsal: bool = False) -> None:
        prepare(folder, rehearsal=rehearsal)
        self.hub = Hub(folder)
        self.hub.start()
        self.cast = Cast(self.hub)
        self.comments: list[str] = []
        self.ballot = ""

    def end(self) -> None:
        """Everybody goes home."""
        self.cast.leave()
        self.hub.stop()

    @property
    def chair(self) -> Somebody:
        """Whoever has the chair."""
        return self.cast.a("chair")

    @property
    def team(self) -> Somebody:
        """One of the theme team."""
        return self.cast.a("theme-team")

    def id_of(self, reference: str) -> str:
        """A passage by its reference."""
        return self.cast.read(
            lambda session: session.scalars(select(Passage.id).where(Passage.reference == reference)).one()
        )

    def track(self, name: str = "Hall") -> str:
        """A track by its name."""
        return self.cast.read(
            lambda session: session.scalars(select(Track.id).where(Track.name == name)).one()
        )

    def current_item(self, track: str = "Hall") -> str:
        """What goes on in a track."""
        item = self.cast.read(
            lambda session: session.scalars(select(Track.current_item).where(Track.name == track)).one()
        )
        assert item
        return item

    def screen(self, at: int = 0) -> str:
        """One of the screens."""
        found = select(Device.id).where(Device.kind == "screen").order_by(Device.label)
        return self.cast.read(lambda session: session.scalars(found).all()[at])

    def go_to(self, title: str, track: str = "Hall") -> str:
        """The chair goes through the running order, to the item whose title begins so."""
        wanted = select(Item.id, Item.title).join(Track, Track.id == Item.track_id)
        wanted = wanted.where(Track.name == track, Item.state == "planned").order_by(Item.position)
        for item, found in self.cast.read(lambda session: session.execute(wanted).all()):
            self.chair.do("go-to-item", track=self.track(track), item=item)
            if found.startswith(title):
                return str(item)
        raise LookupError(title)

    def step(self, verb: str, subject: str, track: str = "Hall") -> None:
        """The chair presses the main button."""
        self.chair.do("take-step", track=self.track(track), verb=verb, subject=subject)

    def show(self, scene: str, **chosen: str) -> None:
        """The chair chooses what the first screen shows."""
        self.chair.do("set-scene", screen=self.screen(), scene=scene, **chosen)

    def point(self, passage: str, n: int, text: str, **given: Any) -> dict[str, Any]:
        """A table's point as its laptop sends it."""
        said = {"kind": "concern", "agree": 6, "against": 1, **given}
        return {"item": new_id(), "n": n, "typed": n, "passage": passage, "text": text, **said}

    def draft(self, question: str, motion: str | None = None, **given: Any) -> str:
        """The chair drafts a ballot."""
        ballot = new_id()
        wanted: dict[str, Any] = {"form": "for-against", "trust": "anonymised", "options": [], **given}
        self.chair.do(
            "draft-ballot", item=ballot, motion=motion, question=question, track=self.track(), **wanted
        )
        return ballot

    def act(self, ballot: str, *verbs: str) -> None:
        """The chair announces, opens, closes or publishes a ballot."""
        for verb in verbs:
            self.chair.do(verb, ballot=ballot)

    def vote(self, ballot: str, **counts: int) -> None:
        """Delegates vote, the later ones of the list first: the first few are left for the tests."""
        choices = [choice for choice, n in counts.items() for _ in range(n)]
        roll = self.cast.read(
            lambda session: set(session.scalars(select(Elector.person_id).where(Elector.ballot_id == ballot)))
        )
        voters = [way for way in self.cast.ways("delegate") if way.holder in roll][-len(choices) :]
        for way, choice in zip(voters, choices, strict=True):
            self.cast.sign_in(way).do("cast-vote", ballot=ballot, choice=choice)

    def vote_by_section(self, ballot: str, counts: dict[str, dict[str, int]]) -> None:
        """So many of each section vote so, the later ones of the list first."""
        of_ballot = select(Elector.person_id, Elector.section).where(Elector.ballot_id == ballot)
        roll = dict(self.cast.read(lambda session: session.execute(of_ballot).all()))
        voters = [way for way in self.cast.ways("delegate") if way.holder in roll]
        for section, wanted in counts.items():
            choices = [choice for choice, n in wanted.items() for _ in range(n)]
            own = [way for way in voters if roll[way.holder] == section][-len(choices) :]
            for way, choice in zip(own, choices, strict=True):
                self.cast.sign_in(way).do("cast-vote", ballot=ballot, choice=choice)

    def vote_by_card(self, ballot: str, choices: list[str]) -> None:
        """Holders of cards cast them, the later ones of the list first."""
        held = select(GrantRow.person_id).where(GrantRow.scope_kind == "card")
        holders = set(self.cast.read(lambda session: session.scalars(held).all()))
        ways = [way for way in self.cast.ways("delegate") if way.holder in holders][-len(choices) :]
        for way, choice in zip(ways, choices, strict=True):
            self.cast.sign_in(way).do("cast-card", ballot=ballot, choice=choice)

    def decide(self, question: str, motion: str | None = None, *, rules: Any = None, **counts: int) -> str:
        """A whole ballot, from its draft to its published result."""
        ballot = self.draft(question, motion, rules=rules)
        self.act(ballot, "announce-ballot", "open-ballot")
        self.vote(ballot, **counts)
        self.act(ballot, "close-ballot", "publish-result")
        return ballot

    def move(self, at: int) -> str:
        """The theme team words and puts one of the demo's motions."""
        given, motion = read("motions.json")[at], new_id()
        document = self.cast.read(lambda session: session.scalars(select(Document.id)).one())
        about = {key: given[key] for key in ("effect", "title", "text")}
        sources = {"comments": self.comments[:3], "themes": [], "submissions": []}
        self.team.do(
            "draft-motion",
            item=motion,
            passage=self.id_of(given["passage"]),
            document=document,
            **about,
            **sources,
        )
        self.team.do("put-motion", motion=motion)
        return motion

    def state_of(self, ballot: str) -> str:
        """Where a ballot is."""
        return self.cast.read(lambda session: session.get_one(Ballot, ballot).state)
