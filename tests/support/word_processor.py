"""Settles all tracked changes in LibreOffice, as a member at home would; run by a Python with UNO.

Standard library and UNO alone: LibreOffice brings a Python binding for the system's own Python only.
`word_processor.py FOLDER NAME...` reads every .docx and .odt in it and prints one line of JSON for each: its
lines, and for those that are named all of it: each paragraph, change and comment, which takes much longer.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import uno  # type: ignore[import-not-found,unused-ignore]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found,unused-ignore]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found,unused-ignore]

SECONDS_TO_START = 90
_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, DC = _OASIS % "office", _OASIS % "text", "{http://purl.org/dc/elements/1.1/}"
NOTE = "\ue000"
SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}


def started(folder: str) -> tuple[subprocess.Popen[bytes], Any]:
    """A LibreOffice with a profile of its own, and its desktop."""
    office = shutil.which("soffice") or "soffice"
    pipe = f"pipe,name=facilitate{Path(folder).name}"
    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
    process = subprocess.Popen([*command, "--invisible", f"--accept={pipe};urp;"], start_new_session=True)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            context = resolver.resolve(f"uno:{pipe};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            if time.monotonic() > until:
                process.kill()
                raise
            time.sleep(0.1)
    return process, context


def opened(context: Any, path: Path) -> Any:
    """The document, without a window."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    return desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (hidden,))


def settle(context: Any, document: Any, order: str) -> None:
    """Accept or reject all changes of a document."""
    services = context.ServiceManager
    dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{order}AllTrackedChanges", "", 0, ())


def saved(document: Any, path: Path) -> Any:
    """The document as LibreOffice holds it, in one file: asking for each paragraph takes minutes."""
    flat = PropertyValue()
    flat.Name, flat.Value = "FilterName", "OpenDocument Text Flat XML"
    document.storeToURL(path.as_uri(), (flat,))
    return ET.parse(path).getroot().find(f"{OFFICE}body/{OFFICE}text")


def words(root: Any) -> tuple[list[str], list[str]]:
    """All paragraphs of the text, those in cells of tables where the table stands; all of the footnotes."""
    found: list[str] = []
    notes: list[str] = []
    for child in root:
        _collect(child, found, notes)
    return found, notes


def _collect(node: Any, found: list[str], notes: list[str]) -> None:
    if node.tag == f"{TEXT}tracked-changes":
        return
    if node.tag not in (f"{TEXT}p", f"{TEXT}h"):
        for child in node:
            _collect(child, found, notes)
        return
    found.append(_said(node))
    for note in node.iter(f"{TEXT}note-body"):
        for child in note:
            _collect(child, notes, notes)


def _said(node: Any) -> str:
    parts = [node.text or ""]
    for child in node:
        if child.tag == f"{TEXT}s":
            parts.append(" " * int(child.get(f"{TEXT}c", "1")))
        elif child.tag in SIGNS:
            parts.append(SIGNS[child.tag])
        elif child.tag not in (f"{OFFICE}annotation", f"{TEXT}note"):
            parts.append(_said(child))
        parts.append(child.tail or "")
    return "".join(parts)


def changes(root: Any) -> list[list[str]]:
    """Kind, author and date of each tracked change."""
    found = []
    for change in root.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region/*"):
        about = change.find(f"{OFFICE}change-info")
        kind = change.tag.removeprefix(TEXT)
        found.append([kind, about.findtext(f"{DC}creator"), about.findtext(f"{DC}date")[:19]])
    return found


def comments(root: Any) -> list[str]:
    """What hangs in the margin."""
    notes = root.iter(f"{OFFICE}annotation")
    return ["\n".join(_said(line) for line in note.iter(f"{TEXT}p")) for note in notes]


def seen(context: Any, path: Path) -> dict[str, Any]:
    """One document's words as they are once all changes are accepted, and once all are rejected."""
    document = opened(context, path)
    for at in range(document.Footnotes.Count):
        # The sign of a note stands in the words of the text: one that can be told from a number.
        document.Footnotes.getByIndex(at).Label = NOTE
    found: dict[str, Any] = {"name": path.name}
    for order, name in (("Accept", "accepted"), ("Reject", "rejected")):
        settle(context, document, order)
        notes = [document.Footnotes.getByIndex(at).String for at in range(document.Footnotes.Count)]
        found[name] = document.Text.String.replace(NOTE, "").split("\n")
        found[f"{name}_notes"] = [line for note in notes for line in note.split("\n")]
        if document.UndoManager.isUndoPossible():
            document.UndoManager.undo()
    document.close(True)
    return found


def seen_exactly(context: Any, path: Path, scratch: Path) -> dict[str, Any]:
    """One document as it was opened, accepted and rejected, paragraph by paragraph."""
    document = opened(context, path)
    tracked = saved(document, scratch)
    settle(context, document, "Accept")
    accepted = saved(document, scratch)
    final, final_notes = words(accepted)
    document.close(True)
    document = opened(context, path)
    settle(context, document, "Reject")
    rejected = saved(document, scratch)
    original, original_notes = words(rejected)
    document.close(True)
    return {
        "name": path.name, "accepted": final, "rejected": original,
        "accepted_notes": final_notes, "rejected_notes": original_notes,
        "changes": changes(tracked), "comments": comments(tracked),
        "left": len(changes(accepted)) + len(changes(rejected)),
    }  # fmt: skip


def main(folder: Path, exactly: list[str]) -> None:
    """Read every document of a folder."""
    with tempfile.TemporaryDirectory(prefix="facilitate-uno-") as own:
        process, context = started(own)
        try:
            for path in sorted([*folder.glob("*.docx"), *folder.glob("*.odt")]):
                if path.name in exactly:
                    found = seen_exactly(context, path, Path(own) / "out.fodt")
                else:
                    found = seen(context, path)
                print(json.dumps(found), flush=True)
        finally:
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            try:
                desktop.terminate()
            finally:
                process.wait(30)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
