"""The archive of a busy event: read and checked without the package, and one byte changes the answer."""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.archive import write_archive
from facilitate.archive_signature import check_signature
from facilitate.cli import main
from facilitate.formats.archive_check import check
from facilitate.queries.archive import KEPT, LEFT_OUT
from facilitate.queries.people import sign_ins
from facilitate.seal_key import seal_key
from facilitate.store.rows import Row
from facilitate.store.session import open_store
from tests.busy import acts
from tests.cast import KEY, START
from tests.people import Hall

PRIVATE = b"-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n"
PUBLIC = b"-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----\n"


@pytest.fixture(scope="module")
def folder(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an event in which everything has happened."""
    folder = tmp_path_factory.mktemp("event")
    shutil.copy(founded, folder / "event.db")
    (folder / "keys").mkdir()
    (folder / "keys/ca.crt").write_bytes(PUBLIC)
    (folder / "keys/hub.crt").write_bytes(PUBLIC + PRIVATE)
    (folder / "keys/sign-in").write_bytes(KEY)
    seal_key(folder, "Autumn forum", START)
    return folder


@pytest.fixture(scope="module")
def busy(folder: Path) -> Hall:
    hall = Hall(open_store(f"sqlite+pysqlite:///{folder / 'event.db'}"), count=itertools.count(100_000))
    for _, act in acts(hall):
        act()
    return hall


def written(hall: Hall, folder: Path, place: Path) -> Path:
    with hall.reads() as session:
        write_archive(session, folder / "keys", place)
    return place


@pytest.fixture(scope="module")
def archive(busy: Hall, folder: Path) -> Path:
    return written(busy, folder, folder / "event.zip")


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(place)
    return place


def plainly(place: Path, *arguments: str) -> tuple[int, str]:
    """What a script says that knows nothing but Python."""
    command = [sys.executable, "-I", "-S", *arguments]
    done = subprocess.run(command, cwd=place, env={}, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_archive_holds_by_its_own_script_alone(unpacked: Path) -> None:
    code, said = plainly(unpacked, "check.py")
    assert code == 0, said
    assert said.startswith("The archive holds.")
    assert hashlib.sha256((unpacked / "manifest.json").read_bytes()).hexdigest() in said


def test_archive_is_read_back_without_the_package(unpacked: Path) -> None:
    manifest = json.loads((unpacked / "manifest.json").read_text())
    entries = (unpacked / "journal/entries.jsonl").read_text().splitlines()
    assert len(entries) == manifest["journal"]["number"] > 200
    assert json.loads(entries[-1])["hash"] == manifest["journal"]["head"]
    comments = (unpacked / "record/comments.jsonl").read_text().splitlines()
    for row in (json.loads(line)["row"] for line in comments):
        story = (unpacked / f"stories/{row['reference'].replace('/', '-')}.html").read_text()
        assert f"Comment {row['reference']}" in story
    assert "From Moor" in (unpacked / "stories/S-001.html").read_text()
    outcome = json.loads((unpacked / "outcome/HOU.json").read_text())
    assert "built-in method" not in (unpacked / "outcome/HOU.html").read_text()
    assert [p["ref"] for p in outcome["passages"]]
    assert "HOU-1.2" in (unpacked / "documents/HOU-passages.html").read_text()
    assert all(row["received"] == row["open"] + row["ended"]
               for row in json.loads((unpacked / "balance.json").read_text()))  # fmt: skip


def test_readme_tells_how_each_board_is_proven(unpacked: Path) -> None:
    lines = (unpacked / "README.txt").read_text().splitlines()
    commands = [line.split()[1:] for line in lines if "verify_ballot.py boards/" in line]
    boards = list((unpacked / "boards").iterdir())
    assert len(commands) == len(boards) > 0
    for command in commands:
        code, said = plainly(unpacked, *command)
        assert code == 0, said


def test_same_event_gives_the_same_bytes(busy: Hall, folder: Path, archive: Path, tmp_path: Path) -> None:
    again = written(busy, folder, tmp_path / "again.zip")
    assert again.read_bytes() == archive.read_bytes()


def test_nothing_secret_is_inside(busy: Hall, archive: Path) -> None:
    # Nothing in it is compressed, so its bytes are all that anybody can read.
    content = archive.read_bytes()
    with busy.reads() as session:
        codes = [each.code for each in sign_ins(session, KEY)]
    assert codes
    assert not [code for code in codes if code.encode() in content]
    for secret in (b"PRIVATE KEY", b"MIGHAgEAMBMG", KEY, KEY.hex().encode(), b"My neighbour wants"):
        found = content.find(secret)
        assert found < 0, content[max(0, found - 80) : found + 40]
    assert PUBLIC in content
    for delegate in (b"Absalom", b"Dmitri", b"Dora"):
        assert delegate not in content


def test_every_table_is_kept_or_left_out_with_a_reason() -> None:
    tables = {mapper.class_.__tablename__ for mapper in Row.registry.mappers}
    assert {*KEPT} | {*LEFT_OUT} == tables
    assert not {*KEPT} & {*LEFT_OUT}


@settings(max_examples=60, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_flipped_bit_anywhere_is_found(
    archive: Path, tmp_path_factory: pytest.TempPathFactory, share: float, bit: int
) -> None:
    content = bytearray(archive.read_bytes())
    content[int(share * len(content))] ^= 1 << bit
    broken = tmp_path_factory.getbasetemp() / "broken.zip"
    broken.write_bytes(content)
    assert check(broken)


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sha256", "journal/entries.jsonl", "README.txt",
                                  "boards/*", "stories/S-001.html", "check.py"])  # fmt: skip
def test_a_byte_flipped_in_an_unpacked_file_is_found(unpacked: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(unpacked, tmp_path / "copy")
    file = next((tmp_path / "copy").glob(name))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert check(tmp_path / "copy")[0].code in ("file-changed", "manifest-changed")


def test_headers_of_the_zip_are_held_as_well(archive: Path, tmp_path: Path) -> None:
    content = archive.read_bytes()
    broken = tmp_path / "broken.zip"
    for at in [*range(46), *range(len(content) - 200, len(content))]:
        broken.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert check(broken), at


def test_signature_of_another_key_is_found(
    busy: Hall, folder: Path, archive: Path, tmp_path: Path
) -> None:
    keys = tmp_path / "other/keys"
    seal_key(keys.parent, "Autumn forum", START)
    shutil.copy(folder / "keys/seal.crt", keys / "seal.crt")
    with busy.reads() as session:
        write_archive(session, keys, tmp_path / "forged.zip")
    assert [found.code for found in check_signature(tmp_path / "forged.zip")[0]] == ["signature-wrong"]
    findings, fingerprint = check_signature(archive)
    assert not findings
    assert fingerprint


def reseal(place: Path, name: str, content: bytes) -> None:
    """Change a file, and manifest and hash with it, as a forger would."""
    (place / name).write_bytes(content)
    manifest = json.loads((place / "manifest.json").read_text())
    entry = next(each for each in manifest["files"] if each["path"] == name)
    entry |= {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    body = json.dumps(manifest).encode()
    (place / "manifest.json").write_bytes(body)
    (place / "manifest.sha256").write_text(f"{hashlib.sha256(body).hexdigest()}  manifest.json\n")


@pytest.mark.parametrize(("name", "old", "new", "code"), [
    ("record/comments.jsonl", b"Build more", b"Build less", "row-differs"),
    ("journal/entries.jsonl", b'"action":"comment-', b'"action":"komment-', "chain-broken"),
    ("journal/payloads.jsonl", b"Build more", b"Build less", "payload-changed"),
    ("ballots.json", b'"voted": 2', b'"voted": 3', "papers-differ"),
    ("balance.json", b'"received": ', b'"received": 9', "balance-differs"),
])  # fmt: skip
def test_a_forged_record_under_new_hashes_is_found(
    unpacked: Path, tmp_path: Path, name: str, old: bytes, new: bytes, code: str
) -> None:
    place = tmp_path / "copy"
    shutil.copytree(unpacked, place)
    content = (place / name).read_bytes()
    assert old in content
    reseal(place, name, content.replace(old, new, 1))
    assert code in [found.code for found in check(place)]


def test_commands_write_and_verify(busy: Hall, folder: Path, archive: Path, tmp_path: Path) -> None:
    place = tmp_path / "event.zip"
    done = CliRunner().invoke(main, ["archive", str(folder), str(place)])
    assert done.exit_code == 0, done.output
    assert place.read_bytes() == archive.read_bytes()
    seal = next(line for line in done.output.splitlines() if line.startswith("Hash of")).split()[-1]
    assert CliRunner().invoke(main, ["verify", str(place), "--seal", seal]).exit_code == 0
    assert "It is signed." in CliRunner().invoke(main, ["verify", str(place)]).output
    other = CliRunner().invoke(main, ["verify", str(place), "--seal", "0" * 64])
    assert other.exit_code == 1
    assert "(seal-differs)" in other.output
    again = CliRunner().invoke(main, ["archive", str(folder), str(place)])
    assert again.exit_code == 1
    assert "(file-exists)" in again.output
    nothing = CliRunner().invoke(main, ["archive", str(tmp_path / "none"), str(tmp_path / "x.zip")])
    assert "(no-event)" in nothing.output
    assert not (tmp_path / "none").exists()
