"""Whether an audit could have found a finding again: only then is a finding that is not there any more fixed."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from checker.contract.finding import FindingJson
from checker.contract.rule import ReasonJson
from checker.contract.shape import FilingJson
from checker.model.outcome import Verdict

_UNSAID: Final = frozenset({Verdict.UNASSESSED, Verdict.FAULT})
_PLACE: Final = re.compile(r"[\[“]")


def refs_of(finding: FindingJson) -> frozenset[str]:
    """Return the semantic addresses of all that a finding is about."""
    return frozenset({finding.ref, *(operand.ref for operand in finding.operands)})


def reachable(
    rule_id: str, refs: Collection[str], filing: FilingJson, labels: Collection[str] = (), layout: str = ""
) -> bool:
    """Say whether a filing's audit could have found a finding again: its rule was applied, its places were read.

    `labels` are the tables and passages that were there when it was found, `layout` the layout then, where known.
    """
    rule = next((rule for rule in filing.rules if rule.id == rule_id), None)
    if rule is None:
        return False
    about = {label(ref) for ref in refs}
    read = {table.label for table in filing.tables} | {passage.name for passage in filing.passages}
    if about & (set(labels) - read):
        return False
    if about & set(filing.missing):
        return False
    if layout not in {"", filing.layout} and set(rule.outcomes) <= {Verdict.NOT_APPLICABLE}:
        return False
    return not any(_concerns(reason, refs, about) for reason in rule.reasons if reason.outcome in _UNSAID)


def label(ref: str) -> str:
    """Return the table or passage that a semantic address begins with."""
    return _PLACE.split(ref, maxsplit=1)[0]


def _concerns(reason: ReasonJson, refs: Collection[str], about: Collection[str]) -> bool:
    """Say whether a reason why something was not assessed speaks of these figures, or of their tables as a whole."""
    return not reason.about or any(told in about or any(ref in told for ref in refs) for told in reason.about)
