"""Makes the files that nobody sends by mistake: six of each kind, with the codes of their refusals."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.formats.odt_files import odt_parts
from tests.formats.odt_files import p as odt_p
from tests.formats.pdf_files import raw_pdf, shown_line
from tests.formats.word_files import p, package, word_file, word_parts

BIG = 40_000_000


@dataclass(frozen=True)
class Hostile:
    """One file: what it tries, its name, its bytes, and the codes that its refusal may have."""

    kind: str
    name: str
    body: bytes
    codes: tuple[str, ...]


def hostile_files(fetch: str) -> list[Hostile]:
    """All of them; those that want something fetched ask for it at the address `fetch`."""
    kinds = {
        "zip bomb": _bombs(), "nested zip": _nested(), "entity bomb": _entities(),
        "external entity": _external(fetch), "path trick": _paths(), "polyglot": _polyglots(),
        "truncated": _truncated(), "wrong type": _wrong(), "huge image": _images(), "macro": _macros(),
    }  # fmt: skip
    return [Hostile(kind, *each) for kind, found in kinds.items() for each in found]


Made = Iterator[tuple[str, bytes, tuple[str, ...]]]


def _docx(**more: bytes) -> dict[str, bytes]:
    return word_parts(p("A harmless sentence.")) | {
        name.replace("__", "/"): body for name, body in more.items()
    }


def _with(files: dict[str, bytes], name: str, body: bytes) -> bytes:
    return package(files | {name: body})


def _odt() -> dict[str, bytes]:
    return odt_parts(odt_p("A harmless sentence."))


def _bombs() -> Made:
    far = ("expands-too-far",)
    yield "part.docx", _with(_docx(), "word/document.xml", b"<w>" + b" " * BIG), far
    yield "media.docx", _with(_docx(), "word/media/a.bin", b"\0" * BIG), far
    yield "part.odt", _with(_odt(), "content.xml", b"<x>" + b" " * BIG), far
    yield "many.docx", package(_docx() | {f"a{at}": b"" for at in range(10_500)}), far
    flate = zlib.compress(b"BT " + b" " * BIG, 9)
    yield "stream.pdf", raw_pdf(flate, more=b"/Filter /FlateDecode"), far
    twice = zlib.compress(zlib.compress(b"\0" * BIG, 9), 9)
    yield "twice.pdf", raw_pdf(twice, more=b"/Filter [/FlateDecode /FlateDecode]"), far


def _nested() -> Made:
    inner = package({"bomb.txt": b"0" * 500_000})
    nested = ("unsafe-document",)
    yield "in.docx", _with(_docx(), "word/embeddings/inner.zip", inner), nested
    yield "as_bin.docx", _with(_docx(), "word/media/image1.bin", inner), nested
    yield "in.odt", _with(_odt(), "Pictures/1.zip", inner), nested
    yield "as_xml.odt", _with(_odt(), "Object 1/data", inner), nested
    yield "packed.docx", _with(_docx(), "word/more.tar.gz", b"\x1f\x8b" + b"x" * 50), nested
    yield "zips.zip", package({f"{at}.zip": inner for at in range(16)}), ("unsafe-document", "not-a-docx")


def _bomb(root: str, *, lines: int = 9, deep: bool = True) -> bytes:
    made = ['<!ENTITY a0 "ha">']
    made += [f'<!ENTITY a{at} "{f"&a{at - 1 if deep else 0};" * 10}">' for at in range(1, lines + 1)]
    return f'<?xml version="1.0"?><!DOCTYPE x [{"".join(made)}]><{root}>&a{lines};</{root}>'.encode()


def _entities() -> Made:
    caught = ("unsafe-document", "damaged-document")
    yield "text.docx", _with(_docx(), "word/document.xml", _bomb("w")), caught
    yield "styles.docx", _with(_docx(), "word/styles.xml", _bomb("w")), caught
    yield "relations.docx", _with(_docx(), "_rels/.rels", _bomb("w", lines=3)), caught
    yield "text.odt", _with(_odt(), "content.xml", _bomb("x")), caught
    yield "styles.odt", _with(_odt(), "styles.xml", _bomb("x", deep=False, lines=400)), caught
    page = _bomb("html").replace(b"DOCTYPE x", b"DOCTYPE html")
    yield "page.html", page, ("unsafe-document",)


def _external(fetch: str) -> Made:
    caught = ("unsafe-document", "damaged-document")
    file = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    web = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{fetch}/e">]><x>&e;</x>'.encode()
    dtd = f'<!DOCTYPE x SYSTEM "{fetch}/x.dtd"><x/>'.encode()
    yield "file.docx", _with(_docx(), "word/document.xml", file), caught
    yield "web.docx", _with(_docx(), "word/numbering.xml", web), caught
    yield "file.odt", _with(_odt(), "content.xml", file), caught
    yield "dtd.odt", _with(_odt(), "content.xml", dtd), caught
    parameter = f'<!DOCTYPE html [<!ENTITY % p SYSTEM "{fetch}/p"> %p;]><html><p>x</p></html>'.encode()
    yield "parameter.html", parameter, ("unsafe-document",)
    yield "file.xhtml", b"<?xml version='1.0'?>" + file.replace(b"x>", b"html>").replace(b"E x", b"E html"), (
        "unsafe-document",
    )  # fmt: skip


def _paths() -> Made:
    caught = ("unsafe-document",)
    yield "up.docx", _with(_docx(), "../../etc/cron.d/x", b"x"), caught
    yield "root.docx", _with(_docx(), "/etc/passwd", b"x"), caught
    yield "windows.docx", _with(_docx(), "..\\..\\autorun.inf", b"x"), caught
    yield "drive.odt", _with(_odt(), "C:\\Windows\\x", b"x"), caught
    yield "inside.odt", _with(_odt(), "Pictures/../../x", b"x"), caught
    out = io.BytesIO(package(_docx()))
    with zipfile.ZipFile(out, "a") as packed:
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            packed.writestr("word/document.xml", b"<second/>")
    yield "twice.docx", out.getvalue(), caught


def _polyglots() -> Made:
    caught = ("unsafe-document", "unknown-format", "not-a-docx", "not-a-pdf")
    docx, pdf = word_file(p("One text.")), raw_pdf(shown_line("Another text."))
    yield "pdf_and_zip.pdf", pdf + docx, caught
    yield "zip_and_more.docx", docx + b"<script>alert(1)</script>", caught
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as packed:
        packed.writestr("a", pdf)
        for name, body in _docx().items():
            packed.writestr(name, body)
    yield "pdf_in_front.docx", stored.getvalue(), caught
    yield "picture_and_page.html", b"GIF89a/*\x00<html><script>alert(1)</script><p>x</html>", caught
    yield "picture_and_zip.docx", b"\x89PNG\r\n\x1a\n" + docx, caught
    yield "program_and_zip.odt", b"MZ\x90\x00" + docx, caught


def _truncated() -> Made:
    docx, odt = word_file(p("Words. " * 400)), package(odt_parts(odt_p("Words. " * 400)))
    pdf = raw_pdf(zlib.compress(shown_line("Words.") * 200), more=b"/Filter /FlateDecode")
    yield "half.docx", docx[: len(docx) // 2], ("not-a-docx",)
    yield "end.docx", docx[:-30], ("not-a-docx", "unsafe-document")
    yield "half.odt", odt[: len(odt) // 2], ("not-a-docx", "not-an-odt")
    yield "start.pdf", pdf[:200], ("not-a-pdf", "damaged-document", "pdf-without-text")
    yield "head.pdf", b"%PDF-1.7\n", ("not-a-pdf", "damaged-document", "pdf-without-text")
    yield "wide.txt", b"\xff\xfe" + "Words".encode("utf-16-le")[:-1], ("unknown-format",)


def _wrong() -> Made:
    unknown = ("unknown-format",)
    yield "picture.docx", b"\x89PNG\r\n\x1a\n" + b"x" * 100, unknown
    yield "program.pdf", b"MZ\x90\x00" + b"\0" * 100, unknown
    yield "old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, unknown
    yield "sheet.docx", package({"xl/workbook.xml": b"<x/>"}), unknown
    yield "rich.odt", b"{\\rtf1 text}", unknown
    yield "random.txt", bytes(range(256)) * 40, unknown


def png(width: int, height: int) -> bytes:
    """The first bytes of a picture that claims that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + b"\0" * 8


def _images() -> Made:
    huge = ("picture-too-large",)
    jpeg = b"\xff\xd8\xff\xc0" + struct.pack(">HBHH", 17, 8, 65_000, 65_000) + b"\0" * 20
    yield "png.docx", _with(_docx(), "word/media/image1.png", png(50_000, 50_000)), huge
    yield "jpeg.docx", _with(_docx(), "word/media/image1.jpeg", jpeg), huge
    gif = b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\0" * 10
    yield "gif.odt", _with(_odt(), "Pictures/1.gif", gif), huge
    bmp = b"BM" + b"\0" * 16 + struct.pack("<ii", 100_000, -100_000) + b"\0" * 10
    yield "bmp.odt", _with(_odt(), "Pictures/1.bmp", bmp), huge
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 90000 /Height 90000 /Length 1 >>\nstream\n\x00\nendstream"
    )
    yield "image.pdf", raw_pdf(shown_line("Words."), extra=image), huge
    tiff = b"II*\0\x08\0\0\0\x02\0" + struct.pack("<HHIIHHII", 256, 4, 1, 80_000, 257, 4, 1, 80_000)
    yield "tiff.docx", _with(_docx(), "word/media/image1.tiff", tiff), huge


def _macros() -> Made:
    caught = ("holds-macros",)
    yield "vba.docx", _with(_docx(), "word/vbaProject.bin", b"x" * 30), caught
    types = (
        _docx()["[Content_Types].xml"]
        .replace(b"document.main+xml", b"document.macroEnabled.main+xml")
        .replace(
            b"</Types>",
            b'<Default Extension="x" ContentType="application/vnd.ms-word.macroEnabled"/></Types>',
        )
    )
    yield "type.docx", _with(_docx(), "[Content_Types].xml", types), caught
    yield "basic.odt", _with(_odt(), "Basic/Standard/Module1.xml", b"<x/>"), caught
    yield "python.odt", _with(_odt(), "Scripts/python/run.py", b"x"), caught
    words = shown_line("Words.")
    opened = b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
    yield "script.pdf", raw_pdf(words, catalog=opened), caught
    yield "launch.pdf", raw_pdf(words, catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), caught
