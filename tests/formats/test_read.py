"""What a file holds decides how it is read, not what it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.refusal import Refused
from facilitate.formats.read import ACCEPTED, as_json, read_document
from tests.formats.odt_files import odt_file
from tests.formats.odt_files import p as para
from tests.formats.word_files import p, package, shown, word_file


def refusal(name: str, body: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read_document(name, body)
    return refused.value


def test_word_file_is_known_under_any_name() -> None:
    assert shown(read_document("policy.md", word_file(p("1.1\tSchools")))) == ["1.1 Schools"]


@pytest.mark.parametrize(
    "body",
    [b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>x", b"<html><p>x", b"<?xml version='1.0'?><html><p>x"],
)
def test_web_page_is_known_under_any_name(body: bytes) -> None:
    assert shown(read_document("policy.txt", body)) == ["x"]


def test_text_of_odt_is_known_under_any_name() -> None:
    assert shown(read_document("policy.docx", odt_file(para("x")))) == ["x"]


@pytest.mark.parametrize("name", ["policy.md", "policy", "policy.docx", "policy.txt"])
def test_text_is_known_under_any_name(name: str) -> None:
    assert shown(read_document(name, b"# Schools\n")) == ["Schools"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_the_usual_encodings_is_read(encoding: str) -> None:
    assert shown(read_document("a.txt", "Café – “für”".encode(encoding))) == ["Café – “für”"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", "unknown-format"),
        (b"{\\rtf1 x}", "unknown-format"),
        (b"\x89PNG\r\n\x1a\n", "unknown-format"),
        (b"#!/bin/sh\n", "unknown-format"),
        (b"<?xml version='1.0'?><x/>", "unknown-format"),
        (b"text\x00text", "unknown-format"),
        (b"caf\xe9", "unknown-format"),
        (b"\xff\xfe\x00\xd8", "unknown-format"),
        (package({"mimetype": b"x", "content.xml": b"<x/>"}), "not-an-odt"),
        (package({"xl/workbook.xml": b"<x/>"}), "unknown-format"),
        (package({"a.txt": b"x"}), "not-a-docx"),
        (b"PK\x03\x04 broken", "not-a-docx"),
        (b" \n", "empty-document"),
        (b"x" * (25 * 1024 * 1024 + 1), "file-too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_file_is_refused_in_words(body: bytes, code: str) -> None:
    refused = refusal("strange.file", body)
    assert (refused.code, refused.field) == (code, "file")
    if code == "unknown-format":
        assert ACCEPTED in refused.sentence
        assert "strange.file" in refused.sentence


def test_json_has_the_agreed_keys_in_order() -> None:
    assert as_json(read_document("a.md", b"## Schools\n\n2.1 For all.\n")) == [
        {"kind": "heading", "number": "", "heading": "Schools", "text": "", "depth": 0},
        {"kind": "paragraph", "number": "2.1", "heading": "", "text": "For all.", "depth": 1},
    ]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        assert as_json(read_document("a.txt", body))
    except Refused as refused:
        assert refused.sentence  # noqa: PT017
