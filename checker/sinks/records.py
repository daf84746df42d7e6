"""JSON and JSON lines, written a filing at a time: the bytes are those of the whole audit rendered at once."""

from __future__ import annotations

from pathlib import Path

import msgspec

from checker.contract.shape import AuditJson, FilingJson, RunJson
from checker.contract.write import closing, filing_record, opening, render_lines
from checker.sinks.targets import Target


class JsonSink:
    """The audit as JSON."""

    def __init__(self, target: Target, run: RunJson) -> None:
        self._target = target
        self._separator = b"\n"
        target.write(opening(run))

    def add(self, filing: FilingJson) -> None:
        """Write a filing."""
        self._target.write(self._separator)
        self._target.write(filing_record(filing))
        self._separator = b",\n"

    def close(self, rest: AuditJson) -> list[Path]:
        """Write the end."""
        self._target.write(closing(rest))
        return self._target.finish()

    def abandon(self) -> None:
        """Drop what was written."""
        self._target.discard()


class JsonLinesSink:
    """A line of JSON a filing."""

    def __init__(self, target: Target, run: RunJson) -> None:
        self._target = target
        self._empty = AuditJson("", run, (), ())

    def add(self, filing: FilingJson) -> None:
        """Write a filing's line."""
        self._target.write(render_lines(msgspec.structs.replace(self._empty, filings=(filing,))))

    def close(self, rest: AuditJson) -> list[Path]:
        """Write a line for each file that could not be read."""
        self._target.write(render_lines(rest))
        return self._target.finish()

    def abandon(self) -> None:
        """Drop what was written."""
        self._target.discard()
