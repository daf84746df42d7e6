"""Sheets of a workbook → Document: what every spreadsheet reader does with the cells that it has read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

import msgspec

from checker.model.document import Block, Document, Grid, GridRow, Paragraph, Skipped
from checker.model.place import SheetPlace
from checker.readers.limits import Limits, Source, Unreadable

ROWS_WITH_TITLE = 3
"""Rows at the top of a sheet among which its title stands, if it prints one."""
LAST_COLUMN = 16_384

_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_BREAK_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+[ \t]*|[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x7f])")
_SPACES = " \t\r\n\v\f\u00a0\u3000\ufeff"


class Merge(NamedTuple):
    """A merged range: 1-based rows, 0-based columns, ends included."""

    top: int
    bottom: int
    left: int
    right: int


class SheetCells(NamedTuple):
    """The cells of one sheet: displayed texts by 1-based row and 0-based column; nothing for cells that print nothing.

    `stored` holds the numbers behind displays that hide some of them; `uncached` the formulas whose value the file does
    not keep; `lonely` the rows in which a single cell stands, without even a formatted blank beside it; `pictures` says
    that something is drawn on the sheet.
    """

    name: str
    rows: dict[int, dict[int, str]]
    stored: dict[tuple[int, int], str]
    merges: list[Merge]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    uncached: tuple[tuple[int, int], ...] = ()
    lonely: frozenset[int] = frozenset()
    pictures: bool = False


@cache
def column_letters(column: int) -> str:
    """Return the letters of a 0-based column: A, B, …, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """Return the 0-based column of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def clean_text(text: str) -> str:
    """Return a cell's text on one line and without spaces around it; lines of Chinese join without a space."""
    if "\n" in text or "\r" in text:
        text = _BREAK.sub(" ", _BREAK_IN_CHINESE.sub("", text.strip(_SPACES)))
    return text.strip(_SPACES)


def assemble(sheets: Iterable[SheetCells], source: Source, limits: Limits, format: str) -> Document:
    """Make the document of a workbook from its sheets, in their order.

    Raises:
        Unreadable: when rows are wider or cells more than the limits allow.
    """
    assembly = _Assembly(source, limits)
    for sheet in sheets:
        assembly.take(sheet)
    blocks, skipped = tuple(assembly.blocks), tuple(assembly.skipped)
    return Document(source.path, source.sha256, source.size, "", blocks, format, skipped)


class _Assembly:
    """What has been made of the sheets so far; `_line` counts the lines of those before, `_cells` all cells."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.blocks: list[Block] = []
        self.skipped: list[Skipped] = []
        self._part = source.part
        self._limits = limits
        self._line = 0
        self._cells = 0

    def take(self, sheet: SheetCells) -> None:
        """Add a sheet: its name where it prints no title, its grid, and what is left out of it."""
        if sheet.hidden:
            self._skip(sheet, f"隐藏的工作表“{sheet.name}”，未核验", len(sheet.rows), foreign=True)
            self._line += 1
            return
        if sheet.pictures:
            words = "有图片，其中的内容未核验" if sheet.rows else "没有单元格内容，只有图片"
            self._skip(sheet, f"工作表“{sheet.name}”{words}", 0, foreign=bool(sheet.rows), opaque=True)
        if sheet.uncached:
            row, column = sheet.uncached[0]
            reason = (
                f"公式没有缓存值（工作表“{sheet.name}”{len(sheet.uncached)}个），请用 Excel 或 WPS 打开并保存后再核验"
            )
            self._skip(sheet, reason, len({row for row, _ in sheet.uncached}), (row, column))
        _move_out_of_hidden(sheet)
        self._skip_hidden(sheet)
        rows = {number: sheet.rows[number] for number in sorted(sheet.rows.keys() - sheet.hidden_rows)}
        used = sorted(set().union(*rows.values()) - sheet.hidden_columns)
        if used:
            self._check_size(sheet, rows, used)
            columns = [column for column in range(used[0], used[-1] + 1) if column not in sheet.hidden_columns]
            self._add(sheet, list(self._rows(sheet, rows, columns)))
        self._line += max(rows, default=0) + 1

    def _add(self, sheet: SheetCells, rows: list[GridRow]) -> None:
        """Add rows, under the name of the sheet where they print no title."""
        if rows and not any(len(row.filled()) == 1 for row in rows[:ROWS_WITH_TITLE]):
            place = SheetPlace(rows[0].place.line, 0, self._part, sheet=sheet.name)
            self.blocks.append(Paragraph(sheet.name, place))
        self.blocks += _parted(rows, {self._line + number for number in sheet.lonely})

    def _check_size(self, sheet: SheetCells, rows: dict[int, dict[int, str]], used: list[int]) -> None:
        width = used[-1] - used[0] + 1
        if width > self._limits.fields:
            at = next(number for number, cells in rows.items() if used[-1] in cells)
            reason = f"工作表“{sheet.name}”宽 {width:,} 栏，超过上限 {self._limits.fields:,}"
            raise Unreadable(reason, self._place(sheet, at, used[-1]))
        self._cells += width * len(rows)
        if self._cells > self._limits.cells:
            reason = f"工作簿有 {self._cells:,} 个以上的单元格，超过上限 {self._limits.cells:,}"
            raise Unreadable(reason, self._place(sheet))

    def _rows(self, sheet: SheetCells, rows: dict[int, dict[int, str]], columns: list[int]) -> Iterator[GridRow]:
        spreads = self._spreads(sheet, rows, columns)
        hiding = {row for row, _ in sheet.stored}
        name, part, first = sheet.name, self._part, self._line
        blanks = ("",) * len(columns)
        named = [(column + 1, column_letters(column)) for column in columns]
        for number, cells in rows.items():
            get = cells.get
            texts = tuple(map(get, columns, blanks))
            if not any(texts):
                continue
            line, suffix = first + number, str(number)
            places = tuple(
                [SheetPlace(line, column, part, sheet=name, cell=letters + suffix) for column, letters in named]
            )
            covered = spreads.get(number)
            spread = tuple([covered.get(column, get(column, "")) for column in columns]) if covered else ()
            stored = tuple([sheet.stored.get((number, column), "") for column in columns]) if number in hiding else ()
            yield GridRow(texts, places, spread, stored if any(stored) else ())

    def _spreads(
        self, sheet: SheetCells, rows: dict[int, dict[int, str]], columns: list[int]
    ) -> dict[int, dict[int, str]]:
        """Return the texts of merged cells, by every row and column that they cover."""
        spreads: dict[int, dict[int, str]] = {}
        covered, looked, numbers = 0, 0, list(rows)
        for merge in sheet.merges:
            text = rows.get(merge.top, {}).get(merge.left, "")
            if not text:
                continue
            inside = range(max(merge.left, columns[0]), min(merge.right, columns[-1]) + 1)
            tall = merge.bottom - merge.top < len(numbers)
            lines = [n for n in range(merge.top, merge.bottom + 1) if n in rows] if tall else [
                n for n in numbers if merge.top <= n <= merge.bottom
            ]  # fmt: skip
            covered += len(inside) * len(lines)
            looked += merge.bottom - merge.top if tall else len(numbers)
            if max(covered, looked) > self._limits.cells:
                raise Unreadable(
                    f"工作表“{sheet.name}”的合并单元格超过上限 {self._limits.cells:,} 格", self._place(sheet)
                )
            for number in lines:
                spreads.setdefault(number, {}).update(dict.fromkeys(inside, text))
                for column in [one for one in rows[number] if merge.left <= one <= merge.right]:
                    # What a program left in a covered cell is not displayed.
                    if (number, column) != (merge.top, merge.left):
                        del rows[number][column]
        return spreads

    def _skip_hidden(self, sheet: SheetCells) -> None:
        """List hidden rows and columns that hold something: who opens the file does not see them."""
        rows = sorted(sheet.hidden_rows & sheet.rows.keys())
        if rows:
            reason = f"工作表“{sheet.name}”隐藏的 {len(rows)} 行，未核验"
            self._skip(sheet, reason, len(rows), (rows[0], 0), foreign=True)
        seen = [cells.keys() for number, cells in sheet.rows.items() if number not in sheet.hidden_rows]
        columns = sorted({column for cells in seen for column in cells if column in sheet.hidden_columns})
        if columns:
            letters = "、".join(map(column_letters, columns[:5])) + ("等" if len(columns) > 5 else "")
            reason = f"工作表“{sheet.name}”隐藏的 {len(columns)} 列（{letters}），未核验"
            self._skip(sheet, reason, 0, foreign=True)

    def _skip(
        self,
        sheet: SheetCells,
        reason: str,
        lines: int,
        at: tuple[int, int] | None = None,
        foreign: bool = False,
        opaque: bool = False,
    ) -> None:
        self.skipped.append(Skipped(self._place(sheet, *(at or ())), reason, sheet.name, lines, foreign, opaque))

    def _place(self, sheet: SheetCells, row: int = 0, column: int = -1) -> SheetPlace:
        cell = f"{column_letters(column)}{row}" if row and column >= 0 else ""
        return SheetPlace(self._line + max(row, 1), column + 1, self._part, sheet=sheet.name, cell=cell)


def _parted(rows: list[GridRow], lonely: set[int]) -> Iterator[Block]:
    """Yield the rows of a sheet as grids, and its lines of text as paragraphs.

    Above the first row with several cells everything is a line of text. Below it, a row of one cell is mostly a row of
    the table whose figures are blank: it is a line of text when nothing else stands in its row, not even a blank with
    borders, and a sentence stands beside it; or when it runs across the whole width under the table.
    """
    begin = next((n for n, row in enumerate(rows) if len(row.filled()) > 1), len(rows))
    yield from map(_paragraph, rows[:begin])
    held: list[GridRow] = []
    for alone, run in groupby(rows[begin:], lambda row: row.place.line in lonely or _is_line(row)):
        lines = list(run)
        last = lines[-1] is rows[-1] and all(map(_is_line, lines))
        if alone and (last or any("。" in text for row in lines for text in row.texts)):
            if held:
                yield Grid(tuple(held))
            held = []
            yield from map(_paragraph, lines)
        else:
            held += lines
    if held:
        yield Grid(tuple(held))


def _is_line(row: GridRow) -> bool:
    """Say whether a row is one merged cell across the whole width."""
    return bool(row.spread) and len(row.filled()) == 1 and len(set(row.spread)) == 1


def _paragraph(row: GridRow) -> Paragraph:
    position = row.filled()[0]
    place = row.places[position]
    return Paragraph(row.texts[position], msgspec.structs.replace(place, column=0))


def _move_out_of_hidden(sheet: SheetCells) -> None:
    """Move the text of a merged cell whose first row or column is hidden to the first that shows: it prints there."""
    if not (sheet.hidden_rows or sheet.hidden_columns):
        return
    for position, merge in enumerate(sheet.merges):
        text = sheet.rows.get(merge.top, {}).get(merge.left, "")
        if not text or not (merge.top in sheet.hidden_rows or merge.left in sheet.hidden_columns):
            continue
        bottom, right = min(merge.bottom, merge.top + LAST_COLUMN), min(merge.right, LAST_COLUMN)
        row = next((row for row in range(merge.top, bottom + 1) if row not in sheet.hidden_rows), 0)
        column = next((one for one in range(merge.left, right + 1) if one not in sheet.hidden_columns), -1)
        if row and column >= 0:
            del sheet.rows[merge.top][merge.left]
            sheet.rows.setdefault(row, {})[column] = text
            if hidden := sheet.stored.pop((merge.top, merge.left), ""):
                sheet.stored[row, column] = hidden
            sheet.merges[position] = Merge(row, merge.bottom, column, merge.right)
