"""Findings as cards: the worked line, both sides of the relation, and excerpts of the tables they stand in."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from checker.contract.place import at
from checker.model.audit import FilingAudit
from checker.model.finding import Evidence, Finding
from checker.model.observation import Observation
from checker.model.rule import Kind
from checker.model.table import Table
from checker.outputs.html_tables import Address, PrintedTable, cell_id, excerpt_html
from checker.outputs.places import where
from checker.outputs.words import Words

OPENING_LINES = 5
"""Lines shown of a table that a finding is about as a whole."""


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


class Card(msgspec.Struct, frozen=True):
    """A finding with everything that its card shows."""

    finding: Finding
    anchor: str
    at: str
    rule_name: str
    operands: tuple[OperandLine, ...]
    excerpts: tuple[Excerpt, ...]

    @property
    def kind(self) -> Kind:
        """The kind of the rule."""
        return self.finding.rule.kind


class Group(msgspec.Struct, frozen=True):
    """An observation with the cards of its findings: the one that speaks for all, and the others in reading order."""

    observation: Observation
    first: Card
    others: tuple[Card, ...]


class Locator:
    """Finds the cells that findings name by their semantic address."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._addresses: dict[int, dict[str, Address]] = {}

    def cell(self, ref: str, evidence: Evidence | None = None) -> Address | None:
        """Return the address of a cell; the place decides where two tables bear the same label."""
        found: Address | None = None
        for number, table in enumerate(self._tables):
            address = self._within(number).get(ref) if ref.startswith(f"{table.label}[") else None
            if address is None:
                continue
            cell = table.rows[address[1]].cells[address[2]]
            if evidence is None or (cell is not None and cell.place == evidence.at):
                return address
            found = found or address
        return found

    def table(self, ref: str) -> int | None:
        """Return the number of the table that a finding is about as a whole."""
        return next((number for number, table in enumerate(self._tables) if ref in {table.label, table.form}), None)

    def _within(self, number: int) -> dict[str, Address]:
        """Return the addresses of a table's cells by their semantic address, worked out when first asked for."""
        if number not in self._addresses:
            table = self._tables[number]
            pairs = ((row, column) for row in range(len(table.rows)) for column in range(len(table.columns)))
            operands = (table.operand(row, column) for row, column in pairs)
            self._addresses[number] = {each.ref: (number, each.row, each.column) for each in operands if each}
        return self._addresses[number]


def anchors(findings: Sequence[Finding]) -> list[str]:
    """Return the permanent anchor of each finding: its fingerprint, told apart should two ever share one."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for finding in findings:
        seen[finding.id] = seen.get(finding.id, 0) + 1
        names.append(f"f-{finding.id}" if seen[finding.id] == 1 else f"f-{finding.id}-{seen[finding.id]}")
    return names


def subject_links(findings: Sequence[Finding], locator: Locator) -> dict[Address, str]:
    """Return the anchor of the first finding about each cell, so that tables lead back to their findings."""
    links: dict[Address, str] = {}
    for finding, anchor in zip(findings, anchors(findings), strict=True):
        subject = finding.operands[0] if finding.operands else None
        address = locator.cell(subject.ref if subject else finding.ref, subject)
        if address is not None:
            links.setdefault(address, anchor)
    return links


def groups(audit: FilingAudit, printed: Sequence[PrintedTable], locator: Locator, words: Words) -> tuple[Group, ...]:
    """Return the observations with the card of every finding, in the order in which to look at them."""
    named = {id(finding): anchor for finding, anchor in zip(audit.findings, anchors(audit.findings), strict=True)}

    def card(finding: Finding) -> Card:
        return _card(finding, named[id(finding)], printed, locator, words)

    return tuple(
        Group(
            observation=each,
            first=card(each.first),
            others=tuple(card(finding) for finding in each.findings if finding is not each.first),
        )
        for each in audit.observations
    )


def rule_name(name: str, name_en: str, words: Words) -> str:
    """Return the name of a rule in the language of the report, where the rule has one."""
    return name_en if words.language == "en" and name_en else name


def _card(finding: Finding, anchor: str, printed: Sequence[PrintedTable], locator: Locator, words: Words) -> Card:
    places = [locator.cell(evidence.ref, evidence) for evidence in finding.operands]
    operands = tuple(
        OperandLine(
            ref=evidence.ref,
            text=evidence.text,
            at=where(at(evidence.at), words),
            side="stated" if evidence.sign > 0 else "derived",
            anchor=cell_id(place) if place else "",
        )
        for evidence, place in zip(finding.operands, places, strict=True)
    )
    return Card(
        finding=finding,
        anchor=anchor,
        at=where(at(finding.at), words),
        rule_name=rule_name(finding.rule.name, finding.rule.name_en, words),
        operands=operands,
        excerpts=tuple(_excerpts(finding, places, printed, locator, words)),
    )


def _excerpts(
    finding: Finding,
    places: Sequence[Address | None],
    printed: Sequence[PrintedTable],
    locator: Locator,
    words: Words,
) -> list[Excerpt]:
    """Return a piece of every table that takes part, the subject's first; of the whole table where no cell is named."""
    wanted: dict[int, dict[tuple[int, int], str]] = {}
    for position, place in enumerate(places):
        if place is not None:
            wanted.setdefault(place[0], {}).setdefault(place[1:], "op" if position else "subject")
    if wanted:
        return [_excerpt(printed[number], cells, (), words) for number, cells in wanted.items()]
    cell = locator.cell(finding.ref)
    if cell is not None:
        return [_excerpt(printed[cell[0]], {cell[1:]: "subject"} if finding.expected else {}, (cell[1],), words)]
    number = locator.table(finding.ref)
    if number is None or not printed[number].lines:
        return []
    opening = [row for line in printed[number].lines[:OPENING_LINES] for row in line if row is not None]
    return [_excerpt(printed[number], {}, opening, words)]


def _excerpt(printed: PrintedTable, wanted: dict[tuple[int, int], str], rows: Sequence[int], words: Words) -> Excerpt:
    table = printed.table
    return Excerpt(
        title=f"{table.title}〈{table.subject}〉" if table.subject else table.title,
        anchor=f"t-{printed.number}",
        unit=table.unit.symbol,
        rows_html=excerpt_html(printed, wanted, rows, words),
    )
