"""Bytes → Document: one module per format behind one function.

A reader is a function `read(content, source, limits) -> Document` that raises `Unreadable`. Importing this package
imports no document library: each reader module is imported when it is needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from checker.model.document import Document
from checker.readers.formats import Format, format_of
from checker.readers.limits import Limits, Source, Unreadable, legible
from checker.readers.own import is_own_report

__all__ = [
    "DOCUMENT_SUFFIXES", "Limits", "Source", "Unreadable",
    "find_documents", "is_debris", "read_content", "read_document", "read_file",
]  # fmt: skip

DOCUMENT_SUFFIXES = {
    ".txt", ".pdf", ".doc", ".docx", ".docm", ".wps", ".rtf", ".xls", ".xlsx", ".xlsm", ".et", ".htm", ".html",
    ".shtml", ".zip", ".ofd", ".rar", ".7z", ".xlsb", ".odt", ".ods", ".mht", ".mhtml",
}  # fmt: skip
"""Files that are taken from a folder: what bureaus publish. Those that no reader knows are taken too, to be refused
by name: left out, a filing would be missing from the audit without a word."""

_SYSTEM_FILES = {".ds_store", "thumbs.db", "desktop.ini"}

_READERS = {
    Format.TEXT: "text",
    Format.PDF: "pdf",
    Format.DOCX: "docx",
    Format.DOC: "doc",
    Format.XLSX: "xlsx",
    Format.XLS: "xls",
    Format.HTML: "html",
    Format.ZIP: "bundle",
}
"""The module that reads each format."""


class _Reader(Protocol):
    def read(self, content: bytes, source: Source, limits: Limits) -> Document: ...


def find_documents(paths: list[Path], left_out: list[Path] | None = None) -> Iterator[Path]:
    """Yield the files named by `paths`, those of folders in the order of their names, each once.

    Reports that this program has written itself are no filings: those in folders go to `left_out`.
    """
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in DOCUMENT_SUFFIXES and not is_debris(file.name) and file.is_file()
        )
        for file in inside if path.is_dir() else [path]:
            if file in seen:
                continue
            seen.add(file)
            if path.is_dir() and is_own_report(file):
                if left_out is not None:
                    left_out.append(file)
            else:
                yield file


def is_debris(name: str) -> bool:
    """Say whether a name is of what systems and open programs leave beside documents: `~$某局.docx`, `._某局.pdf`."""
    return name.startswith(("._", "~$", ".~")) or name.lower() in _SYSTEM_FILES


def read_document(path: Path, limits: Limits | None = None) -> Document:
    """Read a file.

    Raises:
        Unreadable: when it cannot be read as a document, saying why and where.
    """
    limits = limits or Limits()
    content = read_file(path, limits)
    return read_content(content, Source(legible(path), hashlib.sha256(content).hexdigest(), len(content)), limits)


def read_file(path: Path, limits: Limits) -> bytes:
    """Return the bytes of a file.

    Raises:
        Unreadable: when it is no file, cannot be opened, or is larger than the limits allow.
    """
    try:
        if path.is_dir():
            raise Unreadable("这是一个文件夹")
        size = path.stat().st_size
        if size > limits.bytes:
            raise Unreadable(f"文件 {size:,} 字节，超过上限 {limits.bytes:,} 字节")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"无法打开：{error.strerror or error}") from error


def read_content(content: bytes, source: Source, limits: Limits) -> Document:
    """Read the bytes of a file by what they are, whatever the file is called.

    Raises:
        Unreadable: when they cannot be read as a document.
    """
    if not content.strip():
        raise Unreadable("文件为空" if not content else "文件只有空白")
    module = import_module(f"{__name__}.{_READERS[format_of(content)]}")
    return cast(_Reader, module).read(content, source, limits)
