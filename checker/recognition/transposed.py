"""Tables that print the form's rows as columns, over one line of figures: “三公”经费 | 公务用车 | 购置 | 运行.

Each column is named by the headers above it, the outermost first: 公务用车购置及运行费·小计. The longest end of that
path which the layout knows as a caption is its row.
"""

from __future__ import annotations

from typing import NamedTuple

from checker.forms.vocabulary import Form, TableSpec
from checker.model.document import GridRow
from checker.model.figure import Unit, read_figure
from checker.model.filing import Unread
from checker.model.table import Cell, Role, Row
from checker.recognition.columns import is_numbering
from checker.recognition.rows import FIXED
from checker.recognition.words import YEAR_WORD, caption_words, header_words, is_total

SEVERAL_LINES = "此表有多行数字，不能确定哪一行是本单位的合计"
NO_CAPTION = "此栏的表头无法识别"


class Reading(NamedTuple):
    """What a transposed table says: its rows, its header, the cells that found no place."""

    rows: list[Row]
    header: list[GridRow]
    unread: list[Unread]


def read_transposed(rows: list[GridRow], form: Form, spec: TableSpec, unit: Unit) -> Reading:
    """Read the line of figures under its headers; every row of the form gets one figure, in the first column."""
    rows = [row for row in rows if not is_numbering(row)]
    first = next((n for n, row in enumerate(rows) if any(text and read_figure(text, unit) for text in row.texts)), None)
    header = rows[:first] if first is not None else [row for row in rows if len(row.filled()) > 1]
    lines = rows[first:] if first is not None else []
    figures = [row for row in lines if any(text and read_figure(text, unit) for text in row.texts)]
    totals = [row for row in figures if any(is_total(text) for text in row.texts)]
    if len(figures) > 1 and len(totals) != 1:
        unread = [lost for row in figures for lost in _numbers(row, form.form, unit, SEVERAL_LINES)]
        return Reading([], header, unread)
    line = (totals or figures or [_blank_line(header)])[0]
    captions = _captions(spec, form)
    found: dict[str, Row] = {}
    unread = []
    for column, (text, place) in enumerate(zip(line.texts, line.places, strict=True)):
        key = captions.get(_longest_end(_path(header, column), captions), "")
        figure = read_figure(text, unit) if text else None
        if key and key not in found:
            cell = Cell(text, place, figure)
            role = Role.TOTAL if key.endswith(("合计", "总计")) else Role.DETAIL
            found[key] = Row(key, key, role, FIXED, (cell,), place)
        elif figure is not None:
            unread.append(Unread(Cell(text, place), form.form, NO_CAPTION))
    return Reading(list(found.values()), header, unread)


def _captions(spec: TableSpec, form: Form) -> dict[str, str]:
    captions = {_words(name): name for name in form.fixed_rows}
    return captions | {_words(name): row for row, printed in spec.captions.items() for name in printed}


def _words(path: str) -> str:
    return "·".join(_header(part) for part in path.split("·"))


def _header(text: str) -> str:
    """Return a header without its number and year: `2026年“三公”经费预算数` says no more than `“三公”经费预算数`."""
    return header_words(caption_words(text)).removeprefix(YEAR_WORD)


def _path(header: list[GridRow], column: int) -> list[str]:
    """Return the header texts over a column, the outermost first; a text that spans it from the left counts."""
    path: list[str] = []
    for row in header:
        texts = row.spread or row.texts
        position = column
        if not row.spread:
            while position > 0 and (position >= len(texts) or not texts[position]):
                position -= 1
        text = _header(texts[position]) if position < len(texts) else ""
        if text and (not path or path[-1] != text):
            path.append(text)
    return path


def _longest_end(path: list[str], captions: dict[str, str]) -> str:
    ends = ("·".join(path[start:]) for start in range(len(path)))
    return next((end for end in ends if end in captions), "")


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
