"""Target forms: labels with contents behind them, in two sides, whose merged cells arrive as ragged rows."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.forms.vocabulary import Card, Form, Layout, TableSpec
from checker.model.document import GridRow
from checker.model.figure import UNITS, Unit, is_blank, read_figure
from checker.model.filing import Unread
from checker.model.place import Place
from checker.model.table import Cell, Role, Row, Table
from checker.recognition.body import Region
from checker.recognition.indicators import is_indicator_header, read_indicators
from checker.recognition.ledger import surroundings
from checker.recognition.words import fold, label_words, years_in

_UNIT_IN_LABEL = re.compile(r"[(](千元|万元|亿元|元)[)]")
_GLUED = re.compile(r"(?P<label>.*?[^0-9.,]):?(?P<number>[0-9][0-9,.]*)$")


class _Labels(NamedTuple):
    fields: dict[str, str]
    sides: dict[str, str]
    sources: dict[str, str]


def _labels(card: Card, spec: TableSpec) -> _Labels:
    def named(names: tuple[str, ...]) -> dict[str, str]:
        return {label_words(printed): name for name in names for printed in (name, *spec.labels.get(name, ()))}

    return _Labels(named(card.fields), named(card.sides), named(card.sources))


def read_card(region: Region, form: Form, card: Card, layout: Layout) -> tuple[Table, list[Unread]]:
    """Read a target form: its fields, its funding lines by side, and its indicators."""
    labels = _labels(card, region.spec)
    around = surroundings(region, layout, form.unit)
    rows = [item.row for item in region.items if item.row is not None]
    unit = _unit(rows, around.unit)
    fields: dict[str, Cell] = {}
    further: list[tuple[str, Cell]] = []
    funding: dict[tuple[str, str], Cell] = {}
    columns: dict[str, int] = {}
    unread: list[Unread] = []
    header = next((number for number, row in enumerate(rows) if is_indicator_header(row)), len(rows))
    another = next((number for number in range(header, len(rows)) if _begins(rows[number], labels, card)), len(rows))
    for row in rows[:header]:
        further += _read_fields(row, labels, fields)
        unread += _read_funding(row, labels, card, unit, funding, columns)
    taken = {cell.place for cell in (*funding.values(), *fields.values())}
    unread += [lost for row in rows[:header] for lost in _left_over(row, taken, unit, form.form)]
    subject = fields.get(card.subject)
    name = subject.text if subject else ""
    place = region.title.place
    built = tuple(_side(side, card, funding, place) for side in card.sides)
    doubts = [] if funding else ["未读出资金数"]
    indicators, remarks = read_indicators(rows[:another]) if card.indicators else ((), [])
    table = Table(
        form=form.form,
        title=region.title.text,
        unit=unit,
        columns=card.columns,
        rows=built,
        place=place,
        body=fields["实施单位"].text if "实施单位" in fields else around.body,
        subject=name or f"第{place.line}行",
        qualifiers=(*region.heading.qualifiers, *_year_line(region)),
        fields=fields,
        further=tuple(further),
        indicators=indicators,
        doubts=tuple(doubts + remarks),
        garbled=remarks[-1] if remarks else "",
        lost=len(unread),
    )
    unread += [Unread(operand.cell, operand.ref, "应为数字，无法读出") for operand in table.unreadable()]
    unread += [
        Unread(_first_cell(row), form.form, "此处起是另一张表，标题无法识别，未核验") for row in rows[another:][:1]
    ]
    return table, unread


def _begins(row: GridRow, labels: _Labels, card: Card) -> bool:
    """Say whether a row can stand above the indicators only: below them it is a form of its own, title unknown."""
    words = [_last_part(row.texts[position]) for position in row.filled()]
    return any(word in labels.sides or labels.fields.get(word) == card.subject for word in words)


def _first_cell(row: GridRow) -> Cell:
    position = row.filled()[0]
    return Cell(row.texts[position], row.places[position])


def _side(side: str, card: Card, funding: dict[tuple[str, str], Cell], place: Place) -> Row:
    """Return one side's funding; a source that the form does not print is blank, if it prints any."""
    cells = [funding.get((side, column)) for column in card.columns]
    if cells[0] is not None and any(cells[1:]):
        cells = [cell or Cell("", place) for cell in cells]
    return Row(side, side, Role.TOTAL, "", tuple(cells), place)


def _year_line(region: Region) -> list[str]:
    """Return the bracketed year that stands on a line of its own below the title."""
    lines = [fold(item.text) for item in region.items[:3] if item.text]
    return [line.strip("()") for line in lines if years_in(line) and len(line) < 12]


def _unit(rows: list[GridRow], default: Unit) -> Unit:
    for row in rows:
        for text in row.texts:
            if text and ("资金" in text or "金额" in text) and (match := _UNIT_IN_LABEL.search(label_words(text))):
                return UNITS[match[1]]
    return default


def _read_fields(row: GridRow, labels: _Labels, fields: dict[str, Cell]) -> list[tuple[str, Cell]]:
    """Read the labelled texts of a row, and return those that stand behind a label's first text."""
    filled = row.filled()
    further: list[tuple[str, Cell]] = []
    label = ""
    for position in filled:
        text = row.texts[position]
        name = labels.fields.get(label_words(text))
        if name is not None:
            label = "" if name in fields else name
        elif label and label not in fields:
            fields[label] = Cell(text, row.places[position])
        elif label:
            further.append((label, Cell(text, row.places[position])))
    return further


def _read_funding(
    row: GridRow,
    labels: _Labels,
    card: Card,
    unit: Unit,
    funding: dict[tuple[str, str], Cell],
    columns: dict[str, int],
) -> list[Unread]:
    """Read one funding line.

    A total's label names its side; a source stands once for each side, in their order. A line that has lost one of the
    two goes by the column of the totals above it.
    """
    found: list[tuple[int, str, str, Cell | None]] = []
    for position in row.filled():
        label, glued = _split_glued(row, position, unit)
        if label in labels.sides:
            found.append((position, labels.sides[label], card.total, glued))
            columns[labels.sides[label]] = position
        elif label in labels.sources:
            found.append((position, "", labels.sources[label], glued))
    unread = []
    seen: dict[str, int] = {}
    for order, (position, named_side, column, glued) in enumerate(found):
        end = found[order + 1][0] if order + 1 < len(found) else len(row.texts)
        cell = glued or _value(row, position, end, unit)
        occurrences = sum(1 for _, _, other, _ in found if other == column)
        nth = seen.get(column, 0)
        seen[column] = nth + 1
        if named_side:
            side = named_side
        elif len(card.sides) == 1 or occurrences == len(card.sides):
            side = card.sides[min(nth, len(card.sides) - 1)]
        elif columns:
            side = min(columns, key=lambda name: abs(columns[name] - position))
        else:
            unread.append(Unread(cell, card.subject, f"{column}属于哪一侧无法确定"))
            continue
        if (side, column) in funding:
            if funding[side, column].figure is None:
                funding[side, column] = cell
            elif cell.figure is not None:
                unread.append(Unread(cell, column, f"{side}的{column}出现两次"))
            continue
        funding[side, column] = cell
    return unread


def _left_over(row: GridRow, taken: set[Place], unit: Unit, form: str) -> list[Unread]:
    """Return the amounts of a row that no label has claimed."""
    return [
        Unread(Cell(row.texts[position], row.places[position]), form, "金额的名称无法识别")
        for position in row.filled()
        if row.places[position] not in taken and _holds_amount(row.texts[position], unit)
    ]


def _holds_amount(text: str, unit: Unit) -> bool:
    """Say whether a cell is an amount, or a label with an amount behind it."""
    match = _GLUED.match(label_words(text)) if ":" in fold(text) else None
    return read_figure(match["number"] if match else text, unit) is not None


def _split_glued(row: GridRow, position: int, unit: Unit) -> tuple[str, Cell | None]:
    """Return a cell's label, and the number printed in the same cell behind it.

    Of `按资金来源分：财政拨款` the last part is the label.
    """
    text = row.texts[position]
    label = label_words(text)
    match = _GLUED.match(label)
    if match and (figure := read_figure(match["number"], unit)):
        return _last_part(match["label"]), Cell(text, row.places[position], figure)
    return _last_part(label), None


def _last_part(label: str) -> str:
    return label_words(label).rpartition(":")[2]


def _value(row: GridRow, position: int, end: int, unit: Unit) -> Cell:
    """Return the first filled cell behind a label, or the blank beside it."""
    for candidate in range(position + 1, end):
        text = row.texts[candidate]
        if text:
            return Cell(text, row.places[candidate], None if is_blank(text) else read_figure(text, unit))
    beside = min(position + 1, len(row.places) - 1)
    return Cell("", row.places[beside])
