"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


class Draft:
    """A file in the course of being written, beside its place; it moves there when it is whole.

    Raises:
        OSError: when the folder cannot be made or written to; nothing is left behind.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle, name = tempfile.mkstemp(prefix=f".{target.name[:60]}.", dir=target.parent)
        except OSError as error:
            raise type(error)(error.errno, error.strerror, str(target)) from error
        self._path = Path(name)
        self._stream = os.fdopen(handle, "wb")

    def write(self, content: bytes) -> None:
        """Write more of the file."""
        self._stream.write(content)

    def finish(self) -> None:
        """Put the file in its place."""
        try:
            self._stream.close()
            self._path.chmod(0o644)
            self._path.replace(self.target)
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Leave nothing behind; a file that was there before stays as it was."""
        try:
            self._stream.close()
        finally:
            self._path.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that no reader ever sees half of it: beside its place first, then moved over it.

    Raises:
        OSError: when the folder cannot be made or written to; nothing is left behind.
    """
    draft = Draft(target)
    try:
        draft.write(content)
    except BaseException:
        draft.discard()
        raise
    draft.finish()
