"""Where something stands in the original: the address that every figure keeps from reading to report."""

from __future__ import annotations

import msgspec


class LinePlace(msgspec.Struct, frozen=True, gc=False, order=True, omit_defaults=True):
    """A place in a text file: 1-based line, and 1-based tab-separated field (0: the whole line)."""

    line: int
    column: int = 0

    def words(self) -> str:
        """Return the place as a reviewer would say it."""
        return f"第{self.line}行第{self.column}栏" if self.column else f"第{self.line}行"


Place = LinePlace
"""Every kind of address; one member per document format."""
