"""Outcome: the edition as an OpenDocument text, every carried change a tracked change by its ballot."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from facilitate.formats.odt_looks import LABEL, PAGE_BREAK, automatic_styles, styles_xml
from facilitate.formats.odt_parts import OdtPage, annotation, changed_region, element, paragraph, write
from facilitate.formats.outcome_record_page import write_first_page, write_record, write_statements
from facilitate.formats.tracked import NOBODY, Mark, Paragraph, paragraphs_of

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""


def outcome_odt(data: dict[str, Any]) -> bytes:
    """The outcome as an ODT file, from `outcome_json.outcome_data`.

    Shape: as in `outcome_docx`: "The text" with each passage as one paragraph, then "The record".
    """
    passages = paragraphs_of(data)
    body = element("office:text")
    page, changes = OdtPage(body), element("text:tracked-changes", text__track_changes="false")
    body.append(changes)
    write_first_page(page, data)
    page.add(paragraph("", PAGE_BREAK))
    page.heading("The text", 1)
    text = _Text(page, changes, data["generated"]["utc"])
    for number, passage in enumerate(passages):
        text.passage(number, passage)
    write_statements(page, data)
    page.add(paragraph("", PAGE_BREAK))
    write_record(page, data)
    content = element("office:document-content", office__version="1.3")
    content.append(automatic_styles([passage.ref for passage in passages]))
    content.append(element("office:body", body))
    return _zipped({"content.xml": content, "styles.xml": styles_xml(data), "meta.xml": _meta(data)}, data)


class _Text:
    """Writes passages with their changes; what a deleted passage leaves waits for the next paragraph."""

    def __init__(self, page: OdtPage, changes: Any, made: str) -> None:
        self.page = page
        self.changes = changes
        self.made = made
        self.last = 0

    def passage(self, number: int, passage: Paragraph) -> None:
        """One passage."""
        if passage.note:
            self.page.waiting.append(annotation(passage.note, self.made))
        label = f"{LABEL}{number}"
        if passage.deleted:
            self._gone(passage, label)
            return
        words = self._paragraph_of(passage)
        for (inserted, deleted), text in passage.runs:
            self._run(words, text, inserted, deleted)
        start = self._begin(passage.inserted) if passage.inserted else None
        if start is not None:
            words.append(element("text:change-start", text__change_id=start))
        self.page.add(words, _labelled(words, label))
        if start is not None:
            self.page.waiting.append(element("text:change-end", text__change_id=start))

    def _paragraph_of(self, passage: Paragraph) -> Any:
        if passage.kind == "heading":
            level = min(2 + passage.depth, 4)
            style = f"Heading_20_{level}"
            return element("text:h", text__style_name=style, text__outline_level=level)
        style = "Passage_20_item" if passage.kind == "item" else "Passage"
        return element("text:p", text__style_name=style)

    def _run(self, parent: Any, text: str, inserted: Mark | None, deleted: Mark | None) -> None:
        if deleted:
            parent.append(self._taken_out(deleted, inserted, paragraph(text)))
        elif inserted:
            start = self._begin(inserted)
            parent.append(element("text:change-start", text__change_id=start))
            write(parent, text)
            parent.append(element("text:change-end", text__change_id=start))
        else:
            write(parent, text)

    def _gone(self, passage: Paragraph, label: str) -> None:
        """A passage taken out as a whole: its words and its end stand in the changes alone."""
        runs = list(passage.runs)
        if runs[-1][0][0]:
            # The end was there from the beginning: it must not go with words that were put in.
            runs.append(((None, passage.deleted), ""))
        for at, ((inserted, deleted), text) in enumerate(runs):
            words = self._paragraph_of(passage)
            write(words, text)
            content = [_labelled(words, label), paragraph("")] if at == len(runs) - 1 else [words]
            self.page.waiting.append(self._taken_out(deleted or passage.deleted, inserted, *content))

    def _begin(self, mark: Mark) -> str:
        self.last += 1
        key = f"ct{self.last}"
        self.changes.append(changed_region(key, "insertion", mark))
        return key

    def _taken_out(self, mark: Mark | None, put_in: Mark | None, *content: Any) -> Any:
        self.last += 1
        key = f"ct{self.last}"
        self.changes.append(changed_region(key, "deletion", mark or NOBODY, content, put_in))
        return element("text:change", text__change_id=key)


def _labelled(words: Any, label: str) -> Any:
    return element("text:list", element("text:list-item", words), text__style_name=label)


def _meta(data: dict[str, Any]) -> Any:
    about = element("office:meta")
    covers = f"Covers the journal up to number {data['journal']['number']}. Text {data['hash']}."
    for tag, words in (
        ("dc:title", f"{data['document']['title']}: outcome"),
        ("dc:creator", data["event"]["name"]),
        ("dc:description", covers),
        ("dc:language", "en-GB"),
        ("dc:date", data["generated"]["utc"].replace("+00:00", "Z")),
    ):
        about.append(element(tag, words=words))
    return element("office:document-meta", about, office__version="1.3")


def _zipped(parts: dict[str, Any], data: dict[str, Any]) -> bytes:
    made = datetime.fromisoformat(data["generated"]["utc"]).timetuple()[:6]
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        # The format wants its name first and uncompressed, so that a file is known by its first bytes.
        package.writestr(zipfile.ZipInfo("mimetype", made), MEDIA_TYPE)
        for name, root in parts.items():
            body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            package.writestr(zipfile.ZipInfo(name, made), body, zipfile.ZIP_DEFLATED)
        manifest = zipfile.ZipInfo("META-INF/manifest.xml", made)
        package.writestr(manifest, _MANIFEST, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


__all__ = ["MEDIA_TYPE", "outcome_odt"]
