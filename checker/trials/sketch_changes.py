"""Sketched tables with something else in them: another text in a cell, a row or a table left out, another title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from checker.forms.vocabulary import Vocabulary
from checker.model.table import Table
from checker.trials import target_sketch
from checker.trials.sketch import LAYOUT, SketchError, read_cell, read_title

_ADDRESS = re.compile(r"(?P<label>[^\[]+)\[(?P<row>[^\[\],]+)(?:, (?P<column>[^\[\],]+))?\]")


def changed(tables: Iterable[Table], changes: Mapping[str, str]) -> tuple[Table, ...]:
    """Return the tables with other texts in some cells, by their addresses: `收支总表[208, 合计]: 30.00`.

    Raises:
        SketchError: when there is no such cell, or it says so already.
    """
    result = list(tables)
    for address, text in changes.items():
        if (target := _find_target(result, address)) is not None:
            number, name, side = target
            try:
                result[number] = target_sketch.changed_target(result[number], name, side, text)
            except LookupError as error:
                raise SketchError(f"{address}：{error.args[0]}") from error
            continue
        index, row, column = _find(result, address)
        table = result[index]
        old = table.rows[row].cells[column]
        if old is None or old.text == text:
            raise SketchError(f"{address}：没有此格，或原来就是“{text}”")
        cell = read_cell(text, old.place, table.unit)
        cells = (*table.rows[row].cells[:column], cell, *table.rows[row].cells[column + 1 :])
        rows = (*table.rows[:row], msgspec.structs.replace(table.rows[row], cells=cells), *table.rows[row + 1 :])
        result[index] = msgspec.structs.replace(table, rows=rows)
    return tuple(result)


def without(tables: Iterable[Table], names: Iterable[str]) -> tuple[Table, ...]:
    """Return the tables but for some: whole tables by their label, or rows as `收支总表[年终结转]`.

    What stood under a row that is left out hangs under that row's parent, as it would if it had never been printed.

    Raises:
        SketchError: when there is no such table or row.
    """
    result = list(tables)
    for name in names:
        if (target := _find_target(result, name)) is not None:
            number, indicator, side = target
            result[number] = target_sketch.without_target(result[number], indicator, side)
        elif "[" in name:
            index, row, _ = _find(result, name)
            result[index] = without_row(result[index], row)
        elif any(table.label == name for table in result):
            result = [table for table in result if table.label != name]
        else:
            raise SketchError(f"没有{name}")
    return tuple(result)


def retitled(
    tables: Iterable[Table], titles: Iterable[str], vocabulary: Vocabulary, layout: str = LAYOUT
) -> tuple[Table, ...]:
    """Return the tables under other titles, matched by their form: other bracketed words, or another note."""
    result = list(tables)
    for line in titles:
        title = read_title(line, 1, vocabulary, layout)
        index = _index_of(result, title.form.form)
        result[index] = msgspec.structs.replace(result[index], qualifiers=title.qualifiers, nil_note=title.nil_note)
    return tuple(result)


def replaced(tables: Iterable[Table], others: Iterable[Table]) -> tuple[Table, ...]:
    """Return the tables with others in the place of those that have their labels.

    Raises:
        SketchError: when one of the others has no table to take the place of.
    """
    result = list(tables)
    for other in others:
        result[_index_of(result, other.label)] = other
    return tuple(result)


def without_row(table: Table, gone: int) -> Table:
    """Return a table without one of its rows; what stood under that row hangs under its parent."""
    heir = table.rows[gone].parent

    def moved(parent: int) -> int:
        parent = heir if parent == gone else parent
        return parent - 1 if parent > gone else parent

    rows = tuple(
        msgspec.structs.replace(row, parent=moved(row.parent)) for n, row in enumerate(table.rows) if n != gone
    )
    return msgspec.structs.replace(table, rows=rows)


def _index_of(tables: list[Table], label: str) -> int:
    indexes = [index for index, table in enumerate(tables) if table.label == label]
    if len(indexes) != 1:
        raise SketchError(f"有{len(indexes)}张{label}")
    return indexes[0]


def _find_target(tables: list[Table], address: str) -> tuple[int, str, str] | None:
    """Return form, indicator or field, and side, where an address names one of a target form."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    numbers = [number for number, table in enumerate(tables) if table.label == match["label"]]
    if len(numbers) != 1 or not target_sketch.is_target(tables[numbers[0]], match["row"]):
        return None
    return numbers[0], match["row"], match["column"] or ""


def _find(tables: list[Table], address: str) -> tuple[int, int, int]:
    """Return table, row and column of an address; a row with one figure needs no column."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise SketchError(f"“{address}”不是 表[行] 或 表[行, 栏]")
    index = _index_of(tables, match["label"])
    table = tables[index]
    if match["row"] not in table.by_key:
        raise SketchError(f"{match['label']}没有“{match['row']}”行，有的是{'、'.join(table.by_key)}")
    row = table.by_key[match["row"]]
    if not match["column"]:
        return index, row, next(n for n, cell in enumerate(table.rows[row].cells) if cell is not None)
    if match["column"] not in table.columns:
        raise SketchError(f"{match['label']}没有“{match['column']}”栏，有的是{'、'.join(table.columns)}")
    return index, row, table.columns.index(match["column"])
