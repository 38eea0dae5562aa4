"""Before the event: says in sentences what a Word file holds that did not become text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from facilitate.formats.docx_package import DocxParts
from facilitate.formats.docx_styles import w

_ONE_AND_MANY = {
    "picture": ("One picture was not taken.", "{n} pictures were not taken."),
    "chart": ("One chart or diagram was not taken.", "{n} charts or diagrams were not taken."),
    "object": ("One embedded object was not taken.", "{n} embedded objects were not taken."),
    "formula": (
        "One formula was taken as plain letters; compare it with the original.",
        "{n} formulas were taken as plain letters; compare them with the original.",
    ),
    "symbol": (
        "One sign from a symbol font could not be read.",
        "{n} signs from symbol fonts could not be read.",
    ),
    "counter": (
        "One number is made by a counting field that Word does not write out; it is missing here.",
        "{n} numbers are made by counting fields that Word does not write out; they are missing here.",
    ),
    "hidden": (
        "One stretch of text that Word hides was taken with the rest.",
        "{n} stretches of text that Word hides were taken with the rest.",
    ),
    "chunk": (
        "One other file is embedded in the text; it was not read.",
        "{n} embedded files were not read.",
    ),
    "uncited": (
        "One note is cited nowhere; it stands at the end.",
        "{n} notes are cited nowhere; they stand at the end.",
    ),
}


def unread_sentences(parts: DocxParts, odd: Counter[str]) -> Iterator[str]:
    """What the clerk should compare with the original, most important first."""
    for kind, (one, many) in _ONE_AND_MANY.items():
        if odd[kind]:
            yield one if odd[kind] == 1 else many.format(n=odd[kind])
    comments = parts.part("comments")
    if comments is not None and (count := len(comments.findall(w("comment")))):
        yield f"Review comments in the margin were not taken ({count})."
    deleted = any(True for _ in parts.document.iter(w("del"), w("moveFrom")))
    if deleted or any(True for _ in parts.document.iter(w("ins"), w("moveTo"))):
        yield "The file holds tracked changes: insertions were taken, deletions were left out."
    if any(True for _ in parts.document.iter(w("headerReference"), w("footerReference"))):
        yield "Headers and footers of the pages were not taken."
