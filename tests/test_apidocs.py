"""The interface's documents: valid by the standards' own schemas, and complete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
from openapi_spec_validator import validate

from facilitate.apidocs import asyncapi, openapi
from facilitate.queries import KINDS, SEES
from facilitate.wire.commands import COMMANDS
from facilitate.wire.values import VALUES

SPECS = Path(__file__).parent.parent / "clients" / "node_modules" / "@asyncapi" / "specs" / "schemas"


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        found = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return found.union(*(references(inner) for inner in part.values()))
    if isinstance(part, list):
        return set().union(*(references(inner) for inner in part))
    return set()


def resolves(document: dict[str, Any], reference: str) -> bool:
    part: Any = document
    for step in reference.removeprefix("#/").split("/"):
        if step not in part:
            return False
        part = part[step]
    return True


def test_openapi_is_valid_and_names_every_command() -> None:
    document = openapi()
    validate(document)
    named = {
        s["properties"]["type"]["const"]
        for n, s in document["components"]["schemas"].items()
        if n.endswith("Command")
    }
    assert named == set(COMMANDS)


def test_asyncapi_is_valid_by_its_own_schema() -> None:
    schema = json.loads((SPECS / "3.0.0.json").read_text())
    checker = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in checker.iter_errors(asyncapi())] == []


def test_every_reference_leads_somewhere() -> None:
    for document in (openapi(), asyncapi()):
        assert [r for r in references(document) if not resolves(document, r)] == []


def test_every_kind_that_an_audience_sees_has_a_schema() -> None:
    assert set(VALUES) == set(KINDS)
    assert {kind for kinds in SEES.values() for kind in kinds} <= set(VALUES)
