"""Sixty files made to do harm: each is refused in words within a second and 150 MB; nothing is fetched."""

import json
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from facilitate.domain.refusal import Refused
from facilitate.formats import apart
from facilitate.formats.apart import read_apart
from tests.formats.greedy_files import greedy_files
from tests.formats.hostile_files import Hostile, hostile_files
from tests.formats.word_files import p, shown, word_file

MEGABYTES = 150
# Reads each file that it is given under the same limits as the product, and says what came of it.
READER = """
import json, sys, time
from pathlib import Path
from facilitate.formats.apart import answer, keep_within_limits
keep_within_limits()
for line in sys.stdin:
    path = Path(line.strip())
    body = path.read_bytes()
    began = time.process_time()
    said = answer(path.name, body)
    spent = time.process_time() - began
    most = next(line for line in Path("/proc/self/status").open() if line.startswith("VmHWM"))
    print(json.dumps([said, spent, int(most.split()[1]) / 1024]), flush=True)
"""


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Somebody who would notice if anything were fetched."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        yield door


@pytest.fixture(scope="module")
def files(listener: socket.socket) -> list[Hostile]:
    return hostile_files(f"http://127.0.0.1:{listener.getsockname()[1]}")


def test_sixty_hostile_files_are_refused_within_a_second_and_150_megabytes(
    files: list[Hostile], listener: socket.socket, tmp_path: Path
) -> None:
    kinds = Counter(each.kind for each in files)
    assert len(files) >= 60 and len(kinds) == 10 and min(kinds.values()) >= 3
    answers = read([(each.name, each.body) for each in files], tmp_path)
    for each, (said, spent, megabytes) in zip(files, answers, strict=True):
        name = f"{each.kind}: {each.name}"
        assert said.get("refusal", {}).get("code") in each.codes, (name, said)
        assert len(said["refusal"]["sentence"].split()) >= 8 and said["refusal"]["field"] == "file", name
        assert spent < 1, (name, spent)
        assert megabytes < MEGABYTES, (name, megabytes)
    with pytest.raises(BlockingIOError):
        listener.accept()


def read(files: list[tuple[str, bytes]], folder: Path) -> list[tuple[dict[str, Any], float, float]]:
    """What a reader within the product's limits said of each file, in what time and memory.

    Units: seconds of work; the most megabytes until then.
    """
    paths = []
    for at, (name, body) in enumerate(files):
        path = folder / str(at) / name
        path.parent.mkdir()
        path.write_bytes(body)
        paths.append(path)
    done = subprocess.run(
        [sys.executable, "-c", READER], input="\n".join(map(str, paths)), text=True, check=True,
        capture_output=True,
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(files)
    return answers


def test_a_file_that_asks_for_far_more_than_it_holds_is_read_or_refused_as_quickly(tmp_path: Path) -> None:
    files = greedy_files()
    answers = read([(name, body) for name, (body, _) in files.items()], tmp_path)
    for (name, (_, wanted)), (said, spent, megabytes) in zip(files.items(), answers, strict=True):
        words = [passage["text"] + passage["heading"] for passage in said.get("passages", ())]
        code = said.get("refusal", {}).get("code")
        assert code == wanted or any(wanted in text for text in words), (name, said)
        assert sum(map(len, words)) < 100, (name, words)
        assert spent < 1 and megabytes < MEGABYTES, (name, spent, megabytes)


def test_each_file_is_read_in_a_process_of_its_own(files: list[Hostile]) -> None:
    bomb = next(each for each in files if each.kind == "zip bomb")
    with pytest.raises(Refused) as refused:
        read_apart(bomb.name, bomb.body)
    assert refused.value.code == "expands-too-far"
    assert shown(read_apart("a.docx", word_file(p("1.1\tSchools")))) == ["1.1 Schools"]


def test_reader_that_takes_too_long_or_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.01)
    with pytest.raises(Refused) as refused:
        read_apart("a.txt", b"Words.")
    assert refused.value.code == "unreadable-document"


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/written', 'w')",
        "bytearray(2 * 1024**3)",
    ],
)
def test_reader_can_neither_fetch_nor_write_nor_start_anything(deed: str) -> None:
    code = f"from facilitate.formats.apart import keep_within_limits\nkeep_within_limits()\n{deed}\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "PermissionError" in done.stderr or "MemoryError" in done.stderr, done.stderr
