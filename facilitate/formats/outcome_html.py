"""Outcome: the edition for a browser, one page that needs nothing but itself."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from facilitate.formats.folders import templates
from facilitate.formats.outcome_words import balance_table


def outcome_html(data: dict[str, Any]) -> bytes:
    """The outcome as a page of its own, from `outcome_json.outcome_data`."""
    return _environment().get_template("outcome/outcome.html").render(outcome=data).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["balance_table"] = balance_table
    return environment
