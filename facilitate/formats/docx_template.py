"""Outcome: an empty document for a word processor, without what its library's template brings along."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships

# A picture of an empty page, a second set of styles for one old program, an empty store of references.
_NOT_OURS = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    RELATIONSHIP_TYPE.CUSTOM_XML,
)
_TABLES = ("Normal Table", "Table Grid")


def empty_document() -> Document:
    """A document that holds nothing but the styles that an edition writes with."""
    document = docx.Document()
    _let_go(document.part.package.rels)
    _let_go(document.part.rels)
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _TABLES:
            style.delete()
    return document


def _let_go(relations: Relationships) -> None:
    for key in [key for key, each in relations.items() if each.reltype in _NOT_OURS]:
        del relations[key]
