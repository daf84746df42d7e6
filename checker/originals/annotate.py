"""Copies of the files of a filing with a note at every finding, each in the format that the file has."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

import msgspec

from checker.contract.shape import FilingJson
from checker.originals.names import copy_name
from checker.originals.notes import Note, Writer, notes_in, notes_of
from checker.originals.source import CannotAnnotate, Original, open_originals
from checker.outputs.files import write_whole
from checker.outputs.words import Words
from checker.readers.formats import Format, format_of
from checker.readers.limits import Unreadable

_ANNOTATORS: Final = {Format.PDF: "pdf", Format.XLSX: "xlsx", Format.DOCX: "docx"}
"""The module that writes notes into each format."""


class _Annotator(Protocol):
    def annotate(self, content: bytes, filing: FilingJson, notes: list[Note], writer: Writer) -> bytes: ...


class Copy(msgspec.Struct, frozen=True):
    """A file of a filing, and its copy: the bytes, or why there is none; `notes` counts the places noted."""

    path: Path
    content: bytes | None
    notes: int
    reason: str = ""


class Written(msgspec.Struct, frozen=True):
    """What became of a file: where its copy lies, or nothing and why."""

    path: Path
    target: Path | None
    notes: int
    reason: str = ""


def annotated(filing: FilingJson, words: Words) -> tuple[Copy, ...]:
    """Return copies of a filing's files with notes in the language of `words`, those without any note left out.

    Nothing is raised: a file that is gone, has changed, or cannot hold notes comes back with the reason.
    """
    notes = notes_of(filing)
    if not notes:
        return (Copy(Path(filing.path), None, 0, words("originals.nothing")),)
    try:
        originals = open_originals(filing)
    except CannotAnnotate as error:
        return (Copy(Path(filing.path), None, 0, words(error.key, **error.values)),)
    shared = notes_in(notes, [original.name for original in originals])
    return tuple(
        _copy(original, filing, shared[original.name], words) for original in originals if shared[original.name]
    )


class Copies:
    """Writes the copies of filings into one folder; copies of files that bear the same name are told apart by numbers.

    A file that is there already is replaced, unless it is an original of the same filing.
    """

    def __init__(self, folder: Path, words: Words) -> None:
        self._folder = folder
        self._words = words
        self._taken: set[str] = set()

    def write(self, filing: FilingJson) -> tuple[Written, ...]:
        """Write the copies of one filing, and return what became of each of its files.

        Raises:
            OSError: when a copy cannot be written.
        """
        done: list[Written] = []
        copies = annotated(filing, self._words)
        originals = {copy.path.absolute() for copy in copies}
        for copy in copies:
            target = None
            if copy.content is not None:
                target = self._free(copy_name(copy.path, self._words), originals)
                write_whole(target, copy.content)
            done.append(Written(copy.path, target, copy.notes, copy.reason))
        return tuple(done)

    def _free(self, name: str, originals: set[Path]) -> Path:
        """Return a path that no copy has yet; names are compared without regard to case, as some file systems do."""
        target = self._folder / name
        free, number = target, 1
        while free.name.casefold() in self._taken or free.absolute() in originals:
            number += 1
            free = target.with_stem(f"{target.stem}-{number}")
        self._taken.add(free.name.casefold())
        return free


def _copy(original: Original, filing: FilingJson, notes: list[Note], words: Words) -> Copy:
    try:
        kind = format_of(original.content)
        if kind not in _ANNOTATORS:
            raise CannotAnnotate("originals.format", format=words(f"originals.format.{kind}"))
        module = cast("_Annotator", import_module(f"checker.originals.{_ANNOTATORS[kind]}"))
        return Copy(original.path, module.annotate(original.content, filing, notes, Writer(filing, words)), len(notes))
    except Unreadable as error:
        return Copy(original.path, None, 0, error.reason)
    except CannotAnnotate as error:
        return Copy(original.path, None, 0, words(error.key, **error.values))
