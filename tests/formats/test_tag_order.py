"""A printed outcome, read in the order of its tags, says what the page in a browser says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from facilitate.domain.outcome import Outcome
from facilitate.formats.outcome_html import outcome_html
from facilitate.formats.outcome_json import FULL, SHORT, outcome_data
from facilitate.formats.render import rendered
from facilitate.seal_key import seal_key
from tests.formats.edit_sets import edit_set
from tests.formats.outcome_sample import FACTS, sample
from tests.support.tag_order import tagged_text

SEAL = "ab" * 32


def alike(words: str) -> str:
    """Words without any white space: neither a line's end nor the place between two cells has a sign."""
    return re.sub(r"\s+", "", words)


def page_text(data: dict[str, Any]) -> str:
    """The words of the page, without its head and without those for a screen reader alone."""
    body = html.fromstring(outcome_html(data).decode()).find("body")
    assert body is not None
    for said in body.xpath("//*[@class='said']"):
        said.drop_tree()
    return str(body.text_content())


@pytest.mark.parametrize("edition", [FULL, SHORT])
@pytest.mark.parametrize("outcome", [sample(), edit_set(3), edit_set(14)], ids=["sample", "table", "notes"])
@pytest.mark.parametrize("sealed", [False, True])
def test_the_words_in_the_order_of_the_tags_are_those_of_the_page(
    outcome: Outcome, edition: str, sealed: bool, tmp_path: Path
) -> None:
    data = outcome_data(outcome, replace(FACTS, edition=edition, sealed=SEAL if sealed else None))
    if sealed:
        certificate, key = seal_key(tmp_path, "Spring Policy Event", datetime(2027, 4, 1, tzinfo=UTC))
        data["seal"] = {"certificate": certificate, "key": key}
    # In a process of its own, as at the hub: signing runs an event loop, and a worker of the tests has one.
    assert alike(tagged_text(rendered("pdf", data))) == alike(page_text(data))
