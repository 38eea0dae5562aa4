"""What every page must pass: axe, no sideways scrolling, a keyboard that reaches all and shows where."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize

AXE = Path(__file__).parents[2] / "clients" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"color-contrast-enhanced": {"enabled": True}}
# The smallest phone in use, and a 1280 by 1024 window at 400 %.
NARROW: tuple[tuple[str, ViewportSize], ...] = (
    ("360 px", {"width": 360, "height": 640}),
    ("400 %", {"width": 320, "height": 256}),
)

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
  window.lookOfThisPage = look;
  document.activeElement?.blur();
  window.looksBefore = window.stopsOfThisPage.map(look);
  return window.stopsOfThisPage.map((element) => element.outerHTML.replace(/\\s+/g, " ").slice(0, 120));
}"""

WHERE_IS_THE_FOCUS = """() => {
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
  return { index, parts, shown: outlined || window.lookOfThisPage(element) !== window.looksBefore[index] };
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
    page.evaluate(f"(() => {{ {axe_source()} }}).call(window)")
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": RULES, "resultTypes": ["violations"]}
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


def assert_keyboard_reaches_everything(page: Page) -> None:
    """Press Tab through the page: every stop is reached, shows that it is, and lets go again."""
    stops: list[str] = page.evaluate(COLLECT_STOPS)
    reached: list[int] = []
    shown: set[int] = set()
    for _ in range(2 * len(stops) + 10):
        page.keyboard.press("Tab")
        now = page.evaluate(WHERE_IS_THE_FOCUS)
        index = now["index"]
        if now["shown"]:
            shown.add(index)
        assert index < 0 or not reached or reached[-1] != index or now["parts"], (
            f"{page.url} holds the keyboard at: {stops[index]}"
        )
        reached.append(index)
        if len(set(reached) - {-1}) == len(stops):
            break
    missed = [stop for index, stop in enumerate(stops) if index not in reached]
    assert not missed, f"{page.url} has no way by keyboard to:\n    " + "\n    ".join(missed)
    hidden = [stops[index] for index in sorted({*reached} - shown)]
    assert not hidden, f"{page.url} does not show the focus on:\n    " + "\n    ".join(hidden)
