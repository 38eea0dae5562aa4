"""Opens a document in LibreOffice, as a member at home would, and says what is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

MISSING = "LibreOffice Writer is not installed; scripts/setup --test installs it on Debian."


def convert(document: Path, to: str) -> bytes:
    """What LibreOffice makes of the document in another form, such as "pdf" or "odt".

    Errors: fails the test with LibreOffice's own words where it cannot read the document.
    """
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with tempfile.TemporaryDirectory(prefix="facilitate-office-") as folder:
        # A profile of its own: two LibreOffices never share one.
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        command += ["--convert-to", to, "--outdir", folder, str(document)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
        made = Path(folder) / f"{document.stem}.{to.split(':', maxsplit=1)[0]}"
        assert made.is_file(), f"LibreOffice could not open {document.name}: {done.stdout} {done.stderr}"
        return made.read_bytes()


def read_text(document: Path) -> str:
    """The document's words, in order, as LibreOffice shows them."""
    return convert(document, "txt:Text (encoded):UTF8").decode("utf-8-sig")
