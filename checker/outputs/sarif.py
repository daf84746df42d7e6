"""The audit as SARIF 2.1.0 (OASIS): one run, a result a finding, what was not verified as notifications of the tool.

A region is given in text files only: the lines of other formats are the reader's, and no viewer could open them; their
places stand in the property bags, and the semantic address of the figure as the logical location.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec

from checker.contract.finding import FindingJson, OperandJson, State
from checker.contract.place import At
from checker.contract.rule import RuleJson
from checker.contract.shape import AuditJson, FilingJson
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.outputs.gap_words import sentences
from checker.outputs.names import rule_name
from checker.outputs.places import file_of, line_of, slashed, uri_of, where, why_unreadable
from checker.outputs.plain import plain
from checker.outputs.standing import Standing, waiver
from checker.outputs.words import Words
from checker.outputs.worked import unsaid

SCHEMA_URI: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "goujiFinding/v1"
MOST_RELATED: Final = 100
"""Operands listed as related locations: code scanning shows no more, and refuses a result with more than 1,000."""
_LEVELS: Final[dict[str, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTICE: "note",
}
_NOTIFIED: Final = {
    "unreadable": "error",
    "bug": "error",
    "fault": "error",
    "missing": "error",
    "unassessed": "warning",
    "unread": "warning",
    "skipped": "warning",
    "doubt": "warning",
    "unverified": "warning",
    "incomplete": "error",
    "foreign": "note",
}
"""What is not verified, by sort, and the level at which it is notified."""
Json = dict[str, object]


def render(audit: AuditJson, words: Words) -> bytes:
    """Return the log, indented; the same audit gives the same bytes."""
    log = {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [_run(audit, words)]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _run(audit: AuditJson, words: Words) -> Json:
    rules = _applied(audit)
    positions = {rule.id: number for number, rule in enumerate(rules)}
    artifacts = _Artifacts(audit)
    notified = list(_notifications(audit, artifacts, words))
    results = _Results(audit, artifacts, positions, words)
    return {
        "tool": {
            "driver": {
                "name": "Gouji",
                "fullName": "Gouji 勾稽",
                "version": audit.run.version,
                "semanticVersion": audit.run.version,
                "language": "en" if words.language == "en" else "zh-CN",
                "rules": [_rule(rule, words) for rule in rules],
                "notifications": [{"id": sort} for sort in _NOTIFIED],
                "properties": {"rules": audit.run.rules, "packs": audit.run.packs},
            }
        },
        "language": "en" if words.language == "en" else "zh-CN",
        "invocations": [_invocation(audit, notified)],
        "artifacts": artifacts.told,
        "results": list(results),
        "columnKind": "unicodeCodePoints",
        "properties": {"audit": audit.schema, "filings": [_summary(filing) for filing in audit.filings]},
    }


def _invocation(audit: AuditJson, notified: list[Json]) -> Json:
    """Return the run of the program: successful only when everything could be verified."""
    told: Json = {"executionSuccessful": not any(each["level"] == "error" for each in notified)}
    if audit.run.started:
        started = datetime.fromisoformat(audit.run.started).astimezone(UTC)
        told["startTimeUtc"] = started.strftime("%Y-%m-%dT%H:%M:%SZ")
    return told | {"toolExecutionNotifications": notified}


def _applied(audit: AuditJson) -> list[RuleJson]:
    """Return the rules that apply to any filing or have a finding, by their id."""
    rules: dict[str, RuleJson] = {}
    for filing in audit.filings:
        found = {finding.rule for finding in (*filing.findings, *filing.fixed)}
        for rule in filing.rules:
            applies = any(count for outcome, count in rule.outcomes.items() if outcome != Verdict.NOT_APPLICABLE)
            if applies or rule.id in found:
                rules.setdefault(rule.id, rule)
    return sorted(rules.values(), key=lambda rule: rule.id)


def _rule(rule: RuleJson, words: Words) -> Json:
    basis = words("sarif.basis", basis=rule.basis) if rule.basis else ""
    caution = words("sarif.caution", caution=rule.possible_false_alarm) if rule.possible_false_alarm else ""
    name = rule_name(rule, words)
    help_text = "\n".join(filter(None, (name, basis, caution)))
    return {
        "id": rule.id,
        "name": name,
        "shortDescription": {"text": _message(name)},
        "fullDescription": {"text": _message(f"{name} {basis}")},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"kind": rule.kind, "pack": rule.pack, "tags": [rule.kind, rule.pack]},
    }


class _Artifacts:
    """The files of the audit, each once, whether anything was found in it or not."""

    def __init__(self, audit: AuditJson) -> None:
        self.told: list[Json] = []
        self._positions: dict[str, int] = {}
        for filing in audit.filings:
            paths = [slashed(file.path) for file in filing.files] or [slashed(filing.path)]
            for path in paths:
                # The hash of a filing in several files is none of a file.
                self._add(path, filing.sha256 if len(paths) == 1 else "")
        for file in audit.unreadable:
            self._add(slashed(file.path), file.sha256)

    def _add(self, path: str, sha256: str) -> None:
        if path not in self._positions:
            self._positions[path] = len(self.told)
            hashes: Json = {"hashes": {"sha-256": sha256}} if sha256 else {}
            self.told.append({"location": _uri(path), "roles": ["analysisTarget"], **hashes})

    def location(self, path: str) -> Json:
        """Return where a file is, and which of the files it is."""
        position = self._positions.get(path)
        return _uri(path) if position is None else {**_uri(path), "index": position}


def _uri(path: str) -> Json:
    uri = uri_of(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


class _Results:
    """The findings as results, those that are gone since the previous audit among them."""

    def __init__(self, audit: AuditJson, artifacts: _Artifacts, rules: dict[str, int], words: Words) -> None:
        self._audit = audit
        self._artifacts = artifacts
        self._rules = rules
        self._words = words
        findings = [finding for filing in audit.filings for finding in filing.findings]
        # What one result says of baseline or suppression, every other has to say as well (3.27.23, 3.27.24).
        self._compared = any(filing.previous or filing.fixed for filing in audit.filings)
        self._compared |= any(finding.state for finding in findings)
        self._suppressed = any(Standing.of(finding) is not Standing.OPEN for finding in findings)

    def __iter__(self) -> Iterator[Json]:
        for filing in self._audit.filings:
            seen = Counter[str]()
            for finding in filing.findings:
                seen[finding.id] += 1
                baseline = {"baselineState": _baseline(finding)} if self._compared else {}
                yield self._result(filing, finding, seen[finding.id]) | baseline
            for finding in filing.fixed:
                seen[finding.id] += 1
                yield self._result(filing, finding, seen[finding.id]) | {"baselineState": "absent"}

    def _result(self, filing: FilingJson, finding: FindingJson, number: int) -> Json:
        told: Json = {"ruleId": finding.rule}
        if finding.rule in self._rules:
            told["ruleIndex"] = self._rules[finding.rule]
        identity = finding.id if number == 1 else f"{finding.id}:{number}"
        text = " ".join(filter(None, (finding.message, unsaid(finding, self._words), finding.advice)))
        told |= {
            "kind": "fail",
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(text)},
            "locations": [self._location(filing, finding.at, finding.ref)],
            "partialFingerprints": {FINGERPRINT: identity},
            "properties": _bag(finding),
        }
        related = [each for each in finding.operands if (each.ref, each.at) != (finding.ref, finding.at)]
        if related:
            told["relatedLocations"] = [
                self._operand(filing, operand, position) for position, operand in enumerate(related[:MOST_RELATED])
            ]
        if self._suppressed:
            told["suppressions"] = list(self._suppressions(finding))
        return told

    def _location(self, filing: FilingJson, at: At, ref: str) -> Json:
        location = _location(filing, at, self._artifacts, self._words)
        return location | ({"logicalLocations": [{"fullyQualifiedName": plain(ref), "kind": "figure"}]} if ref else {})

    def _operand(self, filing: FilingJson, operand: OperandJson, number: int) -> Json:
        text = f"{'+' if operand.sign > 0 else '-'} {operand.ref} {operand.text} {operand.unit}"
        location = self._location(filing, operand.at, operand.ref)
        return {"id": number, **location, "message": {"text": _message(text)}}

    def _suppressions(self, finding: FindingJson) -> Iterator[Json]:
        if finding.waived is not None:
            yield {"kind": "external", "status": "accepted", "justification": waiver(finding, self._words)}
        if finding.baselined:
            yield {"kind": "external", "status": "accepted", "justification": self._words("told.baselined")}


def _baseline(finding: FindingJson) -> str:
    """Return how a finding stands to the previous audit; a filing that it did not have is new as a whole."""
    if finding.state is not State.REMAINING:
        return "new"
    return "unchanged" if finding.before is None else "updated"


def _location(filing: FilingJson, at: At, artifacts: _Artifacts, words: Words) -> Json:
    """Return a physical location; outside of text files its place stands in the property bag."""
    physical: Json = {"artifactLocation": artifacts.location(file_of(filing, at))}
    line = line_of(filing, at)
    if line:
        physical["region"] = {"startLine": line}
    bag = msgspec.to_builtins(at)
    bag.pop("file", None)
    if bag:
        physical["properties"] = bag | {"place": plain(where(at, words))}
    return {"physicalLocation": physical}


def _bag(finding: FindingJson) -> Json:
    names = ("name", "expected", "actual", "difference", "limit", "unit", "relation", "advice", "basis", "values")
    told = {name: getattr(finding, name) for name in names}
    return {name: value for name, value in told.items() if value} | {"operands": len(finding.operands)}


def _notifications(audit: AuditJson, artifacts: _Artifacts, words: Words) -> Iterator[Json]:
    for file in audit.unreadable:
        location: Json = {"physicalLocation": {"artifactLocation": artifacts.location(slashed(file.path))}}
        text = words("told.unreadable", reason=why_unreadable(file, words))
        yield _notification("bug" if file.bug else "unreadable", f"{slashed(file.path)}：{text}", location)
    for filing in audit.filings:
        for gap in sentences(filing, words):
            yield _notification(gap.sort, gap.text, _location(filing, gap.at or At(), artifacts, words))
        if not filing.complete:
            text = f"{slashed(filing.path)}：{words('told.incomplete')}"
            yield _notification("incomplete", text, _location(filing, At(), artifacts, words))


def _notification(sort: str, text: str, location: Json) -> Json:
    return {
        "descriptor": {"id": sort, "index": list(_NOTIFIED).index(sort)},
        "level": _NOTIFIED[sort],
        "message": {"text": _message(text)},
        "locations": [location],
    }


def _summary(filing: FilingJson) -> Json:
    return {
        "path": filing.path,
        "filer": filing.filer,
        "year": filing.year,
        "stage": filing.stage,
        "verdict": filing.verdict,
        "coverage": filing.coverage.outcomes,
        "complete": filing.complete,
    }


def _message(text: str) -> str:
    """Return a text as a SARIF message has it: braces doubled, and nothing that reads as a link (3.11.5, 3.11.6)."""
    return plain(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")
