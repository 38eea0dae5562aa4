"""A disk that fails now and then: libfiu lets calls of the C library fail, in one process."""

from __future__ import annotations

import ctypes
import errno
import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

PRELOAD = Path("/usr/lib/fiu/fiu_posix_preload.so")
MISSING = "libfiu is not installed; scripts/setup --test installs it on Debian (fiu-utils)."
# How often each call fails; fdatasync is asked for as well, though this SQLite calls fsync alone.
RATES = {"posix/io/sync/fsync": 0.05, "posix/io/sync/fdatasync": 0.05, "posix/io/rw/pwrite": 0.02}
_PLACE = "PROOF_FAULTS"
_SHAPE = struct.Struct("=qq")
_kept: list[Any] = []


class Faults:
    """Whether the disk of another process fails now, and how often it has."""

    def __init__(self, file: Path) -> None:
        file.write_bytes(_SHAPE.pack(0, 0))
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), _SHAPE.size)
        self.environment = {"LD_PRELOAD": str(PRELOAD), _PLACE: str(file)}

    def switch(self, *, on: bool) -> None:
        """Let calls fail from now on, or no more."""
        self._shared[:8] = struct.pack("=q", int(on))

    @property
    def fired(self) -> int:
        """How many calls have failed so far."""
        return int(_SHAPE.unpack(self._shared[:])[1])

    @contextmanager
    def failing(self) -> Iterator[None]:
        """The disk fails for as long as this lasts."""
        self.switch(on=True)
        try:
            yield
        finally:
            self.switch(on=False)


def fail_in_this_process() -> None:
    """Let the calls of this process fail as often as asked, while the file between the processes says so."""
    with Path(os.environ[_PLACE]).open("r+b") as opened:
        shared = mmap.mmap(opened.fileno(), _SHAPE.size)
    library, chance = ctypes.CDLL("libfiu.so.0"), Random(os.getpid())
    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)

    def decide(name: bytes, *_: Any) -> int:
        on, fired = _SHAPE.unpack(shared[:])
        if not on or chance.random() >= RATES[name.decode()]:
            return 0
        shared[8:] = struct.pack("=q", fired + 1)
        return 1

    callback = kind(decide)
    _kept.extend((library, callback))
    library.fiu_init(0)
    for name in RATES:
        failed = library.fiu_enable_external(name.encode(), 1, ctypes.c_void_p(errno.EIO), 0, callback)
        if failed:
            raise OSError(f"libfiu does not take {name}")
