"""HTML: a page per filing as it comes, and an index over them at the end."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from checker.contract.shape import AuditJson, FilingJson, RunJson
from checker.outputs import html
from checker.outputs.summaries import Summary, summary_of
from checker.outputs.words import Words
from checker.readers.own import is_own_report

if TYPE_CHECKING:
    from checker.originals.crops import Crop

MOST_PICTURES = 12
"""Pictures cut out of the original for each filing of several; the page of one alone has more."""


class HtmlSink:
    """One filing and nothing else becomes the page `target`; of several, `target` is the index over their pages."""

    def __init__(self, target: Path, run: RunJson, words: Words) -> None:
        self._target = target
        self._run = run
        self._words = words
        self._first: FilingJson | None = None
        self._names = html.PageNames()
        self._summaries: list[Summary] = []

    def add(self, filing: FilingJson) -> None:
        """Write a filing's page; the first waits until it is known whether it stays alone."""
        if self._first is None and not self._summaries:
            self._first = filing
            return
        self._write_first()
        self._write(filing)

    def close(self, rest: AuditJson) -> list[Path]:
        """Write the index, or the only page."""
        if self._first is not None and not rest.unreadable:
            html.write_filing(self._first, self._run, self._target, self._words, pictures=_pictures(self._first))
            return [self._target]
        self._write_first()
        html.write_index(rest, self._summaries, self._target, self._words)
        return [self._target]

    def abandon(self) -> None:
        """Leave the pages that were written: each is whole."""

    def _write_first(self) -> None:
        if self._first is not None:
            first, self._first = self._first, None
            self._write(first)

    def _write(self, filing: FilingJson) -> None:
        name = self._names(filing.path)
        target = html.pages_folder(self._target) / name
        if target.exists() and not is_own_report(target):  # what lies there may be a filing, and its only copy
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        html.write_filing(filing, self._run, target, self._words, pictures=_pictures(filing, MOST_PICTURES))
        self._summaries.append(summary_of(filing, html.link_to(self._target, name)))


def _pictures(filing: FilingJson, most: int | None = None) -> dict[str, Crop]:
    """Return pieces of the original's pages by the ids of the findings they show; only a PDF has any."""
    if not any(finding.at.page and finding.at.box for finding in filing.findings):
        return {}
    from checker.originals.crops import MOST, crops  # the readers of PDF, which no other filing needs

    return crops(filing, most or MOST)
