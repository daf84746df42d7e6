"""Documents drawn as text: paragraphs, and tables with or without the merged cells that a format knows."""

from __future__ import annotations

from checker.model.document import Block, Document, Grid, GridRow, Paragraph
from checker.model.filing import Filing
from checker.model.place import LinePlace
from checker.recognition import recognise
from tests.support.project import vocabulary

LEFT, ABOVE = "<", "^"
"""A field that a cell merged with the one to its left, or above, covers."""


def document(drawing: str, merged: bool) -> Document:
    """Return a drawn document: a line with `|` is a row of cells, any other a paragraph, an empty one ends a grid."""
    blocks: list[Block] = []
    rows: list[GridRow] = []
    above: tuple[str, ...] = ()
    for number, line in enumerate([*drawing.splitlines(), ""], 1):
        if "|" in line:
            row = drawn_row(line, number, above, merged)
            above = row.spread or spread_of(line, above)
            rows.append(row)
            continue
        if rows:
            blocks.append(Grid(tuple(rows)))
            rows, above = [], ()
        if line.strip():
            blocks.append(Paragraph(line.strip(), LinePlace(number)))
    return Document("drawing.txt", "", 0, "", tuple(blocks))


def drawn_row(line: str, number: int, above: tuple[str, ...], merged: bool) -> GridRow:
    texts = tuple("" if text.strip() in {LEFT, ABOVE} else text.strip() for text in line.split("|"))
    places = tuple(LinePlace(number, column) for column in range(1, len(texts) + 1))
    return GridRow(texts, places, spread_of(line, above) if merged else ())


def spread_of(line: str, above: tuple[str, ...]) -> tuple[str, ...]:
    spread: list[str] = []
    for column, text in enumerate(text.strip() for text in line.split("|")):
        spread.append(spread[-1] if text == LEFT else above[column] if text == ABOVE else text)
    return tuple(spread)


def read(drawing: str, layout: str, merged: bool) -> Filing:
    return recognise(document(drawing, merged), vocabulary(), layout)
