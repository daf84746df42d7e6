"""The result of an audit: one entry per filing, and what the run as a whole came to."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import cached_property

import msgspec

from checker.model.conclusion import Conclusion, conclude
from checker.model.filing import Filing
from checker.model.finding import Finding
from checker.model.observation import Observation, observe
from checker.model.outcome import Outcome, Verdict
from checker.model.place import Place
from checker.model.rule import Kind, RuleInfo, Severity
from checker.model.table import Operand


class Mark(StrEnum):
    """What was done with one printed figure."""

    TICKED = "ticked"
    FAILED = "failed"
    UNCHECKED = "unchecked"


class Share(msgspec.Struct, frozen=True, array_like=True):
    """So many of so many."""

    part: int
    whole: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left out."""
        return self.part == self.whole


class FilingAudit(msgspec.Struct, frozen=True, dict=True, eq=False):
    """A filing with every outcome of every rule, and the findings among them."""

    filing: Filing
    rules: tuple[RuleInfo, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def counts(self) -> Counter[Verdict]:
        """How many outcomes of each sort."""
        return Counter(outcome.verdict for outcome in self.outcomes)

    @cached_property
    def marks(self) -> dict[tuple[int, int, int], Mark]:
        """What was done with each figure, by table, row and column position.

        Claims of the prose are counted on behind the tables. A figure counts as ticked when at least one relation with
        another non-blank figure holds for it.
        """
        tables = {id(table): number for number, table in enumerate((*self.filing.tables, *self.filing.statements))}
        marks: dict[tuple[int, int, int], Mark] = {}
        assessed = {Verdict.AGREES: Mark.TICKED, Verdict.ROUNDING: Mark.TICKED, Verdict.DIFFERS: Mark.FAILED}
        for outcome in self.outcomes:
            mark = assessed.get(outcome.verdict)
            if mark is None:
                continue
            for operand in outcome.operands:
                key = (tables[id(operand.table)], operand.row, operand.column)
                if marks.get(key) is not Mark.FAILED:
                    marks[key] = mark
        return marks

    @cached_property
    def figure_coverage(self) -> Share:
        """Figures that stand in at least one assessed relation, of all numeric cells of all recognised tables.

        Cells that should hold a number and do not, and cells whose column is unknown, count as figures not ticked.
        """
        ticked = total = 0
        for number, table in enumerate(self.filing.tables):
            for operand in table.figures():
                total += 1
                ticked += (number, operand.row, operand.column) in self.marks
        return Share(ticked, total + len(self.filing.unread))

    @cached_property
    def outcome_coverage(self) -> Share:
        """Assessed outcomes of applicable ones; equations between blanks are left out of both.

        So are sums in running text that can be read in more than one way: that they are sums is itself a guess.
        """
        assessed = sum(self.counts[verdict] for verdict in (Verdict.AGREES, Verdict.ROUNDING, Verdict.DIFFERS))
        unassessed = sum(
            outcome.verdict is Verdict.UNASSESSED and outcome.rule.kind is not Kind.ARITHMETIC
            for outcome in self.outcomes
        )
        return Share(assessed, assessed + unassessed + self.counts[Verdict.FAULT])

    @cached_property
    def unchecked(self) -> tuple[Operand, ...]:
        """Figures other than zero that no assessed relation touches."""
        return tuple(
            operand
            for number, table in enumerate(self.filing.tables)
            for operand in table.figures()
            if (number, operand.row, operand.column) not in self.marks and operand.figure and operand.figure.minor
        )

    @cached_property
    def severities(self) -> Counter[Severity]:
        """How many findings of each severity."""
        return Counter(finding.severity for finding in self.findings)

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """The findings, those of one rule together, in the order in which a reviewer should look at them."""
        return observe(self.findings)

    @cached_property
    def missing_forms(self) -> tuple[str, ...]:
        """Forms that the layout requires and the filing does not show."""
        return tuple(form for form in self.filing.layout.required if form not in self.filing.by_form)

    @cached_property
    def complete(self) -> bool:
        """Whether everything required was found and everything applicable was assessed, and that was something."""
        verified = self.outcome_coverage.complete and self.outcome_coverage.part > 0
        return not self.missing_forms and self.filing.legible and verified

    @cached_property
    def conclusion(self) -> Conclusion:
        """The verdict of the filing."""
        return conclude(self.severities[Severity.ERROR], self.severities[Severity.WARNING], self.complete)


class Unreadable(msgspec.Struct, frozen=True):
    """A file that could not be audited at all: why, and where in it; `bug` when the program itself failed over it."""

    path: str
    reason: str
    sha256: str = ""
    at: Place | None = None
    bug: bool = False


class Run(msgspec.Struct, frozen=True):
    """What produced an audit: program and rule versions, and when (read once, by the command line)."""

    version: str
    rules: str
    started: str = ""
    packs: tuple[str, ...] = ()


class Audit(msgspec.Struct, frozen=True):
    """All filings of one run, in the order of their paths, and the files that could not be read."""

    run: Run
    filings: tuple[FilingAudit, ...]
    unreadable: tuple[Unreadable, ...] = ()
