"""Before the event: how the clerk corrects by hand, step by step, what an importer read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from facilitate.domain.documents import KINDS, ReadPassage, clean_text
from facilitate.domain.refusal import Refused

DEEPEST = 8
LONGEST_NUMBER = 40
# What a clerk may call a passage; rows of tables and notes keep what they are.
CALLED = ("heading", "paragraph", "item", "quote")
_DIVIDED = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Part:
    """A passage as it will be frozen.

    Shape: `sources` are the places, counted from 0, of the passages as read that it came from; a part that is
    not `taken` stays beside the document and becomes no passage; `later` is set for all but the first part of
    a passage that was split.
    """

    passage: ReadPassage
    sources: tuple[int, ...]
    taken: bool = True
    later: bool = False


@dataclass(frozen=True)
class Step:
    """One correction at one place of the parts as they were after the steps before it.

    Shape: `do` is join, split, raise, lower, number, kind, leave-out or take-back; `words` holds the new
    number or kind, or the passage's words with an empty line where it is split.
    """

    do: str
    at: int
    words: str = ""


@dataclass(frozen=True)
class Corrected:
    """The parts after some steps; `said` tells each step in words."""

    parts: tuple[Part, ...]
    said: tuple[str, ...] = field(default=())

    def passages(self) -> tuple[ReadPassage, ...]:
        """What will be frozen."""
        return tuple(part.passage for part in self.parts if part.taken)


def corrected(passages: Sequence[ReadPassage], steps: Iterable[Step]) -> Corrected:
    """The passages after the clerk's steps.

    Errors: `no-such-passage`, `nothing-to-join`, `nothing-to-split`, `words-changed`, `cannot-move`,
    `bad-number`, `bad-kind`, `unknown-step`.
    """
    parts = [Part(passage, (at,)) for at, passage in enumerate(passages)]
    said: list[str] = []
    for step in steps:
        if not 0 <= step.at < len(parts):
            raise Refused("no-such-passage", "This passage is not there any more. Nothing was changed.", "at")
        if step.do not in _STEPS:
            raise Refused("unknown-step", "This correction is not known. Nothing was changed.", "do")
        before = parts[step.at].passage
        parts = _STEPS[step.do](parts, step.at, clean_text(step.words))
        said.append(f"{_SAID[step.do]}: {_beginning(before)}")
    return Corrected(tuple(parts), tuple(said))


def shown_words(passage: ReadPassage) -> str:
    """The words of a passage with its number before them, as its document shows them."""
    return " ".join(each for each in (passage.number, passage.heading or passage.text) if each)


def _beginning(passage: ReadPassage) -> str:
    words = shown_words(passage).replace("\n", " ")
    return f"“{words[:48].rstrip()}…”" if len(words) > 48 else f"“{words}”"


def _with_words(passage: ReadPassage, words: str) -> ReadPassage:
    if passage.kind == "heading":
        return replace(passage, heading=" ".join(words.split()), text="")
    return replace(passage, heading="", text=words)


def _join(parts: list[Part], at: int, _: str) -> list[Part]:
    """The passage becomes the end of the one before it."""
    before = next((place for place in range(at - 1, -1, -1) if parts[place].taken), None)
    if before is None or not parts[at].taken:
        raise Refused("nothing-to-join", "There is no passage before it to join it to.", "at")
    first, second = parts[before], parts[at]
    words = f"{first.passage.heading or first.passage.text} {shown_words(second.passage)}"
    sources = tuple(sorted({*first.sources, *second.sources}))
    joined = replace(first, passage=_with_words(first.passage, words), sources=sources)
    return [*parts[:before], joined, *parts[before + 1 : at], *parts[at + 1 :]]


def _split(parts: list[Part], at: int, words: str) -> list[Part]:
    """The passage is divided where empty lines were put; its words stay what they are."""
    part = parts[at]
    whole = part.passage.heading or part.passage.text
    pieces = [piece.strip() for piece in _DIVIDED.split(words) if piece.strip()]
    if "".join("".join(pieces).split()) != "".join(whole.split()):
        raise Refused(
            "words-changed",
            "Only empty lines may be added where the passage is split; its words were changed too. "
            "Nothing was split.",
            "words",
        )
    if len(pieces) < 2:
        raise Refused(
            "nothing-to-split",
            "Put an empty line where the passage is to be split. Nothing was split.",
            "words",
        )
    first = replace(part, passage=_with_words(part.passage, pieces[0]))
    after = replace(
        part.passage, number="", kind="paragraph" if part.passage.kind == "heading" else part.passage.kind
    )
    rest = [replace(part, passage=_with_words(after, piece), later=True) for piece in pieces[1:]]
    return [*parts[:at], first, *rest, *parts[at + 1 :]]


def _move(parts: list[Part], at: int, by: int) -> list[Part]:
    """The passage moves in or out with all that stands inside it."""
    own = parts[at].passage.depth
    end = at + 1
    while end < len(parts) and parts[end].passage.depth > own:
        end += 1
    deepest = max(part.passage.depth for part in parts[at:end])
    above = next((p.passage.depth for p in reversed(parts[:at]) if p.taken), -1)
    if own + by < 0 or deepest + by > DEEPEST or own + by > above + 1:
        raise Refused("cannot-move", "The passage cannot stand further in or out than it does.", "at")
    moved = [replace(p, passage=replace(p.passage, depth=p.passage.depth + by)) for p in parts[at:end]]
    return [*parts[:at], *moved, *parts[end:]]


def _number(parts: list[Part], at: int, words: str) -> list[Part]:
    """The passage gets another number; one that stood at the start of its words is taken out of them."""
    number, passage = " ".join(words.split()), parts[at].passage
    if len(number) > LONGEST_NUMBER or (number and not any(c.isalnum() for c in number)):
        raise Refused("bad-number", "A number has a letter or figure in it and at most 40 signs.", "words")
    whole = passage.heading or passage.text
    if not number:
        # Whatever was taken for a number belongs to the words again, so that nothing is lost.
        changed = _with_words(replace(passage, number=""), shown_words(passage))
    elif not passage.number and whole.startswith(number) and whole[len(number) :].strip():
        changed = _with_words(replace(passage, number=number), whole[len(number) :].strip())
    else:
        changed = replace(passage, number=number)
    return [*parts[:at], replace(parts[at], passage=changed), *parts[at + 1 :]]


def _kind(parts: list[Part], at: int, words: str) -> list[Part]:
    """The passage is a heading, a paragraph, an entry of a list or a quotation after all."""
    if words not in CALLED or words not in KINDS:
        raise Refused("bad-kind", "Choose what the passage is from the list.", "words")
    passage = parts[at].passage
    changed = _with_words(replace(passage, kind=words), passage.heading or passage.text)
    return [*parts[:at], replace(parts[at], passage=changed), *parts[at + 1 :]]


def _taken(parts: list[Part], at: int, taken: bool) -> list[Part]:
    return [*parts[:at], replace(parts[at], taken=taken), *parts[at + 1 :]]


_STEPS: dict[str, Callable[[list[Part], int, str], list[Part]]] = {
    "join": _join,
    "split": _split,
    "raise": lambda parts, at, _: _move(parts, at, -1),
    "lower": lambda parts, at, _: _move(parts, at, 1),
    "number": _number,
    "kind": _kind,
    "leave-out": lambda parts, at, _: _taken(parts, at, False),
    "take-back": lambda parts, at, _: _taken(parts, at, True),
}
_SAID = {
    "join": "Joined to the passage before it",
    "split": "Split",
    "raise": "Raised",
    "lower": "Lowered",
    "number": "Numbered anew",
    "kind": "Called something else",
    "leave-out": "Left out as no text",
    "take-back": "Taken back",
}
