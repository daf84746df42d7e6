"""Numbers of the narrative that name an indicator: they are what its target form says."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.indicators.lines import Line, Read, lines_of
from checker.indicators.values import Comparator, ValueKind
from checker.model.document import Paragraph
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.prose.quantities import Quantity, quantities_in
from checker.ruleset.rules import SaidTargets

SHORTEST = 5
"""Characters below which the words before a number are no name of an indicator, but any words."""
LONGEST = 80
"""Characters before a number in which the name of an indicator is looked for."""
_FOLD = str.maketrans("（），：；", "(),:;", " \u3000\t")


Told = tuple[str, Line]
"""An indicator with the target form that gives it."""


def check(info: RuleInfo, slots: SaidTargets, filing: Filing) -> Iterator[Outcome]:
    """Compare every counted thing of the passages with the indicators that carry its very words as their name."""
    named: dict[str, list[Told]] = {}
    for table in filing.tables_of(slots.table):
        for line in lines_of(table):
            if len(words := line.name.translate(_FOLD)) >= SHORTEST:
                named.setdefault(words, []).append((table.label, line))
    lengths = sorted({len(words) for words in named}, reverse=True)
    outcomes = [
        outcome
        for passage in filing.passages
        if passage.name in slots.passages
        for paragraph in passage.paragraphs
        for quantity in quantities_in(paragraph.text)
        if quantity.dimension == "count" and quantity.unit
        for lead in [paragraph.text[max(0, quantity.start - LONGEST) : quantity.start].translate(_FOLD)]
        for length in lengths
        if length <= len(lead) and lead[-length:] in named
        for outcome in [_compare(info, named[lead[-length:]], paragraph, quantity)]
        if outcome is not None
    ]
    yield from outcomes or [Outcome(info, Verdict.NOT_APPLICABLE, reason="文字里没有提到绩效指标的数")]


def _compare(info: RuleInfo, told: list[Told], paragraph: Paragraph, quantity: Quantity) -> Outcome | None:
    """Say whether a number fits one of the indicators of its name: several projects may have the same."""
    numbers = [(label, line, read) for label, line in told for read in _numbers_of(line)]
    if not numbers:
        return None
    label, line, read = numbers[0]
    place = msgspec.structs.replace(paragraph.place, span=(quantity.start, quantity.end))
    about = f"{label}[{line.name}]"
    if any(_meets(one, quantity) for _, _, one in numbers):
        return Outcome(info, Verdict.AGREES, about=about, place=place)
    reason = f"文字写“{line.name}{quantity.figure.text}”，{label}的指标值是“{read.value.text}”"
    return Outcome(info, Verdict.DIFFERS, about=about, place=place, reason=reason, excerpt=paragraph.text)


def _numbers_of(line: Line) -> Iterator[Read]:
    """Yield what an indicator says of the year, and of the whole period, where both count something.

    What is counted has many names (人, 例), so units need not be the same; but a number of things is no price or share.
    """
    for read in (line.side("年度"), line.side("实施期")):
        if read is None or read.value.kind is not ValueKind.NUMBER or read.value.low is None:
            continue
        if read.value.dimension in {"数量", "无单位"}:
            yield read


def _meets(read: Read, quantity: Quantity) -> bool:
    """Say whether a number is what an indicator asks for: its value, or on the right side of it."""
    said, target = quantity.figure.value, read.value.low
    assert target is not None
    match read.value.comparator:
        case Comparator.AT_LEAST | Comparator.MORE:
            return said >= target
        case Comparator.AT_MOST | Comparator.LESS:
            return said <= target
        case Comparator.ABOUT:
            return True
        case _:
            return said == target
