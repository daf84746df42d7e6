"""Contracts over a batch: filings come one by one, are judged a window at a time, and end as what does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from checker.contract.reading import (
    ContractExampleJson,
    ContractJson,
    ContractShareJson,
    ContractsJson,
    ContractVerdict,
)
from checker.contract.shape import FilingJson
from checker.expectations.demands import CENTS, Demand, Suite
from checker.expectations.derive import suites
from checker.expectations.frames import Source, Stack, Stacks
from checker.expectations.judging import Judge, Judged
from checker.forms.vocabulary import Vocabulary

WINDOW: Final = 500
"""Filings that are judged together at most."""
WINDOW_ROWS: Final = 400_000
"""Rows of tables that are judged together at most, so that memory has a bound whatever filings hold."""
EXAMPLES: Final = 5
"""Examples told of a contract that does not hold, each of another filing where there are as many."""
LEAST_FILINGS: Final = 3
LEAST_PERCENT: Final = 5
"""From so many filings on, and so many of a hundred of one layout and format, it is the reading that is judged."""
LONGEST_TEXT: Final = 120
"""Characters of a text that an example tells."""


class Contracts:
    """Collects the tables of filings, judges them window by window, and tells at the end what does not hold.

    Nothing of a filing is kept but the rows of the window at hand, and five examples of what is broken.
    """

    def __init__(self, vocabulary: Vocabulary, window: int = WINDOW) -> None:
        """Prepare the contracts of all forms.

        Raises:
            NotInstalled: when there is no great-expectations.
        """
        self._forms = vocabulary.forms
        self._suites = suites(vocabulary)
        self._window = window
        self._judge = Judge()
        self._stacks = Stacks(self._suites, self._forms)
        self._tallies = {suite.name: [_Tally() for _ in suite.demands] for suite in self._suites}
        self._printed: dict[str, Counter[Source]] = {suite.name: Counter() for suite in self._suites}
        self._filings = 0
        self._rows = 0

    def add(self, filing: FilingJson) -> None:
        """Take in a filing; a full window is judged at once."""
        self._stacks.add(filing)
        if self._stacks.filings >= self._window or self._stacks.rows >= WINDOW_ROWS:
            self._judge_window()

    def finish(self) -> ContractsJson:
        """Judge what is left, and return every contract that does not hold, the most widespread first."""
        self._judge_window()
        broken = [
            _told(suite, demand, tally, self._printed[suite.name])
            for suite in self._suites
            for demand, tally in zip(suite.demands, self._tallies[suite.name], strict=True)
            if tally.rows or tally.fault
        ]
        tallies = [tally for suite in self._suites for tally in self._tallies[suite.name]]
        checked = sum(tally.subject > 0 for tally in tallies)
        broken.sort(key=lambda each: (_ORDER[each.verdict], -each.filings[0], -each.rows[0]))
        return ContractsJson(self._filings, self._rows, checked, len(tallies) - checked, tuple(broken))

    def _judge_window(self) -> None:
        stacks, self._stacks = self._stacks, Stacks(self._suites, self._forms)
        self._filings += stacks.filings
        self._rows += stacks.rows
        for name, stack in stacks.by_suite.items():
            if len(stack):
                self._printed[name].update(stack.sources.values())
                for judged in self._judge.judge(stack.suite, stack.frame()):
                    demand = stack.suite.demands[judged.position]
                    self._tallies[name][judged.position].add(judged, stack, demand)


def run_contracts(filings: Iterable[FilingJson], vocabulary: Vocabulary) -> ContractsJson:
    """Return what contracts do not hold over filings.

    Raises:
        NotInstalled: when there is no great-expectations.
    """
    contracts = Contracts(vocabulary)
    for filing in filings:
        contracts.add(filing)
    return contracts.finish()


class _Tally:
    """What became of one contract over all windows."""

    def __init__(self) -> None:
        self.subject = 0
        self.rows = 0
        self.filings: Counter[Source] = Counter()
        self.examples: list[ContractExampleJson] = []
        self.fault = ""

    def add(self, judged: Judged, stack: Stack, demand: Demand) -> None:
        """Count what became of the contract in one window."""
        self.subject += judged.subject
        self.rows += len(judged.broken)
        self.fault = self.fault or judged.fault
        filings = stack.columns["filing"]
        firsts = {str(filings[row]): row for row in reversed(judged.broken)}
        self.filings.update(stack.sources[filing] for filing in firsts)
        wanted = dict.fromkeys([*sorted(firsts.values()), *judged.broken])
        for row in list(wanted)[: EXAMPLES - len(self.examples)]:
            self.examples.append(_example(row, stack, demand))


def _example(row: int, stack: Stack, demand: Demand) -> ContractExampleJson:
    columns = stack.columns
    said = [columns[column.removesuffix(CENTS)][row] for column in demand.columns]
    text = " · ".join("" if value is None else str(value) for value in said)
    key = next((str(columns[name][row] or "") for name in ("key", "form", "side") if name in columns), "")
    return ContractExampleJson(
        path=str(columns["filing"][row]),
        filer=str(columns["filer"][row] or ""),
        key=key,
        text=text[:LONGEST_TEXT],
        at=stack.place(row, demand.columns[-1]),
    )


_ORDER: Final = {
    ContractVerdict.FAULT: 0,
    ContractVerdict.READING: 1,
    ContractVerdict.SCATTERED: 2,
    ContractVerdict.FILING: 3,
}


def _told(suite: Suite, demand: Demand, tally: _Tally, printed: Counter[Source]) -> ContractJson:
    shares = [
        ContractShareJson(source.layout, source.format, (count, printed[source]))
        for source, count in tally.filings.items()
    ]
    shares.sort(key=lambda share: (-share.filings[0], share.layout, share.format))
    return ContractJson(
        suite=suite.name,
        demand=demand.kind.value,
        columns=demand.columns,
        expected=demand.expected,
        within=tuple((each.column, each.relation.value, each.values) for each in demand.within),
        verdict=_verdict(tally, shares),
        rows=(tally.rows, tally.subject),
        filings=(tally.filings.total(), printed.total()),
        shares=tuple(shares),
        examples=tuple(tally.examples),
        reason=tally.fault,
    )


def _verdict(tally: _Tally, shares: list[ContractShareJson]) -> ContractVerdict:
    if tally.fault:
        return ContractVerdict.FAULT
    if tally.filings.total() == 1:
        return ContractVerdict.FILING
    systematic = (
        share.filings[0] >= LEAST_FILINGS and share.filings[0] * 100 >= share.filings[1] * LEAST_PERCENT
        for share in shares
    )
    return ContractVerdict.READING if any(systematic) else ContractVerdict.SCATTERED
