"""All rows of the event, by stage; importing this package makes their tables known."""

from facilitate.store.rows.ballot_papers import PaperEntry, PaperStamp
from facilitate.store.rows.ballots import Ballot, Elector, Paper, Stamp, StampGroup, Voted
from facilitate.store.rows.base import Row, UTCTime, image, plain
from facilitate.store.rows.boxes import BoxPairing
from facilitate.store.rows.calls import HelpCall
from facilitate.store.rows.cards import CardRow
from facilitate.store.rows.comments import Comment, MissingPoint, ResponseRow, Writing
from facilitate.store.rows.confidences import Confidence
from facilitate.store.rows.documents import Document, File, Passage, Submission, SubmissionRevision
from facilitate.store.rows.drafts import CirculatedDraft, Consideration, DraftPoint
from facilitate.store.rows.handovers import Handover
from facilitate.store.rows.invitations import Invitation
from facilitate.store.rows.journal import CommandRow, JournalEntry, JournalHead, JournalPayload
from facilitate.store.rows.kept import KeptItem
from facilitate.store.rows.motions import Motion, MotionSource, PullOutRow, Theme, ThemeComment, VoteOrder
from facilitate.store.rows.outcome import (
    FinalVote,
    Look,
    Offering,
    OutcomeDecision,
    OutcomeEdit,
    OutcomeRow,
    OutcomeWording,
    SealedVersion,
    Signing,
)
from facilitate.store.rows.people import Credential, Delegation, Device, GrantRow, Person, Seat, SessionRow
from facilitate.store.rows.programme import Assignment, Event, Item, TableRow, Track
from facilitate.store.rows.questions import Question, QuestionComment
from facilitate.store.rows.tellers import TellerAct

__all__ = [
    "Assignment", "Ballot", "BoxPairing", "CardRow", "CirculatedDraft", "CommandRow", "Comment",
    "Confidence", "Consideration", "Credential", "Delegation", "Device", "Document", "DraftPoint",
    "Elector", "Event", "File", "FinalVote", "GrantRow", "Handover", "HelpCall", "Invitation", "Item",
    "JournalEntry", "JournalHead", "JournalPayload", "KeptItem", "Look", "MissingPoint", "Motion",
    "MotionSource", "Offering", "OutcomeDecision", "OutcomeEdit", "OutcomeRow", "OutcomeWording", "Paper",
    "PaperEntry", "PaperStamp", "Passage", "Person", "PullOutRow", "Question", "QuestionComment",
    "ResponseRow", "Row", "SealedVersion", "Seat", "SessionRow", "Signing", "Stamp", "StampGroup",
    "Submission", "SubmissionRevision", "TableRow", "TellerAct", "Theme", "ThemeComment", "Track",
    "UTCTime", "VoteOrder", "Voted", "Writing", "image", "plain",
]  # fmt: skip
