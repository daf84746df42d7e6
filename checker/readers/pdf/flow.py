"""Pages → blocks: one run of paragraphs and grids through the whole document."""

from __future__ import annotations

from checker.model.document import Block, Grid, GridRow, Paragraph
from checker.model.place import PagePlace
from checker.readers.limits import Limits, Unreadable
from checker.readers.pdf.cells import Row
from checker.readers.pdf.pages import Page, Table, TextLine
from checker.readers.pdf.paragraphs import Measure, Piece, goes_on, joined, measures_of
from checker.readers.pdf.stitching import common_edges, cut_row, fitted


def blocks_of(pages: list[Page], part: str, limits: Limits) -> list[Block]:
    """Join what goes on across lines and pages, number it and give it its addresses.

    Raises:
        Unreadable: when there are more cells than the limit.
    """
    flow = _Flow(part, limits, measures_of(pages))
    for page in pages:
        for piece in page.parts:
            if isinstance(piece, Table):
                flow.table(piece, page)
            else:
                flow.line(piece, page)
    flow.close()
    return flow.blocks


class _Flow:
    """The blocks so far, and the lines of the paragraph or the pieces of the table that may still go on."""

    def __init__(self, part: str, limits: Limits, measures: dict[int, Measure]) -> None:
        self.part = part
        self.limits = limits
        self.measures = measures
        self.blocks: list[Block] = []
        self.lines: list[Piece] = []
        self.tables: list[tuple[Table, Page]] = []
        self.xs: list[float] = []
        self.number = 0
        self.cells = 0

    def line(self, line: TextLine, page: Page) -> None:
        """Add a line of running text."""
        here = Piece(line, page)
        if not self.lines or not goes_on(self.lines, here, self.measures[self.lines[-1].page.number]):
            self.close()
        self.lines.append(here)

    def table(self, table: Table, page: Page) -> None:
        """Add a table, or the next piece of one."""
        if self.tables:
            xs = common_edges(*self.tables[-1], table, page)
            if xs is None:
                self.close()
            elif len(xs) > len(self.xs):
                self.xs = xs
        else:
            self.close()
        if not self.tables:
            self.xs = table.xs
        self.tables.append((table, page))

    def close(self) -> None:
        """End the paragraph or table that is open."""
        if self.lines:
            self._end_paragraph()
        if self.tables:
            self._end_table()

    def _end_paragraph(self) -> None:
        self.number += 1
        page = self.lines[0].page
        boxes = [piece.line.box for piece in self.lines if piece.page is page]
        box = page.turn.shown(
            min(box[0] for box in boxes), boxes[0][1], max(box[2] for box in boxes), max(box[3] for box in boxes)
        )
        place = PagePlace(self.number, 0, self.part, page=page.number, box=box)
        self.blocks.append(Paragraph(joined(self.lines), place))
        self.lines = []

    def _end_table(self) -> None:
        rows: list[GridRow] = []
        previous: Table | None = None
        for table, page in self.tables:
            table = fitted(table, self.xs)
            printed = table.rows
            whole = cut_row(previous, table) if previous else None
            if whole:
                rows[-1] = GridRow(tuple(whole.texts), rows[-1].places, tuple(whole.spread))
                printed = printed[1:]
            rows += [self._row(row, page) for row in printed]
            previous = table
        self.blocks.append(Grid(tuple(rows)))
        self.tables = []

    def _row(self, row: Row, page: Page) -> GridRow:
        self.number += 1
        self.cells += len(row.texts)
        if self.cells > self.limits.cells:
            reason = f"表格超过上限 {self.limits.cells:,} 个单元格"
            raise Unreadable(reason, PagePlace(self.number, 0, self.part, page=page.number))
        boxes = list(map(page.turn.placed, row.boxes)) if page.turn.quarters else row.boxes
        number, part, at = self.number, self.part, page.number
        places = [PagePlace(number, column, part, page=at, box=box) for column, box in enumerate(boxes, start=1)]
        return GridRow(tuple(row.texts), tuple(places), tuple(row.spread))
