"""What a reader accepts, and how it refuses."""

from __future__ import annotations

import msgspec

from checker.model.place import Place


class Limits(msgspec.Struct, frozen=True):
    """The largest file that is read: a real filing stays far below every one of these."""

    bytes: int = 64 * 1024 * 1024
    lines: int = 1_000_000
    line_length: int = 100_000
    fields: int = 500


class Unreadable(Exception):
    """A file that is not a document, or not one that can be read; says why, and where it can."""

    def __init__(self, reason: str, place: Place | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
