"""Where something stands, as a reviewer says it, in the language of the report."""

from __future__ import annotations

from checker.contract.place import At
from checker.outputs.words import Words

_POINTS_PER_CENTIMETRE = 72 / 2.54


def where(at: At, words: Words) -> str:
    """Return a place in the terms of its format, with the file when the filing is published in several."""
    here = _inside(at, words)
    return words("at.part", part=at.file, place=here) if at.file else here


def _inside(at: At, words: Words) -> str:
    match at:
        case At(page=page, box=(_, top, _, _), column=column) if page and column:
            return words("at.page.cell", page=page, down=f"{top / _POINTS_PER_CENTIMETRE:.1f}", column=column)
        case At(page=page) if page:
            return words("at.page", page=page)
        case At(sheet=sheet, cell=cell) if sheet:
            return words("at.sheet", sheet=sheet, cell=cell)
        case At(paragraph=paragraph) if paragraph:
            return words("at.paragraph", paragraph=paragraph)
        case At(table=table, row=row, column=0) if table:
            return words("at.table", table=table, row=row)
        case At(table=table, row=row, column=cell) if table:
            return words("at.table.cell", table=table, row=row, cell=cell)
        case At(xpath=xpath) if xpath:
            return xpath
        case _:
            key = "at.line.cell" if at.column else "at.line"
            return words(key, line=at.line, column=at.column)
