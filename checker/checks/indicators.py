"""`values` of performance indicators: what must hold of each, of its two sides, of all of a form, and of its funds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checker.equations import no_table
from checker.indicators.grammar import read_value
from checker.indicators.lines import PERIOD, YEAR, Line, Read, lines_of
from checker.indicators.values import Comparator, IndicatorValue, ValueKind
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.model.table import Operand, Table
from checker.ruleset.targets import NO_COMPARATOR, Agree, Indicators, Must, Where, Within

_NUMBERS = frozenset({ValueKind.NUMBER, ValueKind.RANGE})
_TIMES = frozenset({"年", "月", "季度", "周", "日", "天"})
_FLOORLESS = frozenset({Comparator.AT_MOST, Comparator.LESS})


def check(info: RuleInfo, slots: Indicators, filing: Filing) -> Iterator[Outcome]:
    """Apply a rule about indicators to every target form that was read well enough to tell its lines apart."""
    tables = list(filing.tables_of(slots.table))
    if not tables:
        yield no_table(filing, slots.table).outcome(info, slots.table)
    for table in tables:
        if table.garbled:
            yield Outcome(info, Verdict.UNASSESSED, reason=f"{table.label}：{table.garbled}", about=table.label)
        elif slots.complete:
            yield from _check_complete(info, slots, table)
        elif slots.within is Within.PRODUCT:
            yield from _check_products(info, slots, table)
        elif slots.within is not None:
            yield from _check_within(info, slots, table)
        elif slots.agree is not None:
            yield from _check_agree(info, slots, table)
        elif slots.must is not None:
            yield from _check_must(info, slots, slots.must, table, filing)


def _check_must(info: RuleInfo, slots: Indicators, must: Must, table: Table, filing: Filing) -> Iterator[Outcome]:
    """Judge every indicator that is meant; both sides of one are one finding."""
    label = table.label
    for line, meant in _meant(slots.where, table):
        failing = [read for read in meant if not _holds(must, read.value, read.dimension, filing)]
        if failing:
            side = "" if len(failing) == len(line.reads) else f"{failing[0].indicator.side}·"
            yield _differs(info, f"{label}[{side}{line.key}]", line, failing[0], failing[0].value.reason)
        else:
            yield Outcome(info, Verdict.AGREES, about=f"{label}[{line.key}]")


def _differs(info: RuleInfo, about: str, line: Line, read: Read, reason: str = "") -> Outcome:
    excerpt = f"{line.name} {read.value.text}".strip()
    return Outcome(info, Verdict.DIFFERS, about=about, reason=reason, place=read.place, excerpt=excerpt)


def _meant(where: Where, table: Table) -> Iterator[tuple[Line, list[Read]]]:
    """Yield the indicators that are meant, with those of their sides that are."""
    if where.project and not _is_project(where.project, table):
        return
    for line in lines_of(table):
        if where.second and not any(read.indicator.second in where.second for read in line.reads):
            continue
        if _is_named(where, line.name):
            meant = [read for read in line.reads if _is_meant(where, read)]
            if meant:
                yield line, meant


def _is_named(where: Where, name: str) -> bool:
    if where.unnamed and any(word in name for word in where.unnamed):
        return False
    if where.named and not any(word in name for word in where.named):
        return False
    if where.ends or where.not_ends:
        name = name.rstrip("（）()：:")
        return (not where.ends or name.endswith(where.ends)) and not name.endswith(where.not_ends)
    return True


def _is_meant(where: Where, read: Read) -> bool:
    indicator, value = read.indicator, read.value
    if where.second and indicator.second not in where.second:
        return False
    if where.first and indicator.first not in where.first:
        return False
    if where.side and indicator.side not in where.side:
        return False
    if where.measured and read.dimension not in where.measured:
        return False
    if where.comparator and (value.kind not in _NUMBERS or _sign(value) not in where.comparator):
        return False
    if where.not_worded and any(word in value.text for word in where.not_worded):
        return False
    return not where.at_least or _reaches(value, where.at_least)


def _is_project(words: tuple[str, ...], table: Table) -> bool:
    cell = table.fields.get("项目属性")
    return cell is not None and any(word in cell.text for word in words)


def _sign(value: IndicatorValue) -> str:
    return str(value.comparator) or NO_COMPARATOR


def _reaches(value: IndicatorValue, bound: str) -> bool:
    limit = read_value(bound)
    if value.size is None or limit.size is None or value.dimension != limit.dimension:
        return False
    return value.size >= limit.size


def _holds(must: Must, value: IndicatorValue, dimension: str, filing: Filing) -> bool:
    if must.readable and value.kind is ValueKind.UNREADABLE:
        return False
    if must.valued and value.kind is ValueKind.BLANK:
        return False
    if must.comparator and value.kind in _NUMBERS and _sign(value) not in must.comparator:
        return False
    if must.measured and dimension and dimension not in must.measured:
        return False
    if must.not_measured and dimension in must.not_measured:
        return False
    if must.without and any(word in value.text for word in must.without):
        return False
    if must.this_year and any(year != filing.year for year in value.years):
        return False
    return not (must.at_most or must.at_least) or _is_bounded(must, value)


def _is_bounded(must: Must, value: IndicatorValue) -> bool:
    """Say whether a value lies within the bounds that are in its dimension; a score is a share of 100 points."""
    if value.low is None or value.high is None:
        return True
    low, high = value.low.scaleb(value.unit.exponent), value.high.scaleb(value.unit.exponent)
    if value.dimension == "分值":
        low, high = low.scaleb(-2), high.scaleb(-2)
    for bound, wrong in ((must.at_most, high.__gt__), (must.at_least, low.__lt__)):
        limit = read_value(bound) if bound else None
        if limit is None or limit.size is None:
            continue
        same = value.dimension == limit.dimension or {value.dimension, limit.dimension} == {"分值", "比率"}
        if same and wrong(limit.size):
            return False
    return True


def _check_complete(info: RuleInfo, slots: Indicators, table: Table) -> Iterator[Outcome]:
    """Look for each level among the lines that are filled; of a form without any, each is missing.

    Labels of merged cells are lost here and there: a line that the rule's `where` names by words counts as well.
    """
    lines = lines_of(table)
    named = any(word in line.name for line in lines for word in slots.where.named)
    levels = {name for line in lines for read in line.reads for name in (read.indicator.first, read.indicator.second)}
    for wanted in slots.complete:
        names = wanted.split("|")
        about = f"{table.label}[{names[0]}]"
        if named or not levels.isdisjoint(names):
            yield Outcome(info, Verdict.AGREES, about=about)
            continue
        cells = [(read, read.name) for read in table.indicators if read.name is not None]
        blank = [cell for read, cell in cells if {read.first, read.second} & {*names}]
        place = next((cell.place for cell in (*blank, *(cell for _, cell in cells))), table.place)
        reason = f"没有填{names[0]}指标" if lines else "没有填任何绩效指标"
        yield Outcome(info, Verdict.DIFFERS, about=about, reason=reason, place=place)


def _check_agree(info: RuleInfo, slots: Indicators, table: Table) -> Iterator[Outcome]:
    """Compare the two sides of every indicator that is meant."""
    lines = [line for line, _ in _meant(slots.where, table)]
    sides = {read.indicator.side for line in lines for read in line.reads}
    label = table.label
    for line in lines:
        about = f"{label}[{line.key}]"
        period, year = line.side(PERIOD), line.side(YEAR)
        if period is None or year is None:
            if slots.agree is Agree.BOTH and len(sides) == 2 and line.name:
                read = line.reads[0]
                yield _differs(info, about, line, read, f"只有{read.indicator.side}一侧有这项指标")
            continue
        if slots.agree is Agree.BOTH:
            yield Outcome(info, Verdict.AGREES, about=about)
            continue
        answer = _agrees(slots.agree, period.value, year.value)
        if answer is None:
            continue
        if answer:
            yield Outcome(info, Verdict.AGREES, about=about)
        else:
            both = f"{line.name} 实施期“{period.value.text}”，年度“{year.value.text}”"
            yield Outcome(info, Verdict.DIFFERS, about=about, place=year.place, excerpt=both)


def _agrees(agree: Agree | None, period: IndicatorValue, year: IndicatorValue) -> bool | None:
    """Say whether two sides agree, None where they are not both numbers that can be compared in this."""
    if period.kind not in _NUMBERS or year.kind not in _NUMBERS:
        return None
    one, other = period.unit, year.unit
    if agree is Agree.UNIT:
        return one.key == other.key if one.counted and other.counted else None
    if one.key != other.key or period.size is None or year.size is None:
        return None
    if agree is Agree.COMPARATOR:
        return _direction(period) == _direction(year)
    if agree is Agree.PERIOD:
        summable = period.dimension in {"数量", "金额"} and not one.per
        return year.size <= period.size if summable and not _FLOORLESS & {period.comparator, year.comparator} else None
    return period.size == year.size


def _direction(value: IndicatorValue) -> str:
    """Return the comparator; = and none say the same."""
    return {"=": "", "≈": ""}.get(str(value.comparator), str(value.comparator))


def _funds(table: Table, side: str) -> Operand | None:
    """Return the total of one side, None where it is not printed or not read."""
    row = table.by_key.get(side)
    operand = table.operand(row, 0) if row is not None else None
    return operand if operand is not None and operand.figure is not None else None


def _yuan(operand: Operand) -> Decimal:
    assert operand.figure is not None
    return Decimal(operand.figure.minor).scaleb(operand.figure.exponent)


def _amounts(slots: Indicators, table: Table, side: str) -> list[tuple[Line, Read, Decimal]]:
    """Return the amounts of money of one side that are meant, in 元: those that are for no unit of anything."""
    found = []
    for line, meant in _meant(slots.where, table):
        for read in meant:
            value = read.value
            if read.indicator.side != side or read.dimension != "金额" or value.kind not in _NUMBERS:
                continue
            if value.size is not None and not set(value.unit.per) - {"年"}:
                found.append((line, read, value.size))
    return found


def _check_within(info: RuleInfo, slots: Indicators, table: Table) -> Iterator[Outcome]:
    """Compare amounts, together or each alone, with the funds of their side."""
    for side in (PERIOD, YEAR):
        funds = _funds(table, side)
        amounts = _amounts(slots, table, side)
        if funds is None or not amounts:
            continue
        if slots.within is Within.SUM:
            amounts = _without_whole(amounts, _yuan(funds))
            total = sum((amount for _, _, amount in amounts), Decimal(0))
            named = " + ".join(f"{line.name} {read.value.text}" for line, read, _ in amounts)
            first = min((read for _, read, _ in amounts), key=lambda read: read.place.order)
            yield _compared(info, f"{table.label}[{side}]", funds, total, named, first)
        else:
            for line, read, amount in amounts:
                about = f"{table.label}[{side}·{line.key}]"
                yield _compared(info, about, funds, amount, f"{line.name} {read.value.text}", read)


def _without_whole(amounts: list[tuple[Line, Read, Decimal]], funds: Decimal) -> list[tuple[Line, Read, Decimal]]:
    """Return the amounts without one that is the whole of the others, or of the funds."""
    total = sum((amount for _, _, amount in amounts), Decimal(0))
    whole = next((one for one in amounts if len(amounts) > 1 and one[2] in {funds, total - one[2]}), None)
    return [one for one in amounts if one is not whole]


def _compared(info: RuleInfo, about: str, funds: Operand, amount: Decimal, named: str, read: Read) -> Outcome:
    if amount <= _yuan(funds):
        return Outcome(info, Verdict.AGREES, (funds,), (1,), about=about)
    reason = f"{named}，计 {_money(amount)} 元，超过资金总额 {funds.text} 元"
    return Outcome(
        info, Verdict.DIFFERS, (funds,), (1,), about=about, reason=reason, place=read.place, excerpt=named
    )  # fmt: skip


def _money(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize():f}"


def _check_products(info: RuleInfo, slots: Indicators, table: Table) -> Iterator[Outcome]:
    """Compare unit prices times the quantities of their units with the funds.

    A price for each of something is multiplied only where exactly one quantity of that side counts that thing, and
    where neither states an upper limit; what cannot be multiplied says nothing.
    """
    for side in (PERIOD, YEAR):
        funds = _funds(table, side)
        reads = [(line, read) for line in lines_of(table) if (read := line.side(side)) is not None]
        for line, read in reads if funds is not None else ():
            if read.dimension != "金额" or not _is_meant(slots.where, read) or not _is_named(slots.where, line.name):
                continue
            factors = _factors(read.value, reads)
            if funds is None or not factors or read.value.size is None:
                continue
            product = read.value.size
            for _, other in factors:
                product *= other.value.size or 0
            named = " × ".join(f"{one.name} {part.value.text}" for one, part in ((line, read), *factors))
            yield _compared(info, f"{table.label}[{side}·{line.key}]", funds, product, named, read)


_HEADS = frozenset({"人", "名", "例", "人次", "人份", "人员"})
"""What is counted by the head: 100元/人 is the price of one of 3000例."""


def _one_thing(counted: str, priced: str) -> bool:
    return counted == priced or (counted in _HEADS and priced in _HEADS)


def _factors(price: IndicatorValue, reads: list[tuple[Line, Read]]) -> list[tuple[Line, Read]]:
    """Return the quantity for each thing that a price is for; none where one of them is missing or in doubt."""
    things = set(price.unit.per) - {"年"}
    if price.kind is not ValueKind.NUMBER or price.comparator in _FLOORLESS or not things:
        return []
    factors = []
    for thing in sorted(things):
        counts = [
            (line, read)
            for line, read in reads
            if read.value.kind is ValueKind.NUMBER and _one_thing(read.value.unit.counted, thing)
        ]
        if len(counts) != 1:
            return []
        quantity = counts[0][1].value
        if quantity.comparator in _FLOORLESS or set(quantity.unit.per) - {"年"} or quantity.size is None:
            return []
        factors += counts
    return factors
