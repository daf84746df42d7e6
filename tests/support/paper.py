"""PDFs drawn by the tests: text and lines where a test wants them, in points from the upper left."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from checker.model.document import Document, Grid, Paragraph
from checker.readers import Limits, Source, read_content

CJK = "STSong-Light"


class Paper:
    """A PDF in the making."""

    def __init__(self, size: tuple[float, float] = A4, **options) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(CJK))
        self.buffer = BytesIO()
        self.width, self.height = size
        self.canvas = Canvas(self.buffer, pagesize=size, pageCompression=1, **options)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = CJK) -> None:
        """Write text whose baseline starts at a point."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - y, text)

    def right(self, x: float, y: float, text: str, size: float = 10) -> None:
        """Write text that ends at a point."""
        self.canvas.setFont(CJK, size)
        self.canvas.drawRightString(x, self.height - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line."""
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a filled rectangle without an outline."""
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)

    def rules(self, xs: list[float], ys: list[float]) -> None:
        """Draw every line of a lattice."""
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])

    def rows(self, xs: list[float], ys: list[float], rows: list[list[str]], size: float = 10) -> None:
        """Write the cells of a lattice: names from the left, figures from the right."""
        for top, bottom, cells in zip(ys, ys[1:], rows, strict=False):
            y = (top + bottom) / 2 + size * 0.35
            for left, right, text in zip(xs, xs[1:], cells, strict=False):
                if text[:1].isdigit() or text[:1] == "-":
                    self.right(right - 2, y, text, size)
                elif text:
                    self.text(left + 2, y, text, size)

    def table(self, xs: list[float], ys: list[float], rows: list[list[str]]) -> None:
        """Draw a table ruled throughout."""
        self.rules(xs, ys)
        self.rows(xs, ys, rows)

    def turn_page(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def content(self) -> bytes:
        """Return the file."""
        self.canvas.save()
        return self.buffer.getvalue()

    def read(self, limits: Limits | None = None) -> Document:
        """Return the file as read."""
        return read(self.content(), limits)


def read(content: bytes, limits: Limits | None = None) -> Document:
    """Read bytes as a file."""
    return read_content(content, Source("paper.pdf", "0" * 64, len(content)), limits or Limits())


def grids(document: Document) -> list[list[list[str]]]:
    """Return the texts of the grids."""
    return [[list(row.texts) for row in block.rows] for block in document.blocks if isinstance(block, Grid)]


def paragraphs(document: Document) -> list[str]:
    """Return the texts of the paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def steps(start: float, step: float, count: int) -> list[float]:
    """Return evenly spaced edges."""
    return [start + step * number for number in range(count + 1)]


@cache
def machine_has_font() -> bool:
    """Say whether the machine has a Chinese font: without, PDFium loses lone characters of fonts not in the file."""
    paper = Paper()
    paper.text(100, 100, "合")
    paper.text(100, 200, "支出总表")
    return any(isinstance(block, Paragraph) and block.text == "合" for block in paper.read().blocks)
