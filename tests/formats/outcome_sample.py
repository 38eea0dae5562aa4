"""A small outcome with one of everything, for looking at an edition and for reading it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_record import (
    Ballot,
    Comment,
    Decision,
    Document,
    Edit,
    MinorityPosition,
    Motion,
    Passage,
    Record,
    Signature,
    Source,
    Submission,
    Theme,
)
from facilitate.domain.wording import base_hash
from facilitate.formats.outcome_json import Facts
from tests.formats.balance_sample import BALANCE

NOON = datetime(2027, 3, 27, 12, 31, tzinfo=UTC)
FACTS = Facts(
    "Spring Policy Event", "Europe/London", 4711, NOON + timedelta(hours=5), head="9f" * 32, balance=BALANCE
)

REPAIRS = (
    "A landlord who is told of a hazard puts it right within twenty-eight days. "
    "Where that is not done, the council may do the work and send the bill."
)
LADDER = (
    "Every council may build homes for social rent, provided that the Treasury has agreed to the borrowing."
)
EMPTY = "Homes that have stood empty for two years may be taken on by the council."
PASSAGES = (
    Passage("HOU-1", "1", "heading", heading="Homes that people can afford"),
    Passage("HOU-1.1", "1.1", text=LADDER, depth=1),
    Passage(
        "HOU-1.2",
        "1.2",
        text="Rents in new homes for social rent follow local wages, not the market.",
        depth=1,
    ),
    Passage("HOU-1.2(a)", "(a)", "item", text="a fifth of the homes on every large site;", depth=2),
    Passage("HOU-1.2(b)", "(b)", "item", text="a third on public land.", depth=2),
    Passage("HOU-2", "2", "heading", heading="Homes that are safe and warm"),
    Passage("HOU-2.1", "2.1", text=REPAIRS, depth=1),
    Passage("HOU-2.2", "2.2", text=EMPTY, depth=1),
    Passage(
        "HOU-2.3", "2.3", text="Grants for insulation go first to the homes that lose most heat.", depth=1
    ),
)
MOTIONS = (
    Motion(
        3,
        "replace",
        "carried",
        "HOU-1.1",
        "Build without asking",
        LADDER.replace(
            ", provided that the Treasury has agreed to the borrowing", " without asking for leave to borrow"
        ),
        sources=(
            Source("comment", "12/7", "comment 12/7"),
            Source("theme", "t1", "theme “Let councils build”"),
        ),
    ),
    Motion(4, "replace", "carried", None, "As far as local reserves allow", amends=3),
    Motion(5, "delete", "carried", "HOU-2.2", "Leave empty homes to another document"),
    Motion(
        6,
        "insert-after",
        "carried",
        "HOU-1.2(b)",
        "Homes for older people",
        "(c) one home in ten to be fit for a wheelchair from the day it is built.",
    ),
    Motion(7, "replace", "carried", "HOU-2.1", "Faster repairs", REPAIRS.replace("twenty-eight", "fourteen")),
    Motion(
        8, "replace", "carried", "HOU-2.1", "Faster still", REPAIRS.replace("twenty-eight days", "one week")
    ),
    Motion(
        9,
        "state",
        "carried",
        None,
        "Thanks",
        "The event thanks the tenants' groups that came to every table.",
    ),
    Motion(10, "replace", "lost", "HOU-1.2", "Follow the market", "Rents follow the market."),
    Motion(11, "delete", "referred-back", "HOU-2.3", "Think again about grants"),
)


def _ballot(number: int, motion: int, votes: tuple[int, int, int], verdict: str = "carried") -> Ballot:
    for_, against, abstained = votes
    return Ballot(
        number,
        f"Shall motion {motion} be carried?",
        sentence=f"{verdict.capitalize()}: {for_} for, {against} against, {abstained} abstained.",
        rule="More than half of the votes cast decide.",
        verdict=verdict,
        counts=(("For", for_), ("Against", against)),
        abstained=abstained,
        not_voted=33,
        base=for_ + against,
        needed=(for_ + against) // 2 + 1,
        quorum=700,
        quorum_reached=True,
        motion=motion,
        closed=NOON + timedelta(minutes=7 * number),
    )


BALLOTS = (
    _ballot(14, 3, (812, 361, 176)),
    _ballot(13, 4, (702, 640, 7)),
    _ballot(15, 5, (900, 300, 149)),
    _ballot(16, 6, (1201, 90, 58)),
    _ballot(17, 7, (701, 600, 48)),
    _ballot(18, 8, (655, 650, 44)),
    _ballot(19, 9, (1340, 2, 7)),
    _ballot(20, 10, (402, 844, 103), "lost"),
    _ballot(21, 11, (777, 520, 52)),
    Ballot(
        12,
        "Which of these matters most?",
        sentence="Most named: rents.",
        purpose="sounding",
        verdict="chosen",
        counts=(("Rents", 512), ("Repairs", 498), ("Land", 201)),
        not_voted=171,
        passage="HOU-1.2",
        closed=NOON,
    ),
)
COMMENTS = (
    Comment(
        "12/7",
        "Let councils borrow without asking.",
        "Change of wording",
        "HOU-1.1",
        12,
        8,
        1,
        ("Let councils build",),
        disposition="adopted",
    ),
    Comment(
        "3/2",
        "Asking takes two years.",
        "Concern",
        "HOU-1.1",
        3,
        9,
        0,
        ("Let councils build",),
        disposition="adopted-in-part",
        reason="Covered by a motion",
    ),
    Comment(
        "41/1",
        "Do not weaken the Treasury’s say.",
        "Concern",
        "HOU-1.1",
        41,
        4,
        4,
        disposition="minority-position",
        reason="A minority above the threshold",
        note="Printed with the text.",
        minority=True,
    ),
    Comment(
        "41/2",
        "What does it cost?",
        "Question",
        "HOU-2.1",
        41,
        6,
        0,
        disposition="answered",
        reason="Answered",
    ),
    Comment("7/3", "Typed twice.", "Support", "HOU-2.1", 7, 5, 0, state="withdrawn"),
    Comment(
        "9/1",
        "Nobody reached this page at our table.",
        "Concern",
        None,
        9,
        5,
        0,
        disposition="not-reached",
        reason="Time ran out",
    ),
)
SUBMISSIONS = (
    Submission(
        "S-001",
        "Councils as builders",
        "Amber Valley CLP",
        "Let them build. Now.",
        ("HOU-1.1", "HOU-1.2"),
        "lost",
        "Lost on a ballot",
        "Ballot 20.",
    ),
    Submission(
        "S-002", "On the order of chapters", "Guild of Joiners", "Put safety first.", (), "noted", "Noted"
    ),
)
THEMES = (
    Theme("Let councils build", "HOU-1.1", 41, 23, 190, quote="Asking takes two years."),
    Theme("Keep the Treasury’s say", "HOU-1.1", 6, 4, 20, minority=True),
    Theme("Faster repairs", "HOU-2.1", 55, 31, 260),
)
RECORD = Record(
    Document("HOU", "Homes for everybody", "Housing and communities"),
    PASSAGES,
    MOTIONS,
    BALLOTS,
    THEMES,
    COMMENTS,
    SUBMISSIONS,
    (MinorityPosition("The Treasury should go on agreeing to loans.", "HOU-1.1", "176 of 1,349 voted so."),),
    (("HOU-1.1", 23), ("HOU-1.2", 1), ("HOU-2.1", 31)),
    (
        Decision(
            "HOU-2.1",
            REPAIRS.replace("twenty-eight days", "seven days"),
            "The later ballot was the stricter.",
            (7, 8),
            "R. Osei, clerk",
            NOON + timedelta(days=3),
            900,
        ),
    ),
    (
        Edit(
            "HOU-1.2(a)",
            "a fifth of the homes on every site of more than ten homes;",
            "Says what large means.",
            base_hash(PASSAGES[3].text),
            "R. Osei, clerk",
            NOON + timedelta(days=3),
            901,
        ),
    ),
    (
        Signature("Amina Yusuf", "accept", "HOU-1.1", at=NOON + timedelta(days=9)),
        Signature("Ceri Bowen", "dissent", "HOU-1.1", "Too far, too fast.", at=NOON + timedelta(days=9)),
        Signature(
            "Ben Carter",
            "return",
            "HOU-2.3",
            "Which homes first?",
            "the commission",
            NOON + timedelta(days=9),
        ),
    ),
)

NAUGHTY = (
    '#panic("no") $x$ *b* _i_ `c` @ref <label> // \\ [x](y)',
    "<script>alert(1)</script> &amp; ]]> {{ 7*7 }} {% raw %}",
    "\x00\x07\ufffe emoji 👩‍🔬 中文 عربى Привет e\u0301 \u202egnihtyreve",
    '=HYPERLINK("x")\n\n- a\n+ b\n= c\n/ d: e',
)


def sample() -> Outcome:
    """The sample outcome."""
    return compile_outcome(RECORD)


def naughty() -> Outcome:
    """An outcome whose every word tries to be more than a word."""
    texts = "\n".join(NAUGHTY)
    return compile_outcome(
        Record(
            Document("BAD", NAUGHTY[1]),
            tuple(Passage(f"BAD-{n}", str(n), text=t) for n, t in enumerate(NAUGHTY)),
            (
                Motion(1, "replace", "carried", "BAD-1", texts, texts),
                Motion(2, "state", "carried", None, texts, texts),
            ),
            (Ballot(1, texts, motion=1, sentence=texts, counts=((NAUGHTY[0], 1),)),),
            (Theme(texts, "BAD-1", quote=texts),),
            (Comment("1/1", texts, NAUGHTY[0], "BAD-1", reason=texts, disposition=NAUGHTY[1]),),
            (Submission("S-001", texts, texts, texts),),
        )
    )
