"""How a PDF page is shown, and where a box of the page as shown lies in the page's own coordinates."""

from __future__ import annotations

from typing import Any, NamedTuple

from checker.originals.printed import Box
from checker.readers.pdf.characters import bounds_of


class Frame(NamedTuple):
    """The bounds of a page (left, bottom, right, top in its own coordinates), and its quarter turns clockwise."""

    bounds: tuple[float, float, float, float]
    quarters: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        left, bottom, right, top = self.bounds
        return (top - bottom, right - left) if self.quarters % 2 else (right - left, top - bottom)

    def inside(self, box: Box) -> Box:
        """Return a box of the page as shown, without what lies beyond its edges."""
        width, height = self.size
        return max(box[0], 0.0), max(box[1], 0.0), min(box[2], width), min(box[3], height)

    def own(self, box: Box) -> Box:
        """Return left, bottom, right and top, in the page's own coordinates, of a box as shown."""
        corners = [self._own(box[0], box[1]), self._own(box[2], box[3])]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        return round(xs[0], 2), round(ys[0], 2), round(xs[1], 2), round(ys[1], 2)

    def quad(self, box: Box) -> list[float]:
        """Return the corners of a box as shown: upper left, upper right, lower left, lower right.

        Viewers want this order, whatever ISO 32000-1, 12.5.6.10 says of it.
        """
        left, top, right, bottom = box
        corners = (left, top), (right, top), (left, bottom), (right, bottom)
        return [round(value, 2) for corner in corners for value in self._own(*corner)]

    @property
    def upright(self) -> tuple[int, int, int, int, int, int]:
        """The matrix that turns a drawing so that it is upright on the page as shown."""
        turns = ((1, 0, 0, 1, 0, 0), (0, 1, -1, 0, 0, 0), (-1, 0, 0, -1, 0, 0), (0, -1, 1, 0, 0, 0))
        return turns[self.quarters]

    def _own(self, across: float, down: float) -> tuple[float, float]:
        left, bottom, right, top = self.bounds
        if self.quarters == 0:
            return left + across, top - down
        if self.quarters == 1:
            return left + down, bottom + across
        if self.quarters == 2:
            return right - across, bottom + down
        return right - down, top - across


def frame_of(page: Any) -> Frame:
    """Return how PDFium shows a page."""
    import pypdfium2.raw as pdfium

    return Frame(bounds_of(page), pdfium.FPDFPage_GetRotation(page) % 4)
