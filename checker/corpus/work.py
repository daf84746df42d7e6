"""The piece of work that a process does: audit the files of one filing, and hand the result over."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from checker.auditing import Auditor
from checker.cache import store
from checker.corpus.pieces import Files, packed, piece
from checker.corpus.results import Key, Results
from checker.readers import Limits
from checker.readers.parts import Grouping


class Order(msgspec.Struct, frozen=True):
    """How filings are to be audited: what an auditor is loaded from, and which files make up a filing.

    `cached` says whether readings and results may come from an earlier run, and are kept for a later one.
    """

    rules: tuple[str, ...] = ()
    layout: str | None = None
    limits: Limits = Limits()
    grouping: Grouping = Grouping.BY_NAME
    cached: bool = False


class Task(msgspec.Struct, frozen=True):
    """The files of one filing, and under what their result is to be kept."""

    files: Files
    key: Key | None = None


@lru_cache(maxsize=1)
def auditor_of(order: Order) -> Auditor:
    """Return the auditor of an order, loaded once in a process.

    Raises:
        SourceError: when a rules folder does not say what it must.
        LookupError: when there is no layout of that name.
    """
    auditor = Auditor.load(order.rules, order.layout, order.limits)
    if order.cached:
        from checker.readers.kept import read_kept

        return msgspec.structs.replace(auditor, reader=read_kept)
    return auditor


@lru_cache(maxsize=1)
def results_of(order: Order) -> Results | None:
    """Return where the results of an order are kept; nothing when they are not."""
    kept = store("results") if order.cached else None
    if kept is None:
        return None
    way = (auditor_of(order).ruleset.digest, order.layout, order.limits, order.grouping)
    return Results(kept, way, order.limits.bytes)


def audit_files(order: Order, task: Task) -> bytes:
    """Audit files as one filing, or as several where they are; return the packed pieces."""
    pieces = list(map(piece, auditor_of(order).audit_group(task.files, order.grouping)))
    content = packed(pieces)
    results = results_of(order) if task.key else None
    if results is not None and task.key is not None:
        results.put(task.key, task.files, pieces, content)
    return content
