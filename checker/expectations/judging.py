"""Stacked tables × suites → which contracts do not hold, and in which rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from checker.expectations.demands import Demand, Kind, Relation, Suite, Within
from checker.expectations.quiet import ephemeral_context, quiet
from checker.expectations.suites import MARK, suite_of

if TYPE_CHECKING:
    import pandas
    from great_expectations.core.batch_definition import BatchDefinition


class Judged(NamedTuple):
    """What became of one contract over one stacked table: rows subject to it, rows that break it, or a fault."""

    position: int
    subject: int
    broken: tuple[int, ...] = ()
    fault: str = ""


class Judge:
    """Holds suites over stacked tables with great-expectations, in one context that lives in memory.

    Every contract is asked for its truth alone first; where it does not hold, for the rows as well.

    Raises:
        NotInstalled: when there is no great-expectations.
    """

    def __init__(self) -> None:
        with quiet():
            source = ephemeral_context().data_sources.add_pandas("gouji")
            asset = source.add_dataframe_asset("stacked")
            self._batches: BatchDefinition[Any] = asset.add_batch_definition_whole_dataframe("window")

    def judge(self, suite: Suite, frame: pandas.DataFrame) -> list[Judged]:
        """Return what became of every contract of a suite, in its order; `subject` is 0 where nothing can break it."""
        subjects = _subjects(suite, frame)
        asked = [position for position, subject in enumerate(subjects) if subject]
        if not asked:
            return [Judged(position, 0) for position in range(len(suite.demands))]
        found = {position: Judged(position, subject) for position, subject in enumerate(subjects)}
        with quiet():
            batch = self._batches.get_batch({"dataframe": frame})
            verdicts = batch.validate(suite_of(suite, asked), result_format="BOOLEAN_ONLY")
            failed = sorted(_position(result) for result in verdicts.results if not result.success)
            if failed:
                for result in batch.validate(suite_of(suite, failed), result_format="COMPLETE").results:
                    position = _position(result)
                    fault = _fault(result)
                    rows = tuple(sorted(result.result.get("unexpected_index_list") or ())) if not fault else ()
                    found[position] = Judged(position, subjects[position], rows, fault)
        return list(found.values())


def _position(result: Any) -> int:
    position: int = result.expectation_config.meta[MARK]
    return position


def _fault(result: Any) -> str:
    """Return why an expectation could not be held, nothing where it was."""
    told = result.exception_info or {}
    several = [told] if "raised_exception" in told else list(told.values())
    messages = (str(each.get("exception_message")) for each in several if each.get("raised_exception"))
    return next(messages, "")


def _subjects(suite: Suite, frame: pandas.DataFrame) -> list[int]:
    """Return, for each contract, how many rows could break it."""
    there = {column: frame[column].notna() for column in frame.columns}
    chosen: dict[tuple[Within, ...], Any] = {(): None}
    return [_subject(demand, frame, there, chosen) for demand in suite.demands]


def _subject(demand: Demand, frame: pandas.DataFrame, there: dict[str, Any], chosen: dict[Any, Any]) -> int:
    if demand.within not in chosen:
        chosen[demand.within] = _rows_within(demand.within, frame)
    rows = chosen[demand.within]
    if demand.kind not in {Kind.FILLED, Kind.COLUMNS, Kind.UNIQUE}:
        for column in demand.columns:
            rows = there[column] if rows is None else rows & there[column]
    return len(frame) if rows is None else int(rows.sum())


def _rows_within(within: tuple[Within, ...], frame: pandas.DataFrame) -> Any:
    rows = None
    for each in within:
        mask = frame[each.column].isin(each.values)
        mask = mask if each.relation is Relation.IN else ~mask
        rows = mask if rows is None else rows & mask
    return rows
