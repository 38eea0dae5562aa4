"""One well-formed example of every verb; what it names does not exist, so that only the door is asked."""

from __future__ import annotations

from typing import Any

from facilitate.domain.documents import ReadDocument

NEW = "01900000-0000-7000-8000-999999999999"
GONE = "nothing-has-this-id"
_COMMENT = {"item": NEW, "passage": GONE, "kind": "idea", "agree": 1, "against": 0, "text": "A point."}
_BALLOT = {"ballot": GONE}
_TRACK = {"track": GONE}
_FILE = {"name": "a.md", "media_type": "text/markdown", "body": b""}

EXAMPLES: dict[str, dict[str, Any]] = {
    "record-comment": _COMMENT | {"n": 1},
    "withdraw-comment": {"comment": GONE},
    "keep-item": {"cause": "unreadable", "raw": "{}", "data": None, "why": "text: Missing."},
    "record-paper": {"table": 999, "points": [_COMMENT]},
    "type-in-kept": {key: value for key, value in _COMMENT.items() if key != "item"} | {"kept": GONE},
    "admit-kept": {"kept": [GONE]},
    "end-kept": {"kept": [GONE], "reason": "A reason."},
    "respond-to-comment": {"comment": GONE, "response": "ours-too"},
    "hand-over-writing": {"laptop": NEW, "takes": True},
    "report-laptop": {"typed": 3, "kept": 1},
    "resume-laptop": {"commands": [NEW]},
    "report-missing": {"item": NEW, "text": ""},
    "call-help": {"item": NEW, "reason": "Something technical", "words": "The screen is dark."},
    "take-back-help": {"items": [GONE]},
    "acknowledge-help": {"call": GONE},
    "close-help": {"call": GONE},
    "cast-vote": _BALLOT | {"choice": "for"},
    "need-time": _BALLOT,
    "take-step": _TRACK | {"verb": "start-item", "subject": GONE},
    "undo-step": _TRACK,
    "extend-timer": _TRACK | {"seconds": 60},
    "pause-timer": _TRACK,
    "resume-timer": _TRACK,
    "go-to-item": _TRACK | {"item": GONE},
    "set-scene": {"screen": GONE, "scene": "wall"},
    "open-event": {},
    "close-event": {},
    "draft-ballot": {"item": NEW, "motion": GONE, "question": "Yes?", "form": "for-against"},
    "announce-ballot": _BALLOT,
    "recall-ballot": _BALLOT,
    "open-ballot": _BALLOT,
    "extend-ballot": _BALLOT | {"seconds": 60},
    "close-ballot": _BALLOT,
    "publish-result": _BALLOT,
    "give-casting-vote": _BALLOT | {"choice": "for"},
    "void-ballot": _BALLOT | {"reason": "A reason."},
    "declare-hands": _BALLOT | {"declaration": "clearly-carried"},
    "mark-read": {"comments": [GONE]},
    "name-theme": {"item": NEW, "passage": GONE, "name": "A theme", "comments": []},
    "rename-theme": {"theme": GONE, "name": "A theme"},
    "move-comments": {"comments": [GONE], "theme": GONE},
    "merge-themes": {"from": [GONE], "into": GONE},
    "split-theme": {"theme": GONE, "item": NEW, "name": "A theme", "comments": [GONE]},
    "mark-minority": {"theme": GONE, "minority": True},
    "choose-quote": {"theme": GONE, "comment": GONE},
    "draft-motion": {
        "item": NEW, "document": GONE, "effect": "state", "title": "A title", "text": "Words.",
        "comments": [], "themes": [], "submissions": [],
    },
    "reword-motion": {"motion": GONE, "title": "A title", "text": "Words."},
    "put-motion": {"motion": GONE},
    "withdraw-motion": {"motion": GONE},
    "set-disposition": {"kind": "comment", "ids": [GONE], "disposition": "adopted"},
    "answer-missing": {"missing": GONE, "answer": "An answer."},
    "add-missing": {key: value for key, value in _COMMENT.items() if key != "passage"} | {"missing": GONE},
    "import-document": _FILE | {"prefix": "DOC", "read": ReadDocument("Empty", ())},
    "import-delegations": {"rows": []},
    "import-people": {"rows": []},
    "import-submissions": {"rows": []},
    "write-programme": {"tracks": [], "items": []},
    "make-tables": {"tables": []},
    "seat-people": {"seats": []},
    "add-screen": {"label": ""},
    "set-event": {},
    "set-presence": {"people": [], "present": True},
    "revoke-sign-in": {"credential": GONE},
    "erase-devices": {"holding": [], "reason": None},
    "compile-outcome": {"document": GONE},
    "decide-conflict": {"document": GONE, "passage": "DOC-1", "text": "Words.", "reason": "A reason."},
    "edit-outcome": {"document": GONE, "passage": "DOC-1", "text": "Words.", "text_hash": "", "reason": "A"},
    "offer-for-signing": {"document": GONE},
    "accept-passage": {"document": GONE, "passages": {}},
    "sign-with-dissent": {"document": GONE, "passage": "DOC-1", "text_hash": "", "note": "A note."},
    "return-passage": {"document": GONE, "passage": "DOC-1", "text_hash": "", "note": "A note."},
}  # fmt: skip
