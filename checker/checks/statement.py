"""`statement`: what the prose claims agrees with the tables, and with itself."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

import msgspec

from checker.claims import POSITIONS, UNSAID, Claimed, bare_name, claims, item_row, path_of, printed_path
from checker.equations import NO_DIVISOR, Absent, find_column, find_rows, find_table, relate, weigh
from checker.model.claim import Measure
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo, Severity
from checker.model.table import Operand, Row, Table
from checker.ruleset.expression import Comparison
from checker.ruleset.rules import Names, Statement


def check(info: RuleInfo, slots: Statement, filing: Filing) -> Iterator[Outcome]:
    """Apply the relations to every claim that is meant and says what they need."""
    found = False
    for table, index in claims(filing, slots.passages, slots.subjects):
        if not all(_stated(table.rows[index], measure) for measure in slots.needs):
            continue
        outcome = _judge(info, slots, filing, Claimed(filing, table, index))
        if outcome is not None:
            found = True
            yield outcome
    if not found:
        yield Outcome(info, Verdict.NOT_APPLICABLE, reason="文字里没有这样的说法")


def _judge(info: RuleInfo, slots: Statement, filing: Filing, claim: Claimed) -> Outcome | None:
    if slots.direction:
        return _direction(info, slots.direction, claim)
    if slots.parts:
        return _parts(info, slots.parts, claim)
    if slots.items_of:
        return _item(info, slots.items_of, filing, claim)
    if slots.count:
        return _count(info, slots.count, filing, claim)
    if slots.names is not None:
        return _names(info, slots.names, filing, claim)
    outcomes = [_relate(info, slots, filing, claim, relation) for relation in range(len(slots.relations))]
    told = [outcome for outcome in outcomes if outcome is not None]
    return min(told, key=lambda outcome: _ORDER[outcome.verdict], default=None)


_ORDER = {
    Verdict.AGREES: 0, Verdict.NIL: 1, Verdict.ROUNDING: 2, Verdict.UNASSESSED: 3, Verdict.DIFFERS: 4,
    Verdict.NOT_APPLICABLE: 5, Verdict.FAULT: 6,
}  # fmt: skip
"""Of several relations the one that holds counts; one that could not be assessed before one that does not hold."""


def _relate(info: RuleInfo, slots: Statement, filing: Filing, claim: Claimed, number: int) -> Outcome | None:
    """Apply one relation to a claim; nothing when the claim does not say what the relation needs."""
    relation = slots.relations[number]
    if any(claim(reference) is UNSAID for reference in relation.references()):
        return None
    outcome = relate(info, filing, relation, said=claim)
    if outcome.reason == NO_DIVISOR:
        outcome = msgspec.structs.replace(outcome, verdict=Verdict.NOT_APPLICABLE)
    if outcome.verdict is Verdict.DIFFERS and slots.whole:
        for amount in _wholes(claim):
            other = relate(info, filing, relation, said=Claimed(filing, claim.table, claim.index, amount))
            if other.verdict in {Verdict.AGREES, Verdict.ROUNDING}:
                outcome = other
    if outcome.verdict is Verdict.DIFFERS and _last_digit(outcome):
        outcome = msgspec.structs.replace(outcome, severity=Severity.NOTICE)
    about = claim.row.key if not outcome.operands else ""
    return msgspec.structs.replace(outcome, about=about)


FINE = -4
"""Power of ten up to which a rate off by its last digit is a matter of style: 0.01 %, but not 30 % for 29.15 %."""


def _last_digit(outcome: Outcome) -> bool:
    """Say whether a printed rate is off by no more than its last digit: cut off instead of rounded."""
    figure = outcome.operands[0].figure
    if figure is None or figure.unit.dimension != "share" or outcome.relation != "=" or figure.exponent > FINE:
        return False
    step: int = 10 ** (figure.exponent - outcome.exponent)
    return 10 * abs(outcome.residual) <= outcome.tolerance + 10 * step


def _wholes(claim: Claimed) -> Iterator[Operand]:
    """Yield the amounts that a change may be of, beside the claim's own: those of what it is a part of."""
    parent = claim.row.parent
    while parent >= 0:
        operand = claim.table.operand(parent, POSITIONS[Measure.AMOUNT])
        if operand is not None:
            yield operand
        parent = claim.table.rows[parent].parent


def _direction(info: RuleInfo, measures: tuple[str, ...], claim: Claimed) -> Outcome | None:
    """Compare two measures with what the words say of them: above, level, below."""
    word = claim.measure(Measure.COMPARISON)
    one, other = (claim.measure(name) for name in measures)
    if word is None or one is None or other is None:
        return None
    if word.figure is None or one.figure is None or other.figure is None:
        return None
    finest = min(one.figure.exponent, other.figure.exponent)
    difference = one.figure.restated(finest).minor - other.figure.restated(finest).minor
    sign = (difference > 0) - (difference < 0)
    operands, signs = (word, one, other), (1, 1, -1)
    roughly = "基本" in word.text and 100 * abs(difference) <= ROUGHLY * abs(other.figure.restated(finest).minor)
    if sign == word.figure.minor or roughly:
        return Outcome(info, Verdict.AGREES, operands, signs)
    severity = Severity.WARNING if "基本" in word.text else None
    reason = f"{measures[0]} {one.text}{_WORDS[sign]}{measures[1]} {other.text}，文字却说“{word.text}”"
    return Outcome(info, Verdict.DIFFERS, operands, signs, severity=severity, reason=reason)


ROUGHLY = 5
"""Percent by which two amounts may differ that are 基本持平; what is more is a question, no error."""
_WORDS = {1: "大于", 0: "等于", -1: "小于"}


def _parts(info: RuleInfo, measure: str, claim: Claimed) -> Outcome | None:
    """Compare a measure with the sum of those of the parts; a list without 其他 may leave some out."""
    whole = claim.measure(measure)
    position = POSITIONS[measure]
    rows = [n for n, row in enumerate(claim.table.rows) if row.parent == claim.index]
    parts = [operand for n in rows if (operand := claim.table.operand(n, position)) is not None]
    if whole is None or not parts:
        return None
    closed = any("其他" in claim.table.rows[operand.row].name for operand in parts)
    comparison = Comparison.EQUAL if closed else Comparison.AT_LEAST
    return weigh(info, (whole, *parts), (1, *[-1] * len(parts)), comparison)


def _count(info: RuleInfo, form: str, filing: Filing, claim: Claimed) -> Outcome | None:
    """Compare a count with the number of forms that the filing prints."""
    count = claim.measure(Measure.COUNT)
    if count is None or count.figure is None:
        return None
    printed = len(filing.by_form.get(form, ()))
    if not printed:
        return Outcome(info, Verdict.NOT_APPLICABLE, (count,), (1,), reason=f"文件里没有{form}")
    if not filing.legible:
        return Outcome(info, Verdict.UNASSESSED, (count,), (1,), reason="文件里有没读懂的部分，无法数清")
    if printed == count.figure.minor:
        return Outcome(info, Verdict.AGREES, (count,), (1,))
    reason = f"文字说{count.text}，本文件里有{printed}张{form}"
    return Outcome(info, Verdict.DIFFERS, (count,), (1,), reason=reason)


def _item(info: RuleInfo, forms: tuple[str, ...], filing: Filing, claim: Claimed) -> Outcome | None:
    """Look for an item by its whole path in the tables that list items; say where else its name stands."""
    amount = claim.measure(Measure.AMOUNT)
    if len(claim.row.names) < 3 or amount is None:
        return None
    looked_for = [find_table(filing, form) for form in forms]
    tables = [table for table in looked_for if isinstance(table, Table)]
    if not tables:
        return None
    found = {table.form: item_row(table, claim.row.names) for table in tables}
    wanted = [bare_name(name) for name in claim.row.names]
    if any(
        row is not None and path_of(table, row) == wanted for table in tables if (row := found[table.form]) is not None
    ):
        return Outcome(info, Verdict.AGREES, (amount,), (1,))
    unread = [
        absent.reason for absent in looked_for if isinstance(absent, Absent) and absent.verdict is Verdict.UNASSESSED
    ]
    if short := next((reason for table in tables if (reason := table.shortfall())), next(iter(unread), "")):
        return Outcome(info, Verdict.UNASSESSED, (amount,), (1,), reason=short)
    other = next((printed_path(table, row) for table in tables if (row := found[table.form]) is not None), "")
    tail = f"，表中相近的是“{other}”" if other else ""
    reason = f"{'、'.join(table.form for table in tables)}里没有这个科目{tail}"
    return Outcome(info, Verdict.DIFFERS, (amount,), (1,), reason=reason)


def _names(info: RuleInfo, names: Names, filing: Filing, claim: Claimed) -> Outcome | None:
    """Compare the names that a passage lists with the rows of a table that hold a figure."""
    listed = claim.measure(Measure.NAMES)
    if listed is None:
        return None
    table = find_table(filing, names.table)
    if isinstance(table, Absent):
        return table.outcome(info, claim.row.key)
    column = find_column(filing, table, names.column)
    if isinstance(column, Absent):
        return column.outcome(info, claim.row.key)
    filled = _filled(table, column, {row for name in names.below for row in find_rows(table, name)})
    anywhere = filled | _filled(table, column, range(len(table.rows)))
    said = listed.text.removesuffix("等")
    spoken = {_plain(name): name for name in re.split("[、,，]", said) if name.strip()} if said != "无" else {}
    surplus = [name for word, name in spoken.items() if not _named(word, anywhere)]
    complete = said == listed.text
    missing = sorted(name for name in filled if complete and not _named(name, set(spoken)))
    if not surplus and not missing:
        return Outcome(info, Verdict.AGREES, (listed,), (1,))
    parts = [f"列举了“{'、'.join(surplus)}”，{table.form}里没有数字"] if surplus else []
    parts += [f"没有列举{table.form}里有数字的“{'、'.join(missing)}”"] if missing else []
    severity, reason = None if surplus else Severity.NOTICE, "；".join(parts)
    return Outcome(info, Verdict.DIFFERS, (listed,), (1,), severity=severity, reason=reason, excerpt=listed.text)


def _filled(table: Table, column: int, above: Container[int]) -> set[str]:
    """Return the names of the rows below some others that hold a figure."""
    names: set[str] = set()
    for index, row in enumerate(table.rows):
        operand = table.operand(index, column) if row.parent in above else None
        if operand is not None and not operand.cell.nil:
            names.add(_plain(row.names[0] if row.names and row.names[0] else row.name))
    return names


def _named(word: str, words: set[str]) -> bool:
    """Say whether a name is among others, as it stands, with its last words left out (……缴费), or without 其他."""
    return word in words or any(
        len(other) > 2
        and len(word) > 2
        and (word.startswith(other) or other.startswith(word) or other == f"其他{word}")
        for other in words
    )


def _plain(name: str) -> str:
    plain = re.sub(r"[（(][^（）()]*[）)]|[\s等。]", "", name).replace("其它", "其他")
    return plain.removesuffix("支出").removesuffix("费用")


def _stated(row: Row, measure: str) -> bool:
    """Say whether a claim states a measure, other than zero."""
    cell = row.cells[POSITIONS[measure]]
    return cell is not None and not (cell.figure is not None and cell.figure.minor == 0)
