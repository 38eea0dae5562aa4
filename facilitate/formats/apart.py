"""Before the event: reads a document in a process of its own, so that no file can stop the hub."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

from facilitate.domain.documents import ReadDocument, ReadPassage
from facilitate.domain.refusal import Refused
from facilitate.formats.read import as_json, read_document

SECONDS = 60
MEMORY = 1024**3


def read_apart(name: str, body: bytes) -> ReadDocument:
    """The passages of a document that somebody handed in.

    Errors: whatever the reader refuses; `unreadable-document` when it took too long or too much.
    """
    command = [sys.executable, "-m", "facilitate.formats.apart", name]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _unreadable() from None
    if done.returncode:
        raise _unreadable()
    answer = json.loads(done.stdout)
    if "refusal" in answer:
        raise Refused(**answer["refusal"])
    passages = tuple(ReadPassage(**each) for each in answer["passages"])
    return ReadDocument(answer["title"], passages, tuple(answer["unread"]))


def _unreadable() -> Refused:
    return Refused(
        "unreadable-document", "This file takes too much to read. Nothing was imported; save it anew.", "file"
    )


def main(name: str) -> None:
    """`python -m facilitate.formats.apart NAME < file > JSON`."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        read = read_document(name, sys.stdin.buffer.read())
    except Refused as refusal:
        json.dump({"refusal": refusal.as_dict()}, sys.stdout)
        return
    json.dump({"title": read.title, "passages": as_json(read), "unread": list(read.unread)}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
