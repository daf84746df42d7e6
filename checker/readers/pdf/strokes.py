"""The ruling lines of a page, whatever they were drawn as: strokes, thin filled rectangles, thin pictures."""

from __future__ import annotations

import ctypes
import itertools
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from checker.model.place import PagePlace
from checker.readers.limits import Limits, Unreadable
from checker.readers.pdf.characters import bounds_of, turned

THIN = 3.5
"""Points: a shape no thicker is a line."""
_WHITE = 250
"""From here on each of red, green and blue is white: such a line cannot be seen."""
_SIMPLE = 5
"""Segments of a rectangle."""
_Box = tuple[float, float, float, float]
_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Strokes(NamedTuple):
    """Boxes (left, top, right, bottom) in the reading frame: lines across, lines down, dots, and the pictures.

    `texts` counts the pieces of text that are drawn, whether or not their characters can be had.
    """

    across: list[_Box]
    down: list[_Box]
    dots: list[_Box]
    pictures: list[_Box]
    texts: int = 0


def read_strokes(page: Any, number: int, upright: int, limits: Limits) -> Strokes:
    """Read the lines of a page that is turned by `upright` quarters to be read.

    Raises:
        Unreadable: when there are more than the limit.
    """
    drawing = _Drawing(number, limits)
    drawing.take(page, pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, _PLAIN, 0)
    bounds = bounds_of(page)
    lines = _boxes(drawing.lines, upright, bounds)
    across = [box for box in lines if box[2] - box[0] > THIN]
    down = [box for box in lines if box[3] - box[1] > THIN]
    dots = [box for box in lines if box[2] - box[0] <= THIN and box[3] - box[1] <= THIN]
    return Strokes(across, down, dots, _boxes(drawing.pictures, upright, bounds), drawing.texts)


def _boxes(flat: list[float], upright: int, bounds: _Box) -> list[_Box]:
    return list(zip(*turned(upright, bounds, flat), strict=True))


class _Drawing:
    """What has been met so far, as boxes left, top, right, bottom in a row, in the page's own coordinates."""

    def __init__(self, number: int, limits: Limits) -> None:
        self.number = number
        self.limits = limits
        self.lines: list[float] = []
        self.pictures: list[float] = []
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._ints = [ctypes.c_int(), ctypes.c_int()]
        self._shades = [ctypes.c_uint() for _ in range(4)]
        self.texts = 0
        self._paths = 0

    def take(self, holder: Any, count: int, object_at: Any, matrix: _Matrix, depth: int) -> None:
        """Take the objects of a page, or of a form inside it."""
        kind_of = pdfium.FPDFPageObj_GetType
        text = pdfium.FPDF_PAGEOBJ_TEXT
        for position in range(count):
            shape = object_at(holder, position)
            kind = kind_of(shape)
            if kind == text:
                self.texts += 1
                continue
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(shape, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(shape, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < self.limits.nesting:
                inner = pdfium.FPDFFormObj_CountObjects(shape)
                placed = _product(_matrix_of(shape), matrix)
                self.take(shape, max(inner, 0), pdfium.FPDFFormObj_GetObject, placed, depth + 1)

    def _bounds(self, shape: Any, matrix: _Matrix) -> _Box | None:
        left, bottom, right, top = self._floats
        if not pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            return None
        box = left.value, top.value, right.value, bottom.value
        return box if matrix is _PLAIN else _placed(box, matrix)

    def _picture(self, shape: Any, matrix: _Matrix) -> None:
        box = self._bounds(shape, matrix)
        if box is None:
            return
        if min(box[2] - box[0], box[1] - box[3]) <= THIN:
            self.lines += box
        else:
            self.pictures += box

    def _path(self, shape: Any, matrix: _Matrix) -> None:
        self._paths += 1
        if self._paths > self.limits.page_strokes:
            reason = f"第{self.number}页的线条超过上限 {self.limits.page_strokes:,}"
            raise Unreadable(reason, PagePlace(1, page=self.number))
        fill, stroke = self._ints
        pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)
        if not (fill.value or stroke.value):
            return
        box = self._bounds(shape, matrix)
        if box is None:
            return
        segments = pdfium.FPDFPath_CountSegments(shape)
        if min(box[2] - box[0], box[1] - box[3]) <= THIN:
            if self._visible(shape, bool(stroke.value)):
                self.lines += box
        elif (stroke.value or segments > _SIMPLE) and self._visible(shape, bool(stroke.value)):
            self._segments(shape, segments, _product(_matrix_of(shape), matrix), bool(stroke.value))

    def _visible(self, shape: Any, stroked: bool) -> bool:
        red, green, blue, alpha = self._shades
        colour = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
        if not colour(shape, red, green, blue, alpha):
            return True
        return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE

    def _segments(self, shape: Any, count: int, matrix: _Matrix, stroked: bool) -> None:
        """Take the straight edges of a stroked path, or the thin parts of a filled one."""
        self._paths += count
        x, y = self._floats[:2]
        part: list[tuple[float, float]] = []
        for position in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(shape, position)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = _point(x.value, y.value, matrix)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                self._part(part, stroked)
                part = []
            part.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and len(part) > 1:
                part.append(part[0])
        self._part(part, stroked)

    def _part(self, part: list[tuple[float, float]], stroked: bool) -> None:
        if len(part) < 2:
            return
        if not stroked:
            xs, ys = [point[0] for point in part], [point[1] for point in part]
            if min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN:
                self.lines += (min(xs), max(ys), max(xs), min(ys))
            return
        for (x0, y0), (x1, y1) in itertools.pairwise(part):
            if (abs(x0 - x1) <= 1) != (abs(y0 - y1) <= 1):
                self.lines += (min(x0, x1), max(y0, y1), max(x0, x1), min(y0, y1))


def _matrix_of(shape: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(shape, matrix):
        return _PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    if then is _PLAIN:
        return first
    a, b, c, d, e, f = first
    k, m, n, p, q, r = then
    return a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r


def _point(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _placed(box: _Box, matrix: _Matrix) -> _Box:
    corners = [_point(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return min(xs), max(ys), max(xs), min(ys)
