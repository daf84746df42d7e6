"""Marks that a reviewer set in a report and exported, `gouji/marks/1`: what may become waivers."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

SCHEMA: Final = "gouji/marks/1"
WAIVING: Final = frozenset({"explained", "false_alarm"})
"""Marks that say that a finding may stay as it is."""


class NotMarks(ValueError):
    """A file holds no marks; the message says why, in one line."""


class Marked(msgspec.Struct, frozen=True):
    """One marked finding: its hashes, the mark, and the note, which is the reason of a waiver."""

    id: str
    values: str
    mark: str = ""
    note: str = ""


class _File(msgspec.Struct, frozen=True):
    schema: str
    marks: tuple[Marked, ...] = ()


def read_marks(path: Path) -> tuple[Marked, ...]:
    """Return the marks in a file that let a finding stay as it is.

    Raises:
        OSError: when it cannot be opened.
        NotMarks: when it holds none of this schema.
    """
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotMarks(str(error)) from None
    if file.schema != SCHEMA:
        raise NotMarks(f"{file.schema} ≠ {SCHEMA}")
    return tuple(mark for mark in file.marks if mark.mark in WAIVING)
