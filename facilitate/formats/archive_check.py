#!/usr/bin/env python3
"""Archive: checks an event's archive; it lies in each archive as check.py and needs Python alone."""

#     python3 check.py            beside the unpacked files
#     python3 check.py FILE.zip   the archive as it was made, every byte of it

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

MANIFEST, SEAL, SIGNATURE = "manifest.json", "manifest.sha256", "manifest.sig"
GENESIS = "0" * 64
MOST_FILES, MOST_BYTES = 65_535, 2**32 - 1


class Finding(NamedTuple):
    """One difference: its code, and what it is."""

    code: str
    sentence: str


class Rows:
    """What the journal says of rows: each one's hash, and those whose last payload was left out."""

    def __init__(self) -> None:
        self.latest: dict[str, bytes] = {}
        self.unknown: set[str] = set()
        self.erased = False


class Folder:
    """An archive that was unpacked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        found = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        self.names = sorted(path.relative_to(root).as_posix() for path in found)

    def open(self, name: str) -> BinaryIO:
        """One file's bytes."""
        return (self.root / name).open("rb")


class Packed:
    """An archive as one file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = sorted(archive.namelist())

    def open(self, name: str) -> Any:
        """One file's bytes."""
        return self.archive.open(name)


def check(place: Path) -> list[Finding]:
    """Everything that differs in an archive, a ZIP file or a folder; nothing where it holds."""
    try:
        if place.is_dir():
            return list(check_files(Folder(place)))
        with zipfile.ZipFile(place) as archive:
            return [*check_frame(place, archive), *check_files(Packed(archive))]
    except Exception as error:  # a changed byte may be anything to whatever reads it
        return [Finding("archive-unreadable", f"The archive cannot be read: {error!r}.")]


def check_frame(place: Path, archive: zipfile.ZipFile) -> Iterator[Finding]:
    """What lies around the files: headers and directory have one form only, so that no byte can differ."""
    infos = archive.infolist()
    if len(infos) >= MOST_FILES or place.stat().st_size >= MOST_BYTES:
        return  # such a file's directory has a longer form; the manifest covers what it holds
    at, directory = 0, b""
    with place.open("rb") as file:
        for info in infos:
            name = info.filename.encode()
            sizes = (info.CRC, info.file_size, info.file_size, len(name), 0)
            common = struct.pack("<5H3L2H", 20, 0, 0, 0, 33, *sizes)
            file.seek(at)
            header = b"PK\3\4" + common + name
            if info.header_offset != at or file.read(len(header)) != header:
                yield Finding("frame-changed", f"What stands before {info.filename} was changed.")
            directory += b"PK\1\2" + struct.pack("<H", 788) + common
            directory += struct.pack("<3H2L", 0, 0, 0, 0o100644 << 16, at) + name
            at += len(header) + info.file_size
        end = struct.pack("<4H2LH", 0, 0, len(infos), len(infos), len(directory), at, 0)
        file.seek(at)
        if file.read() != directory + b"PK\5\6" + end:
            yield Finding("frame-changed", "The directory at the archive's end is not as it was written.")


def check_files(source: Folder | Packed) -> Iterator[Finding]:
    """Manifest first; the record is judged only where its files are those of the manifest."""
    if SIGNATURE in source.names:
        hashed(source, SIGNATURE)  # a packed file is held against the sum that lies beside it
    faults = list(check_manifest(source))
    yield from faults
    if not faults:
        manifest = read_json(source, MANIFEST)
        rows = Rows()
        yield from check_journal(source, manifest, rows)
        yield from check_rows(source, manifest, rows)
        yield from check_counts(source, manifest)


def check_manifest(source: Folder | Packed) -> Iterator[Finding]:
    """Every file under its hash, the manifest under its own, and nothing beside them."""
    for name in (MANIFEST, SEAL):
        if name not in source.names:
            yield Finding("file-missing", f"{name} is missing.")
            return
    digest, _ = hashed(source, MANIFEST)
    with source.open(SEAL) as file:
        if file.read() != f"{digest}  {MANIFEST}\n".encode():
            yield Finding("manifest-changed", "The manifest does not have the hash that lies beside it.")
            return
    listed = {entry["path"]: entry for entry in read_json(source, MANIFEST)["files"]}
    for name in sorted({*source.names} - {*listed, MANIFEST, SEAL, SIGNATURE}):
        yield Finding("file-unknown", f"{name} is not in the manifest.")
    if len(source.names) != len(set(source.names)):
        yield Finding("file-twice", "A file is in the archive twice.")
    for name, entry in listed.items():
        if name not in source.names:
            yield Finding("file-missing", f"{name} is missing.")
            continue
        try:
            same = hashed(source, name) == (entry["sha256"], entry["size"])
        except zipfile.BadZipFile:  # it holds a hash of its own, a short one
            same = False
        if not same:
            yield Finding("file-changed", f"{name} is not as the manifest says.")


def check_journal(source: Folder | Packed, manifest: dict[str, Any], rows: Rows) -> Iterator[Finding]:
    """The chain from its first entry to its head, and each payload under its entry's hash."""
    head, number = GENESIS, 0
    with source.open("journal/entries.jsonl") as entries, source.open("journal/payloads.jsonl") as payloads:
        for line, beside in side_by_side(entries, payloads):
            entry, payload = json.loads(line), json.loads(beside)
            number += 1
            said = entry.pop("hash")
            fits = entry["number"] == payload["number"] == number and entry["previous"] == head
            # Of an entry without its reason, the hash is held by the next entry alone.
            whole = "reason_left_out" in entry or hashlib.sha256(canonical(entry)).hexdigest() == said
            if not fits or not whole:
                yield Finding("chain-broken", f"Entry {number} does not fit into the chain.")
            head = said
            if "body" in payload:
                yield from check_payload(entry, payload, rows)
            else:
                rows.unknown.update(payload.get("rows", ()))
                rows.erased = rows.erased or "erased_because" in payload
    if (head, number) != (manifest["journal"]["head"], manifest["journal"]["number"]):
        yield Finding("head-differs", f"The journal ends at {number} with {head}, not as the manifest says.")


def check_payload(entry: dict[str, Any], payload: dict[str, Any], rows: Rows) -> Iterator[Finding]:
    """One payload under its entry's hash; what it says of rows is remembered."""
    body = payload["body"].encode()
    keyed = hmac.new(bytes.fromhex(payload["salt"]), body, hashlib.sha256).hexdigest()
    if keyed != entry["payload_hash"]:
        yield Finding("payload-changed", f"The payload of entry {entry['number']} is not the one recorded.")
    for key, row in json.loads(body)["rows"].items():
        rows.unknown.discard(key)
        rows.latest.pop(key, None)
        if row is not None:
            rows.latest[key] = hashlib.sha256(canonical(row)).digest()


def side_by_side(entries: Any, payloads: Any) -> Iterator[tuple[bytes, bytes]]:
    """Entries and payloads side by side; a line that one of them lacks is an empty one."""
    nothing = b'{"number":0,"hash":"","previous":""}'
    while True:
        line, beside = entries.readline(), payloads.readline()
        if not line and not beside:
            return
        yield line or nothing, beside or nothing


def check_rows(source: Folder | Packed, manifest: dict[str, Any], rows: Rows) -> Iterator[Finding]:
    """Each row as the journal last left it, none lost, and as many as the manifest counts."""
    for table, count in manifest["counts"]["rows"].items():
        found = 0
        with source.open(f"record/{table}.jsonl") as file:
            for line in file:
                found += 1
                row = json.loads(line)
                same = rows.latest.pop(row["key"], None) == hashlib.sha256(canonical(row["row"])).digest()
                if not same and row["key"] not in rows.unknown:
                    yield Finding("row-differs", f"{row['key']} is not as the journal says.")
        if found != count:
            yield Finding("counts-differ", f"{table}: {found} rows, and the manifest counts {count}.")
    for key in sorted(set() if rows.erased else rows.latest.keys() - rows.unknown):
        if key.partition(":")[0] in manifest["counts"]["rows"]:
            yield Finding("row-missing", f"{key} is in the journal but gone.")


def check_counts(source: Folder | Packed, manifest: dict[str, Any]) -> Iterator[Finding]:
    """Papers and voters, boards, and the balance sheet."""
    stories = sum(name.startswith("stories/") for name in source.names)
    if stories != manifest["counts"]["stories"]:
        yield Finding("counts-differ", "There are not as many stories as the manifest counts.")
    for ballot in read_json(source, "ballots.json"):
        number = ballot["number"]
        if sum(each["papers"] for each in ballot["papers"]) != ballot["voted"]:
            yield Finding("papers-differ", f"The papers of ballot {number} are not as many as voted.")
        if ballot["board"] is None:
            continue
        name = ballot["board"]["file"]
        papers = len(read_json(source, name)["papers"])
        if hashed(source, name)[0] != ballot["board"]["sha256"] or papers != ballot["voted"]:
            yield Finding("board-differs", f"The board of ballot {number} is not the one on record.")
    for row in read_json(source, "balance.json"):
        for line in (row, *row.get("parts", ())):
            if line["received"] != line["open"] + line["ended"]:
                yield Finding("balance-differs", f"The balance sheet does not balance: {line['kind']}.")


def canonical(value: Any) -> bytes:
    """A value as the one text that is hashed (RFC 8785; the record holds no fractions)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read_json(source: Folder | Packed, name: str) -> Any:
    """One file as data."""
    with source.open(name) as file:
        return json.loads(file.read())


def hashed(source: Folder | Packed, name: str) -> tuple[str, int]:
    """The hash and the size of one file."""
    digest, size = hashlib.sha256(), 0
    with source.open(name) as file:
        while part := file.read(1 << 20):
            digest.update(part)
            size += len(part)
    return digest.hexdigest(), size


def seal_of(place: Path) -> str:
    """The manifest's hash, by which an archive is known."""
    if place.is_dir():
        return hashed(Folder(place), MANIFEST)[0]
    with zipfile.ZipFile(place) as archive:
        return hashed(Packed(archive), MANIFEST)[0]


def main(arguments: list[str]) -> int:
    """Check what lies beside this file, or the archive that is named."""
    place = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    findings = check(place)
    for finding in findings:
        sys.stderr.write(f"{finding.sentence} ({finding.code})\n")
    if findings:
        sys.stdout.write(f"The archive does NOT hold: {len(findings)} differences.\n")
        return 1
    sys.stdout.write(f"The archive holds. Its manifest has the hash {seal_of(place)}\n")
    sys.stdout.write("Compare this hash with the one that was written down when the archive was made.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
