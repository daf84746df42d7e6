"""A filing audited → the contract: whole tables with what was done with each figure, the narrative, every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from checker.contract.address import Address, Locator
from checker.contract.finding import FindingJson, ObservationJson, OperandJson
from checker.contract.place import At, at
from checker.contract.printed import CellJson, IndicatorJson, PassageJson, RowJson, TableJson, TextJson, Ticked
from checker.contract.prose import passages_of
from checker.contract.rule import ReasonJson, RuleJson
from checker.contract.shape import SCHEMA, AuditJson, CoverageJson, FileJson, FilingJson, RunJson, UnreadableJson
from checker.contract.unverified import SkippedJson, UnreadJson, UntickedJson
from checker.model.audit import Audit, FilingAudit, Run, Unreadable
from checker.model.figure import Unit
from checker.model.finding import Finding
from checker.model.outcome import Outcome, Verdict
from checker.model.table import Cell, Indicator, Table

EXPLAINED = (Verdict.NOT_APPLICABLE, Verdict.UNASSESSED, Verdict.FAULT)
PLACES_NAMED = 20
"""Places listed beside a reason why a rule does not apply; of what was not assessed, all are."""
_ASSESSED = frozenset({Verdict.AGREES, Verdict.ROUNDING, Verdict.DIFFERS})

Key = tuple[int, int, int]


def audit_json(audit: Audit) -> AuditJson:
    """Return an audit as the contract has it."""
    return AuditJson(
        schema=SCHEMA,
        run=run_json(audit.run),
        filings=tuple(filing_json(filing) for filing in audit.filings),
        unreadable=tuple(unreadable_json(file) for file in audit.unreadable),
    )


def run_json(run: Run) -> RunJson:
    """Return what produced an audit."""
    return RunJson(run.version, run.rules, run.started, run.packs)


def unreadable_json(file: Unreadable) -> UnreadableJson:
    """Return a file that could not be read."""
    return UnreadableJson(file.path, file.reason, file.sha256, at(file.at) if file.at else None, file.bug)


def filing_json(audit: FilingAudit) -> FilingJson:
    """Return one audited filing: whole tables with what was done with each figure, the narrative, and every finding."""
    filing = audit.filing
    positions = {rule.id: number for number, rule in enumerate(audit.rules)}
    tables = _tables(audit, positions)
    passages = passages_of(audit, positions)
    locator = Locator(filing.tables)
    return FilingJson(
        path=filing.path,
        sha256=filing.sha256,
        filer=filing.filer,
        year=filing.year,
        stage=filing.layout.stage,
        level=filing.level,
        layout=filing.layout.name,
        verdict=audit.conclusion,
        coverage=_coverage(audit, passages),
        tables=tables,
        missing=audit.missing_forms,
        skipped=tuple(
            SkippedJson(at(part.place), part.reason, part.title, part.lines, part.foreign) for part in filing.skipped
        ),
        unread=tuple(
            UnreadJson(at(lost.cell.place), lost.cell.text, lost.where, lost.reason) for lost in filing.unread
        ),
        unticked=_unticked(audit),
        outcomes={verdict.value: audit.counts[verdict] for verdict in Verdict},
        findings=tuple(_finding(finding, locator) for finding in audit.findings),
        rules=_rules(audit),
        layout_reason=filing.layout_reason,
        observations=_observations(audit),
        layout_title=filing.layout.title,
        complete=audit.complete,
        files=tuple(FileJson(file.path, file.part) for file in filing.files),
        passages=passages,
    )


def _unticked(audit: FilingAudit) -> tuple[UntickedJson, ...]:
    numbers = {id(table): number for number, table in enumerate(audit.filing.tables)}
    return tuple(
        UntickedJson(each.ref, each.text, at(each.place), (numbers[id(each.table)], each.row, each.column))
        for each in audit.unchecked
    )


def _observations(audit: FilingAudit) -> tuple[ObservationJson, ...]:
    return tuple(
        ObservationJson(
            each.rule.id, each.severity, each.count, tuple(finding.id for finding in each.findings), each.first.id
        )
        for each in audit.observations
    )


def _coverage(audit: FilingAudit, passages: Iterable[PassageJson]) -> CoverageJson:
    said = [number.mark for passage in passages for paragraph in passage.paragraphs for number in paragraph.numbers]
    return CoverageJson(
        (audit.outcome_coverage.part, audit.outcome_coverage.whole),
        (audit.figure_coverage.part, audit.figure_coverage.whole),
        (len(said) - said.count(Ticked.UNCHECKED), len(said)),
    )


def _tables(audit: FilingAudit, positions: Mapping[str, int]) -> tuple[TableJson, ...]:
    touched = _touched(audit, positions)
    return tuple(_table(number, table, audit, touched) for number, table in enumerate(audit.filing.tables))


def _touched(audit: FilingAudit, positions: Mapping[str, int]) -> dict[Key, tuple[int, ...]]:
    """Return the positions of the rules that judged each cell, in the order in which they did."""
    numbers = {id(table): number for number, table in enumerate(audit.filing.tables)}
    rules: dict[Key, dict[int, None]] = {}
    for outcome in audit.outcomes:
        if outcome.verdict in _ASSESSED:
            position = positions[outcome.rule.id]
            for operand in outcome.operands:
                number = numbers.get(id(operand.table))
                if number is not None:
                    rules.setdefault((number, operand.row, operand.column), {})[position] = None
    return {key: tuple(found) for key, found in rules.items()}


def _table(number: int, table: Table, audit: FilingAudit, touched: Mapping[Key, tuple[int, ...]]) -> TableJson:
    return TableJson(
        form=table.form,
        title=table.title,
        rows=len(table.rows),
        figures=sum(1 for _ in table.figures()),
        at=at(table.place),
        unit=table.unit.symbol,
        subject=table.subject,
        nil=table.nil,
        lacking=table.lacking,
        doubts=table.doubts,
        columns=table.columns,
        fields_printed=tuple(_printed_field(table, column) for column in range(len(table.columns))),
        headers=table.headers,
        body=_body(number, table, audit, touched),
        nil_note=at(table.nil_note) if table.nil_note else None,
        fields={name: TextJson(cell.text, at(cell.place)) for name, cell in table.fields.items()},
        indicators=tuple(_indicator(indicator) for indicator in table.indicators),
    )


def _body(number: int, table: Table, audit: FilingAudit, touched: Mapping[Key, tuple[int, ...]]) -> tuple[RowJson, ...]:
    marks = audit.marks

    def cell_json(row: int, column: int, cell: Cell | None) -> CellJson | None:
        if cell is None:
            return None
        key = (number, row, column)
        mark = Ticked.UNREAD if cell.unreadable else Ticked.NONE
        if cell.figure is not None or key in marks:
            mark = Ticked(marks[key]) if key in marks else Ticked.UNCHECKED
        return CellJson(cell.text, _value(cell, table.unit), mark, touched.get(key, ()), at(cell.place))

    return tuple(
        RowJson(
            key=row.key,
            name=row.name,
            role=row.role,
            line=row.place.line,
            cells=tuple(cell_json(index, column, cell) for column, cell in enumerate(row.cells)),
            code=row.code,
            names=row.names,
            level=row.level,
            parent=row.parent,
        )
        for index, row in enumerate(table.rows)
    )


def _value(cell: Cell, unit: Unit) -> str | None:
    """Return the number of a cell in the unit of its table; one that counts something else keeps its own."""
    if cell.figure is None:
        return None
    alike = cell.figure.unit.dimension == unit.dimension
    return f"{cell.figure.value_in(unit) if alike else cell.figure.value:f}"


def _printed_field(table: Table, column: int) -> int:
    """Return the field at which a canonical column is printed, as most of its cells have it; 0 when unknown."""
    counts = Counter(cell.place.column for row in table.rows if (cell := row.cells[column]) is not None)
    return counts.most_common(1)[0][0] if counts else 0


def _indicator(indicator: Indicator) -> IndicatorJson:
    name, value = indicator.name, indicator.value
    printed = name or value
    return IndicatorJson(
        side=indicator.side,
        first=indicator.first,
        second=indicator.second,
        line=printed.place.line if printed else 0,
        name=TextJson(name.text, at(name.place)) if name else None,
        value=TextJson(value.text, at(value.place)) if value else None,
    )


def _finding(finding: Finding, locator: Locator) -> FindingJson:
    operands = tuple(
        OperandJson(
            operand.ref, operand.text, operand.value, operand.unit, at(operand.at), operand.sign,
            locator.cell(operand.ref, operand.at),
        )
        for operand in finding.operands
    )  # fmt: skip
    address: Address = operands[0].address if operands else locator.cell(finding.ref) or locator.table(finding.ref)
    return FindingJson(
        id=finding.id,
        values=finding.values,
        rule=finding.rule.id,
        name=finding.rule.name,
        kind=finding.rule.kind,
        severity=finding.severity,
        message=finding.message,
        advice=finding.advice,
        basis=finding.rule.basis.words(),
        ref=finding.ref,
        at=at(finding.at),
        expected=finding.expected,
        actual=finding.actual,
        difference=finding.difference,
        limit=finding.limit,
        unit=finding.unit,
        relation=finding.relation,
        operands=operands,
        excerpt=finding.excerpt,
        address=address,
    )


def _rules(audit: FilingAudit) -> tuple[RuleJson, ...]:
    outcomes: dict[str, list[Outcome]] = {rule.id: [] for rule in audit.rules}
    for outcome in audit.outcomes:
        outcomes[outcome.rule.id].append(outcome)
    return tuple(
        RuleJson(
            id=rule.id,
            name=rule.name,
            kind=rule.kind,
            severity=rule.severity,
            outcomes=dict(sorted(Counter(outcome.verdict.value for outcome in outcomes[rule.id]).items())),
            reasons=_reasons(outcomes[rule.id]),
            name_en=rule.name_en,
            pack=rule.pack,
            basis=rule.basis.words(),
            possible_false_alarm=rule.possible_false_alarm,
        )
        for rule in audit.rules
    )


def _reasons(outcomes: list[Outcome]) -> tuple[ReasonJson, ...]:
    grouped: dict[tuple[Verdict, str], list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.verdict in EXPLAINED:
            grouped.setdefault((outcome.verdict, outcome.reason), []).append(outcome)
    return tuple(_reason(verdict, reason, group) for (verdict, reason), group in grouped.items())


def _reason(verdict: Verdict, reason: str, group: list[Outcome]) -> ReasonJson:
    named = [(_about(outcome), outcome) for outcome in group]
    told = [(about, outcome) for about, outcome in named if about]
    if verdict is Verdict.NOT_APPLICABLE:
        about = tuple(about for about, _ in told[:PLACES_NAMED])
        return ReasonJson(verdict, reason, len(group), about)
    return ReasonJson(
        verdict, reason, len(group), tuple(about for about, _ in told), tuple(_place(outcome) for _, outcome in told)
    )


def _about(outcome: Outcome) -> str:
    return outcome.about or (outcome.operands[0].ref if outcome.operands else "")


def _place(outcome: Outcome) -> At | None:
    place = outcome.place or (outcome.operands[0].place if outcome.operands else None)
    return at(place) if place else None
