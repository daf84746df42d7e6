"""What is printed in a filing, as the contract writes it: tables cell by cell, the narrative number by number."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from checker.contract.place import At


class Ticked(StrEnum):
    """What was done with a printed cell or number.

    Nothing, since it holds no figure · tied · does not agree · touched by no relation · could not be read.
    """

    NONE = ""
    TICKED = "ticked"
    FAILED = "failed"
    UNCHECKED = "unchecked"
    UNREAD = "unread"


class CellJson(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A printed cell: its text, its exact value in the table's unit, what was done with it, by which rules, and where.

    An amount printed with a unit of its own (138,800元 in a table in 万元) is restated in the table's; a share (3.84%)
    in a table of amounts keeps its own. `rules` are positions in the `rules` of the filing; a blank has no value.
    """

    text: str
    value: str | None
    mark: Ticked
    rules: tuple[int, ...]
    at: At


class RowJson(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row under its canonical key; `cells` runs parallel to the columns, null where its half has no such column.

    `role` is detail, subtotal or total; `parent` the position of the row that it adds up into, or -1; `line` the
    printed line, the same for two rows that are printed side by side.
    """

    key: str
    name: str
    role: str
    line: int
    cells: tuple[CellJson | None, ...]
    code: str = ""
    names: tuple[str, ...] = ()
    level: str = ""
    parent: int = -1


class TextJson(msgspec.Struct, frozen=True):
    """A text, and where it is printed."""

    text: str
    at: At


class IndicatorJson(msgspec.Struct, frozen=True):
    """One performance indicator of one side (实施期 or 年度) of a target form; `line` is the printed line."""

    side: str
    first: str
    second: str
    line: int
    name: TextJson | None
    value: TextJson | None


class TableJson(msgspec.Struct, frozen=True):
    """A recognised table; `rows` and `figures` are counts, `body` the rows themselves.

    `fields_printed` gives, for each column, the field of the line in which it is printed (0: unknown); `headers` are
    the header rows as printed.
    """

    form: str
    title: str
    rows: int
    figures: int
    at: At
    unit: str
    subject: str = ""
    nil: bool = False
    lacking: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    fields_printed: tuple[int, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    body: tuple[RowJson, ...] = ()
    nil_note: At | None = None
    fields: dict[str, TextJson] = {}
    indicators: tuple[IndicatorJson, ...] = ()

    @property
    def label(self) -> str:
        """The form, and the subject where the form repeats."""
        return f"{self.form}〈{self.subject}〉" if self.subject else self.form

    def cells(self) -> Iterator[CellJson]:
        """Yield every printed cell in reading order."""
        for row in self.body:
            for cell in row.cells:
                if cell is not None:
                    yield cell


class NumberJson(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A number in a paragraph: its characters (from, up to), what was done with it, by which rules, and as what.

    `ref` is the semantic address of the claim it belongs to, nothing where it belongs to none.
    """

    start: int
    end: int
    mark: Ticked
    rules: tuple[int, ...]
    ref: str = ""


class ParagraphJson(msgspec.Struct, frozen=True):
    """A paragraph of the narrative with the numbers in it, in their order."""

    text: str
    at: At
    numbers: tuple[NumberJson, ...] = ()


class PassageJson(msgspec.Struct, frozen=True):
    """A passage of the narrative under its canonical name; a paragraph outside of all has a passage without name."""

    name: str
    section: str
    heading: str
    at: At
    paragraphs: tuple[ParagraphJson, ...]
