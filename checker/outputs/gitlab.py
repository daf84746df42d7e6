"""The findings as a GitLab code quality report, which merge requests compare with that of the branch they go into.

GitLab knows no places but lines, and no suppression: in files that are no text a finding stands at line 1 with its
place in the description, and a waived one stays as `info`, since one that is left out would be shown as resolved.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Final

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.place import At
from checker.contract.shape import AuditJson, FilingJson
from checker.model.rule import Severity
from checker.outputs.gap_words import sentences
from checker.outputs.names import rule_name
from checker.outputs.places import file_of, line_of, slashed, where, why_unreadable
from checker.outputs.plain import plain
from checker.outputs.standing import Standing, remarks
from checker.outputs.words import Words
from checker.outputs.worked import unsaid

_SEVERITIES: Final[dict[str, str]] = {
    Severity.ERROR: "critical",
    Severity.WARNING: "minor",
    Severity.NOTICE: "info",
}

Issue = dict[str, object]


def render(audit: AuditJson, words: Words) -> bytes:
    """Return the report: the findings of each filing, what could not be verified, and files that could not be read."""
    issues = [issue for filing in audit.filings for issue in _filing(filing, words)]
    for file in audit.unreadable:
        told = why_unreadable(file, words)
        path = slashed(file.path)
        description = words("told.unreadable", reason=plain(told))
        issues.append(_issue(description, "unreadable", f"{path}\0unreadable", "blocker", path, 1))
    return msgspec.json.format(msgspec.json.encode(issues), indent=1) + b"\n"


def _filing(filing: FilingJson, words: Words) -> Iterator[Issue]:
    names = {rule.id: rule_name(rule, words) for rule in filing.rules}
    seen = Counter[tuple[str, str]]()
    for finding in filing.findings:
        path = file_of(filing, finding.at)
        # The same identity may stand twice in a filing; GitLab shows only the first of two alike.
        seen[path, finding.id] += 1
        identity = f"{path}\0{finding.id}\0{seen[path, finding.id]}"
        waived = Standing.of(finding) is Standing.WAIVED
        severity = "info" if waived else _SEVERITIES[finding.severity]
        description = _description(finding, names.get(finding.rule, finding.name), words)
        yield _issue(description, finding.rule, identity, severity, path, line_of(filing, finding.at))
    if not filing.complete:
        for gap in sentences(filing, words):
            if gap.grave:
                path = file_of(filing, gap.at)
                identity = f"{path}\0{gap.sort}\0{gap.text}"
                description = f"{words('told.incomplete')}：{gap.text}"
                yield _issue(description, gap.sort, identity, "major", path, line_of(filing, gap.at))


def _description(finding: FindingJson, name: str, words: Words) -> str:
    place = where(finding.at, words) if finding.at != At() else ""
    told = [plain(f"{finding.rule} {name}"), plain(place), plain(finding.message), unsaid(finding, words)]
    description = words("told.stop").join(filter(None, (part.rstrip("。.") for part in told)))
    marks = (words(f"severity.{finding.severity}"), *remarks(finding, words))
    return f"[{'，'.join(marks)}] {description}"


def _issue(description: str, check: str, identity: str, severity: str, path: str, line: int) -> Issue:
    return {
        "description": description,
        "check_name": f"gouji/{check}",
        "fingerprint": hashlib.sha256(identity.encode()).hexdigest(),
        "severity": severity,
        "location": {"path": path, "lines": {"begin": max(1, line)}},
    }
