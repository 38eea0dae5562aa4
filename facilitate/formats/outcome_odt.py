"""Outcome: the edition as an OpenDocument text, every carried change a tracked change by its ballot."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from facilitate.formats.odt_looks import PAGE_BREAK, automatic_styles, styles_xml
from facilitate.formats.odt_parts import OdtPage, element, paragraph
from facilitate.formats.odt_text import Text
from facilitate.formats.outcome_record_page import write_first_page, write_record, write_statements
from facilitate.formats.tracked_blocks import blocks_of

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

    Shape: as in `outcome_docx`, "The text" and then "The record".
    """
    body = element("office:text")
    page, changes = OdtPage(body), element("text:tracked-changes", text__track_changes="false")
    body.append(changes)
    write_first_page(page, data)
    page.add(paragraph("", PAGE_BREAK))
    page.heading("The text", 1)
    text = Text(page, changes, data["generated"]["utc"])
    text.write(blocks_of(data, whole_notes=False))
    write_statements(page, data)
    page.add(paragraph("", PAGE_BREAK))
    write_record(page, data)
    content = element("office:document-content", office__version="1.3")
    content.append(automatic_styles(text.labels))
    content.append(element("office:body", body))
    return _zipped({"content.xml": content, "styles.xml": styles_xml(data), "meta.xml": _meta(data)}, data)


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
