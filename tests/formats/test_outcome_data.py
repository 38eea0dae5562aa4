"""The editions for programs: the JSON keeps its schema, no cell of a table is ever a formula."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from facilitate.domain.outcome import Outcome
from facilitate.formats.outcome_csv import outcome_csv, safe
from facilitate.formats.outcome_json import EDITIONS, outcome_data, outcome_json, schema_bytes
from facilitate.formats.outcome_rows import outcome_tables
from facilitate.formats.outcome_xlsx import outcome_xlsx
from tests.formats.outcome_sample import FACTS, naughty, sample
from tests.formats.test_outcome_size import large_outcome

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("make", [sample, naughty, large_outcome])
def test_the_json_keeps_its_published_schema(make: Callable[[], Outcome], edition: str) -> None:
    schema = json.loads(schema_bytes())
    check = jsonschema.Draft202012Validator(schema)
    check.check_schema(schema)
    found = json.loads(outcome_json(make(), replace(FACTS, edition=edition, copy_for="Amina Yusuf")))
    assert list(check.iter_errors(found)) == []
    assert list(check.iter_errors({**found, "more": 1})) != []


def test_a_cell_that_looks_like_a_formula_is_written_as_words() -> None:
    for words in ("=1+1", "+44", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1"):
        assert safe(words).startswith("'")
    assert safe("Homes = homes") == "Homes = homes"
    assert safe(7) == "7"


def test_every_passage_has_its_row_with_the_record_that_it_is_from() -> None:
    data = outcome_data(naughty(), replace(FACTS, copy_for="Amina Yusuf"))
    rows = list(csv.reader(io.StringIO(outcome_csv(data).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [p["ref"] for p in data["passages"]]
    assert all(FACTS.journal == int(row[rows[0].index("journal number")]) for row in rows[1:])
    assert all("Amina Yusuf" in row[rows[0].index("copy")] for row in rows[1:])
    assert all(data["hash"] in row for row in rows[1:])
    assert not any(cell.startswith(("=", "+", "@", "-")) for row in rows for cell in row)


def test_a_workbook_holds_every_row_and_no_formula_link_or_macro() -> None:
    data = outcome_data(naughty(), FACTS)
    package = zipfile.ZipFile(io.BytesIO(outcome_xlsx(data)))
    assert not [name for name in package.namelist() if "macro" in name.lower() or "vba" in name.lower()]
    sheets = sorted(name for name in package.namelist() if name.startswith("xl/worksheets/sheet"))
    roots = [ET.fromstring(package.read(name)) for name in sheets]
    assert [len(root.findall(f".//{SHEET}row")) - 1 for root in roots[1:]] == [
        len(rows) for _, rows in outcome_tables(data).values()
    ]
    for root in roots:
        assert root.findall(f".//{SHEET}f") == []
        assert root.findall(f".//{SHEET}hyperlink") == []
    shared = package.read("xl/sharedStrings.xml").decode()
    assert "=HYPERLINK" in shared
    links = [package.read(name).decode() for name in package.namelist() if name.endswith(".rels")]
    assert not any('TargetMode="External"' in words for words in links)
