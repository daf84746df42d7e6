"""`python -m benchmarks.contracts AUDIT.json [COPIES]`: what contracts on the reading cost, and what without.

The same demands are held over the same stacked tables three times in one run: by great-expectations asked for the truth
alone (BOOLEAN_ONLY), asked for everything (COMPLETE), and by pandas without it. All three must find the same.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pandas

from checker.contract.read import read_audit
from checker.contract.shape import FilingJson
from checker.expectations.contracts import WINDOW, Contracts
from checker.expectations.demands import Demand, Kind, Relation, Suite
from checker.expectations.derive import suites
from checker.expectations.frames import Stacks
from checker.expectations.quiet import ephemeral_context, quiet
from checker.expectations.suites import MARK, REPEATED, suite_of
from checker.forms.load import load_vocabulary
from checker.forms.vocabulary import Vocabulary
from checker.resources import rules_folder

Broken = set[tuple[str, int]]


def plain(demand: Demand, frame: pandas.DataFrame) -> bool:
    """Say whether a contract holds, in pandas alone."""
    for each in demand.within:
        mask = frame[each.column].isin(each.values)
        frame = frame[mask if each.relation is Relation.IN else ~mask]
    return _HELD[demand.kind](demand, frame)


def _text(demand: Demand, frame: pandas.DataFrame) -> Any:
    return frame[demand.columns[0]].dropna().astype(str).str


def _between(demand: Demand, frame: pandas.DataFrame) -> bool:
    low, high = demand.low or 0, demand.high or 0
    return bool(frame[demand.columns[0]].dropna().between(low, high).all())


def _part(demand: Demand, frame: pandas.DataFrame) -> bool:
    pair = frame[list(demand.columns)].dropna()
    return bool((pair.iloc[:, 0] >= pair.iloc[:, 1]).all())


_HELD: Final[dict[Kind, Callable[[Demand, pandas.DataFrame], bool]]] = {
    Kind.COLUMNS: lambda demand, frame: set(demand.columns) <= set(frame.columns),
    Kind.UNIQUE: lambda demand, frame: not frame.duplicated(list(demand.columns)).any(),
    Kind.ONCE: lambda demand, frame: not _text(demand, frame).contains(REPEATED).any(),
    Kind.FILLED: lambda demand, frame: bool(frame[demand.columns[0]].notna().all()),
    Kind.NUMBER: lambda demand, frame: bool(_text(demand, frame).contains(demand.pattern).all()),
    Kind.CODE: lambda demand, frame: bool(_text(demand, frame).contains(demand.pattern).all()),
    Kind.AMOUNT: _between,
    Kind.COUNT: _between,
    Kind.ONE_OF: lambda demand, frame: bool(frame[demand.columns[0]].dropna().isin(demand.values).all()),
    Kind.PART: _part,
}


def with_pandas(suite: Suite, frame: pandas.DataFrame) -> Broken:
    """Hold a suite in pandas alone."""
    return {(suite.name, number) for number, each in enumerate(suite.demands) if not plain(each, frame)}


def with_package(result_format: str) -> Callable[[Suite, pandas.DataFrame], Broken]:
    """Return what holds a suite with great-expectations in one of its result formats."""
    with quiet():
        asset = ephemeral_context().data_sources.add_pandas(result_format).add_dataframe_asset("stacked")
        batches: Any = asset.add_batch_definition_whole_dataframe("all")

    def hold(suite: Suite, frame: pandas.DataFrame) -> Broken:
        with quiet():
            batch = batches.get_batch({"dataframe": frame})
            results = batch.validate(suite_of(suite), result_format=result_format).results
        return {(suite.name, result.expectation_config.meta[MARK]) for result in results if not result.success}

    return hold


def timed(
    hold: Callable[[Suite, pandas.DataFrame], Broken], frames: dict[str, tuple[Suite, pandas.DataFrame]]
) -> Broken:
    """Hold every suite that has rows, and print the CPU time."""
    started = time.process_time()
    broken: Broken = set()
    for suite, frame in frames.values():
        broken |= hold(suite, frame)
    print(f"    {time.process_time() - started:7.2f} s")
    return broken


def memory() -> int:
    """Return the most memory this process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def copies(filings: tuple[FilingJson, ...], count: int) -> list[FilingJson]:
    """Return filings as often as asked for, each under a path of its own."""
    return [
        msgspec.structs.replace(filing, path=f"{number}/{filing.path}") for number in range(count) for filing in filings
    ]


def compare(filings: list[FilingJson], vocabulary: Vocabulary) -> None:
    """Print what one window costs in each way."""
    stacks = Stacks(suites(vocabulary), vocabulary.forms)
    started = time.process_time()
    for filing in filings:
        stacks.add(filing)
    frames = {name: (stack.suite, stack.frame()) for name, stack in stacks.by_suite.items() if len(stack)}
    print(f"{len(filings)} filings, {stacks.rows} rows; stacking {time.process_time() - started:.2f} s")
    demands = sum(len(suite.demands) for suite, _ in frames.values())
    print(f"  {demands} demands held by pandas alone")
    ours = timed(with_pandas, frames)
    for result_format in ("BOOLEAN_ONLY", "COMPLETE"):
        print(f"  … by great-expectations, {result_format}")
        if timed(with_package(result_format), frames) != ours:
            raise SystemExit("they do not find the same")


def main() -> None:
    """Measure the import, one window in three ways, and a whole run."""
    path, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    vocabulary = load_vocabulary([rules_folder()], "benchmark")
    read = read_audit(path).filings
    before, started = memory(), time.process_time()
    contracts = Contracts(vocabulary)
    print(f"import and context: {time.process_time() - started:.2f} s, +{memory() - before} MB")
    filings = copies(read, count)
    compare(filings[:WINDOW], vocabulary)
    started = time.process_time()
    for filing in filings:
        contracts.add(filing)
    found = contracts.finish()
    spent = time.process_time() - started
    each = spent / len(filings) * 1000
    print(f"whole run: {len(filings)} filings, {spent:.1f} s, {each:.1f} ms a filing, {memory()} MB")
    print(f"{found.checked} contracts checked, {len(found.broken)} broken")


if __name__ == "__main__":
    main()
