"""Filings sketched as text that an accountant can read → Filing, without a file and without recognition.

    收支总表
                      | 金额
    一般公共预算      | 100.00
    上年结转          | 20.00
    收入总计          | 120.00
                      | 合计   | 当年预算安排 | 上年结转安排
    社会保障和就业支出| 120.00 | 100.00       | 20.00

    一般公共预算支出表（不含上年结转）  单位：元
                      | 合计 | 基本支出 | 项目支出
    合计              | 30   | 30       |
    208 社会保障和就业| 30   | 30       |

    政府性基金支出表  本表无数据

A line without `|` begins a table: the name of its form, then, each if it is there, the subject of a target form in
〈 〉, the bracketed words of its title, its unit (the form's own, unless it says so), and the note that it has no data.
A line with nothing before its first `|` names the columns, and so the half of the table, that the rows below it fill;
where two halves have such a column, the name of the half stands before the `|`.
A row is its key and its figures; figures left out at the end are blank, and `#` begins a comment line. `12.35←12.3456`
is a figure that a spreadsheet displays and the one that it stores.

Keys are written as they are printed: a code and a name, a caption, an economic item and its government item with `/`
between them. Rows get their level and parent as a printed table gives them, but for project tables, which print none:
there a unit is indented by two spaces and a project by four. In an outline two spaces more say that the next level's
key columns are filled, with `/` between them.

A target form has fields and indicators besides: see target_sketch.

Passages follow the tables: `【收入说明】` begins one, every line below it is a paragraph of it. 【目录】 and 【封面】
hold the lines of the contents and of the cover, 【标题】 the titles of the parts, 【正文】 lines that stand in no
passage, 【单位名称】 another filer, 【年度】 another year. `【实施计划〈河道管护〉】` is a field of that target form
(its second line what stands beside the first), `【表头〈收支总表〉】` the body that a table's header names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from checker.forms.vocabulary import TOTAL, Form, Hierarchy, Lane, Layout, TableSpec, Vocabulary
from checker.model.document import Paragraph
from checker.model.figure import UNITS, Unit, read_figure
from checker.model.filing import Filing, Level, Passage
from checker.model.place import LinePlace, Place
from checker.model.table import Cell, Indicator, Role, Row, Table
from checker.recognition.rows import RawRow, arrange, unique
from checker.trials import target_sketch
from checker.trials.speech import claims_told

LAYOUT = "shanxi"
FILER = "清泉县水利局"
YEAR = 2026

_TITLE = re.compile(
    r"(?P<form>[^\s（〈]+)(?:〈(?P<subject>[^〉]+)〉)?(?P<qualifiers>(?:（[^（）]*）)*)"
    r"(?:\s+单位：(?P<unit>\S+))?(?:\s+(?P<note>\S+))?"
)
_PASSAGE = re.compile("【([^【】]+)】")


class SketchError(ValueError):
    """A sketch, or a change to one, that says something which no table of its form can say."""


class Title(msgspec.Struct, frozen=True):
    """The first line of a sketched table, taken apart."""

    form: Form
    spec: TableSpec
    subject: str
    qualifiers: tuple[str, ...]
    unit: Unit
    nil_note: Place | None
    fields: dict[str, Cell] = {}
    indicators: list[Indicator] = []


class Part(msgspec.Struct, frozen=True):
    """A column line with the rows below it: one lane of a table."""

    lane: Lane
    columns: tuple[str, ...]
    rows: list[RawRow]
    depths: list[int]


def read_sketch(text: str, vocabulary: Vocabulary, layout: str = LAYOUT) -> tuple[Table, ...]:
    """Return the tables of a sketch, in their order, as the layout prints them.

    Raises:
        SketchError: naming the line that cannot be understood.
    """
    tables: list[Table] = []
    title: Title | None = None
    start, parts = 0, list[Part]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("【"):
            break
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if title is not None and title.form.card and line.startswith(target_sketch.MARKS):
            target_sketch.read_line(line, number, title.fields, title.indicators)
            continue
        if "|" not in line:
            if title is not None:
                tables.append(_table(title, start, parts, vocabulary))
            title, start, parts = read_title(line, number, vocabulary, layout), number, []
        elif title is None:
            raise SketchError(f"第{number}行：表名之前不能有行：{line}")
        else:
            _read_row(line, number, title, parts)
    if title is not None:
        tables.append(_table(title, start, parts, vocabulary))
    return tuple(tables)


def read_passages(text: str) -> dict[str, tuple[Paragraph, ...]]:
    """Return the passages of a sketch by their names, with 目录 and 封面 among them."""
    passages: dict[str, list[Paragraph]] = {}
    lines: list[Paragraph] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if match := _PASSAGE.fullmatch(line.strip()):
            lines = passages.setdefault(match[1], [])
        elif lines is not None and line.strip():
            lines.append(Paragraph(line.strip(), LinePlace(number)))
    return {name: tuple(paragraphs) for name, paragraphs in passages.items()}


def filing_of(
    tables: Iterable[Table],
    vocabulary: Vocabulary,
    layout: str = LAYOUT,
    passages: Mapping[str, tuple[Paragraph, ...]] | None = None,
    level: Level = Level.DEPARTMENT,
) -> Filing:
    """Return a filing of the sketch's layout that holds these tables and passages and nothing else."""
    facts = vocabulary.facts[layout]
    spoken = dict(passages or {})
    cover, contents = spoken.pop("封面", ()), spoken.pop("目录", ())
    headings, loose = spoken.pop("标题", ()), spoken.pop("正文", ())
    tables = [_worded(table, spoken) for table in tables]
    named = spoken.pop("单位名称", ())
    dated = spoken.pop("年度", ())
    filer = named[0].text if named else FILER
    year = int(dated[0].text) if dated else YEAR
    spoken = {name: paragraphs for name, paragraphs in spoken.items() if paragraphs and "〈" not in name}
    sections = {spec.passage: spec.section for spec in vocabulary.layouts[layout].passages}
    told = [
        Passage(name, sections.get(name, "情况说明"), name, lines[0].place, lines) for name, lines in spoken.items()
    ]
    shown, stage = tuple(tables), vocabulary.layouts[layout].stage
    statements = claims_told(told, shown, filer, vocabulary, stage, year)
    return Filing(
        "sketch", "", filer, year, level, facts, shown, tuple(told), contents, cover,
        statements=statements, headings=headings, loose=loose,
    )  # fmt: skip


def _worded(table: Table, spoken: Mapping[str, tuple[Paragraph, ...]]) -> Table:
    """Return a table with the fields, and the body in its header, that a sketch gives it."""
    body = spoken.get(f"表头〈{table.form}〉")
    if body:
        table = msgspec.structs.replace(table, body=body[0].text)
    said = {name.partition("〈")[0]: lines for name, lines in spoken.items() if f"〈{table.subject}〉" in name}
    if not said or not table.subject:
        return table
    fields = {label: Cell(lines[0].text, lines[0].place) for label, lines in said.items()}
    further = [(label, Cell(line.text, line.place)) for label in fields for line in said[label][1:]]
    return msgspec.structs.replace(table, fields={**table.fields, **fields}, further=(*table.further, *further))


def read_title(line: str, number: int, vocabulary: Vocabulary, layout_name: str = LAYOUT) -> Title:
    """Read the first line of a table."""
    match = _TITLE.fullmatch(line.strip())
    layout = vocabulary.layouts[layout_name]
    if match is None or match["form"] not in vocabulary.forms:
        raise SketchError(f"第{number}行：不是表名：{line}")
    if match["note"] and match["note"] not in layout.nil_notes:
        raise SketchError(f"第{number}行：“{match['note']}”不是本表无数据的说法")
    form = vocabulary.forms[match["form"]]
    return Title(
        form=form,
        spec=_spec(layout, form),
        subject=match["subject"] or "",
        qualifiers=tuple(re.findall("（([^（）]*)）", match["qualifiers"])),
        unit=UNITS[match["unit"] or form.unit],
        nil_note=LinePlace(number) if match["note"] else None,
        fields={"项目名称": Cell(match["subject"].partition("#")[0], LinePlace(number))} if match["subject"] else {},
        indicators=[],
    )


def read_cell(text: str, place: Place, unit: Unit) -> Cell:
    """Return a cell; of `12.35←12.3456` the first is displayed and the second stored."""
    shown, _, stored = text.partition("←")
    return Cell(shown, place, read_figure(shown, unit) if shown else None, stored)


def _spec(layout: Layout, form: Form) -> TableSpec:
    spec = next((spec for spec in layout.tables if spec.form == form.form), None)
    if spec is None:
        raise SketchError(f"版式 {layout.layout} 没有{form.form}")
    return spec


def _read_row(line: str, number: int, title: Title, parts: list[Part]) -> None:
    key, *texts = line.split("|")
    texts = [text.strip() for text in texts]
    if not key.strip() or any(key.strip() == lane.lane for lane in title.form.lanes):
        parts.append(_part(tuple(texts), key.strip(), number, title))
        return
    if not parts or len(texts) > len(parts[-1].columns):
        raise SketchError(f"第{number}行：格数多于栏数：{line}")
    part = parts[-1]
    figures = {
        name: read_cell(text, LinePlace(number, position), title.unit)
        for position, (name, text) in enumerate(
            zip(part.columns, [*texts, *[""] * (len(part.columns) - len(texts))], strict=True), 2
        )
    }
    cells = tuple(figures.get(name) for name in part.lane.columns)
    depth = (len(key) - len(key.lstrip())) // 2
    part.rows.append(RawRow(_keys(key.strip(), part.lane, depth), cells, LinePlace(number, 1)))
    part.depths.append(depth)


def _part(columns: tuple[str, ...], half: str, number: int, title: Title) -> Part:
    for lane in title.spec.lanes_of(title.form) or (_card_lane(title.form),):
        if set(columns) <= set(lane.columns) and half in {"", lane.lane}:
            return Part(lane, columns, [], [])
    raise SketchError(f"第{number}行：{title.form.form}没有{'、'.join(columns)}这样的半边")


def _card_lane(form: Form) -> Lane:
    """Return the funding lines of a target form as a lane: its sides down, its sources across."""
    assert form.card is not None
    return Lane(keys=("项目",), columns=form.card.columns, rows=form.card.sides)


def _keys(key: str, lane: Lane, depth: int) -> tuple[str, ...]:
    if lane.hierarchy is Hierarchy.CODE:
        code, _, name = key.partition(" ")
        return (code, name.strip()) if code.isdigit() else ("", key)
    if lane.hierarchy is Hierarchy.ECONOMIC:
        item, _, government = key.partition("/")
        code, _, name = item.partition(" ")
        return (code, name.strip(), government) if code.isdigit() else ("", item, government)
    if lane.hierarchy is Hierarchy.OUTLINE:
        filled = dict(zip(list(lane.levels.values())[depth], key.split("/"), strict=False))
        return tuple(filled.get(column, "") for column in lane.keys)
    return (key,)


def _table(title: Title, start: int, parts: list[Part], vocabulary: Vocabulary) -> Table:
    form = title.form
    printed = {column for part in parts for column in part.columns}
    columns = tuple(column for column in form.columns if column in printed)
    rows: list[Row] = []
    doubts: list[str] = []
    for part in parts:
        if part.lane.hierarchy is Hierarchy.PROJECTS:
            arranged = _projects(part)
        elif form.card:
            arranged = [Row(raw.keys[0], raw.keys[0], Role.TOTAL, "", raw.cells, raw.place) for raw in part.rows]
        else:
            arranged, remarks = arrange(part.rows, part.lane, title.spec, vocabulary.classification)
            doubts += remarks
        rows += [_widened(row, part.lane, columns, len(rows)) for row in arranged]
    if doubts:
        raise SketchError(f"第{start}行的{form.form}：{'；'.join(doubts)}")
    return Table(
        form=form.form,
        title=form.form,
        unit=title.unit,
        columns=columns,
        rows=tuple(rows),
        place=LinePlace(start),
        number=title.spec.number,
        body=title.fields["实施单位"].text if "实施单位" in title.fields else FILER,
        subject=title.subject,
        fields=title.fields,
        indicators=tuple(title.indicators),
        qualifiers=title.qualifiers,
        lacking=tuple(column for column in title.spec.columns_of(form) if column not in printed),
        nil_note=title.nil_note,
    )


def _projects(part: Part) -> list[Row]:
    """Arrange project rows by their indentation: the department, its units, their projects."""
    rows: list[Row] = []
    root = unit = -1
    above = ""
    for raw, depth in zip(part.rows, part.depths, strict=True):
        name = raw.keys[0]
        if depth == 0:
            root, above = len(rows), name
            rows.append(Row(TOTAL, name, Role.TOTAL, TOTAL, raw.cells, raw.place))
        elif depth == 1:
            unit, above = len(rows), name
            rows.append(Row(name, name, Role.SUBTOTAL, "单位", raw.cells, raw.place, parent=root))
        else:
            parent = unit if unit >= 0 else root
            rows.append(Row(f"{above}/{name}", name, Role.DETAIL, "项目", raw.cells, raw.place, parent=parent))
    return unique(rows)


def _widened(row: Row, lane: Lane, columns: tuple[str, ...], offset: int) -> Row:
    """Return a lane's row with cells for the whole table's columns, and its parent counted in the whole table."""
    cells = dict(zip(lane.columns, row.cells, strict=True))
    parent = row.parent + offset if row.parent >= 0 else -1
    return msgspec.structs.replace(row, cells=tuple(cells.get(column) for column in columns), parent=parent)
