"""Compiled rules, kept by the hash of their sources: 275 KB of YAML takes 400 ms to compile and 3 ms to read back."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")


def digest(files: list[Path], salt: str) -> str:
    """Return the sha256 of the names and bytes of `files`, in their order, and of `salt`."""
    total = hashlib.sha256(salt.encode())
    for file in files:
        content = file.read_bytes()
        total.update(f"{file.name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def cache_folder() -> Path | None:
    """Return where compiled rules are kept: $GOUJI_CACHE, or the user's cache folder; None when it is `off`."""
    chosen = os.environ.get("GOUJI_CACHE")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "gouji"


def compiled(name: str, key: str, into: type[T], build: Callable[[], T]) -> T:
    """Return what `build` makes, from the cache when `key` was built before.

    A cache that cannot be read or written is no reason to fail: the result is the same, only later.
    """
    folder = cache_folder()
    if folder is None:
        return build()
    file = folder / f"{name}-{key[:32]}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode(file.read_bytes(), type=into)
    value = build()
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as stream:
            stream.write(msgspec.msgpack.encode(value))
        Path(draft).replace(file)
    return value
