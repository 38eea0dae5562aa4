"""After: the sentences of a story: what a table sent, what its marks mean, what each end means."""

from __future__ import annotations

from facilitate.domain.comments import CommentKind, CommentMark
from facilitate.domain.stations import Disposition

_AS: dict[CommentKind, str] = {
    CommentKind.SUPPORT: "in support",
    CommentKind.CONCERN: "as a concern",
    CommentKind.WORDING: "as a change of wording",
    CommentKind.IDEA: "as a new idea",
    CommentKind.QUESTION: "as a question",
}
MARKED: dict[CommentMark, str] = {
    CommentMark.AFTER_THE_ROUND: "It was sent after the round.",
    CommentMark.OVER_LIMIT: "It was over the table’s limit for the round, and was kept all the same.",
    CommentMark.TABLE_MOVED: "It was typed when the laptop stood at another table.",
    CommentMark.KEPT_AS_REVISION: "It was kept beside another wording of the same point.",
    CommentMark.FROM_PAPER: "It was written on paper, and the desk typed it in.",
    CommentMark.FROM_THE_FLOOR: "It was added from the floor.",
    CommentMark.TYPED_IN: "The desk typed it in from what had come.",
    CommentMark.ADMITTED: "It came from a laptop whose sign-in had ended; the clerk admitted it.",
    CommentMark.READ_IN: "It was read in at the desk.",
}
MEANS: dict[Disposition, str] = {
    Disposition.ADOPTED: "What it asks for is in the text, or is what the text says.",
    Disposition.ADOPTED_IN_PART: "A part of what it asks for is in the text.",
    Disposition.LOST: "The room voted on it, and it did not carry.",
    Disposition.FELL: "It was not voted on, because another decision had settled the matter.",
    Disposition.MINORITY_POSITION: "It goes on beside the text as a minority position.",
    Disposition.REFERRED_BACK: "It goes back to the body that wrote the document.",
    Disposition.REMITTED: "A body is asked to consider it further; nothing was decided on it.",
    Disposition.ANSWERED: "",
    Disposition.NOTED: "It is on record; the text stays as it is.",
    Disposition.NOT_ADOPTED: "It is on record and not in the text.",
    Disposition.RULED_OUT: "It could not be dealt with at this event.",
    Disposition.WITHDRAWN: "",
    Disposition.NOT_REACHED: "The event did not come to it.",
}


def sent_sentence(table: int, kind: CommentKind, agree: int, against: int, *, minority: bool) -> str:
    """What a table sent, and how strongly it held it."""
    sentences = [f"Table {table} sent it {_AS[kind]}.", _held(agree, against)]
    if minority:
        sentences.append("The table called it a minority view.")
    return " ".join(filter(None, sentences))


def _held(agree: int, against: int) -> str:
    if not (agree or against):
        return ""
    other = f", {against} {'was' if against == 1 else 'were'} not" if against else ""
    return f"{agree or 'Nobody'} at the table {'were' if agree > 1 else 'was'} with it{other}."
