"""The files that an audit was made from, opened again and known to be the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from checker.contract.shape import FilingJson
from checker.readers.limits import Limits


class Original(msgspec.Struct, frozen=True):
    """A file of a filing: the name by which places refer to it, empty where it is the only one, its path and bytes."""

    name: str
    path: Path
    content: bytes


class CannotAnnotate(Exception):
    """Why there can be no notes in a file; `key` and `values` are for the message catalogue."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotTheOriginal(CannotAnnotate):
    """The files are gone, or no longer those that were audited."""


def open_originals(filing: FilingJson) -> tuple[Original, ...]:
    """Return the files of a filing as they were audited.

    Raises:
        NotTheOriginal: when one of them cannot be opened, or their hash is not that of the audit.
    """
    named = [(file.name, Path(file.path)) for file in filing.files] or [("", Path(filing.path))]
    found = []
    for name, path in named:
        try:
            found.append(Original(name, path, path.read_bytes()))
        except OSError as error:
            raise NotTheOriginal("originals.gone", path=path, reason=error.strerror or error) from None
    if filing.sha256 not in _hashes(found):
        raise NotTheOriginal("originals.changed", path=filing.path)
    return tuple(found)


def _hashes(files: list[Original]) -> set[str]:
    """Return what the hash of the audit may be: a file that was too large to be read is no part of it."""
    if len(files) == 1:
        return {hashlib.sha256(files[0].content).hexdigest()}
    return {_together(files), _together(file for file in files if len(file.content) <= Limits().bytes)}


def _together(files: Iterable[Original]) -> str:
    return hashlib.sha256("".join(hashlib.sha256(file.content).hexdigest() for file in files).encode()).hexdigest()
