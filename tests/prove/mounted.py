"""A file system in a file, which can lose its power: whatever is not on the disk by then is gone."""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHM = Path("/dev/shm")
# xfs wants 300 MB at least.
_SIZE = 400 * 1024 * 1024
_FS_IOC_SHUTDOWN = 0x8004587D
_WITHOUT_LOG_FLUSH = 2


class CannotMount(Exception):
    """This machine, or this account, cannot make or mount such a file system; says why."""


class Disk:
    """One file system, mounted from a file."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.image = folder / f"{kind}.img"
        self.place = folder / kind
        self.place.mkdir()

    def make(self) -> None:
        """Make the file system, empty, and mount it.

        Errors: CannotMount.
        """
        if os.geteuid():
            raise CannotMount("Mounting a disk needs root.")
        program = shutil.which(f"mkfs.{self.kind}", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if program is None:
            raise CannotMount(f"mkfs.{self.kind} is not installed; scripts/setup --test brings it.")
        with self.image.open("wb") as file:
            file.truncate(_SIZE)
        _run(program, "-q", str(self.image))
        self.mount()

    def mount(self) -> None:
        """Mount it, which plays its own log back after a cut."""
        _run("mount", "-o", "loop", str(self.image), str(self.place))

    def unmount(self) -> None:
        """Take it away."""
        _run("umount", str(self.place))

    def flush(self) -> None:
        """Everything that waits reaches it now."""
        _run("sync", "--file-system", str(self.place))

    def cut(self) -> None:
        """Take its power away: from now on nothing reaches it, and nothing that waited ever does."""
        place = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(place, _FS_IOC_SHUTDOWN, struct.pack("=I", _WITHOUT_LOG_FLUSH))
        finally:
            os.close(place)

    def restart(self) -> None:
        """Take it away and bring it back, as a machine does that starts again."""
        self.unmount()
        self.mount()


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise CannotMount(f"{' '.join(command)}: {done.stderr.strip()}")


@contextmanager
def mounted(kind: str) -> Iterator[Disk]:
    """A file system of a kind, gone afterwards.

    Errors: CannotMount.
    """
    memory = SHM if os.access(SHM, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="facilitate-disk-", dir=memory) as folder:
        disk = Disk(kind, Path(folder))
        disk.make()
        try:
            yield disk
        finally:
            subprocess.run(["umount", "--lazy", str(disk.place)], check=False, capture_output=True)
