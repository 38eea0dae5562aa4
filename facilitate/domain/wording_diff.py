"""Motions and comments: the change of wording that makes one text of another, word by word."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace

from facilitate.domain.wording import Edit, Ops, nfc, ops_of

_PUNCTUATION = re.escape(".,;:!?()[]“”\"…")
# A figure such as 2.5 or 1,000 is one word: "delete 5, insert 6" read aloud would mislead.
_TOKEN = re.compile(rf"(?:[^\s{_PUNCTUATION}]|(?<=\d)[.,:](?=\d))+|[{_PUNCTUATION}]")
_EDGE = re.compile(rf"[\s{_PUNCTUATION}]")


def diff_ops(old: str, new: str) -> Ops:
    """The change, word by word, that makes the new text of the old one; the same for the same two texts.

    Shape: normal form; applied to the old text it gives the new one.
    """
    old, new = nfc(old), nfc(new)
    before, after = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    places: list[Edit] = []
    at_old = at_new = kept = 0
    for i, j in [*_matched(before, after), (None, None)]:
        end_old = len(old) if i is None else before[i].start()
        end_new = len(new) if j is None else after[j].start()
        lead, delete, insert, trail = _without_common_space(old[at_old:end_old], new[at_new:end_new])
        if delete or insert:
            places.append(Edit(kept + lead, delete, insert))
            kept = trail
        else:
            kept += lead + trail
        if i is not None and j is not None:
            kept += len(before[i].group())
            at_old, at_new = before[i].end(), after[j].end()
    return ops_of(_slid([*places, Edit(kept)], old))


def _matched(before: list[re.Match[str]], after: list[re.Match[str]]) -> list[tuple[int | None, int | None]]:
    """The words that stay, as pairs of places; spaces are left out, else they chop sentences into words."""
    matcher = difflib.SequenceMatcher(
        None, [word.group() for word in before], [word.group() for word in after], autojunk=False)
    return [(block.a + k, block.b + k) for block in matcher.get_matching_blocks() for k in range(block.size)]


def _without_common_space(old: str, new: str) -> tuple[int, str, str, int]:
    """Two stretches without the white space at their ends that both have, and how much that is."""
    lead = trail = 0
    while lead < min(len(old), len(new)) and old[lead] == new[lead] and old[lead].isspace():
        lead += 1
    old, new = old[lead:], new[lead:]
    shorter = min(len(old), len(new))
    while trail < shorter and old[-1 - trail] == new[-1 - trail] and old[-1 - trail].isspace():
        trail += 1
    return lead, old[:len(old) - trail], new[:len(new) - trail], trail


def _slid(places: list[Edit], old: str) -> list[Edit]:
    """The same places, each single insertion or deletion beginning at a word where it could as well.

    Of "One. Two." made "One. Half. Two." the reader sees "Half. " come in, not ". Half".
    """
    at = 0
    for index in range(len(places) - 1):
        edit = places[index]
        at += edit.keep + len(edit.delete)
        text, follower = edit.delete or edit.insert, places[index + 1]
        spare = follower.keep - (1 if follower.delete or follower.insert else 0)
        slide = 0
        while slide < spare and text[0] == old[at + slide] and _EDGE.match(text):
            text, slide = text[1:] + text[0], slide + 1
        if not slide or (edit.delete and edit.insert):
            continue
        places[index] = Edit(edit.keep + slide, text if edit.delete else "", text if edit.insert else "")
        places[index + 1] = replace(follower, keep=follower.keep - slide)
        at += slide
    return places
