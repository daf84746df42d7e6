"""The audit for a GitHub workflow: annotations at the files of a pull request, and the summary of a job."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.shape import AuditJson, FilingJson
from checker.model.rule import Severity
from checker.outputs.digest import digest
from checker.outputs.gap_words import grave_lines
from checker.outputs.names import rule_name
from checker.outputs.places import file_of, line_of, slashed, where, why_unreadable
from checker.outputs.plain import plain
from checker.outputs.standing import Standing, rank, remarks
from checker.outputs.words import Words
from checker.outputs.worked import unsaid

MOST_SHOWN: Final = 10
"""Annotations of one level that GitHub shows of a step; it drops the others without a word."""
MOST_SUMMARY: Final = 1024 * 1024
"""Bytes that GitHub takes as the summary of a step; beyond, it shows none of it."""
_LEVELS: Final[dict[str, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "notice",
}


class _Annotation(msgspec.Struct, frozen=True):
    """A remark at a file: its level, what sorts it among those of its level, path, line (0: none), title, message."""

    level: str
    order: tuple[int, ...]
    path: str
    line: int
    title: str
    message: str


def render(audit: AuditJson, words: Words) -> bytes:
    """Return workflow commands, worst first; of each level as many as GitHub shows, the last of which counts the rest.

    What could not be verified is annotated, too: as an error when a file could not be read at all, else as a warning.
    What is waived or known to a baseline comes last, and waived findings are no more than notices.
    """
    noted = sorted(_annotations(audit, words), key=lambda each: each.order)
    lines: list[str] = []
    for level in _LEVELS.values():
        alike = [each for each in noted if each.level == level]
        hidden = len(alike) - MOST_SHOWN
        more = f"\n{words('github.more', count=hidden)}" if hidden > 0 else ""
        for number, each in enumerate(alike[:MOST_SHOWN], start=1):
            lines.append(_command(each, each.message + (more if number == MOST_SHOWN else "")))
    return "".join(f"{line}\n" for line in lines).encode()


def summary(audit: AuditJson, words: Words) -> bytes:
    """Return what goes into the summary of a job, in Markdown, no longer than GitHub takes."""
    return digest(audit, words, MOST_SUMMARY)


def _annotations(audit: AuditJson, words: Words) -> Iterator[_Annotation]:
    for file in audit.unreadable:
        told = why_unreadable(file, words)
        yield _Annotation("error", (-1,), slashed(file.path), 0, words("console.unreadable"), plain(told))
    for filing in audit.filings:
        names = {rule.id: rule_name(rule, words) for rule in filing.rules}
        for finding in filing.findings:
            yield _finding(filing, finding, names.get(finding.rule, finding.name), words)
        if not filing.complete:
            told = "\n".join(grave_lines(filing, words, MOST_SHOWN))
            yield _Annotation("warning", (-1,), file_of(filing), 0, words("told.incomplete"), told)


def _finding(filing: FilingJson, finding: FindingJson, name: str, words: Words) -> _Annotation:
    waived = Standing.of(finding) is Standing.WAIVED
    marks = "，".join((words(f"severity.{finding.severity}"), *remarks(finding, words)))
    title = plain(f"{finding.rule} {name}（{marks}）")
    told = (f"{where(finding.at, words)}：{finding.message}", unsaid(finding, words), finding.advice)
    return _Annotation(
        "notice" if waived else _LEVELS[finding.severity],
        rank(finding),
        file_of(filing, finding.at),
        line_of(filing, finding.at),
        title,
        "\n".join(plain(part) for part in chain(told, [finding.basis]) if part),
    )


def _command(noted: _Annotation, message: str) -> str:
    properties = {"file": noted.path, "line": str(noted.line) if noted.line else "", "title": noted.title}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
    return f"::{noted.level} {written}::{_data(message)}"


def _data(text: str) -> str:
    """Escape the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
