"""What the filers of a batch published for the year before, from an audit of it."""

from __future__ import annotations

from collections import defaultdict

from checker.contract.flows import amounts
from checker.contract.shape import AuditJson, EarlierJson, FilingJson

Publisher = tuple[str, str, str]
"""Who publishes what: filer, stage, level."""


class Earlier:
    """The amounts of filings audited before; their tables are not kept."""

    def __init__(self, audit: AuditJson) -> None:
        self._known: dict[Publisher, list[EarlierJson]] = defaultdict(list)
        for filing in audit.filings:
            if filing.filer and filing.year and (told := amounts(filing)):
                self._known[_publisher(filing)].append(EarlierJson(filing.year, told))

    def of(self, filing: FilingJson) -> EarlierJson | None:
        """Return the latest year before a filing's own that its filer published at the same stage, if there is one."""
        before = [each for each in self._known.get(_publisher(filing), []) if each.year < filing.year]
        return max(before, key=lambda each: each.year, default=None)


def _publisher(filing: FilingJson) -> Publisher:
    return filing.filer, filing.stage, filing.level
