"""Before the event: what an office program never puts into its files, and somebody else might."""

from __future__ import annotations

import re
import zipfile

from facilitate.domain.refusal import Refused

_MACRO = re.compile(r"(^|/)(vba(project|data)[^/]*|activex/.*)$|^scripts/.+[^/]$", re.I)
_BASIC = re.compile(r"^basic/[^/]+/(?!script-l[bc]\.xml$)[^/]+\.xml$", re.I)
_ARCHIVE = re.compile(
    r"\.(zip|jar|7z|rar|gz|bz2|xz|tar|tgz|cab|iso|exe|dll|js|vbs|bat|cmd|ps1|scr|lnk|hta)$", re.I
)
_OFFICE = re.compile(r"\.(docx|xlsx|xlsb|pptx|odt|ods|odp|odg|odf|sldx)$", re.I)
_DRIVE = re.compile(r"[A-Za-z]:")
_TAIL = 66_000
_LONGEST_REMARK = 256


def check_contents(package: zipfile.ZipFile, body: bytes) -> None:
    """Refuses tricks with names, programs, files within files, and files that are two things at once.

    Errors: unsafe-document, holds-macros.
    """
    entries = package.infolist()
    if any(_is_trick(entry.orig_filename) for entry in entries):
        raise _unsafe("names that point outside of the file")
    if len({entry.filename for entry in entries}) != len(entries):
        raise _unsafe("two parts of one name")
    if any(_MACRO.search(entry.filename) or _BASIC.search(entry.filename) for entry in entries):
        raise holds_macros()
    if _says_macros(package):
        raise holds_macros()
    if any(_ARCHIVE.search(entry.filename) for entry in entries) or _has_zip_inside(package):
        raise _unsafe("another packed file or a program")
    if is_two_things(body):
        raise _unsafe("two files at once")


def _is_trick(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or bool(_DRIVE.match(path)) or "\x00" in path


def _says_macros(package: zipfile.ZipFile) -> bool:
    if "[Content_Types].xml" not in package.NameToInfo:
        return False
    with package.open("[Content_Types].xml") as stream:
        return b"macroenabled" in stream.read(1024 * 1024).lower()


def _has_zip_inside(package: zipfile.ZipFile) -> bool:
    """Whether a part is a zip file and no spreadsheet behind a chart or the like."""
    for entry in package.infolist():
        if entry.file_size < 22 or entry.flag_bits & 1 or _OFFICE.search(entry.filename):
            continue
        with package.open(entry) as stream:
            if stream.read(4) == b"PK\x03\x04":
                return True
    return False


def is_two_things(body: bytes) -> bool:
    """Whether a zip file goes on after its end or is a PDF file too, so that two programs read two texts."""
    tail = body[-_TAIL:]
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return False
    remark = int.from_bytes(tail[end + 20 : end + 22], "little")
    start = body[:1024].find(b"%PDF-")
    return len(tail) != end + 22 + remark or remark > _LONGEST_REMARK or start >= 0


def holds_macros() -> Refused:
    """What is said of a file with a program in it, which this reader would not run but others might."""
    return Refused(
        "holds-macros",
        "The file holds a macro, that is a program, so it was not read. "
        "Save it as .docx or .odt without macros and try again.",
        "file",
    )


def _unsafe(what: str) -> Refused:
    return Refused(
        "unsafe-document",
        f"The file holds {what}, which no document needs and which can do harm, so it was not read. "
        "Save it anew from Word or LibreOffice and try again.",
        "file",
    )
