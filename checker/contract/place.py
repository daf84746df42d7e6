"""Places in the original as the contract writes them, in the terms of each format."""

from __future__ import annotations

import msgspec

from checker.model.place import MarkupPlace, PagePlace, Place, SheetPlace, WordPlace


class At(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A place in the original, in the terms of its format; every number counts from 1.

    `file` is given when the filing is published in several files, `span` when some characters of a paragraph are meant
    (from, up to, counted from 0). A text file has `line` and `column` (the tab-separated field), a PDF `page` and `box`
    (left, top, right, bottom in points from the upper left of the page as shown) and in tables the `column`, a workbook
    `sheet` and `cell`, a Word document `paragraph`, or `table`, `row` and `column`, a web page `xpath`.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    page: int = 0
    box: tuple[float, ...] = ()
    sheet: str = ""
    cell: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    xpath: str = ""
    span: tuple[int, ...] = ()


def at(place: Place) -> At:
    """Return a place as the contract writes it."""
    match place:
        case PagePlace():
            return At(place.part, page=place.page, box=place.box, column=place.column, span=place.span)
        case SheetPlace():
            return At(place.part, sheet=place.sheet, cell=place.cell, span=place.span)
        case WordPlace(table=0):
            return At(place.part, paragraph=place.paragraph, span=place.span)
        case WordPlace():
            return At(place.part, table=place.table, row=place.row, column=place.cell, span=place.span)
        case MarkupPlace():
            return At(place.part, xpath=place.xpath, span=place.span)
        case _:
            return At(place.part, line=place.line, column=place.column, span=place.span)
