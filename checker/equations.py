"""References → cells, and cells → outcomes: the arithmetic that every kind of check shares.

The policy on blanks: a blank in a printed row is zero and carries no rounding; a row that is not printed is missing,
unless its whole table prints nothing, when every figure of it is zero. A total left blank above filled parts is not
zero, and leaves its sum unassessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import msgspec

from checker.model import bands
from checker.model.bands import Band
from checker.model.claim import COLUMNS
from checker.model.figure import Figure, is_blank
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo, Severity
from checker.model.table import Operand, Role, Table
from checker.ruleset.expression import Absolute, Binary, Comparison, Expression, Number, Reference, Relation
from checker.ruleset.names import DETAIL, EACH

ROW_SETS = frozenset({DETAIL, "类", "款", "项", "单位", "项目"})
"""Names that stand for rows of a level: a printed table has some of each that it has at all."""


NO_DIVISOR = "除数为零，或不能与零区分"
"""Why a ratio is not assessed whose divisor may be zero."""


class Absent(msgspec.Struct, frozen=True):
    """Why a table, row or column cannot be used: not applicable here, or not assessable."""

    verdict: Verdict
    reason: str

    def outcome(self, info: RuleInfo, about: str = "") -> Outcome:
        """Return the outcome of a rule that needed what is absent."""
        return Outcome(info, self.verdict, reason=self.reason, about=about)


Said = Callable[[Reference], "list[Operand] | Absent | None"]
"""Answers for references that only the place of a rule's application can resolve; None for all others."""


class Span(msgspec.Struct, frozen=True):
    """A value with the largest error that the rounding of its figures can give it, in base units."""

    value: Fraction
    radius: Fraction


def find_table(filing: Filing, form: str) -> Table | Absent:
    """Return the table of a form, or why there is none to use."""
    tables = filing.by_form.get(form) or [table for table in filing.statements if table.form == form]
    if len(tables) == 1:
        return tables[0]
    if len(tables) > 1:
        return Absent(Verdict.UNASSESSED, f"文件中有{len(tables)}张{form}，无法确定用哪一张")
    return no_table(filing, form)


def no_table(filing: Filing, form: str) -> Absent:
    """Say why a form has no table: the layout does not print it, the file is a fragment, or it is missing."""
    if form not in filing.layout.columns:
        return Absent(Verdict.NOT_APPLICABLE, f"此版式没有{form}，或文字里没有说数")
    if not any(required in filing.by_form for required in filing.layout.required):
        return Absent(Verdict.NOT_APPLICABLE, "文件中没有任何预算报表")
    if form not in filing.layout.required:
        return Absent(Verdict.NOT_APPLICABLE, f"文件中没有{form}")
    return Absent(Verdict.UNASSESSED, f"未找到{form}")


def find_column(filing: Filing, table: Table, column: str) -> int | Absent:
    """Return the position of a column, or why there is none."""
    position = table.positions.get(column)
    if position is not None:
        return position
    if column not in filing.layout.columns.get(table.form, ()):
        return Absent(Verdict.NOT_APPLICABLE, f"此版式的{table.form}没有“{column}”栏")
    return Absent(Verdict.UNASSESSED, f"{table.form}中未识别出“{column}”栏")


def find_rows(table: Table, name: str) -> Sequence[int]:
    """Return the rows that a name stands for: a level, a key, or (without its pair) an economic item."""
    if name == DETAIL:
        return [index for index, row in enumerate(table.rows) if row.role is Role.DETAIL and row.level]
    rows = table.by_level.get(name)
    if rows is not None:
        return rows
    if name in table.by_key:
        return [table.by_key[name]]
    return [index for index, row in enumerate(table.rows) if row.name == name and row.level]


def resolve(filing: Filing, reference: Reference, each: str = "", said: Said | None = None) -> list[Operand] | Absent:
    """Return the cells that a reference names: one, or those of a sum; none when its table prints nothing.

    `said` is asked first for what only the rule's own place can tell: a bare name, a row that it stands for.
    """
    if said is not None and (own := said(reference)) is not None:
        return own
    table = find_table(filing, reference.table)
    if isinstance(table, Absent):
        return [] if reference.optional and reference.table not in filing.layout.columns else table
    rows = find_rows(table, reference.row) if reference.summed else _row(filing, table, reference.row)
    if isinstance(rows, Absent):
        unprinted = reference.optional and rows.verdict is Verdict.NOT_APPLICABLE
        return [] if table.nil or unprinted else rows
    if reference.summed and not rows and reference.row in filing.layout.omitted.get(table.form, ()):
        return Absent(Verdict.NOT_APPLICABLE, f"此版式的{table.form}没有“{reference.row}”级的行")
    if reference.summed and not rows and len(table.rows) > 1 and reference.row in ROW_SETS:
        return Absent(Verdict.UNASSESSED, f"{table.form}没有“{reference.row}”级的行")
    column = each if reference.column == EACH else reference.column
    if not column:
        return _printed(table, reference, [(row, _only_column(table, row)) for row in rows])
    position = find_column(filing, table, column)
    if isinstance(position, Absent):
        unprinted = position.verdict is Verdict.NOT_APPLICABLE
        return [] if (reference.optional if unprinted else table.nil) else position
    if reference.summed and position not in table.printed:
        return []
    return _printed(table, reference, [(row, position) for row in rows])


def _printed(table: Table, reference: Reference, positions: list[tuple[int, int]]) -> list[Operand] | Absent:
    """Return the cells at these positions; a single row whose column was not recognised is no zero."""
    operands = [operand for row, column in positions if (operand := table.operand(row, column)) is not None]
    if operands or reference.summed or (table.nil and table.columns != COLUMNS):
        return operands
    if table.columns == COLUMNS:
        return Absent(Verdict.NOT_APPLICABLE, f"{table.form}里没有说{reference.row}的{reference.column}")
    return Absent(Verdict.UNASSESSED, f"{table.form}的“{reference.row}”行未识别出数字所在的栏")


def _left_out(filing: Filing, reference: Reference, each: str) -> bool:
    """Say whether the layout leaves out what is referred to; else its table holds nothing, and the figure is zero."""
    columns = filing.layout.columns.get(reference.table)
    column = each if reference.column == EACH else reference.column
    if columns is None or reference.row in filing.layout.omitted.get(reference.table, ()):
        return True
    return bool(column) and column not in columns


def _row(filing: Filing, table: Table, key: str) -> Sequence[int] | Absent:
    if key in table.by_key:
        return [table.by_key[key]]
    if key in filing.layout.omitted.get(table.form, ()):
        return Absent(Verdict.NOT_APPLICABLE, f"此版式的{table.form}没有“{key}”行")
    if table.columns == COLUMNS:
        return Absent(Verdict.NOT_APPLICABLE, f"{table.form}里没有说{key}")
    return Absent(Verdict.UNASSESSED, f"{table.form}没有“{key}”行")


def _only_column(table: Table, row: int) -> int:
    cells = table.rows[row].cells
    return next((position for position, cell in enumerate(cells) if cell is not None), 0)


def holds(filing: Filing, relation: Relation) -> bool | Absent:
    """Say whether a condition holds; a difference that rounding or a last digit explains does not break it."""
    outcome = relate(CONDITION, filing, relation)
    if outcome.verdict in {Verdict.NOT_APPLICABLE, Verdict.UNASSESSED}:
        return Absent(outcome.verdict, outcome.reason)
    return outcome.verdict is not Verdict.DIFFERS or outcome.severity is Severity.NOTICE


def relate(info: RuleInfo, filing: Filing, relation: Relation, each: str = "", said: Said | None = None) -> Outcome:
    """Apply an equation between figures of one or several tables; `each` is the column that `*` stands for."""
    about = relation.text if not each else f"{relation.text}（{each}）"
    if relation.terms is None:
        return _relate_spans(info, filing, relation, each, about, said)
    operands: list[Operand] = []
    signs: list[int] = []
    unprinted = 0
    for term in relation.terms:
        cells = resolve(filing, term.reference, each, said)
        if isinstance(cells, Absent):
            return cells.outcome(info, about)
        unprinted += term.reference.optional and not cells and _left_out(filing, term.reference, each)
        operands += cells
        signs += [term.sign] * len(cells)
    if unprinted and len(relation.terms) - unprinted == 1:
        return Absent(Verdict.NOT_APPLICABLE, "此版式不印与之相加的各项").outcome(info, about)
    outcome = weigh(info, operands, signs, relation.comparison, about)
    return unless_short(outcome) if outcome.verdict is Verdict.DIFFERS and relation.adds_up else outcome


def unless_short(outcome: Outcome) -> Outcome:
    """Return the outcome of a sum, unassessed if it differs and a table of it was not wholly understood.

    A row or column that the form does not know, or a figure that found no place, may be what is missing.
    """
    if outcome.verdict is not Verdict.DIFFERS:
        return outcome
    for operand in outcome.operands:
        if reason := operand.table.shortfall():
            return msgspec.structs.replace(outcome, verdict=Verdict.UNASSESSED, severity=None, reason=reason)
    return outcome


def weigh(  # noqa: PLR0912 - one pass over the operands, once per application: the hot path of an audit
    info: RuleInfo,
    operands: Sequence[Operand],
    signs: Sequence[int],
    comparison: Comparison = Comparison.EQUAL,
    about: str = "",
    blank_total_open: bool = False,
    exact: bool = False,
) -> Outcome:
    """Judge a sum of figures with signs that should be zero (or, for an inequality, not on the wrong side of it).

    `blank_total_open` leaves the sum unassessed when the first operand is blank and the others are not; `exact` makes a
    difference that rounding could explain a notice.
    """
    operands, signs = tuple(operands), tuple(signs)
    figures: list[Figure] = []
    residual = exponent = 0
    mixed = False
    for operand, sign in zip(operands, signs, strict=True):
        figure = operand.cell.figure
        if figure is None:
            text = operand.cell.text
            if text and not is_blank(text):
                reason = f"{operand.ref} 印作“{text[:20]}”，无法读出数字"
                return Outcome(info, Verdict.UNASSESSED, operands, signs, about, reason=reason)
        elif figure.minor:
            if not figures:
                exponent = figure.exponent
            elif figure.exponent != exponent:
                mixed = True
            figures.append(figure)
            residual += sign * figure.minor
    if not figures:
        nil = _NIL if comparison is not _UNEQUAL else Verdict.DIFFERS
        return Outcome(info, nil, operands, signs, about, relation=comparison)
    if mixed:
        exponent = min(figure.exponent for figure in figures)
        residual = _in_finest_steps(operands, signs, exponent)
    if not residual and comparison is not _UNEQUAL:
        return Outcome(info, _AGREES, operands, signs, about)
    if blank_total_open and operands[0].cell.figure is None:
        reason = f"{operands[0].ref} 空白，而其明细有数字"
        return Outcome(info, Verdict.UNASSESSED, operands, signs, about, reason=reason)
    scales = [10 ** (figure.exponent - exponent) for figure in figures if not figure.exact]
    steps, squares = sum(scales), sum(scale * scale for scale in scales)
    if comparison is not Comparison.EQUAL:
        band = _judge_side(residual, steps, squares, comparison)
    elif len(figures) == 2 and scales == [1, 1] and _opposed(operands, signs):
        band = bands.judge_identity(residual)
    else:
        band = bands.judge(residual, steps, squares)
    if exact and band is Band.ROUNDING:
        band = Band.TAIL
    return Outcome(
        info,
        _VERDICTS[band],
        operands,
        signs,
        about,
        residual,
        exponent,
        int(bands.limit(steps, squares) * 10) if band is Band.DIFFERS else 0,
        Severity.NOTICE if band is Band.TAIL else None,
        relation=comparison,
    )


def _in_finest_steps(operands: tuple[Operand, ...], signs: tuple[int, ...], finest: int) -> int:
    """Return the residual of figures printed at different precisions, in steps of the finest."""
    return sum(
        sign * figure.minor * 10 ** (figure.exponent - finest)
        for operand, sign in zip(operands, signs, strict=True)
        if (figure := operand.figure) is not None and figure.minor
    )


def _opposed(operands: tuple[Operand, ...], signs: tuple[int, ...]) -> bool:
    """Say whether the two figures that are not zero stand on opposite sides: two printings of one quantity."""
    live = [
        sign
        for operand, sign in zip(operands, signs, strict=True)
        if (figure := operand.figure) is not None and figure.minor
    ]
    return sum(live) == 0


_VERDICTS = {
    Band.AGREES: Verdict.AGREES,
    Band.ROUNDING: Verdict.ROUNDING,
    Band.TAIL: Verdict.DIFFERS,
    Band.DIFFERS: Verdict.DIFFERS,
}


def _judge_side(residual: int, steps: int, squares: int, comparison: Comparison) -> Band:
    if comparison is Comparison.UNEQUAL:
        return Band.AGREES if bands.judge(residual, steps, squares) is Band.DIFFERS else Band.DIFFERS
    excess = residual if comparison is Comparison.AT_MOST else -residual
    return Band.AGREES if excess <= 0 else bands.judge(excess, steps, squares)


def _relate_spans(
    info: RuleInfo, filing: Filing, relation: Relation, each: str, about: str, said: Said | None
) -> Outcome:
    """Apply an equation that multiplies or divides figures, in exact fractions with their largest rounding."""
    operands: list[Operand] = []
    left = _span(relation.left, filing, each, operands, said)
    stated = len(operands)
    right = _span(relation.right, filing, each, operands, said) if not isinstance(left, Absent) else left
    if isinstance(left, Absent) or isinstance(right, Absent):
        absent = left if isinstance(left, Absent) else right
        assert isinstance(absent, Absent)
        return absent.outcome(info, about)
    difference, radius = left.value - right.value, left.radius + right.radius
    exponent = min((figure.exponent for operand in operands if (figure := operand.figure)), default=0) - 2
    signs = (1,) * stated + (-1,) * (len(operands) - stated)
    if not any(operand.figure and operand.figure.minor for operand in operands):
        return Outcome(info, Verdict.NIL, tuple(operands), signs, about)
    wrong = {
        Comparison.EQUAL: abs(difference) > radius,
        Comparison.AT_MOST: difference > radius,
        Comparison.AT_LEAST: -difference > radius,
        Comparison.UNEQUAL: difference == 0,
    }[relation.comparison]
    exact = Verdict.AGREES if relation.comparison is not Comparison.EQUAL or not difference else Verdict.ROUNDING
    step = Fraction(10) ** exponent
    return Outcome(
        info,
        Verdict.DIFFERS if wrong else exact,
        tuple(operands),
        signs,
        about,
        round(difference / step),
        exponent,
        round(radius / step * 10),
        relation=relation.comparison,
    )


def _span(
    expression: Expression, filing: Filing, each: str, operands: list[Operand], said: Said | None = None
) -> Span | Absent:
    match expression:
        case Number(text):
            return Span(Fraction(text), Fraction(0))
        case Absolute(inner):
            span = _span(inner, filing, each, operands, said)
            return span if isinstance(span, Absent) else Span(abs(span.value), span.radius)
        case Reference():
            cells = resolve(filing, expression, each, said)
            if isinstance(cells, Absent):
                return cells
            operands += cells
            unreadable = next((cell for cell in cells if cell.cell.unreadable), None)
            if unreadable is not None:
                return Absent(Verdict.UNASSESSED, f"{unreadable.ref} 无法读出数字")
            figures = [cell.figure for cell in cells if cell.figure is not None]
            value = sum((figure.minor * Fraction(10) ** figure.exponent for figure in figures), Fraction(0))
            steps = (Fraction(10) ** figure.exponent / 2 for figure in figures if not figure.exact)
            return Span(value, sum(steps, Fraction(0)))
        case Binary(operator, one, other):
            left = _span(one, filing, each, operands, said)
            right = _span(other, filing, each, operands, said) if not isinstance(left, Absent) else left
            if isinstance(left, Absent) or isinstance(right, Absent):
                return left if isinstance(left, Absent) else right
            return _combine(operator, left, right)


def _combine(operator: str, left: Span, right: Span) -> Span | Absent:
    if operator == "+":
        return Span(left.value + right.value, left.radius + right.radius)
    if operator == "-":
        return Span(left.value - right.value, left.radius + right.radius)
    corners = [(left.value + a * left.radius, right.value + b * right.radius) for a in (-1, 1) for b in (-1, 1)]
    if operator == "×":
        value, products = left.value * right.value, [one * other for one, other in corners]
    elif abs(right.value) <= right.radius:
        return Absent(Verdict.UNASSESSED, NO_DIVISOR)
    else:
        value, products = left.value / right.value, [one / other for one, other in corners]
    return Span(value, max(abs(product - value) for product in products))


_AGREES, _NIL, _UNEQUAL = Verdict.AGREES, Verdict.NIL, Comparison.UNEQUAL
# Looked up once: Python 3.11 takes as long over a member of an enumeration as over a subtraction.

CONDITION = msgspec.convert(
    {
        "id": "", "name": "", "kind": "balance", "severity": "notice", "basis": {"document": ""},
        "message": "", "advice": "",
    },
    RuleInfo,
)  # fmt: skip
"""Stands in for the rule while its conditions are tried."""
