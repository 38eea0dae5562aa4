"""The demo event by the rules of the house: it is read, typed, grouped and moved without a refusal."""

from collections import defaultdict

import pytest

from facilitate.domain.comments import CommentKind, check_strength, check_text
from facilitate.domain.documents import references
from facilitate.domain.motions import MotionEffect, Proposal, check_proposal
from facilitate.domain.stations import DEFAULT_REASONS
from facilitate.domain.themes import check_name
from facilitate.domain.wording import apply_ops
from facilitate.domain.wording_diff import diff_ops
from facilitate.formats.csv_in import read_delegations, read_people, read_submissions
from facilitate.formats.read import read_document
from tests.rehearsal.demo import DEMO, all_passages, passages, read, rows


@pytest.mark.parametrize("document", read("programme.json")["documents"], ids=lambda each: str(each["file"]))
def test_both_documents_are_read_with_the_references_of_their_markdown(document: dict[str, str]) -> None:
    file, prefix = document["file"], document["prefix"]
    found = read_document(file, (DEMO / file).read_bytes())
    named = zip(references(prefix, found.passages), found.passages, strict=True)
    texts = {key: passage.text or passage.heading for key, passage in named if "¶" not in key}
    assert texts == passages(file.replace(".docx", ".md"), prefix)
    assert found.title == document["title"]
    assert not found.unread


def test_every_comment_can_be_sent_from_a_table_of_ten() -> None:
    for comment in read("comments.json"):
        assert check_text(comment["text"]) == comment["text"]
        check_strength(comment["agree"], comment["against"], places=10)
        CommentKind(comment["kind"])


def test_every_change_of_wording_can_be_said_in_steps() -> None:
    text = all_passages()
    for comment in read("comments.json"):
        if "new_text" in comment:
            base = text[comment["passage"]]
            assert apply_ops(base, diff_ops(base, comment["new_text"])) == comment["new_text"]


def test_every_theme_has_a_name_of_its_own_on_its_passage() -> None:
    taken: dict[str, list[str]] = defaultdict(list)
    for theme in read("themes.json"):
        taken[theme["passage"]].append(check_name(theme["name"], taken[theme["passage"]]))


@pytest.mark.parametrize("motion", read("motions.json"), ids=lambda motion: str(motion["title"]))
def test_every_motion_can_be_put(motion: dict[str, str]) -> None:
    base = all_passages()[motion["passage"]]
    check_proposal(Proposal(MotionEffect(motion["effect"]), motion["passage"], base, motion["text"]))


def test_every_reason_is_one_that_the_house_has_words_for() -> None:
    assert set(read("reasons.json")) <= set(DEFAULT_REASONS)


def test_every_row_is_taken_in_without_a_remark() -> None:
    codes = {row["code"] for row in rows("delegations.csv")}
    taken = {
        "delegations.csv": read_delegations((DEMO / "delegations.csv").read_bytes()),
        "people.csv": read_people((DEMO / "people.csv").read_bytes(), codes, range(1, 16)),
        "submissions.csv": read_submissions((DEMO / "submissions.csv").read_bytes(), all_passages()),
    }
    for name, table in taken.items():
        assert (len(table.rows), table.messages) == (len(rows(name)), ()), name
