"""Annotated copies of the originals: a folder that they are put into, filing by filing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checker.contract.shape import AuditJson, FilingJson
from checker.originals.annotate import Copies
from checker.outputs.words import Words


class OriginalsSink:
    """Writes the copies of each filing that has findings; `tell` is given a line for each that there is no copy of."""

    def __init__(self, folder: Path, words: Words, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._words = words
        self._tell = tell
        self._copies = Copies(folder, words)
        self._refused: list[str] = []
        self._written = 0

    def add(self, filing: FilingJson) -> None:
        """Write the copies of one filing."""
        if not filing.findings:
            return
        for each in self._copies.write(filing):
            self._written += each.target is not None
            if each.target is None:
                self._refused.append(self._words("originals.not", path=each.path, reason=each.reason))

    def close(self, rest: AuditJson) -> list[Path]:
        """Tell what could not be annotated and why; return the folder, if there is anything in it."""
        for line in self._refused:
            self._tell(line)
        return [self._folder] if self._written else []

    def abandon(self) -> None:
        """Leave the copies that were written: each is whole."""
