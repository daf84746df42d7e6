"""The findings as CSV, one row each, as Chinese offices open it: UTF-8 with a mark, lines ended by CRLF.

A filing that could not be verified in full, and a file that could not be read, have a row of their own without a
severity: a list without rows would look like a pass.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from checker.contract.finding import FindingJson
from checker.contract.shape import AuditJson, FilingJson
from checker.outputs.gap_words import grave_lines
from checker.outputs.names import rule_name
from checker.outputs.places import file_of, where
from checker.outputs.plain import plain
from checker.outputs.standing import Standing, waiver
from checker.outputs.words import Words

COLUMNS: Final = (
    "filer", "year", "stage", "path", "rule", "name", "severity", "place", "ref", "actual", "expected", "difference",
    "unit", "message", "advice", "basis", "state", "baselined", "waived", "id",
)  # fmt: skip
MOST_DOUBTS: Final = 20
"""Remarks in one cell of what was not verified; a cell of a spreadsheet holds 32,767 characters."""
_MARK = "\ufeff"
_PLAIN_DECIMAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
"""How a cell begins that a spreadsheet may take for a formula, in half or full width (OWASP: CSV injection)."""


def render(audit: AuditJson, words: Words) -> bytes:
    """Return the table; its header and the words for severities are in the language of the report.

    Amounts are plain decimals. Any other cell that a spreadsheet could take for a formula begins with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([words(f"csv.{column}") for column in COLUMNS])
    for row in _rows(audit, words):
        writer.writerow([row.get(column, "") for column in COLUMNS])
    return (_MARK + text.getvalue()).encode()


def _rows(audit: AuditJson, words: Words) -> Iterator[dict[str, str]]:
    for filing in audit.filings:
        head = _head(filing, words)
        names = {rule.id: rule_name(rule, words) for rule in filing.rules}
        for finding in filing.findings:
            yield head | _finding(filing, finding, names.get(finding.rule, finding.name), words)
        if not filing.complete:
            doubts = "；".join(grave_lines(filing, words, MOST_DOUBTS))
            yield head | {"name": words("told.incomplete"), "message": _text(doubts)}
    for file in audit.unreadable:
        place = _text(where(file.at, words)) if file.at else ""
        name, message = words("console.unreadable"), _text(file.reason)
        yield {"path": _text(file.path), "name": name, "place": place, "message": message}


def _head(filing: FilingJson, words: Words) -> dict[str, str]:
    return {
        "filer": _text(filing.filer),
        "year": str(filing.year or ""),
        "stage": words(f"stage.{filing.stage}"),
        "path": _text(file_of(filing)),
    }


def _finding(filing: FilingJson, finding: FindingJson, name: str, words: Words) -> dict[str, str]:
    return {
        "path": _text(file_of(filing, finding.at)),
        "rule": _text(finding.rule),
        "name": _text(name),
        "severity": words(f"severity.{finding.severity}"),
        "place": _text(where(finding.at, words)),
        "ref": _text(finding.ref),
        "actual": _amount(finding.actual),
        "expected": _amount(finding.expected),
        "difference": _amount(finding.difference),
        "unit": _text(finding.unit),
        "message": _text(finding.message),
        "advice": _text(finding.advice),
        "basis": _text(finding.basis),
        "state": words(f"told.{finding.state}") if finding.state else "",
        "baselined": words("told.baselined") if finding.baselined else "",
        "waived": _text(waiver(finding, words)) if Standing.of(finding) is Standing.WAIVED else "",
        "id": finding.id,
    }


def _amount(text: str | None) -> str:
    """Return an amount as a plain decimal, which a spreadsheet reads as the number it is."""
    if text is None:
        return ""
    return text.removeprefix("+") if _PLAIN_DECIMAL.fullmatch(text) else _text(text)


def _text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    shown = plain(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown
