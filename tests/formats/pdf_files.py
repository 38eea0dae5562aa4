"""Builds small PDF files with known words, numbers and headings, in the ways that documents are set."""

from __future__ import annotations

import typst

WORDS = (
    "Every school in every part of the country needs buildings that are warm, teachers who are paid for "
    "what they do and a library that is open in the evening. Representation of apprentices and "
    "accountability of the inspectorate come first, and responsibility for infrastructure stays with the "
    "council that is elected for it."
)
CLOSING = "Investment in decarbonisation continues, and the environmental administration reports to all."


def pdf_file(source: str) -> bytes:
    """A PDF file from typst's own markup."""
    made: bytes = typst.compile(source.encode())
    return made


def paper(*, columns: int = 1, pages: int = 3, look: str = "", justify: bool = True) -> str:
    """A policy paper with running heads, page numbers, bold headings, numbers typed by hand and footnotes."""
    start = (
        f'#set page(paper: "a5", columns: {columns}, numbering: "1 of 1")\n'
        "#set page(header: [Draft paper #h(1fr) Spring])\n"
        f'#set text(lang: "en", hyphenate: true, size: 10pt)\n#set par(justify: {str(justify).lower()})\n'
        f"#set super(typographic: false)\n{look}\n"
    )
    parts = [start]
    for at in range(1, pages + 1):
        parts.append(
            f'#block(above: 1.5em)[#text(size: 14pt, weight: "bold")[{at}\\. Chapter {"abcdefghi"[at]}]]'
        )
        parts.append(f"#block[{at}.1 #h(1em) {WORDS}#footnote[Note number {at} says where this was found.]]")
        parts.append("#block[*Why this matters*]")
        parts.append(f"#block[{WORDS} {CLOSING}]")
        parts += [f"#pad(left: 2em)[({letter}) point {letter} of {at};]" for letter in "ab"]
        parts.append(f"#block[{at}.2 #h(1em) {CLOSING} {WORDS}]")
    return "\n\n".join(parts)


def paper_lines(pages: int = 3) -> list[tuple[str, str, str]]:
    """The same paper as (kind, number, words)."""
    found: list[tuple[str, str, str]] = []
    for at in range(1, pages + 1):
        found.append(("heading", f"{at}.", f"Chapter {'abcdefghi'[at]}"))
        found.append(("paragraph", f"{at}.1", WORDS))
        found.append(("footnote", str(at), f"Note number {at} says where this was found."))
        found.append(("heading", "", "Why this matters"))
        found.append(("paragraph", "", f"{WORDS} {CLOSING}"))
        found += [("paragraph", f"({letter})", f"point {letter} of {at};") for letter in "ab"]
        found.append(("paragraph", f"{at}.2", f"{CLOSING} {WORDS}"))
    return found


def raw_pdf(
    content: bytes, *, more: bytes = b"", page: bytes = b"", catalog: bytes = b"", extra: bytes = b""
) -> bytes:
    """A PDF file written object by object, with that content stream on its only page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> " + page + b" >> >>",
        b"<< /Length "
        + str(len(content)).encode()
        + b" "
        + more
        + b" >>\nstream\n"
        + content
        + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    objects += [extra] if extra else []
    out, places = b"%PDF-1.7\n", []
    for at, each in enumerate(objects, 1):
        places.append(len(out))
        out += str(at).encode() + b" 0 obj\n" + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + trailer


def shown_line(text: str, x: int = 70, y: int = 700, size: int = 11) -> bytes:
    """The operators that show one line."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n".encode()
