"""A Word file is a zip file from a stranger: what is too large, broken or dangerous is refused in words."""

import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.refusal import Refused
from facilitate.formats.docx_in import read_docx
from tests.formats.word_files import p, package, shown, word_file, word_parts


def code(body: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        read_docx(body)
    assert refusal.value.field == "file"
    return refusal.value.code


def test_file_that_is_too_large_is_refused_unread() -> None:
    assert code(b"x" * (25 * 1024 * 1024 + 1)) == "file-too-large"


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, package({"a.txt": b"x"})]
)
def test_other_file_is_refused(body: bytes) -> None:
    assert code(body) == "not-a-docx"


def test_spreadsheet_is_refused() -> None:
    files = word_parts(p("x")) | {"word/document.xml": b"<workbook/>"}
    assert code(package(files)) == "not-a-docx"


def test_file_that_unpacks_to_far_too_much_is_refused() -> None:
    assert code(package(word_parts(p("x")) | {"word/media/a.bin": b"\0" * 40_000_000})) == "expands-too-far"


def test_file_that_lies_about_its_size_is_refused() -> None:
    body = bytearray(word_file(p("x" * 5000)))
    with zipfile.ZipFile(io.BytesIO(bytes(body))) as packed:
        entry = packed.getinfo("word/document.xml")
    size = entry.file_size.to_bytes(4, "little")
    assert code(bytes(body).replace(size, (1).to_bytes(4, "little"))) == "not-a-docx"


def test_entities_and_outside_files_are_never_read() -> None:
    start = '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    document = word_parts(p("x"))["word/document.xml"].decode().partition("?>")[2].replace(">x<", ">&a;<")
    assert (
        code(package(word_parts(p("x")) | {"word/document.xml": (start + document).encode()}))
        == "unsafe-document"
    )


def test_entity_bomb_is_refused() -> None:
    lines = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    bomb = f'<!DOCTYPE w [<!ENTITY a0 "ha">{lines}]><w>&a9;</w>'
    assert code(package(word_parts(p("x")) | {"word/styles.xml": bomb.encode()})) in (
        "unsafe-document",
        "damaged-document",
    )


def test_text_nested_without_end_is_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 90 + p("x") + "</w:sdtContent></w:sdt>" * 90
    assert code(word_file(deep)) == "damaged-document"


def test_damaged_text_is_refused() -> None:
    assert code(package(word_parts(p("x")) | {"word/document.xml": b"<w:document"})) == "damaged-document"


def test_file_without_words_is_refused() -> None:
    assert code(word_file(p(""))) == "empty-document"


def test_file_that_a_library_wrote_is_read() -> None:
    document = docx.Document()
    document.core_properties.title = "Adult skills"
    document.add_heading("Colleges", 1)
    document.add_paragraph("First.", style="List Number")
    document.add_paragraph("Second.", style="List Number")
    document.add_paragraph("Dot.", style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    found = read_docx(out.getvalue())
    assert found.title == "Adult skills"
    assert shown(found) == ["Colleges", "1. First.", "2. Second.", "Dot."]


def test_strict_file_and_renamed_parts_are_read() -> None:
    files = word_parts(p("x"))
    strict = files.pop("word/document.xml").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    files["word/main7.xml"] = strict
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/word/main7.xml")
    assert shown(read_docx(package(files))) == ["x"]


WHOLE = word_file(p("Schools for all") + p("1.1\tColleges"))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_bytes_damaged_on_the_way_never_break_the_reader(data: st.DataObject) -> None:
    body = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=12)):
        body[at] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Refused):
        assert read_docx(bytes(body)).passages
