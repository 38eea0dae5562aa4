"""What does not move and what is not taken: nothing is changed, and a sentence says why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text, update

from facilitate.formats.bundle import read_head
from facilitate.handover.files import aside_in, pack, unpack
from facilitate.handover.give import Given, give
from facilitate.handover.keys import key_for, make_invitation, open_invitations
from facilitate.store.rows import Handover, JournalEntry
from facilitate.store.session import open_store, write_sessions
from tests.hosts import Host, office_with
from tests.people import refused


def test_what_cannot_be_written_is_known_before_anything_is_handed_over(office: Host, hall: Host) -> None:
    invitation = make_invitation(hall.folder, "hall")
    with refused("cannot-write"):
        give(office.settings, invitation, office.folder / "no such folder" / "bundle")
    with refused("own-invitation"):
        give(office.settings, make_invitation(office.folder, "office"), office.folder / "bundle")
    with refused("no-event"):
        give(hall.settings, make_invitation(office.folder, "office"), office.folder / "bundle")
    assert not (hall.folder / "event.db").exists()
    office.says("Still here.")
    assert office.handovers() == []


def ballot_of(host: Host, *verbs: str) -> None:
    """A ballot that the chair has brought so far."""
    with host.hall() as hall:
        ballot = hall.new_id()
        chair = hall.as_("Amara")
        chair.does("draft-ballot", {"item": ballot, "question": "Shall we?", "form": "for-against"})
        for verb in verbs:
            chair.does(verb, {"ballot": ballot})


@pytest.mark.parametrize("verbs", [("announce-ballot",), ("announce-ballot", "open-ballot")])
def test_an_event_does_not_move_in_a_ballot(office: Host, hall: Host, verbs: tuple[str, ...]) -> None:
    ballot_of(office, *verbs)
    with refused("ballot-open"):
        office.gives(hall)
    office.says("The event goes on here.")
    assert list(office.folder.parent.glob("*.event*")) == []


def test_a_draft_or_a_counted_ballot_moves(office: Host, hall: Host) -> None:
    ballot_of(office)
    ballot_of(office, "announce-ballot", "recall-ballot")
    hall.takes(office.gives(hall))
    assert hall.report().whole


def test_a_broken_record_is_not_handed_over(office: Host, hall: Host) -> None:
    with write_sessions(open_store(office.settings.database_url))() as session, session.begin():
        session.execute(update(JournalEntry).where(JournalEntry.number == 3).values(actor="nobody"))
    with refused("record-broken"):
        office.gives(hall)
    office.says("The event goes on here.")


def test_nothing_takes_the_place_of_an_event_that_is_written_here(
    office: Host, tmp_path: Path
) -> None:
    written = office_with(office.folder / "event.db", tmp_path / "restored")
    given = office.gives(written)
    with refused("not-a-copy"):
        written.takes(given)
    written.says("Said in the copy.")
    head = written.head()
    with refused("journals-part"):
        written.takes(given)
    assert written.head() == head
    other = Host(tmp_path / "other")
    shutil.copytree(written.folder, other.folder)
    (other.folder / "event.db").unlink()
    (other.folder / "keys" / "sign-in").write_bytes(b"k" * 32)
    with refused("not-empty"):
        other.takes(given)
    assert not (other.folder / "event.db").exists()


def test_another_event_is_never_replaced(office: Host, tmp_path: Path) -> None:
    from tests.people import open_hall

    other = Host(tmp_path / "other")
    (other.folder / "keys").mkdir(parents=True)
    open_hall(f"sqlite+pysqlite:///{other.folder / 'event.db'}").database.dispose()
    with other.hall() as event:
        event.office("set-event", {"name": "Spring forum"})
        with write_sessions(event.database)() as session, session.begin():
            # As if it had been made a moment later.
            session.execute(update(JournalEntry).values(hash=JournalEntry.hash + "0"))
    with refused("other-event"):
        other.takes(office.gives(other))


def test_an_older_state_does_not_replace_a_newer_one(office: Host, hall: Host, tmp_path: Path) -> None:
    hall.takes(office.gives(hall))
    invited = make_invitation(office.folder, "office")
    early = give(hall.settings, invited, tmp_path / "early")
    kept = (office.folder / "keys" / "invitations" / f"{invited.mark}.key").read_bytes()
    office.takes(early)
    office.gives(hall, "hall")
    (office.folder / "keys" / "invitations" / f"{invited.mark}.used").unlink()
    (office.folder / "keys" / "invitations" / f"{invited.mark}.key").write_bytes(kept)
    with write_sessions(open_store(office.settings.database_url))() as session, session.begin():
        mine = update(Handover).where(Handover.invitation == invited.mark)
        session.execute(mine.values(state="taken-back"))
    head = office.head()
    with refused("older-state"):
        office.takes(early)
    assert office.head() == head




@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer-software"),
        ("ALTER TABLE event ADD COLUMN more VARCHAR", "newer-software"),
        ("UPDATE comments SET text = 'Something else'", "record-broken"),
        ("UPDATE journal_head SET number = number - 1", "record-broken"),
        ("UPDATE handovers SET state = 'taken'", "record-broken"),
    ],
)
def test_a_bundle_with_something_else_inside_is_refused(
    office: Host, hall: Host, change: str, code: str
) -> None:
    office.says("A point.")
    given = resealed(office.gives(hall), hall, change)
    with refused(code):
        hall.takes(given)
    assert not (hall.folder / "event.db").exists()
    assert len(open_invitations(hall.folder)) == 1
    assert not (hall.folder / "keys" / "sign-in").exists()
    assert list(hall.folder.glob(".handover-*")) == []


def resealed(given: Given, hall: Host, change: str) -> Given:
    """The bundle as somebody would make it who knows the invitation and changes what is inside."""
    [invitation] = open_invitations(hall.folder)
    with aside_in(hall.folder) as aside:
        with given.place.open("rb") as file:
            head = read_head(file)
            unpack(file, head, key_for(hall.folder, head.mark, head.recipient), aside)
        database = open_store(f"sqlite+pysqlite:///{aside / 'event.db'}")
        with database.begin() as target:
            target.execute(text(change))
        database.dispose()
        content = [aside / "event.db", *sorted((aside / "keys").iterdir())]
        pack(given.place, invitation, given.number, given.head, content)
    return given


def test_a_damaged_bundle_changes_nothing(office: Host, hall: Host) -> None:
    given = office.gives(hall)
    whole = given.place.read_bytes()
    given.place.write_bytes(whole[:-1])
    with refused("damaged-bundle"):
        hall.takes(given)
    assert sorted(path.name for path in hall.folder.rglob("*") if path.is_file()) == [
        f"{open_invitations(hall.folder)[0].mark}.key"
    ]
    given.place.write_bytes(whole)
    hall.takes(given)


