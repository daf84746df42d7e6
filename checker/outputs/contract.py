"""The shape of the JSON audit, `gouji/audit/1`: what other programs rely on. Fields are added, never changed."""

from __future__ import annotations

from typing import Final

import msgspec

from checker.model.place import LinePlace, MarkupPlace, PagePlace, Place, SheetPlace, WordPlace

SCHEMA: Final = "gouji/audit/1"


class At(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place in the original, in the terms of its format.

    `file` is given when the filing is published in several files, `span` when some characters of a paragraph are meant.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    page: int = 0
    box: tuple[float, ...] = ()
    sheet: str = ""
    cell: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    xpath: str = ""
    span: tuple[int, ...] = ()


def at(place: Place) -> At:
    """Return a place as the contract writes it."""
    here = _inside(place)
    return msgspec.structs.replace(here, span=place.span) if place.span else here


def _inside(place: Place) -> At:
    match place:
        case PagePlace():
            return At(place.part, page=place.page, box=place.box)
        case SheetPlace():
            return At(place.part, sheet=place.sheet, cell=place.cell)
        case WordPlace(table=0):
            return At(place.part, paragraph=place.paragraph)
        case WordPlace():
            return At(place.part, table=place.table, row=place.row, column=place.cell)
        case MarkupPlace():
            return At(place.part, xpath=place.xpath)
        case LinePlace() | Place():
            return At(place.part, line=place.line, column=place.column)


class RunJson(msgspec.Struct, frozen=True):
    """What produced the audit; the only part that differs between two runs over the same files."""

    version: str
    rules: str
    started: str


class TableJson(msgspec.Struct, frozen=True):
    """A recognised table."""

    form: str
    title: str
    rows: int
    figures: int
    at: At
    unit: str
    subject: str = ""
    nil: bool = False
    lacking: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class SkippedJson(msgspec.Struct, frozen=True):
    """A part of the document that was not audited, and why."""

    at: At
    reason: str
    title: str
    lines: int


class UnreadJson(msgspec.Struct, frozen=True):
    """A cell whose number, or whose column, could not be established."""

    at: At
    text: str
    where: str
    reason: str


class UntickedJson(msgspec.Struct, frozen=True):
    """A figure that no assessed relation touches."""

    ref: str
    text: str
    at: At


class OperandJson(msgspec.Struct, frozen=True):
    """One figure of a finding: `sign` is +1 on the stated side, -1 on the derived side."""

    ref: str
    text: str
    value: str | None
    unit: str
    at: At
    sign: int


class FindingJson(msgspec.Struct, frozen=True):
    """Something that does not agree; amounts are exact decimals in `unit`, as text."""

    id: str
    values: str
    rule: str
    name: str
    kind: str
    severity: str
    message: str
    advice: str
    basis: str
    ref: str
    at: At
    expected: str | None
    actual: str | None
    difference: str | None
    limit: str | None
    unit: str
    relation: str
    operands: tuple[OperandJson, ...]
    excerpt: str = ""


class ObservationJson(msgspec.Struct, frozen=True):
    """The findings of one rule at one severity, by their ids; observations stand in the order to look at them in."""

    rule: str
    severity: str
    count: int
    findings: tuple[str, ...]


class ReasonJson(msgspec.Struct, frozen=True):
    """Why applications of a rule were not assessed or not applicable, and how many."""

    outcome: str
    reason: str
    count: int
    about: tuple[str, ...] = ()


class RuleJson(msgspec.Struct, frozen=True):
    """One rule with the outcomes of its applications to one filing."""

    id: str
    name: str
    kind: str
    severity: str
    outcomes: dict[str, int]
    reasons: tuple[ReasonJson, ...] = ()


class CoverageJson(msgspec.Struct, frozen=True):
    """Assessed outcomes of applicable ones, and ticked figures of all numeric cells: [so many, of so many]."""

    outcomes: tuple[int, int]
    figures: tuple[int, int]


class FilingJson(msgspec.Struct, frozen=True):
    """One audited filing."""

    path: str
    sha256: str
    filer: str
    year: int
    stage: str
    level: str
    layout: str
    verdict: str
    coverage: CoverageJson
    tables: tuple[TableJson, ...]
    missing: tuple[str, ...]
    skipped: tuple[SkippedJson, ...]
    unread: tuple[UnreadJson, ...]
    unticked: tuple[UntickedJson, ...]
    outcomes: dict[str, int]
    findings: tuple[FindingJson, ...]
    rules: tuple[RuleJson, ...]
    layout_reason: str = ""
    observations: tuple[ObservationJson, ...] = ()


class UnreadableJson(msgspec.Struct, frozen=True):
    """A file that could not be audited at all."""

    path: str
    reason: str
    sha256: str
    at: At | None


class AuditJson(msgspec.Struct, frozen=True):
    """The whole audit."""

    schema: str
    run: RunJson
    filings: tuple[FilingJson, ...]
    unreadable: tuple[UnreadableJson, ...]


def json_schema() -> bytes:
    """Return the JSON Schema of the audit, as published in `reports/schema`."""
    schema = msgspec.json.schema(AuditJson)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = SCHEMA
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"
