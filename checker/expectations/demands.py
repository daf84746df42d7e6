"""Contracts as values: what is demanded of the columns of a stacked table, in which of its rows."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec


class Kind(StrEnum):
    """What is demanded."""

    COLUMNS = "columns"
    UNIQUE = "unique"
    ONCE = "once"
    FILLED = "filled"
    NUMBER = "number"
    AMOUNT = "amount"
    COUNT = "count"
    ONE_OF = "one_of"
    CODE = "code"
    PART = "part"


class Relation(StrEnum):
    """How the values of a column are to those that a condition names."""

    IN = "in"
    NOT_IN = "not_in"


class Within(msgspec.Struct, frozen=True):
    """A condition on rows: those whose value in a column is, or is not, one of some."""

    column: str
    relation: Relation
    values: tuple[str, ...]


class Demand(msgspec.Struct, frozen=True):
    """One contract: a kind, the columns it is about, its parameters, and the rows it holds for (all conditions).

    COLUMNS there are · UNIQUE together · ONCE: no row is a repetition of another · FILLED: not null · NUMBER: printed
    as one (`pattern`) · AMOUNT in 分 from `low` to `high` · COUNT from `low` to `high` · ONE_OF `values` · CODE: of the
    form `pattern` · PART: the second column is not more than the first.
    """

    kind: Kind
    columns: tuple[str, ...]
    values: tuple[str, ...] = ()
    pattern: str = ""
    low: int | None = None
    high: int | None = None
    within: tuple[Within, ...] = ()

    @property
    def expected(self) -> tuple[str, ...]:
        """The parameters as text: values, the pattern, or bounds (nothing for a bound that is not set)."""
        if self.values or self.pattern:
            return self.values or (self.pattern,)
        if self.low is None and self.high is None:
            return ()
        return tuple("" if bound is None else str(bound) for bound in (self.low, self.high))


class Column(msgspec.Struct, frozen=True):
    """A column of a stacked table: its name, and whether it holds whole numbers (else text)."""

    name: str
    whole: bool = False


class Suite(msgspec.Struct, frozen=True):
    """The contracts on one stacked table: of a form, of its indicators, of all tables, or of all filings."""

    name: str
    columns: tuple[Column, ...]
    demands: tuple[Demand, ...]


TABLES: Final = "tables"
"""Name of the suite over all tables, a row each."""
FILINGS: Final = "filings"
"""Name of the suite over all filings, a row each."""
INDICATORS: Final = "·indicators"
"""What follows the name of a form in the name of the suite over its performance indicators."""
CENTS: Final = ".fen"
"""What follows the name of a figure column in the name of the column that holds its amounts in 分."""

ORIGIN: Final = (Column("filing"), Column("filer"), Column("year", whole=True), Column("layout"), Column("format"))
"""Where a row comes from; every stacked table begins so. `format` is the ending of the file: pdf, xlsx."""
