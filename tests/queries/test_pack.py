"""The pack for a day without power: what it holds, and what it never does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from facilitate.formats.pack_pdf import pack_data
from facilitate.formats.render import rendered
from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.queries.pack import pack_of
from facilitate.queries.people import sign_ins
from facilitate.store.journal import head_of
from facilitate.store.rows import Person
from tests.actions.test_motions import ballot_on
from tests.cast import KEY
from tests.people import Hall
from tests.support.pdf import pages_of
from tests.support.verapdf import pdfua1_failures


def packed(hall: Hall, copy_for: str = "Amara Okafor") -> dict[str, Any]:
    with hall.reads() as session:
        view = View(session, hall.clock.moment)
        event = see_event(view, viewer_of("desk"), None)["event"]
        return pack_data(event, copy_for, pack_of(view), head_of(session), view.now)


def prepared(hall: Hall) -> None:
    """A ballot that is over, one that is drafted, and one that is announced."""
    lives = {"over": ("announce", "open", "close"), "draft": (), "told": ("announce",)}
    for way, verbs in lives.items():
        ballot = ballot_on(hall, None, question=f"Is this {way}?")
        for verb in verbs:
            hall.as_("Amara").does(f"{verb}-ballot", {"ballot": ballot})


def test_it_holds_what_is_still_to_come_and_who_may_vote_in_it(talking: Hall) -> None:
    prepared(talking)
    data = packed(talking)
    assert [b["question"] for b in data["ballots"]] == ["Is this draft?", "Is this told?"]
    assert [b["by_paper"] for b in data["ballots"]] == [True, True]
    with talking.reads() as session:
        present = set(session.scalars(select(Person.name).where(Person.present.is_(True))))
    numbers = {b["question"]: b["number"] for b in data["ballots"]}
    assert data["roll"]
    for person in data["roll"]:
        told = numbers["Is this told?"] in person["votes"]
        # The announcement froze its roll: whoever comes later has a paper of the other ballot alone.
        assert told == (person["name"] in present), person
        assert numbers["Is this draft?"] in person["votes"]
    assert all(document["passages"] for document in data["documents"])


def test_no_code_link_or_address_of_anybody_is_in_it(talking: Hall) -> None:
    prepared(talking)
    said = json.dumps(packed(talking), ensure_ascii=False)
    with talking.reads() as session:
        codes = [way.code for way in sign_ins(session, KEY)]
        addresses = [each for each in session.scalars(select(Person.email)) if each]
    assert codes
    assert [words for words in [*codes, *addresses, "://"] if words in said] == []


def test_each_page_has_its_part_and_the_papers_are_alike_in_every_copy(talking: Hall, tmp_path: Path) -> None:
    prepared(talking)
    copies = {}
    for name in ("Amara Okafor", "Ben"):
        data = packed(talking, name)
        (tmp_path / "pack.pdf").write_bytes(rendered("pack", data))
        copies[name] = pages_of(tmp_path / "pack.pdf")
    assert pdfua1_failures(tmp_path / "pack.pdf") == []
    pages = copies["Ben"]
    papers = [page for page in pages if "Fold the paper" in page]
    assert len(papers) == 2
    assert papers == [page for page in copies["Amara Okafor"] if "Fold the paper" in page]
    for at, page in enumerate(pages, 1):
        if page not in papers:
            assert "Copy for Ben. Not for publication." in page
            assert f"{at} of {len(pages)}" in page
            assert f"journal up to number {data['journal']['number']}" in page
            assert data["hash"][:12] in page
    words = "\n".join(pages)
    for part in ("Running order", "Passages", "Roll", "Tally sheet of ballot 2", "Tally sheet of ballot 3"):
        assert part in words
    for table in data["tables"]:
        own = [page for page in pages if f"Table {table['number']}" in page.splitlines()[0]]
        assert len(own) > len(table["rounds"])
        assert any("calls for help" in page for page in own)
