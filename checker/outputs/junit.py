"""The audit as JUnit XML: a test suite a filing, a test case a rule that applied to it.

A rule with findings that count is one failure, however many places it has, since GitLab and Jenkins show but the first
failure of a case; its text has a line a finding, and the properties of the suite count them by severity. What a
baseline knows and what is waived is skipped, with the reason. What could not be verified is an error of the case
“verified in full”: a suite of passed cases must not hide it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.rule import ReasonJson, RuleJson
from checker.contract.shape import AuditJson, FilingJson, UnreadableJson
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.outputs.gap_words import grave_lines, sentences
from checker.outputs.names import filing_title, rule_name
from checker.outputs.places import slashed, where, why_unreadable
from checker.outputs.plain import plain
from checker.outputs.standing import Standing, remarks, tally, waiver
from checker.outputs.words import Words
from checker.outputs.worked import worked_line

_ASSESSED = (Verdict.AGREES, Verdict.ROUNDING, Verdict.DIFFERS, Verdict.UNASSESSED, Verdict.FAULT)


class _Case(msgspec.Struct, frozen=True):
    """A test case: `result` is nothing when it passed, else failure, error or skipped, of a type, with what it says."""

    name: str
    group: str
    result: str = ""
    type: str = ""
    message: str = ""
    lines: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class _Suite(msgspec.Struct, frozen=True):
    """A test suite with its counts in words."""

    name: str
    cases: tuple[_Case, ...]
    properties: dict[str, str] = {}

    def count(self, result: str) -> int:
        """How many cases ended so."""
        return sum(case.result == result for case in self.cases)


def render(audit: AuditJson, words: Words) -> bytes:
    """Return the XML; texts hold no character that XML forbids."""
    suites = [_filing(filing, audit, words) for filing in audit.filings]
    suites += [_unreadable(file, words) for file in audit.unreadable]
    root = ET.Element("testsuites", {"name": "gouji", **_counts(*suites)})
    for suite in suites:
        element = ET.SubElement(root, "testsuite", {"name": suite.name, **_counts(suite)})
        element.set("skipped", str(suite.count("skipped")))
        properties = ET.SubElement(element, "properties")
        for name, value in suite.properties.items():
            ET.SubElement(properties, "property", name=name, value=value)
        for case in suite.cases:
            _write(element, case)
    ET.indent(root, " ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _counts(*suites: _Suite) -> dict[str, str]:
    return {
        "tests": str(sum(len(suite.cases) for suite in suites)),
        "failures": str(sum(suite.count("failure") for suite in suites)),
        "errors": str(sum(suite.count("error") for suite in suites)),
    }


def _write(suite: ET.Element, case: _Case) -> None:
    element = ET.SubElement(suite, "testcase", classname=case.group, name=case.name)
    if case.result:
        result = ET.SubElement(element, case.result, message=case.message)
        if case.type:
            result.set("type", case.type)
        result.text = "\n".join(case.lines)
    if case.remarks:
        ET.SubElement(element, "system-out").text = "\n".join(case.remarks)


def _filing(filing: FilingJson, audit: AuditJson, words: Words) -> _Suite:
    path = plain(slashed(filing.path))
    properties = {
        "path": path,
        "sha256": filing.sha256,
        "verdict": words(f"verdict.{filing.verdict}"),
        "coverage": "/".join(map(str, filing.coverage.outcomes)),
        "rules": audit.run.rules,
    }
    alone = msgspec.structs.replace(audit, filings=(filing,), unreadable=(), waivers=())
    properties |= {name: str(count) for name, count in tally(alone).items()}
    findings: dict[str, list[FindingJson]] = {}
    for finding in filing.findings:
        findings.setdefault(finding.rule, []).append(finding)
    cases = [_complete(filing, path, words)]
    cases += [
        _rule(rule, findings.get(rule.id, []), path, words)
        for rule in filing.rules
        if rule.id in findings or any(rule.outcomes.get(verdict) for verdict in _ASSESSED)
    ]
    return _Suite(f"{filing_title(filing, words)} {path}", tuple(cases), properties)


def _complete(filing: FilingJson, path: str, words: Words) -> _Case:
    """Return the case that stands for the verification as a whole."""
    notes = [gap.text for gap in sentences(filing, words) if not gap.grave]
    notes += [plain(words("told.gone", rule=finding.rule, message=finding.message)) for finding in filing.fixed]
    name = words("junit.complete")
    if filing.complete:
        return _Case(name, path, remarks=tuple(notes))
    lines = grave_lines(filing, words)
    return _Case(name, path, "error", "incomplete", words("told.incomplete"), lines, tuple(notes))


def _rule(rule: RuleJson, findings: list[FindingJson], path: str, words: Words) -> _Case:
    name, group = plain(f"{rule.id} {rule_name(rule, words)}"), f"{path} · {plain(rule.pack)}"
    faults = [reason for reason in rule.reasons if reason.outcome == Verdict.FAULT]
    doubts = [_reason(reason, words) for reason in rule.reasons if reason.outcome == Verdict.UNASSESSED]
    counting = [finding for finding in findings if Standing.of(finding) is Standing.OPEN]
    passed = [line for finding in findings if finding not in counting for line in _lines(finding, words)]
    if faults:
        lines = [_reason(reason, words) for reason in faults]
        lines += [line for finding in counting for line in _lines(finding, words)]
        return _Case(name, group, "error", "fault", lines[0], tuple(lines), (*passed, *doubts))
    if counting:
        worst = min(counting, key=lambda finding: Severity(finding.severity).rank)
        message = plain(worst.message)
        if len(counting) > 1:
            message = words("junit.places", message=message, count=len(counting))
        lines = [line for finding in counting for line in _lines(finding, words)]
        return _Case(name, group, "failure", worst.severity, message, tuple(lines), (*passed, *doubts))
    if findings:
        told = dict.fromkeys(waiver(each, words) or words("told.baselined") for each in findings)
        return _Case(name, group, "skipped", "waived", "；".join(told), tuple(passed), tuple(doubts))
    if doubts:
        return _Case(name, group, "skipped", "unassessed", doubts[0], tuple(doubts))
    return _Case(name, group)


def _lines(finding: FindingJson, words: Words) -> Iterator[str]:
    """Yield a finding: severity, how it stands, place and message, and below it the worked line and its identity."""
    marks = (words(f"severity.{finding.severity}"), *remarks(finding, words))
    yield plain(f"[{'，'.join(marks)}] {where(finding.at, words)} {finding.message}")
    yield "  " + plain(" · ".join(filter(None, (worked_line(finding, words), finding.advice, finding.id))))


def _reason(reason: ReasonJson, words: Words) -> str:
    text = words("html.rules.times", reason=reason.reason, count=reason.count)
    return plain(f"{words(f'outcome.{reason.outcome}')}：{text}")


def _unreadable(file: UnreadableJson, words: Words) -> _Suite:
    path = plain(slashed(file.path))
    reason = plain(why_unreadable(file, words))
    case = _Case(words("junit.complete"), path, "error", "unreadable", words("told.unreadable", reason=reason))
    return _Suite(path, (case,), {"path": path, "sha256": file.sha256})
