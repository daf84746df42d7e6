"""Readings that were made before, kept by the hash of the file: reading takes half the time of auditing a PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from checker.cache import Store, program_digest, store
from checker.model.document import Document
from checker.readers import read_content
from checker.readers.doc import find_office
from checker.readers.formats import Format, format_of
from checker.readers.limits import Limits, Source
from checker.readers.together import read_together


def read_kept(paths: Sequence[Path], limits: Limits) -> Document:
    """Read the files of a filing, each from the cache when it was read before.

    Raises:
        Unreadable: when none of them can be read.
    """
    return read_together(paths, limits, _read)


@lru_cache(maxsize=1)
def programs_present() -> str:
    """Say which programs and extras are there that files of some formats are read by."""
    return f"{find_office() is not None} {find_spec('rapidocr_onnxruntime') is not None}"


def _read(content: bytes, source: Source, limits: Limits) -> Document:
    kept = store("readings")
    if kept is None or not content.strip() or format_of(content) is Format.TEXT:
        return read_content(content, source, limits)
    key = _key(source, limits)
    found = _found(kept, key)
    if found is not None:
        return msgspec.structs.replace(found, path=source.path)
    document = read_content(content, source, limits)
    if not (document.skipped and document.format == "zip"):  # a part may have been left out for a passing reason
        kept.put(key, msgspec.msgpack.encode(document))
    return document


def _found(kept: Store, key: str) -> Document | None:
    content = kept.get(key)
    if content is None:
        return None
    try:
        return msgspec.msgpack.decode(content, type=Document)
    except (msgspec.DecodeError, RecursionError):
        return None


def _key(source: Source, limits: Limits) -> str:
    facts = (source.sha256, source.part, limits, programs_present(), program_digest("readers", "model", "prose"))
    return hashlib.sha256(msgspec.msgpack.encode(facts)).hexdigest()
