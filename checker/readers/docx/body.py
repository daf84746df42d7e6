"""The body of a Word document in reading order: paragraphs and rows of tables, each with its address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from checker.model.document import Block, Grid, GridRow
from checker.model.place import WordPlace
from checker.readers.docx import tags
from checker.readers.docx.aligned import Line, aligned
from checker.readers.docx.notes import Notes
from checker.readers.docx.tables import Cell, Row, Table, load_table, printed
from checker.readers.docx.words import WordReader, Words
from checker.readers.limits import Limits, Unreadable
from checker.readers.wrapping import SPACES, joined

Footnotes = dict[tuple[str, str], etree._Element]
"""Footnotes and endnotes by the name of their element and their id."""


class Spot(NamedTuple):
    """Where the body stands: a 1-based paragraph, or the row and physical cell of a 1-based table.

    What stands inside a cell, or in a text box, has the spot of that cell, or of the paragraph that holds the box.
    """

    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0


class CellText(NamedTuple):
    """What a cell prints: its text, and the tables inside it."""

    text: str
    tables: list[etree._Element]


class Body:
    """Collects the blocks of a document while the children of its body come in."""

    def __init__(self, words: WordReader, footnotes: Footnotes, limits: Limits, part: str) -> None:
        self.blocks: list[Block] = []
        self.notes = Notes()
        self._footnotes = footnotes
        self._referred: list[tuple[etree._Element, Spot]] = []
        self._words = words
        self._limits = limits
        self._part = part
        self._line = self._paragraphs = self._tables = self._fields = 0
        self._lines: list[Line] = []
        self._begun = ""

    def add(self, element: etree._Element) -> None:
        """Take in one child of the body.

        Raises:
            Unreadable: beyond the limits.
        """
        if element.tag in tags.WRAPPERS:
            for child in printed(element):
                self.add(child)
        elif element.tag == tags.P:
            self._paragraphs += 1
            self._paragraph(element, Spot(self._paragraphs))
        elif element.tag == tags.TBL:
            self._end_lines()
            self._tables += 1
            self._table(element, Spot(table=self._tables), 1)
        elif element.tag in (tags.ALT_CHUNK, tags.SUB_DOCUMENT):
            self.notes.skip(self._place(Spot(self._paragraphs)), "插入的另一份文件，未读取，未核验")

    def finish(self) -> None:
        """Close what is still open, and print the notes, each with the address of its mark."""
        if self._begun:
            self._print_lines(self._begun, Spot(self._paragraphs))
        for note, spot in self._referred:
            self._contents(note, spot, 1)
        self._end_lines()

    def _place(self, spot: Spot) -> WordPlace:
        line = max(1, self._line)
        return WordPlace(line, 0, self._part, paragraph=spot.paragraph, table=spot.table, row=spot.row, cell=spot.cell)

    def _paragraph(self, element: etree._Element, spot: Spot) -> None:
        """Print a paragraph that stands in no row, then its text boxes."""
        words = self._words.read(element)
        if isinstance(words, str):
            self._print_lines(self._begun + words, spot)
            self._begun = ""
            return
        text = self._begun + words.text
        self._begun = text if words.goes_on else ""
        if not words.goes_on:
            self._print_lines(text.strip(SPACES).replace("\t", "……") if words.is_contents else text, spot)
        self._take(words, spot)
        for box in words.boxes:
            self._contents(box, spot, 1)

    def _take(self, words: Words, spot: Spot) -> None:
        """Remember what hangs on a paragraph; a note that was printed once is not printed again."""
        self.notes.take(words, self._place(spot))
        notes = (self._footnotes.pop(key, None) for key in words.notes)
        self._referred.extend((note, spot) for note in notes if note is not None)

    def _print_lines(self, text: str, spot: Spot) -> None:
        """Print the lines of a paragraph; those with tabs wait, together they may turn out to be a table."""
        lines = [line for line in text.split("\n") if line.strip(SPACES)]
        if not lines or not all("\t" in line for line in lines):
            self._end_lines()
        for line in lines:
            self._line += 1
            self._lines.append(Line(line, self._place(spot)))

    def _end_lines(self) -> None:
        if self._lines:
            self.blocks.extend(aligned(self._lines))
            self._lines = []

    def _contents(self, holder: etree._Element, spot: Spot, depth: int) -> None:
        """Print what stands in a cell or a text box as blocks of their own."""
        self._end_lines()
        for child in printed(holder):
            if child.tag == tags.P:
                self._paragraph(child, spot)
            elif child.tag == tags.TBL:
                self._end_lines()
                self._table(child, spot, depth + 1)
        self._end_lines()

    def _table(self, element: etree._Element, spot: Spot, depth: int) -> None:
        """Print a table; the tables inside its cells cut it in pieces, each follows the row that it stands in.

        What stands in the only column of a table is printed as paragraphs: the table is a frame around them.
        """
        if depth > self._limits.nesting:
            raise Unreadable(f"表格嵌套超过 {self._limits.nesting} 层", self._place(spot))
        table = load_table(element, self._words.styles)
        self._measure(table, spot)
        if table.hidden:
            reason = f"表格中隐藏的行 {table.hidden} 行，打印时看不到，未核验"
            self.notes.skip(self._place(spot), reason, table.hidden, foreign=True)
        of_body = not (spot.row or spot.paragraph)
        above: dict[int, str] = {}
        rows: list[GridRow] = []
        for row in table.rows:
            here = spot._replace(row=row.number) if of_body else spot
            layout = _layout_cell(row, table)
            inner: list[tuple[int, etree._Element]] = []
            if layout is None:
                own, inner = self._row(row, table, here, of_body, above)
                rows.extend(own)
            if rows and (layout is not None or inner):
                self.blocks.append(Grid(tuple(rows)))
                rows = []
            if layout is not None:
                self._contents(layout.element, here._replace(cell=layout.number) if of_body else here, depth)
            for number, nested in inner:
                self._table(nested, here._replace(cell=number) if of_body else here, depth + 1)
        if rows:
            self.blocks.append(Grid(tuple(rows)))

    def _measure(self, table: Table, spot: Spot) -> None:
        if table.width > self._limits.fields:
            reason = f"一个表格有 {table.width:,} 栏，超过上限 {self._limits.fields:,}"
            raise Unreadable(reason, self._place(spot))
        self._fields += table.width * len(table.rows)
        if self._fields > self._limits.cells:
            raise Unreadable(f"表格超过上限 {self._limits.cells:,} 格", self._place(spot))

    def _row(
        self, row: Row, table: Table, spot: Spot, of_body: bool, above: dict[int, str]
    ) -> tuple[list[GridRow], list[tuple[int, etree._Element]]]:
        """Return a row, if it prints anything, and the tables inside it, each with the number of its cell.

        `above` holds the text last begun in each column, for the cells that go on one from above.
        """
        self._line += 1
        texts, spread, cells = [""] * table.width, [""] * table.width, [spot.cell] * table.width
        inner: list[tuple[int, etree._Element]] = []
        for cell in row.cells:
            text = cell.text
            if cell.lines is None:
                text, held = self._cell(cell.element, spot._replace(cell=cell.number) if of_body else spot)
                inner.extend((cell.number, nested) for nested in held)
            start, end = table.columns[cell.start], table.columns[cell.end]
            if cell.continues and start in above:
                text = above[start]
            else:
                texts[start] = above[start] = text
            for column in range(start, end):
                spread[column] = text
                if of_body:
                    cells[column] = cell.number
        if not any(texts):
            self._line -= 1
            return [], inner
        line, part, paragraph, number = self._line, self._part, spot.paragraph, spot.row
        places = [
            WordPlace(line, column, part, paragraph=paragraph, table=spot.table, row=number, cell=cell)
            for column, cell in enumerate(cells, start=1)
        ]
        return [GridRow(tuple(texts), tuple(places), () if spread == texts else tuple(spread))], inner

    def _cell(self, element: etree._Element, spot: Spot) -> CellText:
        """Read a cell with care; an inner table of a single cell is a frame around words."""
        lines: list[str] = []
        tables: list[etree._Element] = []
        goes_on = False
        for child in printed(element):
            boxes: Iterable[etree._Element] = ()
            if child.tag == tags.P:
                words = self._words.read(child)
                text = words if isinstance(words, str) else words.text
                lines[-1:] = [lines[-1] + text] if goes_on else [*lines[-1:], text]
                goes_on = isinstance(words, Words) and words.goes_on
                if isinstance(words, Words):
                    self._take(words, spot)
                    boxes = words.boxes
            elif child.tag == tags.TBL:
                frame = self._frame(child)
                boxes = () if frame is None else (frame,)
                tables.extend(() if frame is not None else (child,))
            for box in boxes:
                text, held = self._cell(box, spot)
                lines.append(text)
                tables.extend(held)
        return CellText(joined("\n".join(lines).replace("\t", " ").split("\n")), tables)

    def _frame(self, table: etree._Element) -> etree._Element | None:
        """Return the only cell of a table that has but one."""
        cells = [cell for row in load_table(table, self._words.styles).rows for cell in row.cells]
        return cells[0].element if len(cells) == 1 else None


def _layout_cell(row: Row, table: Table) -> Cell | None:
    """Return the cell of a row that only arranges the page: one in the only column, or one that alone holds a table."""
    if table.width == 1 and len(row.cells) == 1:
        return row.cells[0]
    if table.plain:
        return None
    holders = [cell for cell in row.cells if next(cell.element.iter(tags.TBL), None) is not None]
    if len(holders) != 1 or any(cell is not holders[0] and _prints(cell.element) for cell in row.cells):
        return None
    return holders[0]


def _prints(element: etree._Element) -> bool:
    return any((text.text or "").strip(SPACES) for text in element.iter(tags.T))
