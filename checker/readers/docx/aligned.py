"""Paragraphs whose words are set in columns by tabs: a table that is none."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from checker.model.document import Block, Grid, GridRow, Paragraph
from checker.model.place import WordPlace
from checker.readers.wrapping import SPACES

_ROWS = 3
"""Lines with the same number of fields that make a table."""


class Line(NamedTuple):
    """One printed line of a paragraph, its tabs still in it."""

    text: str
    place: WordPlace


def aligned(lines: list[Line]) -> list[Block]:
    """Return consecutive lines as paragraphs, but as grids where enough of them have the same fields."""
    blocks: list[Block] = []
    for tabs, run in groupby(lines, lambda line: line.text.count("\t")):
        together = list(run)
        if tabs and len(together) >= _ROWS and 2 * sum(map(_has_fields, together)) > len(together):
            blocks.append(Grid(tuple(map(_row, together))))
        else:
            blocks.extend(Paragraph(" ".join(line.text.split("\t")).strip(SPACES), line.place) for line in together)
    return blocks


def _has_fields(line: Line) -> bool:
    """Say whether more than one field of a line is filled: a tab before a paragraph only indents it."""
    return "\t" in line.text.strip(SPACES)


def _row(line: Line) -> GridRow:
    texts = tuple(field.strip(SPACES) for field in line.text.split("\t"))
    return GridRow(texts, tuple(replace(line.place, column=column) for column in range(1, len(texts) + 1)))
