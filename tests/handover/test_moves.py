"""The event moves from host to host: one writer at a time, and one journal that goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitate.actions import ACTIONS
from facilitate.domain.refusal import Refused
from facilitate.handover.give import give, standing
from facilitate.handover.keys import make_invitation, open_invitations
from facilitate.store.rows import JournalEntry
from tests.actions.examples import EXAMPLES
from tests.hosts import Host, office_with
from tests.people import Stage, refused


def test_an_event_moves_there_and_back_and_its_journal_goes_on(office: Host, hall: Host) -> None:
    office.says("Said in the office.")
    first = office.gives(hall)
    assert office.is_refused() == "handed-over"
    taken = hall.takes(first)
    assert (taken.number, taken.head, taken.hash) == (first.number, first.head, first.hash)
    hall.says("Said in the hall.")
    second = hall.gives(office, "office")
    assert hall.is_refused() == "handed-over"
    office.takes(second)
    office.says("Said in the office again.")
    assert office.handovers() == ["event-handed-over", "event-taken-over"] * 2
    report = office.report()
    assert report.whole, report.differences
    assert hall.report().whole
    # The old copy's journal is the beginning of the new one.
    assert office.head()[0] == hall.head()[0] + 2


def test_a_bundle_is_taken_once(office: Host, hall: Host, tmp_path: Path) -> None:
    given = office.gives(hall)
    copied = Host(tmp_path / "other")
    hall.takes(given)
    number = hall.head()
    with refused("already-taken"):
        hall.takes(given)
    with refused("wrong-machine"):
        copied.takes(given)
    # Should the key have been kept somewhere: the journal knows.
    mark = next((hall.folder / "keys" / "invitations").glob("*.used"))
    mark.unlink()
    assert hall.head() == number and hall.report().whole
    with refused("wrong-machine"):
        hall.takes(given)
    assert open_invitations(hall.folder) == []


def test_a_take_that_was_cut_after_its_commit_is_known_to_be_done(office: Host, hall: Host) -> None:
    make = make_invitation(hall.folder, "hall")
    keys = hall.folder / "keys" / "invitations"
    kept = (keys / f"{make.mark}.key").read_bytes()
    given = give(office.settings, make, office.folder / "bundle")
    hall.takes(given)
    (keys / f"{make.mark}.used").unlink()
    (keys / f"{make.mark}.key").write_bytes(kept)
    head = hall.head()
    with refused("already-taken"):
        hall.takes(given)
    assert hall.head() == head
    assert open_invitations(hall.folder) == []


def test_a_copy_that_went_on_by_itself_never_comes_back(office: Host, hall: Host) -> None:
    given = office.gives(hall)
    office.takes_back()
    office.says("Said in the office, which believes the bundle lost.")
    hall.takes(given)
    hall.says("Said in the hall all the same.")
    head = office.head()
    back = hall.gives(office, "office")
    words = rf"^journals-part: .* after number {given.number}: .*taken-back.*taken-over"
    with pytest.raises(Refused, match=words):
        office.takes(back)
    assert office.head() == head and office.report().whole
    office.says("And goes on.")


def test_taking_back_needs_a_reason_and_something_to_take_back(office: Host, hall: Host) -> None:
    with refused("not-handed-over"):
        office.takes_back()
    office.gives(hall)
    with refused("reason-missing"):
        office.takes_back("  ")
    assert office.is_refused() == "handed-over"
    office.takes_back()
    office.says("The event goes on.")
    assert office.handovers() == ["event-handed-over", "event-taken-back"]
    assert office.report().whole
    assert [move[3] for move in standing(office.settings).moves] == ["taken back"]
    with office.hall() as event, event.reads() as session:
        entry = session.query(JournalEntry).filter_by(action="event-taken-back").one()
        assert entry.reason == "The stick fell into the canal."


def test_a_bundle_is_written_again_for_its_machine_and_for_no_other(office: Host, hall: Host) -> None:
    invitation = make_invitation(hall.folder, "hall")
    first = give(office.settings, invitation, office.folder / "one")
    again = give(office.settings, invitation, office.folder / "two")
    assert (again.number, again.head, again.again) == (first.number, first.head, True)
    with refused("handed-over"):
        office.gives(Host(hall.folder.parent / "third"), "third")
    with refused("file-exists"):
        give(office.settings, invitation, office.folder / "one")
    hall.takes(again)
    with refused("already-taken"):
        hall.takes(first)
    assert hall.handovers() == ["event-handed-over", "event-taken-over"]


@pytest.fixture(scope="module")
def copy(founded_talking: Stage, tmp_path_factory: pytest.TempPathFactory) -> Host:
    """The copy that a handover left."""
    place = tmp_path_factory.mktemp("copy")
    office = office_with(founded_talking.source, place / "office")
    office.gives(Host(place / "hall"), "hall-laptop")
    return office


@pytest.mark.parametrize("verb", [*sorted(ACTIONS), "sign-in", "sign-out", "make-event", "import-people"])
def test_a_copy_refuses_every_verb(copy: Host, verb: str) -> None:
    from tests.actions.test_rights import HOLDERS, TABLE

    before = copy.head()
    with copy.hall() as event:
        who = next(iter(TABLE.get(verb, ("chair", ""))[0].split()), "chair")
        answer = event.write(event.as_(HOLDERS[who]).actor, verb, EXAMPLES.get(verb, {}))
    assert answer.refusal is not None and answer.refusal.code == "handed-over", verb
    assert "handed over to hall-laptop" in answer.refusal.sentence
    assert "Nothing was changed" in answer.refusal.sentence
    assert copy.head() == before


def test_a_repeated_command_still_gets_its_first_answer_from_a_copy(office: Host, hall: Host) -> None:
    data = {"text": "Missed."}
    with office.hall() as event:
        asked = {"item": event.new_id(), **data}
        first = event.as_("Dara").asks("report-missing", asked, "01900000-0000-7000-8000-00000000abcd")
        office.gives(hall)
        again = event.as_("Dara").asks("report-missing", asked, "01900000-0000-7000-8000-00000000abcd")
    assert again == first and first.refusal is None


