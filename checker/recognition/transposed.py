"""Tables that print the form's rows as columns, over one line of figures: “三公”经费 | 公务用车 | 购置 | 运行.

Each column is named by the headers above it, the outermost first: 公务用车购置及运行费·小计. The longest end of that
path which the layout knows as a caption is its row.
"""

from __future__ import annotations

from typing import NamedTuple

from checker.forms.vocabulary import FIXED, Form, TableSpec
from checker.model.document import GridRow
from checker.model.figure import Unit, read_figure
from checker.model.filing import Unread
from checker.model.table import Cell, Role, Row
from checker.recognition.columns import is_numbering
from checker.recognition.headers import is_sum, labels_over
from checker.recognition.words import YEAR_WORD, caption_words, header_words, is_total

SEVERAL_LINES = "此表有多行数字，不能确定哪一行是本单位的合计"
LEAST_ROWS = 2
"""Rows of the form that must head columns before a table is taken as transposed."""
NO_CAPTION = "此栏的表头无法识别"


class Reading(NamedTuple):
    """What a transposed table says: its columns and rows, its header, the cells that found no place."""

    columns: tuple[str, ...]
    rows: list[Row]
    header: list[GridRow]
    unread: list[Unread]


class Head(NamedTuple):
    """What the headers over a printed column say: which row of the form it is, and which of the form's columns."""

    row: str
    column: str


def read_transposed(rows: list[GridRow], form: Form, spec: TableSpec, unit: Unit) -> Reading | None:
    """Read the line of figures under its headers; None when the headers name no rows: the table stands upright.

    A layout that prints one column of the form has its figures there. Where it prints several (预算数, 决算数), one
    header of each path names the column, whether it stands over the rows' names or below them.
    """
    rows = [row for row in rows if not is_numbering(row)]
    first = next((n for n, row in enumerate(rows) if any(text and read_figure(text, unit) for text in row.texts)), None)
    header = rows[:first] if first is not None else [row for row in rows if len(row.filled()) > 1]
    lines = rows[first:] if first is not None else []
    width = max((len(row.texts) for row in rows), default=0)
    heads = _heads(header, width, form, spec)
    if first is not None and len({head.row for head in heads if head}) < LEAST_ROWS:
        return None
    columns = tuple(name for name in form.columns if any(head and head.column == name for head in heads))
    figures = [row for row in lines if any(text and read_figure(text, unit) for text in row.texts)]
    totals = [row for row in figures if any(is_total(text) for text in row.texts)]
    if len(figures) > 1 and len(totals) != 1:
        unread = [lost for row in figures for lost in _numbers(row, form.form, unit, SEVERAL_LINES)]
        return Reading(columns, [], header, unread)
    line = (totals or figures or [_blank_line(header)])[0]
    cells: dict[Head, Cell] = {}
    unread = []
    hidden = line.stored or ("",) * len(line.texts)
    for head, text, place, stored in zip(heads, line.texts, line.places, hidden, strict=False):
        figure = read_figure(text, unit) if text else None
        if head and head not in cells:
            cells[head] = Cell(text, place, figure, stored)
        elif figure is not None:
            unread.append(Unread(Cell(text, place), form.form, NO_CAPTION))
    return Reading(columns, _rows(cells, columns), header, unread)


def _heads(header: list[GridRow], width: int, form: Form, spec: TableSpec) -> list[Head | None]:
    """Return what every printed column is, None for one that the layout does not know."""
    captions = _captions(spec, form)
    always = spec.columns_of(form)
    printed = [column for column in form.columns if column in always or column in spec.may_print]
    named = {_header(name): column for column in printed for name in (column, *spec.headers.get(column, ()))}
    heads: list[Head | None] = []
    for labels in labels_over(header, width):
        path = [_header(label.text) for label in reversed(labels)]
        columns = [named[text] for text in path if text in named]
        if len(printed) > 1:
            path = [text for text in path if text not in named]
        key = captions.get(_longest_end(path, captions), "")
        column = columns[-1] if columns else always[0] if len(always) == 1 else ""
        heads.append(Head(key, column) if key and column else None)
    return heads


def _rows(cells: dict[Head, Cell], columns: tuple[str, ...]) -> list[Row]:
    """Return a row of the form for every name among the heads, in the order in which they are printed."""
    rows = []
    for key in dict.fromkeys(head.row for head in cells):
        role = Role.TOTAL if key.endswith(("合计", "总计")) else Role.DETAIL
        mine = tuple(cells.get(Head(key, column)) for column in columns)
        place = next(cell.place for cell in mine if cell is not None)
        rows.append(Row(key, key, role, FIXED, mine, place))
    return rows


def _captions(spec: TableSpec, form: Form) -> dict[str, str]:
    captions = {_words(name): name for name in form.fixed_rows}
    return captions | {_words(name): row for row, printed in spec.captions.items() for name in printed}


def _words(path: str) -> str:
    return "·".join(_header(part) for part in path.split("·"))


def _header(text: str) -> str:
    """Return a header without its number and year: `2026年“三公”经费预算数` says no more than `“三公”经费预算数`."""
    return header_words(caption_words(text)).removeprefix(YEAR_WORD)


def _longest_end(path: list[str], captions: dict[str, str]) -> str:
    """Return the longest end of a path that is a caption; a mere 小计 at its end says no more than what it adds up."""
    ends = ("·".join(path[start:]) for start in range(len(path)))
    found = next((end for end in ends if end in captions), "")
    return found or (_longest_end(path[:-1], captions) if path and is_sum(path[-1]) else "")


def _blank_line(header: list[GridRow]) -> GridRow:
    """Return the empty line of a table without figures: every figure of it is blank."""
    if not header:
        return GridRow((), ())
    widest = max(header, key=lambda row: len(row.texts))
    return GridRow(("",) * len(widest.texts), widest.places)


def _numbers(row: GridRow, form: str, unit: Unit, reason: str) -> list[Unread]:
    return [
        Unread(Cell(text, place), form, reason)
        for text, place in zip(row.texts, row.places, strict=True)
        if text and read_figure(text, unit) is not None
    ]
