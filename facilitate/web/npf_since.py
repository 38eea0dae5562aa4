"""After: what is new to a signatory on the outcome page, and each passage's words at another moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from facilitate.domain.outcome import PassageOutcome
from facilitate.domain.people import Actor
from facilitate.domain.since import Happening, Kind, Since
from facilitate.formats.compared import compared
from facilitate.formats.outcome_words import counted, when
from facilitate.formats.signoff_words import edit_sentence
from facilitate.queries.outcome import Reading
from facilitate.queries.since import FROZEN, OFFERED, SEEN, VOTED, Then, moments, since_of, words_then
from facilitate.queries.view import View
from facilitate.web.npf_signing import GONE

LABELS = {
    SEEN: ("what you saw last", "Since you last looked"),
    OFFERED: ("what was offered", "Since it was offered"),
    VOTED: ("what the room voted", "Since the vote"),
    FROZEN: ("the frozen document", "Since it was frozen"),
}
MOST_LINKS = 12


def since_data(view: View, reading: Reading, actor: Actor, asked: str | None, zone: str) -> dict[str, Any]:
    """For the page: what is new to this reader, and what each passage is compared with.

    Shape: {since, compare}; `since` is None for whoever signs nothing, and is `first` before they looked;
    `compare` has the moments, the one chosen ("" for none), and reference to {parts, notes} where the words
    differ from it.
    """
    since = since_of(view, reading, actor)
    known = moments(view, reading, since)
    chosen = asked if asked in (*known, "") else (SEEN if since else "")
    then = words_then(view, reading, chosen or "", since)
    return {
        "since": _told(reading, since, zone) if actor.person in reading.names else None,
        "compare": {
            "moments": [(key, LABELS[key][0]) for key in known], "chosen": chosen,
            "title": LABELS[chosen][1] if chosen else "",
            "then": _differing(reading, chosen, then, since, zone) if chosen and then else {},
        },
    }  # fmt: skip


def _differing(
    reading: Reading, chosen: str, then: Then, since: Since | None, zone: str
) -> dict[str, dict[str, Any]]:
    """The passages whose words were others then."""
    found = {}
    for passage in reading.outcome.passages:
        if passage.ref in then.words and (parts := compared(then.words[passage.ref], passage.final)):
            found[passage.ref] = {"parts": parts, "notes": _notes(passage, chosen, then, since, zone)}
    return found


def _notes(
    passage: PassageOutcome, chosen: str, then: Then, since: Since | None, zone: str
) -> list[str]:
    """Who changed the words since that moment, and why."""
    after = then.number
    if chosen == SEEN and since is not None:
        seen = since.seen.get(passage.ref)
        after = seen.number if seen else 0
    edits = [edit_sentence(e, passage.voted, zone) for e in passage.edits if e.number > after]
    decisions = since.of(Kind.DECIDED) if since and chosen == SEEN else []
    return edits + [
        f"A clerk decided between the carried motions: “{each.reason}”"
        for each in decisions
        if each.passage == passage.ref
    ]


def _told(reading: Reading, since: Since | None, zone: str) -> dict[str, Any]:
    """What is new, line by line.

    Shape: {first, at, lines}; each line has its words, links of (label, address), and how many are left.
    """
    if since is None:
        return {"first": True, "at": "", "lines": []}
    lines = []
    if since.changed:
        lines.append(_line(f"{counted(len(since.changed), 'passage')} changed:", since.changed))
    returned, answered = _passages(since.of(Kind.RETURNED)), _passages(since.of(Kind.ANSWERED))
    if returned:
        words = counted(len(returned), "passage was", "passages were")
        lines.append(_line(f"{words} returned:", returned))
    if answered:
        lines.append(_line(f"{counted(len(answered), 'return was', 'returns were')} answered:", answered))
    lines += _signed(reading, since)
    ended = [each.about for each in since.of(Kind.ENDED)]
    if ended:
        words = f"{counted(len(ended), 'comment or submission', 'comments or submissions')} got an end:"
        lines.append(_line(words, ended, "/story/"))
    for each in since.of(Kind.OFFERED):
        lines.append(_line(f"The text was offered for signing on {when(each.at, zone)}.", ()))
    return {"first": False, "at": when(since.at, zone), "lines": lines}


def _signed(reading: Reading, since: Since) -> list[dict[str, Any]]:
    """Who signed what, with a note or without."""
    found: dict[tuple[str, Kind], list[Happening]] = {}
    for each in since.of(Kind.SIGNED, Kind.DISSENTED):
        found.setdefault((each.who, each.kind), []).append(each)
    words = {Kind.SIGNED: "signed", Kind.DISSENTED: "signed with a note of dissent:"}
    return [
        _line(f"{reading.names.get(person, GONE)} {words[kind]}", _passages(acts))
        for (person, kind), acts in found.items()
    ]


def _passages(happenings: Iterable[Happening]) -> list[str]:
    return list(dict.fromkeys(each.passage for each in happenings if each.passage))


def _line(words: str, refs: Iterable[str], place: str = "#") -> dict[str, Any]:
    all_ = list(refs)
    links = [(ref, f"{place}{quote(ref.replace('/', '-'))}") for ref in all_[:MOST_LINKS]]
    return {"words": words, "links": links, "more": len(all_) - len(links)}
