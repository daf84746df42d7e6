"""Change single digits of printed figures and see whether the audit notices: `python -m tests.mutate FILE…`.

Every digit of every numeric cell of every recognised table is changed in turn, to another digit drawn with a fixed
seed, in the text of the file; the whole journey then runs on the changed text. A mutant is *noticed* when the audit
has a finding, not in the audit of the original, that names the changed cell among its operands — or when the changed
cell can no longer be read, and the audit says so. Cells that stand in no relation are listed and counted apart.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from checker import Auditor
from checker.engine import judge
from checker.model.audit import FilingAudit
from checker.model.place import LinePlace
from checker.model.table import Operand
from checker.readers import Limits, Source
from checker.readers.text import read
from checker.recognition import recognise

SEED = 20260101
REQUIRED = 0.98


class Mutant(NamedTuple):
    """One changed digit of one cell."""

    operand: Operand
    digit: int
    text: str


class Tally(NamedTuple):
    """What became of the mutants of one file."""

    noticed: Counter[tuple[str, str]]
    missed: dict[tuple[str, str], list[str]]
    cells: int
    missed_cells: set[str]
    unrelated: list[str]

    @property
    def mutants(self) -> int:
        """How many mutants were made of cells that stand in a relation."""
        return sum(self.noticed.values()) + sum(map(len, self.missed.values()))

    @property
    def rate(self) -> float:
        """Share of the mutants that were noticed."""
        return sum(self.noticed.values()) / self.mutants if self.mutants else 1.0


def mutants_of(operand: Operand, draw: random.Random, per_digit: int) -> Iterator[Mutant]:
    """Yield the cell's text with each digit changed; `per_digit` 0 draws one digit of the cell only."""
    text = operand.text
    digits = [position for position, character in enumerate(text) if character in "0123456789"]
    for position in digits if per_digit else [draw.choice(digits)]:
        others = [digit for digit in "0123456789" if digit != text[position]]
        for other in draw.sample(others, max(1, per_digit)):
            yield Mutant(operand, position, text[:position] + other + text[position + 1 :])


class Mutator:
    """Audits copies of one text file with a digit changed."""

    def __init__(self, auditor: Auditor, path: Path) -> None:
        self.auditor = auditor
        content = path.read_bytes()
        encoding = "gb18030" if b"\xff" not in content and _is_gb(content) else "utf-8-sig"
        self.lines = content.decode(encoding).replace("\r\n", "\n").split("\n")
        self.original = self._audit(self.lines)
        self.known = {(finding.id, finding.values) for finding in self.original.findings}

    def _audit(self, lines: Sequence[str]) -> FilingAudit:
        document = read("\n".join(lines).encode(), Source("copy.txt", "", 0), Limits())
        return judge(recognise(document, self.auditor.vocabulary), self.auditor.ruleset)

    def notices(self, mutant: Mutant) -> bool:
        """Say whether the audit of the changed copy names the changed cell."""
        place = mutant.operand.place
        assert isinstance(place, LinePlace)
        fields = self.lines[place.line - 1].split("\t")
        fields[place.column - 1] = fields[place.column - 1].replace(mutant.operand.text, mutant.text)
        lines = [*self.lines]
        lines[place.line - 1] = "\t".join(fields)
        audit = self._audit(lines)
        named = any(
            evidence.at == place
            for finding in audit.findings
            if (finding.id, finding.values) not in self.known
            for evidence in finding.operands
        )
        return named or any(unread.cell.place == place for unread in audit.filing.unread)

    def run(self, per_digit: int, sample: int, draw: random.Random) -> Tally:
        """Try every cell, or `sample` cells drawn at random."""
        related = {
            operand.place
            for outcome in self.original.outcomes
            if len(outcome.operands) > 1
            for operand in outcome.operands
        }
        operands = [operand for table in self.original.filing.tables for operand in table.figures()]
        unrelated = [operand.ref for operand in operands if operand.place not in related]
        operands = [operand for operand in operands if operand.place in related]
        if sample and sample < len(operands):
            operands = draw.sample(operands, sample)
        noticed: Counter[tuple[str, str]] = Counter()
        missed: dict[tuple[str, str], list[str]] = defaultdict(list)
        missed_cells = set()
        for operand in operands:
            column = (operand.table.form, operand.table.columns[operand.column])
            for mutant in mutants_of(operand, draw, per_digit):
                if self.notices(mutant):
                    noticed[column] += 1
                else:
                    missed[column].append(f"{operand.ref} {operand.text} → {mutant.text}")
                    missed_cells.add(operand.ref)
        return Tally(noticed, dict(missed), len(operands), missed_cells, unrelated)


def _is_gb(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; exit 1 when fewer than 98 % of a file's mutants were noticed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--per-digit", type=int, default=1, help="other digits tried for each digit (0: one per cell)")
    parser.add_argument("--sample", type=int, default=0, help="cells tried (0: all)")
    options = parser.parse_args(arguments)
    auditor = Auditor.load()
    worst = 1.0
    for path in options.files:
        started = time.perf_counter()
        tally = Mutator(auditor, path).run(options.per_digit, options.sample, random.Random(SEED))
        worst = min(worst, tally.rate)
        report(path, tally, time.perf_counter() - started)
    return 0 if worst >= REQUIRED else 1


def report(path: Path, tally: Tally, seconds: float) -> None:
    """Print what became of a file's mutants, by table and column."""
    print(f"{path}: {tally.mutants} mutants of {tally.cells} cells, {tally.rate:.2%} noticed, {seconds:.0f} s")
    for column in sorted({*tally.noticed, *tally.missed}):
        missed = tally.missed.get(column, [])
        total = tally.noticed[column] + len(missed)
        print(f"  {column[0]} · {column[1]}: {tally.noticed[column]}/{total}")
        for line in missed[:10]:
            print(f"      missed {line}")
    print(f"  cells with a missed mutant: {len(tally.missed_cells)} of {tally.cells}")
    print(f"  cells in no relation: {len(tally.unrelated)}", *(f"      {ref}" for ref in tally.unrelated), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
