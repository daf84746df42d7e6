"""The body of a Word document in reading order: paragraphs, rows of tables, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from checker.model.document import Block, Grid, GridRow, Skipped
from checker.model.place import WordPlace
from checker.readers.docx import tags
from checker.readers.docx.aligned import Line, aligned
from checker.readers.docx.tables import Cell, Row, children, load_table
from checker.readers.docx.words import WordReader, Words
from checker.readers.limits import Limits, Unreadable
from checker.readers.wrapping import SPACES, joined

_LARGE = 150.0
"""Square centimetres from which on a picture may hold a table or a page of text: a quarter of an A4 page."""


class Spot(NamedTuple):
    """Where the body stands: a 1-based paragraph, or the row and physical cell of a 1-based table."""

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

    def __init__(self, words: WordReader, limits: Limits, part: str) -> None:
        self.blocks: list[Block] = []
        self.skipped: list[Skipped] = []
        self._words = words
        self._limits = limits
        self._part = part
        self._line = self._paragraphs = self._tables = self._fields = 0
        self._lines: list[Line] = []
        self._begun = ""
        self._hidden: list[WordPlace] = []
        self._pictures: list[tuple[WordPlace, float]] = []

    def add(self, element: etree._Element) -> None:
        """Take in one child of the body.

        Raises:
            Unreadable: beyond the limits.
        """
        if element.tag in tags.WRAPPERS:
            for child in children(element):
                self.add(child)
        elif element.tag == tags.P:
            self._paragraphs += 1
            self._paragraph(element, Spot(self._paragraphs), top=True)
        elif element.tag == tags.TBL:
            self._end_lines()
            self._tables += 1
            self._table(element, Spot(table=self._tables), 1)
        elif element.tag in (tags.ALT_CHUNK, tags.SUB_DOCUMENT):
            self._skip(Spot(self._paragraphs), "插入的另一份文件，未读取，未核验")

    def finish(self) -> None:
        """Close what is open, and say what was not read."""
        self._end_lines()
        if self._hidden:
            reason = f"隐藏文字 {len(self._hidden)} 处，打印时看不到，未核验"
            self.skipped.append(Skipped(self._hidden[0], reason, foreign=True))
        for place, size in self._pictures:
            if not self.blocks:
                self.skipped.append(Skipped(place, "图片，未核验"))
            elif size >= _LARGE:
                self.skipped.append(Skipped(place, f"图片（{size:.0f} 平方厘米），其中的内容未核验"))

    def _place(self, spot: Spot, column: int = 0) -> WordPlace:
        line = max(1, self._line)
        return WordPlace(
            line, column, self._part, paragraph=spot.paragraph, table=spot.table, row=spot.row, cell=spot.cell
        )

    def _skip(self, spot: Spot, reason: str) -> None:
        self.skipped.append(Skipped(self._place(spot), reason))

    def _paragraph(self, element: etree._Element, spot: Spot, top: bool = False) -> None:
        """Print a paragraph outside any row, then its text boxes; tabbed ones wait, they may turn out to be a table."""
        words = self._words.read(element)
        text = words if isinstance(words, str) else words.text
        extra = None if isinstance(words, str) else words
        if extra is not None and extra.goes_on:
            self._begun += text
            text = ""
        else:
            text, self._begun = self._begun + text, ""
        if extra is not None and extra.is_contents:
            text = text.strip(SPACES).replace("\t", "……")
        lines = [line for line in text.split("\n") if line.strip(SPACES)]
        if not (top and lines and all("\t" in line for line in lines)):
            self._end_lines()
        for line in lines:
            self._line += 1
            self._lines.append(Line(line, self._place(spot)))
        if not top:
            self._end_lines()
        if extra is not None:
            self._note(extra, spot)
            for box in extra.boxes:
                self._contents(box, spot, 1)

    def _end_lines(self) -> None:
        if self._lines:
            self.blocks.extend(aligned(self._lines))
            self._lines = []

    def _contents(self, holder: etree._Element, spot: Spot, depth: int) -> None:
        """Print what stands in a cell or a text box as blocks of their own."""
        self._end_lines()
        for child in children(holder):
            if child.tag == tags.P:
                self._paragraph(child, spot)
            elif child.tag == tags.TBL:
                self._table(child, spot, depth + 1)

    def _note(self, words: Words, spot: Spot) -> None:
        if words.hidden:
            self._hidden.append(self._place(spot))
        self._pictures.extend((self._place(spot), size) for size in words.pictures)
        if words.objects:
            self._skip(spot, "嵌入的对象（如 Excel 表格），未核验")
        if words.charts:
            self.skipped.append(Skipped(self._place(spot), "图表，未核验", foreign=True))

    def _table(self, element: etree._Element, spot: Spot, depth: int) -> None:
        """Print a table; one inside a cell keeps the address of that cell, and cuts the outer table in two."""
        if depth > self._limits.nesting:
            raise Unreadable(f"表格嵌套超过 {self._limits.nesting} 层", self._place(spot))
        table = load_table(element)
        if table.width > self._limits.fields:
            reason = f"一个表格有 {table.width:,} 栏，超过上限 {self._limits.fields:,}"
            raise Unreadable(reason, self._place(spot))
        if table.hidden:
            reason = f"表格中隐藏的行 {table.hidden} 行，打印时看不到，未核验"
            self.skipped.append(Skipped(self._place(spot), reason, foreign=True, lines=table.hidden))
        own = not spot.row
        rows: list[GridRow] = []
        above: dict[int, str] = {}
        for row in table.rows:
            self._fields += table.width
            if self._fields > self._limits.cells:
                raise Unreadable(f"表格超过上限 {self._limits.cells:,} 格", self._place(spot))
            here = spot._replace(row=row.number) if own and spot.table else spot
            nested = self._row(row, table.width, here, above, rows)
            if nested:
                self._end_rows(rows)
                for cell, inner in nested:
                    self._contents_or_table(cell, inner, here, own, depth)
        self._end_rows(rows)

    def _end_rows(self, rows: list[GridRow]) -> None:
        if rows:
            self.blocks.append(Grid(tuple(rows)))
            rows.clear()

    def _contents_or_table(self, cell: Cell, inner: etree._Element | None, spot: Spot, own: bool, depth: int) -> None:
        spot = spot._replace(cell=cell.number) if own and spot.table else spot
        if inner is None:
            self._contents(cell.element, spot, depth)
        else:
            self._table(inner, spot, depth + 1)

    def _row(
        self, row: Row, width: int, spot: Spot, above: dict[int, str], rows: list[GridRow]
    ) -> list[tuple[Cell, etree._Element | None]]:
        """Add a row to `rows`; return the inner tables still to be printed (None: all that its cell holds)."""
        alone = self._only_holder(row)
        if alone is not None:
            return [(alone, None)]
        own = bool(spot.table) and not spot.cell
        self._line += 1
        texts, spread, cells = [""] * width, [""] * width, [spot.cell] * width
        nested: list[tuple[Cell, etree._Element | None]] = []
        for cell in row.cells:
            here = spot._replace(cell=cell.number) if own else spot
            text, tables = self._cell(cell.element, here)
            nested.extend((cell, table) for table in tables)
            if cell.continues and cell.start in above:
                shown = above[cell.start]
            else:
                texts[cell.start] = shown = above[cell.start] = text
            for column in range(cell.start, cell.end):
                spread[column] = shown
                if own:
                    cells[column] = cell.number
        if any(texts):
            places = tuple([
                WordPlace(self._line, column, self._part, paragraph=spot.paragraph, table=spot.table, row=spot.row, cell=cell)
                for column, cell in enumerate(cells, start=1)
            ])  # fmt: skip
            printed = tuple(texts)
            merged = tuple(spread)
            rows.append(GridRow(printed, places, () if merged == printed else merged))
        else:
            self._line -= 1
        return nested

    def _only_holder(self, row: Row) -> Cell | None:
        """Return the cell that holds a table and is the only one in its row to hold anything: a layout, not data."""
        holders = [cell for cell in row.cells if next(cell.element.iter(tags.TBL), None) is not None]
        if len(holders) != 1:
            return None
        others = (cell for cell in row.cells if cell is not holders[0])
        return None if any(_prints(cell.element) for cell in others) else holders[0]

    def _cell(self, element: etree._Element, spot: Spot) -> CellText:
        """Return what a cell prints; an inner table of a single cell is a frame around words."""
        lines: list[str] = []
        tables: list[etree._Element] = []
        goes_on = False
        for child in children(element):
            if child.tag == tags.P:
                words = self._words.read(child)
                text = words if isinstance(words, str) else words.text
                if goes_on and lines:
                    lines[-1] += text
                else:
                    lines.append(text)
                goes_on = False
                if isinstance(words, Words):
                    goes_on = words.goes_on
                    self._note(words, spot)
                    self._take_in((self._cell(box, spot) for box in words.boxes), lines, tables)
            elif child.tag == tags.TBL:
                inner = _single_cell(child)
                if inner is None:
                    tables.append(child)
                else:
                    self._take_in([self._cell(inner, spot)], lines, tables)
        text = lines[0].strip(SPACES) if len(lines) == 1 else joined(lines)
        if "\n" in text:
            text = joined(text.split("\n"))
        return CellText(text.replace("\t", " "), tables)

    @staticmethod
    def _take_in(inner: Iterable[CellText], lines: list[str], tables: list[etree._Element]) -> None:
        for text, held in inner:
            lines.append(text)
            tables.extend(held)


def _prints(element: etree._Element) -> bool:
    return any((text.text or "").strip(SPACES) for text in element.iter(tags.T))


def _single_cell(table: etree._Element) -> etree._Element | None:
    """Return the only cell of a table that has but one."""
    cells = [cell for row in load_table(table).rows for cell in row.cells]
    return cells[0].element if len(cells) == 1 else None
