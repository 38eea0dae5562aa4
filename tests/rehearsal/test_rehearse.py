"""Robots hold a small event on a hub that is killed meanwhile, and nothing of it is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.support.sources import ROOT


def rehearse(*arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "facilitate", "rehearse", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env=env, cwd=ROOT, check=False, capture_output=True, text=True, timeout=400
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
def test_a_hub_killed_in_the_middle_loses_no_word_and_no_vote() -> None:
    code, out, err = rehearse("--tables", "3", "--delegates", "12", "--kill", "1", "--json")
    report = json.loads(out)
    assert (code, report["lost"], report["doubled"], report["wrong"]) == (0, [], [], []), err
    assert report["ok"] and report["kills"] == 1
    assert report["sent"]["record-comment"] == report["acknowledged"]["record-comment"] > 30
    stamped = sum(ballot["papers"] for ballot in report["counted"] if ballot["trust"] == "stamped")
    assert report["found"]["votes"] == report["acknowledged"]["cast-vote"] + stamped > 50
    assert report["acknowledged"]["cast-paper"] >= stamped > 20
    assert report["found"]["comments"] == report["found"]["comments in the store"]
    assert report["balance"]["open"] == 0
    assert report["found"]["help calls"] == report["acknowledged"].get("call-help", 0)
    assert report["found"]["answers"] >= report["acknowledged"].get("publish-answer", 0)
    forms = {ballot["form"] for ballot in report["counted"] if ballot["papers"]}
    assert forms >= {"for-against", "approve-any", "rank", "strength", "points"}
    assert all(ballot["right"] and ballot["state"] == "published" for ballot in report["counted"])


def test_every_passage_is_discussed_by_a_number_of_tables_or_not_reached() -> None:
    code, out, _ = rehearse("--tables", "2", "--delegates", "6", "--tracks", "2")
    assert code == 0, out
    assert "discussed by 1 table, " in out
    assert "not reached" in out
    assert "Everything sent is there, once, and every vote is counted." in out


def test_a_hub_of_somebody_else_is_not_killed() -> None:
    code, _, err = rehearse("--hub", "http://127.0.0.1:9", "--kill", "1")
    assert code == 2
    assert "is not killed" in err
