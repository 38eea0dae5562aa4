"""A busy event, act by act: every verb of the hall is used at least once, by whoever uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from facilitate.store.rows import Document, Item, KeptItem
from tests.busy_orders import go_along_the_order
from tests.busy_questions import ask_and_answer
from tests.busy_stamped import stamp_and_cast
from tests.busy_submissions import send_in
from tests.cast import KIOSK, SCREEN
from tests.people import Hall

VOTERS = ("Dara", "Dev", "Dora", "Dmitri")
Act = tuple[str, Callable[[], Any]]


class Busy:
    """The event and what its people made in it, by names of the tests."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.made: dict[str, str] = {}

    def new(self, name: str) -> str:
        """An id for a new thing that is called so here."""
        self.made[name] = self.hall.new_id()
        return self.made[name]

    def does(self, who: str, verb: str, data: dict[str, Any] | Callable[[], dict[str, Any]]) -> Act:
        """One act, to be done later."""
        hall = self.hall
        return verb, lambda: hall.as_(who).does(verb, data() if callable(data) else data)

    def says(self, who: str, name: str, text: str, passage: str = "HOU-1.1", **other: Any) -> Act:
        """One comment, to be made later; other values may name what was made before."""

        def say() -> None:
            given = {k: self.made.get(v, v) if isinstance(v, str) else v for k, v in other.items()}
            self.hall.as_(who).says(text, passage, item=self.new(name), **given)

        return "record-comment", say

    def presses(self, times: int = 1) -> Iterator[Act]:
        """The chair's main button."""
        for _ in range(times):
            yield "take-step", self.hall.presses


def acts(hall: Hall) -> Iterator[Act]:
    """The whole event, one act after another."""
    busy = Busy(hall)
    yield from _office(busy)
    yield from busy.presses(4)
    yield from _tables(busy)
    yield from _clock(busy)
    yield from _team(busy)
    yield from _motions(busy)
    yield from _ballots(busy)
    yield from _ends(busy)


def _office(busy: Busy) -> Iterator[Act]:
    hall = busy.hall
    yield from send_in(busy)
    yield "set-event", lambda: hall.office("set-event", {"settings": {"limit": 5}})
    absalom = hall.as_("Absalom").id
    yield "set-presence", lambda: hall.office("set-presence", {"people": [absalom], "present": True})
    yield "seat-people", lambda: hall.office("seat-people", {"seats": [{"person": absalom, "table": 3}]})
    yield "make-tables", lambda: hall.office("make-tables", {"tables": [{"number": 4, "track": "Hall"}]})
    yield "add-screen", lambda: hall.office("add-screen", {"label": "Foyer"})
    yield busy.does("Tess", "add-kiosk", {"label": "Kiosk in the foyer"})


def _tables(busy: Busy) -> Iterator[Act]:
    yield busy.says("Fay", "a", "Bild more")
    yield busy.says("Femi", "b", "Build a lot more")
    yield busy.says("Fay", "a2", "Build more", parent="a")
    yield busy.says("Laptop of table 1", "a3", "Build mere", parent="a")
    yield busy.says("Sol", "c", "Build nothing")
    yield busy.says("Femi", "d", "Cap rents", "HOU-1.2")
    yield from _odd(busy)
    yield from _heard(busy)
    for named in (False, True):
        settings = {"settings": {"names_tables": named}}
        yield "set-event", partial(busy.hall.office, "set-event", settings)
    yield busy.does("Sol", "withdraw-comment", lambda: {"comment": busy.made["c"]})
    yield busy.does("Dara", "report-missing", lambda: {"item": busy.new("m"), "text": "My point"})
    yield busy.does("Dora", "report-missing", lambda: {"item": busy.new("n"), "text": "Mine too"})
    yield from _help(busy)
    yield from ask_and_answer(busy)


def _help(busy: Busy) -> Iterator[Act]:
    made = busy.made
    dark = {"reason": "Something technical", "words": "The screen is dark"}
    yield busy.does("Fay", "call-help", lambda: dark | {"item": busy.new("call")})
    yield busy.does("Ari", "acknowledge-help", lambda: {"call": made["call"]})
    harm = {"reason": "Safeguarding", "words": "", "at": "2027-03-27T08:00:00Z"}
    yield busy.does("Laptop of table 1", "call-help", lambda: harm | {"item": busy.new("harm")})
    yield busy.does("Fay", "take-back-help", lambda: {"items": [made["harm"]]})
    yield busy.does("Clement", "close-help", lambda: {"call": made["call"]})
    yield busy.does("Sol", "call-help", lambda: dark | {"item": busy.new("other")})
    yield busy.does("Bea", "acknowledge-help", lambda: {"call": made["other"]})
    yield busy.does("Sol", "take-back-help", lambda: {"items": [made["other"]]})


def _odd(busy: Busy) -> Iterator[Act]:
    hall, ids = busy.hall, {}

    def keep(name: str, **given: Any) -> dict[str, Any]:
        return {"cause": "unreadable", "raw": f'{{"{name}": 1}}', "data": None, "why": "kind: no.", **given}

    def read() -> dict[str, Any]:
        point = {"item": busy.new("q"), "passage": hall.passage("HOU-1.2"), "kind": "idea", "n": 3}
        return point | {"agree": 1, "against": 0, "text": "Late", "round": None, "parent": None, "ops": None}

    def wait() -> str:
        with hall.reads() as session:
            ids["open"] = session.scalars(select(KeptItem.id).where(KeptItem.state == "open")).one()
        return ids["open"]

    yield busy.does("Sol", "keep-item", lambda: keep("odd"))
    typed = {"passage": hall.passage("HOU-1.1"), "kind": "concern", "agree": 2, "against": 1, "table": None}
    yield busy.does("Thea", "type-in-kept", lambda: typed | {"kept": wait(), "text": "What it said"})
    yield busy.does("Femi", "keep-item", lambda: keep("gone", cause="signed-out", data=read()))
    yield busy.does("Clement", "admit-kept", lambda: {"kept": [wait()]})
    yield busy.does("Fay", "keep-item", lambda: keep("early", item=busy.new("early")))
    yield busy.does("Fay", "record-comment", lambda: read() | {"item": busy.made["early"], "at": None})
    handed = {"table": 1, "raw": "{}", "why": "", "item": None, "withdraws": None}
    yield busy.does("Thea", "read-in", lambda: {"device": "dead", "entries": [
        handed | {"data": read()}, handed | {"table": None, "data": None},
        handed | {"data": None, "withdraws": busy.made["q"], "table": 2},
    ]})  # fmt: skip
    yield busy.does("Thea", "end-kept", lambda: {"kept": [wait()], "reason": "No table"})
    sheet = {"table": 3, "round": None, "at": "11:40"}
    yield busy.does("Thea", "record-paper", lambda: sheet | {"points": [
        {"item": busy.new("paper"), "passage": hall.passage("HOU-1.1"), "kind": "idea", "agree": 5,
         "against": 0, "text": "Written by candle light"},
    ]})  # fmt: skip
    yield busy.does("Fay", "keep-item", lambda: keep("noise"))
    yield busy.does("Thea", "end-kept", lambda: {"kept": [wait()], "reason": "Noise"})


def _heard(busy: Busy) -> Iterator[Act]:
    """Tables answer each other, correct what was answered, and change who writes."""
    made = busy.made
    yield busy.does("Fay", "respond-to-comment", lambda: {"comment": made["b"], "response": "ours-too"})
    yield busy.does("Fay", "respond-to-comment", lambda: {"comment": made["b"], "response": "we-differ"})
    yield busy.does("Femi", "respond-to-comment", lambda: {"comment": made["a3"], "response": "we-differ"})
    yield busy.says("Sol", "c1", "And cheeper", adds_to="b", minority=True)
    yield busy.does("Femi", "respond-to-comment", lambda: {"comment": made["c1"], "response": "ours-too"})
    yield busy.does("Fay", "respond-to-comment", lambda: {"comment": made["b"], "response": None})
    yield busy.says("Sol", "c2", "And cheaper", parent="c1", adds_to="b", minority=True)
    draft = {"kind": "idea", "text": "Half a sen", "agree": 0, "against": 0}
    yield busy.does("Fay", "hand-over-writing", lambda: {
        "laptop": busy.hall.new_id(), "takes": False, "draft": draft | {"item": busy.new("handed")},
    })  # fmt: skip
    yield busy.does("Laptop of table 1", "hand-over-writing", {"laptop": "other", "takes": True})


def _clock(busy: Busy) -> Iterator[Act]:
    track = {"track": busy.hall.track}
    yield busy.does("Amara", "extend-timer", track | {"seconds": 60})
    yield busy.does("Amara", "pause-timer", track)
    yield busy.does("Amara", "resume-timer", track)
    yield from busy.presses()
    yield busy.does("Amara", "undo-step", track)
    yield from busy.presses(3)
    screen = busy.hall.as_(SCREEN).id
    shown = {"screen": screen, "scene": "passage", "passage": busy.hall.passage("HOU-1.3")}
    yield busy.does("Amara", "set-scene", shown)
    yield busy.does("Amara", "set-scene", {"screen": screen, "scene": "follow"})


def _theme(busy: Busy, name: str, *comments: str, passage: str = "HOU-1.1") -> Act:
    return busy.does("Thea", "name-theme", lambda: {
        "item": busy.new(name), "passage": busy.hall.passage(passage), "name": f"Theme {name}",
        "comments": [busy.made[c] for c in comments],
    })  # fmt: skip


def _team(busy: Busy) -> Iterator[Act]:
    made = busy.made
    yield busy.does("Thea", "mark-read", lambda: {"comments": [made["a2"], made["b"], made["d"]]})
    yield _theme(busy, "one", "a2", "b")
    yield _theme(busy, "two", "a3")
    yield busy.does("Thea", "rename-theme", lambda: {"theme": made["two"], "name": "Two"})
    yield busy.does("Thea", "choose-quote", lambda: {"theme": made["one"], "comment": made["a2"]})
    yield busy.says("Fay", "a4", "Build much more", parent="a2")
    yield busy.does("Thea", "merge-themes", lambda: {"from": [made["two"]], "into": made["one"]})
    split = {"name": "Three"}
    yield busy.does("Thea", "split-theme", lambda: split | {
        "theme": made["one"], "item": busy.new("three"), "comments": [made["b"]],
    })  # fmt: skip
    yield busy.does("Thea", "mark-minority", lambda: {"theme": made["three"], "minority": True})
    yield busy.does("Thea", "move-comments", lambda: {"comments": [made["a3"]], "theme": None})
    yield busy.does("Femi", "withdraw-comment", lambda: {"comment": made["b"]})
    yield busy.does("Ari", "answer-missing", lambda: {"missing": made["m"], "answer": "It is 1/2."})
    yield busy.does("Thea", "add-missing", lambda: {
        "missing": made["n"], "item": busy.new("floor"), "passage": busy.hall.passage("HOU-1.2"),
        "kind": "idea", "agree": 1, "against": 0, "text": "Mine too",
    })  # fmt: skip


def _motion(busy: Busy, name: str, text: str, **other: Any) -> Act:
    def draft() -> dict[str, Any]:
        with busy.hall.reads() as session:
            document = session.scalars(select(Document.id)).one()
        given = {k: busy.made.get(v, v) if isinstance(v, str) else v for k, v in other.items()}
        return {
            "item": busy.new(name), "document": document, "passage": busy.hall.passage("HOU-1.2"),
            "effect": "replace", "title": name, "text": text, "submissions": [],
            "comments": [busy.made["d"]], "themes": [busy.made["one"]], **given,
        }  # fmt: skip

    return busy.does("Thea", "draft-motion", draft)


def _motions(busy: Busy) -> Iterator[Act]:
    made = busy.made
    yield _motion(busy, "freeze", "Rents are frozen.")
    rewording = {"title": "Freeze", "text": "Rents are frozen for a year."}
    yield busy.does("Thea", "reword-motion", lambda: rewording | {"motion": made["freeze"]})
    yield busy.does("Thea", "put-motion", lambda: {"motion": made["freeze"]})
    yield _motion(busy, "longer", "Rents are frozen for two years.", amends="freeze")
    yield busy.does("Thea", "put-motion", lambda: {"motion": made["longer"]})
    yield _motion(busy, "gone", "Rents are abolished.")
    yield busy.does("Thea", "put-motion", lambda: {"motion": made["gone"]})
    yield busy.does("Thea", "withdraw-motion", lambda: {"motion": made["gone"]})
    yield from busy.presses()


def _ballot(busy: Busy, name: str, motion: str | None, **other: Any) -> Act:
    return busy.does("Amara", "draft-ballot", lambda: {
        "item": busy.new(name), "motion": busy.made.get(motion or ""), "question": f"Shall {name} be?",
        "form": "for-against", **other,
    })  # fmt: skip


def _votes(busy: Busy, ballot: str, choices: str) -> Iterator[Act]:
    for name, letter in zip(VOTERS, choices, strict=False):
        choice = {"f": "for", "a": "against"}[letter]
        yield busy.does(name, "cast-vote", lambda c=choice: {"ballot": busy.made[ballot], "choice": c})  # type: ignore[misc]


def _ballots(busy: Busy) -> Iterator[Act]:
    made = busy.made
    yield _ballot(busy, "longer-ballot", "longer", rules={"tie": "chair"})
    even = [{"sections": [section], "share": "50"} for section in ("clp", "union")]
    yield _ballot(busy, "freeze-ballot", "freeze", rules={"shares": even, "minority": "1/3"})
    yield "set-event", lambda: busy.hall.office("set-event", {"settings": {"min_group": 1}})
    yield busy.does("Amara", "announce-ballot", lambda: {"ballot": made["longer-ballot"]})
    yield busy.does("Amara", "recall-ballot", lambda: {"ballot": made["longer-ballot"], "reason": "A typo"})
    yield from busy.presses(2)
    yield from _votes(busy, "longer-ballot", "fa")
    yield busy.does("Dmitri", "need-time", lambda: {"ballot": made["longer-ballot"]})
    yield busy.does("Amara", "extend-ballot", lambda: {"ballot": made["longer-ballot"], "seconds": 60})
    yield from busy.presses()
    yield busy.does("Amara", "give-casting-vote", lambda: {"ballot": made["longer-ballot"], "choice": "for"})
    yield from busy.presses(3)
    yield from _votes(busy, "freeze-ballot", "fff")
    yield from busy.presses(2)
    yield _ballot(busy, "hands", None, trust="hands")
    yield from busy.presses(2)
    yield busy.does("Tess", "declare-hands", lambda: {"ballot": made["hands"], "counts": {"for": 2}})
    yield from busy.presses(2)
    yield _ballot(busy, "void", None)
    yield busy.does("Amara", "void-ballot", lambda: {"ballot": made["void"], "reason": "Not needed"})
    yield from go_along_the_order(busy)
    yield from _at_the_kiosk(busy)
    yield from stamp_and_cast(busy.hall)


def _at_the_kiosk(busy: Busy) -> Iterator[Act]:
    for at, name in enumerate(("Dara", "Dora")):
        code = busy.hall.code(name)
        yield busy.does(KIOSK, "begin-visit", {"code": code, "token_hash": f"visit {at}"})
    yield busy.does(KIOSK, "end-visit", {})


def _ends(busy: Busy) -> Iterator[Act]:
    hall, made = busy.hall, busy.made
    with hall.reads() as session:
        last = session.scalars(select(Item.id).where(Item.kind == "closing")).one()
    yield busy.does("Amara", "go-to-item", {"track": hall.track, "item": last})
    reason = "The room voted against it."
    ending = {"disposition": "noted", "reason": reason, "note": "Read in full"}
    yield busy.does("Thea", "set-disposition", lambda: ending | {"kind": "comment", "ids": [made["d"]]})
    yield from busy.presses()
    yield busy.says("Fay", "late", "Found on the way home")
    order = {"holding": [3], "reason": "Its laptop was stolen"}
    yield "erase-devices", lambda: hall.office("erase-devices", order)
