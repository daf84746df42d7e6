"""The gate: what is known of each finding from elsewhere, told filing by filing before anything is reported."""

from __future__ import annotations

from pathlib import Path

from checker.contract.read import read_audit
from checker.contract.shape import FilingJson
from checker.contract.waiver import WaiverJson
from checker.gate.baseline import Baseline, Entry, read_baseline
from checker.gate.previous import Previous
from checker.gate.waivers import LONGEST, Waivers, read_waivers


class Gate:
    """Marks what the previous audit had, what a baseline knows and what is waived; filings may come one by one.

    What is not given is left as it is: an audit that was written with its waivers keeps them.
    """

    def __init__(
        self, previous: Previous | None = None, baseline: Baseline | None = None, waivers: Waivers | None = None
    ) -> None:
        self._previous = previous
        self._baseline = baseline
        self._waivers = waivers

    def apply(self, filing: FilingJson) -> FilingJson:
        """Return a filing with state, baseline and waivers of each finding, and the verdict over what then stands."""
        if self._previous is not None:
            filing = self._previous.compare(filing)
        if self._baseline is not None:
            filing = self._baseline.apply(filing)
        if self._waivers is not None:
            filing = self._waivers.apply(filing)
        return filing

    def finish(self) -> tuple[WaiverJson, ...]:
        """Return what became of the waivers of these filings, once all have been through."""
        return self._waivers.finish() if self._waivers is not None else ()

    def stale(self) -> tuple[Entry, ...]:
        """Return the entries of the baseline whose findings are gone, once all filings have been through."""
        return self._baseline.stale() if self._baseline is not None else ()


def open_gate(
    previous: Path | None = None,
    baseline: Path | None = None,
    waivers: Path | None = None,
    today: str = "",
    longest: int = LONGEST,
) -> Gate:
    """Return a gate with the files named; `today` is the day on which the audit was started.

    Raises:
        OSError: when one of them cannot be opened.
        NotAnAudit: when the previous audit is none.
        NotABaseline: when the baseline is none.
        SourceError: when the waivers do not say what they must.
    """
    return Gate(
        Previous(read_audit(previous)) if previous else None,
        read_baseline(baseline) if baseline else None,
        Waivers(read_waivers(waivers, today, longest), today) if waivers else None,
    )
