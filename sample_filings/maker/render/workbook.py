"""Writes a filing as a workbook: a sheet for each table, and sheets of running text between them.

Amounts are numbers with a format that displays what the lines print; codes are texts.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from maker.render.blocks import CAPTION, COVER, ENTRY, MONEY, NAME, PART, Block, Saying, Table
from maker.render.merging import AMOUNT
from maker.render.merging import CAPTION as HEAD

_MADE: Final = datetime(2026, 1, 31)
_TEXT_WIDTH: Final = 110
_SIDES: Final = {CAPTION: "center", COVER: "center", PART: "center", MONEY: "right"}


def workbook(blocks: Sequence[Block]) -> bytes:
    """Write a .xlsx file."""
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    book.set_properties({"created": _MADE})
    typist = _Typist(book)
    for block in blocks:
        if isinstance(block, Table):
            typist.table(block)
        else:
            typist.say(block)
    book.close()
    return packed.getvalue()


class _Typist:
    """Fills the sheets of a workbook, one after the other."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self._sheet: Any = None
        self._row = 0
        self._tables = self._cards = self._texts = 0
        self._in_contents = False

    def say(self, saying: Saying) -> None:
        """Print a paragraph on the sheet of running text; a sheet ends with a table, a part, and the contents."""
        if self._sheet is None or saying.fresh or (self._in_contents and saying.look != ENTRY):
            self._texts += 1
            self._begin("封面目录" if self._texts == 1 else f"说明{self._texts - 1}", [_TEXT_WIDTH, 8.0])
        look = self._format(align=_SIDES.get(saying.look, "left"), bold=saying.look in (COVER, PART), text_wrap=True)
        self._sheet.write_string(self._row, 0, saying.text, look)
        self._in_contents = saying.look == ENTRY
        if self._in_contents:
            self._sheet.write_string(self._row, 1, saying.page, look)
        self._row += 1

    def table(self, table: Table) -> None:
        """Print a table on a sheet of its own, with what stands above and below it."""
        self._begin(self._name(table), [max(8.0, share * 110) for share in table.shares()])
        self._around(table)
        self._sheet.repeat_rows(self._row, self._row + max(table.heads, 1) - 1)
        for row in table.rows:
            for column, field in row.items():
                is_number = field.holds == AMOUNT and field.text != ""
                side = "right" if field.holds == AMOUNT else "center" if field.holds == HEAD else "left"
                pattern = _pattern(field.text) if is_number else "@" if field.text.isdigit() else "General"
                look = self._format(border=1, align=side, valign="vcenter", text_wrap=True, num_format=pattern)
                last = (self._row + field.down - 1, column + field.across - 1)
                if last != (self._row, column):
                    self._sheet.merge_range(self._row, column, *last, "", look)
                if is_number:
                    self._sheet.write_number(self._row, column, float(field.text.replace(",", "")), look)
                elif field.text:
                    self._sheet.write_string(self._row, column, field.text, look)
                elif last == (self._row, column):
                    self._sheet.write_blank(self._row, column, None, look)
            self._row += 1
        for saying in table.below:
            self._sheet.write_string(self._row, 0, saying.text, self._format(align="left"))
            self._row += 1
        self._sheet = None

    def _around(self, table: Table) -> None:
        """Print title, filer and unit of money; filer and unit share a row, the unit at its right end."""
        right = table.width - 1
        named = False
        for saying in table.above:
            look = self._format(align=_SIDES.get(saying.look, "left"), bold=saying.look == CAPTION)
            if saying.look == CAPTION and right:
                self._sheet.merge_range(self._row, 0, self._row, right, saying.text, look)
            elif saying.look == MONEY and named and right:
                self._row -= 1
                self._sheet.write_string(self._row, right, saying.text, look)
            else:
                self._sheet.write_string(self._row, 0, saying.text, look)
            named = saying.look == NAME
            self._row += 1

    def _name(self, table: Table) -> str:
        if table.is_card:
            self._cards += 1
            return f"绩效目标{self._cards}"
        if not table.form:
            return "附件"
        self._tables += 1
        return f"{self._tables}{table.form}"

    def _begin(self, name: str, widths: Sequence[float]) -> None:
        self._sheet, self._row = self._book.add_worksheet(name), 0
        self._sheet.set_paper(9)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def _format(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


def _pattern(text: str) -> str:
    """Give the number format that displays an amount as it is printed."""
    decimals = len(text.partition(".")[2])
    return ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "")
