"""The piece of work that a process does: audit the files of one filing, and hand the result over as the contract.

Results travel as bytes: an audit with all its outcomes is several times as large as what is reported of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

from checker.auditing import Auditor, Result
from checker.contract.shape import FilingJson, UnreadableJson
from checker.contract.write import filing_json, unreadable_json
from checker.model.audit import Unreadable
from checker.readers import Limits
from checker.readers.parts import Grouping


class Order(msgspec.Struct, frozen=True):
    """How filings are to be audited: what an auditor is loaded from, and which files make up a filing."""

    rules: tuple[str, ...] = ()
    layout: str | None = None
    limits: Limits = Limits()
    grouping: Grouping = Grouping.BY_NAME


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """One result: an audited filing, or a file that could not be read."""

    filing: FilingJson | None
    unreadable: UnreadableJson | None

    @property
    def result(self) -> FilingJson | UnreadableJson:
        """The one that it is."""
        result = self.filing or self.unreadable
        assert result is not None
        return result


Files = tuple[Path, ...]


@lru_cache(maxsize=1)
def auditor_of(order: Order) -> Auditor:
    """Return the auditor of an order, loaded once in a process.

    Raises:
        SourceError: when a rules folder does not say what it must.
        LookupError: when there is no layout of that name.
    """
    return Auditor.load(order.rules, order.layout, order.limits)


def audit_files(order: Order, files: Files) -> bytes:
    """Audit files as one filing, or as several where they are; return the pieces as `packed` makes them."""
    return packed(map(_piece, auditor_of(order).audit_group(files, order.grouping)))


def packed(pieces: Iterable[Piece]) -> bytes:
    """Return pieces as bytes."""
    return msgspec.msgpack.encode(tuple(pieces))


def unpacked(content: bytes) -> tuple[Piece, ...]:
    """Return pieces from bytes.

    Raises:
        msgspec.DecodeError: when they are no pieces.
    """
    return _decoder().decode(content)


@lru_cache(maxsize=1)
def _decoder() -> msgspec.msgpack.Decoder[tuple[Piece, ...]]:
    return msgspec.msgpack.Decoder(tuple[Piece, ...])


def _piece(result: Result) -> Piece:
    if isinstance(result, Unreadable):
        return Piece(None, unreadable_json(result))
    return Piece(filing_json(result), None)
