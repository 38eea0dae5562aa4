"""A small event: one document, comments of three tables, motions voted by hands, signatories."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from facilitate import House, open_house
from facilitate.actions import carry_out
from facilitate.config import Settings
from facilitate.domain.documents import ReadDocument, ReadPassage
from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_checks import passage_hash
from facilitate.domain.people import OPERATOR, Actor
from facilitate.domain.refusal import Refused
from facilitate.office import new_event, run
from facilitate.queries.people import device_actor, person_actor
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Comment, Device, Document, Motion, Passage, Person
from facilitate.store.writer import Command

REPAIRS = "A landlord puts a hazard right within twenty-eight days."
READ = ReadDocument(
    "Homes",
    (
        ReadPassage("heading", "1", "Homes that people can afford", ""),
        ReadPassage("paragraph", "1.1", "", "Every council may build homes.", 1),
        ReadPassage("paragraph", "1.2", "", REPAIRS, 1),
    ),
)
IMPORT = {
    "prefix": "HOU",
    "title": None,
    "commission": "Housing",
    "read": READ,
    "name": "homes.md",
    "media_type": "text/markdown",
    "body": b"# Homes",
}
PEOPLE = [
    {"name": "Amina Yusuf", "roles": ["signatory:Housing", "delegate"]},
    {"name": "Ben Carter", "roles": ["signatory:Housing", "delegate"]},
    {"name": "Ceri Bowen", "roles": ["signatory:Skills", "delegate"]},
    {"name": "Rosa Osei", "roles": ["clerk"]},
    {"name": "Dai Pugh", "roles": ["delegate"]},
]


@dataclass
class AfterEvent:
    """The event, and ways to act in it as somebody."""

    house: House
    count: Any = field(default_factory=lambda: itertools.count(1))

    def do(self, actor: Actor, verb: str, **data: Any) -> dict[str, Any]:
        command = Command(f"c{next(self.count)}", verb, actor, lambda tx: carry_out(tx, verb, data), None)
        answer = self.house.writer.write([command])[0]
        if answer.refusal:
            raise answer.refusal
        return answer.result

    def refusal(self, actor: Actor, verb: str, **data: Any) -> str:
        """The code with which a verb is refused."""
        try:
            self.do(actor, verb, **data)
        except Refused as refused:
            return refused.code
        raise AssertionError(f"{verb} was not refused")

    def person(self, name: str) -> Actor:
        with self.house.reads() as session:
            found = session.scalars(select(Person.id).where(Person.name.startswith(name))).one()
            actor = person_actor(session, found)
            assert actor is not None
            return actor

    def table(self, number: int) -> Actor:
        with self.house.reads() as session:
            found = session.scalars(select(Device.id).where(Device.table_number == number)).one()
            actor = device_actor(session, found)
            assert actor is not None
            return actor

    def id_of(self, ref: str) -> str:
        with self.house.reads() as session:
            return session.scalars(select(Passage.id).where(Passage.reference == ref)).one()

    @property
    def document(self) -> str:
        with self.house.reads() as session:
            return session.scalars(select(Document.id)).one()

    @property
    def outcome(self) -> Outcome:
        """The document as it stands, compiled."""
        with self.house.reads() as session:
            return compile_outcome(load_record(session, session.get_one(Document, self.document)))

    @property
    def hashes(self) -> dict[str, str]:
        """What signatories sign: each passage's hash."""
        return {p.ref: passage_hash(p) for p in self.outcome.passages}

    def say(self, table: int, ref: str, text: str) -> str:
        """A comment of a table."""
        key = f"comment-{next(self.count)}"
        data = {"kind": "concern", "agree": 6, "against": 1, "text": text, "ops": None, "base_hash": None}
        place = {"n": 1, "passage": self.id_of(ref), "round": None, "parent": None, "typed": 1, "at": None}
        self.do(self.table(table), "record-comment", item=key, **place, **data)
        return key

    def draft(self, effect: str, ref: str | None, text: str = "", **sources: Any) -> str:
        """A motion that nobody has put yet."""
        motion, passage = f"motion-{next(self.count)}", self.id_of(ref) if ref else None
        data = {
            "document": self.document,
            "effect": effect,
            "title": "A motion",
            "text": text,
            "amends": None,
        }
        links = {"comments": [], "themes": [], "submissions": [], **sources}
        self.do(OPERATOR, "draft-motion", item=motion, passage=passage, **data, **links)
        return motion

    def carry(self, motion: str, *, carried: bool = True) -> None:
        """Vote on a motion that was put, by a show of hands."""
        ballot = f"ballot-{next(self.count)}"
        data: dict[str, Any] = {
            "form": "for-against",
            "options": [],
            "trust": "hands",
            "purpose": "binding",
            "rules": None,
        }
        question = "Shall it be carried?"
        self.do(OPERATOR, "draft-ballot", item=ballot, motion=motion, question=question, track=None, **data)
        for verb in ("announce-ballot", "open-ballot"):
            self.do(OPERATOR, verb, ballot=ballot, reason=None)
        counts = {"for": 3, "against": 1, "abstain": 0} if carried else {"for": 1, "against": 3, "abstain": 0}
        self.do(OPERATOR, "declare-hands", ballot=ballot, declaration=None, counts=counts)
        self.do(OPERATOR, "close-ballot", ballot=ballot, reason=None)

    def vote(
        self, effect: str, ref: str | None, text: str = "", *, carried: bool = True, **sources: Any
    ) -> str:
        """A motion, drafted, put and voted."""
        motion = self.draft(effect, ref, text, **sources)
        self.do(OPERATOR, "put-motion", motion=motion)
        self.carry(motion, carried=carried)
        return motion

    def offer(self) -> None:
        """The clerk puts the document together and offers it for signing."""
        for verb in ("compile-outcome", "offer-for-signing"):
            self.do(self.person("Rosa"), verb, document=self.document)

    def end(self, kind: str, *ids: str, disposition: str = "adopted", reason: str | None = None) -> None:
        self.do(
            OPERATOR,
            "set-disposition",
            kind=kind,
            ids=list(ids),
            disposition=disposition,
            reason=reason,
            note=None,
        )


def hold_event(folder: Path, url: str | None = None) -> AfterEvent:
    """An event in its hall, with a document, tables and people."""
    house = open_house(Settings(folder, url or f"sqlite+pysqlite:///{folder / 'event.db'}"))
    new_event(house, "Spring", "meeting", "Europe/London")
    run(house, "import-document", IMPORT)
    run(house, "make-tables", {"tables": [{"number": n} for n in (1, 2, 3)]})
    run(house, "import-people", {"rows": PEOPLE})
    return AfterEvent(house)


__all__ = ["REPAIRS", "AfterEvent", "Comment", "Motion", "hold_event"]
