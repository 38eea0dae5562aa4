"""Every stage: one verb per function: load, ask the domain, save, write the journal; never commit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from facilitate.actions import (
    ballot_drafts,
    ballot_papers,
    ballots,
    boxes,
    calls,
    cards,
    comments,
    confidences,
    considerations,
    dispositions,
    documents,
    drafts,
    event,
    final_vote,
    invitations,
    kept,
    kiosks,
    looks,
    minority,
    motions,
    outcome,
    paper,
    people,
    programme,
    questions,
    reopening,
    responses,
    running,
    signoff,
    stamps,
    steps,
    submissions,
    substitutes,
    tellers,
    themes,
    vote_orders,
    voting,
    writing,
)
from facilitate.domain.programme import Phase
from facilitate.domain.rights import check_right
from facilitate.store.writer import Transaction

Action = Callable[[Transaction, dict[str, Any]], dict[str, Any]]


def take_step(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Do what the chair's main button says."""
    verb, given = steps.step_to_take(tx, data)
    # What the hub itself hands to the verb, such as a ballot's keys, goes with it.
    return {**ALL[verb](tx, data.get("handed", {}) | given), "done": verb}


def undo_step(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take the last step back."""
    verb, given = steps.step_to_undo(tx, data)
    return {**ALL[verb](tx, given), "done": verb}


ACTIONS: dict[str, Action] = {
    "open-event": event.open_event,
    "close-event": event.close_event,
    "set-event": event.set_event,
    "erase-devices": event.erase_devices,
    "import-document": documents.import_document,
    "import-submissions": documents.import_submissions,
    "tie-submission": documents.tie_submission,
    "send-submission": submissions.send_submission,
    "revise-submission": submissions.revise_submission,
    "withdraw-submission": submissions.withdraw_submission,
    "circulate-draft": drafts.circulate_draft,
    "send-draft-point": drafts.send_draft_point,
    "revise-draft-point": drafts.revise_draft_point,
    "record-consideration": considerations.record_consideration,
    "import-delegations": people.import_delegations,
    "import-people": people.import_people,
    "make-tables": people.make_tables,
    "seat-people": people.seat_people,
    "add-screen": people.add_screen,
    "set-presence": people.set_presence,
    "replace-delegates": substitutes.replace_delegates,
    "revoke-sign-in": people.revoke_sign_in,
    "write-programme": programme.write_programme,
    "take-step": take_step,
    "undo-step": undo_step,
    "go-to-item": running.start_item,
    "extend-timer": running.extend_clock,
    "pause-timer": running.pause_clock,
    "resume-timer": running.resume_clock,
    "set-scene": running.set_scene,
    "record-comment": comments.record_comment,
    "keep-item": kept.keep_item,
    "record-paper": paper.record_paper,
    "read-in": kept.read_in,
    "type-in-kept": kept.type_in_kept,
    "admit-kept": kept.admit_kept,
    "end-kept": kept.end_kept,
    "withdraw-comment": comments.withdraw_comment,
    "respond-to-comment": responses.respond_to_comment,
    "hand-over-writing": writing.hand_over_writing,
    "report-missing": comments.report_missing,
    "call-help": calls.call_help,
    "take-back-help": calls.take_back_help,
    "acknowledge-help": calls.acknowledge_help,
    "close-help": calls.close_help,
    "answer-missing": comments.answer_missing,
    "add-missing": comments.add_missing,
    "claim-question": questions.claim_question,
    "release-question": questions.release_question,
    "merge-questions": questions.merge_questions,
    "split-question": questions.split_question,
    "answer-question": questions.answer_question,
    "publish-answer": questions.publish_answer,
    "show-answer": questions.show_answer,
    "mark-read": themes.mark_read,
    "name-theme": themes.name_theme,
    "rename-theme": themes.rename_theme,
    "move-comments": themes.move_comments,
    "merge-themes": themes.merge_themes,
    "split-theme": themes.split_theme,
    "mark-minority": themes.mark_minority,
    "choose-quote": themes.choose_quote,
    "set-disposition": dispositions.set_disposition,
    "draft-motion": motions.draft_motion,
    "reword-motion": motions.reword_motion,
    "put-motion": motions.put_motion,
    "withdraw-motion": motions.withdraw_motion,
    "draft-ballot": ballot_drafts.draft_ballot,
    "lay-order": vote_orders.lay_order,
    "put-next-vote": vote_orders.put_next_vote,
    "pull-out": vote_orders.pull_out,
    "put-back": vote_orders.put_back,
    "make-contingent": vote_orders.make_contingent,
    "run-again": ballot_drafts.run_again,
    "announce-ballot": ballots.announce_ballot,
    "recall-ballot": ballots.recall_ballot,
    "open-ballot": ballots.open_ballot,
    "extend-ballot": ballots.extend_ballot,
    "close-ballot": ballots.close_ballot,
    "publish-result": ballots.publish_result,
    "give-casting-vote": ballots.give_casting_vote,
    "void-ballot": tellers.void_ballot,
    "certify-result": tellers.certify_result,
    "replace-stamp": tellers.replace_stamp,
    "cast-card": cards.cast_card,
    "enter-card": cards.enter_card,
    "hand-out-paper": ballot_papers.hand_out_paper,
    "enter-paper": ballot_papers.enter_paper,
    "write-minority-position": minority.write_minority_position,
    "note-companions": ballot_papers.note_companions,
    "declare-hands": voting.declare_hands,
    "cast-vote": voting.cast_vote,
    "fetch-stamp": stamps.fetch_stamp,
    "receive-board": stamps.receive_board,
    "add-kiosk": kiosks.add_kiosk,
    "begin-visit": kiosks.begin_visit,
    "end-visit": kiosks.end_visit,
    "pair-box": boxes.pair_box,
    "write-to-tellers": confidences.write_to_tellers,
    "end-confidence": confidences.end_confidence,
    "need-time": ballots.need_time,
    "compile-outcome": outcome.compile_document,
    "decide-conflict": outcome.decide_conflict,
    "edit-outcome": outcome.edit_outcome,
    "offer-for-signing": outcome.offer_for_signing,
    "accept-passage": signoff.accept_passage,
    "accept-with-edits": signoff.accept_with_edits,
    "sign-with-dissent": signoff.sign_with_dissent,
    "return-passage": signoff.return_passage,
    "answer-return": signoff.answer_return,
    "extend-deadline": outcome.extend_deadline,
    "reopen-outcome": reopening.reopen_outcome,
    "confirm-reading": looks.confirm_reading,
    "record-final-vote": final_vote.record_final_vote,
    "agree-to-invitation": invitations.agree_to_invitation,
}
# Reached by the chair's button and undo alone; whoever may press these may do them.
BEHIND_THE_BUTTON: dict[str, Action] = {
    "start-clock": running.start_clock,
    "end-round": running.end_round,
    "show-themes": running.show_themes,
    "end-item": running.end_item,
    "take-back-opening": event.take_back_opening,
    "take-back-item": running.take_back_item,
    "take-back-clock": running.take_back_clock,
    "reopen-round": running.reopen_round,
}
ALL = ACTIONS | BEHIND_THE_BUTTON


def carry_out(tx: Transaction, verb: str, data: dict[str, Any]) -> dict[str, Any]:
    """Let the actor of this transaction use one verb, if they may use it now.

    Errors: `not-your-role`, `not-at-this-stage`, whatever the verb refuses.
    """
    check_right(tx.actor, verb, Phase(event.the_event(tx).phase))
    return ACTIONS[verb](tx, data)
