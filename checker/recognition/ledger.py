"""A region with rows and columns → Table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from checker.forms.vocabulary import TOTAL, Classification, Form, Hierarchy, Lane, Layout, TableSpec
from checker.model.document import GridRow
from checker.model.figure import UNITS, Figure, Unit, is_blank, read_figure
from checker.model.filing import Unread
from checker.model.place import Place
from checker.model.table import Cell, Row, Table
from checker.recognition.alignment import align
from checker.recognition.body import AMOUNT, Region
from checker.recognition.codes import with_whole_codes
from checker.recognition.columns import (
    CODE_LEVELS,
    Header,
    LaneColumns,
    Names,
    find_keys,
    map_columns,
    settle,
    split_header,
)
from checker.recognition.items import Item
from checker.recognition.outline import NOTE_LENGTH
from checker.recognition.precision import settle_precision
from checker.recognition.rows import RawRow, arrange, unique
from checker.recognition.transposed import read_transposed
from checker.recognition.words import caption_words, fold, is_table_number, is_total

_UNIT_LINE = re.compile(
    r"(?:(?:金额)?单位:?|货币单位:?)(?:人民币)?(千元|万元|百万元|亿元|元)|[(](?:单位:)?(?:人民币)?(千元|万元|百万元|亿元|元)[)]"
)


_YEAR_ALONE = re.compile(r"(?:19|20)[0-9]{2}年度?")
ROW_WIDTH = "此行少一栏或多一栏，无法确定各数字属于哪一栏"
NO_HEADER = "此栏的表头无法识别"
STRAY = "表中或表下有一行数字，未能归入任何一栏"


HEAD = 6
"""Lines of a table among which its unit stands."""


class Surroundings(NamedTuple):
    """What stands around the rows of a table: its unit, whose table it is, and whether it says that it is empty."""

    unit: Unit
    body: str
    nil_note: Place | None


def surroundings(region: Region, layout: Layout, unit: str) -> Surroundings:
    """Read the lines between the title and the rows, and the notes below."""
    words = [(item, fold(text)) for item in region.items for text in _words_around(item, layout)]
    found = _unit_among([folded for _, folded in words]) or UNITS[unit]
    body = ""
    nil_note = None
    notes = [fold(note) for note in layout.nil_notes]
    labels = [fold(label) for label in layout.body_labels]
    for item, folded in words:
        if (match := _UNIT_LINE.search(folded)) and len(folded) < 80:
            folded = folded[: match.start()]
        for label in labels:
            if folded.startswith(f"{label}:") and not body:
                body = folded[len(label) + 1 :]
        if any(note in folded for note in notes) and len(folded) < NOTE_LENGTH:
            nil_note = item.place
    return Surroundings(found, body, nil_note)


def _unit_among(words: list[str]) -> Unit | None:
    """Return the unit that folded words print, the last where there are several, None when they print none."""
    matches = [match for folded in words if len(folded) < 80 and (match := _UNIT_LINE.search(folded))]
    return UNITS[matches[-1][1] or matches[-1][2]] if matches else None


def usual_unit(regions: list[Region], layout: Layout) -> str:
    """Return the unit of tables that print none: the one that most of a filing's tables print, else the layout's."""
    heads = ([fold(text) for item in region.items[:HEAD] for text in _words_around(item, layout)] for region in regions)
    printed = Counter(unit.symbol for words in heads if (unit := _unit_among(words)))
    ((symbol, count),) = printed.most_common(1) or ((layout.unit, 0),)
    return symbol if count * 2 > len(regions) else layout.unit


def _words_around(item: Item, layout: Layout) -> list[str]:
    """Return what an item of a table says about the table: a line, or the cells of a row that has only such words."""
    if item.text:
        return [item.text]
    return [text for text in item.row.texts if text] if item.row is not None and _is_furniture(item, layout) else []


class Sheet(NamedTuple):
    """A table's rows taken apart: by lane, under canonical columns; and the cells that found no place."""

    header: Header
    lanes: list[LaneColumns]
    rows: list[list[RawRow]]
    unread: list[Unread]
    doubts: list[str]


class Body(NamedTuple):
    """A table's rows under canonical keys and columns, and what of it was not understood."""

    columns: tuple[str, ...]
    rows: list[Row]
    header: list[GridRow]
    unread: list[Unread]
    doubts: Sequence[str] = ()
    strange: Sequence[str] = ()


def read_ledger(
    region: Region, form: Form, layout: Layout, classification: Classification, trimmed: bool, unit: str = ""
) -> tuple[Table, list[Unread]]:
    """Read a table of rows and columns, and list the cells that found no row or column.

    `trimmed` says that the file prints no empty fields at the ends of its lines; `unit` is that of a table that prints
    none.
    """
    around = surroundings(region, layout, unit or form.unit)
    turned = None
    if region.spec.transposed:
        turned = read_transposed(_rows_of(region, form, layout, trimmed), form, region.spec, around.unit)
    if turned is not None:
        body = Body(*turned)
    else:
        body = _arranged(_take_apart(region, form, layout, trimmed, around.unit), form, region.spec, classification)
    columns, rows, strange = body.columns, body.rows, body.strange
    unnamed = [lost.cell.text for lost in body.unread if lost.reason == NO_HEADER]
    two_totals = sum(row.level == TOTAL for row in rows) > len(form.lanes)
    table = Table(
        form=form.form,
        title=region.title.text,
        unit=around.unit,
        columns=columns,
        rows=tuple(settle_precision(rows)),
        place=region.title.place,
        number=region.spec.number,
        body=around.body,
        qualifiers=(*region.heading.qualifiers, *_bracket_lines(region)),
        lacking=() if turned is not None else _lacking(region.spec, form, columns),
        nil_note=around.nil_note,
        headers=tuple(row.texts for row in body.header),
        doubts=(*body.doubts, *(f"行“{name}”不在表式之内" for name in strange)),
        lost=len(body.unread) - len(unnamed),
        strange_rows=tuple(strange),
        strange_columns=tuple(dict.fromkeys(unnamed)),
        unsure=f"{form.form}有两个合计行" if two_totals else "",
    )
    illegible = [Unread(operand.cell, operand.ref, "应为数字，无法读出") for operand in table.unreadable()]
    return table, [*body.unread, *illegible]


def _lacking(spec: TableSpec, form: Form, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in spec.columns_of(form) if name not in columns)


def _arranged(sheet: Sheet, form: Form, spec: TableSpec, classification: Classification) -> Body:
    """Put the rows of every lane under keys, in the columns that some lane prints."""
    printed = {name for lane in sheet.lanes for name in lane.figures}
    columns = tuple(column for column in form.columns if column in printed)
    rows: list[Row] = []
    strange: list[str] = []
    for lane, raw in _lists(sheet):
        arranged, unknown = arrange(raw, lane, spec, classification)
        strange += unknown
        offset = len(rows)
        rows += [_widen(row, lane, columns, offset) for row in arranged]
    return Body(columns, unique(rows), sheet.header.rows, sheet.unread, sheet.doubts, strange)


def _lists(sheet: Sheet) -> list[tuple[Lane, list[RawRow]]]:
    """Return the lanes with their rows; the runs of columns that one list is printed in follow each other."""
    lists: list[tuple[Lane, list[RawRow]]] = []
    for columns, rows in zip(sheet.lanes, sheet.rows, strict=True):
        if lists and lists[-1][0] is columns.lane:
            lists[-1][1].extend(rows)
        else:
            lists.append((columns.lane, [*rows]))
    return lists


def _take_apart(region: Region, form: Form, layout: Layout, trimmed: bool, unit: Unit) -> Sheet:
    names = Names(form, region.spec)
    header, data = split_header(_rows_of(region, form, layout, trimmed), names, unit)
    data = _without_spare_fields(data, header.width)
    whole = [row for row in data if len(row.texts) >= header.width]
    settled = [
        settle(find_keys(lane, whole), whole, unit) for lane in map_columns(header, region.spec.lanes_of(form), names)
    ]
    lanes = [lane for lane, _ in settled]
    if len(data) == 1:
        lanes = [_nameless(lane) for lane in lanes]
    data = with_whole_codes(data, lanes)
    rows: list[list[RawRow]] = [[] for _ in lanes]
    unread: list[Unread] = []
    for row in data:
        aligned = align(row, header, lanes, unit, trimmed)
        if aligned is None:
            unread += _unplaced(row, form.form, unit, ROW_WIDTH)
            continue
        total = any(is_total(text) for text in _key_texts(aligned, lanes))
        left: RawRow | None = None
        for number, lane in enumerate(lanes):
            shared = _shared_caption(left, lane, region.spec)
            raw, lost = _lane_row(aligned, lane, form, unit, total, shared)
            if shared and raw is not None and raw.keys == shared:
                rows[number - 1].pop()
            unread += lost
            rows[number] += [raw] if raw is not None else []
            left = raw
    unread += [
        Unread(Cell(text, stray.place), form.form, STRAY)
        for stray in region.strays
        if AMOUNT.search(text := stray.text or " ".join(stray.row.texts if stray.row else ()))
    ]
    return Sheet(header, lanes, rows, unread, [remark for _, remark in settled if remark])


def _rows_of(region: Region, form: Form, layout: Layout, trimmed: bool) -> list[GridRow]:
    """Return the rows of a region, names wrapped onto a line of their own joined to the name above."""
    wraps = any(lane.hierarchy in {Hierarchy.PROJECTS, Hierarchy.UNITS} for lane in form.lanes)
    rows: list[GridRow] = []
    for item in region.items:
        row = item.row or _row_of_name(item, region, form, trimmed)
        if row is not None and not _is_furniture(item, layout):
            rows.append(row)
        elif wraps and rows and item in region.strays and not AMOUNT.search(item.text):
            name = rows[-1].filled()[0]
            texts = tuple(text + item.text if n == name else text for n, text in enumerate(rows[-1].texts))
            rows[-1] = GridRow(texts, rows[-1].places, stored=rows[-1].stored)
    return rows


def _row_of_name(item: Item, region: Region, form: Form, trimmed: bool) -> GridRow | None:
    """Return a line that is all that a trimmed file left of a row without figures: its caption."""
    captions = {caption_words(name) for row in form.fixed_rows for name in (row, *region.spec.captions.get(row, ()))}
    if not trimmed or not item.text or caption_words(item.text) not in captions:
        return None
    return GridRow((item.text,), (item.place,))


def _bracket_lines(region: Region) -> list[str]:
    """Return the bracketed words that stand on lines of their own below the title."""
    lines = [fold(item.text) for item in region.items[:3] if item.text]
    return [line[1:-1] for line in lines if line.startswith("(") and line.endswith(")") and len(line) < 20]


def _without_spare_fields(rows: list[GridRow], width: int) -> list[GridRow]:
    """Cut off what every row has behind the header's last column, if that is blank in all of them."""
    if len({len(row.texts) for row in rows}) != 1 or any(any(row.texts[width:]) for row in rows):
        return rows
    return [GridRow(row.texts[:width], row.places[:width], row.spread[:width], row.stored[:width]) for row in rows]


def _is_furniture(item: Item, layout: Layout) -> bool:
    """Say whether an item is about the table and none of its rows: its number, 单位：万元, that there are no data.

    A row may say it in several cells, 部门：某局 at the left and 单位：万元 at the right, with a year between them.
    """
    about = _about(layout.nil_notes, layout.body_labels)
    if item.text or item.row is None:
        return about.match(fold(item.text)) is not None or is_table_number(item.text, layout.table_numbers)
    words = [fold(text) for text in item.row.texts if text]
    rest = [text for text in words if not about.match(text)]
    plain = (_YEAR_ALONE.fullmatch(text) or is_table_number(text, layout.table_numbers) for text in rest)
    return len(rest) < len(words) and all(plain)


@lru_cache(maxsize=32)
def _about(nil_notes: tuple[str, ...], body_labels: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches a folded text about a table: whose it is, its unit, that it has no data."""
    labels, notes = ("|".join(re.escape(fold(word)) for word in words) for words in (body_labels, nil_notes))
    whose = [f"(?:{labels}):"] if labels else []
    nothing = [f".*(?:{notes})"] if notes else []
    return re.compile("|".join([*whose, _UNIT_LINE.pattern, *nothing]))


def _unplaced(row: GridRow, form: str, unit: Unit, reason: str) -> list[Unread]:
    return [
        Unread(Cell(text, place), form, reason)
        for position, (text, place) in enumerate(zip(row.texts, row.places, strict=True))
        if text and read_figure(text, unit) is not None and not (position == row.filled()[0] and text.isdigit())
    ]


def _key_texts(row: GridRow, lanes: list[LaneColumns]) -> list[str]:
    return [row.texts[position] for lane in lanes for position in lane.keys.values() if position < len(row.texts)]


def _nameless(columns: LaneColumns) -> LaneColumns:
    """Return the lane of a table of one line, which needs no name: its figures are the total."""
    named = columns.keys or columns.lane.hierarchy is Hierarchy.ROWS
    return columns if named else columns._replace(total=True)


def _shared_caption(left: RawRow | None, columns: LaneColumns, spec: TableSpec) -> tuple[str, ...]:
    """Return the caption that a row shares with the half to its left: one merged cell over both, the amount here."""
    if left is None or not left.blank:
        return ()
    if columns.lane.hierarchy is not Hierarchy.ROWS and not columns.lane.continues:
        return ()
    caption = caption_words("".join(left.keys))
    known = {caption_words(name) for row in columns.lane.rows for name in (row, *spec.captions.get(row, ()))}
    return left.keys if caption in known else ()


def _lane_row(
    row: GridRow, columns: LaneColumns, form: Form, unit: Unit, total: bool, shared: tuple[str, ...] = ()
) -> tuple[RawRow | None, list[Unread]]:
    """Return one lane's part of a printed row; `total` says that some lane of the row names it a total.

    `shared` is the caption that it takes when it prints none of its own.
    """
    grouped = columns.lane.hierarchy is Hierarchy.ROWS and len(columns.lane.keys) > 1 and row.spread
    texts = row.spread if grouped else row.texts
    keys = tuple(
        texts[position]
        if 0 <= (position := columns.keys.get(key, -1)) < len(texts) and not is_blank(texts[position])
        else ""
        for key in columns.lane.keys
    )
    if columns.more_codes:
        parts = [row.texts[position] for position in columns.more_codes if position < len(row.texts)]
        if keys[0] == CODE_LEVELS[0]:  # the heads 类 款 项, printed beside the total row
            keys, parts = ("", *keys[1:]), []
        # Spreadsheets drop the leading zero of a code's second part: 301 | 7 is 30107.
        keys = (keys[0] + "".join(part.zfill(2) for part in parts if part.strip("0")), *keys[1:])
    by_code = columns.lane.hierarchy is not Hierarchy.ROWS and not columns.lane.continues
    if (total or columns.total) and not any(keys) and by_code:
        keys = (TOTAL, *keys[1:])
    cells = tuple(_cell(row, columns.figures.get(name, -1), unit) for name in columns.lane.columns)
    known = {*columns.keys.values(), *columns.figures.values(), *columns.more_codes, *columns.ignored}
    lost = [
        Unread(Cell(row.texts[position], row.places[position]), form.form, NO_HEADER)
        for position in range(columns.first, min(columns.last, len(row.texts)))
        if position not in known and row.texts[position] and read_figure(row.texts[position], unit) is not None
    ]
    filled = any(cell is not None and cell.text for cell in cells)
    keys = shared if shared and filled and not any(keys) else keys
    if not any(keys) and not filled:
        return None, lost
    if not any(keys):
        lost += [Unread(cell, form.form, "数字所在的行没有名称") for cell in cells if cell is not None and cell.figure]
        return None, lost
    position = min((columns.keys[key] for key in columns.lane.keys if key in columns.keys), default=columns.first)
    return RawRow(keys, cells, row.places[min(position, len(row.places) - 1)]), lost


def _cell(row: GridRow, position: int, unit: Unit) -> Cell | None:
    if position < 0:
        return None
    if position >= len(row.texts):
        return Cell("", row.places[-1])
    text = row.texts[position]
    figure: Figure | None = read_figure(text, unit) if text else None
    return Cell(text, row.places[position], figure, row.stored[position] if row.stored else "")


def _widen(row: Row, lane: Lane, columns: tuple[str, ...], offset: int) -> Row:
    """Return a lane's row with cells parallel to the whole table's columns, its parent counted in the whole table."""
    cells = dict(zip(lane.columns, row.cells, strict=True))
    return Row(
        key=row.key,
        name=row.name,
        role=row.role,
        level=row.level,
        cells=tuple([cells.get(column) for column in columns]),
        place=row.place,
        code=row.code,
        names=row.names,
        parent=row.parent + offset if row.parent >= 0 else -1,
        printed=row.printed,
    )
