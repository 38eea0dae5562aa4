"""Before the event: a sign-in link as a QR code on a page, for a door without a printer."""

from __future__ import annotations

import segno


def qr_svg(link: str) -> str:
    """The code as one SVG element without any style, black on white with its quiet zone.

    Source: ISO/IEC 18004; error correction M, since a screen at an angle loses some squares.
    """
    code = segno.make_qr(link, error="m")
    drawn: str = code.svg_inline(
        border=4, light="#fff", dark="#000", omitsize=True, svgclass="qr", lineclass=None
    )
    return drawn
