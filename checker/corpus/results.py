"""Results that were made before, kept by the hashes of the files and of everything that a result depends on.

What a result says of its file's path is put right when it is taken out: the same file under another path is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

import msgspec

from checker.auditing import sha256_of
from checker.cache import Store, program_digest
from checker.contract.shape import FileJson, FilingJson
from checker.corpus.pieces import Files, Piece, unpacked
from checker.readers.kept import programs_present
from checker.readers.limits import legible
from checker.readers.parts import filing_name
from checker.readers.together import part_names


class Key(msgspec.Struct, frozen=True):
    """Under what a result is kept, and the hash that the files had when it was asked for."""

    name: str
    sha256: str


class Results:
    """The results of one way of auditing: `way` is all that decides on a result beside the files.

    A file of more than `most` bytes is refused anyway, and not looked for.
    """

    def __init__(self, store: Store, way: object, most: int) -> None:
        self._store = store
        self._most = most
        self._way = hashlib.sha256(msgspec.msgpack.encode((way, programs_present(), program_digest()))).hexdigest()

    def key(self, files: Files) -> Key | None:
        """Return the key of the files of a filing; nothing when one cannot be read, or is too large."""
        try:
            if any(path.stat().st_size > self._most for path in files):
                return None
        except OSError:
            return None
        sha256 = sha256_of(files)
        names = part_names(files) if len(files) > 1 else []
        whole = hashlib.sha256("\0".join((self._way, sha256, *names)).encode(errors="surrogateescape")).hexdigest()
        return Key(whole, sha256) if sha256 else None

    def get(self, key: Key) -> bytes | None:
        """Return what is kept under a key, to be opened with `moved`."""
        return self._store.get(key.name)

    def put(self, key: Key, files: Files, pieces: Sequence[Piece], content: bytes) -> None:
        """Keep a result, packed in `content`, if it will be the same next time."""
        filings = [each.filing for each in pieces if each.filing is not None]
        hashes = [filing.sha256 for filing in filings]
        sha256 = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
        if sha256 == key.sha256 and len(filings) == len(pieces) and all(_lasts(filing, files) for filing in filings):
            self._store.put(key.name, content)


def moved(content: bytes, files: Files) -> list[FilingJson] | None:
    """Return the result that was kept, with the paths of these files in it; nothing when it is damaged."""
    try:
        filings = [piece.filing for piece in unpacked(content) if piece.filing is not None]
    except (msgspec.DecodeError, RecursionError):
        return None
    if len(filings) == 1:
        names = part_names(files) if len(files) > 1 else [""]
        return [_at(filings[0], filing_name(files), tuple(map(FileJson, map(legible, files), names)))]
    if len(filings) != len(files):
        return None
    paths = map(legible, files)
    return [_at(filing, path, (FileJson(path),)) for filing, path in zip(filings, paths, strict=True)]


def _lasts(filing: FilingJson, files: Files) -> bool:
    """Say whether a result depends on nothing but the files: a part that could not be read may be, another time."""
    parts = {legible(path.name) for path in files} if len(files) > 1 else set()
    return not any(
        part.title in parts or PurePath(part.title).suffix.lower() in {".doc", ".wps", ".rtf"}
        for part in filing.skipped
    )


def _at(filing: FilingJson, path: str, files: tuple[FileJson, ...]) -> FilingJson:
    return msgspec.structs.replace(filing, path=path, files=files)
