"""What took long to make, kept by the hash of what it was made from: compiled rules, readings of files, results.

275 KB of YAML takes 400 ms to compile and 3 ms to read back, a PDF of 30 pages 100 ms to read and 1 ms to read back. A
cache that cannot be read or written is no reason to fail: the result is the same, only later. What is kept is data in
fixed shapes, and nothing of it is ever executed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

import msgspec

T = TypeVar("T")

MOST: Final = 2 * 1024**3
"""Bytes that all entries together may take, unless $GOUJI_CACHE_LIMIT says another number of megabytes."""
_DRAFT: Final = ".gouji-"
_OWN: Final = re.compile(r"(?P<kind>[a-z]+)-[0-9a-f]{32}\.(msgpack|z)|\.gouji-.*")
"""What our own files are called; nothing else in the folder is ever touched."""


class Entry(msgspec.Struct, frozen=True):
    """A file of the cache: of what kind, how large, when last used (nanoseconds)."""

    path: Path
    kind: str
    size: int
    used: int


class Store:
    """Bytes of one kind (`results`, `readings`), each under the hash of what it was made from."""

    def __init__(self, kind: str, folder: Path) -> None:
        self._kind = kind
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what was kept, if it is there and whole; it counts as used now."""
        file = self._file(key)
        try:
            content = zlib.decompress(file.read_bytes())
        except (OSError, zlib.error):
            return None
        with contextlib.suppress(OSError):
            os.utime(file)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep something; another process may do the same at the same time."""
        _write(self._file(key), zlib.compress(content, 1))

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / f"{self._kind}-{key[:32]}.z"


def store(kind: str) -> Store | None:
    """Return where things of a kind are kept; nothing when there is no cache."""
    folder = cache_folder()
    return Store(kind, folder) if folder is not None else None


def digest(files: list[Path], salt: str) -> str:
    """Return the sha256 of the names and bytes of `files`, in their order, and of `salt`."""
    total = hashlib.sha256(salt.encode())
    for file in files:
        content = file.read_bytes()
        total.update(f"{file.name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


@lru_cache(maxsize=4)
def program_digest(*packages: str) -> str:
    """Return a hash over this program, or some packages of it, and over the libraries that read files.

    A number of a version would not do: two checkouts of the same version may read a file differently.
    """
    from importlib.metadata import PackageNotFoundError, version

    here = Path(__file__).parent
    files = sorted(file for package in packages or (".",) for file in (here / package).rglob("*.py"))
    libraries = []
    for name in ("google-re2", "lark", "lxml", "msgspec", "pypdfium2", "rapidocr-onnxruntime", "selectolax", "xlrd"):
        with contextlib.suppress(PackageNotFoundError):
            libraries.append(f"{name} {version(name)}")
    return digest(files, ",".join(libraries))


def cache_folder() -> Path | None:
    """Return where things are kept: $GOUJI_CACHE, or the user's cache folder; None when it is `off`."""
    chosen = os.environ.get("GOUJI_CACHE")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "gouji"


def compiled(name: str, key: str, into: type[T], build: Callable[[], T]) -> T:
    """Return what `build` makes, from the cache when `key` was built before."""
    folder = cache_folder()
    if folder is None:
        return build()
    file = folder / f"{name}-{key[:32]}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError):
        return msgspec.msgpack.decode(file.read_bytes(), type=into)
    value = build()
    _write(file, msgspec.msgpack.encode(value))
    return value


def entries() -> Iterator[Entry]:
    """Yield every file of the cache that is ours."""
    folder = cache_folder()
    if folder is None:
        return
    for place in (folder, *sorted(folder.glob("[0-9a-f][0-9a-f]"))):
        with contextlib.suppress(OSError):
            for file in sorted(os.scandir(place), key=lambda each: each.name):
                found = _OWN.fullmatch(file.name)
                if found and file.is_file(follow_symlinks=False):
                    about = file.stat()
                    yield Entry(Path(file.path), found["kind"] or "drafts", about.st_size, about.st_mtime_ns)


def remove(unwanted: list[Entry]) -> tuple[int, int]:
    """Remove entries, and the folders that are empty then; return how many were removed, and their bytes."""
    count = size = 0
    for entry in unwanted:
        with contextlib.suppress(OSError):
            entry.path.unlink()
            count, size = count + 1, size + entry.size
    for folder in {entry.path.parent for entry in unwanted if len(entry.path.parent.name) == 2}:
        with contextlib.suppress(OSError):
            folder.rmdir()
    return count, size


def tidy(most: int | None = None) -> tuple[int, int]:
    """Remove what was not used for longest, if the cache takes more than `most` bytes, until it takes a fifth less."""
    most = limit() if most is None else most
    kept = sorted(entries(), key=lambda entry: (entry.used, str(entry.path)))
    excess = sum(entry.size for entry in kept) - most
    if excess <= 0:
        return 0, 0
    unwanted = []
    excess += most // 5
    for entry in kept:
        if excess <= 0:
            break
        unwanted.append(entry)
        excess -= entry.size
    return remove(unwanted)


def limit() -> int:
    """Return how many bytes the cache may take."""
    chosen = os.environ.get("GOUJI_CACHE_LIMIT", "")
    return int(chosen) * 1024**2 if chosen.isascii() and chosen.isdecimal() else MOST


def _write(file: Path, content: bytes) -> None:
    """Write a file so that nobody sees half of it; do without when that cannot be done."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=_DRAFT, dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(draft).replace(file)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
