"""Findings as cards: the worked line, both sides of the relation, and excerpts of the tables they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from checker.contract.groups import groups as grouped
from checker.contract.shape import FilingJson, FindingJson, RuleJson
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
    """A finding with everything that its card shows; `form` is the label of the table it stands in."""

    finding: FindingJson
    rule: RuleJson
    anchor: str
    at: str
    form: str
    rule_name: str
    operands: tuple[OperandLine, ...]
    excerpts: tuple[Excerpt, ...]


class CardGroup(msgspec.Struct, frozen=True):
    """An observation with the cards of its findings: the one that speaks for all, and the others in reading order."""

    rule: RuleJson
    severity: str
    first: Card
    others: tuple[Card, ...]

    @property
    def count(self) -> int:
        """How many places show it."""
        return 1 + len(self.others)


def anchors(findings: Sequence[FindingJson]) -> list[str]:
    """Return the permanent anchor of each finding: its fingerprint, told apart should two ever share one."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for finding in findings:
        seen[finding.id] = seen.get(finding.id, 0) + 1
        names.append(f"f-{finding.id}" if seen[finding.id] == 1 else f"f-{finding.id}-{seen[finding.id]}")
    return names


def subject_links(findings: Sequence[FindingJson]) -> dict[Address, str]:
    """Return the anchor of the first finding about each cell, so that tables lead back to their findings."""
    links: dict[Address, str] = {}
    for finding, anchor in zip(findings, anchors(findings), strict=True):
        if len(finding.address) == 3:
            links.setdefault(finding.address, anchor)
    return links


def groups(filing: FilingJson, printed: Sequence[PrintedTable], words: Words) -> tuple[CardGroup, ...]:
    """Return the observations with the card of every finding, in the order in which to look at them."""
    named = {id(finding): anchor for finding, anchor in zip(filing.findings, anchors(filing.findings), strict=True)}
    return tuple(
        CardGroup(
            rule=each.rule,
            severity=each.severity,
            first=_card(each.first, each.rule, named, printed, words),
            others=tuple(_card(finding, each.rule, named, printed, words) for finding in each.others),
        )
        for each in grouped(filing)
    )


def rule_name(name: str, name_en: str, words: Words) -> str:
    """Return the name of a rule in the language of the report, where the rule has one."""
    return name_en if words.language == "en" and name_en else name


def _card(
    finding: FindingJson, rule: RuleJson, named: Mapping[int, str], printed: Sequence[PrintedTable], words: Words
) -> Card:
    operands = tuple(
        OperandLine(
            ref=operand.ref,
            text=operand.text,
            at=where(operand.at, words),
            side="stated" if operand.sign > 0 else "derived",
            anchor=cell_id(operand.address) if operand.address else "",
        )
        for operand in finding.operands
    )
    return Card(
        finding=finding,
        rule=rule,
        anchor=named[id(finding)],
        at=where(finding.at, words),
        form=printed[finding.address[0]].table.label if finding.address else "",
        rule_name=rule_name(rule.name, rule.name_en, words),
        operands=operands,
        excerpts=tuple(_excerpts(finding, printed, words)),
    )


def _excerpts(finding: FindingJson, printed: Sequence[PrintedTable], words: Words) -> list[Excerpt]:
    """Return a piece of every table that takes part, the subject's first; of the whole table where no cell is named."""
    wanted: dict[int, dict[tuple[int, int], str]] = {}
    for position, operand in enumerate(finding.operands):
        if operand.address:
            number, row, column = operand.address
            wanted.setdefault(number, {}).setdefault((row, column), "op" if position else "subject")
    if wanted:
        return [_excerpt(printed[number], cells, (), words) for number, cells in wanted.items()]
    match finding.address:
        case (number, row, column):
            cells = {(row, column): "subject"} if finding.expected else {}
            return [_excerpt(printed[number], cells, (row,), words)]
        case (number, row):
            return [_excerpt(printed[number], {}, (row,), words)]
        case (number,) if printed[number].lines:
            opening = [row for line in printed[number].lines[:OPENING_LINES] for row in line if row is not None]
            return [_excerpt(printed[number], {}, opening, words)]
    return []


def _excerpt(printed: PrintedTable, wanted: dict[tuple[int, int], str], rows: Sequence[int], words: Words) -> Excerpt:
    table = printed.table
    return Excerpt(
        title=f"{table.title}〈{table.subject}〉" if table.subject else table.title,
        anchor=f"t-{printed.number}",
        unit=table.unit,
        rows_html=excerpt_html(printed, wanted, rows, words),
    )
