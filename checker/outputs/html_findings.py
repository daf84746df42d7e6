"""Findings as cards: the worked line, both sides of the relation, and excerpts of the tables they stand in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.groups import Group, groups
from checker.contract.place import At
from checker.contract.rule import RuleJson
from checker.contract.shape import FilingJson
from checker.outputs.html_places import Places
from checker.outputs.html_prose import Quote, Said
from checker.outputs.html_rows import Row, compared_html, rows_html
from checker.outputs.html_tables import PrintedTable, cell_id, excerpt_html
from checker.outputs.names import rule_name
from checker.outputs.places import where
from checker.outputs.words import Words

OPENING_LINES: Final = 5
"""Lines shown of a table that a finding is about as a whole."""
MANY: Final = 500
"""Findings beyond which excerpts show the lines concerned alone, without those around them: the page must open fast."""
MOST_DRAWN: Final = 20
"""Observations with excerpts and a table of their figures where findings are that many; the others are brief."""
MOST_RELATED: Final = 6
"""Related findings that a card links to; the others are counted."""


class Picture(Protocol):
    """A piece of a page of the original as PNG, with its size in pixels and the place that it shows."""

    @property
    def png(self) -> bytes:
        """The content of the file."""

    @property
    def width(self) -> int:
        """Pixels across."""

    @property
    def height(self) -> int:
        """Pixels down."""

    @property
    def at(self) -> At:
        """The figure in the middle of it."""


class Shown(msgspec.Struct, frozen=True):
    """A picture as the page embeds it: its address with the content in it, its size, and what it shows."""

    address: str
    width: int
    height: int
    at: str


class Excerpt(msgspec.Struct, frozen=True):
    """A piece of a table: its title, the anchor of the whole, its unit, and the lines as HTML."""

    title: str
    anchor: str
    unit: str
    rows_html: str


class OperandLine(msgspec.Struct, frozen=True):
    """One operand as a card lists it; `side` is the key of the side that it counts on."""

    ref: str
    text: str
    at: str
    side: str
    anchor: str


class Related(msgspec.Struct, frozen=True):
    """A finding that shares a figure with another: its rule, its place, its anchor."""

    rule: str
    at: str
    anchor: str


class Card(msgspec.Struct, frozen=True):
    """A finding with everything that its card shows; `form` is the table it stands in, `source` leads to the place.

    A brief card has `compared_html`, the figures compared in a line each, instead of operands and excerpts.
    """

    finding: FindingJson
    rule: RuleJson
    anchor: str
    at: str
    source: str
    form: str
    rule_name: str
    operands: tuple[OperandLine, ...]
    excerpts: tuple[Excerpt, ...]
    quotes: tuple[Quote, ...]
    picture: Shown | None
    related: tuple[Related, ...]
    unnamed: int
    compared_html: str = ""


class CardGroup(msgspec.Struct, frozen=True):
    """An observation: the card that speaks for all its findings, and the rows of the others in reading order."""

    rule: RuleJson
    rule_name: str
    severity: str
    first: Card
    count: int
    worked: bool
    rows_html: str


class Cards:
    """Draws the findings of one filing."""

    def __init__(
        self,
        filing: FilingJson,
        places: Places,
        printed: Sequence[PrintedTable],
        said: Said,
        pictures: Mapping[str, Picture],
        words: Words,
    ) -> None:
        self._filing = filing
        self._places = places
        self._printed = printed
        self._said = said
        self._pictures = pictures
        self._words = words
        self.many = len(filing.findings) > MANY
        self._context = 0 if self.many else 1
        self._sharing: dict[object, list[FindingJson]] = {}
        for finding in filing.standing:
            for key in dict.fromkeys(_figures(finding)):
                self._sharing.setdefault(key, []).append(finding)

    def groups(self) -> tuple[CardGroup, ...]:
        """Return the observations over the findings that are not waived, in the order in which to look at them."""
        found = groups(self._filing)
        drawn = MOST_DRAWN if self.many else len(found)
        return tuple(self._group(each, rank >= drawn) for rank, each in enumerate(found))

    def waived(self) -> str:
        """Return the rows of the findings that are waived; nothing where none is."""
        waived = [finding for finding in self._filing.findings if finding.waived is not None]
        return rows_html([self._row(finding) for finding in waived], self._words, waived=True) if waived else ""

    def _group(self, group: Group, brief: bool) -> CardGroup:
        return CardGroup(
            rule=group.rule,
            rule_name=rule_name(group.rule, self._words),
            severity=group.severity,
            first=self._brief(group.first, group.rule) if brief else self._card(group.first, group.rule),
            count=group.count,
            worked=any(finding.expected is not None for finding in group.others),
            rows_html=rows_html([self._row(finding) for finding in group.others], self._words) if group.others else "",
        )

    def _row(self, finding: FindingJson) -> Row:
        places = self._places
        source = places.source(finding) or self._said.anchor(finding.at)
        return Row(finding, places.anchor(finding), places.form(finding), source)

    def _card(self, finding: FindingJson, rule: RuleJson) -> Card:
        words = self._words
        related = list(self._related(finding))
        return msgspec.structs.replace(
            self._head(finding, rule),
            operands=tuple(
                OperandLine(
                    ref=operand.ref,
                    text=operand.text,
                    at=where(operand.at, words),
                    side="stated" if operand.sign > 0 else "derived",
                    anchor=cell_id(operand.address) if operand.address else self._said.anchor(operand.at),
                )
                for operand in finding.operands
            ),
            excerpts=tuple(self._excerpts(finding)),
            related=tuple(related[:MOST_RELATED]),
            unnamed=max(0, len(related) - MOST_RELATED),
        )

    def _brief(self, finding: FindingJson, rule: RuleJson) -> Card:
        """Return a card without excerpts: its figures lead to the whole tables."""
        return msgspec.structs.replace(self._head(finding, rule), compared_html=compared_html(finding, self._words))

    def _head(self, finding: FindingJson, rule: RuleJson) -> Card:
        """Return what every card of a finding has."""
        words = self._words
        return Card(
            finding=finding,
            rule=rule,
            anchor=self._places.anchor(finding),
            at=where(finding.at, words),
            source=self._places.source(finding) or self._said.anchor(finding.at),
            form=self._places.form(finding),
            rule_name=rule_name(rule, words),
            operands=(),
            excerpts=(),
            quotes=self._said.quotes(finding),
            picture=self._picture(finding),
            related=(),
            unnamed=0,
        )

    def _picture(self, finding: FindingJson) -> Shown | None:
        picture = self._pictures.get(finding.id)
        if picture is None:
            return None
        address = f"data:image/png;base64,{b64encode(picture.png).decode()}"
        return Shown(address, picture.width, picture.height, where(picture.at, self._words))

    def _related(self, finding: FindingJson) -> Iterator[Related]:
        """Yield the other findings that a figure of this one takes part in, in reading order."""
        found = {id(other): other for key in _figures(finding) for other in self._sharing.get(key, ())}
        for other in found.values():
            if other is not finding:
                yield Related(other.rule, where(other.at, self._words), self._places.anchor(other))

    def _excerpts(self, finding: FindingJson) -> list[Excerpt]:
        """Return a piece of every table that takes part, the subject's first; of the whole where no cell is named."""
        wanted: dict[int, dict[tuple[int, int], str]] = {}
        for position, operand in enumerate(finding.operands):
            if operand.address:
                number, row, column = operand.address
                wanted.setdefault(number, {}).setdefault((row, column), "op" if position else "subject")
        if wanted:
            return [self._excerpt(number, cells, ()) for number, cells in wanted.items()]
        match finding.address:
            case (number, row, column):
                return [self._excerpt(number, {(row, column): "subject"} if finding.expected else {}, (row,))]
            case (number, row):
                return [self._excerpt(number, {}, (row,))]
            case (number,) if self._printed[number].lines:
                lines = self._printed[number].lines[:OPENING_LINES]
                return [self._excerpt(number, {}, [row for line in lines for row in line if row is not None])]
        return []

    def _excerpt(self, number: int, wanted: Mapping[tuple[int, int], str], rows: Sequence[int]) -> Excerpt:
        printed = self._printed[number]
        table = printed.table
        return Excerpt(
            title=f"{table.title}〈{table.subject}〉" if table.subject else table.title,
            anchor=f"t-{number}",
            unit=table.unit,
            rows_html=excerpt_html(printed, wanted, rows, self._words, self._context),
        )


def _figures(finding: FindingJson) -> Iterator[object]:
    """Yield what tells the figures of a finding apart: their address, or in the prose their place."""
    for operand in finding.operands:
        yield operand.address or operand.at
