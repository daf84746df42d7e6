"""The worked line of a finding: what is stated, what it should be, the difference, and what rounding can explain."""

from __future__ import annotations

from checker.contract.finding import FindingJson
from checker.outputs.plain import plain
from checker.outputs.words import Words


def demanded(finding: FindingJson) -> str | None:
    """Return what a figure should be, with the sign of the relation where that is not equality: `≤ 2`."""
    if finding.expected is None or finding.relation == "=":
        return finding.expected
    return f"{finding.relation} {finding.expected}"


def distance(finding: FindingJson) -> str | None:
    """Return the difference, where one is at fault: two figures that may not be equal differ by nothing."""
    return None if finding.relation == "≠" else finding.difference


def worked_line(finding: FindingJson, words: Words) -> str:
    """Return 填报｜应为｜差额｜舍入上限 as far as the finding has them; nothing when it is not about an amount."""
    difference = distance(finding)
    parts = (
        ("worked.actual", finding.actual), ("worked.expected", demanded(finding)),
        ("worked.difference", difference), ("worked.limit", finding.limit if difference is not None else None),
    )  # fmt: skip
    told = [words(key, value=value) for key, value in parts if value is not None]
    if not told:
        return ""
    line = words("worked.between").join(told)
    return plain(words("worked.unit", line=line, unit=finding.unit) if finding.unit else line)


def unsaid(finding: FindingJson, words: Words) -> str:
    """Return the worked line where the message does not name both amounts itself; else nothing."""
    named = (text for text in (finding.actual, finding.expected) if text is not None)
    return "" if all(text.lstrip("+-") in finding.message for text in named) else worked_line(finding, words)
