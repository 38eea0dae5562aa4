"""Builds small OpenDocument texts, so that a test shows exactly the markup that it is about."""

from __future__ import annotations

from facilitate.domain.documents import ReadDocument
from facilitate.formats.odt_in import read_odt
from tests.formats.word_files import package

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in {
        "office": "office",
        "text": "text",
        "style": "style",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "meta": "meta",
        "svg": "svg-compatible",
    }.items()
)
_MORE = (
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt_parts(body: str, automatic: str = "", styles: str = "") -> dict[str, bytes]:
    """The files inside such a text, by name."""
    content = (
        f"<office:document-content {_SPACES}{_MORE}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    inner = f"<office:styles>{styles}</office:styles>"
    named = f"<office:document-styles {_SPACES}{_MORE}>{inner}</office:document-styles>"
    return {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": content.encode(),
        "styles.xml": named.encode(),
    }


def odt_file(body: str, automatic: str = "", styles: str = "") -> bytes:
    """An OpenDocument text with that body."""
    return package(odt_parts(body, automatic, styles))


def read(body: str, automatic: str = "", styles: str = "") -> ReadDocument:
    """What the importer makes of such a file."""
    return read_odt(odt_file(body, automatic, styles))


def p(text: str, style: str = "") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1, more: str = "") -> str:
    """A heading."""
    return f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'


def items(*entries: str, style: str = "L", more: str = "") -> str:
    """A list whose entries hold that markup."""
    inside = "".join(f"<text:list-item>{entry}</text:list-item>" for entry in entries)
    return f'<text:list text:style-name="{style}" {more}>{inside}</text:list>'


def list_style(*levels: str, name: str = "L") -> str:
    """A list style from the attributes of its levels, outermost first; "•" makes a bullet."""
    made = []
    for at, level in enumerate(levels, 1):
        kind = "bullet" if level == "•" else "number"
        more = 'text:bullet-char="•"' if level == "•" else level
        made.append(f'<text:list-level-style-{kind} text:level="{at}" {more}/>')
    return f'<text:list-style style:name="{name}">{"".join(made)}</text:list-style>'
