"""Reads the words of a tagged PDF in the order of its tags, as a screen reader says them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdftypes import PDFObjRef, resolve1


def tagged_text(body: bytes) -> str:
    """All words of the structure tree, in its order.

    Shape: what is no content (heads and feet of pages, rules) has no tag and is left out, as is the mark that
    a list draws before an entry, which a browser draws too; elements are kept apart by a space.
    """
    with pdfplumber.open(BytesIO(body)) as document:
        words = {_number(page): _by_mark(page) for page in document.pages}
        tree = resolve1(document.doc.catalog["StructTreeRoot"])
        return " ".join(_said(tree, words, None, ""))


def _number(page: Any) -> int:
    """The number of the object that the page is."""
    return int(page.page_obj.pageid)


def _by_mark(page: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    for char in page.chars:
        if char["mcid"] is not None:
            found[char["mcid"]] = found.get(char["mcid"], "") + char["text"]
    return found


def _said(node: Any, words: dict[int, dict[int, str]], page: int | None, outer: str) -> Iterator[str]:
    """The words of one element and of those in it, which stand between its own."""
    kind = getattr(node.get("S"), "name", "")
    if kind == "Lbl" and outer == "LI":
        return
    page = node["Pg"].objid if isinstance(node.get("Pg"), PDFObjRef) else page
    inside = resolve1(node.get("K", []))
    for child in map(resolve1, inside if isinstance(inside, list) else [inside]):
        if isinstance(child, int):
            yield words[page or 0].get(child, "")
        elif "MCID" in child:
            yield words[child["Pg"].objid if "Pg" in child else page or 0].get(child["MCID"], "")
        elif "S" in child:
            yield from _said(child, words, page, kind)
