"""Pages are calm: what arrives never moves the focus, the caret or a choice, and the first load is small."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.pages.cast import new_id
from tests.pages.states import BusyDay
from tests.pages.views import Doors, View

pytestmark = pytest.mark.browser

MOST_BYTES = 40 * 1024
HOLD = "() => { window.held = document.activeElement; }"
STILL_HELD = "() => document.activeElement === window.held && document.activeElement !== document.body"
CARET = "() => document.activeElement.selectionStart"
PHONE = View("phone", "delegate", "/phone", (), at=2)
TABLE = View("table", "facilitator", "/table", ())
DESK = View("desk", "chair", "/desk", (), keys="Alt+b")
THEMES = View("theme desk", "theme-team", "/desk/themes", ())


@pytest.fixture(scope="module")
def doors(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    event = BusyDay(tmp_path_factory.mktemp("calm"))
    event.reach("waiting")
    event.step("start-clock", event.current_item())
    doors = Doors(browser, event)
    yield doors
    doors.close()
    event.end()


def write_half(page: Page, field: str) -> None:
    """Half a sentence, with the caret in its middle."""
    page.locator(field).fill("Half a sentence")
    page.locator(field).press("Home")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.evaluate(HOLD)


def assert_untouched(page: Page, field: str) -> None:
    """The same field has the focus, with the same words and the caret between the same letters."""
    assert page.evaluate(STILL_HELD)
    assert page.evaluate(CARET) == 4
    expect(page.locator(field)).to_have_value("Half a sentence")


def a_table_speaks(doors: Doors, table: int, text: str) -> None:
    """Another laptop sends a point about the first passage of the round."""
    event = doors.event
    point = event.point(event.id_of("HOU-2.1"), 1, text, round=event.current_item())
    event.cast.table(table).do("record-comment", **point)


def test_laptop_keeps_caret_and_words_while_the_room_goes_on(doors: Doors) -> None:
    page = doors.open(TABLE)
    a_table_speaks(doors, 1, "Our own first point")
    expect(page.get_by_text("Our own first point")).to_be_visible()
    write_half(page, "#draft")
    a_table_speaks(doors, 2, "Heard from table 2")
    expect(page.get_by_text("Heard from table 2").or_(page.get_by_text("1 new above")).first).to_be_visible()
    doors.event.chair.do("extend-timer", track=doors.event.track(), seconds=300)
    expect(page.locator("time").first).to_contain_text("29:")
    assert_untouched(page, "#draft")


def test_desk_keeps_caret_and_words_while_points_arrive(doors: Doors) -> None:
    page = doors.open(DESK)
    field = page.locator(".middle textarea").first
    expect(field).to_be_visible()
    name = f"#{field.get_attribute('id')}"
    write_half(page, name)
    doors.event.cast.a("delegate", 5).do("report-missing", item=new_id(), text="Lifts")
    a_table_speaks(doors, 3, "From table 3")
    expect(page.get_by_role("button", name="Missing points 1")).to_be_visible()
    assert_untouched(page, name)


def test_theme_desk_stays_on_the_point_that_is_being_read(doors: Doors) -> None:
    page = doors.open(THEMES)
    box = page.get_by_role("listbox").first
    box.focus()
    page.keyboard.press("ArrowDown")
    page.evaluate(HOLD)
    read = box.get_attribute("aria-activedescendant")
    for n in range(5):
        a_table_speaks(doors, 4 + n % 3, f"While somebody reads ({n})")
    expect(page.get_by_text("new above").first).to_be_visible()
    assert page.evaluate(STILL_HELD)
    assert box.get_attribute("aria-activedescendant") == read


def test_phone_keeps_what_is_being_written_when_a_ballot_comes_up(doors: Doors) -> None:
    event, page = doors.event, doors.open(PHONE)
    write_half(page, "#point")
    event.ballot = event.draft("Shall we go on?", rules={"majority": "simple"})
    event.act(event.ballot, "announce-ballot")
    expect(page.get_by_role("heading", name="Shall we go on?")).to_be_visible()
    assert_untouched(page, "#point")
    event.act(event.ballot, "open-ballot")
    expect(page.get_by_role("radio", name="Against")).to_be_visible()
    assert_untouched(page, "#point")


def test_phone_keeps_a_choice_that_is_not_in_the_box_yet(doors: Doors) -> None:
    event, page = doors.event, doors.open(PHONE)
    page.get_by_role("radio", name="Against").check()
    page.get_by_role("radio", name="Against").focus()
    page.evaluate(HOLD)
    event.vote(event.ballot, **{"for": 3})
    event.chair.do("extend-ballot", ballot=event.ballot, seconds=600)
    expect(page.locator("header time")).to_contain_text("1:0")
    assert page.evaluate(STILL_HELD)
    expect(page.get_by_role("radio", name="Against")).to_be_checked()
    expect(page.get_by_role("button", name="Put it in the box: Against")).to_be_visible()


def test_first_load_of_a_phone_is_small_and_stays_in_the_house(doors: Doors) -> None:
    context = doors.new_context(View("phone", "delegate", "/phone", (), at=3))
    page, answers = context.new_page(), list[Response]()
    page.on("response", keep(answers))
    page.goto(f"{doors.event.hub.base}/phone")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    sizes = {answer.url.rsplit("/", 1)[-1]: answer.request.sizes()["responseBodySize"] for answer in answers}
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    policy = answers[0].headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert not doors.witness.strangers
    assert not doors.witness.complaints
    context.close()


def keep(answers: list[Response]) -> Callable[[Response], None]:
    """Notes each answer but the socket's."""
    return lambda answer: answers.append(answer) if "/socket.io" not in answer.url else None
