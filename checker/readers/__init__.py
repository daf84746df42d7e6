"""Bytes → Document: one module per format behind one function.

A reader is a function `(content, path, sha256, limits) -> Document` that raises `Unreadable`. Importing this package
imports no document library: each reader module is imported when it is needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from checker.model.document import Document
from checker.readers.limits import Limits, Unreadable

__all__ = ["DOCUMENT_SUFFIXES", "Limits", "Unreadable", "find_documents", "read_document"]

DOCUMENT_SUFFIXES = {".txt", ".pdf", ".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".htm", ".html", ".zip"}
"""Files that are taken from a folder: what bureaus publish, whether or not it can be read yet."""

_SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word、Excel 或压缩包",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "旧版 Word 或 Excel",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
}


def find_documents(paths: list[Path]) -> Iterator[Path]:
    """Yield the files named by `paths`, those of folders in the order of their names, each once."""
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in DOCUMENT_SUFFIXES and file.is_file())
        for file in inside if path.is_dir() else [path]:
            if file not in seen:
                seen.add(file)
                yield file


def read_document(path: Path, limits: Limits | None = None) -> Document:
    """Read a file.

    Raises:
        Unreadable: when it cannot be read as a document, saying why and where.
    """
    limits = limits or Limits()
    try:
        if path.is_dir():
            raise Unreadable("这是一个文件夹")
        size = path.stat().st_size
        if size > limits.bytes:
            raise Unreadable(f"文件 {size:,} 字节，超过上限 {limits.bytes:,} 字节")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"无法打开：{error.strerror or error}") from error
    if not content.strip():
        raise Unreadable("文件为空" if not content else "文件只有空白")
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise Unreadable(f"这是{kind}文件，本版只读文本（.txt）")
    from checker.readers import text

    return text.read(content, str(path), hashlib.sha256(content).hexdigest(), limits)
