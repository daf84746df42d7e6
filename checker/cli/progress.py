"""How far a run is: a bar on a terminal, a line now and then elsewhere, always on the standard error."""

from __future__ import annotations

import sys
import time
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import typer

from checker.cli.words import say

if TYPE_CHECKING:
    from checker.contract.shape import FilingJson, UnreadableJson

BAR: Final = 24
"""Characters of the bar."""
EVERY: Final = 15.0
"""Seconds between two lines where there is no terminal; a short run says nothing."""
REDRAWN: Final = 0.1
"""Seconds between two drawings of the bar."""


class Progress:
    """Counts what was done of `total` filings; one filing alone is not counted."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._findings = 0
        self._terminal = sys.stderr.isatty()
        self._began = self._told = time.monotonic()
        self._drawn = False

    def began(self, name: str) -> None:
        """Say what is being waited for."""
        if self._terminal and self._total > 1 and self._due(REDRAWN):
            self._draw(name)

    def add(self, filing: FilingJson) -> None:
        """Count the findings of a filing, and tell how far it is."""
        self._findings += len(filing.standing)
        self._tell(filing.path)

    def add_unreadable(self, file: UnreadableJson) -> None:
        """Tell how far it is."""
        self._tell(file.path)

    def _tell(self, path: str) -> None:
        if self._terminal:
            self.began(path)
        elif self._due(EVERY):
            typer.echo(say("cli.progress", done=self._done, total=self._total, findings=self._findings), err=True)

    def group_done(self) -> None:
        """Count the files of a filing as done."""
        self._done += 1

    def clear(self) -> None:
        """Make room on the terminal for a line."""
        if self._drawn:
            self._drawn = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _due(self, seconds: float) -> bool:
        now = time.monotonic()
        if now - self._told < seconds and self._told > self._began:
            return False
        if now - self._began < seconds:
            return False
        self._told = now
        return True

    def _draw(self, path: str) -> None:
        from checker.outputs.console import columns_of

        full = BAR * self._done // self._total
        bar = "#" * full + "-" * (BAR - full)
        line = say(
            "cli.progress_bar", bar=bar, done=self._done, total=self._total, findings=self._findings, left=self._left(),
            path=PurePath(path).name,
        )  # fmt: skip
        line = "".join(character if character.isprintable() else "?" for character in line)
        while columns_of(line) > _columns() - 1:
            line = line[:-1]
        self._drawn = True
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    def _left(self) -> str:
        """Return how long the rest will take, if that can be said already."""
        spent = time.monotonic() - self._began
        if self._done < 5 or spent < 2:
            return ""
        seconds = round(spent / self._done * (self._total - self._done))
        return say("cli.progress_left", minutes=seconds // 60, seconds=f"{seconds % 60:02d}")


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size((80, 24)).columns
