"""Hall: who may do what to a ballot, and at which phases; people.py reads it into its one table."""

from __future__ import annotations

# Verb: roles and phases, each a list of words; without a role it is the hub's own.
BALLOT_RIGHTS: dict[str, tuple[str, str]] = {
    "cast-vote": ("delegate", "hall"),
    "fetch-stamp": ("delegate", "hall"),
    "report-casting": ("delegate", "hall"),
    "need-time": ("delegate", "hall"),
    "receive-board": ("", "hall after"),
    "pair-box": ("chair teller", "before hall after"),
    "draft-ballot": ("chair", "before hall"),
    "lay-order": ("chair clerk", "before hall"),
    "put-next-vote": ("chair", "hall"),
    "pull-out": ("delegate facilitator scribe", "hall"),
    "put-back": ("delegate facilitator scribe", "hall"),
    "make-contingent": ("chair clerk theme-team", "before hall"),
    "run-again": ("chair", "hall"),
    "announce-ballot": ("chair", "hall"),
    "recall-ballot": ("chair", "hall"),
    "open-ballot": ("chair", "hall"),
    "extend-ballot": ("chair", "hall"),
    "close-ballot": ("chair", "hall"),
    "publish-result": ("chair", "hall after"),
    "give-casting-vote": ("chair", "hall after"),
    "void-ballot": ("chair teller", "hall after"),
    "certify-result": ("teller", "hall after"),
    "replace-stamp": ("teller", "hall"),
    "write-to-tellers": ("delegate", "hall after"),
    "end-confidence": ("teller", "hall after"),
    "hand-out-paper": ("teller", "hall"),
    "enter-paper": ("teller", "hall"),
    "write-minority-position": ("chair clerk theme-team", "hall after"),
    "note-companions": ("teller", "hall after"),
    "declare-hands": ("chair teller", "hall"),
}
