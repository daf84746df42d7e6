"""A finding in the words of lists, comments and letters: its worked line, its rule, how it stands."""

from __future__ import annotations

from collections.abc import Mapping

from checker.contract.finding import FindingJson
from checker.contract.rule import RuleJson
from checker.outputs.plain import plain
from checker.outputs.telling import remarks, rule_name
from checker.outputs.words import Words


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
    """Return how a finding stands, in one line; nothing when there is nothing to say."""
    return words("worked.between").join(remarks(finding, words))


def name_of(finding: FindingJson, rules: Mapping[str, RuleJson], words: Words) -> str:
    """Return the name of a finding's rule in the language of the report, where that is known."""
    rule = rules.get(finding.rule)
    return rule_name(rule, words) if rule is not None else finding.name


def plain_lines(text: str) -> str:
    """Return a text whose lines are each plain."""
    return "\n".join(map(plain, text.split("\n")))
