"""Several files that are one filing → one Document, each address naming its part."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from checker.model.document import Document, Skipped
from checker.model.place import Place
from checker.readers import read_content, read_file
from checker.readers.limits import Limits, Source, Unreadable, legible
from checker.readers.parts import filing_name

ReadContent = Callable[[bytes, Source, Limits], Document]
"""What reads the bytes of one file."""


def read_together(paths: Sequence[Path], limits: Limits, read: ReadContent = read_content) -> Document:
    """Read files as the parts of one filing, in the given order; one alone is read as itself.

    A part that cannot be read is listed as skipped. The hash is that over the hashes of the parts.

    Raises:
        Unreadable: when none of them can be read.
    """
    if len(paths) == 1:
        content = read_file(paths[0], limits)
        return read(content, Source(legible(paths[0]), hashlib.sha256(content).hexdigest(), len(content)), limits)
    names = part_names(paths)
    documents: list[Document] = []
    skipped: list[Skipped] = []
    hashes = hashlib.sha256()
    size = 0
    for path, name in zip(paths, names, strict=True):
        try:
            content = read_file(path, limits)
            digest = hashlib.sha256(content).hexdigest()
            hashes.update(digest.encode())
            size += len(content)
            documents.append(read(content, Source(legible(path), digest, len(content), name), limits))
        except Unreadable as error:
            skipped.append(Skipped(located(error.place, name), f"{name}：{error.reason}", name))
    return join(documents, skipped, Source(filing_name(paths), hashes.hexdigest(), size), "files")


def located(place: Place | None, part: str) -> Place:
    """Return a place within a part of a filing; the part itself when there is none."""
    return Place(1, 0, part) if place is None else msgspec.structs.replace(place, part=part)


def join(documents: Sequence[Document], skipped: Sequence[Skipped], source: Source, format: str) -> Document:
    """Return one document of the blocks of several.

    Raises:
        Unreadable: when there is none.
    """
    if not documents:
        reasons = "；".join(part.reason for part in skipped[:3]) or "没有文件"
        raise Unreadable(f"其中没有可以核验的文件：{reasons}")
    return Document(
        source.path,
        source.sha256,
        source.size,
        next((document.encoding for document in documents if document.encoding), ""),
        tuple(block for document in documents for block in document.blocks),
        format,
        (*skipped, *(part for document in documents for part in document.skipped)),
    )


def part_names(paths: Sequence[Path]) -> list[str]:
    """Return what tells the files apart: their names, with the folders that differ where names repeat."""
    names = [legible(path.name) for path in paths]
    if len(set(names)) == len(names):
        return names
    folder = os.path.commonpath([path.absolute().parent for path in paths])
    return [legible(path.absolute().relative_to(folder).as_posix()) for path in paths]
