"""Formats that are made of all filings at once: brief filings are kept, and rendered at the end."""

from __future__ import annotations

from pathlib import Path

import msgspec

from checker.contract.brief import brief
from checker.contract.shape import AuditJson, FilingJson
from checker.outputs.formats import Render
from checker.outputs.words import Words
from checker.sinks.targets import Target


class WholeSink:
    """One of `checker.outputs.formats`."""

    def __init__(self, target: Target, render: Render, words: Words) -> None:
        self._target = target
        self._render = render
        self._words = words
        self._filings: list[FilingJson] = []

    def add(self, filing: FilingJson) -> None:
        """Keep what the format needs of a filing."""
        self._filings.append(brief(filing))

    def close(self, rest: AuditJson) -> list[Path]:
        """Render all filings."""
        audit = msgspec.structs.replace(rest, filings=tuple(self._filings))
        self._target.write(self._render(audit, self._words))
        return self._target.finish()

    def abandon(self) -> None:
        """Write nothing."""
        self._target.discard()
