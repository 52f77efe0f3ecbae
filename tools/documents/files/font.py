"""A TrueType font whose every character is a box: PDF files of the tests embed it, whatever fonts a machine has."""

from __future__ import annotations

import struct
from functools import cache
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

NAME = "BoxSong"
_RANGES = ((0x20, 0x7E), (0xA0, 0xFF), (0x2000, 0x206F), (0x2190, 0x22FF), (0x2460, 0x25FF), (0x3000, 0x303F),
           (0x4E00, 0x9FFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))  # fmt: skip
"""Characters that it has; those below 0x100 are half as wide as the others."""
_EM, _HALF, _ASCENT, _DESCENT = 1000, 500, 859, -141


@cache
def register() -> str:
    """Make the font known to reportlab; its name."""
    pdfmetrics.registerFont(TTFont(NAME, BytesIO(build())))
    return NAME


def build() -> bytes:
    """The font file."""
    widths = [_EM] + [_HALF if code < 0x100 else _EM for first, last in _RANGES for code in range(first, last + 1)]
    glyphs = [_box(width) for width in widths]
    offsets = [0]
    for glyph in glyphs:
        offsets.append(offsets[-1] + len(glyph))
    count = len(glyphs)
    tables = {
        b"OS/2": struct.pack(
            ">HhHHH11h10s4I4sHHHhhhHHII", 1, _EM, 400, 5, 0, *[0] * 11, b"", 0, 0, 0, 0, b"TEST", 0, 0x20, 0xFFEF,
            _ASCENT, _DESCENT, 0, _ASCENT, -_DESCENT, 0, 0,
        ),
        b"cmap": _cmap(),
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, 0, _DESCENT, _EM, _ASCENT, 0, 8,
            2, 1, 0,
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, *[0] * 11, count),
        b"hmtx": b"".join(struct.pack(">Hh", width, 50) for width in widths),
        b"loca": struct.pack(f">{count + 1}I", *offsets),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, count, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": _names(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }  # fmt: skip
    head = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, len(tables) * 16 - 128)
    at = len(head) + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sIII", tag, checksum, at + len(body), len(data))
        body += padded
    return head + directory + body


def _box(width: int) -> bytes:
    """The outline of a glyph: one box, a little narrower than the character."""
    right, top = width - 50, 700
    corners = struct.pack(">4h4h", 50, 0, right - 50, 0, 0, top, 0, -top)
    data = struct.pack(">hhhhhHH4B", 1, 50, 0, right, top, 3, 0, 1, 1, 1, 1) + corners
    return data + b"\0" * (-len(data) % 4)


def _cmap() -> bytes:
    """Characters to glyphs, a segment for each range (format 4)."""
    ends = [last for _, last in _RANGES] + [0xFFFF]
    starts = [first for first, _ in _RANGES] + [0xFFFF]
    deltas, glyph = [], 1
    for first, last in _RANGES:
        deltas.append((glyph - first) & 0xFFFF)
        glyph += last - first + 1
    deltas.append(1)
    count = len(ends)
    body = struct.pack(f">{count}HH{count}H{count}H{count}H", *ends, 0, *starts, *deltas, *[0] * count)
    table = struct.pack(">HHHHHHH", 4, 14 + len(body), 0, count * 2, 0, 0, 0) + body
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table


def _names() -> bytes:
    """The names that a font must have."""
    texts = {1: NAME, 2: "Regular", 3: NAME, 4: NAME, 6: NAME}
    data = b"".join(text.encode("utf-16-be") for text in texts.values())
    records, at = b"", 0
    for number, text in texts.items():
        length = len(text) * 2
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, length, at)
        at += length
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + data
