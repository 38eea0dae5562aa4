"""Before and hall: substitutes take over delegates' places: seat and vote pass on, the old badge dies."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from facilitate.domain.ballot_papers import Way
from facilitate.domain.codes import code_hash, sign_in_code
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.domain.substitutes import Passing, check_substitute, vote_passes
from facilitate.store.paper_channel import way_of
from facilitate.store.roll import touches_of_roll
from facilitate.store.rows import Ballot, Credential, Delegation, Elector, GrantRow, Person, Row, Seat
from facilitate.store.writer import Transaction


def replace_delegates(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let substitutes take over delegates' places, all or nothing, each with a sign-in code of their own.

    Shape: data["rows"] are mappings with delegate and perhaps delegation (its code), name, email, reason, and
    `here` where the substitute is at the event already in another role; the answer names the substitutes' ids
    and how many votes stay for a ballot that is running.
    Errors: `delegate-not-found`, `replaced-already`, `votes-already`, `person-not-found`, what
    check_substitute refuses.
    """
    made, stays = [], 0
    for row in data["rows"]:
        new, stayed = _replace(tx, {key: (value or "") for key, value in row.items()})
        made.append(new)
        stays += stayed
    return {"people": made, "stays": stays}


def _replace(tx: Transaction, row: dict[str, Any]) -> tuple[str, int]:
    name, reason = " ".join(str(row["name"]).split()), str(row.get("reason") or "").strip()
    check_substitute(name, reason)
    old = _delegate(tx, str(row["delegate"]), str(row.get("delegation") or ""))
    new = _already_here(tx, name) if row.get("here") else _newcomer(tx, name, str(row.get("email") or ""))
    changed: list[Row] = [old, new]
    new.delegation_id, new.present = old.delegation_id, True
    old.replaced_by, old.present = new.id, False
    tx.session.flush()
    changed += _pass_grant(tx, old, new)
    changed += _pass_seats(tx, old, new)
    _end_badge(tx, old)
    stays = _pass_votes(tx, old, new)
    people = [f"person:{old.id}", f"person:{new.id}"]
    tx.record(
        "delegate-replaced", f"person:{old.id}", rows=changed, reason=reason,
        touches=["me:me", *touches_of_roll(tx.session)], audiences=["delegates", "themes", *people],
    )  # fmt: skip
    return new.id, stays


def _delegate(tx: Transaction, wanted: str, delegation: str) -> Person:
    """The delegate who is called so on the badge, or has this id."""
    spoken = " ".join(wanted.split()).casefold()
    here = (
        select(Person)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .outerjoin(Delegation, Delegation.id == Person.delegation_id)
        .where(GrantRow.role == Role.DELEGATE.value)
    )
    if delegation:
        here = here.where(Delegation.code == delegation)
    found = [p for p in tx.session.scalars(here) if p.id == wanted or p.name.casefold() == spoken]
    if len(found) == 1:
        return found[0]
    gone = tx.session.scalars(select(Person).where(Person.replaced_by.is_not(None)))
    if any(p.id == wanted or p.name.casefold() == spoken for p in gone) and not found:
        told = f"A substitute has taken over the place of {wanted} already. Nothing was changed."
        raise Refused("replaced-already", told, "delegate")
    why = "No delegate" if not found else "More than one delegate"
    raise Refused("delegate-not-found", f"{why} is called “{wanted}”. Nothing was changed; write the name "
                  "as it stands on the badge, with the delegation where two are alike.", "delegate")


def _already_here(tx: Transaction, name: str) -> Person:
    """Somebody at the event in another role; whoever has a vote already cannot have a second one."""
    everybody = tx.session.scalars(select(Person).where(Person.replaced_by.is_(None)))
    found = [p for p in everybody if p.name.casefold() == name.casefold()]
    if len(found) != 1:
        told = f"Not exactly one person at the event is called “{name}”."
        raise Refused("person-not-found", f"{told} Nothing was changed; write it as on the badge.", "name")
    person = found[0]
    votes = select(GrantRow.id).where(GrantRow.person_id == person.id, GrantRow.role == Role.DELEGATE.value)
    if tx.session.scalar(votes):
        raise Refused("votes-already", f"{person.name} is a delegate already, and nobody votes twice. "
                      "Nothing was changed; name somebody else.", "name")
    return person


def _newcomer(tx: Transaction, name: str, email: str) -> Person:
    person = Person(id=tx.new_id(), name=name, email=email.strip(), delegation_id=None, present=True)
    tx.session.add(person)
    tx.session.flush()
    key = tx.new_id()
    tx.session.add(Credential(
        id=key, code_hash=code_hash(tx.key, sign_in_code(tx.key, key, 1)), person_id=person.id,
        device_id=None, generation=1,
    ))  # fmt: skip
    return person


def _pass_grant(tx: Transaction, old: Person, new: Person) -> list[Row]:
    """The delegate's role passes on; whoever has no other role attends from now on without a vote."""
    held = list(tx.session.scalars(select(GrantRow).where(GrantRow.person_id == old.id)))
    moved = [grant for grant in held if grant.role == Role.DELEGATE.value]
    for grant in moved:
        grant.person_id = new.id
    if len(held) > len(moved):
        return list(moved)
    stays = GrantRow(
        id=tx.new_id(), person_id=old.id, device_id=None, role=Role.ATTENDEE.value, scope_kind="event",
        scope="",
    )  # fmt: skip
    tx.session.add(stays)
    return [*moved, stays]


def _pass_seats(tx: Transaction, old: Person, new: Person) -> list[Row]:
    own = set(tx.session.scalars(select(Seat.item_id).where(Seat.person_id == new.id)))
    held = tx.session.scalars(select(Seat).where(Seat.person_id == old.id))
    seats = [seat for seat in held if seat.item_id not in own]
    for seat in seats:
        seat.person_id = new.id
    return list(seats)


def _end_badge(tx: Transaction, old: Person) -> None:
    """The code on the badge dies; a device that is signed in goes on, so that it can say why."""
    for credential in tx.session.scalars(select(Credential).where(Credential.person_id == old.id)):
        credential.generation += 1
        credential.code_hash = code_hash(tx.key, sign_in_code(tx.key, credential.id, credential.generation))


def _pass_votes(tx: Transaction, old: Person, new: Person) -> int:
    """Pass the votes in running ballots on; how many stay, as a stamp or paper was taken or a vote cast."""
    running = select(Ballot).where(Ballot.state.in_(["announced", "open"]))
    stays = 0
    for ballot in tx.session.scalars(running):
        roll = tx.session.get(Elector, (ballot.id, old.id))
        used = way_of(tx.session, ballot, old.id) is not Way.FREE
        passing = vote_passes(on_the_roll=roll is not None, used=used)
        if passing is Passing.PASSES and tx.session.get(Elector, (ballot.id, new.id)) is None:
            here = (Elector.ballot_id == ballot.id, Elector.person_id == old.id)
            tx.session.execute(update(Elector).values(person_id=new.id).where(*here))
        stays += passing is Passing.STAYS
    return stays
