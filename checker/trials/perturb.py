"""A filing with one thing misprinted: what a slip of the pen, a wrong unit or a row left out makes of a case.

Figures: two digits transposed, one digit changed, the sign turned, 元 taken for 万元, the cell blank, the row left out.
For rules that look at none: a blank filled, decimals hidden, a row left out or doubled, a code or a name changed, a
table or a note left out, an indicator or a paragraph changed. One thing at a time, always the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

import msgspec

from checker.model.document import Paragraph
from checker.model.figure import Figure, read_figure
from checker.model.table import Cell, Indicator, Operand, Row, Table
from checker.prose.quantities import quantities_in
from checker.trials.cases import Case
from checker.trials.sketch_changes import without_row

MOST_OPERANDS = 40
"""Figures of one case that are misprinted, spread evenly over it."""


class Slip(StrEnum):
    """What was done to one thing."""

    TRANSPOSED = "transposed"
    DIGIT = "digit"
    SIGN = "sign"
    UNIT = "unit"
    BLANK = "blank"
    ROW = "row"
    FILLED = "filled"
    HIDDEN = "hidden"
    NAME = "name"
    CODE = "code"
    NOTE = "note"
    TABLE = "table"
    INDICATOR = "indicator"
    FIELD = "field"
    QUANTITY = "quantity"
    YEAR = "year"
    PARAGRAPH = "paragraph"
    COPIED = "copied"
    PLANTED = "planted"


class Misprint(msgspec.Struct, frozen=True):
    """A case with one thing changed: how, and what."""

    slip: Slip
    ref: str
    case: Case


def misprinted_figures(case: Case, operands: Iterable[Operand]) -> Iterator[Misprint]:
    """Yield the case with each of these figures misprinted in every way, and with its row left out."""
    numbers = {id(table): number for number, table in enumerate(case.tables)}
    cells = {(numbers[id(one.table)], one.row, one.column): one for one in operands if id(one.table) in numbers}
    rows: set[tuple[int, int]] = set()
    for (number, row, column), operand in _spread(list(cells.items())):
        figure = operand.figure
        if figure is None or not figure.minor:
            continue
        for slip, text in _slips_of(figure):
            yield Misprint(slip, operand.ref, _with_text(case, number, row, column, text))
        if (number, row) not in rows:
            rows.add((number, row))
            yield Misprint(Slip.ROW, operand.ref, _with_table(case, number, without_row(operand.table, row)))


def filled_blanks(case: Case, operands: Iterable[Operand]) -> Iterator[Misprint]:
    """Yield the case with a figure in each of these cells, where a blank or a zero stands."""
    numbers = {id(table): number for number, table in enumerate(case.tables)}
    for operand in operands:
        number = numbers.get(id(operand.table))
        if number is not None and operand.cell.nil:
            yield Misprint(Slip.FILLED, operand.ref, _with_text(case, number, operand.row, operand.column, "1.00"))


def _slips_of(figure: Figure) -> Iterator[tuple[Slip, str]]:
    """Yield a number as a slip would print it, in each way that makes another number of it."""
    plain = f"{figure.value:f}"
    transposed = _transposed(plain)
    if transposed:
        yield Slip.TRANSPOSED, transposed
    first = next(position for position, character in enumerate(plain) if character in "123456789")
    digit = "8" if plain[first] == "9" else str(int(plain[first]) + 1)
    yield Slip.DIGIT, plain[:first] + digit + plain[first + 1 :]
    yield Slip.SIGN, f"{-figure.value:f}"
    yield Slip.UNIT, f"{figure.value * Decimal(10000):f}"
    yield Slip.BLANK, ""


def misprinted_words(case: Case, forms: Iterable[str]) -> Iterator[Misprint]:
    """Yield the case with its names, notes, indicators and paragraphs changed; of the tables those of some forms."""
    wanted = set(forms)
    for number, table in enumerate(case.tables):
        if not wanted or table.form in wanted:
            yield from _table_words(case, number, table)
    yield from misprinted_passages(case)


def misprinted_passages(case: Case) -> Iterator[Misprint]:
    """Yield the case with each quantity, year and paragraph of its passages changed, and with one passage copied."""
    for name, paragraphs in case.passages.items():
        for index, paragraph in enumerate(paragraphs):
            ref = f"【{name}】第{index + 1}段"
            before, after = paragraphs[:index], paragraphs[index + 1 :]
            for slip, text in _slips_of_text(paragraph.text):
                yield Misprint(slip, ref, _with_passage(case, name, (*before, _said(paragraph, text), *after)))
            yield Misprint(Slip.PARAGRAPH, ref, _with_passage(case, name, (*before, *after)))
            yield Misprint(Slip.PARAGRAPH, ref, _with_passage(case, name, (*before, paragraph, *paragraphs[index:])))
    for (_, paragraphs), (name, _) in pairwise(case.passages.items()):
        yield Misprint(Slip.COPIED, f"【{name}】", _with_passage(case, name, paragraphs))


def misprinted_claims(case: Case, operands: Iterable[Operand]) -> Iterator[Misprint]:
    """Yield the case with each of these numbers of its sentences changed, where it stands."""
    spans = {(operand.place.line, operand.place.span) for operand in operands if operand.place.span}
    for name, paragraphs in case.passages.items():
        for index, paragraph in enumerate(paragraphs):
            for start, end in sorted(span for line, span in spans if span and line == paragraph.place.line):
                said = paragraph.text[start:end]
                number = _NUMBER.search(said)
                if number is None:
                    continue
                for slip, other in _slips_of_number(number[0]):
                    text = paragraph.text[: start + number.start()] + other + paragraph.text[start + number.end() :]
                    changed = (*paragraphs[:index], _said(paragraph, text), *paragraphs[index + 1 :])
                    yield Misprint(slip, f"【{name}】“{said}”", _with_passage(case, name, changed))


def planted(case: Case, others: Sequence[Case]) -> Iterator[Misprint]:
    """Yield the case with what only other cases have: a passage in its place, a paragraph behind all, a table."""
    for other in others:
        if other.layout == case.layout:
            yield from _planted_tables(case, other)
        for name, paragraphs in other.passages.items():
            if paragraphs and paragraphs != case.passages.get(name):
                yield Misprint(Slip.PLANTED, f"【{name}】", _with_passage(case, name, paragraphs))
    own = {paragraph.text for paragraphs in case.passages.values() for paragraph in paragraphs}
    foreign = {
        paragraph.text: paragraph
        for other in others
        for paragraphs in other.passages.values()
        for paragraph in paragraphs
        if paragraph.text not in own
    }
    for name, paragraphs in case.passages.items():
        for paragraph in foreign.values():
            ref = f"【{name}】“{paragraph.text[:20]}”"
            yield Misprint(Slip.PLANTED, ref, _with_passage(case, name, (*paragraphs, paragraph)))


def _planted_tables(case: Case, other: Case) -> Iterator[Misprint]:
    """Yield the case with each table of another, in the place of its own, and with each row of it that differs."""
    own = {table.label: number for number, table in enumerate(case.tables)}
    for table in other.tables:
        number = own.get(table.label)
        if number is None:
            yield Misprint(Slip.PLANTED, table.label, _with_table(case, len(case.tables), table))
            continue
        mine = case.tables[number]
        if _said_in(mine) == _said_in(table):
            continue
        yield Misprint(Slip.PLANTED, table.label, _with_table(case, number, table))
        if table.columns != mine.columns:
            continue
        for row in table.rows:
            index = mine.by_key.get(row.key)
            if index is not None and _printed(row) != _printed(mine.rows[index]):
                moved = msgspec.structs.replace(row, parent=mine.rows[index].parent)
                yield Misprint(Slip.PLANTED, f"{table.label}[{row.key}]", _with_row(case, number, index, moved))


def _printed(row: Row) -> tuple[object, ...]:
    return row.key, row.name, row.code, row.names, tuple(cell.text if cell else None for cell in row.cells)


def _said_in(table: Table) -> tuple[object, ...]:
    """Return all that a table says, wherever it stands."""
    rows = tuple(map(_printed, table.rows))
    fields = tuple((label, cell.text) for label, cell in table.fields.items())
    indicators = tuple(
        (one.side, one.second, one.name.text if one.name else "", one.value.text if one.value else "")
        for one in table.indicators
    )
    return rows, fields, indicators, table.qualifiers, table.nil_note is None, table.body


_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def _slips_of_number(printed: str) -> Iterator[tuple[Slip, str]]:
    transposed = _transposed(printed)
    if transposed:
        yield Slip.TRANSPOSED, transposed
    first = next((position for position, character in enumerate(printed) if character in "123456789"), 0)
    digit = "8" if printed[first] == "9" else str(int(printed[first]) + 1)
    yield Slip.QUANTITY, printed[:first] + digit + printed[first + 1 :]


def _spread(items: list[tuple[tuple[int, int, int], Operand]]) -> list[tuple[tuple[int, int, int], Operand]]:
    """Return so many of the items as are tried, evenly spread."""
    if len(items) <= MOST_OPERANDS:
        return items
    return [items[number * len(items) // MOST_OPERANDS] for number in range(MOST_OPERANDS)]


def _transposed(plain: str) -> str:
    """Return a number with its first two neighbouring digits that differ transposed, nothing if all are the same."""
    digits = [position for position, character in enumerate(plain) if character.isdigit()]
    for one, other in pairwise(digits):
        if plain[one] != plain[other]:
            characters = list(plain)
            characters[one], characters[other] = plain[other], plain[one]
            return "".join(characters)
    return ""


def _with_text(case: Case, number: int, row: int, column: int, text: str) -> Case:
    table = case.tables[number]
    old = table.rows[row].cells[column]
    assert old is not None
    cell = Cell(text, old.place, read_figure(text, table.unit) if text else None)
    cells = (*table.rows[row].cells[:column], cell, *table.rows[row].cells[column + 1 :])
    return _with_row(case, number, row, msgspec.structs.replace(table.rows[row], cells=cells))


def _with_row(case: Case, number: int, index: int, row: Row) -> Case:
    rows = case.tables[number].rows
    changed = (*rows[:index], row, *rows[index + 1 :])
    return _with_table(case, number, msgspec.structs.replace(case.tables[number], rows=changed))


def _with_table(case: Case, number: int, *tables: Table) -> Case:
    return msgspec.structs.replace(case, tables=(*case.tables[:number], *tables, *case.tables[number + 1 :]))


def _with_passage(case: Case, name: str, paragraphs: tuple[Paragraph, ...]) -> Case:
    passages = {**case.passages, name: paragraphs}
    if not paragraphs:
        del passages[name]
    return msgspec.structs.replace(case, passages=passages)


def _said(paragraph: Paragraph, text: str) -> Paragraph:
    return msgspec.structs.replace(paragraph, text=text)


def _table_words(case: Case, number: int, table: Table) -> Iterator[Misprint]:
    yield Misprint(Slip.TABLE, table.label, _with_table(case, number))
    note = None if table.nil_note is not None else table.place
    yield Misprint(Slip.NOTE, table.label, _with_table(case, number, msgspec.structs.replace(table, nil_note=note)))
    for index, row in enumerate(table.rows):
        ref = f"{table.label}[{row.key}]"
        yield Misprint(Slip.ROW, ref, _with_table(case, number, without_row(table, index)))
        again = msgspec.structs.replace(row, key=f"{row.key}#2", parent=row.parent)
        yield Misprint(
            Slip.ROW, ref, _with_table(case, number, msgspec.structs.replace(table, rows=(*table.rows, again)))
        )
        yield from _hidden(case, number, index, ref)
        for words in _renamed(row):
            yield Misprint(Slip.NAME, ref, _with_row(case, number, index, words))
        if row.code:
            code = row.code[:-1] + ("8" if row.code[-1] == "9" else "9")
            recoded = msgspec.structs.replace(row, code=code, key=code if row.key == row.code else row.key)
            yield Misprint(Slip.CODE, ref, _with_row(case, number, index, recoded))
    yield from _card_words(case, number, table)


def _hidden(case: Case, number: int, index: int, ref: str) -> Iterator[Misprint]:
    """Yield the case with a figure of the row that hides decimals."""
    cells = case.tables[number].rows[index].cells
    for column, cell in enumerate(cells):
        if cell is not None and cell.figure is not None:
            hiding = msgspec.structs.replace(cell, stored=f"{cell.figure.value:f}04")
            row = msgspec.structs.replace(
                case.tables[number].rows[index], cells=(*cells[:column], hiding, *cells[column + 1 :])
            )
            yield Misprint(Slip.HIDDEN, ref, _with_row(case, number, index, row))
            return


def _renamed(row: Row) -> Iterator[Row]:
    """Yield a row with its name cut short, and with each of the names it is keyed by."""
    if len(row.name) > 1:
        yield msgspec.structs.replace(row, name=row.name[:-1])
    for position, name in enumerate(row.names):
        if len(name) > 1:
            names = (*row.names[:position], name[:-1], *row.names[position + 1 :])
            yield msgspec.structs.replace(row, names=names)


def _card_words(case: Case, number: int, table: Table) -> Iterator[Misprint]:
    for label, cell in table.fields.items():
        for slip, text in ((Slip.FIELD, ""), *_slips_of_text(cell.text)):
            fields = {**table.fields, label: msgspec.structs.replace(cell, text=text)}
            changed = msgspec.structs.replace(table, fields=fields)
            yield Misprint(slip, f"{table.label}[{label}]", _with_table(case, number, changed))
    for index, indicator in enumerate(table.indicators):
        before, after = table.indicators[:index], table.indicators[index + 1 :]
        ref = f"{table.label}[{indicator.name.text if indicator.name else indicator.second}]"
        for others in ((), *((one,) for one in _reworded(indicator))):
            changed = msgspec.structs.replace(table, indicators=(*before, *others, *after))
            yield Misprint(Slip.INDICATOR, ref, _with_table(case, number, changed))


_TURNED = str.maketrans("≥≤＞＜><", "≤≥＜＞<>")


def _reworded(indicator: Indicator) -> Iterator[Indicator]:
    """Yield an indicator with its value blank, turned round, in another unit or out of bounds, or its name cut."""
    value, name = indicator.value, indicator.name
    if value is not None:
        texts = [
            "",
            value.text.translate(_TURNED),
            re.sub("%|％", "元", value.text) if re.search("%|％", value.text) else f"{value.text}%",
            re.sub("[0-9.]+", lambda found: f"{found[0]}00", value.text, count=1),
            re.sub("[0-9.]+", "1", value.text, count=1),
        ]
        for text in dict.fromkeys(text for text in texts if text != value.text):
            yield msgspec.structs.replace(indicator, value=msgspec.structs.replace(value, text=text, figure=None))
    if name is not None and len(name.text) > 1:
        yield msgspec.structs.replace(indicator, name=msgspec.structs.replace(name, text=name.text[:-1]))


def _slips_of_text(text: str) -> Iterator[tuple[Slip, str]]:
    """Yield a text with each of its quantities, and each of its years, changed."""
    for quantity in quantities_in(text):
        spelled = text[quantity.start : quantity.end]
        digits = re.search(r"[0-9０-９]", spelled)
        if digits is not None:
            digit = str((int(digits[0]) + 1) % 10 or 1)
            changed = spelled[: digits.start()] + digit + spelled[digits.end() :]
            yield Slip.QUANTITY, text[: quantity.start] + changed + text[quantity.end :]
    for found in re.finditer(r"(?<![0-9])20[0-9]{2}(?=年)", text):
        yield Slip.YEAR, f"{text[: found.start()]}{int(found[0]) - 2}{text[found.end() :]}"
