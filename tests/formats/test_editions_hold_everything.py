"""One table: what an outcome has, by which words it is found, and which editions hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from facilitate.domain.outcome_checks import text_hash
from facilitate.formats.folders import templates
from facilitate.formats.outcome_csv import outcome_csv
from facilitate.formats.outcome_docx import outcome_docx
from facilitate.formats.outcome_html import outcome_html
from facilitate.formats.outcome_json import FULL, SHORT, Facts, outcome_data, outcome_json
from facilitate.formats.outcome_odt import outcome_odt
from facilitate.formats.outcome_pdf import outcome_pdf
from facilitate.formats.outcome_xlsx import outcome_xlsx
from tests.formats.edition_words import READERS, feet, squeezed
from tests.formats.outcome_sample import EMPTY, FACTS, LADDER, REPAIRS
from tests.formats.whole_sample import sealed_again, whole

WRITERS = {
    "html": outcome_html, "pdf": outcome_pdf, "docx": outcome_docx, "odt": outcome_odt, "xlsx": outcome_xlsx,
    "csv": outcome_csv,
}  # fmt: skip
FILES = [*((FULL, kind) for kind in READERS), *((SHORT, kind) for kind in ("html", "pdf", "docx", "odt"))]
NAMES = [f"{edition} {kind}" for edition, kind in FILES]
MARGINS = ("full docx margin", "full odt margin", "short docx margin", "short odt margin")
SHORTS = ("short html", "short pdf", "short docx", "short odt")

IN_BODY = dict.fromkeys(
    MARGINS,
    "A margin says what ballots, clerks and signatories made of its passage; all else stands in the body.",
)
IN_TABLES = {"full csv": "It has one row for each passage; the workbook and the JSON have the rest."}
IN_RECORD = dict.fromkeys(
    SHORTS, "The short outcome says what was decided; how that came about stands in the full record."
)
IN_CHANGES = dict.fromkeys(
    SHORTS[:2], "The short outcome prints the final text; in a word processor its changes are tracked."
)
IN_MARGIN = dict.fromkeys(
    SHORTS,
    "A return that was answered decides nothing: the full record tells it, and a margin where there is one.",
)

OUTCOME = whole()
HASH = text_hash(OUTCOME)
BUILT = "Every council may build homes for social rent without asking for leave to borrow."
NEW = "(c) one home in ten to be fit for a wheelchair from the day it is built."
TWO_WEEKS = REPAIRS.replace("twenty-eight", "fourteen")
ONE_WEEK = REPAIRS.replace("twenty-eight days", "one week")
DECIDED = "The later ballot was the stricter."


@dataclass(frozen=True)
class Thing:
    """One thing that an outcome has.

    Shape: `words` tell that an edition holds it, `others` in editions that say it otherwise; `without` are
    the editions that by decision do not hold it, with the reason.
    """

    what: str
    words: tuple[str, ...]
    without: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def same(words: tuple[str, ...], *editions: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(editions, words)


THINGS = (
    Thing("the original text", (EMPTY, "provided that the Treasury has agreed"), IN_BODY | IN_CHANGES,
          same((EMPTY, LADDER), "full xlsx", "full csv", "full json")),
    Thing("changes carried, with their ballots",
          ("In HOU-1.1 delete “, provided that the Treasury has agreed”", "Ballot 14 (carried)"), {},
          same(("Changed by ballot 14.", "Deleted by ballot 15."), *SHORTS[:2])
          | same(("Ballot 14 (carried)", "Ballot 15 (carried)"), *SHORTS[2:])),
    Thing("the final text", (BUILT, NEW), IN_BODY, same(("without asking for leave", NEW), *SHORTS[2:])),
    Thing("the result of each ballot", ("812 for, 361 against, 176 abstained", "Lost: 402 for"),
          IN_TABLES),
    Thing("how votes were counted: quorum, majority, heads, sections",
          ("Quorum: 700, reached.", "Needed: 587 of 1,173.", "More than half of the votes cast decide.",
           "Did not vote", "By sections: For 70.0% and Against 30.0%.",
           "Constituencies (50%): 401 for, 99 against."),
          IN_BODY | IN_TABLES | IN_RECORD),
    Thing("minority positions", ("The Treasury should go on agreeing to loans.", "176 of 1,349 voted so."),
          IN_BODY | IN_TABLES),
    Thing("themes with their counts",
          ("Let councils build", "41 comments from 23 tables", "Asking takes two years."),
          IN_BODY | IN_TABLES | IN_RECORD,
          {"full xlsx": ("Let councils build|HOU-1.1|41|23|190|no|Asking takes two years.",)}),
    Thing("comments with dispositions and reasons",
          ("41/1", "Do not weaken the Treasury’s say.", "minority position", "A minority above the threshold",
           "Printed with the text.", "3/2", "adopted in part", "Covered by a motion", "Time ran out"),
          IN_BODY | IN_TABLES | IN_RECORD),
    Thing("submissions, with their ends",
          ("S-001", "Amber Valley CLP", "Let them build. Now.", "lost on a ballot", "Ballot 20."),
          IN_BODY | IN_TABLES | IN_RECORD),
    Thing("points on drafts, with their ends",
          ("S-003", "On draft HOU, version 2", "Usha Patel", "Name the councils.", "adopted in part",
           "Covered by another passage", "Considered on 3 March 2027: every council is named by law."),
          IN_BODY | IN_TABLES | IN_RECORD),
    Thing("references back",
          ("Motion 11 deletes HOU-2.3: referred back. Nobody knew the cost.", "Think again about grants"),
          IN_BODY | IN_TABLES),
    Thing("dissents", ("Ceri Bowen", "with a note of dissent", "Too far, too fast.")),
    Thing("edits by signatories, with their reasons",
          ("Edited by a signatory", "Says whose wages.", "Dilys Evans")),
    Thing("returns and answers",
          ("Ben Carter returned it to the commission", "Which homes first?", "The coldest homes first."),
          IN_MARGIN),
    Thing("signatures", ("Amina Yusuf: signed, 5 April 2027, 13:31.",), IN_BODY | IN_RECORD),
    Thing("how many tables discussed it", ("Discussed by 23 tables.", "Not reached."), IN_BODY | IN_RECORD),
    Thing("conflicts that a clerk decided, and what collided",
          ("Clerk's decision", DECIDED, "R. Osei, clerk", f"Motion 7: {TWO_WEEKS}", f"Motion 8: {ONE_WEEK}"),
          {},
          {"full json": ("Clerk's decision", DECIDED, "R. Osei, clerk", f"7 {TWO_WEEKS}", f"8 {ONE_WEEK}")}
          | same(("Clerk's decision", DECIDED, "Ballot 17 (carried): In HOU-2.1",
                  "Ballot 18 (carried): In HOU-2.1"), *MARGINS)),
    Thing("what was changed since the vote, with the reason",
          ("changed since the vote", "Edited by staff", "Says what large means.")),
    Thing("every word that differs from what the room voted",
          ("In HOU-1.2 after “follow local wages” insert “in each county”.",
           "In HOU-1.2(a) delete “large”; after “every large site” insert “of more than ten homes”.",
           "In HOU-2.1 delete “fourteen”, insert “seven”."),
          {}, same(("delete “twenty-eight”, insert “fourteen”", "changed since the vote"), *MARGINS)),
    Thing("the balance sheet", ("Comments from the tables", "S-004", "S-008"), IN_BODY | IN_TABLES),
    Thing("the journal number and the hash", (str(FACTS.journal), HASH), IN_BODY),
    Thing("the version, and every sealing",
          ("Version 2, sealed on 5 May 2027, 13:31", "Version 1 was sealed on 5 April 2027, 13:31",
           "cd" * 32),
          IN_BODY),
)  # fmt: skip


def written(edition: str, kind: str, facts: Facts) -> bytes:
    facts = replace(facts, edition=edition)
    return outcome_json(OUTCOME, facts) if kind == "json" else WRITERS[kind](outcome_data(OUTCOME, facts))


@cache
def words_of(edition: str, kind: str) -> dict[str, str]:
    """The words of one edition and of its margin, each file written once."""
    with TemporaryDirectory() as folder:
        read = READERS[kind](written(edition, kind, sealed_again(OUTCOME)), Path(folder))
    return {f"{edition} {kind}{part}": squeezed(words) for part, words in read.items()}


def lacking(thing: Thing, name: str, words: str) -> list[str]:
    return [each for each in thing.others.get(name, thing.words) if squeezed(each) not in words]


@pytest.mark.parametrize(("edition", "kind"), FILES, ids=NAMES)
def test_an_edition_holds_everything_that_it_is_meant_to_hold(edition: str, kind: str) -> None:
    found: dict[str, Any] = {}
    for name, words in words_of(edition, kind).items():
        for thing in THINGS:
            if name not in thing.without and (left := lacking(thing, name, words)):
                found[f"{name}: {thing.what}"] = left
    assert found == {}


@pytest.mark.parametrize(("edition", "kind"), FILES, ids=NAMES)
def test_what_an_edition_leaves_out_by_decision_is_not_there(edition: str, kind: str) -> None:
    for name, words in words_of(edition, kind).items():
        held = [thing.what for thing in THINGS if name in thing.without and not lacking(thing, name, words)]
        assert held == [], f"{name} holds them now: take the reason out of the table"


def test_every_thing_is_held_by_the_full_record_in_every_format() -> None:
    whole_ones = {f"{FULL} {kind}" for kind in READERS if kind != "csv"}
    assert [thing.what for thing in THINGS if whole_ones & set(thing.without)] == []
    assert all(reason.endswith(".") for thing in THINGS for reason in thing.without.values())


@pytest.mark.parametrize(("edition", "kind"), FILES, ids=NAMES)
def test_before_the_sign_off_a_copy_names_its_recipient_on_each_page(
    edition: str, kind: str, tmp_path: Path
) -> None:
    body = written(edition, kind, replace(FACTS, copy_for="Amina Yusuf"))
    pages = feet(kind, body, tmp_path)
    assert pages
    assert [page for page in pages if "Copy for Amina Yusuf. Not for publication." not in page] == []
    assert not any("notforpublication" in words for words in words_of(edition, kind).values())


def test_a_printed_page_of_the_html_has_the_recipient_at_its_foot() -> None:
    looks = (templates() / "outcome/outcome.css").read_text()
    assert "@media print { .copy { position: fixed; inset: auto 0 0;" in looks
