"""A laptop without a network hands over its points by file and by codes; the desk takes each of them once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import select

from facilitate.store.rows import Comment
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.web.devices import DeviceHall, foot_says, say, serving

SIDE = 720


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        yield hall


def in_the_dark(hall: DeviceHall, *texts: str) -> Page:
    """Table 1's laptop, which has said one point and then typed on without a network."""
    laptop = hall.laptop(1)
    say(laptop, "At the centre")
    foot_says(laptop, 1, 1, 0)
    hall.hub.stop()
    for text in texts:
        say(laptop, text)
    foot_says(laptop, 1 + len(texts), 1, len(texts))
    laptop.get_by_role("button", name="Bring to the desk").click()
    return laptop


def is_shut(hall: DeviceHall, laptop: Page) -> None:
    """The laptop is carried away, and the centre is there again."""
    laptop.close()
    hall.hub.start()


def codes_of(laptop: Page) -> list[str]:
    """The codes on the laptop's screen, as text."""
    laptop.get_by_text("The codes as text").click()
    return laptop.get_by_label("For a desk without a camera").input_value().split("\n")


def marks(hall: DeviceHall) -> dict[str, list[str]]:
    """What stands at the centre: text to marks."""
    with hall.house.reads() as session:
        return {c.text: c.marks for c in session.scalars(select(Comment).order_by(Comment.received_at))}


def desk(hall: DeviceHall, page: Page) -> Page:
    """The desk's page that reads laptops in."""
    page.goto(f"{hall.hub.base}/desk/read-in")
    expect(page.locator("h1")).to_have_text("Read in a laptop")
    return page


def test_a_laptop_s_file_is_read_in_once_whatever_it_sends_later(hall: DeviceHall, tmp_path: Path) -> None:
    laptop = in_the_dark(hall, "First in the dark", "Second in the dark")
    assert_accessible(laptop)
    with laptop.expect_download() as saving:
        laptop.get_by_role("button", name="Save as a file").click()
    expect(laptop.get_by_text("Saved as table-1.json.")).to_be_visible()
    saving.value.save_as(tmp_path / "table-1.json")
    is_shut(hall, laptop)
    clerk = desk(hall, hall.device("Clement"))
    assert_accessible(clerk)
    assert_keyboard_reaches_everything(clerk)
    assert_no_sideways_scroll(clerk)
    for said in ("2 points are read in. 1 was at", "0 points are read in. 3 were at"):
        clerk.get_by_label("The file that the laptop saved").set_input_files(tmp_path / "table-1.json")
        clerk.get_by_role("button", name="Read the file in").click()
        expect(clerk.get_by_text(said)).to_be_visible()
    dark = {"First in the dark": ["read-in"], "Second in the dark": ["read-in"]}
    assert marks(hall) == {"At the centre": [], **dark}
    opened = laptop.context.new_page()
    opened.goto(f"{hall.hub.base}/table")
    foot_says(opened, 3, 3, 0)
    assert marks(hall) == {"At the centre": [], **dark}
    broken = (tmp_path / "table-1.json").read_text().replace("First", "Worst")
    (tmp_path / "broken.json").write_text(broken)
    clerk.get_by_label("The file that the laptop saved").set_input_files(tmp_path / "broken.json")
    clerk.get_by_role("button", name="Read the file in").click()
    expect(clerk.get_by_role("alert")).to_contain_text("changed or cut short")


def test_a_laptop_s_codes_turn_by_keys_and_are_read_in_as_text(hall: DeviceHall) -> None:
    words = [f"Point {n} in the dark: {n * 7919 % 997:x} {n**7:x} {n**9:x} {n**11:x}" for n in range(6)]
    laptop = in_the_dark(hall, *words)
    laptop.get_by_role("button", name="Show as codes").click()
    shown = laptop.get_by_role("group", name="Codes")
    expect(shown).to_contain_text(re.compile(r"Code 1 of \d"))
    assert_accessible(laptop)
    assert_keyboard_reaches_everything(laptop)
    shown.focus()
    laptop.keyboard.press("ArrowRight")
    expect(shown).to_contain_text("Code 2 of")
    laptop.keyboard.press("ArrowLeft")
    expect(shown).to_contain_text("Code 1 of")
    codes = codes_of(laptop)
    is_shut(hall, laptop)
    team = desk(hall, hall.device("Thea"))
    field = team.get_by_label("The codes as text")
    field.fill("\n".join(reversed(codes[1:])))
    expect(team.locator("#progress")).to_contain_text("Missing: 1.")
    team.get_by_role("button", name="Read the codes in").click()
    expect(team.get_by_role("alert")).to_contain_text(f"Of {len(codes)} codes these are missing: 1.")
    field.fill(field.input_value() + codes[0])
    team.get_by_role("button", name="Read the codes in").click()
    expect(team.get_by_text("6 points are read in.")).to_be_visible()
    assert sorted(marks(hall)) == sorted([*words, "At the centre"])


def film(path: Path, codes: list[str]) -> None:
    """What a camera before the laptop's screen would see: each code for half a second, as raw video."""
    grey = bytes([128]) * (SIDE * SIDE // 2)
    with path.open("wb") as video:
        video.write(f"YUV4MPEG2 W{SIDE} H{SIDE} F10:1 Ip A1:1 C420\n".encode())
        for code in codes:
            rows = segno.make_qr(code, error="m").matrix_iter(border=4)
            lines = [[30 if dark else 225 for dark in row] for row in rows]
            small = Image.new("L", (len(lines), len(lines)))
            small.putdata([value for line in lines for value in line])
            picture = small.resize((SIDE - 80, SIDE - 80), Image.Resampling.BILINEAR).rotate(4, fillcolor=200)
            whole = Image.new("L", (SIDE, SIDE), 200)
            whole.paste(picture, (40, 40))
            for _ in range(5):
                video.write(b"FRAME\n" + whole.tobytes() + grey)


def test_the_desk_s_camera_reads_the_codes_of_a_laptop(
    hall: DeviceHall, tmp_path: Path, playwright: Playwright, whole_browser_launch_args: dict[str, Any]
) -> None:
    words = [f"Point {n} before the camera: {n**9:x} {n**11:x}" for n in range(6)]
    laptop = in_the_dark(hall, *words)
    laptop.get_by_role("button", name="Show as codes").click()
    codes = codes_of(laptop)
    is_shut(hall, laptop)
    film(tmp_path / "camera.y4m", codes)
    seen = f"--use-file-for-fake-video-capture={tmp_path / 'camera.y4m'}"
    flags = [*whole_browser_launch_args["args"], "--use-fake-device-for-media-stream", seen]
    flags.append("--use-fake-ui-for-media-stream")
    with_camera = playwright.chromium.launch(**{**whole_browser_launch_args, "args": flags})
    team = with_camera.new_page()
    hall.hub.sign_in(team, hall.code("Thea"))
    desk(hall, team).get_by_role("button", name="Use the camera").click()
    expect(team.locator("#progress")).to_have_text(re.compile(r"All \d+ codes are read\."), timeout=60_000)
    expect(team.get_by_role("button", name="Use the camera")).to_be_visible()
    assert_accessible(team)
    team.get_by_role("button", name="Read the codes in").click()
    expect(team.get_by_text("6 points are read in.")).to_be_visible()
    with_camera.close()
    assert sorted(marks(hall)) == sorted([*words, "At the centre"])
