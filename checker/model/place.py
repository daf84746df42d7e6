"""Where something stands in the original: the address that every figure keeps from reading to report.

Every address has the number of its printed line in the file and of its field in that line, whatever the format: they
put addresses in reading order and tell which cells stand beside each other. Each format adds how a reader finds the
place again.
"""

from __future__ import annotations

import msgspec


class Place(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=True):
    """A place in a file: 1-based printed line (a row of a table, a paragraph), and 1-based field (0: the whole line).

    `part` names the file inside a filing that is published in several; `span` says which characters of the paragraph or
    cell are meant (from, up to), if not all of them.
    """

    line: int
    column: int = 0
    part: str = ""
    span: tuple[int, ...] = ()

    @property
    def order(self) -> tuple[str, int, int]:
        """Where the place comes in reading order."""
        return self.part, self.line, self.column

    def words(self) -> str:
        """Return the place as a reviewer would say it."""
        here = self.inside()
        return f"{self.part} {here}" if self.part else here

    def inside(self) -> str:
        """Return the place within its file, as a reviewer would say it."""
        return f"第{self.line}行第{self.column}栏" if self.column else f"第{self.line}行"


class LinePlace(Place, frozen=True, gc=False):
    """A place in a text file: the line is the line of the file, the column the tab-separated field."""


class PagePlace(Place, frozen=True, gc=False, kw_only=True):
    """A place in a PDF: 1-based page, and the box (left, top, right, bottom) in points from the page's upper left.

    The page is taken as it is shown, rotation applied. An empty box means the whole page.
    """

    page: int
    box: tuple[float, ...] = ()

    def inside(self) -> str:
        """Return the page, and how far down it the place stands."""
        return f"第{self.page}页" if not self.column else f"第{self.page}页第{self.line}行第{self.column}栏"


class SheetPlace(Place, frozen=True, gc=False, kw_only=True):
    """A place in a workbook: the name of the sheet, and the cell as a spreadsheet names it (B12)."""

    sheet: str
    cell: str = ""

    def inside(self) -> str:
        """Return sheet and cell."""
        return f"工作表“{self.sheet}”{self.cell}"


class WordPlace(Place, frozen=True, gc=False, kw_only=True):
    """A place in a Word document: a 1-based paragraph of the body, or the row and field of a 1-based table."""

    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0

    def inside(self) -> str:
        """Return the paragraph, or the cell of a table."""
        if self.table:
            return f"第{self.table}个表格第{self.row}行" + (f"第{self.cell}格" if self.cell else "")
        return f"第{self.paragraph}段"


class MarkupPlace(Place, frozen=True, gc=False, kw_only=True):
    """A place in a web page: the path of the element from the root (XPath)."""

    xpath: str

    def inside(self) -> str:
        """Return the path of the element."""
        return self.xpath


AnyPlace = Place | LinePlace | PagePlace | SheetPlace | WordPlace | MarkupPlace
"""A place of any format, so that one that was stored can be told apart when it is read back."""
