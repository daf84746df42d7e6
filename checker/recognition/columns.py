"""Which printed column is which: headers first, then the data, which wins.

A header may span rows and columns, repeat after a page break, or stand one place beside its figures. The mapping that
the headers suggest is kept when the data fit it; otherwise the one shift or swap under which they fit and the form's
sums hold is taken, and said so; and where there is no such one, the columns stay unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise, permutations, takewhile
from typing import NamedTuple

from checker.forms.vocabulary import Form, Hierarchy, Lane, TableSpec
from checker.model.document import GridRow
from checker.model.figure import Figure, Unit, is_blank, read_figure
from checker.recognition.headers import BETWEEN, Label, labels_over, names_over
from checker.recognition.words import fold, header_words, is_total

HEADER_DEPTH = 8
"""Rows from the top among which headers are looked for."""

PLAUSIBLE_SHARE = 0.8
"""Share of rows whose sums must hold before a moved column is believed."""


_NOTES = ("注:", "备注:", "说明:", "制表", "填表", "审核", "单位负责人")
_IGNORED = frozenset({"序号", "行次", "备注", "说明"})
_NUMBERING = frozenset({"栏次", "行次", "甲", "乙", "丙", "**"})
CODE_LEVELS = ("类", "款", "项")
_CODE = re.compile(r"[0-9]{3,11}")
_CODE_PART = re.compile(r"[0-9]{1,2}")
MOSTLY = 0.8
"""Share of the filled cells of a column that make it a column of codes, or of names."""


class LaneColumns(NamedTuple):
    """The physical positions of one lane: key columns and figure columns by canonical name.

    `more_codes` are the further columns of a code that is printed 类 | 款 | 项; `ignored` have nothing to audit (序号);
    `total` says that rows without a name are the total.
    """

    lane: Lane
    first: int
    last: int
    keys: dict[str, int]
    figures: dict[str, int]
    more_codes: tuple[int, ...] = ()
    ignored: frozenset[int] = frozenset()
    total: bool = False


class Header(NamedTuple):
    """The header rows of a table, and how many physical columns they span."""

    rows: list[GridRow]
    width: int


class Names:
    """The printed names of a form's columns in one layout."""

    def __init__(self, form: Form, spec: TableSpec) -> None:
        self.by_printed: dict[str, list[str]] = {}
        canonical = [*form.columns]
        for lane in spec.lanes_of(form):
            canonical += [*lane.keys, *([lane.lane] if lane.lane else [])]
        canonical += [part for name in form.columns if BETWEEN in name for part in name.split(BETWEEN)]
        for name in dict.fromkeys(canonical):
            for printed in (name, *spec.headers.get(name, ())):
                self.by_printed.setdefault(header_words(printed), []).append(name)

    def of(self, text: str) -> list[str]:
        """Return the canonical names that a header cell may stand for."""
        return self.by_printed.get(header_words(text), [])


def is_rule(row: GridRow) -> bool:
    """Say whether a row is a drawn line: nothing but dashes."""
    filled = [text for text in row.texts if text]
    return len(filled) > 1 and all(set(fold(text)) <= {"-", "—", "─", "=", "_"} for text in filled)


def is_numbering(row: GridRow) -> bool:
    """Say whether a row numbers the columns: 1 2 3 …, with or without 栏次 before it; or heads a code with 类 款 项."""
    filled = [fold(text) for text in row.texts if text]
    plain = [text.partition("=")[0] for text in filled if text not in _NUMBERING]
    named = len(filled) - len(plain)
    counted = len(plain) + min(named, 2) >= 3 and plain == [str(number) for number in range(1, len(plain) + 1)]
    return counted or (len(filled) > 1 and set(filled) <= set(CODE_LEVELS))


def is_note(row: GridRow, unit: Unit) -> bool:
    """Say whether a row is a note or a signature below the table.

    A row of amounts whose name merely begins like one (审核评估经费) is a row.
    """
    filled = row.filled()
    if not filled or not (first := fold(row.texts[filled[0]])).startswith(_NOTES):
        return False
    return ":" in first or not _has_number(row, unit)


def split_header(rows: list[GridRow], names: Names, unit: Unit) -> tuple[Header, list[GridRow]]:
    """Return the header, and the data rows without repeated headers, drawn lines and column numbers."""
    last = -1
    for position, row in enumerate(rows[:HEADER_DEPTH]):
        if is_numbering(row):
            continue
        if _has_number(row, unit):
            break
        first = last < 0 and _named(row, names) == 1 and len(row.filled()) > 1
        if _named(row, names) >= 2 or first or (0 <= last == position - 1 and _only_names(row, names)):
            last = position
    head = [row for row in rows[: last + 1] if not is_numbering(row) and not is_rule(row)]
    printed = {tuple(fold(text) for text in row.texts if text) for row in head}
    data = [
        row
        for row in rows[last + 1 :]
        if not (
            is_rule(row)
            or is_note(row, unit)
            or is_numbering(row)
            or tuple(fold(text) for text in row.texts if text) in printed
            or (_named(row, names) >= 2 and not _has_number(row, unit))
        )
    ]
    width = max((len(row.texts) for row in head), default=0)
    while width and not any(len(row.texts) >= width and row.texts[width - 1] for row in (*head, *data)):
        width -= 1
    return Header(head, width), data


def _has_number(row: GridRow, unit: Unit) -> bool:
    return any(text and read_figure(text, unit) for text in row.texts)


def _named(row: GridRow, names: Names) -> int:
    return sum(bool(text) and not is_total(text) and bool(names.of(text)) for text in row.texts)


def _only_names(row: GridRow, names: Names) -> bool:
    """Say whether a row holds nothing but names of columns: the last words of headers that were cut apart."""
    filled = [text for text in row.texts if text]
    return bool(filled) and all(not is_total(text) and names.of(text) for text in filled)


def map_columns(header: Header, form_lanes: tuple[Lane, ...], names: Names) -> list[LaneColumns]:
    """Return what the headers alone say of each lane."""
    over = labels_over(header.rows, header.width)
    form_lanes = _printed_lanes(form_lanes, over, names)
    spans = _lane_spans(header, form_lanes, names)
    lanes = []
    for lane, (first, last) in zip(form_lanes, spans, strict=True):
        keys: dict[str, int] = {}
        figures: dict[str, int] = {}
        passed: dict[str, int] = {}
        for column in range(first, last):
            labels = names_over(over[column], names.of, lane.columns)
            known = [name for name in labels if name in lane.keys or name in lane.columns]
            free = [name for name in known if name not in keys and name not in figures]
            if free:
                (keys if free[0] in lane.keys else figures)[free[0]] = column
            passed |= {name: column for name in free[1:] if name in lane.columns}
        for name, column in passed.items():
            spare = [key for key, position in keys.items() if position == column]
            if name not in figures and spare and len(keys) > 1:
                del keys[spare[0]]
                figures[name] = column
        ignored = {column for column in range(first, last) if _is_ignored(over[column])}
        lanes.append(LaneColumns(lane, first, last, keys, figures, (), frozenset(ignored)))
    return lanes


def _printed_lanes(lanes: tuple[Lane, ...], over: list[list[Label]], names: Names) -> tuple[Lane, ...]:
    """Return the lanes as they are printed: one whose list goes on beside it, as many times as its columns begin."""
    if len(lanes) != 1 or not lanes[0].continues:
        return lanes
    return lanes * len(_beginnings(lanes[0], over, names))


def _beginnings(lane: Lane, over: list[list[Label]], names: Names) -> list[int]:
    """Return the columns at which a list begins or goes on: where a name comes again, figures being there already."""
    begun = [0]
    seen: set[str] = set()
    for column, labels in enumerate(over):
        own = [name for label in labels if label.own for name in names.of(label.text)]
        named = [name for name in own if name in lane.keys or name in lane.columns][:1]
        if seen & set(lane.columns) and seen & set(named):
            begun.append(column)
            seen.clear()
        seen |= set(named)
    return begun


def find_keys(columns: LaneColumns, rows: list[GridRow]) -> LaneColumns:
    """Return the lane with key columns that no header names, or that are printed in three, found from the data."""
    free = [
        column
        for column in range(columns.first, columns.last)
        if column not in columns.figures.values() and column not in columns.ignored
    ]
    keys = dict(columns.keys)
    more: list[int] = []
    if columns.lane.hierarchy in {Hierarchy.CODE, Hierarchy.ECONOMIC}:
        coded = keys.get("科目编码", next((column for column in free if _mostly(rows, column, _is_code)), None))
        if coded is not None:
            keys["科目编码"] = coded
            following = takewhile(lambda column: _mostly(rows, column, _is_code_part), range(coded + 1, columns.last))
            more = [column for column in following if column in free]
            keys = {key: column for key, column in keys.items() if key == "科目编码" or column not in more}
    for key in columns.lane.keys:
        if key not in keys and key != "科目编码":
            taken = {*keys.values(), *more}
            names = [column for column in free if column not in taken and _mostly(rows, column, _is_name)]
            if names:
                keys[key] = names[0]
    if columns.lane.hierarchy is Hierarchy.ROWS and len(keys) > len(columns.keys):
        # One header over both columns of a grouped list names either: a group stands to the left of its items.
        keys = dict(zip([key for key in columns.lane.keys if key in keys], sorted(keys.values()), strict=True))
    return columns._replace(keys=keys, more_codes=tuple(more))


def _mostly(rows: list[GridRow], column: int, holds: Callable[[str], bool]) -> bool:
    filled = [row.texts[column] for row in rows if column < len(row.texts) and row.texts[column]]
    filled = [text for text in filled if not is_total(text)]
    return bool(filled) and sum(map(holds, filled)) >= len(filled) * MOSTLY


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(fold(text)) is not None


def _is_code_part(text: str) -> bool:
    return _CODE_PART.fullmatch(fold(text)) is not None


def _is_name(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def _lane_spans(header: Header, lanes: tuple[Lane, ...], names: Names) -> list[tuple[int, int]]:
    if len(lanes) == 1:
        return [(0, header.width)]
    if lanes[0].continues:
        begun = _beginnings(lanes[0], labels_over(header.rows, header.width), names)
        return list(zip(begun, [*begun[1:], header.width], strict=True))
    starts = [_first_named(header, lane.lane, names) for lane in lanes]
    if min(starts) >= 0 and all(one < other for one, other in pairwise(starts)):
        return list(zip(starts, [*starts[1:], header.width], strict=True))
    for row in header.rows:
        keys = [column for column, text in enumerate(row.texts) if set(names.of(text)) & set(lanes[0].keys)]
        if len(keys) == len(lanes):
            return list(zip(keys, [*keys[1:], header.width], strict=True))
    return [(0, header.width), *[(header.width, header.width)] * (len(lanes) - 1)]


def _first_named(header: Header, lane: str, names: Names) -> int:
    """Return the first column under a lane's heading, -1 when none has it."""
    columns = [
        column for row in header.rows for column, text in enumerate(row.texts) if text and lane in names.of(text)
    ]
    return min(columns, default=-1)


def _is_ignored(labels: list[Label]) -> bool:
    """Say whether a column has nothing to audit: 序号, 行次."""
    own = [label for label in labels if label.own]
    return any(fold(label.text) in _IGNORED for label in own or labels[:1])


class Fit(NamedTuple):
    """How well a mapping fits the data: misplaced cells, and rows whose sums hold of those that can be tested."""

    misplaced: int
    held: int
    tested: int

    @property
    def good(self) -> bool:
        """Whether no cell is out of place and the sums mostly hold."""
        return not self.misplaced and (self.tested < 2 or self.held >= self.tested * PLAUSIBLE_SHARE)


def fit(columns: LaneColumns, rows: list[GridRow], unit: Unit) -> Fit:
    """Measure how well a lane's mapping fits its data."""
    misplaced = held = tested = 0
    positions = set(columns.figures.values())
    names = [position for key, position in columns.keys.items() if key != "科目编码"]
    for row in rows:
        figures: dict[int, Figure] = {}
        for position in range(columns.first, min(columns.last, len(row.texts))):
            text = row.texts[position]
            if not text:
                continue
            figure = read_figure(text, unit)
            if figure is not None:
                figures[position] = figure
                key = position in columns.keys.values() or position in columns.more_codes or position in columns.ignored
                misplaced += position not in positions and not key
                misplaced += position in names
            else:
                misplaced += position in positions and not is_blank(text)
        outcome = sums_hold(columns, figures)
        tested += outcome is not None
        held += outcome is True
    return Fit(misplaced, held, tested)


def sums_hold(columns: LaneColumns, figures: dict[int, Figure]) -> bool | None:
    """Say whether a row's total is its parts within rounding; None when there is nothing to test."""
    for total, parts in columns.lane.sums.items():
        if total not in columns.figures:
            continue
        whole = figures.get(columns.figures.get(total, -1))
        printed = [columns.figures[part] for part in parts if part in columns.figures]
        items = [figure for position in printed if (figure := figures.get(position))]
        if whole is None or not items:
            return None if (whole is None and not items) or not printed else False
        finest = min(figure.exponent for figure in (whole, *items))
        difference = whole.restated(finest).minor - sum(figure.restated(finest).minor for figure in items)
        return abs(difference) <= (len(items) + 1) // 2
    return None


def settle(columns: LaneColumns, rows: list[GridRow], unit: Unit) -> tuple[LaneColumns, str]:
    """Return the mapping that fits the data, and a remark when it is not what the headers said."""
    found = fit(columns, rows, unit)
    if found.good or not columns.figures:
        return columns, ""
    good = []
    for candidate in _moved(columns):
        measured = fit(candidate, rows, unit)
        # Sums prove where figures stand; without any, several could stand in more than one way.
        proven = measured.held or (not found.tested and len(columns.figures) == 1)
        if measured.good and proven:
            good.append((measured.held, candidate))
    best = [candidate for held, candidate in good if held == max(held for held, _ in good)]
    if len(best) == 1:
        return best[0], "表头与数据错位，已按数据对齐"
    return columns, ""


def _moved(columns: LaneColumns) -> list[LaneColumns]:
    names, positions = list(columns.figures), list(columns.figures.values())
    moved = []
    for shift in (-1, 1, -2, 2):
        shifted = {name: position + shift for name, position in columns.figures.items()}
        if all(columns.first <= position < columns.last + max(shift, 0) for position in shifted.values()):
            taken = set(shifted.values())
            keys = {key: position for key, position in columns.keys.items() if position not in taken}
            moved.append(columns._replace(figures=shifted, keys=keys or columns.keys))
    if len(names) <= 5:
        moved += [
            columns._replace(figures=dict(zip(names, order, strict=True)))
            for order in permutations(positions)
            if sum(a != b for a, b in zip(order, positions, strict=True)) == 2
        ]
    return moved
