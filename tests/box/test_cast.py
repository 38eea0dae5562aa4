"""A paper goes into the box once, under no name; every other one is refused with its own reason."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from facilitate.box.doors import ANSWER_BYTES, CAST_CHARACTERS
from facilitate.box.identity import is_signed
from facilitate.domain.stamped_papers import receipt_message
from tests.box.people import ORIGIN, TestBox, as_body, filled_in, two_groups, voter
from tests.support.stamping import BID


def test_a_stamped_paper_gets_the_boxs_receipt(box: TestBox) -> None:
    box.start()
    paper = filled_in(box.registrar)
    answer = box.cast(paper)
    assert answer["leaf"] == paper.leaf.hex()
    signed = receipt_message(paper.bid_hash, paper.leaf)
    assert is_signed(box.opened.box.public, signed, bytes.fromhex(answer["receipt"]))


def test_the_same_paper_again_gets_the_same_receipt_also_after_the_close(box: TestBox) -> None:
    box.start()
    paper = filled_in(box.registrar)
    first = box.cast(paper)
    assert box.cast(paper) == first
    box.end()
    assert box.cast(paper) == first
    assert box.opened.box.turnout(paper.bid_hash) == 1


def test_delegate_cannot_vote_twice_with_one_stamp(box: TestBox) -> None:
    box.start()
    device = voter(box.registrar)
    box.cast(device.paper("for"))
    assert box.refusal(device.paper("against")) == "key-used"
    # The same choice signed anew is another paper too.
    assert box.refusal(device.paper("for")) == "key-used"
    assert box.end()["cast"] == [1, 0]


def test_papers_that_come_together_are_each_counted_once(box: TestBox) -> None:
    box.start()
    devices = [voter(box.registrar) for _ in range(4)]
    papers = [device.paper(choice) for device in devices for choice in ("for", "against")]
    answers: list[bool] = []

    def cast(number: int) -> None:
        answers.append(box.cast(papers[number])["ok"])

    threads = [threading.Thread(target=cast, args=(number,)) for number in range(len(papers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 4 + [True] * 4
    assert box.opened.box.turnout(papers[0].bid_hash) == 4


def test_a_paper_before_the_opening_and_after_the_close_is_refused(box: TestBox) -> None:
    paper = filled_in(box.registrar)
    assert box.refusal(paper) == "ballot-not-open"
    box.announce()
    assert box.refusal(paper) == "ballot-not-open"
    box.order("open")
    box.end()
    assert box.refusal(paper) == "ballot-not-open"


def test_a_paper_that_is_there_before_the_box_is_open_waits_for_it(box: TestBox) -> None:
    box.announce()
    pauses: list[float] = []

    def opens_in_a_while(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            box.order("open")

    box.opened.box._sleep = opens_in_a_while
    assert box.cast(filled_in(box.registrar))["ok"]
    assert len(pauses) == 3


def test_a_stamp_of_another_key_group_or_version_is_refused(box: TestBox) -> None:
    box.start()
    assert box.refusal(filled_in(two_groups())) == "stamp-wrong"
    assert box.refusal(voter(box.registrar, 1, stamped_for=0).paper("for")) == "stamp-wrong"
    assert box.refusal(replace(filled_in(box.registrar), group=7)) == "stamp-wrong"
    recalled = voter(box.registrar, bid=BID.replace("/1", "/0")).paper("for")
    assert box.refusal(replace(recalled, bid_hash=filled_in(box.registrar).bid_hash)) == "stamp-wrong"
    assert box.refusal(replace(filled_in(box.registrar), stamp=bytes(256))) == "stamp-wrong"


def test_a_choice_that_the_papers_key_did_not_sign_is_refused(box: TestBox) -> None:
    box.start()
    paper = filled_in(box.registrar)
    assert box.refusal(replace(paper, choice="against")) == "signature-wrong"
    assert box.refusal(replace(paper, signature=bytes(64))) == "signature-wrong"
    other = filled_in(box.registrar)
    assert box.refusal(replace(paper, signature=other.signature)) == "signature-wrong"


def test_a_choice_that_is_not_on_offer_is_refused(box: TestBox) -> None:
    box.start()
    for choice in ("perhaps", "For", "for ", "1", "none"):
        assert box.refusal(filled_in(box.registrar, choice)) == "unknown-option"


def test_a_body_that_is_no_paper_is_refused(box: TestBox) -> None:
    box.start()
    whole = filled_in(box.registrar).as_bytes()
    marked = bytearray(whole)
    marked[-65] = 1  # what fills up the choice
    assert len(as_body(whole)) == CAST_CHARACTERS
    bodies = {
        "empty": "", "short": as_body(whole)[:-1], "long": as_body(whole) + "A",
        "other letters": "*" * CAST_CHARACTERS, "other beginning": as_body(b"x" + whole[1:]),
        "something after the choice": as_body(bytes(marked)),
        "compressed key": as_body(whole[:52] + b"\x02" + whole[53:]),
    }  # fmt: skip
    for what, body in bodies.items():
        answer = box.post(body).get_json()
        assert answer["refusal"]["code"] == "paper-malformed", what


@pytest.mark.parametrize("origin", ["https://elsewhere.example.org", "null", ORIGIN + "/", ""])
def test_a_page_of_another_site_is_refused(box: TestBox, origin: str) -> None:
    box.start()
    answer = box.post(as_body(filled_in(box.registrar).as_bytes()), Origin=origin)
    assert answer.get_json()["refusal"]["code"] == "foreign-origin"
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("name", ["Cookie", "Referer", "Authorization"])
def test_a_request_that_could_name_its_sender_is_refused(box: TestBox, name: str) -> None:
    box.start()
    paper = filled_in(box.registrar)
    answer = box.post(as_body(paper.as_bytes()), **{name: "facilitate=abc"})
    assert answer.get_json()["refusal"]["code"] == "not-anonymous"
    assert box.opened.box.turnout(paper.bid_hash) == 0


def test_answers_and_headers_are_alike_whatever_was_cast(box: TestBox) -> None:
    box.start()
    device = voter(box.registrar)
    choices = ("for", "against", "abstain")
    bodies = [as_body(filled_in(box.registrar, choice).as_bytes()) for choice in choices]
    bodies += [as_body(device.paper("for").as_bytes()), as_body(device.paper("against").as_bytes())]
    assert {len(body) for body in bodies} == {CAST_CHARACTERS}
    answers = [box.post(body) for body in bodies] + [box.post("")]
    assert {len(answer.data) for answer in answers} == {ANSWER_BYTES}
    assert {answer.status_code for answer in answers} == {200}
    assert len({tuple(answer.headers) for answer in answers}) == 1
    assert answers[0].headers["Access-Control-Allow-Origin"] == ORIGIN
    assert not any("Set-Cookie" in answer.headers for answer in answers)
