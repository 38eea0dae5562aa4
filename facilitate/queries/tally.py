"""After a rehearsal: what the store itself holds, apart from what any page shows of it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.boards import papers_of
from facilitate.store.rows import Ballot, Comment, File, Paper, Voted


@dataclass
class Tally:
    """The store's own numbers.

    Shape: comments map id to text; papers a ballot to choice and number; voters a ballot to a number, in a
    stamped one to that of its papers, as nobody knows whose they are; leaves a stamped one to its papers.
    """

    comments: dict[str, str] = field(default_factory=dict)
    papers: dict[str, dict[str, int]] = field(default_factory=dict)
    voters: dict[str, int] = field(default_factory=dict)
    leaves: dict[str, set[str]] = field(default_factory=dict)


def tally(session: Session) -> Tally:
    """Count what lies in the store; for the operator of a rehearsal, never for a device."""
    found = Tally(comments=dict(session.execute(select(Comment.id, Comment.text)).tuples().all()))
    papers = select(Paper.ballot_id, Paper.choice, func.count()).group_by(Paper.ballot_id, Paper.choice)
    for ballot, choice, number in session.execute(papers):
        found.papers.setdefault(ballot, {})[choice] = number
    voters = select(Voted.ballot_id, func.count()).group_by(Voted.ballot_id)
    found.voters = dict(session.execute(voters).tuples().all())
    for ballot, body in session.execute(select(Ballot.id, File.body).join(File, File.sha256 == Ballot.board)):
        on_board = papers_of(json.loads(body))
        found.papers[ballot] = dict(Counter(paper.choice for paper in on_board))
        found.voters[ballot] = len({paper.public_key for paper in on_board})
        found.leaves[ballot] = {paper.leaf.hex() for paper in on_board}
    return found
