"""Before the event: reads a document in a process of its own, so that no file can stop the hub."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from typing import Any

from facilitate.domain.documents import ReadDocument, ReadPassage
from facilitate.domain.refusal import Refused
from facilitate.formats.read import as_json, read_document

SECONDS = 60
MEMORY = 1024**3
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.")


def read_apart(name: str, body: bytes) -> ReadDocument:
    """The passages of a document that somebody handed in.

    Errors: whatever the reader refuses; `unreadable-document` when it took too long or too much.
    """
    command = [sys.executable, "-m", "facilitate.formats.apart", name]
    try:
        # The process bounds its own work; on a busy machine that work may take longer by the clock.
        patience = 2 * SECONDS
        done = subprocess.run(command, input=body, capture_output=True, timeout=patience, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _unreadable() from None
    if done.returncode:
        raise _unreadable()
    said = json.loads(done.stdout)
    if "refusal" in said:
        raise Refused(**said["refusal"])
    passages = tuple(ReadPassage(**each) for each in said["passages"])
    return ReadDocument(said["title"], passages, tuple(said["unread"]))


def _unreadable() -> Refused:
    return Refused(
        "unreadable-document", "This file takes too much to read. Nothing was imported; save it anew.", "file"
    )


def keep_within_limits() -> None:
    """Bounds what this process may take, and forbids it to fetch, to write and to start anything.

    Units: seconds of work and bytes of memory.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_forbid)


def _forbid(event: str, args: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN) or (event == "open" and _writes(args)):
        raise PermissionError(f"{event} is nothing that reading a document needs")


def _writes(args: tuple[Any, ...]) -> bool:
    flags = args[2] if len(args) > 2 and isinstance(args[2], int) else 0
    return bool(flags & (os.O_WRONLY | os.O_RDWR))


def answer(name: str, body: bytes) -> dict[str, Any]:
    """What reading a document came to, fit to be written as JSON.

    Shape: title, passages and unread; or refusal.
    """
    try:
        read = read_document(name, body)
    except Refused as refusal:
        return {"refusal": refusal.as_dict()}
    except (MemoryError, RecursionError):
        return {"refusal": _unreadable().as_dict()}
    return {"title": read.title, "passages": as_json(read), "unread": list(read.unread)}


def main(name: str) -> None:
    """`python -m facilitate.formats.apart NAME < file > JSON`."""
    body = sys.stdin.buffer.read()
    keep_within_limits()
    json.dump(answer(name, body), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
