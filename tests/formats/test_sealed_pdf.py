"""The sealed PDF is signed by the event's key, says so to a checker, and still keeps PDF/UA-1."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from facilitate.formats.outcome_json import outcome_data
from facilitate.formats.render import rendered
from facilitate.seal_key import seal_key
from tests.formats.outcome_sample import FACTS, sample
from tests.support.verapdf import pdfua1_failures

NOW = datetime.now(UTC)


def sealed(folder: Path) -> bytes:
    certificate, key = seal_key(folder, "Spring Policy Event", NOW)
    assert (certificate, key) == seal_key(folder, "Spring Policy Event", NOW)
    data = outcome_data(sample(), replace(FACTS, sealed="ab" * 32, status="Sealed."))
    return rendered("pdf", data | {"seal": {"certificate": certificate, "key": key}})


def is_whole(folder: Path, body: bytes) -> bool:
    # The checker has a loop of its own, which a thread with a browser in it cannot start.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_is_whole, folder, body).result()


def _is_whole(folder: Path, body: bytes) -> bool:
    own = load_cert_from_pemder(str(folder / "keys/seal.crt"))  # type: ignore[no-untyped-call]
    found = PdfFileReader(BytesIO(body)).embedded_signatures[0]
    status = validate_pdf_signature(found, ValidationContext(trust_roots=[own], allow_fetching=False))
    return bool(status.intact and status.valid and status.trusted)


def test_a_sealed_pdf_is_signed_by_the_events_key_and_keeps_the_standard(tmp_path: Path) -> None:
    body = sealed(tmp_path)
    (tmp_path / "sealed.pdf").write_bytes(body)
    assert pdfua1_failures(tmp_path / "sealed.pdf") == []
    assert is_whole(tmp_path, body)
    assert (tmp_path / "keys/seal.key").stat().st_mode & 0o077 == 0


def test_a_changed_byte_breaks_the_signature(tmp_path: Path) -> None:
    body = sealed(tmp_path)
    at = body.index(b"/Title")
    assert not is_whole(tmp_path, body[: at + 1] + b"t" + body[at + 2 :])
