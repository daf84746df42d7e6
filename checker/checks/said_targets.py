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
_FOLD = str.maketrans("（），：；", "(),:;", " \u3000\t")


def check(info: RuleInfo, slots: SaidTargets, filing: Filing) -> Iterator[Outcome]:
    """Compare every counted thing of the passages with the indicators that carry its very words as their name."""
    named = {
        words: (table.label, line)
        for table in filing.tables_of(slots.table)
        for line in lines_of(table)
        if len(words := line.name.translate(_FOLD)) >= SHORTEST
    }
    outcomes = [
        _compare(info, label, line, read, paragraph, quantity)
        for passage in filing.passages
        if passage.name in slots.passages
        for paragraph in passage.paragraphs
        for quantity in quantities_in(paragraph.text)
        if quantity.dimension == "count" and quantity.unit
        for words, (label, line) in named.items()
        if paragraph.text[: quantity.start].translate(_FOLD).endswith(words)
        for read in [line.side("年度") or line.side("实施期")]
        if read is not None and read.value.kind is ValueKind.NUMBER and read.value.low is not None
    ]
    yield from outcomes or [Outcome(info, Verdict.NOT_APPLICABLE, reason="文字里没有提到绩效指标的数")]


def _compare(info: RuleInfo, label: str, line: Line, read: Read, paragraph: Paragraph, quantity: Quantity) -> Outcome:
    place = msgspec.structs.replace(paragraph.place, span=(quantity.start, quantity.end))
    about = f"{label}[{line.name}]"
    if _meets(read, quantity):
        return Outcome(info, Verdict.AGREES, about=about, place=place)
    reason = f"文字写“{line.name}{quantity.figure.text}”，{label}的指标值是“{read.value.text}”"
    return Outcome(info, Verdict.DIFFERS, about=about, place=place, reason=reason, excerpt=paragraph.text)


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
