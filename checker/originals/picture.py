"""A part of a PDF page → a small picture in sixteen colours, with the figures in question marked.

Greys for the page, yellows for what is marked, one colour for the frame: four bits a point make a strip of a page
some ten thousand bytes, which a report can hold dozens of.
"""

from __future__ import annotations

import ctypes
import struct
import zlib
from typing import Any, Final, NamedTuple

from checker.originals.printed import Box

_GREYS: Final = 10
_YELLOWS: Final = 5
_FRAME: Final = 15
_LINE: Final = 2
"""Points of the picture that the frame is thick."""
_YELLOW: Final = (255, 236, 130)
_TO_GREY: Final = bytes(round(level * (_GREYS - 1) / 255) for level in range(256))
_TO_YELLOW: Final = bytes(
    _GREYS + min(index * _YELLOWS // _GREYS, _YELLOWS - 1) if index < _GREYS else index for index in range(256)
)
_HIGH: Final = bytes((index & 15) << 4 for index in range(256))


class Mark(NamedTuple):
    """A box to be marked, in points of the page; framed when it is what the picture is about."""

    box: Box
    framed: bool


class Picture(NamedTuple):
    """A PNG, and its size in points of the picture."""

    png: bytes
    width: int
    height: int


def draw(page: Any, size: tuple[float, float], part: Box, marks: list[Mark], scale: float, colour: str) -> Picture:
    """Draw a part of a page that is so large; `scale` is in points of the picture, `colour` is `rrggbb`."""
    left, top, right, bottom = part
    width, height = max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale))
    rows = [bytearray(row) for row in _grey(page, size, (left * scale, top * scale), (width, height), scale)]
    for mark in sorted(marks, key=lambda each: each.framed):
        box = tuple(round(value * scale) for value in _moved(mark.box, left, top))
        _tint(rows, box, width)
        if mark.framed:
            _frame(rows, box, width)
    return Picture(_png(rows, width, _palette(colour)), width, height)


def _moved(box: Box, left: float, top: float) -> Box:
    return box[0] - left, box[1] - top, box[2] - left, box[3] - top


def _grey(
    page: Any, size: tuple[float, float], start: tuple[float, float], shape: tuple[int, int], scale: float
) -> list[bytes]:
    """Draw a part of a page in greys, and return the rows of their numbers in the palette."""
    import pypdfium2.raw as pdfium

    width, height = shape
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(
            bitmap, page, -round(start[0]), -round(start[1]), round(size[0] * scale), round(size[1] * scale), 0,
            pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE,
        )  # fmt: skip
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        drawn = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height).translate(_TO_GREY)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return [drawn[at : at + width] for at in range(0, stride * height, stride)]


def _tint(rows: list[bytearray], box: tuple[int, ...], width: int) -> None:
    left, top, right, bottom = box
    left, right = max(left, 0), min(right, width)
    for row in rows[max(top, 0) : max(bottom, 0)]:
        row[left:right] = row[left:right].translate(_TO_YELLOW)


def _frame(rows: list[bytearray], box: tuple[int, ...], width: int) -> None:
    left, top, right, bottom = box
    outer, inner = max(left - _LINE, 0), min(right + _LINE, width)
    for number in range(max(top - _LINE, 0), min(bottom + _LINE, len(rows))):
        row = rows[number]
        if number < top or number >= bottom:
            row[outer:inner] = bytes([_FRAME]) * (inner - outer)
        else:
            row[outer : max(left, 0)] = bytes([_FRAME]) * (max(left, 0) - outer)
            row[min(right, width) : inner] = bytes([_FRAME]) * (inner - min(right, width))


def _palette(colour: str) -> bytes:
    greys = bytes(level for index in range(_GREYS) for level in [round(index * 255 / (_GREYS - 1))] * 3)
    yellows = bytes(round(part * index / (_YELLOWS - 1)) for index in range(_YELLOWS) for part in _YELLOW)
    return greys + yellows + bytes.fromhex(colour)


def _png(rows: list[bytearray], width: int, palette: bytes) -> bytes:
    """Return a picture of four bits a point (PNG, third edition, 11.2 and 7.2)."""
    header = struct.pack(">IIBBBBB", width, len(rows), 4, 3, 0, 0, 0)
    packed = b"".join(b"\x00" + _packed(row) for row in rows)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(packed, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _packed(row: bytearray) -> bytes:
    """Put two points into a byte."""
    high, low = row[0::2].translate(_HIGH), row[1::2]
    low += bytes(len(high) - len(low))
    return (int.from_bytes(high, "big") | int.from_bytes(low, "big")).to_bytes(len(high), "big")
