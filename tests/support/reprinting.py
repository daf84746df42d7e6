"""Change a digit of a printed figure, print the filing again in a format, and see whether the audit notices."""

from __future__ import annotations

import random
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

from checker import Auditor
from checker.model.audit import FilingAudit
from checker.model.place import LinePlace
from tests.mutate import Mutant, mutants_of
from tests.support.printing import Line, audit_bytes, printed, read_text


class Misprint(NamedTuple):
    """One figure with a wrong digit: how rules point at it, what is printed instead, and the lines that print it."""

    ref: str
    text: str
    lines: Sequence[Line]


def misprints(lines: Sequence[Line], auditor: Auditor, count: int, draw: random.Random) -> list[Misprint]:
    """Draw figures that stand in a relation, and change a digit of each."""
    audit = read_text(list(lines), auditor)
    related = {operand.place for outcome in audit.outcomes if len(outcome.operands) > 1 for operand in outcome.operands}
    operands = [one for table in audit.filing.tables for one in table.figures() if one.place in related]
    return [
        _misprint(mutant, lines) for operand in draw.sample(operands, count) for mutant in mutants_of(operand, draw, 0)
    ]


def _misprint(mutant: Mutant, lines: Sequence[Line]) -> Misprint:
    place = mutant.operand.place
    assert isinstance(place, LinePlace)
    changed = list(lines)
    line = changed[place.line - 1] = deepcopy(changed[place.line - 1])
    cell = line.cells[place.column - 1]
    assert cell.text == mutant.operand.text
    cell.text = mutant.text
    return Misprint(mutant.operand.ref, mutant.text, changed)


class Reprinter:
    """Prints misprinted filings in one format, and audits them."""

    def __init__(self, lines: Sequence[Line], suffix: str, folder: Path, auditor: Auditor) -> None:
        self.suffix, self.folder, self.auditor = suffix, folder, auditor
        original = self._audit(lines)
        self.known = {(finding.id, finding.values) for finding in original.findings}

    def _audit(self, lines: Sequence[Line]) -> FilingAudit:
        if self.suffix == "txt":
            return read_text(list(lines), self.auditor)
        return audit_bytes(printed(list(lines), self.suffix, self.folder), self.auditor)

    def notices(self, misprint: Misprint) -> bool:
        """Say whether a new finding names the figure with its wrong digit, or the cell is told to be unreadable."""
        audit = self._audit(misprint.lines)
        named = any(
            (evidence.ref, evidence.text.replace(",", "")) == (misprint.ref, misprint.text.replace(",", ""))
            for finding in audit.findings
            if (finding.id, finding.values) not in self.known
            for evidence in finding.operands
        )
        return named or any(unread.cell.text == misprint.text for unread in audit.filing.unread)
