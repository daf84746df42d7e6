"""Pages that are pictures, read by an offline engine: the optional `ocr` extra (its models come inside its wheel).

What it reads goes the way of all text: words with boxes, and the dark lines of the picture as ruling lines.
"""

from __future__ import annotations

import ctypes
from functools import cache
from importlib.util import find_spec
from typing import Any

import pypdfium2.raw as pdfium

from checker.readers.pdf.characters import PageText, Run, Turn
from checker.readers.pdf.strokes import Strokes

_SCALE = 200 / 72
"""Pixels to a point."""
_MOST_PIXELS = 40_000_000
"""Pixels beyond which a page is drawn smaller."""
_DARK = 150
"""Brightness below which a pixel belongs to a line."""
_LONG = 40
"""Points that a line of a picture needs at least."""
_Box = tuple[float, float, float, float]


@cache
def available() -> bool:
    """Say whether the extra is installed and runs: on a bare server what it stands on may lack a system library."""
    if find_spec("rapidocr_onnxruntime") is None:
        return False
    try:
        _engine()
    except (ImportError, OSError):
        return False
    return True


def read_picture(page: Any) -> tuple[PageText, Strokes]:
    """Recognise the text and the ruling lines of a page, as it is shown."""
    width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    picture = _drawn(page, round(width * scale), round(height * scale))
    found, _ = _engine()(picture)
    text, lefts, rights, runs = "", list[float](), list[float](), list[Run]()
    for corners, words, _ in found or ():
        box = _bounds([(float(x) / scale, float(y) / scale) for x, y in corners])
        runs.append(Run(*box, len(text), words))
        edges = _edges(words, box[0], box[2])
        lefts += edges[:-1]
        rights += edges[1:]
        text += words
    across, down = _lines(picture, scale)
    return (
        PageText(Turn(0, width, height), 0, text, lefts, rights, runs, 0, "", unseen=False),
        Strokes(across, down, [], []),
    )


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR()


def _drawn(page: Any, width: int, height: int) -> Any:
    """Draw a page into an array of rows of blue, green and red."""
    import numpy

    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return numpy.frombuffer(raw, numpy.uint8).reshape(height, stride // 4, 4)[:, :width, :3].copy()


def _bounds(corners: list[tuple[float, float]]) -> _Box:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _edges(words: str, left: float, right: float) -> list[float]:
    """Return where characters begin and end in a box: Chinese ones are twice as wide as others."""
    weights = [1 if character < "\u2000" else 2 for character in words]
    step = (right - left) / max(sum(weights), 1)
    edges = [left]
    for weight in weights:
        edges.append(edges[-1] + weight * step)
    return edges


def _lines(picture: Any, scale: float) -> tuple[list[_Box], list[_Box]]:
    """Return the dark lines across and down, in points."""
    dark = picture.max(axis=2) < _DARK
    length = round(_LONG * scale)
    across = [(left, row, right, row + 1) for row, left, right in _stretches(dark, length)]
    down = [(column, top, column + 1, bottom) for column, top, bottom in _stretches(dark.T, length)]
    return [_points(box, scale) for box in across], [_points(box, scale) for box in down]


def _points(box: tuple[int, int, int, int], scale: float) -> _Box:
    return box[0] / scale, box[1] / scale, box[2] / scale, box[3] / scale


def _stretches(dark: Any, length: int) -> list[tuple[int, int, int]]:
    """Return row, start and end of the dark stretches of at least a length."""
    import numpy

    padded = numpy.zeros((dark.shape[0], dark.shape[1] + 2), numpy.int8)
    padded[:, 1:-1] = dark
    change = numpy.diff(padded, axis=1)
    starts, ends = numpy.argwhere(change == 1), numpy.argwhere(change == -1)
    long = (ends[:, 1] - starts[:, 1]) >= length
    return [(int(row), int(start), int(end)) for (row, start), end in zip(starts[long], ends[long][:, 1], strict=True)]
