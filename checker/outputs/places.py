"""Where something stands, as a reviewer says it, in the language of the report."""

from __future__ import annotations

from checker.model.place import MarkupPlace, PagePlace, Place, SheetPlace, WordPlace
from checker.outputs.words import Words

_POINTS_PER_CENTIMETRE = 72 / 2.54


def where(place: Place, words: Words) -> str:
    """Return a place in the terms of its format, with the file when the filing is published in several."""
    here = _inside(place, words)
    return words("at.part", part=place.part, place=here) if place.part else here


def _inside(place: Place, words: Words) -> str:
    match place:
        case PagePlace(box=(_, top, _, _), column=column) if column:
            return words("at.page.cell", page=place.page, down=f"{top / _POINTS_PER_CENTIMETRE:.1f}", column=column)
        case PagePlace():
            return words("at.page", page=place.page)
        case SheetPlace():
            return words("at.sheet", sheet=place.sheet, cell=place.cell)
        case WordPlace(table=0):
            return words("at.paragraph", paragraph=place.paragraph)
        case WordPlace(cell=0):
            return words("at.table", table=place.table, row=place.row)
        case WordPlace():
            return words("at.table.cell", table=place.table, row=place.row, cell=place.cell)
        case MarkupPlace():
            return place.xpath
        case _:
            key = "at.line.cell" if place.column else "at.line"
            return words(key, line=place.line, column=place.column)
