"""The funds of target forms: their sides against each other, their totals against the parts, their projects' rows."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import msgspec

from checker.equations import Absent, no_table, resolve, weigh
from checker.model.figure import YUAN
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo, Severity
from checker.model.table import Operand, Table
from checker.ruleset.targets import Parts, Says, Sides, TargetTie

ALIKE = 0.8
"""Likeness above which two names may be spellings of one."""
LIKE_WITH_AMOUNT = 0.6
"""Likeness that is enough where the amounts are the same."""
SHORTEST_BODY = 6
"""Characters that a cut-off name of a unit needs to be taken for the beginning of the whole name."""
_ANNUAL, _PERIOD = "年度", "实施期"


def check_sides(info: RuleInfo, slots: Sides, filing: Filing) -> Iterator[Outcome]:
    """Apply a relation between the sides of every form, column by column."""
    tables = list(filing.tables_of(slots.table))
    if not tables:
        yield no_table(filing, slots.table).outcome(info, slots.table)
    for table in tables:
        reason = _left_aside(info, slots, table)
        if reason:
            yield Outcome(info, Verdict.NOT_APPLICABLE, about=table.label, reason=reason)
            continue
        for column in slots.columns:
            yield _relate(info, slots, table, column)


def _left_aside(info: RuleInfo, slots: Sides, table: Table) -> str:
    """Return why a form is not meant, if it is not."""
    for name, words in slots.fields.items():
        cell = table.fields.get(name)
        if cell is None:
            return f"{table.label}没有印{name}"
        if not any(word in cell.text for word in words):
            return f"{table.label}的{name}为“{cell.text[:20]}”"
    if slots.agreeing:
        whole = _relate(info, slots, table, slots.agreeing)
        if whole.verdict not in {Verdict.AGREES, Verdict.NIL}:
            return f"{table.label}的{slots.agreeing}不同，由另一条规则核对"
    return ""


def _relate(info: RuleInfo, slots: Sides, table: Table, column: str) -> Outcome:
    operands: list[Operand] = []
    signs: list[int] = []
    about = f"{table.label}[{column}]"
    for term in slots.relation.terms or ():
        row, position = table.by_key.get(term.reference.column), table.positions.get(column)
        operand = table.operand(row, position) if row is not None and position is not None else None
        if operand is None:
            reason = f"{table.label}没有读出{term.reference.column}的{column}"
            return Outcome(info, Verdict.UNASSESSED, about=about, reason=reason)
        operands.append(operand)
        signs.append(term.sign)
    return weigh(info, operands, signs, slots.relation.comparison, about)


def check_parts(info: RuleInfo, slots: Parts, filing: Filing) -> Iterator[Outcome]:
    """Compare the total of every form with each group of its parts of which it prints the first."""
    tables = list(filing.tables_of(slots.table))
    if not tables:
        yield no_table(filing, slots.table).outcome(info, slots.table)
    if slots.against:
        yield from (_check_against(info, slots, table, filing, len(tables)) for table in tables)
    for table, group in product(tables, slots.groups):
        columns = [table.positions[name] for name in (slots.total, *group) if name in table.positions]
        for row in range(len(table.rows)):
            cells = [cell for column in columns if (cell := table.operand(row, column)) is not None]
            about = f"{table.label}[{'、'.join(group)}]"
            if len(cells) < len(columns) or cells[1].cell.blank:
                reason = f"{table.label}没有印{group[0]}"
                yield Outcome(info, Verdict.NOT_APPLICABLE, about=about, reason=reason)
            else:
                signs = (1,) + (-1,) * (len(cells) - 1)
                yield weigh(info, cells, signs, about=about, blank_total_open=True, exact=table.unit == YUAN)


def _check_against(info: RuleInfo, slots: Parts, table: Table, filing: Filing, count: int) -> Outcome:
    """Compare the total with each of the figures that it may be; only where there is one form for the whole filing."""
    total = _funds(table, _ANNUAL)
    if count > 1 or total is None:
        reason = f"文件中有{count}张{table.form}" if count > 1 else f"{table.label}没有读出{slots.total}"
        return Outcome(info, Verdict.NOT_APPLICABLE, about=table.label, reason=reason)
    ways = []
    for relation in slots.against:
        for reference in relation.references():
            cells = resolve(filing, reference)
            if isinstance(cells, Absent):
                return cells.outcome(info, table.label)
            ways.append(weigh(info, [total, *cells], (1,) + (-1,) * len(cells), about=table.label))
    return next((way for way in ways if way.verdict in _FITS), ways[0])


class Project(msgspec.Struct, frozen=True):
    """A row of a project table: whose it is, what it is called, what it amounts to, and whether it is carried over."""

    unit: str
    name: str
    amount: Operand
    carried: bool


class _Join(msgspec.Struct, frozen=True):
    """The projects of one target form: those of its name, or else the one whose name is nearly the same."""

    table: Table
    exact: tuple[Project, ...]
    near: Project | None = None


def check_tie(info: RuleInfo, slots: TargetTie, filing: Filing) -> Iterator[Outcome]:
    """Join target forms to project rows by unit and name, and compare what both say."""
    tables = list(filing.tables_of(slots.table))
    if not tables:
        yield no_table(filing, slots.table).outcome(info, slots.table)
        return
    sources = [table for form in (slots.current, slots.carried) for table in filing.tables_of(form)]
    if not any(table.form == slots.current for table in sources):
        yield no_table(filing, slots.current).outcome(info, slots.current)
        return
    short = next((table.shortfall() for table in sources if table.shortfall()), "")
    projects = tuple(project for table in sources for project in _projects(table, filing, slots))
    joins = _join(tables, projects)
    match slots.says:
        case Says.AMOUNT:
            yield from (_check_amount(info, join) for join in joins)
        case Says.NAME:
            yield from (outcome for join in joins if (outcome := _check_name(info, join)) is not None)
        case Says.FORM:
            yield from (_check_form(info, join, short) for join in joins)
        case Says.PROJECT:
            yield _check_projects(info, joins, projects)


def _projects(table: Table, filing: Filing, slots: TargetTie) -> Iterator[Project]:
    for index in table.by_level.get("项目", ()):
        row = table.rows[index]
        above = table.rows[row.parent] if row.parent >= 0 else None
        unit = above.name if above is not None and above.level == "单位" else row.key.removesuffix(f"/{row.name}")
        amount = table.operand(index, 0)
        if amount is not None:
            yield Project(unit if unit != row.key else filing.filer, row.name, amount, table.form == slots.carried)


def _join(tables: list[Table], projects: tuple[Project, ...]) -> list[_Join]:
    """Join by unit and name; then the forms left over with the rows left over, by names nearly the same."""
    units = {project.unit for project in projects}
    joins: list[_Join] = []
    for table in tables:
        unit = _unit_of(table.body, units)
        name = _plain(_name(table))
        joins.append(
            _Join(
                table,
                tuple(project for project in projects if project.unit == unit and _plain(project.name) == name),
            )
        )
    taken = {id(project) for join in joins for project in join.exact}
    free = [project for project in projects if id(project) not in taken]
    for number, join in enumerate(joins):
        if not join.exact:
            unit = _unit_of(join.table.body, units)
            near = [project for project in free if project.unit == unit and _nearly(join.table, project)]
            if len(near) == 1:
                joins[number] = _Join(join.table, (), near[0])
    return joins


def _name(table: Table) -> str:
    cell = table.fields.get("项目名称")
    return cell.text if cell is not None else table.subject


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=1024)
def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _unit_of(body: str, units: set[str]) -> str | None:
    """Return the unit of the project table that a form names; of a cut-off or misread name the only one like it."""
    named = _plain(body)
    by_name = {_plain(unit): unit for unit in units}
    if named in by_name:
        return by_name[named]
    if len(units) == 1:
        only = next(iter(by_name))
        return by_name[only] if not named or _alike(named, only) >= ALIKE or _begins(named, only) else None
    begun = [name for name in by_name if _begins(named, name)]
    alike = begun or [name for name in by_name if _alike(named, name) >= ALIKE]
    return by_name[alike[0]] if len(alike) == 1 else None


def _begins(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_BODY and long.startswith(short)


def _funds(table: Table, side: str) -> Operand | None:
    row = table.by_key.get(side)
    operand = table.operand(row, 0) if row is not None else None
    return operand if operand is not None and operand.figure is not None else None


def _same_amount(table: Table, project: Project) -> bool:
    return any(
        funds is not None and _weighed(_QUIET, funds, project).verdict in {Verdict.AGREES, Verdict.ROUNDING}
        for funds in (_funds(table, _ANNUAL), _funds(table, _PERIOD))
    )


def _nearly(table: Table, project: Project) -> bool:
    """Say whether two names may be spellings of one: alike, with the same digits or the same amount."""
    one, other = _plain(_name(table)), _plain(project.name)
    likeness = _alike(one, other)
    if likeness < LIKE_WITH_AMOUNT:
        return False
    same_digits = re.findall("[0-9]+", one) == re.findall("[0-9]+", other)
    return (likeness >= ALIKE and same_digits) or _same_amount(table, project)


def _weighed(info: RuleInfo, funds: Operand, *projects: Project, about: str = "") -> Outcome:
    operands = [funds, *(project.amount for project in projects)]
    return weigh(info, operands, (1,) + (-1,) * len(projects), about=about)


_FITS = frozenset({Verdict.AGREES, Verdict.ROUNDING, Verdict.NIL})


def _check_amount(info: RuleInfo, join: _Join) -> Outcome:
    """Compare the form's funds with its project's amount; where several rows could be meant, with any of them.

    A row that stands alone under unit and name must have the year's amount. Carry-over may or may not be counted in
    the form, or the form may state one fund only: a difference is then a question.
    """
    about = join.table.label
    annual, period = _funds(join.table, _ANNUAL), _funds(join.table, _PERIOD)
    if not join.exact:
        return Outcome(info, Verdict.NOT_APPLICABLE, about=about, reason="项目表中没有同单位同名称的项目")
    if annual is None:
        return Outcome(info, Verdict.UNASSESSED, about=about, reason=f"{about}没有读出年度资金总额")
    current = [project for project in join.exact if not project.carried]
    ways = [_weighed(info, annual, project, about=about) for project in join.exact]
    if len(join.exact) > 1:
        ways.append(_weighed(info, annual, *join.exact, about=about))
    if not current and period is not None:
        ways += [_weighed(info, period, project, about=about) for project in join.exact]
    fitting = next((way for way in ways if way.verdict in _FITS), None)
    if fitting is not None:
        return fitting
    if len(current) > 1:
        reason = f"项目表中有{len(current)}个同单位的“{current[0].name}”，金额都不相同"
        return Outcome(info, Verdict.UNASSESSED, about=about, reason=reason)
    whole = ways[0] if len(join.exact) == 1 or not current else _weighed(info, annual, current[0], about=about)
    if len(join.exact) == 1 and current and not _otherwise_meant(annual, current[0]):
        return whole
    return msgspec.structs.replace(whole, severity=Severity.WARNING)


def _otherwise_meant(funds: Operand, project: Project) -> bool:
    """Say whether the form may mean something else: one of the project's funds only, or the same number in 万元."""
    amount = project.amount
    row = amount.table.rows[amount.row]
    cells = [amount.table.operand(amount.row, column) for column in range(1, len(row.cells))]
    funded = [cell for cell in cells if cell is not None and cell.figure is not None and cell.figure.minor]
    if any(_weighed(_QUIET, funds, msgspec.structs.replace(project, amount=cell)).verdict in _FITS for cell in funded):
        return True
    one, other = funds.figure, amount.figure
    return one is not None and other is not None and one.unit != other.unit and one.value == other.value


def _check_name(info: RuleInfo, join: _Join) -> Outcome | None:
    about = join.table.label
    if join.exact:
        return Outcome(info, Verdict.AGREES, about=about)
    if join.near is None:
        return Outcome(info, Verdict.NOT_APPLICABLE, about=about, reason="项目表中没有名称相近的项目")
    cell = join.table.fields.get("项目名称")
    form = join.near.amount.table.form
    reason = f"绩效目标表写作“{_name(join.table)}”，{form}写作“{join.near.name}”"
    return Outcome(
        info, Verdict.DIFFERS, about=about, reason=reason, excerpt=f"{_name(join.table)} / {join.near.name}",
        place=cell.place if cell is not None else join.table.place,
    )  # fmt: skip


def _check_form(info: RuleInfo, join: _Join, short: str) -> Outcome:
    about = join.table.label
    if join.exact or join.near:
        return Outcome(info, Verdict.AGREES, about=about)
    annual = _funds(join.table, _ANNUAL)
    if annual is not None and annual.cell.nil:
        return Outcome(info, Verdict.NOT_APPLICABLE, about=about, reason="年度资金总额为零")
    if short:
        return Outcome(info, Verdict.UNASSESSED, about=about, reason=short)
    cell = join.table.fields.get("项目名称")
    return Outcome(
        info, Verdict.DIFFERS, about=about, excerpt=f"{join.table.body} {_name(join.table)}",
        reason=f"“{join.table.body}”的项目“{_name(join.table)}”在项目支出表中没有",
        place=cell.place if cell is not None else join.table.place,
    )  # fmt: skip


def _check_projects(info: RuleInfo, joins: list[_Join], projects: tuple[Project, ...]) -> Outcome:
    """Name the projects without a target form, all in one: which are published is the bureau's choice."""
    told = {id(project) for join in joins for project in (*join.exact, join.near) if project is not None}
    missing = [
        project
        for project in projects
        if not project.carried and id(project) not in told and not project.amount.cell.nil
    ]
    form = projects[0].amount.table.form if projects else ""
    if not missing:
        return Outcome(info, Verdict.AGREES, about=form)
    named = "、".join(f"“{project.name}”" for project in missing[:3])
    reason = f"{form}有{len(missing)}个项目没有绩效目标表，如{named}"
    return Outcome(info, Verdict.DIFFERS, about=form, reason=reason, place=missing[0].amount.place)


_QUIET = msgspec.convert(
    {
        "id": "", "name": "", "kind": "tie", "severity": "notice", "basis": {"document": ""},
        "message": "", "advice": "",
    },
    RuleInfo,
)  # fmt: skip
"""Stands in for the rule while names are joined."""
