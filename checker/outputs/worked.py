"""A finding in plain words, as lists, comments and letters have it: its worked line, its rule, its standing."""

from __future__ import annotations

import re

from checker.contract.shape import FindingJson, RuleJson, State
from checker.outputs.words import Words

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""What XML cannot hold, and what turns the direction of the text behind it."""


def worked_line(finding: FindingJson, words: Words) -> str:
    """Return 填报｜应为｜差额｜舍入上限 as far as the finding has them; nothing when it is not about an amount."""
    parts = (
        ("worked.actual", finding.actual), ("worked.expected", finding.expected),
        ("worked.difference", finding.difference), ("worked.limit", finding.limit),
    )  # fmt: skip
    told = [words(key, value=value) for key, value in parts if value is not None]
    if not told:
        return ""
    line = words("worked.between").join(told)
    return words("worked.unit", line=line, unit=finding.unit) if finding.unit else line


def standing(finding: FindingJson, words: Words) -> str:
    """Return how a finding stands: waived, known to the baseline, new or remaining; nothing when nothing is known."""
    if finding.waived is not None:
        return words("standing.waived")
    known = {State.NEW: "standing.new", State.REMAINING: "standing.remaining"}
    told = [words(known[finding.state])] if finding.state in known else []
    return words("worked.between").join([*told, words("standing.baselined")] if finding.baselined else told)


def rule_name(finding: FindingJson, rules: dict[str, RuleJson], words: Words) -> str:
    """Return the name of a finding's rule in the language of the report, where it has one."""
    rule = rules.get(finding.rule)
    return rule.name_en if words.language == "en" and rule is not None and rule.name_en else finding.name


def plain(text: str) -> str:
    """Return a text without the characters that XML cannot hold, or that would turn what follows them around."""
    return _FORBIDDEN.sub("\ufffd", text)
