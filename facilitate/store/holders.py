"""Before: the rows of whoever can sign in: devices with their role, and the code of a person or a device."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from facilitate.domain.codes import code_hash, sign_in_code
from facilitate.domain.people import Role
from facilitate.store.rows import Credential, Device, GrantRow, Person, Row, Seat
from facilitate.store.writer import Transaction


def new_credential(tx: Transaction, *, person: str | None = None, device: str | None = None) -> Credential:
    """A first code for a person or a device."""
    key = tx.new_id()
    return Credential(
        id=key, code_hash=code_hash(tx.key, sign_in_code(tx.key, key, 1)),
        person_id=person, device_id=device, generation=1,
    )  # fmt: skip


def new_device(
    tx: Transaction, kind: str, label: str, role: Role, *, table: int | None = None, track: str | None = None
) -> list[Row]:
    """A device that signs in for itself, with its one role and its code; the device comes first."""
    device = Device(
        id=tx.new_id(), kind=kind, label=label, table_number=table, track_id=track, scene="follow"
    )
    scope = ("table", str(table)) if table is not None else ("event", "")
    grant = GrantRow(
        id=tx.new_id(), person_id=None, device_id=device.id, role=role.value, scope_kind=scope[0],
        scope=scope[1],
    )  # fmt: skip
    return [device, grant, new_credential(tx, device=device.id)]


def add_holders(tx: Transaction, rows: Sequence[Row]) -> None:
    """Add rows in the order in which they lean on each other."""
    order: Iterable[type[Row]] = (Person, Device, GrantRow, Seat, Credential)
    for kind in order:
        tx.session.add_all([row for row in rows if isinstance(row, kind)])
        tx.session.flush()


def without_credentials(rows: Sequence[Row]) -> list[Row]:
    """What of them the journal may hold: never a credential."""
    return [row for row in rows if not isinstance(row, Credential)]
