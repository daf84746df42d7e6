"""`share`: printed percentages are the ratio they claim, and those of all parts add up to 100 %."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from checker.claims import POSITIONS
from checker.equations import Absent, resolve
from checker.model.bands import Band, judge
from checker.model.claim import Measure
from checker.model.figure import Figure
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo, Severity
from checker.model.table import Operand, Table
from checker.ruleset.expression import Reference
from checker.ruleset.rules import Shares

FINE = -4
"""Power of ten up to which a share off by its last digit is a matter of style (authors make them add up to 100 %)."""


def check(info: RuleInfo, slots: Shares, filing: Filing) -> Iterator[Outcome]:
    """Check every printed share of the passages, or the sum of those of every whole."""
    found = False
    for table in filing.statements:
        if slots.passages and table.form not in slots.passages:
            continue
        outcomes = _sums(info, table) if slots.complete else _ratios(info, slots, filing, table)
        for outcome in outcomes:
            found = True
            yield outcome
    if not found:
        yield Outcome(info, Verdict.NOT_APPLICABLE, reason="文字里没有占比")


def _ratios(info: RuleInfo, slots: Shares, filing: Filing, table: Table) -> Iterator[Outcome]:
    for index, row in enumerate(table.rows):
        share, amount = _cell(table, index, Measure.SHARE), _cell(table, index, Measure.AMOUNT)
        if share is None or amount is None or share.figure is None or amount.figure is None:
            continue
        wholes = list(_wholes(slots, filing, table, index))
        told = [outcome for whole in wholes if (outcome := _ratio(info, share, amount, whole)) is not None]
        if told:
            yield min(told, key=lambda outcome: (_ORDER[outcome.verdict], abs(outcome.residual)))
        else:
            reason = f"“{row.name}”的占比没有写明、也看不出是占什么的比重"
            yield Outcome(info, Verdict.UNASSESSED, (share,), (1,), row.key, reason=reason)


_ORDER = {Verdict.AGREES: 0, Verdict.ROUNDING: 1, Verdict.NIL: 2, Verdict.NOT_APPLICABLE: 3, Verdict.DIFFERS: 4}


def _wholes(slots: Shares, filing: Filing, table: Table, index: int) -> Iterator[Operand]:
    """Yield the amounts that a share may be of: of what it names, or of the claim of which it is a part."""
    base = table.rows[index].cells[POSITIONS[Measure.BASE]]
    if base is None:
        parent = table.rows[index].parent
        while parent >= 0:
            if (whole := _cell(table, parent, Measure.AMOUNT)) is not None:
                yield whole
            parent = table.rows[parent].parent
        return
    for other in (table, *filing.statements):
        for number, row in enumerate(other.rows):
            if row.name == base.text and (other, number) != (table, index):
                whole = _cell(other, number, Measure.AMOUNT)
                if whole is not None:
                    yield whole
    relation = slots.bases.get(base.text)
    if relation is not None and isinstance(relation.right, Reference):
        operands = resolve(filing, relation.right)
        if not isinstance(operands, Absent):
            yield from operands


def _ratio(info: RuleInfo, share: Operand, amount: Operand, whole: Operand) -> Outcome | None:
    """Compare a share with a ratio, in exact fractions with the largest error that rounding can give it."""
    part, total, printed = amount.figure, whole.figure, share.figure
    if part is None or total is None or printed is None:
        return None
    operands, signs = (share, amount, whole), (1, -1, -1)
    if total.minor == 0:
        nil = part.minor == 0 and printed.minor == 0
        return Outcome(
            info, Verdict.NIL if nil else Verdict.NOT_APPLICABLE, operands, signs, reason="" if nil else "总数为零"
        )
    value, of = _span(part), _span(total)
    ratio = value[0] / of[0]
    corners = [(value[0] + a * value[1]) / (of[0] + b * of[1]) for a in (-1, 1) for b in (-1, 1)]
    step = Fraction(10) ** printed.exponent
    radius = step / 2 + max(abs(corner - ratio) for corner in corners)
    difference = Fraction(printed.minor) * step - ratio
    exponent = printed.exponent - 2
    finest = Fraction(10) ** exponent
    verdict = Verdict.DIFFERS if abs(difference) > radius else Verdict.AGREES if not difference else Verdict.ROUNDING
    severity = Severity.NOTICE if abs(difference) <= radius + step and printed.exponent <= FINE else None
    return Outcome(
        info, verdict, operands, signs, "", round(difference / finest), exponent, round(radius / finest * 10),
        severity if verdict is Verdict.DIFFERS else None,
    )  # fmt: skip


def _span(figure: Figure) -> tuple[Fraction, Fraction]:
    step = Fraction(10) ** figure.exponent
    return Fraction(figure.minor) * step, Fraction(0) if figure.exact else step / 2


def _sums(info: RuleInfo, table: Table) -> Iterator[Outcome]:
    """Check the shares of every list of parts that is complete: whose amounts add up to the whole."""
    lists: dict[int, list[int]] = {}
    for index, row in enumerate(table.rows):
        if row.parent >= 0 and row.cells[POSITIONS[Measure.BASE]] is None:
            lists.setdefault(row.parent, []).append(index)
    for whole, parts in lists.items():
        shares = [share for part in parts if (share := _cell(table, part, Measure.SHARE)) is not None]
        if len(shares) < 2 or len(shares) < len(parts) or not _adds_up(table, whole, parts):
            continue
        figures = [share.figure for share in shares if share.figure is not None]
        finest = min(figure.exponent for figure in figures)
        total = sum(figure.minor * 10 ** (figure.exponent - finest) for figure in figures)
        if not total:
            continue
        residual = total - 10**-finest
        steps = sum(10 ** (figure.exponent - finest) for figure in figures)
        band = judge(residual, steps, steps * steps)
        signs = (1,) * len(shares)
        verdict = {Band.AGREES: Verdict.AGREES, Band.ROUNDING: Verdict.ROUNDING}.get(band, Verdict.DIFFERS)
        reason = f"{len(shares)}项占比合计 {Decimal(total).scaleb(finest + 2)}%，不是100%"
        yield Outcome(
            info,
            verdict,
            tuple(shares),
            signs,
            table.rows[whole].key,
            reason=reason if verdict is Verdict.DIFFERS else "",
        )


def _adds_up(table: Table, whole: int, parts: list[int]) -> bool:
    """Say whether the amounts of the parts make up the whole, but for rounding."""
    total = _cell(table, whole, Measure.AMOUNT)
    amounts = [_cell(table, part, Measure.AMOUNT) for part in parts]
    if total is None or total.figure is None:
        return False
    values = [_span(amount.figure) for amount in amounts if amount is not None and amount.figure is not None]
    value, radius = _span(total.figure)
    return len(values) == len(parts) and abs(value - sum(one for one, _ in values)) <= radius + sum(
        off for _, off in values
    )


def _cell(table: Table, index: int, measure: Measure) -> Operand | None:
    return table.operand(index, POSITIONS[measure])
