"""整改台账 as a workbook: a row for each finding, with what is wrong and what should stand there, and columns to fill.

A second sheet tells how each filing came out, a third what could not be verified. Nothing that a filing says is ever a
formula or a link; an amount is a number only where the binary number prints back as the same decimal.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any, Final, NamedTuple

from checker.contract.finding import FindingJson
from checker.contract.shape import AuditJson, FilingJson
from checker.outputs.gap_words import rows
from checker.outputs.names import name_of
from checker.outputs.places import file_name, where
from checker.outputs.plain import plain
from checker.outputs.standing import standing
from checker.outputs.words import Words

_LONGEST: Final = 32_000
"""Characters of a cell; Excel holds 32,767."""
_MOST_ROWS: Final = 1_048_000
_CENTRED: Final = frozenset(
    {"number", "year", "severity", "stage", "level", "error", "warning", "notice", "waived", "fixed",
     "outcomes", "figures", "gaps"}
)  # fmt: skip
_LINE_HEIGHT: Final = 13.5
_HIGHEST: Final = 400.0
"""Points that a row may be high; Excel allows 409."""
_DIGITS: Final = 15
"""Significant digits that a spreadsheet keeps."""
_HEAD: Final = 2
"""Rows above the headings: the title, and the sentence below it."""
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""When every workbook says it was made, so that the same audit gives the same bytes."""
_GREY: Final = "#7f7f7f"
_TONES: Final = {"error": "#fbd5d5", "warning": "#fde8c8", "notice": "#dbe7fb"}


class Column(NamedTuple):
    """A column: the key of its heading, its width in characters, and whether it is for the filer to fill in."""

    key: str
    width: float
    fill: bool = False


_FINDINGS: Final = (
    Column("number", 4), Column("filer", 12), Column("year", 5), Column("file", 13), Column("severity", 5),
    Column("rule", 12), Column("message", 34), Column("place", 11), Column("actual", 11), Column("expected", 11),
    Column("difference", 10), Column("unit", 6), Column("basis", 20), Column("advice", 22), Column("standing", 15),
    Column("office", 9, fill=True), Column("person", 7, fill=True), Column("measure", 14, fill=True),
    Column("deadline", 10, fill=True), Column("result", 8, fill=True), Column("closed", 7, fill=True),
    Column("id", 18),
)  # fmt: skip
_FILINGS: Final = (
    Column("filer", 24), Column("year", 6), Column("stage", 6), Column("level", 6), Column("file", 34),
    Column("verdict", 14), Column("error", 6), Column("warning", 6), Column("notice", 6), Column("waived", 8),
    Column("fixed", 8), Column("outcomes", 12), Column("figures", 12), Column("gaps", 10), Column("layout", 18),
    Column("sha256", 20),
)  # fmt: skip
_GAPS: Final = (
    Column("filer", 22), Column("year", 6), Column("file", 28), Column("kind", 16), Column("what", 44),
    Column("place", 22), Column("reason", 50),
)  # fmt: skip


def render(audit: AuditJson, words: Words) -> bytes:
    """Return the workbook; the same audit gives the same bytes."""
    import xlsxwriter

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": words("ledger.title"), "author": words("note.author"), "created": _EPOCH})
    styles = _Styles(book)
    _findings(_Sheet(book, styles, words, "findings", _FINDINGS), audit)
    _filings(_Sheet(book, styles, words, "filings", _FILINGS), audit)
    _gaps(_Sheet(book, styles, words, "gaps", _GAPS), audit)
    book.close()
    return buffer.getvalue()


class _Styles:
    """The formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def __call__(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "宋体", "font_size": 10, **properties})
        return self._made[key]

    def cell(self, **properties: object) -> Any:
        """Return the format of a cell in a table."""
        return self(**{"border": 1, "border_color": "#bfbfbf", "valign": "top", "text_wrap": True, **properties})


class _Sheet:
    """A sheet with a title, headings that stay, a filter, and pages that repeat the headings."""

    def __init__(self, book: Any, styles: _Styles, words: Words, name: str, columns: tuple[Column, ...]) -> None:
        self.words = words
        self.styles = styles
        self.columns = columns
        self.sheet = book.add_worksheet(words(f"ledger.{name}"))
        self.row = _HEAD
        self._left = 0
        self._head(words(f"ledger.{name}.title"))

    def _head(self, title: str) -> None:
        sheet = self.sheet
        sheet.write_string(0, 0, title, self.styles(bold=True, font_size=16))
        sheet.set_row(0, 26)
        heading = {"bold": True, "align": "center", "valign": "vcenter"}
        for position, column in enumerate(self.columns):
            sheet.set_column(position, position, column.width)
            tone = "#fff2cc" if column.fill else "#e7e6e6"
            text = self.words(f"ledger.column.{column.key}")
            sheet.write_string(_HEAD, position, text, self.styles.cell(bg_color=tone, **heading))
        sheet.set_row(_HEAD, 30)
        sheet.freeze_panes(_HEAD + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&C{self.words('ledger.page')}")

    def say(self, sentence: str) -> None:
        """Write the sentence below the title."""
        self.sheet.write_string(1, 0, plain(sentence), self.styles(font_color=_GREY))

    def add(self, values: dict[str, object], **properties: object) -> None:
        """Write a row; what has no room any more is counted."""
        if self.row >= _MOST_ROWS:
            self._left += 1
            return
        self.row += 1
        lines = 1
        for position, column in enumerate(self.columns):
            value = values.get(column.key)
            self._write(
                position, value, {"align": "center", **properties} if column.key in _CENTRED else dict(properties)
            )
            if isinstance(value, str):
                lines = max(lines, _lines(value, column.width))
        self.sheet.set_row(self.row, min(lines * _LINE_HEIGHT + 2, _HIGHEST))

    def _write(self, position: int, value: object, properties: dict[str, object]) -> None:
        sheet, row = self.sheet, self.row
        if isinstance(value, _Toned):
            properties["bg_color"] = value.tone
            value = value.text
        if isinstance(value, Decimal):
            pattern = "#,##0" + ("." + "0" * _decimals(value) if _decimals(value) else "")
            sheet.write_number(row, position, float(value), self.styles.cell(num_format=pattern, **properties))
        elif isinstance(value, int):
            sheet.write_number(row, position, value, self.styles.cell(**properties))
        elif value:
            text = plain(str(value))
            shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
            sheet.write_string(row, position, shown, self.styles.cell(**properties))
        else:
            sheet.write_blank(row, position, None, self.styles.cell(**properties))

    def close(self, nothing: str) -> None:
        """Let the filter reach to the last row; say so where there is none, or where some had no room."""
        if self._left:
            self.say(self.words("ledger.left", count=self._left))
        if self.row == _HEAD:
            self.sheet.write_string(_HEAD + 1, 0, nothing, self.styles(font_color=_GREY))
        last = max(self.row, _HEAD + 1)
        printed = sum(column.key != "id" for column in self.columns)
        self.sheet.autofilter(_HEAD, 0, last, len(self.columns) - 1)
        self.sheet.print_area(0, 0, last, printed - 1)

    def letter(self, key: str) -> int:
        """Return the position of a column."""
        return next(position for position, column in enumerate(self.columns) if column.key == key)


class _Toned(NamedTuple):
    """A text, and the colour behind it."""

    text: str
    tone: str


def _findings(sheet: _Sheet, audit: AuditJson) -> None:
    words = sheet.words
    counts = {severity: sum(each.severities[severity] for each in audit.filings) for severity in _TONES}
    waived = sum(len(each.waived) for each in audit.filings)
    sheet.say(words("ledger.sentence", filings=len(audit.filings), waived=waived, **counts))
    for filing in audit.filings:
        rules = {rule.id: rule for rule in filing.rules}
        for number, finding in enumerate(filing.findings, start=1):
            values = _of_filing(filing) | _of_finding(finding, words)
            values |= {"number": number, "rule": f"{finding.rule} {name_of(finding, rules, words)}"}
            sheet.add(values, **({"font_color": _GREY, "font_strikeout": False} if finding.waived else {}))
    _fillable(sheet)
    sheet.close(words("ledger.nothing"))


def _of_filing(filing: FilingJson) -> dict[str, object]:
    return {"filer": filing.filer, "year": filing.year or None, "file": file_name(filing.path)}


def _of_finding(finding: FindingJson, words: Words) -> dict[str, object]:
    return {
        "severity": _Toned(words(f"severity.{finding.severity}"), _TONES[finding.severity]),
        "message": finding.message,
        "place": where(finding.at, words),
        "actual": exact(finding.actual),
        "expected": exact(finding.expected),
        "difference": exact(finding.difference),
        "unit": finding.unit,
        "basis": finding.basis,
        "advice": finding.advice,
        "standing": standing(finding, words),
        "id": finding.id,
    }


def _fillable(sheet: _Sheet) -> None:
    """Offer what may be filled in, and grey out the rows that are settled."""
    words, first, last = sheet.words, _HEAD + 1, max(sheet.row, _HEAD + 1)
    for key in ("result", "closed"):
        position = sheet.letter(key)
        choices = words(f"ledger.choices.{key}").split("|")
        sheet.sheet.data_validation(first, position, last, position, {"validate": "list", "source": choices})
    deadline = sheet.letter("deadline")
    sheet.sheet.data_validation(
        first, deadline, last, deadline,
        {"validate": "date", "criteria": ">=", "value": _EPOCH, "error_message": words("ledger.date")},
    )  # fmt: skip
    dated = sheet.styles.cell(num_format="yyyy-mm-dd", bg_color="#fffdf5")
    free = sheet.styles.cell(bg_color="#fffdf5")
    for row in range(first, sheet.row + 1):
        for position, column in enumerate(sheet.columns):
            if column.fill:
                sheet.sheet.write_blank(row, position, None, dated if column.key == "deadline" else free)
    settled = words("ledger.choices.closed").split("|", maxsplit=1)[0]
    sheet.sheet.conditional_format(
        first, 0, last, len(sheet.columns) - 1,
        {
            "type": "formula", "format": sheet.styles(font_color="#a6a6a6"),
            "criteria": f'=${_letter(sheet.letter("closed"))}{first + 1}="{settled}"',
        },
    )  # fmt: skip


def _letter(position: int) -> str:
    return chr(ord("A") + position)


def _filings(sheet: _Sheet, audit: AuditJson) -> None:
    words, run = sheet.words, audit.run
    sheet.say(words("ledger.run", version=run.version, rules=run.rules, started=run.started))
    for filing in audit.filings:
        sheet.add(
            _of_filing(filing) | {
                "file": filing.path,
                "stage": words(f"stage.{filing.stage}"),
                "level": words(f"level.{filing.level or 'unknown'}"),
                "verdict": words(f"verdict.{filing.verdict}"),
                **{severity: filing.severities[severity] for severity in _TONES},
                "waived": len(filing.waived),
                "fixed": len(filing.fixed),
                "outcomes": _part(filing.coverage.outcomes),
                "figures": _part(filing.coverage.figures),
                "gaps": sum(1 for _ in rows(filing, words)),
                "layout": filing.layout_title or filing.layout,
                "sha256": filing.sha256,
            }
        )  # fmt: skip
    for file in audit.unreadable:
        sheet.add(
            {"file": file.path, "verdict": _Toned(words("console.unreadable"), _TONES["error"]), "sha256": file.sha256}
        )
    sheet.close(words("ledger.nothing"))


def _gaps(sheet: _Sheet, audit: AuditJson) -> None:
    words = sheet.words
    sheet.say(words("ledger.gaps.sentence"))
    for file in audit.unreadable:
        place = where(file.at, words) if file.at else ""
        kind = words("console.unreadable")
        sheet.add({"file": file.path, "kind": kind, "what": file.path, "place": place, "reason": file.reason})
    for filing in audit.filings:
        for gap in rows(filing, words):
            sheet.add(
                _of_filing(filing) | {"kind": gap.kind, "what": gap.what, "place": gap.place, "reason": gap.reason}
            )
    sheet.close(words("ledger.gaps.nothing"))


def exact(text: str | None) -> Decimal | str | None:
    """Return an amount as a number if a spreadsheet shows it exactly as it is, and else as its text."""
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    survives = value.is_finite() and len(value.as_tuple().digits) <= _DIGITS and Decimal(repr(float(value))) == value
    return value if survives and abs(value) < Decimal(10) ** _DIGITS else text


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column; a Chinese character is as wide as two digits."""
    taken = 0
    for line in text.split("\n"):
        wide = sum(2 if character > "\u2000" else 1.1 for character in line)
        taken += max(1, -int(-wide // max(width - 1, 1)))
    return taken


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _part(pair: tuple[int, int]) -> str:
    part, whole = pair
    return f"{part}/{whole}"
