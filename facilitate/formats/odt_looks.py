"""Outcome: the look of an OpenDocument text: page, typeface, headings, table cells, labels in the margin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from facilitate.formats.odt_parts import element, paragraph
from facilitate.formats.outcome_record_page import foot_line

TYPEFACE = "Arial"
INK, QUIET, LINE = "#15171c", "#4a4f5a", "#8b8678"
PAGE_BREAK = "Page_20_break"
LABEL, TRACKED_ROW = "Ref", "Tracked_20_row"
_TITLES = ((1, "18pt"), (2, "14pt"), (3, "12pt"), (4, "11pt"))
# Widths of a table's columns, as a share of the page; `Share 3` is three times as wide as `Share 1`.
_SHARES = range(1, 17)


def styles_xml(data: dict[str, Any]) -> Any:
    """The styles part: named styles, page and the line at the foot of each page."""
    styles = element("office:styles", _default(), *_named())
    layout = element("style:page-layout-properties", fo__page_width="210mm", fo__page_height="297mm")
    for side in ("top", "bottom", "left", "right"):
        layout.set(_fo(f"margin-{side}"), "25mm")
    page = element("style:page-layout", layout, style__name="A4")
    foot = element("style:footer", paragraph(foot_line(data), "Quiet"))
    master = element("style:master-page", foot, style__name="Standard", style__page_layout_name="A4")
    return element(
        "office:document-styles",
        styles,
        element("office:automatic-styles", page),
        element("office:master-styles", master),
        office__version="1.3",
    )


def automatic_styles(labels: Iterable[tuple[str, bool]]) -> Any:
    """The styles of tables, and each passage's reference as the label of a list of one.

    Shape: `labels` are the words, and whether the passage stands right beside them.
    """
    made = element("office:automatic-styles", *_table_styles())
    for number, (words, is_tight) in enumerate(labels):
        level = element(
            "text:list-level-style-number", _tight() if is_tight else _hanging(), text__level=1,
            style__num_format="", style__num_prefix=words, text__style_name="Label",
        )  # fmt: skip
        made.append(element("text:list-style", level, style__name=f"{LABEL}{number}"))
    return made


def _hanging() -> Any:
    place = element(
        "style:list-level-label-alignment", text__label_followed_by="listtab", fo__margin_left="25mm",
        fo__text_indent="-25mm",
    )  # fmt: skip
    mode = "label-alignment"
    return element("style:list-level-properties", place, text__list_level_position_and_space_mode=mode)


def _tight() -> Any:
    place = element("style:list-level-label-alignment", text__label_followed_by="space")
    mode = "label-alignment"
    return element("style:list-level-properties", place, text__list_level_position_and_space_mode=mode)


def _fo(local: str) -> str:
    return f"{{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}}{local}"


def _default() -> Any:
    words = element(
        "style:text-properties", fo__font_size="10.5pt", fo__language="en", fo__country="GB", fo__color=INK,
        fo__font_family=TYPEFACE,
    )  # fmt: skip
    return element("style:default-style", words, style__family="paragraph")


def _style(name: str, parent: str, words: dict[str, str], place: dict[str, str]) -> Any:
    made = element("style:style", style__name=name, style__family="paragraph")
    if parent:
        made.set("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}parent-style-name", parent)
    about, text = element("style:paragraph-properties"), element("style:text-properties")
    for key, value in place.items():
        about.set(_fo(key), value)
    for key, value in words.items():
        text.set(_fo(key), value)
    made.extend([about, text])
    return made


def _named() -> Sequence[Any]:
    after = {"margin-bottom": "6pt"}
    found = [
        _style("Standard", "", {}, after),
        _style("Title", "Standard", {"font-size": "26pt", "font-weight": "bold"}, {"margin-bottom": "12pt"}),
        _style("Quiet", "Standard", {"font-size": "9pt", "color": QUIET}, after),
        _style("Passage", "Standard", {}, after),
        _style("Passage_20_item", "Passage", {}, after),
        _style("Note", "Quiet", {}, {"margin-bottom": "2pt"}),
        _style("Table_20_Contents", "Standard", {}, {"margin-bottom": "0pt"}),
        _style("Table_20_Heading", "Table_20_Contents", {"font-weight": "bold"}, {}),
        _style(PAGE_BREAK, "Standard", {}, {"break-before": "page"}),
    ]
    for level, size in _TITLES:
        place = {"margin-top": "12pt", "margin-bottom": "6pt", "keep-with-next": "always"}
        look = {"font-size": size, "font-weight": "bold"}
        found.append(_style(f"Heading_20_{level}", "Standard", look, place))
    strong = element("style:text-properties", fo__font_weight="bold")
    found.append(element("style:style", strong, style__name="Strong", style__family="text"))
    quiet = element("style:text-properties", fo__font_size="8pt", fo__color=QUIET, fo__font_weight="normal")
    found.append(element("style:style", quiet, style__name="Label", style__family="text"))
    return found


def _table_styles() -> list[Any]:
    grid = element("style:table-properties", style__width="160mm")
    edge = element("style:table-cell-properties", fo__border=f"0.5pt solid {LINE}", fo__padding="1.5mm")
    columns = [
        element(
            "style:style", element("style:table-column-properties", style__rel_column_width=f"{share}*"),
            style__name=f"Share_20_{share}", style__family="table-column",
        )
        for share in _SHARES
    ]  # fmt: skip
    row = element("style:table-row-properties", loext__text_changes_only="false")
    return [
        element("style:style", row, style__name=TRACKED_ROW, style__family="table-row"),
        element("style:style", grid, style__name="Grid", style__family="table"),
        element("style:style", edge, style__name="Cell", style__family="table-cell"),
        *columns,
    ]
