"""A filing with less in it: all that summaries, lists and the gate are made from, without its tables and its text.

A whole filing takes some hundred kilobytes; of ten thousand filings no more than this can be kept at once.
"""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import Final

import msgspec

from checker.contract.place import At
from checker.contract.shape import FilingJson, FindingJson, RuleJson, State, TableJson, WaivedJson
from checker.model.outcome import Verdict

_NOWHERE: Final = At()


def brief(filing: FilingJson) -> FilingJson:
    """Return a filing without the bodies of its tables, its passages, and the rules that do not apply to it.

    Every finding, every reason why something was not assessed and every count stays; addresses into `tables` keep the
    number of the table. A format of `checker.outputs.formats` says the same of a brief filing as of the whole one.
    """
    return msgspec.structs.replace(
        filing,
        tables=tuple(map(_without_body, filing.tables)),
        passages=(),
        rules=tuple(_shared(rule) for rule in filing.rules if _applies(rule)),
    )


def bare(filing: FilingJson) -> FilingJson:
    """Return a filing with no more than what decides how a run ends: how many findings of what sort, what is lacking.

    The findings are there in their number, without what they say.
    """
    return msgspec.structs.replace(
        filing,
        tables=(),
        skipped=tuple(part for part in filing.skipped if not part.foreign)[:1],
        unread=filing.unread[:1],
        unticked=(),
        findings=tuple(map(_bare_finding, filing.findings)),
        rules=(),
        observations=(),
        passages=(),
        fixed=tuple(map(_bare_finding, filing.fixed)),
    )


def _without_body(table: TableJson) -> TableJson:
    return msgspec.structs.replace(table, headers=(), body=(), fields={}, indicators=())


def _applies(rule: RuleJson) -> bool:
    return any(count for outcome, count in rule.outcomes.items() if outcome != Verdict.NOT_APPLICABLE)


def _shared(rule: RuleJson) -> RuleJson:
    """Return a rule whose words are the same objects in every filing."""
    return msgspec.structs.replace(
        rule,
        id=intern(rule.id),
        name=intern(rule.name),
        kind=intern(rule.kind),
        name_en=intern(rule.name_en),
        pack=intern(rule.pack),
        basis=intern(rule.basis),
        possible_false_alarm=intern(rule.possible_false_alarm),
    )


def _bare_finding(finding: FindingJson) -> FindingJson:
    return _finding_like(finding.severity, finding.rule, finding.state, finding.baselined, finding.waived is not None)


@lru_cache(maxsize=10_000)
def _finding_like(severity: str, rule: str, state: State, baselined: bool, waived: bool) -> FindingJson:
    """Return the one finding that stands for all of its sort."""
    return FindingJson(
        id="", values="", rule=rule, name="", kind="", severity=severity, message="", advice="", basis="", ref="",
        at=_NOWHERE, expected=None, actual=None, difference=None, limit=None, unit="", relation="", operands=(),
        state=state, baselined=baselined, waived=WaivedJson("", "", "", "") if waived else None,
    )  # fmt: skip
