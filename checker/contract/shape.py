"""The shape of the JSON audit, `gouji/audit/1`: what other programs rely on. Fields are added, never changed.

Added fields have defaults, so that audits written by earlier versions can still be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from checker.contract.place import At
from checker.contract.reading import ContractsJson

SCHEMA: Final = "gouji/audit/1"


class Ticked(StrEnum):
    """What was done with a printed cell or number.

    Nothing, since it holds no figure · tied · does not agree · touched by no relation · could not be read.
    """

    NONE = ""
    TICKED = "ticked"
    FAILED = "failed"
    UNCHECKED = "unchecked"
    UNREAD = "unread"


class State(StrEnum):
    """How a finding stands to the previous audit of the same filing; UNKNOWN where there is none."""

    UNKNOWN = ""
    NEW = "new"
    REMAINING = "remaining"


class WaiverState(StrEnum):
    """What became of a waiver: used, no such finding any more, its figure changed, or its time is over."""

    USED = "used"
    STALE = "stale"
    LAPSED = "lapsed"
    EXPIRED = "expired"


class RunJson(msgspec.Struct, frozen=True):
    """What produced the audit; the only part that differs between two runs over the same files."""

    version: str
    rules: str
    started: str
    packs: tuple[str, ...] = ()


class CellJson(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A printed cell: its text, its exact value in the table's unit, what was done with it, by which rules, and where.

    `rules` are positions in the `rules` of the filing; a blank has no value.
    """

    text: str
    value: str | None
    mark: Ticked
    rules: tuple[int, ...]
    at: At


class RowJson(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row under its canonical key; `cells` runs parallel to the columns, null where its half has no such column.

    `role` is detail, subtotal or total; `parent` the position of the row that it adds up into, or -1; `line` the
    printed line, the same for two rows that are printed side by side.
    """

    key: str
    name: str
    role: str
    line: int
    cells: tuple[CellJson | None, ...]
    code: str = ""
    names: tuple[str, ...] = ()
    level: str = ""
    parent: int = -1


class TextJson(msgspec.Struct, frozen=True):
    """A text, and where it is printed."""

    text: str
    at: At


class IndicatorJson(msgspec.Struct, frozen=True):
    """One performance indicator of one side (实施期 or 年度) of a target form; `line` is the printed line."""

    side: str
    first: str
    second: str
    line: int
    name: TextJson | None
    value: TextJson | None


class TableJson(msgspec.Struct, frozen=True):
    """A recognised table; `rows` and `figures` are counts, `body` the rows themselves.

    `fields_printed` gives, for each column, the field of the line in which it is printed (0: unknown); `headers` are
    the header rows as printed.
    """

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
    columns: tuple[str, ...] = ()
    fields_printed: tuple[int, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    body: tuple[RowJson, ...] = ()
    nil_note: At | None = None
    fields: dict[str, TextJson] = {}
    indicators: tuple[IndicatorJson, ...] = ()

    @property
    def label(self) -> str:
        """The form, and the subject where the form repeats."""
        return f"{self.form}〈{self.subject}〉" if self.subject else self.form

    def cells(self) -> Iterator[CellJson]:
        """Yield every printed cell in reading order."""
        for row in self.body:
            for cell in row.cells:
                if cell is not None:
                    yield cell


class NumberJson(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A number in a paragraph: its characters (from, up to), what was done with it, by which rules, and as what.

    `ref` is the semantic address of the claim it belongs to, nothing where it belongs to none.
    """

    start: int
    end: int
    mark: Ticked
    rules: tuple[int, ...]
    ref: str = ""


class ParagraphJson(msgspec.Struct, frozen=True):
    """A paragraph of the narrative with the numbers in it, in their order."""

    text: str
    at: At
    numbers: tuple[NumberJson, ...] = ()


class PassageJson(msgspec.Struct, frozen=True):
    """A passage of the narrative under its canonical name; a paragraph outside of all has a passage without name."""

    name: str
    section: str
    heading: str
    at: At
    paragraphs: tuple[ParagraphJson, ...]


class SkippedJson(msgspec.Struct, frozen=True):
    """A part of the document that was not audited, and why; `foreign` when it is none of the filing's own."""

    at: At
    reason: str
    title: str
    lines: int
    foreign: bool = False


class UnreadJson(msgspec.Struct, frozen=True):
    """A cell whose number, or whose column, could not be established."""

    at: At
    text: str
    where: str
    reason: str


class UntickedJson(msgspec.Struct, frozen=True):
    """A figure that no assessed relation touches; `address` is its table, row and column (from 0) in `tables`."""

    ref: str
    text: str
    at: At
    address: tuple[int, ...] = ()


class OperandJson(msgspec.Struct, frozen=True):
    """One figure of a finding: `sign` is +1 on the stated side, -1 on the derived side.

    `address` is its table, row and column (from 0) in `tables`; nothing when it stands in the prose.
    """

    ref: str
    text: str
    value: str | None
    unit: str
    at: At
    sign: int
    address: tuple[int, ...] = ()


class WaivedJson(msgspec.Struct, frozen=True):
    """Why a finding is waived: who approved it, when, until when, for what reason."""

    reason: str
    approver: str
    approved_on: str
    expires: str


class WaiverJson(msgspec.Struct, frozen=True):
    """A waiver, and what became of it in this run.

    `used`, `lapsed` and `stale` are the ids of the findings that it names: waived, printed with other figures now, and
    found no more. Its state is the worst of them; an expired waiver waives nothing.
    """

    state: WaiverState
    rule: str
    filer: str
    year: int
    places: tuple[str, ...]
    reason: str
    approver: str
    approved_on: str
    expires: str
    used: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()


class FindingJson(msgspec.Struct, frozen=True):
    """Something that does not agree; amounts are exact decimals in `unit`, as text.

    `address` is the table, or table and row, or table, row and column (from 0) that it is about, nothing when it is
    about the prose or the filing. `state` compares with the previous audit; `baselined` says that a baseline knows it;
    `waived` that somebody answers for it. `before` is given when the figures are others than in the previous audit or
    in the baseline: the difference they had then, empty where none was told.
    """

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
    address: tuple[int, ...] = ()
    state: State = State.UNKNOWN
    baselined: bool = False
    waived: WaivedJson | None = None
    before: str | None = None


class ObservationJson(msgspec.Struct, frozen=True):
    """The findings of one rule at one severity, by their ids; observations stand in the order to look at them in.

    `first` is the id of the finding that speaks for all.
    """

    rule: str
    severity: str
    count: int
    findings: tuple[str, ...]
    first: str = ""


class ReasonJson(msgspec.Struct, frozen=True):
    """Why applications of a rule were not assessed or not applicable, and how many; what they were about, and where."""

    outcome: str
    reason: str
    count: int
    about: tuple[str, ...] = ()
    places: tuple[At | None, ...] = ()


class RuleJson(msgspec.Struct, frozen=True):
    """One rule with the outcomes of its applications to one filing."""

    id: str
    name: str
    kind: str
    severity: str
    outcomes: dict[str, int]
    reasons: tuple[ReasonJson, ...] = ()
    name_en: str = ""
    pack: str = ""
    basis: str = ""
    possible_false_alarm: str = ""


class CoverageJson(msgspec.Struct, frozen=True):
    """Assessed outcomes of applicable ones, and ticked figures of all numeric cells: [so many, of so many].

    `prose` counts the numbers of the narrative that a relation touches, of all that count or measure something.
    """

    outcomes: tuple[int, int]
    figures: tuple[int, int]
    prose: tuple[int, int] = (0, 0)


class AmountJson(msgspec.Struct, frozen=True):
    """A printed amount of the year: one of the sources, classes or uses (`part`), or their total, which has no name.

    `value` is exact, in `unit`.
    """

    part: str
    name: str
    text: str
    value: str
    unit: str


class EarlierJson(msgspec.Struct, frozen=True):
    """What the same filer published for an earlier year, as far as the years are compared."""

    year: int
    amounts: tuple[AmountJson, ...]


class FileJson(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of a filing, and the name by which places refer to it (`at.file`), empty where it is the only one."""

    path: str
    name: str = ""


class FilingJson(msgspec.Struct, frozen=True):
    """One audited filing.

    `verdict` is the conclusion over the findings that are not waived; `complete` whether everything required was found
    and everything applicable assessed. `files` are what it was read from; `sha256` is that of the file, or that over
    the hashes of several. `fixed` are the findings of the previous audit that are gone, `unverified` those that are
    not found again only because this time their rule was not applied or their place not read; `previous` is when that
    audit was started. `waivers` are those for this filer and year, with what became of them in this filing. `earlier`
    is what the filer published for an earlier year, where the previous audit has it.
    """

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
    layout_title: str = ""
    complete: bool = False
    files: tuple[FileJson, ...] = ()
    passages: tuple[PassageJson, ...] = ()
    fixed: tuple[FindingJson, ...] = ()
    previous: str = ""
    unverified: tuple[FindingJson, ...] = ()
    waivers: tuple[WaiverJson, ...] = ()
    earlier: EarlierJson | None = None

    @property
    def standing(self) -> tuple[FindingJson, ...]:
        """The findings that are not waived."""
        return tuple(finding for finding in self.findings if finding.waived is None)

    @property
    def severities(self) -> Counter[str]:
        """How many findings of each severity that are not waived."""
        return Counter(finding.severity for finding in self.standing)

    @property
    def legible(self) -> bool:
        """Whether every number was read, and every part but those known to be foreign."""
        return not self.unread and all(part.foreign for part in self.skipped)


class UnreadableJson(msgspec.Struct, frozen=True):
    """A file that could not be audited at all; `bug` when the program itself failed over it."""

    path: str
    reason: str
    sha256: str
    at: At | None
    bug: bool = False


class AuditJson(msgspec.Struct, frozen=True):
    """The whole audit; `contracts` only where the contracts on the reading were checked, too."""

    schema: str
    run: RunJson
    filings: tuple[FilingJson, ...]
    unreadable: tuple[UnreadableJson, ...]
    waivers: tuple[WaiverJson, ...] = ()
    contracts: ContractsJson | None = None
