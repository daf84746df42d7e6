"""Pages → blocks: one run of paragraphs and grids through the whole document."""

from __future__ import annotations

from checker.model.document import Block, Grid, GridRow, Paragraph
from checker.model.place import PagePlace
from checker.readers.limits import Limits, Unreadable
from checker.readers.pdf.pages import Page, Table
from checker.readers.pdf.paragraphs import Piece, goes_on, joined, measures_of


def blocks_of(pages: list[Page], part: str, limits: Limits) -> list[Block]:
    """Join what goes on across lines and pages, number it and give it its addresses.

    Raises:
        Unreadable: when there are more cells than the limit.
    """
    flow = _Flow(part, limits)
    measures = measures_of(pages)
    for page in pages:
        for piece in page.parts:
            if isinstance(piece, Table):
                flow.table(piece, page)
                continue
            here = Piece(piece, page)
            if flow.open and not goes_on(flow.open[0], flow.open[-1], here, measures[flow.open[-1].page.number]):
                flow.close()
            flow.open.append(here)
    flow.close()
    return flow.blocks


class _Flow:
    """The blocks so far, and the lines of the paragraph that may still go on."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.part = part
        self.limits = limits
        self.blocks: list[Block] = []
        self.open: list[Piece] = []
        self.number = 0
        self.cells = 0

    def close(self) -> None:
        """End the paragraph that is open."""
        if not self.open:
            return
        self.number += 1
        page = self.open[0].page
        boxes = [piece.line.box for piece in self.open if piece.page is page]
        box = page.turn.shown(
            min(box[0] for box in boxes), boxes[0][1], max(box[2] for box in boxes), max(box[3] for box in boxes)
        )
        place = PagePlace(self.number, 0, self.part, page=page.number, box=box)
        self.blocks.append(Paragraph(joined(self.open), place))
        self.open = []

    def table(self, table: Table, page: Page) -> None:
        """Add a table."""
        self.close()
        self.cells += len(table.rows) * (len(table.xs) - 1)
        if self.cells > self.limits.cells:
            reason = f"表格超过上限 {self.limits.cells:,} 个单元格"
            raise Unreadable(reason, PagePlace(self.number + 1, 0, self.part, page=page.number))
        rows: list[GridRow] = []
        shown = page.turn.shown
        for row in table.rows:
            self.number += 1
            places = [
                PagePlace(self.number, column, self.part, page=page.number, box=shown(*box))
                for column, box in enumerate(row.boxes, start=1)
            ]
            rows.append(GridRow(tuple(row.texts), tuple(places), tuple(row.spread)))
        self.blocks.append(Grid(tuple(rows)))
