"""After: what becomes of the busy conference in the office and at the NPF, until its outcome is sealed."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.queries import View
from facilitate.queries.outcome import read_outcome
from facilitate.queries.people import SignIn, person_actor
from facilitate.store.rows import Comment, KeptItem, MissingPoint, Submission
from tests.pages.conference import Conference
from tests.pages.prepared import COMMISSION


def put_together(event: Conference) -> None:
    """The clerk compiles; most points have no end yet."""
    event.cast.a("clerk").send("/npf/HOU/compilation", rule="all")


def end_all(event: Conference) -> None:
    """The theme team gives every point its end."""
    reasons = ["The room voted against it.", "It supports the text, which stays as it is."]
    tables: dict[str, Any] = {"comment": Comment, "submission": Submission, "missing": MissingPoint}
    for kind, table in tables.items():
        ids: list[str] = event.cast.read(partial(ids_of, table))
        halves = ids[::2], ids[1::2]
        given: list[dict[str, Any]] = [
            {"disposition": "adopted-in-part", "reason": "Only part of it was carried."},
            {"disposition": "not-adopted", "reason": reasons[0], "note": "The vote was 31 to 47."},
        ]
        for some, end in zip(halves, given, strict=True):
            if some:
                event.team.do("set-disposition", kind=kind, ids=some, **end)
    for kept in event.cast.read(partial(ids_of, KeptItem)):
        event.team.do("end-kept", kept=[kept], reason="The same point came again from the newer page.")


def ids_of(table: Any, session: Session) -> list[str]:
    """Everything in one table."""
    return list(session.scalars(select(table.id)))


def signatories(event: Conference) -> list[SignIn]:
    """Whoever signs for the housing commission."""
    everybody = [way for role in ("signatory", "delegate") for way in event.cast.ways(role)]
    return [way for way in everybody if COMMISSION in scopes(event, way)]


def scopes(event: Conference, way: SignIn) -> list[str]:
    """The commissions for which somebody signs."""
    actor = event.cast.read(lambda session: person_actor(session, way.holder))
    return [grant.scope for grant in actor.grants if grant.role == "signatory"] if actor else []


def words_seen(event: Conference, way: SignIn) -> dict[str, str]:
    """Each passage with the hash of the words that this signatory sees."""

    def ask(session: Any) -> dict[str, str]:
        actor = person_actor(session, way.holder)
        assert actor
        reading = read_outcome(View(session, datetime.now(UTC)), actor, "HOU")
        assert reading
        return {each.ref: reading.hash_of(each.ref) for each in reading.to_sign(actor.person)}

    return event.cast.read(ask)


def offer(event: Conference) -> None:
    """Everything has its end; the text lies before the signatories, and one has signed with a note."""
    end_all(event)
    clerk = event.cast.a("clerk")
    clerk.send("/npf/HOU/compilation", rule="all")
    clerk.send("/npf/HOU/offering", reason="")
    first = signatories(event)[0]
    words = words_seen(event, first)
    ref = next(iter(words))
    event.cast.sign_in(first).send(
        "/npf/HOU/signatures", act="dissent", passage=ref, text_hash=words[ref],
        note="A share without a number of homes will be met by building less.", addressee="",
    )  # fmt: skip


def sign(event: Conference) -> None:
    """Everybody signs what is left: the text is sealed."""
    for way in signatories(event):
        words = words_seen(event, way)
        event.cast.sign_in(way).send(
            "/npf/HOU/signatures", act="accept", passage=list(words), text_hash=list(words.values())
        )
