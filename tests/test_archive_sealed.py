"""The archive of an event that is over: the sealed text lies inside under the hash that was signed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from facilitate.archive import write_archive
from facilitate.domain.people import OPERATOR
from facilitate.formats.archive_check import check
from facilitate.store.rows import OutcomeRow
from tests.actions.after_event import AfterEvent, hold_event


@pytest.fixture(params=["sqlite", "postgresql"])
def event(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AfterEvent]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    held = hold_event(tmp_path, url)
    yield held
    held.house.close()


def seal(event: AfterEvent) -> str:
    """Everything has its end, both signatories sign; answers the hash of the sealed text."""
    event.end("comment", event.say(1, "HOU-1.1", "Good."))
    event.do(OPERATOR, "close-event")
    event.offer()
    for name in ("Amina", "Ben"):
        event.do(event.person(name), "accept-passage", document=event.document, passages=event.hashes)
    with event.house.reads() as session:
        return str(session.scalars(select(OutcomeRow.sealed_hash)).one())


def test_sealed_text_is_in_the_archive_under_its_hash(event: AfterEvent, tmp_path: Path) -> None:
    sealed = seal(event)
    for name in ("one.zip", "two.zip"):
        with event.house.reads() as session:
            write_archive(session, tmp_path / "no keys", tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert check(tmp_path / "one.zip") == []
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert hashlib.sha256(archive.read("sealed/HOU.json")).hexdigest() == sealed
        assert json.loads(archive.read("outcome/HOU.json"))["sealed"] == sealed
        assert not [name for name in archive.namelist() if name.startswith("keys/")]
        assert "Sealed on" in archive.read("outcome/HOU.html").decode()
