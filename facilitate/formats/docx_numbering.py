"""Before the event: works out the numbers that Word shows but does not write into the text."""

# Source: ECMA-376 part 1, 17.9. Where it is silent Word's own way is followed: all lists made from one
# abstract definition count together; a level that was skipped counts as used once (Microsoft KB Q110380).

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from facilitate.formats.docx_numerals import numeral
from facilitate.formats.docx_styles import Styles, is_on, number, value, w

LEVELS = 9
_REFERENCE = re.compile(r"%([1-9])")
_CUSTOM = re.compile(r"\s*(0*[1-9]\d*)\s*,")


@dataclass(frozen=True)
class Level:
    """One level of a list as its definition describes it."""

    start: int = 0
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    left: int | None = None

    @property
    def counts(self) -> bool:
        """Whether the level shows a number of its own rather than a sign."""
        return self.format not in ("bullet", "none")


@dataclass(frozen=True)
class Place:
    """Where in the lists a paragraph stands: which list instance, which level."""

    instance: str
    level: int


@dataclass(frozen=True)
class Label:
    """What Word shows before a paragraph; `shown` is empty for a bullet."""

    shown: str
    bullet: bool
    family: str
    level: int
    left: int | None


@dataclass
class _Family:
    """What all lists of one abstract definition share: the levels and the running counts."""

    identity: str
    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass
class _Instance:
    family: _Family
    levels: dict[int, Level]
    starts: dict[int, int]
    begun: bool = False


class Numbering:
    """The lists of one file and their running counts; ask it for each paragraph once, in document order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstract: dict[str, etree._Element] = {}
        self.instances: dict[str, _Instance] = {}
        if root is None:
            return
        for definition in root.findall(w("abstractNum")):
            self.abstract.setdefault(definition.get(w("abstractNumId")) or "", definition)
        nums = {num.get(w("numId")) or "": num for num in root.findall(w("num"))}
        families: dict[str, _Family] = {}
        for identity, num in nums.items():
            abstract = self._resolved(num, nums)
            if abstract not in families:
                families[abstract] = _Family(abstract, _levels(self.abstract.get(abstract)))
            self.instances[identity] = _instance(num, families[abstract])

    def _resolved(self, num: etree._Element, nums: dict[str, etree._Element]) -> str:
        """The abstract definition behind a list, through the numbering styles that stand in between."""
        seen: set[str] = set()
        identity = value(num, "abstractNumId") or ""
        while identity in self.abstract and identity not in seen:
            seen.add(identity)
            link = value(self.abstract[identity], "numStyleLink")
            if link is None:
                break
            linked = value(self.styles.by_id.get(link), "pPr", "numPr", "numId")
            target = value(nums.get(linked or ""), "abstractNumId")
            identity = target or self._with_style_link(link) or identity
        return identity

    def _with_style_link(self, style: str) -> str | None:
        for identity, definition in self.abstract.items():
            if value(definition, "styleLink") == style:
                return identity
        return None

    def place(self, paragraph: etree._Element) -> Place | None:
        """The list and level of a paragraph: its own, else those of its styles; None if it has no number."""
        own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        own_list, own_level = value(own, "numId"), number(value(own, "ilvl"))
        chain = self.styles.chain(paragraph)
        style_list, style_level = self._by_style(chain)
        instance = own_list if own_list is not None else style_list
        if instance is None or instance == "0" or instance not in self.instances:
            return None
        level = own_level
        if level is None:
            level = style_level if own_list in (None, style_list) else self._linked(instance, chain)
        return Place(instance, min(max(level or 0, 0), LEVELS - 1))

    def _by_style(self, chain: list[etree._Element]) -> tuple[str | None, int | None]:
        """List and level that the styles give; a level that names the style goes before its own `ilvl`."""
        numbered = [style.find(f"{w('pPr')}/{w('numPr')}") for style in chain]
        instance = next((found for one in numbered if (found := value(one, "numId")) is not None), None)
        for style, setting in zip(chain, numbered, strict=True):
            level = self._linked(instance or "", [style])
            if level is None:
                level = number(value(setting, "ilvl"))
            if level is not None or value(setting, "numId") is not None:
                return instance, level
        return instance, None

    def _linked(self, instance: str, chain: list[etree._Element]) -> int | None:
        if instance not in self.instances:
            return None
        levels = self.instances[instance].levels
        for style in chain:
            for at, level in levels.items():
                if level.style and level.style == style.get(w("styleId")):
                    return at
        return None

    def shows(self, place: Place) -> bool:
        """Whether paragraphs at that place show a number and no bullet."""
        level = self.instances[place.instance].levels.get(place.level, Level())
        return level.counts and bool(_REFERENCE.search(level.text))

    def count(self, place: Place) -> Label:
        """Counts a paragraph at that place and says what Word shows before it."""
        instance = self.instances[place.instance]
        _advance(instance, place.level)
        level = instance.levels.get(place.level, Level())
        bullet = level.format == "bullet"
        shown = "" if bullet else _shown(instance, place.level)
        return Label(shown, bullet, instance.family.identity, place.level, level.left)


def _advance(instance: _Instance, at: int) -> None:
    """Moves the counts of the list's family on by one paragraph at that level.

    A list's own start breaks into a running count once, at the first of its levels that has one.
    """
    counts = instance.family.counts
    for outer in range(at):
        if counts[outer] is None:
            counts[outer] = instance.levels.get(outer, Level()).start
    running, own_start = counts[at], instance.starts.get(at)
    if own_start is not None and (running is None or not instance.begun):
        counts[at] = own_start
        instance.begun = True
    else:
        counts[at] = instance.levels.get(at, Level()).start if running is None else running + 1
    for inner in range(at + 1, LEVELS):
        restart = instance.levels.get(inner, Level()).restart
        if restart is None or restart > inner or at < restart:
            counts[inner] = None


def _shown(instance: _Instance, at: int) -> str:
    """The level's text with the counts filled in; a level without a number of its own prints nothing."""
    level = instance.levels.get(at, Level())

    def filled(match: re.Match[str]) -> str:
        which = int(match[1]) - 1
        referred = instance.levels.get(which, Level())
        if which > at or not referred.counts:
            return ""
        count = instance.family.counts[which]
        plain = level.legal and not referred.format.startswith("decimalZero")
        return numeral(count if count is not None else 0, "decimal" if plain else referred.format)

    shown = _REFERENCE.sub(filled, level.text)
    return " ".join(shown.split()) if any(c.isalnum() for c in shown) else ""


def _instance(num: etree._Element, family: _Family) -> _Instance:
    levels, starts = dict(family.levels), {}
    for override in num.findall(w("lvlOverride")):
        at = number(override.get(w("ilvl")))
        if at is None or not 0 <= at < LEVELS:
            continue
        definition = override.find(w("lvl"))
        if definition is not None:
            levels[at] = _level(definition)
        start = number(value(override, "startOverride"))
        if start is not None:
            starts[at] = start
    return _Instance(family, levels, starts)


def _levels(definition: etree._Element | None) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in definition.findall(w("lvl")) if definition is not None else ():
        at = number(level.get(w("ilvl")))
        if at is not None and 0 <= at < LEVELS:
            found.setdefault(at, _level(level))
    return found


def _level(definition: etree._Element) -> Level:
    indent = definition.find(f"{w('pPr')}/{w('ind')}")
    left = None if indent is None else number(indent.get(w("left")) or indent.get(w("start")))
    plain = Level(
        start=number(value(definition, "start")) or 0,
        format=_format(definition),
        text=value(definition, "lvlText") or "",
        restart=number(value(definition, "lvlRestart")),
        legal=is_on(definition, "isLgl"),
        style=value(definition, "pStyle") or "",
        left=left,
    )
    if definition.find(w("lvlPicBulletId")) is not None:
        return replace(plain, format="bullet")
    return plain


def _format(definition: etree._Element) -> str:
    """The number format; newer ones stand in a choice beside a fallback, with a sample: "001, 002"."""
    formats = list(definition.iter(w("numFmt")))
    if not formats:
        return "decimal"
    sample = _CUSTOM.match(formats[0].get(w("format")) or "")
    if formats[0].get(w("val")) == "custom":
        width = len(sample[1]) if sample else 1
        return {1: "decimal", 2: "decimalZero", 3: "decimalZero3", 4: "decimalZero4"}.get(
            width, "decimalZero5"
        )
    return formats[0].get(w("val")) or "decimal"
