"""Every stage: the keys in an event's folder: an invitation's stay there, the event's move with it."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from facilitate.domain.handover import Invitation, machine_name
from facilitate.domain.refusal import Refused
from facilitate.formats.bundle import new_key, public_half

_PLACE = Path("keys", "invitations")
# A certificate and its key, with what goes along; one is worth nothing without the other.
_TOGETHER = (("hub.crt", "hub.key", "ca.crt", "ca.key"), ("seal.crt", "seal.key"))
# Without this nobody signs in with a printed card: it tells one event's keys from another's.
FIRST = "sign-in"


def make_invitation(folder: Path, name: str) -> Invitation:
    """Make a key for one handover; its private half stays in the event's folder.

    Errors: `bad-name`.
    """
    private, public = new_key()
    invitation = Invitation(machine_name(name), public)
    place = folder / _PLACE
    folder.mkdir(parents=True, exist_ok=True)
    for each in (place.parent, place):
        each.mkdir(mode=0o700, exist_ok=True)
    _write(place / f"{invitation.mark}.key", json.dumps([invitation.name, private.hex()]).encode())
    sync(place)
    return invitation


def open_invitations(folder: Path) -> list[Invitation]:
    """The invitations that were made here and that no bundle has come for yet."""
    found = []
    for path in sorted((folder / _PLACE).glob("*.key")):
        name, private = json.loads(path.read_text())
        found.append(Invitation(name, public_half(bytes.fromhex(private))))
    return found


def key_for(folder: Path, mark: str, recipient: str) -> bytes:
    """The private half to which a bundle is sealed.

    Errors: `already-taken`, `wrong-machine`.
    """
    path = folder / _PLACE / f"{mark}.key"
    if path.is_file():
        return bytes.fromhex(json.loads(path.read_text())[1])
    if (used := path.with_suffix(".used")).is_file():
        raise already_taken(used.read_text().strip())
    raise Refused(
        "wrong-machine",
        f"This bundle is sealed for {recipient[:40]}, by an invitation that was not made in this event's "
        "folder. Nothing was changed.",
    )


def already_taken(when: str) -> Refused:
    """How a bundle that was taken is turned away."""
    return Refused(
        "already-taken",
        f"This bundle was taken here already, on {when}. Its key is used up. Nothing was changed.",
    )


def use_up(folder: Path, mark: str, now: datetime) -> None:
    """Destroy the key of a bundle that was taken, and remember that it was."""
    place = folder / _PLACE
    used = place / f"{mark}.used"
    if not used.exists():
        _write(used, f"{now:%-d %B %Y at %H:%M} UTC\n".encode())
    path = place / f"{mark}.key"
    if path.is_file():
        # Overwritten first: what is deleted may lie on in free blocks.
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    sync(place)


def event_keys(folder: Path) -> list[Path]:
    """The event's own keys and certificates; not those of invitations, nor of stamps."""
    found = (path for path in (folder / "keys").glob("*") if path.is_file())
    return sorted(path for path in found if path.suffix != ".part")


def check_keys(folder: Path, came: Path) -> None:
    """Refuse keys that are not those of the event that came.

    Errors: `not-empty`.
    """
    here = folder / "keys" / FIRST
    if here.is_file() and here.read_bytes() != (came / FIRST).read_bytes():
        raise Refused(
            "not-empty",
            "This folder has the keys of another event. Take the bundle into an empty folder. Nothing was "
            "changed.",
        )


def place_keys(folder: Path, came: Path) -> list[Path]:
    """Put those keys of the event into its folder that it lacks; says which.

    A machine keeps its own certificate where it has one.
    """
    place = folder / "keys"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name for group in _TOGETHER if _has_own(place, came, *group[:2]) for name in group}
    placed = []
    for path in sorted(came.iterdir()):
        if path.name not in kept and not (place / path.name).exists():
            _write(place / path.name, path.read_bytes())
            placed.append(place / path.name)
    sync(place)
    return placed


def _has_own(here: Path, came: Path, certificate: str, key: str) -> bool:
    if not ((here / certificate).is_file() and (here / key).is_file()):
        return False
    return not (came / key).is_file() or (here / key).read_bytes() != (came / key).read_bytes()


def sync(folder: Path) -> None:
    """Let the names in a folder survive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
