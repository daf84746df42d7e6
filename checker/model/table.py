"""Recognised tables: canonical columns, rows with roles, cells that know whether they hold a number."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from checker.model.claim import COLUMNS
from checker.model.figure import Figure, Unit, is_blank
from checker.model.place import Place
from checker.model.wording import Line, Scope

if TYPE_CHECKING:
    import pandas


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A printed cell: a number, a blank, or a text where a number was due.

    A blank and a printed 0 are different facts; whether a blank counts as zero is the rule's policy. `stored` is the
    exact number that a spreadsheet keeps behind a display that hides some of it, else nothing.
    """

    text: str
    place: Place
    figure: Figure | None = None
    stored: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing is printed."""
        return self.figure is None and is_blank(self.text)

    @property
    def unreadable(self) -> bool:
        """Whether something is printed that is not a number."""
        return self.figure is None and not is_blank(self.text)

    @property
    def nil(self) -> bool:
        """Whether a blank or a zero is printed."""
        return self.figure.minor == 0 if self.figure is not None else not self.text or is_blank(self.text)


class Role(StrEnum):
    """What a row is to the rows around it."""

    DETAIL = "detail"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Row(msgspec.Struct, frozen=True, gc=False):
    """A row under its canonical key.

    `key` is unique in the table; `name` is what the row is called without its code or number; `level` is its level in
    the form's hierarchy (类 款 项, 单位 项目 …); `parent` is the index of the row it adds up into, or -1; `cells` runs
    parallel to the table's columns, None where the row's half of the table has no such column. `printed` is the number
    and name as printed, where `code` and `name` may be the official ones instead.
    """

    key: str
    name: str
    role: Role
    level: str
    cells: tuple[Cell | None, ...]
    place: Place
    code: str = ""
    names: tuple[str, ...] = ()
    parent: int = -1
    printed: tuple[str, str] | tuple[()] = ()


class Indicator(msgspec.Struct, frozen=True, gc=False):
    """One performance indicator of one side (实施期 or 年度) of a target form."""

    side: str
    first: str
    second: str
    name: Cell | None
    value: Cell | None


class Operand(msgspec.Struct, frozen=True, gc=False):
    """A cell of a table with its table, row and column; how rules and findings point at a figure."""

    table: Table
    row: int
    column: int
    cell: Cell

    @property
    def figure(self) -> Figure | None:
        """The number in the cell, if there is one."""
        return self.cell.figure

    @property
    def ref(self) -> str:
        """The semantic address, the same wherever the table is printed: `支出总表[2080501, 基本支出]`.

        A row with one figure only, in a table with more columns (the income half of 收支总表), goes without its column;
        a claim of the prose never does.
        """
        row = self.table.rows[self.row]
        claimed = self.table.columns == COLUMNS
        alone = not claimed and len(row.cells) > 1 and sum(cell is not None for cell in row.cells) == 1
        inside = row.key if alone else f"{row.key}, {self.table.columns[self.column]}"
        return f"{self.table.label}[{inside}]"

    @property
    def text(self) -> str:
        """What is printed."""
        return self.cell.text

    @property
    def place(self) -> Place:
        """Where it is printed."""
        return self.cell.place


class Table(msgspec.Struct, frozen=True, dict=True, eq=False):
    """A recognised table of a filing.

    `qualifiers` are the bracketed words of the title; `lacking` are columns that the layout prints and this table does
    not show; `nil_note` is where the table says that it has no data; `fields` are the labelled texts of a target form;
    `further` are texts that stand behind those in their row (the year's goal beside the period's), with their labels;
    `subject` tells repeated forms apart (the project of a target form). `lost` counts the figures that found no place,
    `strange_rows` and `strange_columns` name those with figures that the form does not know, `unsure` says why its
    levels are a guess: sums over such a table prove nothing when they fail. `garbled` says why its indicators are not
    all there, or not under their names.
    """

    form: str
    title: str
    unit: Unit
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    place: Place
    number: int = 0
    body: str = ""
    subject: str = ""
    qualifiers: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    nil_note: Place | None = None
    fields: dict[str, Cell] = {}
    further: tuple[tuple[str, Cell], ...] = ()
    indicators: tuple[Indicator, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    doubts: tuple[str, ...] = ()
    garbled: str = ""
    lost: int = 0
    strange_rows: tuple[str, ...] = ()
    strange_columns: tuple[str, ...] = ()
    unsure: str = ""

    @property
    def label(self) -> str:
        """The form, and the subject where the form repeats."""
        return f"{self.form}〈{self.subject}〉" if self.subject else self.form

    @cached_property
    def by_key(self) -> dict[str, int]:
        """Row positions by key."""
        return {row.key: index for index, row in enumerate(self.rows)}

    @cached_property
    def positions(self) -> dict[str, int]:
        """Column positions by canonical name."""
        return {column: position for position, column in enumerate(self.columns)}

    @cached_property
    def by_level(self) -> dict[str, list[int]]:
        """Row positions by level of the hierarchy."""
        levels: dict[str, list[int]] = {}
        for index, row in enumerate(self.rows):
            levels.setdefault(row.level, []).append(index)
        return levels

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Positions of the rows that add up into each parent."""
        children: dict[int, list[int]] = {}
        for index, row in enumerate(self.rows):
            if row.parent >= 0:
                children.setdefault(row.parent, []).append(index)
        return children

    @cached_property
    def nil(self) -> bool:
        """Whether the table prints no number but zeros, and nothing that could be one."""
        if self.lost or self.strange_columns:
            return False
        return all(cell.nil for row in self.rows for cell in row.cells if cell is not None)

    @cached_property
    def printed(self) -> frozenset[int]:
        """Positions of the columns in which some row prints more than a blank."""
        printed: set[int] = set()
        waiting = list(range(len(self.columns)))
        for row in self.rows:
            cells = row.cells
            found = [position for position in waiting if (cell := cells[position]) is not None and not cell.blank]
            if found:
                printed.update(found)
                waiting = [position for position in waiting if position not in printed]
                if not waiting:
                    break
        return frozenset(printed)

    def shortfall(self) -> str:
        """Return why sums over this table prove nothing when they fail, or nothing."""
        if self.lost:
            return f"{self.form}有{self.lost}个数字未能归位"
        if self.unsure:
            return self.unsure
        if self.strange_rows:
            return f"{self.form}有表式以外的行“{self.strange_rows[0]}”"
        if self.strange_columns:
            return f"{self.form}有表式以外的栏“{self.strange_columns[0]}”"
        return ""

    def said(self) -> Iterator[Line]:
        """Yield the labelled texts of a target form."""
        for label, cell in (*self.fields.items(), *self.further):
            yield Line(Scope.FIELD, cell.text, cell.place, label, self.label)

    def measured(self) -> Iterator[Line]:
        """Yield the names and values of the indicators of a target form."""
        for indicator in self.indicators:
            for name, cell in (("名称", indicator.name), ("指标值", indicator.value)):
                if cell is not None and cell.text:
                    yield Line(Scope.INDICATOR, cell.text, cell.place, f"{indicator.side}·{name}", self.label)

    def operand(self, row: int, column: int) -> Operand | None:
        """Return the cell at a row and column position, None where the row has no such column."""
        cell = self.rows[row].cells[column]
        return None if cell is None else Operand(self, row, column, cell)

    def figures(self) -> Iterator[Operand]:
        """Yield every numeric cell in reading order."""
        for index, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if cell is not None and cell.figure is not None:
                    yield Operand(self, index, column, cell)

    def unreadable(self) -> Iterator[Operand]:
        """Yield every cell that should hold a number and holds something else."""
        for index, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if cell is not None and cell.unreadable:
                    yield Operand(self, index, column, cell)

    def frame(self) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        """Return the table as two parallel DataFrames: the values, and the addresses they are printed at.

        Both are indexed by row key and carry the columns 名称, 级次, 编码 and then the canonical columns. Values are
        exact `Decimal`s in the table's unit (`object` dtype), None where nothing is printed; addresses are `Place`s.
        """
        import pandas

        index = pandas.Index([row.key for row in self.rows], name=self.label)
        heads = {
            "名称": pandas.Series([row.name for row in self.rows], index=index, dtype="string"),
            "级次": pandas.Series([row.level for row in self.rows], index=index, dtype="string"),
            "编码": pandas.Series([row.code for row in self.rows], index=index, dtype="string"),
        }
        values = dict(heads)
        places = dict(heads)
        for column, name in enumerate(self.columns):
            cells = [row.cells[column] for row in self.rows]
            values[name] = pandas.Series(
                [cell.figure.value if cell and cell.figure else None for cell in cells], index=index, dtype="object"
            )
            places[name] = pandas.Series([cell.place if cell else None for cell in cells], index=index, dtype="object")
        return pandas.DataFrame(values, index=index), pandas.DataFrame(places, index=index)
