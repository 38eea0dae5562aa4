"""Outcome: the sentences that every edition prints the same, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from facilitate.domain.comments import strength_words
from facilitate.domain.outcome import PassageOutcome
from facilitate.domain.outcome_lines import Change
from facilitate.domain.outcome_matter import Matter
from facilitate.domain.outcome_record import Ballot, Comment, Motion, Signature, Theme
from facilitate.domain.stations import DISPOSITION_LABELS, Disposition

MOTION_ENDS = {
    "draft": "never put to the room",
    "put": "put to the room, not yet decided",
    "carried": "carried",
    "lost": "lost",
    "tied": "tied",
    "fell": "fell",
    "withdrawn": "withdrawn",
    "remitted": "remitted",
    "referred-back": "referred back",
    "not-reached": "not reached",
    "void": "its ballot was declared void",
    "rescinded": "carried, and rescinded later",
}
EFFECTS = {
    "replace": "changes {ref}",
    "insert-after": "adds a passage after {ref}",
    "delete": "deletes {ref}",
    "state": "states",
}
TRUSTS = {
    "hands": "by show of hands",
    "anonymised": "on devices",
    "stamped": "by secret ballot",
    "cards": "by open card vote, in members",
}
_CAME = {
    "unchanged": ("stands as the NPF wrote it", "stand as the NPF wrote them"),
    "changed": ("was changed", "were changed"),
    "inserted": ("is new", "are new"),
    "deleted": ("was deleted", "were deleted"),
    "undecided": ("awaits a clerk’s decision", "await a clerk’s decision"),
}
ACTS = {
    "accept": "signed",
    "edit": "signed with edits",
    "dissent": "signed with a note of dissent",
    "return": "returned",
}


def when(at: datetime | None, zone: str) -> str:
    """A moment as the event's own clock showed it.

    Shape: "27 March 2027, 12:31", "" when it is not known.
    """
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y, %H:%M}"


def counted(number: int, one: str, many: str = "") -> str:
    """So many of a thing, in words for a sentence."""
    return f"{f'{number:,}' if number else 'no'} {one if number == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """Several things as one phrase: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def discussed(tables: int | None) -> str:
    """How many tables talked about a passage; None for one that came in by a vote."""
    if tables is None:
        return "Not in the document that the tables discussed."
    return f"Discussed by {counted(tables, 'table')}." if tables else "Not reached."


def fate(passage: PassageOutcome) -> str:
    """What became of a passage, in one short phrase."""
    ballots = [str(c.ballot.number) for c in passage.changes if c.ballot]
    by = f" by {'ballot' if len(ballots) == 1 else 'ballots'} {listed(ballots)}" if ballots else ""
    since = ", wording changed since the vote" if passage.later else ""
    return {
        "unchanged": "As the NPF wrote it" if not since else "Changed after the event, not by a vote",
        "changed": f"Changed{by}{since}" if passage.changes else "Changed after the event, not by a vote",
        "inserted": f"New, added{by}{since}",
        "deleted": f"Deleted{by}{since}",
        "undecided": "Carried motions collide here: not decided",
    }[passage.state]


def copy_line(name: str) -> str:
    """What stands on each page of a copy that is not for publication, "" on any other."""
    return f"Copy for {name}. Not for publication." if name else ""


def motion_line(motion: Motion, at: str) -> str:
    """What a motion would do and what became of it."""
    if motion.amends is not None:
        what = f"Amendment (motion {motion.number}) to motion {motion.amends}"
    else:
        effect = EFFECTS.get(motion.effect, motion.effect).format(ref=motion.passage or at)
        what = f"Motion {motion.number} {effect}"
    end = f"{what}: {MOTION_ENDS.get(motion.state, motion.state)}."
    return f"{end} {motion.why}" if motion.why else end


def author(change: Change) -> str:
    """Who made a change, as it stands in the margin of a word processor."""
    return (
        f"Ballot {change.ballot.number} (carried)"
        if change.ballot
        else f"Motion {change.motion.number} (carried)"
    )


def ballot_rows(ballot: Ballot) -> list[tuple[str, int]]:
    """Everything counted in a ballot, the abstentions and those who did not vote among it."""
    rows = [*ballot.counts]
    if not any(label.casefold().startswith("abst") for label, _ in rows):
        rows.append(("Abstained", ballot.abstained))
    return [*rows, ("Did not vote", ballot.not_voted)]


def ballot_conditions(ballot: Ballot) -> list[str]:
    """What made a ballot valid and what made it carried, in sentences."""
    found = [ballot.rule] if ballot.rule else []
    if ballot.needed is not None:
        of = f" of {ballot.base:,}" if ballot.base is not None else ""
        found.append(f"Needed: {ballot.needed:,}{of}.")
    if ballot.quorum is not None:
        reached = {True: ", reached", False: ", not reached", None: ""}[ballot.quorum_reached]
        found.append(f"Quorum: {ballot.quorum:,}{reached}.")
    if ballot.section_tally:
        shares = [f"{label} {float(share):.1%}" for label, share in ballot.section_tally]
        found.append(f"By sections: {listed(shares)}.")
        found += ballot.sections
    if ballot.trust in TRUSTS:
        found.append(f"Taken {TRUSTS[ballot.trust]}.")
    return found


def ballot_title(ballot: Ballot) -> str:
    """The heading of a ballot, with what must be known before its figures are read."""
    marks = [
        mark
        for mark, applies in (
            ("a sounding, not binding", ballot.purpose == "sounding"),
            ("provisional", ballot.state == "provisional"),
            ("declared void", ballot.state == "void"),
        )
        if applies
    ]
    return f"Ballot {ballot.number}" + (f" ({', '.join(marks)})" if marks else "")


def strength(comment: Comment) -> str:
    """How many at the table were with a point and how many were not, and whether the table called it a
    minority view.
    """
    said = ("minority view" if comment.minority else "", strength_words(comment.agree, comment.against))
    return " · ".join(words for words in said if words)


def conflict_lines(conflict: Mapping[str, Any]) -> list[str]:
    """What each of the carried motions that collide would make of their passage."""
    lines = [
        f"Motion {one['motion']}: {one['text'] or 'delete the passage.'}" for one in conflict["candidates"]
    ]
    return lines if conflict["decided"] else [*lines, "A clerk has still to decide how this passage reads."]


def since_line(later: Mapping[str, Any]) -> str:
    """A change since the vote: what it was, why, by whom and when, and which words differ since."""
    by = ", ".join(word for word in (later["by"], later["at"]) if word)
    return f"{later['what']}: {later['reason']}" + (f" ({by})" if by else "") + f" {later['english']}"


def theme_size(theme: Theme) -> str:
    """How much stands behind a theme."""
    return f"{counted(theme.comments, 'comment')} from {counted(theme.tables, 'table')}"


def disposition(name: str | None, *, withdrawn: bool = False) -> str:
    """The end of a comment or submission as words."""
    end = name or ("withdrawn" if withdrawn else "open")
    label = DISPOSITION_LABELS[Disposition(end)] if end in set(Disposition) else end
    return label[0].lower() + label[1:]


def signature_line(signature: Signature, zone: str) -> str:
    """What a signatory did, for the list of signatures."""
    line = f"{signature.name}: {ACTS.get(signature.act, signature.act)}"
    line += f", to {signature.addressee}" if signature.addressee else ""
    line += f", {when(signature.at, zone)}" if signature.at else ""
    return f"{line}. “{signature.note}”" if signature.note else f"{line}."


def summary(passages: tuple[PassageOutcome, ...], general: Matter) -> list[str]:
    """The outcome in three sentences.

    Shape: what became of the passages; what was voted; what the tables said.
    """
    matters = [*(passage.matter for passage in passages), general]
    states = [passage.state for passage in passages]
    came = [
        counted(states.count(state), one, many) for state, (one, many) in _CAME.items() if state in states
    ]
    motions = [m for matter in matters for m in matter.motions if m.amends is None]
    ballots = len({b.number for matter in matters for b in matter.ballots})
    comments = len({c.ref for matter in matters for c in matter.comments})
    submissions = len({s.ref for matter in matters for s in matter.submissions})
    reached = sum(passage.discussed > 0 for passage in passages)
    carried = sum(motion.state == "carried" for motion in motions)
    votes = (
        f"{counted(len(motions), 'motion')}, {carried:,} of them carried, in {counted(ballots, 'ballot')}."
    )
    if not motions:
        votes = f"No motions, {counted(ballots, 'ballot')}."
    said = f"{counted(comments, 'comment')} from the tables and {counted(submissions, 'submission')}"
    said = said[0].upper() + said[1:]
    return [
        f"Of {counted(len(passages), 'passage')}, {listed(came)}." if passages else "There are no passages.",
        votes,
        f"{said}; {counted(reached, 'passage was', 'passages were')} discussed at the tables.",
    ]


BALANCE_HEAD = ("Kind", "Received", "Still open", "Ended", "Difference")


def balance_sentence(rows: Sequence[Mapping[str, Any]]) -> str:
    """Whether everything that came in is accounted for, and what is not by name."""
    wrong = [row for row in rows if row["wrong"] and not row["part"]]
    if wrong:
        named = [f"{row['label']} ({listed(row['named']) or row['difference']})" for row in wrong]
        return f"The sheet does not balance: look at {listed(named)}."
    return "Everything that came in is accounted for: received = still open + ended."


def balance_table(rows: Sequence[Mapping[str, Any]]) -> tuple[Sequence[str], list[list[str]]]:
    """The balance sheet as a head and rows of words; a wrong line says so in words."""
    return BALANCE_HEAD, [
        [
            f"– {row['label']}" if row["part"] else row["label"],
            *(f"{row[key]:,}" for key in ("received", "open", "ended")),
            f"{row['difference']:,} ≠ wrong" if row["wrong"] else "0",
        ]
        for row in rows
    ]
