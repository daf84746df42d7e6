"""The narrative as the contract writes it: paragraphs with their numbers, tied, mismatched, or untouched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple

from checker.contract.place import at
from checker.contract.printed import NumberJson, ParagraphJson, PassageJson, Ticked
from checker.model.audit import FilingAudit
from checker.model.document import Paragraph
from checker.model.filing import Passage
from checker.model.outcome import Outcome, Verdict
from checker.model.place import Place
from checker.model.rule import Kind
from checker.prose.quantities import Quantity, quantities_in

Order = tuple[str, int, int]
"""Where a paragraph comes in reading order."""
Span = tuple[int, ...]
"""Characters of a paragraph: from, up to."""
SHORTEST_IDENTIFIER: Final = 8
"""Digits from which on a number without a unit is taken for the name of something."""
_MARKS: Final = {
    Verdict.AGREES: Ticked.TICKED,
    Verdict.ROUNDING: Ticked.TICKED,
    Verdict.DIFFERS: Ticked.FAILED,
}


def passages_of(audit: FilingAudit, rules: Mapping[str, int]) -> tuple[PassageJson, ...]:
    """Return all that the filing says in sentences, in reading order; `rules` gives the position of each rule."""
    spoken = _Spoken(audit, rules)
    filing = audit.filing
    told = [(passage.place, spoken.passage(passage)) for passage in filing.passages]
    for _, lines in groupby(filing.loose, key=lambda line: _before(line.place, filing.passages)):
        said = tuple(lines)
        told.append((said[0].place, PassageJson("", "", "", at(said[0].place), tuple(map(spoken.paragraph, said)))))
    return tuple(passage for _, passage in sorted(told, key=lambda pair: pair[0].order))


def _before(place: Place, passages: tuple[Passage, ...]) -> int:
    """Return how many passages begin before a place: loose lines between the same two are shown together."""
    return sum(passage.place.order < place.order for passage in passages)


class _Spoken:
    """What became of each number of the narrative."""

    def __init__(self, audit: FilingAudit, rules: Mapping[str, int]) -> None:
        self._claims: dict[Order, dict[Span, str]] = {}
        self._touched: dict[Order, list[_Touch]] = {}
        for table in audit.filing.statements:
            for row, claim in enumerate(table.rows):
                for column, cell in enumerate(claim.cells):
                    operand = table.operand(row, column)
                    if operand is not None and cell is not None and cell.figure is not None and cell.place.span:
                        self._claims.setdefault(cell.place.order, {}).setdefault(cell.place.span, operand.ref)
        for outcome in audit.outcomes:
            if outcome.verdict in _MARKS:
                self._touch(outcome, rules[outcome.rule.id])

    def _touch(self, outcome: Outcome, rule: int) -> None:
        places = [operand.place for operand in outcome.operands]
        if outcome.place is not None:
            places.append(outcome.place)
        words = outcome.rule.kind is Kind.TEXT
        for place in places:
            if place.span:
                touch = _Touch(place.span, _MARKS[outcome.verdict], rule, words)
                self._touched.setdefault(place.order, []).append(touch)

    def passage(self, passage: Passage) -> PassageJson:
        """Return a passage with its paragraphs."""
        paragraphs = tuple(self.paragraph(paragraph) for paragraph in passage.paragraphs)
        return PassageJson(passage.name, passage.section, passage.heading, at(passage.place), paragraphs)

    def paragraph(self, paragraph: Paragraph) -> ParagraphJson:
        """Return a paragraph with its numbers, and with the words that a finding is about."""
        return ParagraphJson(paragraph.text, at(paragraph.place), tuple(self._numbers(paragraph)))

    def _numbers(self, paragraph: Paragraph) -> Iterator[NumberJson]:
        order = paragraph.place.order
        claims = self._claims.get(order, {})
        touched = self._touched.get(order, [])
        spans = [span for span in claims if any(map(str.isdigit, paragraph.text[slice(*span)]))]
        spans += [(each.start, each.end) for each in quantities_in(paragraph.text) if not _is_identifier(each)]
        spans += [touch.span for touch in touched if touch.mark is Ticked.FAILED]
        for span in _apart(spans):
            about = [touch for touch in touched if touch.is_about(span)]
            marks = {touch.mark for touch in about}
            mark = Ticked.FAILED if Ticked.FAILED in marks else Ticked.TICKED if marks else Ticked.UNCHECKED
            yield NumberJson(
                span[0], span[1], mark, tuple(dict.fromkeys(touch.rule for touch in about)), claims.get(span, "")
            )


class _Touch(NamedTuple):
    """Characters that a rule judged; `words` when it judged the wording and not what is counted."""

    span: Span
    mark: Ticked
    rule: int
    words: bool

    def is_about(self, span: Span) -> bool:
        """Say whether these characters were judged: themselves, or the sum or product that they stand in."""
        inside = self.span[0] <= span[0] and span[1] <= self.span[1]
        return self.span == span or (inside and not self.words)


def _is_identifier(quantity: Quantity) -> bool:
    """Say whether a number names something, as a time stamp or an account does, and counts nothing."""
    return not quantity.unit and quantity.end - quantity.start >= SHORTEST_IDENTIFIER


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return spans that do not overlap in their order; of two that do, the one named first."""
    kept: list[Span] = []
    for start, end in spans:
        if start < end and not any(start < other[1] and other[0] < end for other in kept):
            kept.append((start, end))
    return sorted(kept)
