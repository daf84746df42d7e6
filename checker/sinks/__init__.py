"""Where audited filings go, one at a time: every output takes a filing as it comes and keeps no more than it needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from checker.contract.shape import AuditJson, FilingJson


class Sink(Protocol):
    """One output of a run. It is given every filing in turn, then the rest; or it is abandoned half-way."""

    def add(self, filing: FilingJson) -> None:
        """Take a filing; the gate has been over it.

        Raises:
            OSError: when it cannot be written.
        """

    def close(self, rest: AuditJson) -> Sequence[Path]:
        """Take what is known at the end, an audit without its filings, and return the files written.

        Raises:
            OSError: when they cannot be written.
        """

    def abandon(self) -> None:
        """Leave nothing half-written behind."""
