"""The order in which filings are looked at: the worst first."""

from __future__ import annotations

from typing import Final

from checker.contract.shape import FilingJson
from checker.model.conclusion import Conclusion
from checker.model.rule import Severity

WORST_FIRST: Final = (Conclusion.RETURN, Conclusion.REVISE, Conclusion.INCOMPLETE, Conclusion.CLEAN)


def badness(filing: FilingJson) -> tuple[int | str, ...]:
    """Return what puts filings in that order: the verdict, how many findings of each severity, the path."""
    counts = filing.severities
    verdict = WORST_FIRST.index(Conclusion(filing.verdict))
    return verdict, *(-counts[severity] for severity in Severity), filing.path
