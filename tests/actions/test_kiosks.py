"""One delegate after another at a kiosk: who may, what they may there, and what is left of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from facilitate.domain.people import Actor, Role, audiences_of
from facilitate.domain.refusal import Refused
from facilitate.queries.people import actors_of
from facilitate.store.rows import Credential, Device, SessionRow, Stamp
from tests.actions.stamped import Stamped
from tests.cast import KIOSK
from tests.people import Hall, refused


def visit(hall: Hall, name: str, token: str = "visit") -> Actor:
    """Somebody begins a visit; who the hub takes them for."""
    hall.as_(KIOSK).does("begin-visit", {"code": hall.code(name), "token_hash": token})
    with hall.reads() as session:
        return actors_of(session)[token]


def test_kiosks_have_names_of_their_own(hall: Hall) -> None:
    hall.as_("Tess").does("add-kiosk", {"label": "By the stage"})
    for label in ("By the stage", KIOSK, "Left of the stage", "  "):
        assert hall.as_("Clement").is_refused("add-kiosk", {"label": label}) == "kiosk-taken"


def test_delegate_at_a_kiosk_can_vote_there_and_nothing_else(talking: Hall) -> None:
    dara = visit(talking, "Dara")
    kiosk = talking.as_(KIOSK).actor
    assert (dara.person, dara.device) == (talking.as_("Dara").id, kiosk.device)
    assert dara.roles == {Role.DELEGATE} and dara.table is None
    assert audiences_of(dara, echo=True) == ["delegates", f"person:{dara.person}"]


def test_whoever_holds_other_roles_leaves_them_at_their_own_device(talking: Hall) -> None:
    rows = [{"name": "Chairing Delegate", "roles": ["chair", "delegate"], "delegation": "NOR"}]
    talking.office("import-people", {"rows": rows})
    assert visit(talking, "Chairing Delegate").roles == {Role.DELEGATE}


@pytest.mark.parametrize("name", ["Attila", "Amara", KIOSK, "Laptop of table 1"])
def test_badge_without_a_vote_begins_nothing(talking: Hall, name: str) -> None:
    asked = {"code": talking.code(name), "token_hash": "visit"}
    assert talking.as_(KIOSK).is_refused("begin-visit", asked) == "no-vote"
    assert talking.as_(KIOSK).is_refused("begin-visit", asked | {"code": "00000-00000"}) == "unknown-code"


def test_next_delegate_ends_the_visit_of_the_one_before(talking: Hall) -> None:
    visit(talking, "Dara", "first")
    visit(talking, "Dev", "second")
    with talking.reads() as session:
        assert set(actors_of(session)) & {"first", "second"} == {"second"}


def test_visit_leaves_no_row_and_the_journal_names_nobody(talking: Hall) -> None:
    visit(talking, "Dara")
    talking.as_(KIOSK).does("end-visit")
    with talking.reads() as session:
        assert not session.scalars(select(SessionRow).where(SessionRow.person_id.is_not(None))).all()
    dara, kiosk = talking.as_("Dara").id, talking.as_(KIOSK).id
    last = [(entry.action, entry.subject, entry.actor) for entry in talking.told[-2:]]
    assert last == [
        ("kiosk-taken", f"kiosk:{kiosk}", f"device:{kiosk}"),
        ("kiosk-freed", f"kiosk:{kiosk}", f"device:{kiosk}"),
    ]
    assert dara not in str(talking.told[-2:])


def test_new_code_for_a_kiosk_ends_the_visit_at_it(talking: Hall) -> None:
    visit(talking, "Dara")
    with talking.reads() as session:
        of_kiosk = select(Credential.id).join(Device, Device.id == Credential.device_id)
        credential = session.scalars(of_kiosk.where(Device.label == KIOSK)).one()
    talking.office("revoke-sign-in", {"credential": credential})
    with talking.reads() as session:
        assert "visit" not in actors_of(session)


def test_ballot_stamped_at_a_kiosk_is_stamped_once(talking: Hall) -> None:
    ballot = Stamped(talking)
    ballot.draft()
    ballot.announce()
    dara = visit(talking, "Dara")
    ballot.fetch("Dara", actor=dara)
    with talking.reads() as session:
        assert session.scalars(select(Stamp.channel)).all() == ["kiosk"]
    told = talking.sees(f"person:{dara.person}")["vote"][ballot.id]
    assert (told["stamped"], told["channel"]) == (True, "kiosk")
    with refused("stamp-taken") as why:
        answer = ballot.fetch("Dara")
        assert answer.refusal
        raise answer.refusal
    assert "at a kiosk" in why.value.sentence


def test_what_was_cast_on_a_phone_cannot_be_cast_again_at_a_kiosk(talking: Hall) -> None:
    ballot = talking.new_id()
    asked = {"item": ballot, "motion": None, "question": "Shall this be?", "form": "for-against"}
    talking.as_("Amara").does("draft-ballot", asked)
    for verb in ("announce-ballot", "open-ballot"):
        talking.as_("Amara").does(verb, {"ballot": ballot})
    talking.as_("Dara").does("cast-vote", {"ballot": ballot, "choice": "for"})
    at_kiosk = visit(talking, "Dara")
    answer = talking.write(at_kiosk, "cast-vote", {"ballot": ballot, "choice": "against"})
    assert isinstance(answer.refusal, Refused) and answer.refusal.code == "already-voted"
    dev = visit(talking, "Dev")
    assert talking.write(dev, "cast-vote", {"ballot": ballot, "choice": "against"}).refusal is None
    assert talking.as_("Dev").is_refused("cast-vote", {"ballot": ballot, "choice": "for"}) == "already-voted"
