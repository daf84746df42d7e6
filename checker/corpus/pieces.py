"""What a process hands over: results as the contract has them, packed into bytes.

An audit with all its outcomes is several times as large as what is reported of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from checker.auditing import Result
from checker.contract.build import filing_json, unreadable_json
from checker.contract.shape import FilingJson, UnreadableJson
from checker.model.audit import Unreadable

Files = tuple[Path, ...]
"""The files of one filing."""


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


def piece(result: Result) -> Piece:
    """Return a result as it is handed over."""
    if isinstance(result, Unreadable):
        return Piece(None, unreadable_json(result))
    return Piece(filing_json(result), None)


def packed(pieces: Sequence[Piece]) -> bytes:
    """Return pieces as bytes."""
    return msgspec.msgpack.encode(pieces)


def unpacked(content: bytes) -> tuple[Piece, ...]:
    """Return pieces from bytes.

    Raises:
        msgspec.DecodeError: when they are no pieces.
    """
    return _decoder().decode(content)


@lru_cache(maxsize=1)
def _decoder() -> msgspec.msgpack.Decoder[tuple[Piece, ...]]:
    return msgspec.msgpack.Decoder(tuple[Piece, ...])
