"""New objects appended to a PDF: its own bytes stay as they are, so nothing of the original can be lost or altered.

ISO 32000-1, 7.5.6: the objects, a cross-reference section for them, and a trailer that leads to the older one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

_START = re.compile(rb"startxref\s+(\d+)")


class Appendix:
    """Objects to be appended to a PDF; numbers are given out in the order asked for."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._next = int(reader.trailer["/Size"])
        self._objects: dict[int, tuple[int, bytes]] = {}

    def add(self, body: bytes) -> int:
        """Take in a new object, and return its number."""
        number, self._next = self._next, self._next + 1
        self._objects[number] = (0, body)
        return number

    def replace(self, number: int, generation: int, body: bytes) -> None:
        """Take in another version of an object of the original."""
        self._objects[number] = (generation, body)

    def appended_to(self, content: bytes) -> bytes:
        """Return the PDF with the objects behind it.

        Raises:
            ValueError: when it does not say where its cross-references are.
        """
        starts = _START.findall(content)
        if not starts:
            raise ValueError("no startxref")
        start = int(starts[-1])
        out = bytearray(content if content.endswith(b"\n") else content + b"\n")
        places: dict[int, tuple[int, int]] = {}
        for number, (generation, body) in sorted(self._objects.items()):
            places[number] = (len(out), generation)
            out += b"%d %d obj\n%b\nendobj\n" % (number, generation, body)
        trailer = self._trailer(start, hashlib.md5(bytes(out), usedforsecurity=False).hexdigest())
        here = len(out)
        if content[start : start + 4] == b"xref":
            out += _table(places) + b"trailer\n<< %b /Size %d >>\n" % (trailer, self._next)
        else:
            places[self._next] = (here, 0)
            out += _stream(places, trailer)
        out += b"startxref\n%d\n%%%%EOF\n" % here
        return bytes(out)

    def _trailer(self, previous: int, digest: str) -> bytes:
        entries = [b"/Prev %d" % previous]
        for key in ("/Root", "/Info"):
            value = self._reader.trailer.raw_get(key) if key in self._reader.trailer else None
            if value is not None:
                entries.append(b"%b %b" % (key.encode(), written(value)))
        ids = self._reader.trailer.get("/ID")
        if ids:
            first = bytes(ids[0].original_bytes).hex()
            entries.append(b"/ID [ <%b> <%b> ]" % (first.encode(), digest.encode()))
        return b" ".join(entries)


def written(value: Any) -> bytes:
    """Return an object of the parser as it is written in a file."""
    out = BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return numbers in order as (first, how many)."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and sum(runs[-1]) == number:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return runs


def _table(places: Mapping[int, tuple[int, int]]) -> bytes:
    """Return a cross-reference table (7.5.4): entries of exactly twenty bytes."""
    lines = [b"xref\n"]
    for first, count in _runs(sorted(places)):
        lines.append(b"%d %d\n" % (first, count))
        lines += [b"%010d %05d n \n" % places[number] for number in range(first, first + count)]
    return b"".join(lines)


def _stream(places: Mapping[int, tuple[int, int]], trailer: bytes) -> bytes:
    """Return a cross-reference stream (7.5.8), the last of the objects that it lists."""
    numbers = sorted(places)
    index = b" ".join(b"%d %d" % run for run in _runs(numbers))
    data = b"".join(
        b"\x01" + place.to_bytes(6, "big") + generation.to_bytes(2, "big")
        for place, generation in (places[number] for number in numbers)
    )
    head = b"/Type /XRef /W [1 6 2] /Index [%b] /Size %d /Length %d" % (index, numbers[-1] + 1, len(data))
    return b"%d 0 obj\n<< %b %b >>\nstream\n%b\nendstream\nendobj\n" % (numbers[-1], head, trailer, data)
