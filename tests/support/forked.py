"""Hubs that start fast: one process has everything imported, and each hub is a fork of it.

Half of what a browser test costs is the start of its hub, and most of that is importing the same modules.
What runs in the fork is `facilitate.server.main`, as in a process of its own; the tests of the other engine,
of the demo and the proofs start theirs as an operator does.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import traceback
from contextlib import suppress
from functools import cache
from typing import IO

from tests.support.sources import ROOT

PACKAGES = [f"facilitate.{name}" for name in ("store", "actions", "queries", "wire", "web")]


class ForkedHub:
    """A running fork, with what `subprocess.Popen` has of it that the tests ask for."""

    def __init__(self, pid: int, handle: int, stdout: IO[str]) -> None:
        self.pid = pid
        self.stdout = stdout
        self._handle = handle

    def send_signal(self, how: signal.Signals) -> None:
        """Send a signal; one that has ended has no need of it."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, how)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> None:
        """Wait until it has ended.

        Units: seconds. Errors: `subprocess.TimeoutExpired`.
        """
        ready, _, _ = select.select([self._handle], [], [], timeout)
        if not ready:
            raise subprocess.TimeoutExpired("a forked hub", timeout or 0)
        os.close(self._handle)


class Forkery:
    """The process that has everything imported; it ends with the one that asked for it."""

    def __init__(self) -> None:
        self._line, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "tests.support.forked", str(there.fileno())]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(command, env=env, pass_fds=[there.fileno()])
        there.close()
        atexit.register(self.close)

    def start(self, env: dict[str, str], log: int) -> ForkedHub:
        """Fork a hub with these settings, whose errors go to an open file."""
        reading, writing = os.pipe()
        socket.send_fds(self._line, [json.dumps(env).encode()], [writing, log])
        os.close(writing)
        pid, [handle], _, _ = socket.recv_fds(self._line, 100, 1)
        return ForkedHub(int(pid), handle, os.fdopen(reading))

    def close(self) -> None:
        """End it; hubs that still run go on."""
        self._line.close()
        self._process.wait()


@cache
def forkery() -> Forkery | None:
    """The one of these tests; none where the system cannot watch a process that is not a child."""
    return Forkery() if hasattr(os, "pidfd_open") else None


def _import_everything() -> None:
    from facilitate.server import choose_engine

    choose_engine("eventlet")
    for package in PACKAGES:
        there = importlib.import_module(package)
        for module in pkgutil.walk_packages(there.__path__, f"{package}."):
            importlib.import_module(module.name)
    from sqlalchemy.orm import configure_mappers

    configure_mappers()
    gc.collect()
    gc.freeze()


def _become_a_hub(env: dict[str, str], output: int, log: int) -> None:
    from facilitate.server import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(output, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(env)
    main()


def _serve(line: int) -> None:
    _import_everything()
    # The standard library's own: a hub of the engine's that waited here would be shared by all forks.
    from eventlet.patcher import original

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with original("socket").socket(fileno=line) as asked:
        while True:
            said, (output, log), _, _ = _received(asked)
            pid = os.fork()
            if pid == 0:
                asked.close()
                _run(json.loads(said), output, log)
            os.close(output)
            os.close(log)
            handle = os.pidfd_open(pid)
            socket.send_fds(asked, [str(pid).encode()], [handle])
            os.close(handle)


def _received(asked: socket.socket) -> tuple[bytes, list[int], int, object]:
    said, handles, flags, address = socket.recv_fds(asked, 1_000_000, 2)
    if not said:
        os._exit(0)
    return said, handles, flags, address


def _run(env: dict[str, str], output: int, log: int) -> None:
    left = 1
    try:
        _become_a_hub(env, output, log)
        left = 0
    except SystemExit as ended:
        print(ended.code if isinstance(ended.code, str) else "", file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(left)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
