"""The terminal's summary: a few filings in full, many in a line each and the worst of them in full at the end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

from checker.contract.brief import brief
from checker.contract.order import badness
from checker.contract.shape import AuditJson, FilingJson
from checker.outputs.console import Console
from checker.outputs.glyphs import register
from checker.sinks.targets import Target

MOST_IN_FULL: Final = 20
"""So many filings can be read in full, screen by screen."""
WORST: Final = 3
"""Filings told in full where there are more."""


class ConsoleSink:
    """Lines on a terminal, or in a file."""

    def __init__(self, target: Target, console: Console, encoding: str = "utf-8") -> None:
        self._target = target
        self._console = console
        self._encoding = encoding
        self._waiting: list[FilingJson] = []
        self._worst: list[FilingJson] = []
        self._verdicts = Counter[str]()
        self._severities = Counter[str]()

    def add(self, filing: FilingJson) -> None:
        """Tell a filing in a line, once there are too many to tell each in full."""
        self._verdicts[filing.verdict] += 1
        self._severities += filing.severities
        kept = brief(filing)
        self._worst = sorted([*self._worst, kept], key=badness)[:WORST]
        self._waiting.append(kept)
        if self._verdicts.total() > MOST_IN_FULL:
            self._say([line for each in self._waiting for line in self._console.line(each)])
            self._waiting.clear()

    def close(self, rest: AuditJson) -> list[Path]:
        """Tell what has not been told, the files that could not be read, and the total."""
        lines: list[str] = []
        if self._verdicts.total() > MOST_IN_FULL:
            lines += ["", *self._console.worst(len(self._worst)), ""]
            self._waiting = self._worst
        for filing in self._waiting:
            lines += [*self._console.filing(filing), ""]
        for file in rest.unreadable:
            lines += [*self._console.unreadable(file), ""]
        if self._verdicts.total() + len(rest.unreadable) > 1:
            lines += self._console.total(self._verdicts, self._severities, len(rest.unreadable))
        if rest.contracts is not None:
            lines += ["", *self._console.contracts(rest.contracts)]
        while lines and not lines[-1]:
            lines.pop()
        self._say(lines)
        return self._target.finish()

    def abandon(self) -> None:
        """Say no more."""
        self._target.discard()

    def _say(self, lines: list[str]) -> None:
        self._target.write("".join(f"{line}\n" for line in lines).encode(self._encoding, errors=register()))
