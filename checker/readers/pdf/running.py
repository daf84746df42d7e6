"""What runs over the pages and belongs to none of them: page numbers, headers, footers."""

from __future__ import annotations

import re
from collections import Counter

from checker.readers.pdf.pages import Page, Part, TextLine

_PAGE_NUMBER = re.compile(
    r"[-—–─―·.~\s]*(?:第|page|p\.)?\s*([0-9０-９]{1,4}|[ivxIVX]{1,6})\s*页?"
    r"(?:\s*[,，/／、]?\s*(?:共|of)?\s*[0-9]{1,4}\s*页?)?[-—–─―·.~\s]*",
    re.IGNORECASE,
)
_BARE = re.compile(r"[0-9０-９]+(?:\.[0-9]+)?")
_DIGITS = re.compile(r"[0-9０-９]+")
_TABLE_LINE = re.compile(r"单位\s*[:：]|表|^注|^说明")
"""Lines that stand on every page of tables and are no headers."""
_EDGE = 0.12
"""Of the height of a page, above and below: where page numbers stand."""
_HEAD = 0.09
"""Of the height of a page, above and below: where headers and footers stand."""
_TIMES = 3
_AT = 4.0
"""Points by which a header may move from page to page."""


def without_running(pages: list[Page]) -> list[Page]:
    """Return the pages without page numbers, headers and footers."""
    running = _running(pages)
    offsets = Counter(offset for page in pages for line in _outer(page) if (offset := _offset(line, page)) is not None)
    stripped: list[Page] = []
    for page in pages:
        outer = _outer(page)
        dropped = [
            line
            for line in outer
            if _key(line, page) in running or (_is_number(line, page) and _trusted(line, page, offsets, len(pages)))
        ]
        parts: list[Part] = [part for part in page.parts if not any(part is line for line in dropped)]
        stripped.append(page._replace(parts=parts))
    return stripped


def _outer(page: Page) -> list[TextLine]:
    """Return the lines at the head and the foot of a page, beyond which nothing but such lines stands."""
    found: list[TextLine] = []
    for parts in (page.parts, page.parts[::-1]):
        for part in parts[:3]:
            if not isinstance(part, TextLine) or not _at_edge(part, page, _EDGE):
                break
            if not any(part is line for line in found):
                found.append(part)
    return found


def _at_edge(line: TextLine, page: Page, share: float) -> bool:
    return line.box[3] < page.turn.height * share or line.box[1] > page.turn.height * (1 - share)


def _is_number(line: TextLine, page: Page) -> bool:
    return _PAGE_NUMBER.fullmatch(line.text) is not None and _at_edge(line, page, _EDGE)


def _offset(line: TextLine, page: Page) -> int | None:
    """Return by how much the page number printed differs from the number of the page."""
    match = _PAGE_NUMBER.fullmatch(line.text)
    return int(match[1]) - page.number if match and match[1].isdigit() and _at_edge(line, page, _EDGE) else None


def _trusted(line: TextLine, page: Page, offsets: Counter[int], count: int) -> bool:
    """Say whether a number is one that counts pages: it is decorated, or counts on with the others."""
    offset = _offset(line, page)
    return not _BARE.fullmatch(line.text) or offset is None or offsets[offset] >= min(2, count)


def _key(line: TextLine, page: Page) -> tuple[str, int] | None:
    if not _at_edge(line, page, _HEAD) or _TABLE_LINE.search(line.text) or _BARE.fullmatch(line.text):
        return None
    return _DIGITS.sub("#", line.text), round(line.box[1] / _AT)


def _running(pages: list[Page]) -> set[tuple[str, int] | None]:
    """Return the lines that stand at one height on at least three pages and most of the pages."""
    counts = Counter(key for page in pages for key in {_key(line, page) for line in _outer(page)} if key)
    return {key for key, count in counts.items() if count >= _TIMES and count * 2 >= len(pages)}
