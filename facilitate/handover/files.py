"""Every stage: packs an event into a sealed bundle and unpacks one, with nothing left behind by either."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from facilitate.domain.handover import Invitation
from facilitate.domain.refusal import Refused
from facilitate.formats.bundle import Head, Sealing, damaged, unsealed

DATABASE = "event.db"
_ASIDE = ".handover-"
_KEYS = "keys/"


def pack(part: Path, invitation: Invitation, number: int, head: str, content: list[Path]) -> None:
    """Seal the database and the keys of an event for one machine."""
    with part.open("wb") as out:
        sealing = Sealing(out, invitation, number, head)
        with tarfile.open(fileobj=cast("BinaryIO", sealing), mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for path in content:
                tar.add(path, path.name if path.name == DATABASE else _KEYS + path.name, recursive=False)
        sealing.close()
        out.flush()
        os.fsync(out.fileno())


def unpack(bundle: BinaryIO, head: Head, private: bytes, aside: Path) -> None:
    """Open a bundle into a folder: the database, and the keys beside it; after its head was read.

    Errors: `damaged-bundle`.
    """
    (aside / "keys").mkdir(mode=0o700)
    packed = aside / "bundle.tar"
    with packed.open("wb") as out:
        for piece in unsealed(bundle, head, private):
            out.write(piece)
    try:
        with tarfile.open(packed) as tar:
            for member in tar:
                _unpack_one(tar, member, aside)
    except tarfile.TarError:
        raise damaged() from None
    packed.unlink()
    if not (aside / DATABASE).is_file() or not any((aside / "keys").iterdir()):
        raise damaged()


def _unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, aside: Path) -> None:
    name = member.name.removeprefix(_KEYS)
    known = member.name == DATABASE or (member.name.startswith(_KEYS) and name == Path(name).name)
    source = tar.extractfile(member) if known and member.isfile() and name not in ("", ".", "..") else None
    if source is None:
        raise damaged()
    with (aside / member.name).open("xb") as out:
        shutil.copyfileobj(source, out)


@contextmanager
def unfinished(place: Path) -> Iterator[Path]:
    """Where a bundle grows until it is whole; made first, since that might not be possible.

    Errors: `file-exists`, `cannot-write`.
    """
    if place.exists():
        raise Refused("file-exists", f"There is a file {place} already. Nothing was changed.")
    part = place.with_name(place.name + ".part")
    try:
        part.touch(mode=0o600)
    except OSError as error:
        raise Refused(
            "cannot-write", f"{place} cannot be written: {error.strerror}. Nothing was changed."
        ) from error
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def clear_aside(folder: Path) -> None:
    """Remove what a power cut left of an earlier handover: it is the event, unsealed."""
    for left in folder.glob(_ASIDE + "*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def aside_in(folder: Path) -> Iterator[Path]:
    """A place in the event's folder for what must not stay, nor what a power cut left of another."""
    clear_aside(folder)
    place = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=folder))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
