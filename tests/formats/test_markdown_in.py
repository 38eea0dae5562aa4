"""Markdown becomes passages: numbers as readers see them, and no word lost."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.documents import ReadDocument, references
from facilitate.domain.refusal import Refused
from facilitate.formats.markdown_in import read_markdown
from facilitate.formats.markdown_text import taken_apart
from facilitate.formats.read import as_json, read_document
from tests.formats.word_files import shown

SHARED = Path(__file__).parents[3] / "shared/data"
MANIFESTO = sorted((SHARED / "docs/openpolitics_manifesto_md").glob("*.md"))
NAUGHTY = SHARED / "suites/big_list_of_naughty_strings.json"


def kinds(text: str) -> list[tuple[str, str, int]]:
    return [(x.kind, x.number, x.depth) for x in read_markdown(text).passages]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def said(document: ReadDocument) -> set[str]:
    return words(" ".join(f"{x.number} {x.heading} {x.text}" for x in document.passages))


def test_headings_nest_and_give_the_title() -> None:
    found = read_markdown("# Adult skills\n\n## 2.3 Colleges\n\nMore.\n\nSetext\n===\n")
    assert found.title == "Adult skills"
    assert [(x.kind, x.number, x.heading, x.depth) for x in found.passages] == [
        ("heading", "", "Adult skills", 0),
        ("heading", "2.3", "Colleges", 1),
        ("paragraph", "", "", 2),
        ("heading", "", "Setext", 0),
    ]


def test_one_first_heading_is_the_title_and_sets_nothing_in() -> None:
    assert [depth for _, _, depth in kinds("# Skills\n\n## 1 Aims\n\nText.\n")] == [0, 0, 1]
    assert [depth for _, _, depth in kinds("# One\n\n## Aims\n\n# Two\n")] == [0, 1, 0]


def test_front_matter_gives_the_title_and_is_no_text() -> None:
    found = read_markdown("---\r\ntitle: 'Crime &amp; justice'\r\nlayout: page\r\n---\r\nWe will.\r\n")
    assert (found.title, shown(found)) == ("Crime & justice", ["We will."])
    assert found.unread == ("The details at the top of the file were left out (layout).",)


def test_line_across_the_top_is_no_front_matter() -> None:
    assert shown(read_markdown("---\n\nWe will.\n\n---\n\nThen.")) == ["We will.", "Then."]


def test_list_has_the_numbers_that_readers_see() -> None:
    text = "3. three\n1. four\n   1) inner\n\n      more\n   1) next\n- dot\n  - deep\n"
    assert kinds(text) == [
        ("item", "3.", 0),
        ("item", "4.", 0),
        ("item", "1)", 1),
        ("paragraph", "", 2),
        ("item", "2)", 1),
        ("item", "", 0),
        ("item", "", 1),
    ]


def test_list_inside_numbered_paragraphs_makes_a_path() -> None:
    passages = read_markdown(
        "## 2. Skills\n\n2.1 We will:\n\n1. build\n   1. homes\n2. pay\n\n2.2 We may.\n"
    ).passages
    expected = ["EDU-2", "EDU-2.1", "EDU-2.1.1", "EDU-2.1.1.1", "EDU-2.1.2", "EDU-2.2"]
    assert references("EDU", passages) == expected


def test_list_that_opens_with_a_list_keeps_both_numbers() -> None:
    assert [number for _, number, _ in kinds("1. 1. a\n   2. b\n2. c")] == ["1.1.", "2.", "2."]


def test_typed_numbers_are_found_in_paragraphs_and_dots() -> None:
    assert kinds("(a) one\n\n(b) two\n\n- (c) three\n\n1\\. four\n") == [
        ("paragraph", "(a)", 0),
        ("paragraph", "(b)", 0),
        ("item", "(c)", 1),
        ("item", "1.", 1),
    ]


def test_table_quotation_and_code_are_kept() -> None:
    text = "| a | b |\n|---|---|\n| 1 | *2* |\n\n> Quoted.\n\n```py\nif x:\n    y\n```\n"
    found = read_markdown(text)
    assert [(x.kind, x.text) for x in found.passages] == [
        ("table", "a | b"),
        ("table", "1 | 2"),
        ("quote", "Quoted."),
        ("code", "if x:\n    y"),
    ]


@pytest.mark.parametrize(
    ("text", "words_left"),
    [
        ("[us](https://a.example/b)", "us (https://a.example/b)"),
        ("[a.example](https://a.example/)", "a.example"),
        ("<mailto:a@b.example>", "mailto:a@b.example"),
        ("[up](#top)", "up"),
        ('[us](x.md "Title")', "us (x.md, Title)"),
        ("a ![the *map*](m.png)", "a the map"),
        ("one<br>two<b>!</b>", "one\ntwo!"),
        ("a\\\nb\nc", "a\nb c"),
        ("&amp; \\* ~~old~~ **new**", "& * ~~old~~ new"),
        ("<p>Hello <a href='http://q.example'>you</a></p>", "Hello you (http://q.example)"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
    ],
)
def test_marks_become_plain_words(text: str, words_left: str) -> None:
    assert read_markdown(text).passages[0].text == words_left


def test_script_in_the_text_is_dropped_and_said() -> None:
    found = read_markdown("Before\n\n<script>alert(1)</script>\n\n<div>After</div>")
    assert shown(found) == ["Before", "After"]
    assert found.unread == ("HTML in the text was read as plain words; compare with the original (2).",)


def test_footnotes_follow_where_they_are_first_cited() -> None:
    notes = "[^a]: First\n    more\n\n    last\n[^b]: http://b.example\n[^c]: Lost\n"
    text = f"One[^b], two[^a] and again[^b]; not [^z].\n\n{notes}"
    found = read_markdown(text)
    assert shown(found) == [
        "One, two and again; not [^z].",
        "1 http://b.example",
        "2 First more\nlast",
        "Lost",
    ]
    assert found.unread == ("Footnotes that nothing cites stand at the end (1).",)


def test_footnote_in_a_code_fence_is_code() -> None:
    assert shown(read_markdown("```\n[^a]: x\n```\n")) == ["[^a]: x"]


@pytest.mark.parametrize("text", ["", "   \n\n", "***", "<!-- nothing -->"])
def test_file_without_words_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_markdown(text)
    assert refusal.value.code == "empty-document"


def test_deep_nesting_is_read_or_refused_and_never_dropped() -> None:
    assert said(read_markdown("> " * 60 + "deep")) == {"deep"}
    for mark in ("> ", "- "):
        with pytest.raises(Refused) as refusal:
            read_markdown(mark * 3000 + "deep")
        assert refusal.value.code == "nested-too-deep"


LINES = st.lists(
    st.tuples(
        st.sampled_from(
            ["", "# ", "## ", "- ", "1. ", "  2) ", "> ", "(a) ", "2.3 ", "    ", "| ", "[^a]: "]
        ),
        st.text("abc XYZ.|*_`[]()<>#\t", max_size=20),
    ),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_reading_never_fails_and_references_differ(lines: list[tuple[str, str]]) -> None:
    try:
        found = read_markdown("\n".join(mark + text for mark, text in lines))
    except Refused as refusal:
        assert refusal.code == "empty-document"  # noqa: PT017
        return
    assert len(set(references("EDU", found.passages))) == len(found.passages)
    assert all(x.heading or x.text for x in found.passages)


@given(st.lists(st.text("abcdefgh ", min_size=1, max_size=15), min_size=1, max_size=8))
def test_no_word_of_plain_text_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraph.strip() for paragraph in paragraphs)
    if text.strip():
        assert said(read_markdown(text)) == words(text)


@pytest.mark.skipif(not MANIFESTO, reason="the sample documents are not on this machine")
@pytest.mark.parametrize("file", MANIFESTO, ids=lambda file: file.stem)
def test_real_file_is_read_and_no_word_is_lost(file: Path) -> None:
    body = file.read_bytes()
    found = read_document(file.name, body)
    source = taken_apart(body.decode("utf-8").replace("\r\n", "\n"))
    text = re.sub(r"<[^>]*>|\[\^[^\]]*\]|%[0-9A-F]{2}", " ", " ".join([source.text, *source.notes.values()]))
    plain = re.sub(r"%[0-9A-F]{2}", " ", " ".join(f"{x.number} {x.heading} {x.text}" for x in found.passages))
    assert words(text) <= words(plain) | said(found)
    assert found.title == source.front["title"]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the naughty strings are not on this machine")
def test_naughty_strings_are_read_or_refused() -> None:
    for naughty in json.loads(NAUGHTY.read_text(encoding="utf-8")):
        for text in (naughty, f"# {naughty}\n\n1. {naughty}\n\n| {naughty} |\n|---|\n"):
            try:
                found = read_document("a.md", text.encode("utf-8", "replace"))
            except Refused as refusal:
                assert refusal.code in ("empty-document", "unknown-format")  # noqa: PT017
            else:
                assert json.loads(json.dumps(as_json(found)))
