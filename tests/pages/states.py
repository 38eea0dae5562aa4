"""Hall: the moments of a busy conference, each a function that brings it there from the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.pages.afterwards import offer, put_together, sign
from tests.pages.cast import new_id
from tests.pages.conference import Conference
from tests.pages.prepared import said_about
from tests.rehearsal.demo import read

TALKED_ABOUT = ("HOU-2.1", "HOU-2.2", "HOU-2.6")
LONG_NAME = (
    "Let city regions try it out first, and tell the rest of us what they learned before it becomes the law "
    "of the land for everybody, everywhere"
)
WELSH = (
    "O leiaf dwy ran o dair, am hyd at ddau gant a hanner o flynyddoedd, fel y cynigiodd y byrddau eu hunain"
)


class BusyDay(Conference):
    """A conference that knows where in its day it is."""

    def __init__(self, folder: Path, *, rehearsal: bool = False) -> None:
        super().__init__(folder, rehearsal=rehearsal)
        self.at = ORDER[0]

    def reach(self, state: str) -> None:
        """Let everything happen until this state."""
        if ORDER.index(state) < ORDER.index(self.at):
            raise ValueError(f"The event is at {self.at} already; {state} was before that.")
        while self.at != state:
            self.at = ORDER[ORDER.index(self.at) + 1]
            STATES[self.at](self)


def opened(event: Conference) -> None:
    """The doors are open; nothing goes on yet."""
    for table in (*range(1, 8), *range(9, 14)):
        event.cast.connect(event.cast.table(table))
    event.chair.do("open-event")


def waiting(event: Conference) -> None:
    """The first round is called; its clock does not run yet."""
    event.go_to("Welcome")
    event.go_to("Round 1")
    event.go_to("Round 1", "Gallery")


def points(tables: range) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the tables say: a few points each, so that some have said more than others."""
    everything = [each for ref in TALKED_ABOUT for each in said_about(ref)] * 2
    for at, comment in enumerate(everything):
        yield tables[(at * 5) % (len(tables) - 1)], comment


def round_(event: Conference) -> None:
    """The tables of the hall talk."""
    item = event.current_item()
    event.step("start-clock", item)
    typed: dict[int, int] = {}
    for table, said in points(range(1, 9)):
        n = typed[table] = typed.get(table, 0) + 1
        strength = {key: said[key] for key in ("kind", "agree", "against")}
        text = said["text"] or said["new_text"]
        point = event.point(event.id_of(said["passage"]), n, text, round=item, **strength)
        event.cast.table(table).do("record-comment", **point)
        event.comments.append(point["item"])
    event.cast.table(5).do("record-comment", text="Typed on a page of last year.", feeling="warm")
    event.cast.a("delegate").do(
        "report-missing", item=new_id(), text="Nobody wrote down the lifts at Aldermere Court."
    )
    call_for_help(event)


def call_for_help(event: Conference) -> None:
    """Three tables call; somebody is on the way to one of them."""
    seen = new_id()
    cries = ((1, new_id(), "Something technical", "The sound in our row is gone."),
             (3, seen, "A question about procedure", ""),
             (6, new_id(), "Safeguarding", "Please come to the door by the stairs."))  # fmt: skip
    for table, item, reason, words in cries:
        event.cast.table(table).do("call-help", item=item, reason=reason, words=words)
    event.cast.a("area-facilitator", 1).do("acknowledge-help", call=seen)


def wall(event: Conference) -> None:
    """The round is over: the screens show what was said."""
    item = event.current_item()
    event.step("end-round", item)


def themes(event: Conference) -> None:
    """The theme team has put the points together, and the room sees it."""
    groups = [theme for theme in read("themes.json") if theme["passage"] in TALKED_ABOUT]
    for at, theme in enumerate(groups):
        about = [n for n in theme["comments"] if n < len(event.comments)]
        key, chosen = new_id(), [event.comments[n] for n in about]
        name = LONG_NAME if at == 1 else theme["name"]
        event.team.do(
            "name-theme", item=key, passage=event.id_of(theme["passage"]), name=name, comments=chosen
        )
        if chosen:
            event.team.do("choose-quote", theme=key, comment=chosen[0])
        if at == 5:
            event.team.do("mark-minority", theme=key, minority=True)
    item = event.go_to("What the tables said about the target")
    event.step("show-themes", item)
    for at in range(3):
        event.cast.a("delegate", at + 1).do(
            "report-missing", item=new_id(), text=f"Our third point on repairs, again ({at})."
        )


def announced(event: Conference) -> None:
    """A motion is up; nobody can vote yet."""
    event.go_to("Ballot on the target")
    motion = event.move(0)
    event.ballot = event.draft("Shall passage HOU-2.1 name stages on the way to a third?", motion)
    event.act(event.ballot, "announce-ballot")


def open_(event: Conference) -> None:
    """The room votes."""
    event.act(event.ballot, "open-ballot")
    event.vote(event.ballot, **{"for": 52, "against": 14, "abstain": 6})


def counted(event: Conference) -> None:
    """Counted, and not published yet."""
    event.act(event.ballot, "close-ballot")


def carried(event: Conference) -> None:
    """The first result is up."""
    event.act(event.ballot, "publish-result")


def lost(event: Conference) -> None:
    """A motion is lost."""
    event.ballot = event.decide(
        "Shall passage HOU-4.4 be deleted?", event.move(5), **{"for": 31, "against": 47}
    )


def tied(event: Conference) -> None:
    """A vote that decides nothing."""
    rules = {"tie": "tied"}
    question = "Shall the same limit hold when one tenant follows another?"
    event.ballot = event.decide(
        question, event.move(3), rules=rules, **{"for": 36, "against": 36, "abstain": 4}
    )


def several(event: Conference) -> None:
    """One of several wordings is being voted on."""
    labels = [
        "At least half, for up to 250 years, as the NPF wrote it",
        WELSH,
        "All of them, for up to 125 years",
    ]
    event.ballot = event.draft(
        "How much of the public’s land shall go to social rent?", form="one-of-several", options=labels,
        rules={"majority": "plurality"},
    )  # fmt: skip
    event.act(event.ballot, "announce-ballot", "open-ballot")


def chosen(event: Conference) -> None:
    """One of several has won."""
    event.vote(event.ballot, **{"1": 24, "2": 41, "3": 9, "abstain": 5})
    event.act(event.ballot, "close-ballot", "publish-result")


def hands(event: Conference) -> None:
    """A show of hands is open."""
    event.ballot = event.draft("Shall the conference thank the stewards?", trust="hands", purpose="sounding")
    event.act(event.ballot, "announce-ballot", "open-ballot")


def declared(event: Conference) -> None:
    """It was plain to see, and nobody counted."""
    event.chair.do("declare-hands", ballot=event.ballot, declaration="clearly-carried")
    event.act(event.ballot, "close-ballot", "publish-result")


def recalled(event: Conference) -> None:
    """A ballot was announced and taken back: its wording is changed."""
    event.ballot = event.draft("Shall the conference meet again in the spring?")
    event.act(event.ballot, "announce-ballot", "recall-ballot")


def voided(event: Conference) -> None:
    """It was announced again, opened, and declared void."""
    event.act(event.ballot, "announce-ballot", "open-ballot")
    event.vote(event.ballot, **{"for": 12, "against": 3})
    event.chair.do("void-ballot", ballot=event.ballot, reason="Half of the hall had no network.")


def too_few(event: Conference) -> None:
    """More were for it than against, and the quorum was not reached."""
    question = "Shall the standing orders be changed?"
    event.ballot = event.decide(
        question, None, rules={"quorum": 120}, **{"for": 31, "against": 9, "abstain": 2}
    )


def level(event: Conference) -> None:
    """The votes are level, and the chair's casting vote is asked for."""
    event.ballot = event.draft("Shall lunch be an hour?", rules={"tie": "chair"})
    event.act(event.ballot, "announce-ballot", "open-ballot")
    event.vote(event.ballot, **{"for": 30, "against": 30, "abstain": 2})
    event.act(event.ballot, "close-ballot")


def sections(event: Conference) -> None:
    """A ballot by heads and by sections is open; a few have voted."""
    event.chair.do("give-casting-vote", ballot=event.ballot, choice="against")
    event.act(event.ballot, "publish-result")
    shares = [("clp mp", "50"), ("union", "45"), ("socialist-society", "5")]
    rules = {
        "deciding": "sections",
        "shares": [{"sections": codes.split(), "share": share} for codes, share in shares],
    }  # fmt: skip
    event.ballot = event.draft("Shall the conference meet every year?", rules=rules)
    event.act(event.ballot, "announce-ballot", "open-ballot")


def split(event: Conference) -> None:
    """It is carried by heads and lost by sections, which decide."""
    event.vote_by_section(event.ballot, {
        "clp": {"for": 40, "against": 15, "abstain": 3}, "union": {"for": 3, "against": 12},
        "socialist-society": {"against": 3}, "mp": {"for": 2, "against": 1},
    })  # fmt: skip
    event.act(event.ballot, "close-ballot", "publish-result")


def cards(event: Conference) -> None:
    """An open card vote runs; some delegations have cast their cards."""
    question = "Shall the affiliation fee rise with prices?"
    event.ballot = event.draft(question, trust="cards", rules={"minority": "1/4"})
    event.act(event.ballot, "announce-ballot", "open-ballot")
    event.vote_by_card(event.ballot, ["for", "against", "against"] * 12)


def card_vote(event: Conference) -> None:
    """It is counted in members, and what lost is a minority position."""
    event.act(event.ballot, "close-ballot", "publish-result")


def closed(event: Conference) -> None:
    """The hall is closed."""
    event.chair.do("close-event")
    put_together(event)


def erased(event: Conference) -> None:
    """The clerk has ordered every laptop to erase what it keeps."""
    event.cast.a("clerk").send("/office/laptops/erasure", reason="Everybody has gone home.")


STATES: dict[str, Callable[[Conference], None]] = {
    "before": lambda _: None, "opened": opened, "waiting": waiting, "round": round_, "wall": wall,
    "themes": themes, "announced": announced, "open": open_, "counted": counted, "carried": carried,
    "lost": lost, "tied": tied, "several": several, "chosen": chosen, "hands": hands, "declared": declared,
    "recalled": recalled, "voided": voided, "too-few": too_few, "level": level,
    "sections": sections, "split": split, "cards": cards, "card-vote": card_vote,
    "closed": closed, "offered": offer, "signed": sign, "erased": erased,
}  # fmt: skip
ORDER = list(STATES)
