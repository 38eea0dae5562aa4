"""Archive: writes its files into one ZIP, the same files into the same bytes, and the manifest last."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from facilitate.formats.archive_check import MANIFEST, SEAL, SIGNATURE

FORMAT, VERSION = "facilitate-archive", 1


class ArchiveFile:
    """An archive that is being written.

    Files are stored, not compressed: whoever compresses differently would write other bytes, and where one
    byte goes bad in twenty years only one file suffers.
    """

    def __init__(self, place: Path) -> None:
        self._archive = zipfile.ZipFile(place, "x")
        self._files: list[dict[str, Any]] = []

    def add(self, name: str, parts: Iterable[bytes]) -> int:
        """Write one file part by part; answers its number of parts."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._archive.open(_info(name), "w") as file:
            for part in parts:
                file.write(part)
                digest.update(part)
                size += len(part)
                count += 1
        self._files.append({"path": name, "sha256": digest.hexdigest(), "size": size})
        return count

    def add_json(self, name: str, value: Any) -> None:
        """Write one file of data."""
        self.add(name, [as_json(value)])

    def close(self, facts: dict[str, Any], sign: Callable[[bytes], bytes] | None) -> str:
        """Write the manifest, its hash and, where there is a key, its signature; answers the hash."""
        files = sorted(self._files, key=lambda each: str(each["path"]))
        body = as_json({"format": FORMAT, "version": VERSION, **facts, "files": files})
        seal = hashlib.sha256(body).hexdigest()
        last = [(MANIFEST, body), (SEAL, f"{seal}  {MANIFEST}\n".encode())]
        last += [(SIGNATURE, sign(body))] if sign else []
        for name, content in last:
            with self._archive.open(_info(name), "w") as file:
                file.write(content)
        self._archive.close()
        return seal


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, 0o100644 << 16
    return info


def as_json(value: Any) -> bytes:
    """Data as text that people can read, always the same."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def as_line(value: Any) -> bytes:
    """Data as one line of a file of lines."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"
