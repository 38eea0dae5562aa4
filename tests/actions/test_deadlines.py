"""Offering sets until when to sign; the clerk extends it with a reason and sees who is missing."""

from __future__ import annotations

from pathlib import Path

from facilitate.domain.people import OPERATOR
from facilitate.queries.missing import missing_signers
from facilitate.store.rows import JournalEntry
from tests.actions.after_event import hold_event
from tests.actions.test_signoff_edits import accept_all, at, read
from tests.queries.test_story import NOW


def test_a_deadline_is_set_extended_and_ends_nothing_by_itself(tmp_path: Path) -> None:
    event = hold_event(tmp_path)
    event.do(OPERATOR, "close-event")
    rosa, one = event.person("Rosa"), {"document": event.document}
    late = {**one, "sign_by": "2099-04-03T18:00", "reason": "Easter."}
    event.do(rosa, "compile-outcome", **one)
    assert event.refusal(rosa, "extend-deadline", **late) == "not-offered"
    assert event.refusal(rosa, "offer-for-signing", **one, sign_by="2020-01-01T00:00") == "deadline-past"
    event.do(rosa, "offer-for-signing", **one, sign_by="2099-04-01T18:00")
    event.do(event.person("Amina"), "sign-with-dissent", **at(event, "HOU-1.1", note="Slow."))
    wrong = {"reason-missing": {"reason": " "}, "deadline-not-later": {"sign_by": "2099-03-01T18:00"}}
    for code, given in wrong.items():
        assert event.refusal(rosa, "extend-deadline", **{**late, **given}) == code
    event.do(rosa, "extend-deadline", **late)
    reading, view = read(event)
    with view.session:
        missing = missing_signers(view, [reading], "Europe/London", NOW)
        (said,) = view.session.query(JournalEntry.reason).filter_by(action="deadline-extended").one()
    assert said == "Easter."
    assert [(each.name, each.waits[0][:2]) for each in missing] == [
        ("Ben Carter", ("HOU", 3)), ("Amina Yusuf", ("HOU", 2)),
    ]  # fmt: skip
    assert "Homes: 3 passages. Sign by 3 April 2099, 18:00" in missing[0].reminder("Spring")
    assert [accept_all(event, name) for name in ("Amina", "Ben")] == ["open", "sealed"]
    assert event.refusal(rosa, "extend-deadline", **late) == "already-sealed"
    event.house.close()
