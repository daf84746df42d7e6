"""The vocabulary: what a table is (Form), and how one publisher prints it (Layout)."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

import msgspec

from checker.forms.subjects import Subjects
from checker.model.filing import LayoutFacts, Stage


class Hierarchy(StrEnum):
    """How the rows of a lane add up into each other."""

    ROWS = "rows"
    CODE = "code"
    ECONOMIC = "economic"
    UNITS = "units"
    OUTLINE = "outline"
    PROJECTS = "projects"


LEVELS: dict[Hierarchy, tuple[str, ...]] = {
    Hierarchy.ROWS: ("类",),
    Hierarchy.CODE: ("类", "款", "项"),
    Hierarchy.ECONOMIC: ("类", "款"),
    Hierarchy.UNITS: ("单位",),
    Hierarchy.OUTLINE: (),
    Hierarchy.PROJECTS: ("单位", "项目"),
}
"""Names of the levels below the total, by hierarchy; what rules call the rows."""

TOTAL = "合计"
"""Key of the total row, wherever and however it is printed."""

FIXED = "行"
"""Level of the fixed rows of a form (本年收入合计, 公务接待费 …)."""


class Lane(msgspec.Struct, frozen=True):
    """One half of a table: its key columns, its figures, its rows.

    In an outline, `levels` says which key columns a row of each level fills, the highest level first. A list that
    `continues` is printed in two or three runs of columns side by side, the end of one going on at the top of the next.
    """

    keys: tuple[str, ...]
    columns: tuple[str, ...]
    lane: str = ""
    hierarchy: Hierarchy = Hierarchy.ROWS
    sums: dict[str, tuple[str, ...]] = {}
    rows: tuple[str, ...] = ()
    classes: bool = False
    total: str = TOTAL
    levels: dict[str, tuple[str, ...]] = {}
    continues: bool = False

    @property
    def all_levels(self) -> tuple[str, ...]:
        """Names of the levels that its rows can have."""
        if self.hierarchy is Hierarchy.ROWS and not self.classes:
            return ()
        return (*LEVELS[self.hierarchy], *self.levels)


class Card(msgspec.Struct, frozen=True):
    """A form of labels and contents: a performance target."""

    subject: str
    fields: tuple[str, ...]
    sides: tuple[str, ...]
    total: str
    sources: tuple[str, ...]
    indicators: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The funding lines, total first."""
        return (self.total, *self.sources)


class Reading(msgspec.Struct, frozen=True):
    """What the contracts on the reading (`checker.expectations`) must know beyond the rest of a form.

    `negative` names rows and columns whose amounts may be negative; `revenue` says that codes are those of revenue,
    which no reference lists.
    """

    negative: tuple[str, ...] = ()
    revenue: bool = False


class Form(msgspec.Struct, frozen=True, dict=True):
    """A canonical table."""

    form: str
    unit: str
    lanes: tuple[Lane, ...] = ()
    card: Card | None = None
    repeats: bool = False
    reading: Reading = Reading()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All figure columns, lane after lane."""
        if self.card:
            return self.card.columns
        return tuple(dict.fromkeys(column for lane in self.lanes for column in lane.columns))

    @cached_property
    def fixed_rows(self) -> tuple[str, ...]:
        """Keys of the rows that every printing has."""
        if self.card:
            return self.card.sides
        totals = [lane.total for lane in self.lanes if lane.hierarchy is not Hierarchy.ROWS]
        return tuple(dict.fromkeys([*(row for lane in self.lanes for row in lane.rows), *totals]))

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Names of the levels that its rows can have."""
        return tuple(dict.fromkeys(name for lane in self.lanes for name in lane.all_levels))


class SectionSpec(msgspec.Struct, frozen=True):
    """A part of the document and the headings it is printed under."""

    section: str
    headings: tuple[str, ...]


class PassageSpec(msgspec.Struct, frozen=True):
    """A passage and the headings it is printed under, numbered or, if `plain`, on a line of their own.

    `appendices` says that these may follow in it.
    """

    passage: str
    section: str
    headings: tuple[str, ...]
    appendices: bool = False
    plain: bool = False


class TableSpec(msgspec.Struct, frozen=True):
    """How a layout prints one form.

    `headers`, `captions` and `labels` list printed names by canonical name; the canonical name itself always counts.
    `lanes` names the halves that are printed (none: all). Of the form's rows and columns the layout prints those in
    `prints` (none: all), without those (and those levels of rows) it `lacks`; those it `may_print` it prints or leaves
    out. `transposed` says that the form's rows are printed as columns, over one line of figures.
    """

    form: str
    titles: tuple[str, ...]
    number: int = 0
    qualifier: str = ""
    required: bool = True
    headers: dict[str, tuple[str, ...]] = {}
    captions: dict[str, tuple[str, ...]] = {}
    labels: dict[str, tuple[str, ...]] = {}
    lanes: tuple[str, ...] = ()
    prints: tuple[str, ...] = ()
    may_print: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    transposed: bool = False

    def omits(self, form: Form) -> tuple[str, ...]:
        """Return the rows, levels of rows and columns of the form that this layout does not always print."""
        halves = self.lanes_of(form)
        everything = (*form.columns, *form.fixed_rows)
        totals = {lane.total for lane in halves if lane.hierarchy is not Hierarchy.ROWS}
        here = {name for lane in halves for name in (*lane.columns, *lane.rows)} | totals if halves else everything
        printed = set(self.prints or here) - {*self.lacks, *self.may_print}
        levels = {level for lane in halves for level in lane.all_levels} - {*self.lacks}
        absent = [name for name in everything if name not in printed or name not in here]
        return tuple(dict.fromkeys([*absent, *(level for level in form.levels if level not in levels)]))

    def columns_of(self, form: Form) -> tuple[str, ...]:
        """Return the columns of the form that this layout always prints."""
        omitted = self.omits(form)
        here = [column for lane in self.lanes_of(form) for column in lane.columns] if form.lanes else form.columns
        return tuple(column for column in form.columns if column in here and column not in omitted)

    def lanes_of(self, form: Form) -> tuple[Lane, ...]:
        """Return the halves of the form that this layout prints."""
        return tuple(lane for lane in form.lanes if not self.lanes or lane.lane in self.lanes)


class Layout(msgspec.Struct, frozen=True):
    """How one publisher prints a filing."""

    layout: str
    name: str
    stage: Stage
    unit: str
    table_numbers: tuple[str, ...]
    contents: tuple[str, ...]
    nil_notes: tuple[str, ...]
    body_labels: tuple[str, ...]
    levels: dict[str, tuple[str, ...]]
    sections: tuple[SectionSpec, ...]
    passages: tuple[PassageSpec, ...]
    tables: tuple[TableSpec, ...]

    def facts(self, forms: dict[str, Form]) -> LayoutFacts:
        """Return what rules may know of the layout: its forms, and the columns it prints of each."""
        omitted = {table.form: table.omits(forms[table.form]) for table in self.tables}
        columns = {table.form: table.columns_of(forms[table.form]) for table in self.tables}
        optional = {table.form: table.may_print for table in self.tables if table.may_print}
        required = tuple(dict.fromkeys(table.form for table in self.tables if table.required))
        return LayoutFacts(self.layout, self.name, self.stage, columns, required, omitted, optional)


class Classification(msgspec.Struct, frozen=True):
    """Codes and names of the official classification that recognition and rules need.

    `functions` gives the code of every name a function class has carried; `economic` the same for economic classes;
    `items` the names of economic items by their codes; `pairs` the government names that a department economic item may
    be paired with; `subjects` the names that every code has carried; `places` the last two digits of the items that
    every section has under one name (行政运行); `funds` the sections of government funds by their codes.
    """

    functions: dict[str, str]
    economic: dict[str, str]
    pairs: dict[str, tuple[str, ...]]
    items: dict[str, str] = {}
    subjects: Subjects = {}
    places: dict[str, tuple[str, ...]] = {}
    funds: dict[str, str] = {}


class Wording(msgspec.Struct, frozen=True):
    """How the prose names quantities: the words of each canonical name.

    `within` gives further words by name and passage, which count there at the end of a phrase; `lead` and `tail` are
    words before and behind a name that change no meaning.
    """

    quantities: dict[str, tuple[str, ...]] = {}
    within: dict[str, dict[str, tuple[str, ...]]] = {}
    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()


class Vocabulary(msgspec.Struct, frozen=True, dict=True):
    """Everything that recognition and rules share."""

    forms: dict[str, Form]
    layouts: dict[str, Layout]
    classification: Classification
    wording: Wording = Wording()

    @cached_property
    def facts(self) -> dict[str, LayoutFacts]:
        """What rules may know of each layout, by its name."""
        return {name: layout.facts(self.forms) for name, layout in self.layouts.items()}
