"""What a delegate tells the tellers in confidence: read by them and by nobody else."""

from __future__ import annotations

from facilitate.domain.people import audiences_of
from facilitate.store.rows import Confidence, JournalEntry, JournalPayload
from tests.cast import CAST
from tests.people import Hall

WORDS = "Somebody wants to see how I vote"


def told(hall: Hall, **other: object) -> str:
    """A message from Dara to the tellers; its id."""
    item = hall.new_id()
    hall.as_("Dara").does("write-to-tellers", {"item": item, "text": WORDS} | other)
    return item


def test_only_tellers_read_what_they_were_told(talking: Hall) -> None:
    item = told(talking)
    assert talking.sees("tellers")["confidence"][item]["text"] == WORDS
    for name in [each[0] for each in CAST if each[0] != "Tess"]:
        person = talking.as_(name)
        assert "tellers" not in audiences_of(person.actor, echo=True), name
        assert all(WORDS not in repr(seen) for seen in person.sees().values()), name
    assert WORDS in repr(talking.as_("Tess").sees()["tellers"])
    assert all(WORDS not in repr(seen) for seen in talking.as_("Left of the stage").sees().values())


def test_a_name_is_given_only_by_wish(talking: Hall) -> None:
    without, named = told(talking), told(talking, named=True)
    seen = talking.sees("tellers")["confidence"]
    assert (seen[without]["name"], seen[without]["delegation"]) == (None, None)
    assert (seen[named]["name"], seen[named]["delegation"]) == ("Dara", "Northern Moor CLP")
    assert talking.row(Confidence, without).person_id is None


def test_the_journal_keeps_neither_the_words_nor_whose_they_are(talking: Hall) -> None:
    told(talking, named=True)
    with talking.reads() as session:
        entry = session.query(JournalEntry).filter_by(action="tellers-told").one()
        body = session.get_one(JournalPayload, entry.number).body or ""
    assert entry.actor == "nobody"
    assert WORDS not in body and talking.as_("Dara").id not in body


def test_sending_twice_tells_it_once_and_a_teller_says_what_was_done(talking: Hall) -> None:
    item = told(talking)
    again = {"item": item, "text": "Something else"}
    talking.as_("Dara").does("write-to-tellers", again)
    assert talking.sees("tellers")["confidence"][item]["text"] == WORDS
    blank = {"item": talking.new_id(), "text": "  "}
    assert talking.as_("Dara").is_refused("write-to-tellers", blank) == "text-missing"
    tess = talking.as_("Tess")
    assert tess.is_refused("end-confidence", {"confidence": item, "note": " "}) == "note-missing"
    done = {"confidence": item, "note": "Seen"}
    assert talking.as_("Amara").is_refused("end-confidence", done) == "not-your-role"
    tess.does("end-confidence", {"confidence": item, "note": "A teller stands beside the table"})
    assert talking.sees("tellers")["confidence"][item]["ended"]
