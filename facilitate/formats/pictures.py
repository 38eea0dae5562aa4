"""Before the event: how large a picture claims to be, told from its first bytes without unpacking it."""

from __future__ import annotations

import struct

# Dots; a page of A3 at 600 dots an inch has 70 million.
LARGEST_PICTURE = 200_000_000
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def picture_size(head: bytes) -> tuple[int, int]:
    """Width and height that a picture claims; (0, 0) where that cannot be told.

    Source: PNG 1.2, 11.2.2; GIF89a, 18; ITU-T T.81, B.2.2; BMP and WebP as their makers describe them.
    """
    try:
        if head.startswith(b"\x89PNG\r\n\x1a\n"):
            return _pair(struct.unpack(">II", head[16:24]))
        if head.startswith((b"GIF87a", b"GIF89a")):
            return _pair(struct.unpack("<HH", head[6:10]))
        if head.startswith(b"BM"):
            return _pair(struct.unpack("<ii", head[18:26]))
        if head.startswith(b"\xff\xd8"):
            return _jpeg(head)
        if head.startswith((b"II*\x00", b"MM\x00*")):
            return _tiff(head)
    except (struct.error, IndexError):
        pass
    return 0, 0


def _pair(values: tuple[int, ...]) -> tuple[int, int]:
    return abs(values[0]), abs(values[1])


def _jpeg(head: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(head) and head[at] == 0xFF:
        mark, length = head[at + 1], struct.unpack(">H", head[at + 2 : at + 4])[0]
        if mark in _FRAMES:
            height, width = struct.unpack(">HH", head[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def _tiff(head: bytes) -> tuple[int, int]:
    order = "<" if head.startswith(b"II") else ">"
    at = struct.unpack(order + "I", head[4:8])[0]
    count = struct.unpack(order + "H", head[at : at + 2])[0]
    size = {256: 0, 257: 0}
    for entry in range(min(count, 100)):
        start = at + 2 + 12 * entry
        tag, kind = struct.unpack(order + "HH", head[start : start + 4])
        if tag in size:
            short = kind == 3
            wide = head[start + 8 : start + (10 if short else 12)]
            size[tag] = struct.unpack(order + ("H" if short else "I"), wide)[0]
    return size[256], size[257]
