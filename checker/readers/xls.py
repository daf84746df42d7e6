"""Old Excel workbooks (.xls, and .et of WPS): displayed texts, merged cells, stored numbers, and what is hidden."""

from __future__ import annotations

import struct
from io import StringIO
from typing import TYPE_CHECKING

from checker.model.document import Document
from checker.model.place import SheetPlace
from checker.readers.limits import Limits, Source, Unreadable
from checker.readers.number_formats import BUILT_IN, GENERAL, NumberFormat, number_format
from checker.readers.sheets import Merge, SheetCells, assemble, clean_text

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)
"""The types of cells, as xlrd numbers them."""
_CHINESE = {14, *range(27, 37), *range(50, 59)}
"""Formats that a file names by number and every country shows in its own way."""


def read(content: bytes, source: Source, limits: Limits) -> Document:
    """Read a workbook of Excel 5 to 2003.

    Raises:
        Unreadable: when it is damaged, encrypted, or larger than the limits allow.
    """
    import xlrd
    from xlrd.compdoc import CompDocError

    broken = (
        xlrd.XLRDError, CompDocError, struct.error, AssertionError, IndexError, KeyError, ValueError, TypeError,
        AttributeError, NameError, ArithmeticError, EOFError, MemoryError, RecursionError, NotImplementedError,
    )  # fmt: skip
    try:
        # Damaged records make xlrd fail in any of these ways, wherever its parser happens to stand.
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True, logfile=StringIO())
    except broken as error:
        if "encrypt" in str(error).lower():
            raise Unreadable("文件已加密，请先去掉密码") from error
        raise Unreadable(f"文件已损坏，或不是完整的 Excel 文件（{type(error).__name__}）") from error
    if book.nsheets > limits.sheets:
        raise Unreadable(f"工作簿有 {book.nsheets:,} 张工作表，超过上限 {limits.sheets:,} 张")
    sheets = []
    for number in range(book.nsheets):
        name = book.sheet_names()[number]
        try:
            sheet = book.sheet_by_index(number)
            cells = sheet.nrows * sheet.ncols
            if cells > limits.cells:
                reason = f"工作表“{name}”有 {cells:,} 个单元格，超过上限 {limits.cells:,}"
                raise Unreadable(reason, SheetPlace(1, 0, source.part, sheet=name))
            sheets.append(_cells(book, sheet))
            book.unload_sheet(number)
        except broken as error:
            place = SheetPlace(1, 0, source.part, sheet=name)
            raise Unreadable(f"文件已损坏：工作表“{name}”无法读出（{type(error).__name__}）", place) from error
    return assemble(sheets, source, limits, "xls")


def _cells(book: Book, sheet: Sheet) -> SheetCells:
    rows: dict[int, dict[int, str]] = {}
    stored: dict[tuple[int, int], str] = {}
    for row in range(sheet.nrows):
        cells: dict[int, str] = {}
        for column, kind in enumerate(sheet.row_types(row)):
            if kind in {_EMPTY, _BLANK}:
                continue
            text, hidden = _displayed(book, sheet, row, column, kind)
            if hidden:
                stored[row + 1, column] = hidden
            if text:
                cells[column] = text
        if cells:
            rows[row + 1] = cells
    return SheetCells(
        name=sheet.name,
        rows=rows,
        stored=stored,
        merges=[Merge(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells],
        hidden_rows=frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        lonely=frozenset(row + 1 for row in range(sheet.nrows) if sum(map(bool, sheet.row_types(row))) == 1),
        hidden=sheet.visibility != 0,
    )


def _displayed(book: Book, sheet: Sheet, row: int, column: int, kind: int) -> tuple[str, str]:
    """Return what a cell displays, and the number it stores where the display hides some of it."""
    value = sheet.cell_value(row, column)
    if kind == _BOOLEAN:
        return ("TRUE" if value else "FALSE"), ""
    if kind == _ERROR:
        return _ERRORS.get(int(value), "#N/A"), ""
    format = _format(book, sheet.cell_xf_index(row, column))
    if kind == _TEXT:
        return format.show_text(clean_text(str(value))), ""
    return format.show(_digits(float(value)))


def _format(book: Book, style: int) -> NumberFormat:
    key = book.xf_list[style].format_key
    format = book.format_map.get(key)
    code = format.format_str if format is not None else ""
    if not code or key in _CHINESE:
        code = BUILT_IN.get(key, GENERAL)
    return number_format(code, book.datemode == 1)


def _digits(value: float) -> str:
    """Return the shortest decimal text that stands for a binary number, as spreadsheets write it."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
