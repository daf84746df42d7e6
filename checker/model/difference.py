"""Two audits of one filing, by two versions of the rules → what the change of rules changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from checker.model.audit import FilingAudit, Unreadable
from checker.model.finding import Finding
from checker.model.outcome import Outcome, Verdict
from checker.model.place import Place
from checker.model.rule import RuleInfo, Severity


class Change(StrEnum):
    """What became of a finding, or of an application of a rule."""

    ADDED = "added"
    REMOVED = "removed"
    RERATED = "rerated"
    UNASSESSED = "unassessed"


class Difference(msgspec.Struct, frozen=True):
    """One thing that the new rules say otherwise of a filing.

    `before` and `after` are the severities; of an application that became unassessed there is neither, and `text` is
    the reason instead of the message.
    """

    change: Change
    rule: RuleInfo
    path: str
    ref: str
    at: Place | None
    text: str
    before: Severity | None = None
    after: Severity | None = None

    @property
    def worsens(self) -> bool:
        """Whether a filing stands worse for it: a finding more, or a harder one."""
        if self.after is None:
            return False
        return self.before is None or self.after.rank < self.before.rank


def differences(old: FilingAudit, new: FilingAudit) -> list[Difference]:
    """Return what the new rules say otherwise of a filing, by rule, then in reading order."""
    path = new.filing.path
    before, after = _by_id(old.findings), _by_id(new.findings)
    found: list[Difference] = []
    for key, finding in after.items():
        known = before.get(key)
        if known is None:
            found.append(_told(Change.ADDED, finding, path, after=finding.severity))
        elif known.severity is not finding.severity:
            found.append(_told(Change.RERATED, finding, path, known.severity, finding.severity))
    found += [
        _told(Change.REMOVED, finding, path, before=finding.severity)
        for key, finding in before.items()
        if key not in after
    ]
    found += _no_longer_assessed(old, new)
    return sorted(found, key=lambda one: (one.rule.id, one.at.order if one.at else ("", 0, 0), one.ref, one.change))


def _by_id(findings: Iterable[Finding]) -> dict[tuple[str, int], Finding]:
    """Return findings by their ids, those of one id numbered."""
    seen = Counter[str]()
    numbered: dict[tuple[str, int], Finding] = {}
    for finding in findings:
        numbered[finding.id, seen[finding.id]] = finding
        seen[finding.id] += 1
    return numbered


def _told(
    change: Change, finding: Finding, path: str, before: Severity | None = None, after: Severity | None = None
) -> Difference:
    return Difference(change, finding.rule, path, finding.ref, finding.at, finding.message, before, after)


def _no_longer_assessed(old: FilingAudit, new: FilingAudit) -> list[Difference]:
    """Return the applications of rules that both versions have which only the new one could not assess."""
    shared = {rule.id for rule in old.rules}
    known = Counter((outcome.rule.id, _about(outcome)) for outcome in old.outcomes if _unassessed(outcome))
    found: list[Difference] = []
    for outcome in new.outcomes:
        key = (outcome.rule.id, _about(outcome))
        if not _unassessed(outcome) or outcome.rule.id not in shared:
            continue
        if known[key]:
            known[key] -= 1
            continue
        place = outcome.place or (outcome.operands[0].place if outcome.operands else None)
        found.append(Difference(Change.UNASSESSED, outcome.rule, new.filing.path, key[1], place, outcome.reason))
    return found


def _unassessed(outcome: Outcome) -> bool:
    return outcome.verdict in {Verdict.UNASSESSED, Verdict.FAULT}


def _about(outcome: Outcome) -> str:
    return outcome.operands[0].ref if outcome.operands else outcome.about


class Comparison(msgspec.Struct, frozen=True):
    """What a change of rules changes over many filings.

    `rules` are the ids that only the old and only the new version have; `misread` tells, by file, what only one version
    could read.
    """

    filings: int
    differences: tuple[Difference, ...]
    rules: tuple[tuple[str, ...], tuple[str, ...]]
    verdicts: tuple[tuple[str, str, str], ...] = ()
    misread: tuple[tuple[str, str, str], ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()

    @property
    def same(self) -> bool:
        """Whether the change of rules changes nothing in what is said of these filings."""
        return not self.differences and not self.misread


def compare(
    results: Iterable[tuple[list[FilingAudit | Unreadable], ...]], rules: tuple[frozenset[str], frozenset[str]]
) -> Comparison:
    """Compare what two versions of the rules, with these ids, made of many filings."""
    filings = 0
    found: list[Difference] = []
    verdicts: list[tuple[str, str, str]] = []
    misread: list[tuple[str, str, str]] = []
    unreadable: list[tuple[str, str]] = []
    for one, other in results:
        old, new = _by_path(one), _by_path(other)
        for path in dict.fromkeys([*old, *new]):
            before, after = old.get(path), new.get(path)
            if isinstance(before, FilingAudit) and isinstance(after, FilingAudit):
                filings += 1
                found += differences(before, after)
                if before.conclusion is not after.conclusion:
                    verdicts.append((path, before.conclusion, after.conclusion))
            elif isinstance(before, Unreadable) and isinstance(after, Unreadable):
                unreadable.append((path, after.reason))
            else:
                misread.append((path, _reason(before), _reason(after)))
    only = (tuple(sorted(rules[0] - rules[1])), tuple(sorted(rules[1] - rules[0])))
    return Comparison(filings, tuple(found), only, tuple(verdicts), tuple(misread), tuple(unreadable))


def _by_path(results: Iterable[FilingAudit | Unreadable]) -> dict[str, FilingAudit | Unreadable]:
    return {each.filing.path if isinstance(each, FilingAudit) else each.path: each for each in results}


def _reason(result: FilingAudit | Unreadable | None) -> str:
    if isinstance(result, FilingAudit):
        return ""
    return result.reason if result else "—"
