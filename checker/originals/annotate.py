"""Copies of the files of a filing with a note at every finding, each in the format that the file has."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast

import msgspec

from checker.contract.shape import FilingJson
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

    def name(self, words: Words) -> str:
        """Return the name of the copy: that of the file, and that it is annotated."""
        return f"{self.path.stem}-{words('originals.suffix')}{self.path.suffix}"


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


def write_annotated(filing: FilingJson, folder: Path, words: Words) -> tuple[Written, ...]:
    """Write the copies into a folder, and return what became of each file; two of one name are told apart by numbers.

    Raises:
        OSError: when a copy cannot be written.
    """
    done: list[Written] = []
    for copy in annotated(filing, words):
        target = None
        if copy.content is not None:
            target = _free(folder / copy.name(words), {each.target for each in done})
            write_whole(target, copy.content)
        done.append(Written(copy.path, target, copy.notes, copy.reason))
    return tuple(done)


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


def _free(target: Path, taken: set[Path | None]) -> Path:
    """Return a path that none of the copies made so far has."""
    free, number = target, 1
    while free in taken:
        number += 1
        free = target.with_stem(f"{target.stem}-{number}")
    return free
