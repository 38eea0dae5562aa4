"""Reads the QR codes of a printed page as a camera would: from its picture, with another library."""

from __future__ import annotations

import json
import subprocess

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from scripts.build_clients import node_tools
from tests.support.sources import ROOT

# Dots to a point, and how much white around a code is kept, in points.
_SCALE, _MARGIN = 6, 5
_DECODE = """
import { readFileSync } from "node:fs";
import decodeQR from "qr/decode.js";
const read = (size, data) => decodeQR({ ...size, data: new Uint8Array(data) });
const pictures = readFileSync(0);
const texts = [];
for (let at = 0; at < pictures.length; ) {
  const [width, height] = [pictures.readUInt32BE(at), pictures.readUInt32BE(at + 4)];
  const end = at + 8 + width * height * 4;
  texts.push(read({ width, height }, pictures.subarray(at + 8, end)));
  at = end;
}
process.stdout.write(JSON.stringify(texts));
"""


def codes_in(pdf: bytes) -> list[str]:
    """What the QR codes of a document say, page by page."""
    env, _npm = node_tools()
    done = subprocess.run(
        ["node", "--input-type=module", "-e", _DECODE], cwd=ROOT / "clients", env=env, check=True,
        capture_output=True, input=b"".join(_pictures(pdf)), timeout=60,
    )  # fmt: skip
    texts: list[str] = json.loads(done.stdout)
    return texts


def _pictures(pdf: bytes) -> list[bytes]:
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        drawn = page.render(scale=_SCALE).to_pil().convert("RGBA")
        for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = picture.get_bounds()
            box = (left - _MARGIN, page.get_height() - top - _MARGIN, right + _MARGIN,
                   page.get_height() - bottom + _MARGIN)  # fmt: skip
            cut = drawn.crop(tuple(round(each * _SCALE) for each in box))
            found.append(cut.width.to_bytes(4, "big") + cut.height.to_bytes(4, "big") + cut.tobytes())
    return found
