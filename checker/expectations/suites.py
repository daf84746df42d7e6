"""Contracts → Expectation Suites of great-expectations."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from checker.expectations.demands import Demand, Kind, Relation, Suite, Within
from checker.expectations.quiet import quiet

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.expectations.expectation import Expectation

MARK: Final = "gouji"
"""Key of an expectation's meta under which its position among the contracts of its suite stands."""
REPEATED: Final = r"#[0-9]+$"
"""What the key of a row ends with when another row of the table has the same name."""


def suite_of(suite: Suite, only: Iterable[int] | None = None) -> ExpectationSuite:
    """Return the Expectation Suite of a suite, or of some of its contracts by their positions."""
    with quiet():
        from great_expectations import ExpectationSuite

        positions = range(len(suite.demands)) if only is None else only
        expectations = [expectation_of(suite.demands[position], position) for position in positions]
        return ExpectationSuite(name=suite.name, expectations=expectations)


def expectation_of(demand: Demand, position: int) -> Expectation:
    """Return the expectation that a contract is, with the rows that it holds for."""
    from great_expectations import expectations

    name, arguments = _MADE[demand.kind](demand)
    if demand.within:
        arguments["row_condition"] = _condition(demand.within)
    made: Expectation = getattr(expectations, name)(**arguments, meta={MARK: position})
    return made


def _condition(within: tuple[Within, ...]) -> Any:
    from great_expectations.expectations.row_conditions import Column

    conditions = [_one_condition(Column(each.column), each) for each in within]
    joined = conditions[0]
    for condition in conditions[1:]:
        joined &= condition
    return joined


def _one_condition(column: Any, within: Within) -> Any:
    if len(within.values) == 1:
        (value,) = within.values
        return column == value if within.relation is Relation.IN else column != value
    return column.is_in(within.values) if within.relation is Relation.IN else column.is_not_in(within.values)


Made = tuple[str, dict[str, Any]]


def _columns(demand: Demand) -> Made:
    return "ExpectTableColumnsToMatchSet", {"column_set": list(demand.columns), "exact_match": False}


def _unique(demand: Demand) -> Made:
    if len(demand.columns) == 1:
        return "ExpectColumnValuesToBeUnique", {"column": demand.columns[0]}
    return "ExpectCompoundColumnsToBeUnique", {"column_list": list(demand.columns)}


def _once(demand: Demand) -> Made:
    return "ExpectColumnValuesToNotMatchRegex", {"column": demand.columns[0], "regex": REPEATED}


def _filled(demand: Demand) -> Made:
    return "ExpectColumnValuesToNotBeNull", {"column": demand.columns[0]}


def _pattern(demand: Demand) -> Made:
    return "ExpectColumnValuesToMatchRegex", {"column": demand.columns[0], "regex": demand.pattern}


def _between(demand: Demand) -> Made:
    bounds = {"min_value": demand.low, "max_value": demand.high}
    return "ExpectColumnValuesToBeBetween", {"column": demand.columns[0], **bounds}


def _one_of(demand: Demand) -> Made:
    return "ExpectColumnValuesToBeInSet", {"column": demand.columns[0], "value_set": list(demand.values)}


def _part(demand: Demand) -> Made:
    whole, part = demand.columns
    return "ExpectColumnPairValuesAToBeGreaterThanB", {
        "column_A": whole,
        "column_B": part,
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    }


_MADE: dict[Kind, Callable[[Demand], Made]] = {
    Kind.COLUMNS: _columns,
    Kind.UNIQUE: _unique,
    Kind.ONCE: _once,
    Kind.FILLED: _filled,
    Kind.NUMBER: _pattern,
    Kind.CODE: _pattern,
    Kind.AMOUNT: _between,
    Kind.COUNT: _between,
    Kind.ONE_OF: _one_of,
    Kind.PART: _part,
}
