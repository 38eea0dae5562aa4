"""Builds small Word files part by part, so that a test shows exactly the markup that it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from facilitate.domain.documents import ReadDocument
from facilitate.formats.docx_in import read_docx

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "settings": "settings",
    "comments": "comments",
}


def word_file(body: str, **parts: str) -> bytes:
    """A Word file with that body and those parts (styles, numbering, footnotes and so on)."""
    return package(word_parts(body, **parts))


def word_parts(body: str, **parts: str) -> dict[str, bytes]:
    """The files inside such a Word file, by name."""
    files = {"word/document.xml": _xml("document", f"<w:body>{body}</w:body>").encode("utf-8")}
    for name, content in parts.items():
        files[f"word/{name}.xml"] = _xml(_ROOTS[name], content).encode("utf-8")
    files["[Content_Types].xml"] = _types(["document", *parts])
    files["_rels/.rels"] = _relations({"officeDocument": "word/document.xml"})
    files["word/_rels/document.xml.rels"] = _relations({name: f"{name}.xml" for name in parts})
    return files


def package(files: Mapping[str, bytes]) -> bytes:
    """A zip file with those files in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def read(body: str, **parts: str) -> ReadDocument:
    """What the importer makes of such a file."""
    return read_docx(word_file(body, **parts))


def shown(document: ReadDocument) -> list[str]:
    """Each passage as a reader sees it: its number, a space, its words."""
    return [f"{p.number} {p.heading}{p.text}".strip() for p in document.passages]


def p(text: str = "", style: str = "", num: tuple[int, int] | int | None = None, properties: str = "") -> str:
    """A paragraph; `num` is (list, level), or 0 for numbering taken away."""
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        number, level = num if isinstance(num, tuple) else (num, 0)
        inside += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{inside}{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text; a tab in it becomes Word's own tab."""
    pieces = (f'<w:t xml:space="preserve">{piece}</w:t>' for piece in text.split("\t"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{'<w:tab/>'.join(pieces)}</w:r>" if text else ""


def lvl(at: int, text: str, fmt: str = "decimal", start: int | None = 1, more: str = "") -> str:
    """One level of a list definition."""
    begin = "" if start is None else f'<w:start w:val="{start}"/>'
    return f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{fmt}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(identity: int, *levels: str, more: str = "") -> str:
    """A list definition."""
    return f'<w:abstractNum w:abstractNumId="{identity}">{more}{"".join(levels)}</w:abstractNum>'


def num(identity: int, of: int, overrides: str = "") -> str:
    """A list made from a definition."""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def restart(level: int, at: int) -> str:
    """An override that starts a level anew."""
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


def style(
    identity: str,
    properties: str = "",
    based_on: str = "",
    name: str = "",
    kind: str = "paragraph",
    letters: str = "",
) -> str:
    """A style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name or identity}"/>{base}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def numbered(number: int | None = None, level: int | None = None) -> str:
    """The numbering of a style."""
    deep = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    which = "" if number is None else f'<w:numId w:val="{number}"/>'
    return f"<w:numPr>{deep}{which}</w:numPr>"


def table(*rows: list[str]) -> str:
    """A table of cells, each given as its blocks."""
    lines = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def _xml(root: str, content: str) -> str:
    return f"{_HEAD}<w:{root} {_SPACES}>{content}</w:{root}>"


def _types(parts: list[str]) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    rows = ""
    for part in parts:
        content = f"{kind}.{part}{'.main' if part == 'document' else ''}+xml"
        rows += f'<Override PartName="/word/{part}.xml" ContentType="{content}"/>'
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    usual = f'<Default Extension="rels" ContentType="{rels}"/>'
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{_HEAD}<Types xmlns="{space}">{usual}{rows}</Types>'.encode()


def _relations(targets: Mapping[str, str]) -> bytes:
    rows = (
        f'<Relationship Id="rId{at}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items(), 1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{"".join(rows)}</Relationships>'.encode()
