"""Hall: papers beside the devices: who took one, which stamps wait for them, how many are still out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from facilitate.choices import sign_with_secret
from facilitate.domain.ballot_papers import Way
from facilitate.domain.ballots import Trust
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import StampedPaper, bid_hash, bid_of, choice_message
from facilitate.store.rows import Ballot, Elector, PaperEntry, PaperStamp, Stamp, Voted
from facilitate.store.writer import Transaction

# On the roll of an anonymised ballot, in place of the command with which a device voted.
PAPER = "paper"


@dataclass(frozen=True)
class PaperBalance:
    """How many papers were handed out, and what became of them.

    Shape: handed_out = cast + spoilt + out.
    """

    handed_out: int
    cast: int
    spoilt: int

    @property
    def out(self) -> int:
        """How many have not been entered by two tellers."""
        return self.handed_out - self.cast - self.spoilt


def way_of(session: Session, ballot: Ballot, person: str) -> Way:
    """How a delegate on the roll stands towards a ballot's papers."""
    if ballot.trust != Trust.STAMPED:
        ticked = session.get(Voted, (ballot.id, person))
        if ticked is None:
            return Way.FREE
        return Way.PAPER if ticked.command == PAPER else Way.VOTED
    stamp = session.get(Stamp, (ballot.id, ballot.version, person))
    if stamp is None or not stamp.signature:
        return Way.FREE
    return Way.PAPER if stamp.channel == PAPER else Way.STAMPED


def who_has_paper(session: Session, ballot: Ballot) -> set[str]:
    """Everybody who took a paper for a ballot's present wording."""
    if ballot.trust != Trust.STAMPED:
        query = select(Voted.person_id).where(Voted.ballot_id == ballot.id, Voted.command == PAPER)
    else:
        query = select(Stamp.person_id).where(
            Stamp.ballot_id == ballot.id, Stamp.version == ballot.version, Stamp.channel == PAPER,
            Stamp.signature != "",
        )  # fmt: skip
    return set(session.scalars(query))


def paper_balance(session: Session, ballot: Ballot) -> PaperBalance:
    """The balance of a ballot's papers."""
    here = (PaperEntry.ballot_id == ballot.id, PaperEntry.version == ballot.version)
    query = select(PaperEntry.number, PaperEntry.spoilt).where(*here, PaperEntry.agreed.is_(True)).distinct()
    agreed = session.execute(query).all()
    spoilt = sum(row.spoilt for row in agreed)
    return PaperBalance(len(who_has_paper(session, ballot)), len(agreed) - spoilt, spoilt)


def out_in_group(session: Session, ballot: Ballot, group: int) -> int:
    """How many papers of one group no two tellers have entered yet."""
    roll = select(Elector.person_id).where(Elector.ballot_id == ballot.id, Elector.group == group)
    given = who_has_paper(session, ballot) & set(session.scalars(roll))
    entered = select(func.count(PaperEntry.number.distinct())).where(
        PaperEntry.ballot_id == ballot.id, PaperEntry.version == ballot.version,
        PaperEntry.agreed.is_(True), PaperEntry.group == group,
    )  # fmt: skip
    return len(given) - (session.scalar(entered) or 0)


def unused_stamps(session: Session, ballot: Ballot, group: int) -> list[PaperStamp]:
    """The stamps of a group that no paper has yet."""
    query = select(PaperStamp).where(
        PaperStamp.ballot_id == ballot.id, PaperStamp.version == ballot.version,
        PaperStamp.group == group, PaperStamp.paper == "",
    )  # fmt: skip
    return list(session.scalars(query.order_by(PaperStamp.key)))


def take_stamp(tx: Transaction, ballot: Ballot, group: int) -> PaperStamp:
    """Any unused stamp of a group, by chance: nothing ties a paper to the delegate who took it.

    Errors: `no-paper-out`.
    """
    unused = unused_stamps(tx.session, ballot, group)
    if not unused:
        raise no_paper_out()
    return unused[int(tx.new_salt(), 16) % len(unused)]


def no_paper_out() -> Refused:
    """How a paper is turned away beyond those that were handed out."""
    return Refused("no-paper-out", "All papers that were handed out are entered. Nothing was entered; look "
                   "at its number, and whether it is a paper of this ballot.", "number")  # fmt: skip


def fill_in(ballot: Ballot, stamp: PaperStamp, choice: str) -> None:
    """Make the paper that is cast out of an unused stamp; its key signs once and is gone."""
    bid, public = bid_of(ballot.id, ballot.version), bytes.fromhex(stamp.key)
    signature = sign_with_secret(stamp.secret, choice_message(bid, stamp.group, choice, public))
    paper = StampedPaper(
        bid_hash(bid), stamp.group, public, bytes.fromhex(stamp.prefix), bytes.fromhex(stamp.stamp), choice,
        signature,
    )  # fmt: skip
    stamp.paper, stamp.secret = paper.as_bytes().hex(), ""


def papers_to_cast(session: Session, ballot_id: str, version: int) -> dict[str, bytes]:
    """What the box is to have of the papers that two tellers agreed on.

    Shape: public key to paper, in the order of the keys, which is chance.
    """
    query = select(PaperStamp.key, PaperStamp.paper).where(
        PaperStamp.ballot_id == ballot_id, PaperStamp.version == version, PaperStamp.paper != ""
    )
    return {row.key: bytes.fromhex(row.paper) for row in session.execute(query.order_by(PaperStamp.key))}


def drop_papers(tx: Transaction, ballot: Ballot) -> None:
    """Forget what papers were made of, once a ballot is over or a wording was taken back."""
    tx.session.execute(delete(PaperStamp).where(PaperStamp.ballot_id == ballot.id))
    untold = (PaperEntry.ballot_id == ballot.id, PaperEntry.agreed.is_(False))
    tx.session.execute(delete(PaperEntry).where(*untold))


def untick_papers(tx: Transaction, ballot: Ballot) -> None:
    """Let those who took a paper for a wording that was taken back vote in the next one."""
    tx.session.execute(delete(Voted).where(Voted.ballot_id == ballot.id, Voted.command == PAPER))


def stamps_by_channel(session: Session, ballot: Ballot) -> dict[str, int]:
    """How many hold a stamp by each channel; for tellers alone."""
    query = (
        select(Stamp.channel, func.count())
        .where(Stamp.ballot_id == ballot.id, Stamp.version == ballot.version, Stamp.signature != "")
        .group_by(Stamp.channel)
    )
    return dict(session.execute(query).all())
