"""What an output is written to: a file that appears when it is whole, or the standard output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Protocol

from checker.outputs.files import Draft

STANDARD_OUTPUT = frozenset({"", "-"})
"""How the standard output is called where a file may be named."""


class Target(Protocol):
    """Something that bytes are written to, and that is finished or discarded."""

    def write(self, content: bytes) -> None:
        """Write more."""

    def finish(self) -> list[Path]:
        """Make what was written visible; return the file, if it is one."""

    def discard(self) -> None:
        """Leave nothing behind that is not whole."""


def target(name: str, clear: Callable[[], None] = lambda: None, behind: bool = False) -> Target:
    """Return the target of a name; what comes `behind` another output on the standard output waits for its end.

    `clear` is called before anything is written to the standard output.

    Raises:
        OSError: when a file cannot be written there.
    """
    if name in STANDARD_OUTPUT:
        out = StandardOutput(clear)
        return Waiting(out) if behind else out
    return File(Path(name))


class File:
    """A file, moved into its place at the end."""

    def __init__(self, path: Path) -> None:
        self._draft = Draft(path)

    def write(self, content: bytes) -> None:
        """Write more."""
        self._draft.write(content)

    def finish(self) -> list[Path]:
        """Put the file in its place."""
        self._draft.finish()
        return [self._draft.target]

    def discard(self) -> None:
        """Remove what was written."""
        self._draft.discard()


class StandardOutput:
    """The standard output: what is written is seen at once, and cannot be taken back."""

    def __init__(self, clear: Callable[[], None]) -> None:
        self._clear = clear

    def write(self, content: bytes) -> None:
        """Write more."""
        self._clear()
        sys.stdout.flush()
        sys.stdout.buffer.write(content)

    def finish(self) -> list[Path]:
        """Let the other end have all of it."""
        sys.stdout.buffer.flush()
        return []

    def discard(self) -> None:
        """Do nothing: it has been seen."""


class Waiting:
    """The standard output, for what has to wait until the outputs before it have ended."""

    def __init__(self, out: StandardOutput) -> None:
        self._out = out
        self._kept: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when it has been shown

    def write(self, content: bytes) -> None:
        """Write more."""
        self._kept.write(content)

    def finish(self) -> list[Path]:
        """Show what was kept."""
        self._kept.seek(0)
        while piece := self._kept.read(1 << 20):
            self._out.write(piece)
        self._kept.close()
        return self._out.finish()

    def discard(self) -> None:
        """Forget what was kept."""
        self._kept.close()
