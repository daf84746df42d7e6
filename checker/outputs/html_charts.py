"""One filing → its pictures in HTML: the flow of money, what stands in each table, and year on year.

Every picture has its figures beside it in a table, as they are printed; what is added up or worked out for a picture is
said to be. Shapes and hatching tell apart what colour does.
"""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import msgspec

from checker.contract.flows import UNITS, Breakdown, Part, amounts, balanced, classes, sources, uses
from checker.contract.printed import CellJson, TableJson, Ticked
from checker.contract.shape import AmountJson, FilingJson
from checker.model.rule import Severity
from checker.outputs.html_environment import render
from checker.outputs.sankey import Amount, Drawing, draw
from checker.outputs.words import Words

MOST_DRAWN: Final = 9
"""Bars on one side of the flow; what is less is drawn as one, and listed in the table."""
LONGEST_LABEL: Final = 13


class Line(msgspec.Struct, frozen=True):
    """A table, or the tables of one form, or the narrative: its findings, and what was done with its figures."""

    label: str
    anchor: str
    findings: Counter[str]
    figures: Counter[str]

    @property
    def found(self) -> int:
        """How many findings."""
        return sum(self.findings.values())

    @property
    def printed(self) -> int:
        """How many figures."""
        return sum(self.figures.values())


class Change(msgspec.Struct, frozen=True):
    """An amount of two years as printed, and in this year's unit the change and its rate in per cent.

    `rate` is empty where there was nothing before; `before` and `now` are shares of the largest amount, in per cent.
    """

    name: str
    text_before: str
    text_now: str
    change: str
    rate: str
    before: str
    now: str


def charts_html(filing: FilingJson, words: Words) -> str:
    """Return the section with the pictures of a filing; where there is nothing to draw it says why."""
    income, spent, used = sources(filing), classes(filing), uses(filing)
    lines = by_table(filing, words)
    return render(
        "charts.html.j2",
        words,
        drawing=flow(income, spent, words),
        income=income,
        spent=spent,
        breakdowns=[each for each in (income, spent, used) if each],
        bar=bar,
        cell=lambda item: "c-{}-{}-{}".format(*item.address),
        uneven=bool(income and spent and income.ties and spent.ties),
        lines=lines,
        most=max((line.found for line in lines), default=0),
        changes=changes(filing),
        filing=filing,
        Severity=Severity,
        marks=(Ticked.TICKED, Ticked.FAILED, Ticked.UNCHECKED, Ticked.UNREAD),
    )


def flow(income: Breakdown | None, spent: Breakdown | None, words: Words) -> Drawing | None:
    """Return the flow from sources to classes, where both sides are printed and agree."""
    if income is None or spent is None or not balanced(income, spent):
        return None
    total = Amount(words("html.charts.total"), f"{income.total.text} {income.unit}", income.total.value)
    return draw(_amounts(income, words), total, _amounts(spent, words))


def bar(value: Decimal | int, whole: Decimal | int) -> str:
    """Return the length of a bar in per cent of its cell."""
    return f"{min(max(float(value / whole), 0.0), 1.0) * 100:.1f}" if whole else "0"


def by_table(filing: FilingJson, words: Words) -> tuple[Line, ...]:
    """Return what stands in each form, in the order of the filing, and in the narrative, without what is waived."""
    found: dict[str, Counter[str]] = {}
    for finding in filing.standing:
        form = filing.tables[finding.address[0]].form if finding.address else ""
        found.setdefault(form, Counter())[finding.severity] += 1
    tables: dict[str, list[tuple[int, TableJson]]] = {}
    for number, table in enumerate(filing.tables):
        tables.setdefault(table.form, []).append((number, table))
    lines = []
    for form, members in tables.items():
        counts = Counter[str](cell.mark for _, table in members for cell in table.cells() if _figure(cell))
        label = form if len(members) == 1 else words("html.charts.tables", form=form, count=len(members))
        lines.append(Line(label, f"t-{members[0][0]}", found.get(form, Counter()), counts))
    said = Counter[str](
        number.mark for passage in filing.passages for each in passage.paragraphs for number in each.numbers
    )
    if said or "" in found:
        lines.append(Line(words("html.charts.prose"), "", found.get("", Counter()), said))
    return tuple(line for line in lines if line.found or line.printed)


def _figure(cell: CellJson) -> bool:
    """Whether a cell holds a figure, read or not; a blank that a relation took for zero holds none."""
    return bool(cell.mark) and (cell.value is not None or cell.mark is Ticked.UNREAD)


def changes(filing: FilingJson) -> tuple[Change, ...]:
    """Return both years side by side: totals, sources, classes and uses; nothing when no earlier year is known."""
    if filing.earlier is None:
        return ()
    pairs: dict[tuple[Part, str], list[AmountJson | None]] = {}
    for position, known in enumerate((filing.earlier.amounts, amounts(filing))):
        for amount in known:
            if amount.unit in UNITS and amount.part in set(Part):
                pairs.setdefault((Part(amount.part), amount.name), [None, None])[position] = amount
    # The total of the uses is that of the classes once more.
    kept = {key: pair for key, pair in pairs.items() if key != (Part.USES, "")}
    widest = max((_plain(each) for pair in kept.values() for each in pair), default=Decimal())
    ordered = sorted(kept.items(), key=lambda pair: (list(Part).index(pair[0][0]), bool(pair[0][1])))
    return tuple(_change(key, before, now, widest) for key, (before, now) in ordered)


def _plain(amount: AmountJson | None) -> Decimal:
    """Return an amount in yuan, nothing for none."""
    return Decimal(amount.value) * UNITS[amount.unit] if amount else Decimal()


def _change(key: tuple[Part, str], before: AmountJson | None, now: AmountJson | None, widest: Decimal) -> Change:
    old, new = _plain(before), _plain(now)
    printed = now or before
    unit = UNITS[printed.unit] if printed else Decimal(1)
    rate = ((new - old) * 100 / old).quantize(Decimal("0.01"), ROUND_HALF_UP) if old else None
    return Change(
        name=key[1] or f"*{key[0]}",
        text_before=before.text if before else "",
        text_now=now.text if now else "",
        change=_signed((new - old) / unit),
        rate=f"{_signed(rate)}%" if rate is not None else "",
        before=bar(old, widest),
        now=bar(new, widest),
    )


def _amounts(side: Breakdown, words: Words) -> list[Amount]:
    """Return what to draw of one side, the largest first; the smallest as one amount when there are too many."""
    ordered = sorted(side.items, key=lambda item: (-item.value, item.address))
    shown = ordered if len(ordered) <= MOST_DRAWN else ordered[: MOST_DRAWN - 1]
    amounts = [Amount(_short(item.name), item.text, item.value) for item in shown]
    if rest := ordered[len(shown) :]:
        value = sum((item.value for item in rest), Decimal())
        amounts.append(Amount(words("html.charts.rest", count=len(rest)), f"{value:,f}", value))
    return amounts


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"


def _signed(value: Decimal) -> str:
    return f"{value:+,f}" if value else f"{abs(value):,f}"
