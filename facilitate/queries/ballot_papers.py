"""Hall: what tellers see at the desk for papers: whom they look for, what they entered, and the balance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.ballot_papers import SPOILT, WAY_WORDS, Way, difference_words
from facilitate.domain.ballots import ABSTAIN, BallotState, Trust
from facilitate.domain.codes import CODE_LENGTH, code_hash, tidy_code
from facilitate.domain.majority import rules_from_dict
from facilitate.store.paper_channel import PaperBalance, paper_balance, stamps_by_channel, way_of
from facilitate.store.rows import Ballot, Credential, Delegation, Elector, PaperEntry, Person
from facilitate.store.sections import group_names

MOST_FOUND = 20
SPOILT_WORDS = "Spoilt or not handed back"
_NOW = (BallotState.ANNOUNCED.value, BallotState.OPEN.value, BallotState.CLOSED.value)
_WITHOUT = (Trust.HANDS.value, Trust.CARDS.value)
_LAST = (*_NOW, BallotState.PROVISIONAL.value)


@dataclass(frozen=True)
class Found:
    """One delegate whom a teller looked for."""

    id: str
    name: str
    delegation: str
    words: str
    free: bool


@dataclass(frozen=True)
class Entered:
    """What is entered of the papers, as one teller may see it.

    Shape: `waiting` are the numbers of this teller's own papers that the second one has not entered,
    `open` how many of others wait for this one; `differences` are sentences.
    """

    waiting: list[int]
    others: int
    differences: list[str]


def paper_ballot(session: Session) -> Ballot | None:
    """The ballot that runs, or whose result is not out yet."""
    query = select(Ballot).where(Ballot.state.in_(_LAST), Ballot.trust.not_in(_WITHOUT))
    return session.scalars(query.order_by(Ballot.state.in_(_NOW).desc(), Ballot.number.desc())).first()


def find_delegates(session: Session, key: bytes, ballot: Ballot, words: str) -> list[Found]:
    """Those whom a teller looks for by name, or by the code on the badge.

    Shape: at most MOST_FOUND, by name.
    """
    wanted = " ".join(words.split()).casefold()
    query = (
        select(Person.id, Person.name, Delegation.name.label("body"), Elector.person_id.label("elector"))
        .outerjoin(Delegation, Delegation.id == Person.delegation_id)
        .outerjoin(Elector, (Elector.person_id == Person.id) & (Elector.ballot_id == ballot.id))
        .order_by(Person.name)
    )
    code = tidy_code(words)
    holder = None
    if len(code) == CODE_LENGTH:
        known = (Credential.code_hash == code_hash(key, code), Credential.revoked_at.is_(None))
        holder = session.scalar(select(Credential.person_id).where(*known))
    rows = [row for row in session.execute(query) if row.id == holder or wanted in row.name.casefold()]
    return [_found(session, ballot, row) for row in rows[:MOST_FOUND]] if wanted else []


def _found(session: Session, ballot: Ballot, row: Any) -> Found:
    if row.elector is None:
        return Found(row.id, row.name, row.body or "", "Is not on the roll of this ballot.", free=False)
    way = way_of(session, ballot, row.id)
    return Found(row.id, row.name, row.body or "", WAY_WORDS[way], free=way is Way.FREE)


def choices_of(ballot: Ballot) -> list[tuple[str, str]]:
    """What a teller may read on a paper: keys and labels, in the order of the paper."""
    options = [(option.key, option.label) for option in rules_from_dict(ballot.rules).options]
    return sorted(options, key=lambda option: option[0] == ABSTAIN)


def entered_by(session: Session, ballot: Ballot, teller: str) -> Entered:
    """What is entered as this teller may see it: nobody else's reading before they have given their own."""
    query = select(PaperEntry).where(
        PaperEntry.ballot_id == ballot.id, PaperEntry.version == ballot.version, PaperEntry.agreed.is_(False)
    )
    papers: dict[int, dict[str, PaperEntry]] = {}
    for row in session.scalars(query.order_by(PaperEntry.number)):
        papers.setdefault(row.number, {})[row.person_id] = row
    waiting = [number for number, by in papers.items() if set(by) == {teller}]
    others = sum(1 for by in papers.values() if teller not in by)
    groups = group_names(ballot)
    differences = [
        difference_words(number, sorted({_read(ballot, groups, row) for row in by.values()}))
        for number, by in papers.items()
        if teller in by and len(by) > 1
    ]
    return Entered(waiting, others, differences)


def _read(ballot: Ballot, groups: list[str], row: PaperEntry) -> str:
    labels = dict(choices_of(ballot))
    words = SPOILT_WORDS if row.reading == SPOILT else labels.get(row.reading, row.reading)
    return f"{words}, {groups[row.group]}" if len(groups) > 1 else words


@dataclass(frozen=True)
class TellersNumbers:
    """The balance of a ballot for its tellers."""

    papers: PaperBalance
    channels: dict[str, int]


def tellers_numbers(session: Session, ballot: Ballot) -> TellersNumbers:
    """How many papers are out and how many stamps went by each channel; never shown on the board."""
    return TellersNumbers(paper_balance(session, ballot), stamps_by_channel(session, ballot))
