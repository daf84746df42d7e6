"""A file that several programs add to in turn, such as the summary of a job."""

from __future__ import annotations

from pathlib import Path


class Appended:
    """The end of a file: what is there stays, and what was written is added at once when it is whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: list[bytes] = []

    def write(self, content: bytes) -> None:
        """Keep more for the end."""
        self._kept.append(content)

    def finish(self) -> list[Path]:
        """Add what was written.

        Raises:
            OSError: when the file cannot be written.
        """
        with self._path.open("ab") as stream:
            stream.write(b"".join(self._kept))
        return []

    def discard(self) -> None:
        """Add nothing."""
        self._kept.clear()
