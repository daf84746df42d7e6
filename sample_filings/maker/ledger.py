"""Reads the printed figures back off the lines, and judges one equation between them.

This is deliberately small and stands apart from the auditor that the filings are meant to test: it knows nothing
of how a grid is recognised, only what each printed figure is and how far rounding reaches.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from maker.grid import NOTE, ROW, TITLE, Line

Ref = tuple[str, str, str]
"""Form, row, column."""

Severity = Literal["error", "warning", "notice"]

NIL: Final = Decimal(0)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One broken application of a rule: which rule, how sure, and the place in canonical form."""

    rule: str
    severity: Severity
    place: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The figures of a filing by form."""

    rows: dict[str, list[tuple[str, dict[str, str]]]]
    forms: frozenset[str]
    notes: frozenset[str]

    def names(self, form: str) -> list[str]:
        """List the rows of a form as printed, top to bottom."""
        return [row for row, _ in self.rows.get(form, [])]

    def text(self, ref: Ref) -> str | None:
        """Read the printed text of a cell: empty where it is blank, None where the row is not there."""
        form, row, column = ref
        for name, cells in self.rows.get(form, []):
            if name == row and column in cells:
                return cells[column]
        return None

    def value(self, ref: Ref) -> Decimal:
        """Read the amount of a cell; blank and absent are nil."""
        return amount(self.text(ref) or "")

    def has_figures(self, form: str) -> bool:
        """Say whether any figure of the form is printed."""
        return any(text for _, cells in self.rows.get(form, []) for text in cells.values())


def read_ledger(lines: Iterable[Line]) -> Ledger:
    """Collect the figures, titles and notes that the lines print."""
    rows: dict[str, list[tuple[str, dict[str, str]]]] = {}
    forms, notes = set(), set()
    for line in lines:
        if line.kind == TITLE:
            forms.add(line.form)
        if line.kind == NOTE:
            notes.add(line.form)
        if line.kind != ROW and not line.passage:
            continue
        found: dict[str, dict[str, str]] = {}
        for cell in line.cells:
            if cell.row is not None and cell.column is not None:
                found.setdefault(cell.row, {})[cell.column] = cell.text
        rows.setdefault(line.passage or line.form, []).extend(found.items())
    return Ledger(rows, frozenset(forms), frozenset(notes))


def amount(text: str) -> Decimal:
    """Read a printed amount; nothing is nil."""
    return Decimal(text.replace(",", "")) if text else NIL


def place(ref: Ref) -> str:
    """Write a reference the way findings do; the income lane of a two-sided table names the row alone."""
    form, row, column = ref
    inside = ", ".join(part for part in (row, column) if part)
    return f"{form}[{inside}]" if inside else form


def equation(
    ledger: Ledger,
    rule: str,
    left: Sequence[Ref],
    right: Sequence[Ref],
    less: Sequence[Ref] = (),
    severity: Severity = "error",
    at_most: bool = False,
) -> Iterator[Finding]:
    """Judge Σ left = Σ right − Σ less (or ≤); a figure whose row is absent leaves the equation unassessed."""
    refs = [*left, *right, *less]
    texts = [ledger.text(ref) for ref in refs]
    if any(text is None for text in texts):
        return
    verdict = judge([text or "" for text in texts], len(left), len(right), severity, at_most)
    if verdict:
        yield Finding(rule, verdict, place(left[0]))


def judge(texts: Sequence[str], left: int, right: int, severity: Severity, at_most: bool) -> Severity | None:
    """Say how severely printed figures disagree, or None: the first `left` against the next `right` less the rest."""
    values = [amount(text) for text in texts]
    residual = sum(values[:left], NIL) - sum(values[left : left + right], NIL) + sum(values[left + right :], NIL)
    # A printed nil is exact, however few decimals it is printed with.
    printed = [text for text, value in zip(texts, values, strict=True) if value]
    if residual == 0 or (at_most and residual < 0):
        return None
    step = max((Decimal(1).scaleb(-len(text.partition(".")[2])) for text in printed), default=NIL)
    if not at_most and sum(1 for value in values if value) == 2:
        return "notice" if abs(residual) == step else severity
    worst, noise = len(printed) * step / 2, 4 * step * (Decimal(len(printed)) / 12).sqrt()
    return None if abs(residual) <= min(worst, noise) else severity
