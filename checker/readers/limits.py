"""What a reader accepts, what it reads from, and how it refuses."""

from __future__ import annotations

import os

import msgspec

from checker.model.place import Place


class Limits(msgspec.Struct, frozen=True):
    """The largest file that is read: a real filing stays far below every one of these.

    `inflated` bounds what a compressed file may unpack to, in bytes, and `ratio` how many times its own size;
    `members` the files inside an archive; `nesting` how deep tables and elements may stand in each other,
    `archives` how deep archives may; `seconds` how long another program may take to convert a file.
    """

    bytes: int = 64 * 1024 * 1024
    lines: int = 1_000_000
    line_length: int = 100_000
    fields: int = 500
    pages: int = 1_000
    page_characters: int = 100_000
    page_strokes: int = 200_000
    cells: int = 3_000_000
    inflated: int = 512 * 1024 * 1024
    ratio: int = 200
    members: int = 2_000
    sheets: int = 200
    nesting: int = 64
    archives: int = 2
    seconds: int = 60


def legible(path: str | os.PathLike[str]) -> str:
    """Return a path as text; a name that is not in the system's encoding, as Windows packs it, is read as GB18030."""
    text = os.fspath(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(text).decode("gb18030", errors="replace")
    return text


class Source(msgspec.Struct, frozen=True):
    """Where the bytes come from: the file as it was named, its hash and size; `part` when it is one file of several."""

    path: str
    sha256: str
    size: int
    part: str = ""


class Unreadable(Exception):
    """A file that is not a document, or not one that can be read; says why, and where it can."""

    def __init__(self, reason: str, place: Place | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
