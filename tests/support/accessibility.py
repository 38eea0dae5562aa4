"""What every page must pass: axe, no sideways scrolling, a keyboard that reaches all and shows where."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

AXE = Path(__file__).parents[2] / "clients" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Contrast is measured once, against 7:1. By itself that rule leaves what is under 4.5:1 to the one for AA,
# which would measure every word again.
RULES = {"color-contrast": {"enabled": False}, "color-contrast-enhanced": {"enabled": True}}
CONTRAST = {"normal": {"expected": 7, "minThreshold": 0}, "large": {"expected": 4.5, "minThreshold": 0}}
CHECKS = {"color-contrast-enhanced": {"options": {"contrastRatio": CONTRAST}}}
# The smallest phone in use, and a 1280 by 1024 window at 400 %.
NARROW: tuple[tuple[str, ViewportSize], ...] = (
    ("360 px", {"width": 360, "height": 640}),
    ("400 %", {"width": 320, "height": 256}),
)
# So many presses of a key before the page is asked where they led.
AT_ONCE = 20

WIDER_THAN_THE_PAGE = """() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > page.clientWidth + 0.5,
  );
  const name = (element) => element.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
  return [`${page.scrollWidth} px in ${page.clientWidth} px`, ...wide.slice(0, 5).map(name)];
}"""

# A group of radio buttons is one stop; what is hidden, disabled or taken out of the order is none.
COLLECT_STOPS = """() => {
  const may = "a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex],[contenteditable]";
  const groups = new Set();
  window.stopsOfThisPage = [...document.querySelectorAll(may)].filter((element) => {
    if (element.matches(":disabled") || element.tabIndex < 0 || element.closest("[inert]")) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.type !== "radio" || !element.name) return true;
    const group = document.querySelectorAll(`input[type=radio][name="${CSS.escape(element.name)}"]`);
    const stop = [...group].find((radio) => radio.checked) ?? group[0];
    if (stop !== element || groups.has(element.name)) return false;
    groups.add(element.name);
    return true;
  });
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor, style.backgroundColor,
      style.textDecoration, style.color].join("|");
  };
  const whereIsTheFocus = () => {
    const element = document.activeElement;
    let index = window.stopsOfThisPage.indexOf(element);
    if (index < 0 && element?.type === "radio") {
      index = window.stopsOfThisPage.findIndex((stop) => stop.type === "radio" && stop.name === element.name);
    }
    if (index < 0) return { index, shown: true };
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    // A date has several parts, each a stop of the keyboard.
    const parts = ["date", "time", "datetime-local"].includes(element.type);
    return { index, parts, shown: outlined || look(element) !== window.looksBefore[index] };
  };
  document.activeElement?.blur();
  window.looksBefore = window.stopsOfThisPage.map(look);
  window.tabsOfThisPage = [];
  removeEventListener("keyup", window.noteOfThisPage, true);
  window.noteOfThisPage = (event) => {
    if (event.key === "Tab") window.tabsOfThisPage.push(whereIsTheFocus());
  };
  addEventListener("keyup", window.noteOfThisPage, true);
  return window.stopsOfThisPage.map((element) => element.outerHTML.replace(/\\s+/g, " ").slice(0, 120));
}"""

@cache
def axe_source() -> str:
    """The checker's source, as npm brings it."""
    if not AXE.is_file():
        raise RuntimeError("axe-core is not there; scripts/setup --test brings it.")
    return AXE.read_text(encoding="utf-8")


def describe(violation: dict[str, Any]) -> str:
    """One broken rule and the elements that break it, to be read in a terminal."""
    lines = [f"{violation['id']}: {violation['help']}"]
    for node in violation["nodes"][:5]:
        lines.append(f"    {node['html'][:160]}")
        told = [check["message"] for check in (*node["any"], *node["all"], *node["none"])]
        lines.extend(f"        {message}" for message in told[:3])
    if len(violation["nodes"]) > 5:
        lines.append(f"    and {len(violation['nodes']) - 5} more")
    return "\n".join(lines)


def assert_accessible(page: Page, within: str = "html") -> None:
    """Fail with the rules of WCAG 2.2 AA, or of 7:1 contrast, that the page breaks now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"(() => {{ {axe_source()} }}).call(window)")
    only = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    options = {**only, "rules": RULES, "checks": CHECKS}
    result = page.evaluate("([where, options]) => axe.run(where, options)", [within, options])
    violations = result["violations"]
    assert not violations, f"{page.url} is not accessible:\n" + "\n".join(map(describe, violations))


def assert_no_sideways_scroll(page: Page) -> None:
    """Fail if the page is wider than a small phone or than a window at 400 %; then put its size back."""
    before = page.viewport_size
    try:
        for name, size in NARROW:
            page.set_viewport_size(size)
            found = page.evaluate(WIDER_THAN_THE_PAGE)
            assert not found, f"{page.url} scrolls sideways at {name}: " + "\n    ".join(found)
    finally:
        if before:
            page.set_viewport_size(before)


def _tabs(page: Page, times: int) -> list[dict[str, Any]]:
    """Where each press of Tab led; the page notes it, and is asked after several presses."""
    for _ in range(times):
        page.keyboard.press("Tab")
    led: list[dict[str, Any]] = page.evaluate("window.tabsOfThisPage.splice(0)")
    return led


def assert_keyboard_reaches_everything(page: Page) -> None:
    """Press Tab through the page: every stop is reached, shows that it is, and lets go again."""
    stops: list[str] = page.evaluate(COLLECT_STOPS)
    reached: list[int] = []
    shown: set[int] = set()
    pressed = 0
    # Never more presses at once than there are stops to be reached: the last one keeps the focus.
    while (lacking := len(stops) - len({*reached} - {-1})) and pressed < 2 * len(stops) + 10:
        pressed += min(AT_ONCE, lacking)
        for there in _tabs(page, min(AT_ONCE, lacking)):
            index = there["index"]
            if there["shown"]:
                shown.add(index)
            assert index < 0 or not reached or reached[-1] != index or there["parts"], (
                f"{page.url} holds the keyboard at: {stops[index]}"
            )
            reached.append(index)
    missed = [stop for index, stop in enumerate(stops) if index not in reached]
    assert not missed, f"{page.url} has no way by keyboard to:\n    " + "\n    ".join(missed)
    hidden = [stops[index] for index in sorted({*reached} - shown)]
    assert not hidden, f"{page.url} does not show the focus on:\n    " + "\n    ".join(hidden)
