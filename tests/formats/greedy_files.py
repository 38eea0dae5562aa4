"""Makes small files that ask a reader for far more than they hold: a thousand million cells, deep nesting."""

from __future__ import annotations

import zlib

from tests.formats.odt_files import odt_parts
from tests.formats.pdf_files import raw_pdf, shown_line
from tests.formats.word_files import p, package, word_file, word_parts

MANY = 1_000_000_000
DEEP = 5_000


def greedy_files() -> dict[str, tuple[bytes, str]]:
    """Each file by its name, with a word that is in it, or the code of its refusal."""
    table = (
        f'<table:table><table:table-column table:number-columns-repeated="{MANY}"/>'
        f'<table:table-row table:number-rows-repeated="{MANY}">'
        f'<table:table-cell table:number-columns-repeated="{MANY}"><text:p>Words</text:p></table:table-cell>'
        "<table:table-cell><text:p>more</text:p></table:table-cell></table:table-row></table:table>"
    )
    lists = "<text:list><text:list-item>" * DEEP, "</text:list-item></text:list>" * DEEP
    span = f'<w:tc><w:tcPr><w:gridSpan w:val="{MANY}"/></w:tcPr>{p("Words")}</w:tc><w:tc>{p("more")}</w:tc>'
    html = f"<html><table><tr><td colspan={MANY} rowspan={MANY}>Words<td>more<tr><td>last</table></html>"
    return {
        "cells.odt": (package(odt_parts(table)), "Words"),
        "spaces.odt": (package(odt_parts(f'<text:p>Words<text:s text:c="{MANY}"/>end</text:p>')), "Words"),
        "lists.odt": (package(odt_parts(f"{lists[0]}<text:p>x</text:p>{lists[1]}")), "damaged-document"),
        "span.docx": (word_file(f"<w:tbl><w:tr>{span}</w:tr></w:tbl>"), "Words"),
        "tables.docx": (_nested_tables(), "damaged-document"),
        "span.html": (html.encode(), "Words"),
        "blocks.html": (b"<html><body>" + b"<div>" * 40 * DEEP + b"x", "empty-document"),
        "brackets.pdf": (raw_pdf(shown_line("Words."), extra=_brackets()), "Words."),
        "orders.pdf": (_packed(b"q " * 3_000_000), "expands-too-far"),
        "lines.pdf": (_packed(shown_line("Words.") * 300_000), "expands-too-far"),
    }


def _nested_tables() -> bytes:
    parts = word_parts(p("x"))
    text = parts["word/document.xml"]
    begun = text.replace(b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * DEEP)
    ended = begun.replace(b"</w:body>", b"<w:p/></w:tc></w:tr></w:tbl>" * DEEP + b"</w:body>")
    return package(parts | {"word/document.xml": ended})


def _brackets() -> bytes:
    return b"<< /A " + b"[" * 20 * DEEP + b"]" * 20 * DEEP + b" >>"


def _packed(orders: bytes) -> bytes:
    return raw_pdf(zlib.compress(orders + shown_line("Words."), 9), more=b"/Filter /FlateDecode")
