"""Who may do what at which stage: every verb, every role, every phase, both ways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from facilitate.actions import ACTIONS, carry_out
from facilitate.domain.people import Role
from facilitate.domain.programme import Phase
from facilitate.domain.refusal import Refused
from facilitate.domain.rights import RIGHTS
from facilitate.store.journal import take_chain
from facilitate.store.rows import Event
from facilitate.store.session import write_sessions
from facilitate.store.writer import Transaction
from facilitate.wire import COMMANDS, parse
from tests.actions.examples import EXAMPLES
from tests.cast import KEY, KIOSK, SCREEN
from tests.people import Hall

# Somebody of the cast for each role.
HOLDERS = {
    "chair": "Amara", "clerk": "Clement", "theme-team": "Thea", "teller": "Tess", "area-facilitator": "Ari",
    "facilitator": "Fay", "scribe": "Sol", "delegate": "Dara", "attendee": "Attila",
    "resource-person": "Rex", "signatory": "Sigrid", "body-officer": "Olu", "screen": SCREEN, "kiosk": KIOSK,
}  # fmt: skip
TABLES, CHAIR, CLERK, THEMES = "facilitator scribe", "chair", "clerk", "theme-team"
ANSWERING = "area-facilitator chair clerk"
# Verb: who, and when. Written by hand from the glossary and the issue; the hub's own table is held to it.
TABLE = {
    "record-comment": (TABLES, "hall after"),
    "withdraw-comment": (TABLES, "hall after"),
    "keep-item": (TABLES, "hall after"),
    "record-paper": ("clerk theme-team", "hall after"),
    "read-in": ("clerk theme-team", "hall after"),
    "type-in-kept": ("clerk theme-team", "hall after"),
    "admit-kept": (CLERK, "hall after"),
    "end-kept": ("clerk theme-team", "hall after"),
    "respond-to-comment": (TABLES, "hall after"),
    "hand-over-writing": (TABLES, "hall after"),
    "report-laptop": (TABLES, "before hall after"),
    "resume-laptop": (TABLES, "before hall after"),
    "report-missing": ("delegate", "hall after"),
    "call-help": (TABLES, "before hall after"),
    "take-back-help": (TABLES, "before hall after"),
    "acknowledge-help": (ANSWERING, "before hall after"),
    "close-help": (ANSWERING, "before hall after"),
    "cast-vote": ("delegate", "hall"),
    "fetch-stamp": ("delegate", "hall"),
    "report-casting": ("delegate", "hall"),
    "add-kiosk": ("clerk teller", "before hall"),
    "begin-visit": ("kiosk", "hall"),
    "end-visit": ("kiosk", "before hall after"),
    "report-kiosk": ("kiosk", "before hall after"),
    "receive-board": ("", "hall after"),
    "pair-box": ("chair teller", "before hall after"),
    "need-time": ("delegate", "hall"),
    "take-step": (CHAIR, "before hall after"),
    "undo-step": (CHAIR, "before hall"),
    "extend-timer": (CHAIR, "hall"),
    "pause-timer": (CHAIR, "hall"),
    "resume-timer": (CHAIR, "hall"),
    "go-to-item": (CHAIR, "hall"),
    "set-scene": (CHAIR, "before hall after"),
    "open-event": (CHAIR, "before"),
    "close-event": (CHAIR, "hall"),
    "draft-ballot": (CHAIR, "before hall"),
    "announce-ballot": (CHAIR, "hall"),
    "recall-ballot": (CHAIR, "hall"),
    "open-ballot": (CHAIR, "hall"),
    "extend-ballot": (CHAIR, "hall"),
    "close-ballot": (CHAIR, "hall"),
    "publish-result": (CHAIR, "hall after"),
    "give-casting-vote": (CHAIR, "hall after"),
    "void-ballot": ("chair teller", "hall after"),
    "write-to-tellers": ("delegate", "hall after"),
    "end-confidence": ("teller", "hall after"),
    "lay-order": ("chair clerk", "before hall"),
    "put-next-vote": (CHAIR, "hall"),
    "pull-out": ("delegate facilitator scribe", "hall"),
    "put-back": ("delegate facilitator scribe", "hall"),
    "make-contingent": ("chair clerk theme-team", "before hall"),
    "run-again": (CHAIR, "hall"),
    "certify-result": ("teller", "hall after"),
    "replace-stamp": ("teller", "hall"),
    "cast-card": ("delegate", "hall"),
    "enter-card": ("teller", "hall"),
    "hand-out-paper": ("teller", "hall"),
    "enter-paper": ("teller", "hall"),
    "write-minority-position": ("chair clerk theme-team", "hall after"),
    "note-companions": ("teller", "hall after"),
    "declare-hands": ("chair teller", "hall"),
    "claim-question": ("resource-person", "hall after"),
    "release-question": ("resource-person", "hall after"),
    "merge-questions": ("resource-person", "hall after"),
    "split-question": ("resource-person", "hall after"),
    "answer-question": ("resource-person", "hall after"),
    "publish-answer": ("resource-person", "hall after"),
    "show-answer": (CHAIR, "hall after"),
    "mark-read": (THEMES, "hall after"),
    "name-theme": (THEMES, "hall after"),
    "rename-theme": (THEMES, "hall after"),
    "move-comments": (THEMES, "hall after"),
    "merge-themes": (THEMES, "hall after"),
    "split-theme": (THEMES, "hall after"),
    "mark-minority": (THEMES, "hall after"),
    "choose-quote": (THEMES, "hall after"),
    "draft-motion": ("chair theme-team", "before hall"),
    "reword-motion": ("chair theme-team", "before hall"),
    "put-motion": ("chair theme-team", "before hall"),
    "withdraw-motion": ("chair theme-team", "before hall"),
    "set-disposition": ("clerk theme-team", "before hall after"),
    "answer-missing": ("area-facilitator clerk theme-team", "hall after"),
    "add-missing": ("area-facilitator clerk theme-team", "hall after"),
    "import-document": (CLERK, "before hall"),
    "import-delegations": (CLERK, "before hall"),
    "import-people": (CLERK, "before hall"),
    "import-submissions": (CLERK, "before hall"),
    "tie-submission": (CLERK, "before hall"),
    "send-submission": ("body-officer", "before"),
    "revise-submission": ("body-officer", "before"),
    "withdraw-submission": ("body-officer signatory", "before"),
    "circulate-draft": (CLERK, "before"),
    "send-draft-point": ("signatory", "before"),
    "revise-draft-point": ("signatory", "before"),
    "record-consideration": ("clerk signatory", "before"),
    "write-programme": (CLERK, "before hall"),
    "make-tables": (CLERK, "before hall"),
    "seat-people": (CLERK, "before hall"),
    "add-screen": ("chair clerk", "before hall"),
    "set-event": (CLERK, "before hall"),
    "set-presence": (CLERK, "before hall"),
    "replace-delegates": (CLERK, "before hall"),
    "revoke-sign-in": (CLERK, "before hall after"),
    "erase-devices": (CLERK, "after"),
    "compile-outcome": (CLERK, "after"),
    "decide-conflict": (CLERK, "after"),
    "edit-outcome": (CLERK, "after"),
    "offer-for-signing": (CLERK, "after"),
    "accept-passage": ("signatory", "after"),
    "accept-with-edits": ("signatory", "after"),
    "sign-with-dissent": ("signatory", "after"),
    "return-passage": ("signatory", "after"),
    "answer-return": (CLERK, "after"),
    "extend-deadline": (CLERK, "after"),
    "reopen-outcome": (CLERK, "after"),
    "confirm-reading": ("signatory", "after"),
    "record-final-vote": (CLERK, "after"),
    "agree-to-invitation": ("delegate", "before hall after"),
}
# These come by a door of their own, with a file or a form, and not as a command of a live page.
OFFICE = {verb for verb in TABLE if verb.startswith(("import-", "set-event", "set-presence"))} | {
    "write-programme", "make-tables", "seat-people", "add-screen", "replace-delegates",
    "revoke-sign-in", "erase-devices", "tie-submission", "send-submission", "revise-submission",
    "withdraw-submission", "circulate-draft", "send-draft-point", "revise-draft-point",
    "record-consideration",
    "keep-item", "read-in", "compile-outcome", "decide-conflict", "edit-outcome", "offer-for-signing",
    "accept-passage", "accept-with-edits", "sign-with-dissent", "return-passage", "answer-return",
    "confirm-reading", "extend-deadline", "reopen-outcome",
    "receive-board", "pair-box",
    "add-kiosk", "begin-visit", "end-visit", "record-final-vote", "agree-to-invitation",
}  # fmt: skip
# What a laptop or a phone reports is passing: the hub keeps it in memory and no action writes it.
PASSING = {"report-laptop", "resume-laptop", "report-casting", "report-kiosk"}


@contextmanager
def transaction(hall: Hall, phase: Phase) -> Iterator[Transaction]:
    """One transaction in a phase of the event, taken back at the end."""
    with write_sessions(hall.database)() as session:
        session.get_one(Event, "event").phase = phase
        session.flush()
        chain = take_chain(session)
        yield Transaction(session, hall.clock(), hall.new_id, lambda: "00" * 16, chain, KEY)
        session.rollback()


def answer(tx: Transaction, verb: str) -> str:
    """The code with which the door or the verb refuses the example; "" when it is granted."""
    example = EXAMPLES[verb]
    try:
        carry_out(tx, verb, parse(COMMANDS[verb], example) if verb in COMMANDS else example)
    except Refused as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("verb", sorted(set(TABLE) - PASSING))
def test_a_verb_is_open_to_whom_the_table_names_and_to_nobody_else(
    hall: Hall, verb: str, phase: Phase
) -> None:
    who, when = TABLE[verb]
    for role, name in HOLDERS.items():
        actor = hall.as_(name).actor
        with transaction(hall, phase) as tx:
            tx.actor = actor
            before = tx.writes
            code = answer(tx, verb)
            if role not in who.split():
                assert code == "not-your-role", f"{name} as {role} may {verb} at {phase}"
            elif phase.value not in when.split():
                assert code == "not-at-this-stage", f"{name} as {role} may {verb} at {phase}"
            else:
                assert code not in ("not-your-role", "not-at-this-stage"), f"{name} may not {verb} at {phase}"
                continue
            assert tx.writes == before and not tx.entries and not tx.session.dirty and not tx.session.new


def test_everybody_of_the_list_of_roles_is_in_the_cast() -> None:
    assert set(HOLDERS) == {role.value for role in Role}


def test_the_tables_of_verbs_agree() -> None:
    assert set(RIGHTS) == set(TABLE)
    assert set(ACTIONS) == set(TABLE) - PASSING
    assert set(COMMANDS) == set(TABLE) - OFFICE
    assert set(EXAMPLES) == set(TABLE)


def test_a_right_names_roles_and_phases_that_there_are() -> None:
    for who, when in TABLE.values():
        assert set(who.split()) <= {role.value for role in Role}
        assert set(when.split()) <= {phase.value for phase in Phase}
