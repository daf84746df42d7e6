"""Where on the pages of a PDF the characters stand that a place means.

The box of an address is that of a whole cell or paragraph; a mark belongs at the figure itself. Boxes are left, top,
right and bottom in points from the upper left of the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from checker.contract.place import At
from checker.contract.shape import FilingJson
from checker.readers.limits import Limits, Unreadable
from checker.readers.pdf.characters import PageText, Run, opened, page_count, read_text
from checker.readers.pdf.lines import lines_of

Box = tuple[float, float, float, float]

_MOST_PAGES = 4
"""Pages over which a paragraph is followed."""
_KNOWN = 6
"""Characters by which the rest of a paragraph is known again on the next page."""


class Spot(NamedTuple):
    """A stretch of characters on one line: the page, and the box around them."""

    page: int
    box: Box


class _Character(NamedTuple):
    """A letter, the line that it stands on, and its box in the reading frame."""

    letter: str
    line: int
    box: Box


class Printed:
    """The pages of an opened PDF, each read when it is first asked for; use it in `printed(...)`."""

    def __init__(self, document: Any, paragraphs: Mapping[At, str]) -> None:
        self.count = page_count(document)
        self._document = document
        self._paragraphs = paragraphs
        self._pages: dict[int, Any] = {}
        self._texts: dict[int, PageText | None] = {}

    def page(self, number: int) -> Any:
        """Return PDFium's handle of a page, None when there is no such page."""
        import pypdfium2.raw as pdfium

        if number not in self._pages:
            inside = 0 < number <= self.count
            self._pages[number] = (pdfium.FPDF_LoadPage(self._document, number - 1) or None) if inside else None
        return self._pages[number]

    def text(self, number: int) -> PageText | None:
        """Return the characters of a page; None when they cannot be read."""
        if number not in self._texts:
            page = self.page(number)
            try:
                self._texts[number] = read_text(page, number, Limits()) if page else None
            except Unreadable:
                self._texts[number] = None
        return self._texts[number]

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page as it is shown, in points; nothing when there is no such page."""
        import pypdfium2.raw as pdfium

        page = self.page(number)
        return (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)) if page else (0.0, 0.0)

    def close(self) -> None:
        """Let go of the pages."""
        import pypdfium2.raw as pdfium

        for page in self._pages.values():
            if page:
                pdfium.FPDF_ClosePage(page)
        self._pages.clear()

    def spots(self, at: At, text: str = "") -> tuple[Spot, ...]:
        """Return where the characters stand that a place means, line by line.

        `text` is what is printed there, where that is known. What cannot be found among the characters (in a scan, say)
        is marked by the whole box; a place without a box is no spot at all.
        """
        if not at.page or len(at.box) != 4:
            return ()
        left, top, right, bottom = at.box
        whole = (Spot(at.page, (left, top, right, bottom)),)
        letters = self._inside(at.page, (left, top, right, bottom))
        if at.span:
            return self._spoken(at, letters) or whole
        wanted = _solid(text)
        start = "".join(each.letter for each in letters).find(wanted) if wanted else -1
        return self._spots(at.page, letters[start : start + len(wanted)]) if start >= 0 else whole

    def lines(self, number: int) -> list[Box]:
        """Return the boxes of everything written on a page."""
        text = self.text(number)
        return [text.turn.shown(run.left, run.top, run.right, run.bottom) for run in text.runs] if text else []

    def _spoken(self, at: At, letters: list[_Character]) -> tuple[Spot, ...]:
        """Return where characters of a paragraph stand; it may go on at the top of the next pages."""
        paragraph = self._paragraphs.get(_without_span(at), "")
        start, end = (len(_solid(paragraph[:position])) for position in at.span[:2])
        text = _solid(paragraph) or "".join(each.letter for each in letters)
        if not paragraph:
            start, end = at.span[0], at.span[1]
        spots: list[Spot] = []
        page, told = at.page, 0
        while letters and told < end:
            here = letters[max(start - told, 0) : end - told]
            if "".join(each.letter for each in here) != text[max(start, told) : min(end, told + len(letters))]:
                return ()
            spots += self._spots(page, here)
            told += len(letters)
            page += 1
            if told >= end or page >= at.page + _MOST_PAGES:
                break
            letters = self._continued(page, text[told:])
        return tuple(spots)

    def _continued(self, number: int, rest: str) -> list[_Character]:
        """Return the characters of a page from where it begins with the rest of a paragraph."""
        width, height = self.size(number)
        letters = self._inside(number, (0.0, 0.0, width, height))
        start = "".join(each.letter for each in letters).find(rest[:_KNOWN]) if rest else -1
        return letters[start : start + len(rest)] if start >= 0 else []

    def _inside(self, number: int, box: Box) -> list[_Character]:
        """Return the characters whose middles stand in a box, in reading order."""
        text = self.text(number)
        if text is None:
            return []
        runs = [piece for run in text.runs for piece in _pieces(run, text, box)]
        return [
            _Character(letter, number, (text.lefts[at], run.top, text.rights[at], run.bottom))
            for number, line in enumerate(lines_of(runs))
            for run in line
            for at, letter in enumerate(run.text, start=run.start)
        ]

    def _spots(self, number: int, letters: list[_Character]) -> tuple[Spot, ...]:
        """Return the boxes of letters as shown, those of one line in one."""
        text = self.text(number)
        if text is None:
            return ()
        spots = []
        for _, group in groupby(letters, key=lambda letter: letter.line):
            lefts, tops, rights, bottoms = zip(*(letter.box for letter in group), strict=True)
            spots.append(Spot(number, text.turn.shown(min(lefts), min(tops), max(rights), max(bottoms))))
        return tuple(spots)


@contextmanager
def printed(content: bytes, filing: FilingJson) -> Iterator[Printed]:
    """Open a PDF of a filing.

    Raises:
        Unreadable: when it is encrypted, damaged, or no PDF.
    """
    paragraphs = {each.at: each.text for passage in filing.passages for each in passage.paragraphs}
    with opened(content) as document:
        pages = Printed(document, paragraphs)
        try:
            yield pages
        finally:
            pages.close()


def _without_span(at: At) -> At:
    return At(at.file, page=at.page, box=at.box, column=at.column)


def _solid(text: str) -> str:
    return "".join(text.split())


def _pieces(run: Run, text: PageText, box: Box) -> Iterator[Run]:
    """Yield the stretches of a run whose characters stand in a box."""
    left, top, right, bottom = text.turn.shown(run.left, run.top, run.right, run.bottom)
    if right < box[0] or left > box[2] or bottom < box[1] or top > box[3]:
        return
    begin = -1
    for at in range(run.start, run.start + len(run.text) + 1):
        inside = at < run.start + len(run.text) and _holds(
            box, text.turn.shown(text.lefts[at], run.top, text.rights[at], run.bottom)
        )
        if inside and begin < 0:
            begin = at
        elif not inside and begin >= 0:
            letters = run.text[begin - run.start : at - run.start]
            yield Run(text.lefts[begin], run.top, text.rights[at - 1], run.bottom, begin, letters)
            begin = -1


def _holds(box: Box, inner: Box) -> bool:
    across, down = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return box[0] <= across <= box[2] and box[1] - 0.5 <= down <= box[3] + 0.5
