"""The numbers that Word shows and does not write, one rule of the format at a time."""

import pytest

from tests.formats.word_files import abstract, lvl, num, numbered, p, read, restart, shown, style, table

LEGAL = (lvl(0, "%1."), lvl(1, "%1.%2"), lvl(2, "(%3)", "lowerLetter"), lvl(3, "(%4)", "lowerRoman"))


def outline(*levels: int) -> list[str]:
    """The numbers that those levels get, one after the other, in the usual legal list."""
    body = "".join(p("x", num=(1, level)) for level in levels)
    found = read(body, numbering=abstract(0, *LEGAL) + num(1, 0))
    return [passage.number for passage in found.passages]


def test_inner_levels_start_anew_under_each_outer_one() -> None:
    assert outline(0, 1, 1, 2, 2, 3, 1, 2, 0, 1) == [
        "1.", "1.1", "1.2", "(a)", "(b)", "(i)", "1.3", "(a)", "2.", "2.1",
    ]  # fmt: skip


def test_level_that_was_skipped_counts_as_used_once() -> None:
    assert outline(1, 1, 0, 1) == ["1.1", "1.2", "2.", "2.1"]


def test_lists_of_one_definition_go_on_counting() -> None:
    lists = abstract(0, *LEGAL) + num(1, 0) + num(2, 0)
    found = read(p("a", num=(1, 0)) + p("b", num=(2, 0)) + p("c", num=(1, 0)), numbering=lists)
    assert shown(found) == ["1. a", "2. b", "3. c"]


def test_start_override_restarts_once_and_carries_on() -> None:
    lists = abstract(0, *LEGAL) + num(1, 0) + num(2, 0, restart(0, 8))
    body = "".join(p("x", num=(which, 0)) for which in (1, 1, 2, 2, 1))
    assert [passage.number for passage in read(body, numbering=lists).passages] == [
        "1.",
        "2.",
        "8.",
        "9.",
        "10.",
    ]


def test_override_of_an_inner_level_is_its_start_each_time() -> None:
    lists = abstract(0, *LEGAL) + num(1, 0, restart(1, 5))
    body = "".join(p("x", num=(1, level)) for level in (0, 1, 1, 0, 1))
    numbers = [passage.number for passage in read(body, numbering=lists).passages]
    assert numbers == ["1.", "1.5", "1.6", "2.", "2.5"]


def test_override_breaks_into_a_running_count_only_once() -> None:
    lists = abstract(0, *LEGAL) + num(1, 0) + num(2, 0, restart(0, 1) + restart(1, 1))
    body = "".join(p("x", num=place) for place in ((1, 0), (1, 1), (1, 1), (2, 1), (2, 1), (2, 0)))
    numbers = [passage.number for passage in read(body, numbering=lists).passages]
    assert numbers == ["1.", "1.1", "1.2", "1.1", "1.2", "2."]


def test_override_of_a_whole_level_changes_how_it_looks() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{lvl(0, "Part %1", "upperRoman", 4)}</w:lvlOverride>'
    lists = abstract(0, *LEGAL) + num(1, 0, override)
    assert shown(read(p("Schools", num=(1, 0)), numbering=lists)) == ["Part IV Schools"]


@pytest.mark.parametrize(
    ("restarts_after", "expected"), [("0", "(c)"), ("1", "(c)"), ("2", "(a)"), ("9", "(a)")]
)
def test_level_restarts_only_after_the_level_it_names(restarts_after: str, expected: str) -> None:
    third = lvl(2, "(%3)", "lowerLetter", more=f'<w:lvlRestart w:val="{restarts_after}"/>')
    lists = abstract(0, LEGAL[0], LEGAL[1], third) + num(1, 0)
    body = "".join(p("x", num=(1, level)) for level in (0, 1, 2, 2, 1, 2))
    assert read(body, numbering=lists).passages[-1].number == expected


def test_level_that_never_restarts_goes_on_under_the_next_part() -> None:
    second = lvl(1, "%2.", more='<w:lvlRestart w:val="0"/>')
    lists = abstract(0, lvl(0, "Part %1", "upperRoman"), second) + num(1, 0)
    body = "".join(p("x", num=(1, level)) for level in (0, 1, 1, 0, 1))
    numbers = [passage.number for passage in read(body, numbering=lists).passages]
    assert numbers == ["Part I", "1.", "2.", "Part II", "3."]


def test_number_comes_from_the_style_and_the_level_that_names_it() -> None:
    levels = (
        lvl(0, "%1", more='<w:pStyle w:val="One"/>'),
        lvl(1, "%1.%2", more='<w:pStyle w:val="Two"/>'),
    )
    styles = style("One", numbered(1)) + style("Two", numbered(1, 0)) + style("Three", "", based_on="Two")
    body = p("a", "One") + p("b", "Two") + p("c", "Three") + p("d", "One")
    found = read(body, numbering=abstract(0, *levels) + num(1, 0), styles=styles)
    assert shown(found) == ["1 a", "1.1 b", "1.2 c", "2 d"]


def test_style_that_sets_only_the_level_takes_the_list_of_its_base() -> None:
    styles = style("One", numbered(1)) + style("Two", numbered(level=1), based_on="One")
    found = read(p("a", "One") + p("b", "Two"), numbering=abstract(0, *LEGAL) + num(1, 0), styles=styles)
    assert shown(found) == ["1. a", "1.1 b"]


def test_paragraph_may_set_only_its_level_or_only_its_list() -> None:
    styles = style("One", numbered(1))
    deeper = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    other = '<w:numPr><w:numId w:val="2"/></w:numPr>'
    lists = abstract(0, *LEGAL) + abstract(5, lvl(0, "%1)", "lowerLetter")) + num(1, 0) + num(2, 5)
    body = p("a", "One") + p("b", "One", properties=deeper) + p("c", "One", properties=other)
    assert shown(read(body, numbering=lists, styles=styles)) == ["1. a", "1.1 b", "a) c"]


def test_list_zero_takes_the_number_away() -> None:
    styles = style("One", numbered(1)) + style("Plain", numbered(0), based_on="One")
    body = p("a", "One") + p("b", "One", num=0) + p("c", "Plain") + p("d", "One")
    lists = abstract(0, *LEGAL) + num(0, 0) + num(1, 0)
    assert shown(read(body, numbering=lists, styles=styles)) == ["1. a", "b", "c", "2. d"]


def test_default_style_numbers_paragraphs_that_name_no_style() -> None:
    styles = style("Body", numbered(1)).replace("w:styleId", 'w:default="1" w:styleId')
    assert shown(read(p("a"), numbering=abstract(0, *LEGAL) + num(1, 0), styles=styles)) == ["1. a"]


def test_numbering_style_leads_to_the_definition_behind_it() -> None:
    lists = (
        abstract(0, more='<w:numStyleLink w:val="Legal"/>')
        + abstract(1, *LEGAL, more='<w:styleLink w:val="Legal"/>')
        + num(1, 0)
        + num(2, 1)
    )
    styles = style("Legal", numbered(2), kind="numbering")
    found = read(p("a", num=(1, 0)) + p("b", num=(2, 1)), numbering=lists, styles=styles)
    assert shown(found) == ["1. a", "1.1 b"]


def test_circles_and_holes_in_a_damaged_file_end_without_harm() -> None:
    lists = abstract(0, more='<w:numStyleLink w:val="Legal"/>') + num(1, 0) + num(2, 77)
    styles = (
        style("Legal", numbered(1), kind="numbering") + style("A", based_on="B") + style("B", based_on="A")
    )
    body = p("a", "A", num=(1, 0)) + p("b", num=(2, 0)) + p("c", num=(99, 0)) + p("d", "Nowhere", num=(1, 77))
    assert shown(read(body, numbering=lists, styles=styles)) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("fmt", "count", "number"),
    [
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 3, "C"), ("lowerRoman", 14, "xiv"), ("upperRoman", 99, "XCIX"),
        ("ordinal", 11, "11th"), ("ordinal", 22, "22nd"), ("cardinalText", 21, "Twenty-one"),
        ("ordinalText", 40, "Fortieth"),
        ("ordinalText", 112, "One hundred twelfth"), ("decimalZero", 7, "07"),
        ("hex", 255, "FF"), ("decimalEnclosedCircle", 3, "③"), ("hebrew1", 4, "4"),
        ("lowerLetter", 0, ""),
    ],
)  # fmt: skip
def test_number_formats(fmt: str, count: int, number: str) -> None:
    found = read(p("x", num=(1, 0)), numbering=abstract(0, lvl(0, "%1", fmt, count)) + num(1, 0))
    assert found.passages[0].number == number


def test_sample_of_a_newer_format_gives_its_width() -> None:
    choice = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert shown(read(p("x", num=(1, 0)), numbering=abstract(0, choice) + num(1, 0))) == ["001 x"]


def test_legal_level_writes_outer_roman_numbers_as_digits() -> None:
    levels = (lvl(0, "Article %1", "upperRoman"), lvl(1, "%1.%2", more="<w:isLgl/>"))
    body = p("a", num=(1, 0)) + p("b", num=(1, 1))
    assert shown(read(body, numbering=abstract(0, *levels) + num(1, 0))) == ["Article I a", "1.1 b"]


def test_bullet_is_no_number_and_a_level_of_bullets_prints_none() -> None:
    levels = (lvl(0, "%1."), lvl(1, "\uf0b7", "bullet"), lvl(2, "%1.%2%3"))
    body = p("a", num=(1, 0)) + p("b", num=(1, 1)) + p("c", num=(1, 2))
    found = read(body, numbering=abstract(0, *levels) + num(1, 0))
    assert [(passage.kind, passage.number) for passage in found.passages] == [
        ("paragraph", "1."),
        ("item", ""),
        ("paragraph", "1.1"),
    ]


def test_level_without_a_start_starts_at_zero() -> None:
    lists = abstract(0, lvl(0, "%1", start=None)) + num(1, 0)
    assert shown(read(p("a", num=(1, 0)) + p("b", num=(1, 0)), numbering=lists)) == ["0 a", "1 b"]


def test_empty_numbered_paragraph_counts() -> None:
    lists = abstract(0, *LEGAL) + num(1, 0)
    body = p("a", num=(1, 0)) + p("", num=(1, 0)) + p("c", num=(1, 0))
    assert shown(read(body, numbering=lists)) == ["1. a", "3. c"]


def test_words_after_an_article_number_that_stands_alone_belong_to_it() -> None:
    lists = abstract(0, lvl(0, "Article %1")) + num(1, 0)
    assert shown(read(p("", num=(1, 0)) + p("Schools"), numbering=lists)) == ["Article 1 Schools"]


def test_numbers_in_tables_count_with_those_around_them() -> None:
    lists = abstract(0, *LEGAL) + num(1, 0)
    body = (
        p("a", num=(1, 0))
        + table([p("", num=(1, 0)), p("b")], [p("c", num=(1, 0)), p("d")])
        + p("e", num=(1, 0))
    )
    found = read(body, numbering=lists)
    assert shown(found) == ["1. a", "2. b", "3. c | d", "4. e"]
    assert [passage.kind for passage in found.passages] == ["paragraph", "table", "table", "paragraph"]


def test_row_that_lays_out_several_numbers_is_read_one_by_one() -> None:
    lists = abstract(0, *LEGAL) + num(1, 0)
    body = table([p("", num=(1, 0)) + p("", num=(1, 0)), p("a") + p("b", num=(1, 2)) + p("c", num=(1, 2))])
    assert [passage.number for passage in read(body, numbering=lists).passages] == ["2.", "(a)", "(b)"]
