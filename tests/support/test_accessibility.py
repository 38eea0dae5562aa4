"""The checks of a page themselves: each finds the fault that it is there for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)

GOOD = """<!doctype html><html lang="en"><title>Table 7</title>
<style>body {{ color: #111; background: #fff; font-size: 1rem }} {style}</style>
<main><h1>Table 7</h1>{body}</main></html>"""


def show(page: Page, body: str, style: str = "") -> None:
    page.set_content(GOOD.format(body=body, style=style))


def test_good_page_passes_everything(page: Page) -> None:
    group = "".join(
        f'<label><input type="radio" name="kind" value="{kind}">{kind}</label>'
        for kind in ("support", "concern")
    )
    show(page, f"<fieldset><legend>Kind</legend>{group}</fieldset><button>Send</button><a href='#x'>Wall</a>")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    assert_keyboard_reaches_everything(page)


def test_input_without_a_name_is_found(page: Page) -> None:
    show(page, "<input>")
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)


@pytest.mark.parametrize("grey", ["#666", "#999"], ids=["enough-for-aa", "not-even-that"])
def test_contrast_under_seven_to_one_is_found(page: Page, grey: str) -> None:
    show(page, f"<p style='color: {grey}'>Tables are talking</p>")
    with pytest.raises(AssertionError, match="color-contrast-enhanced"):
        assert_accessible(page)


def test_wide_page_is_found(page: Page) -> None:
    show(page, "<p style='width: 340px'>A theme name of 140 characters</p>")
    with pytest.raises(AssertionError, match="400 %"):
        assert_no_sideways_scroll(page)


def test_focus_that_does_not_show_is_found(page: Page) -> None:
    show(page, "<button>Send</button>", "button:focus { outline: none }")
    with pytest.raises(AssertionError, match="does not show the focus"):
        assert_keyboard_reaches_everything(page)


def test_keyboard_trap_is_found(page: Page) -> None:
    show(
        page,
        "<textarea aria-label='Point' onkeydown='event.preventDefault()'></textarea><button>Send</button>",
    )
    with pytest.raises(AssertionError, match="holds the keyboard"):
        assert_keyboard_reaches_everything(page)
