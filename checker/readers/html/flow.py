"""A web page in reading order: the lines of its paragraphs, and its data tables as grids.

Tables that only arrange the page are read as what stands in their cells.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from checker.model.document import Block, Grid, GridRow, Paragraph, Skipped
from checker.model.place import MarkupPlace
from checker.readers.html.elements import BLOCKS, BREAK, DEEPEST, SILENT, TEXT, after
from checker.readers.html.tables import Row, Table, children, load_table, stored_number
from checker.readers.limits import Limits, Unreadable
from checker.readers.wrapping import SPACES, joined

_BLANKS = re.compile(r"[ \t\n\f\r\u00a0]+")
_DATA_ROWS = 3
"""Rows with several filled cells that make a table one of data, whatever else stands in it."""
_ARTICLE = (5, 300)
"""Lines and characters of one cell that make a small table the frame of an article."""


class Page:
    """Collects the blocks of a page."""

    def __init__(self, hidden: frozenset[int], limits: Limits, part: str) -> None:
        self.blocks: list[Block] = []
        self.skipped: list[Skipped] = []
        self._hidden = hidden
        self._limits = limits
        self._part = part
        self._line = 0
        self._pieces: list[str] = []

    def read(self, root: LexborNode, path: str, depth: int = 0) -> None:
        """Take in everything below an element whose path is `path`.

        Raises:
            Unreadable: beyond the limits.
        """
        counts: list[dict[str, int]] = [{}]
        paths = [path]
        lines = [path]
        node = root.child
        while node is not None:
            tag = node.tag or ""
            if tag == TEXT:
                self._pieces.append(_text(node))
            elif tag[:1] != "-":
                number = counts[-1][tag] = counts[-1].get(tag, 0) + 1
                here = f"{paths[-1]}/{tag}[{number}]"
                if node.mem_id in self._hidden:
                    self._note_hidden(node, here)
                elif tag in SILENT:
                    pass
                elif tag == "table":
                    self._end_line(lines[-1])
                    self._table(node, here, depth + 1)
                elif tag in ("br", "hr"):
                    self._pieces.append(BREAK)
                elif node.child is not None:
                    if tag in BLOCKS:
                        self._end_line(lines[-1])
                    counts.append({})
                    paths.append(here)
                    lines.append(here if tag in BLOCKS else lines[-1])
                    if len(paths) > DEEPEST:
                        raise Unreadable(f"网页元素嵌套超过 {DEEPEST:,} 层", self._place(path))
                    node = node.child
                    continue
            node, left = after(node, len(paths) - 1)
            for _ in range(left):
                counts.pop()
                block = lines.pop()
                if paths.pop() == block:
                    self._end_line(block)
        self._end_line(path)

    def _place(self, path: str, column: int = 0) -> MarkupPlace:
        return MarkupPlace(max(1, self._line), column, self._part, xpath=path)

    def _note_hidden(self, node: LexborNode, path: str) -> None:
        """Say that a table is not shown: a click may bring it up."""
        if len(node.css("tr")) >= _DATA_ROWS:
            self.skipped.append(Skipped(self._place(path), "网页上隐藏的表格，未核验"))

    def _note_hidden_rows(self, table: LexborNode, path: str) -> None:
        """Say that rows or cells of a table are not shown, as workbooks saved as web pages leave their hidden rows."""
        unseen = [one for one in table.css("tr, td, th") if one.mem_id in self._hidden and one.text(strip=True)]
        if unseen:
            rows = sum(one.tag == "tr" for one in unseen)
            reason = f"表格中隐藏的 {rows} 行、{len(unseen) - rows} 格，网页上看不到，未核验"
            self.skipped.append(Skipped(self._place(path), reason, lines=rows, foreign=True))

    def _end_line(self, path: str) -> None:
        """Print what has been collected; forced line breaks divide it."""
        text = "".join(self._pieces)
        self._pieces = []
        for line in text.split(BREAK):
            line = _BLANKS.sub(" ", line).strip(SPACES)
            if line:
                self._line += 1
                self.blocks.append(Paragraph(line, self._place(path)))

    def _table(self, node: LexborNode, path: str, depth: int) -> None:
        if depth > self._limits.nesting:
            raise Unreadable(f"表格嵌套超过 {self._limits.nesting} 层", self._place(path))
        if depth == 1 and self._hidden:
            self._note_hidden_rows(node, path)
        table = load_table(node, path, self._hidden, self._limits)
        for caption, here in table.captions:
            self.read(caption, here, depth)
        texts = {cell.path: self._cell(cell.node) for row in table.rows for cell in row.cells}
        if _is_layout(table, texts):
            for row in table.rows:
                for cell in row.cells:
                    self.read(cell.node, cell.path, depth)
            return
        if table.width > self._limits.fields:
            reason = f"一个表格有 {table.width:,} 栏，超过上限 {self._limits.fields:,}"
            raise Unreadable(reason, self._place(path))
        rows: list[GridRow] = []
        for row in table.rows:
            printed = self._row(row, table, texts)
            if printed is not None:
                rows.append(printed)
            inner = [cell for cell in row.cells if texts[cell.path].holds_table]
            if inner and rows:
                self.blocks.append(Grid(tuple(rows)))
                rows = []
            for cell in inner:
                self._inner_tables(cell.node, cell.path, depth)
        if rows:
            self.blocks.append(Grid(tuple(rows)))

    def _inner_tables(self, node: LexborNode, path: str, depth: int) -> None:
        """Print the tables in a cell whose own words stand in its row."""
        waiting = [(node, path)]
        while waiting:
            holder, at = waiting.pop()
            below = []
            for child, tag, here in children(holder, at, self._hidden):
                if tag == "table":
                    self._table(child, here, depth + 1)
                elif tag not in SILENT:
                    below.append((child, here))
            waiting.extend(reversed(below))

    def _row(self, row: Row, table: Table, texts: dict[str, Words]) -> GridRow | None:
        printed, spread, paths = [""] * table.width, [""] * table.width, [row.path] * table.width
        for cells, begins in ((row.above, False), (row.cells, True)):
            for cell in cells:
                text = texts[cell.path].text
                start, end = table.columns[cell.start], table.columns[cell.end]
                if begins:
                    printed[start] = text
                for column in range(start, end):
                    spread[column], paths[column] = text, cell.path
        if not any(printed):
            return None
        self._line += 1
        line, part = self._line, self._part
        places = tuple([MarkupPlace(line, column, part, xpath=path) for column, path in enumerate(paths, start=1)])
        stored = [""] * table.width
        for cell in row.cells:
            if cell.stored:
                start = table.columns[cell.start]
                stored[start] = stored_number(cell.stored, printed[start])
        return GridRow(
            tuple(printed), places, () if spread == printed else tuple(spread), tuple(stored) if any(stored) else ()
        )

    def _cell(self, root: LexborNode) -> Words:
        """Return the words of a cell without those of the tables in it."""
        node = root.child
        if node is None:
            return _NOTHING
        if node.tag == TEXT and node.next is None:
            return Words(_BLANKS.sub(" ", _text(node)).strip(SPACES))
        pieces: list[str] = []
        holds = False
        ends: list[str] = []
        while node is not None:
            tag = node.tag or ""
            if tag == TEXT:
                pieces.append(_text(node))
            elif tag in ("br", "hr"):
                pieces.append(BREAK)
            elif tag == "table":
                holds = holds or node.mem_id not in self._hidden
            elif tag not in SILENT and node.mem_id not in self._hidden and node.child is not None:
                ends.append(BREAK if tag in BLOCKS else "")
                pieces.append(ends[-1])
                node = node.child
                continue
            node, left = after(node, len(ends))
            pieces.extend(ends.pop() for _ in range(left))
        lines = [_BLANKS.sub(" ", line) for line in "".join(pieces).split(BREAK) if line.strip(SPACES)]
        return Words(joined(lines), len(lines), holds)


class Words(NamedTuple):
    """What a cell prints, on how many lines, and whether tables stand in it."""

    text: str
    lines: int = 1
    holds_table: bool = False


_NOTHING = Words("", 0)


def _is_layout(table: Table, words: dict[str, Words]) -> bool:
    """Say whether a table only arranges a page: one column, or what it holds are tables or a whole article."""
    if table.width <= 1:
        return True
    filled = [sum(bool(words[cell.path].text) for cell in row.cells) for row in table.rows]
    if sum(count > 1 for count in filled) >= _DATA_ROWS:
        return False
    lines, characters = _ARTICLE
    return any(cell.holds_table or (cell.lines >= lines and len(cell.text) >= characters) for cell in words.values())


def _text(node: LexborNode) -> str:
    return node.text_content or ""
