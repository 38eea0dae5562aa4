"""The life of an event, from the first document to the last signature, in real browsers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from facilitate import open_house
from facilitate.config import Settings
from facilitate.store.rows import Comment
from tests.support.cast import Chair, Clerk, Delegate, Facilitator, Somebody
from tests.support.hub import Hub, command_line

PAPER = """# Homes for all

## 1. Building

1.1 Councils should be free to borrow to build homes for social rent, within limits set for each region.

1.2 Every new home should be warm in winter and cool in summer.

## 2. Land

2.1 Public land should be leased and not sold.
"""
BODIES = """code,name,section,votes
NOR,Northmere,clp,400
SUD,Southwold Vale,clp,300
CAR,Carers' Union,union,900
"""
PEOPLE = """name,roles,delegation,table
Ada Marsh,delegate,NOR,1
Bryn Hughes,delegate,SUD,1
Chidi Obi,delegate,CAR,2
Dilys Pugh,signatory:Housing,,
"""
SENT_IN = "title,text,body,passages\nLease the land,Land that is sold is gone.,NOR,HOU-2.1\n"


@pytest.fixture
def hub(new_hub: Callable[..., Hub]) -> Hub:
    return new_hub("forum")


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    files = {"homes.md": PAPER, "bodies.csv": BODIES, "people.csv": PEOPLE, "sent.csv": SENT_IN}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def prepare(browser: Browser, hub: Hub, papers: Path) -> Clerk:
    clerk = Clerk.signs_in(browser, hub, "Whoever runs the event")
    clerk.freezes(papers / "homes.md", "HOU", "Housing", hub)
    clerk.imports("delegations", papers / "bodies.csv", hub)
    clerk.looks_at("/office/tables", hub)
    clerk.page.get_by_label("First table").fill("1")
    clerk.page.get_by_label("Last table").fill("2")
    clerk.page.get_by_label("Track").select_option("Hall")
    clerk.page.get_by_role("button", name="Make these tables").click()
    clerk.imports("people", papers / "people.csv", hub)
    clerk.imports("submissions", papers / "sent.csv", hub)
    clerk.plans("2027-03-27T10:00", "opening", "Welcome", hub)
    clerk.plans("2027-03-27T10:10", "round", "Round 1: building", hub, "HOU-1.1; HOU-1.2 tables 1-2")
    clerk.plans("2027-03-27T10:20", "themes", "What the tables said", hub)
    clerk.plans("2027-03-27T10:30", "ballot", "We decide", hub)
    clerk.looks_at("/office/screens", hub)
    clerk.page.get_by_label("Name of the screen").fill("Main")
    clerk.page.get_by_role("button", name="Add this screen").click()
    clerk.looks_at("/office/settings", hub)
    clerk.page.get_by_label("A result publishes itself after").fill("0")
    clerk.page.get_by_role("button", name="Save the settings").click()
    return clerk


@pytest.mark.slow
def test_the_life_of_an_event(browser: Browser, hub: Hub, papers: Path) -> None:
    # The office prepares.
    clerk = prepare(browser, hub, papers)
    clerk.looks_at("/documents/HOU", hub)
    clerk.sees("Public land should be leased and not sold.")
    clerk.finds_no_barrier()

    # The hall opens.
    chair = Chair(clerk.page, clerk.context)
    chair.looks_at("/desk", hub)
    first = Facilitator.signs_in(browser, hub, "Laptop of table 1")
    second = Facilitator.signs_in(browser, hub, "Laptop of table 2")
    ada = Delegate.signs_in(browser, hub, "Ada Marsh", "phone")
    bryn = Delegate.signs_in(browser, hub, "Bryn Hughes", "phone")
    chidi = Delegate.signs_in(browser, hub, "Chidi Obi", "phone")
    screen = Somebody.signs_in(browser, hub, "Main", "screen")
    chair.presses("Open the event")
    chair.presses("Start: Welcome")
    chair.presses("Next: Round 1: building")
    chair.presses("Start the clock")

    # Tables talk; what others said appears once a table has spoken itself.
    ada.sees("Councils should be free to borrow")
    first.says("concern", "A cap set far away is why our list is nine years", 8, 2)
    first.has_at_the_centre("A cap set far away")
    expect(second.page.get_by_text("A cap set far away")).to_have_count(0)
    second.says("idea", "Say how many homes, and by when", 9)
    second.has_at_the_centre("Say how many homes")
    second.sees("A cap set far away is why our list is nine years")
    first.sees("Say how many homes, and by when")
    screen.sees("Concern")
    ada.sees("A cap set far away is why our list is nine years")
    first.finds_no_barrier()
    ada.finds_no_barrier()
    screen.finds_no_barrier()

    # Corrected and withdrawn, by the table that said it.
    first.says("question", "Who carries the rsk?", 4)
    first.has_at_the_centre("Who carries the rsk?")
    first.own("Who carries the rsk?").get_by_role("button", name="Correct").click()
    first.page.locator("#draft").fill("Who carries the risk?")
    first.page.keyboard.press("Enter")
    first.has_at_the_centre("Who carries the risk?")
    second.says("support", "Sent by mistake", 1)
    second.has_at_the_centre("Sent by mistake")
    second.own("Sent by mistake").get_by_role("button", name="Withdraw").click()
    second.page.get_by_role("button", name="Yes, withdraw it").click()
    expect(second.own("Sent by mistake")).to_contain_text("ithdrawn")

    # A delegate misses a point.
    chidi.page.get_by_label("What has nobody said yet?").fill("Homes for carers near hospitals")
    chidi.page.get_by_role("button", name="Tell the theme team").click()
    chair.presses("End the round")

    # The theme team groups the points and drafts a motion.
    team = Somebody(clerk.context.new_page(), clerk.context)
    team.looks_at("/desk/themes", hub)
    team.sees("A cap set far away")
    team.finds_no_barrier()
    team.page.get_by_role("option").filter(has_text="A cap set far away").click()
    team.page.get_by_role("button", name="New theme").click()
    team.page.locator("#picker").fill("Drop the regional limits")
    team.page.keyboard.press("Enter")
    team.sees("Drop the regional limits")
    chair.presses("Next: What the tables said")
    chair.presses("Show the themes")
    screen.sees("Drop the regional limits")
    team.page.get_by_role("option").filter(has_text="A cap set far away").first.click()
    team.page.get_by_role("button", name="Motion", exact=False).first.click()
    team.page.get_by_label("Title").first.fill("Councils borrow as far as rents carry the debt")
    team.page.locator("#motion-text").fill(
        "Councils should be free to borrow to build homes for social rent as far as rents carry the debt."
    )
    team.page.get_by_role("button", name="Keep as a draft").click()
    team.page.get_by_role("button", name="Put").first.click()
    team.sees("put to the room")
    team.finds_no_barrier()

    # The room votes.
    chair.presses("Next: We decide")
    chair.page.get_by_role("button", name="Ballots").click()
    chair.page.get_by_text("Draft a ballot").first.click()
    chair.page.locator("#ballot-motion").select_option(index=1)
    chair.page.get_by_role("button", name="Keep as a draft").click()
    chair.presses("Announce ballot 1")
    ada.sees("The passage will read")
    chair.presses("Open ballot 1")
    ada.votes("For")
    bryn.votes("For")
    chidi.votes("Against")
    screen.sees("have voted")
    chair.finds_no_barrier()
    chair.presses("Close ballot 1")
    screen.sees("Carried")
    ada.sees("Carried: 2 for, 1 against")
    bryn.finds_no_barrier()
    chair.presses("Close the event")

    # Nothing is signed before everything that was said has its end.
    clerk.looks_at("/npf/HOU", hub)
    clerk.page.get_by_role("button", name="Compile the outcome").click()
    clerk.page.get_by_role("button", name="Offer the text for signing").click()
    expect(clerk.page.get_by_role("alert")).to_be_visible()
    give_every_end(team)
    clerk.looks_at("/balance", hub)
    clerk.finds_no_barrier()
    clerk.looks_at("/npf/HOU", hub)
    clerk.page.get_by_role("button", name="Offer the text for signing").click()
    clerk.finds_no_barrier()

    # The NPF signs, and takes the outcome home.
    dilys = Somebody.signs_in(browser, hub, "Dilys Pugh")
    dilys.looks_at("/npf/HOU", hub)
    dilys.sees("as far as rents carry the debt")
    dilys.finds_no_barrier()
    dilys.page.get_by_role("button", name=re.compile("^Sign (all|this)")).click()
    dilys.sees("sealed")
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html"), ("json", b"{")):
        answer = dilys.context.request.get(f"{hub.base}/npf/HOU/outcome.{kind}")
        assert answer.ok, answer.text()
        assert answer.body().lstrip().startswith(start)

    # A delegate finds what became of the table's point; the record holds.
    ada.looks_at("/story/1-1", hub)
    ada.sees("Drop the regional limits")
    ada.finds_no_barrier()
    assert "The record holds" in command_line("--event", str(hub.folder), "verify")


def give_every_end(team: Somebody) -> None:
    page = team.page
    page.reload()
    page.get_by_role("button", name="Ends").click()
    for words in ("A cap set far away", "Say how many homes", "Who carries the risk?"):
        page.get_by_role("option").filter(has_text=words).first.click()
        give_end(team, "comment")
        team.sees("1 end given.")
        page.get_by_role("button", name="Show those without").click()
    team.sees("Every comment has an end.")
    page.get_by_role("button", name="Submissions").click()
    page.get_by_role("option").filter(has_text="Lease the land").click()
    give_end(team, "submission")
    page.get_by_role("button", name="Missing points").click()
    page.get_by_label("Answer to: Homes for carers near hospitals").fill("It goes to the commission.")
    page.get_by_role("button", name="Answer", exact=True).click()
    team.sees("It goes to the commission.")


def give_end(team: Somebody, what: str) -> None:
    team.page.locator("#end-disposition").select_option("noted")
    team.page.locator("#end-reason").select_option(index=1)
    team.page.get_by_role("button", name=re.compile(f"^Give this end to .*{what}")).click()


def test_a_laptop_without_network_loses_nothing(browser: Browser, hub: Hub, papers: Path) -> None:
    clerk = prepare(browser, hub, papers)
    chair = Chair(clerk.page, clerk.context)
    chair.looks_at("/desk", hub)
    chair.presses("Open the event")
    chair.presses("Start: Welcome")
    chair.presses("Next: Round 1: building")
    chair.presses("Start the clock")
    laptop = Facilitator.signs_in(browser, hub, "Laptop of table 1")
    laptop.says("support", "Said while all is well", 9)
    laptop.has_at_the_centre("Said while all is well")

    laptop.context.set_offline(True)
    hub.stop()
    for number in range(5):
        laptop.says("concern", f"Said without a network, number {number}", number)
    laptop.sees("kept on this laptop")
    hub.start()
    laptop.context.set_offline(False)

    for number in range(5):
        laptop.has_at_the_centre(f"Said without a network, number {number}")
    said = texts_at_the_centre(hub)
    typed = ["Said while all is well", *(f"Said without a network, number {n}" for n in range(5))]
    assert sorted(said) == sorted(typed)


def texts_at_the_centre(hub: Hub) -> list[str]:
    url = f"sqlite+pysqlite:///{hub.folder / 'event.db'}"
    house = open_house(Settings(folder=hub.folder, database_url=url))
    try:
        with house.reads() as session:
            return list(session.scalars(select(Comment.text)))
    finally:
        house.close()
