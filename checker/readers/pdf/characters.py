"""What PDFium says stands on a page: its characters with their boxes, its strokes, its pictures.

The only module that knows PDFium. Coordinates that leave it are points in the *reading frame*: the page turned so that
most of its text is upright, origin at the upper left, y downwards. `Turn` leads from there to the page as it is shown.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

import msgspec
import pypdfium2.raw as pdfium

from checker.model.place import PagePlace
from checker.readers.limits import Limits, Unreadable

_QUARTER = math.pi / 2
_SLANT = 0.03
"""Radians off a right angle within which text still counts as upright."""
_LEVEL = 5
"""Characters of a run that is level."""
_SAMPLES = 64
"""Characters asked for their angle to find which way most of a page reads."""
_BLANK = frozenset("\t\n\v\f\r \x00\xa0\u2002\u2003\u2009\u200b\u3000\ufeff")
_FLAT = "一-—.,，。、"
"""Characters whose ink is much lower than that of others."""
_UNKNOWN = "\x00\ufffd"
_WORD = re.compile(r"[^\s\x00]+")
_OF_FIGURE = re.compile(r"[0-9]")
_loose_box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
"""The box of a character, written to an address: half the cost of a call that builds a structure."""


class Run(msgspec.Struct, frozen=True, gc=False):
    """Characters set one after the other on one line; `start` is the position of the first in the page's text."""

    left: float
    top: float
    right: float
    bottom: float
    start: int
    text: str

    @property
    def height(self) -> float:
        """How high the characters stand, in points."""
        return self.bottom - self.top


class Turn(NamedTuple):
    """How the reading frame lies on the page as shown: quarter turns clockwise, and the size of the reading frame."""

    quarters: int
    width: float
    height: float

    def placed(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return a box whose edges are rounded already where it is shown."""
        return self.shown(*box) if self.quarters else box

    def shown(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """Return a box of the reading frame where it is shown, rounded to a tenth of a point."""
        if self.quarters == 1:
            left, top, right, bottom = self.height - bottom, left, self.height - top, right
        elif self.quarters == 2:
            left, top, right, bottom = self.width - right, self.height - bottom, self.width - left, self.height - top
        elif self.quarters == 3:
            left, top, right, bottom = top, self.width - right, bottom, self.width - left
        return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


class PageText(NamedTuple):
    """The characters of a page: its text, where each character begins and ends across, and its runs in drawing order.

    `upright` is the number of quarter turns clockwise that lead from the page's own coordinates to the reading frame,
    `unmapped` counts characters that no Unicode is known for; `slanted` holds what is written askew (watermarks);
    `unseen` says that the text is not painted.
    """

    turn: Turn
    upright: int
    text: str
    lefts: list[float]
    rights: list[float]
    runs: list[Run]
    unmapped: int
    slanted: str
    unseen: bool


@contextmanager
def opened(content: bytes, part: str = "") -> Iterator[Any]:
    """Open a PDF and close it.

    Raises:
        Unreadable: when it is encrypted, damaged, or no PDF.
    """
    document = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
    if not document:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Unreadable("PDF 已加密，需要密码才能打开，请先去掉密码")
        raise Unreadable("PDF 不完整或已损坏，无法打开")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def page_count(document: Any) -> int:
    """Return the number of pages."""
    return int(pdfium.FPDF_GetPageCount(document))


def pages_of(document: Any, part: str = "") -> Iterator[tuple[int, Any]]:
    """Open one page after the other, and yield its 1-based number with it.

    Raises:
        Unreadable: when a page is damaged.
    """
    for number in range(1, page_count(document) + 1):
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            raise Unreadable(f"第{number}页已损坏，无法打开", PagePlace(1, 0, part, page=number))
        try:
            yield number, page
        finally:
            pdfium.FPDF_ClosePage(page)


def read_text(page: Any, number: int, limits: Limits) -> PageText:
    """Read the characters of a page and string them to runs.

    Raises:
        Unreadable: when there are more than the limit, or PDFium cannot read them.
    """
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        raise Unreadable(f"第{number}页的文字无法读取", PagePlace(1, page=number))
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        if count > limits.page_characters:
            reason = f"第{number}页有 {count:,} 个字符，超过上限 {limits.page_characters:,}"
            raise Unreadable(reason, PagePlace(1, page=number))
        return _read_text(page, text_page, max(count, 0))
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def bounds_of(page: Any) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a page in its own coordinates."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        return 0.0, 0.0, float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
    return box.left, box.bottom, box.right, box.top


def turned(
    quarters: int, bounds: tuple[float, float, float, float], flat: list[float]
) -> tuple[list[float], list[float], list[float], list[float]]:
    """Turn boxes given as left, top, right, bottom in a row into lists of lefts, tops, rights and bottoms."""
    left, bottom, right, top = bounds
    x0, y1, x1, y0 = flat[0::4], flat[1::4], flat[2::4], flat[3::4]
    if quarters == 0:
        if not left:
            return x0, [top - y for y in y1], x1, [top - y for y in y0]
        return [x - left for x in x0], [top - y for y in y1], [x - left for x in x1], [top - y for y in y0]
    if quarters == 1:
        return [y - bottom for y in y0], [x - left for x in x0], [y - bottom for y in y1], [x - left for x in x1]
    if quarters == 2:
        return [right - x for x in x1], [y - bottom for y in y0], [right - x for x in x0], [y - bottom for y in y1]
    return [top - y for y in y1], [right - x for x in x1], [top - y for y in y0], [right - x for x in x0]


def _read_text(page: Any, text_page: Any, count: int) -> PageText:
    text, unmapped = _marked(text_page, _text(text_page, count))
    buffer = (ctypes.c_float * (4 * count))()
    address = ctypes.addressof(buffer)
    handle = ctypes.cast(text_page, ctypes.c_void_p).value
    box = _loose_box
    for position, character in enumerate(text):
        if character not in _BLANK:
            box(handle, position, address + 16 * position)
    upright = _upright(text_page, text)
    bounds = bounds_of(page)
    flat = cast("list[float]", memoryview(buffer).cast("B").cast("f").tolist())
    lefts, tops, rights, bottoms = turned(upright, bounds, flat)
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if upright % 2:
        width, height = height, width
    turn = Turn((pdfium.FPDFPage_GetRotation(page) - upright) % 4, width, height)
    size = _inked(text, tops, bottoms)
    strung = (
        _strung_inked(text, lefts, tops, rights, bottoms, size) if size else _strung(text, lefts, tops, rights, bottoms)
    )
    inside = [run for run in strung if run.right > 0 and run.left < width and run.bottom > 0 and run.top < height]
    runs, slanted = _apart(text_page, inside)
    return PageText(turn, upright, text, lefts, rights, runs, unmapped, slanted, _unseen(text_page, runs))


def _marked(text_page: Any, text: str) -> tuple[str, int]:
    """Return the text with a mark for each character of a figure that no Unicode is known for, and count them all.

    PDFium gives such a character by its code in the font, which may be that of another digit. Where no word begins with
    one, none is looked for.
    """
    is_error = pdfium.FPDFText_HasUnicodeMapError
    if not any(character in text for character in _UNKNOWN) and not any(
        is_error(text_page, word.start()) == 1 for word in _WORD.finditer(text)
    ):
        return text, 0
    unknown = [at for at, character in enumerate(text) if character in _UNKNOWN or is_error(text_page, at) == 1]
    characters = list(text)
    for at in unknown:
        if _OF_FIGURE.search(text[max(at - 1, 0) : at + 2]):
            characters[at] = "\ufffd"
    return "".join(characters), len(unknown)


def _unseen(text_page: Any, runs: list[Run]) -> bool:
    """Say whether the text of a page is not painted: the layer that a scanner's recognition lays over its picture."""
    for run in runs[:: max(1, len(runs) // 5)]:
        shape = pdfium.FPDFText_GetTextObject(text_page, run.start)
        if not shape or pdfium.FPDFTextObj_GetTextRenderMode(shape) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            return False
    return bool(runs)


def _text(text_page: Any, count: int) -> str:
    """Return one character for each of PDFium's, those without Unicode as NUL, hyphens at line ends as hyphens."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if written != count + 1 or len(text) != count:
        # Some character takes two units or none: ask for each.
        codes = [pdfium.FPDFText_GetUnicode(text_page, position) for position in range(count)]
        text = "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)
    return text.replace("\x02", "-").replace("\ufffe", "-")


def _upright(text_page: Any, text: str) -> int:
    """Return by how many quarter turns clockwise the page must be turned for most of its text to be upright."""
    step = max(1, len(text) // _SAMPLES)
    written = [position for position in range(0, len(text), step) if text[position] not in _BLANK]
    angles = (pdfium.FPDFText_GetCharAngle(text_page, position) for position in written)
    turns = Counter(-round(angle / _QUARTER) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def _strung(text: str, lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float]) -> list[Run]:
    """Collect characters that stand side by side on one line, in the order in which they were drawn."""
    runs: list[Run] = []
    blank = _BLANK
    start = -1
    begin = high = last = low = size = 0.0
    highest = lowest = shallow = deep = back = ahead = 0.0
    characters = zip(text, lefts, tops, rights, bottoms, strict=True)
    for position, (character, left, top, right, bottom) in enumerate(characters):
        # The text of the run goes on to here: whatever does not belong to it ends it.
        if start >= 0:
            if (
                last - back < left < last + ahead
                and highest < top < lowest
                and shallow < bottom < deep
                and character not in blank
            ):
                last = right
                continue
            runs.append(Run(begin, high, last, low, start, text[start:position]))
            start = -1
            if (
                character == text[position - 1]
                and -0.2 * size < left - lefts[position - 1] < 0.2 * size
                and highest < top < lowest
            ):
                # Drawn twice to look bold: the second one is left out.
                continue
        if character in blank or right <= left or bottom <= top:
            continue
        start, begin, high, last, low, size = position, left, top, right, bottom, bottom - top
        highest, lowest = top - 0.3 * size, top + 0.3 * size
        shallow, deep = bottom - 0.15 * size, bottom + 0.15 * size
        back, ahead = 0.4 * size, 0.25 * size
    if start >= 0:
        runs.append(Run(begin, high, last, low, start, text[start:]))
    return runs


def _inked(text: str, tops: list[float], bottoms: list[float]) -> float:
    """Return the size of characters whose boxes are those of their ink, or 0 where boxes are those of the font.

    Fonts that do not say how high they reach (as browsers embed them) leave nothing but the ink: a dash is flat then.
    """
    for flat in _FLAT:
        at = text.find(flat)
        if at < 0:
            continue
        beside = max((bottoms[near] - tops[near] for near in (at - 1, at + 1) if 0 <= near < len(text)), default=0.0)
        if 0 < bottoms[at] - tops[at] < 0.4 * beside:
            heights = sorted(bottom - top for bottom, top in zip(bottoms, tops, strict=True) if bottom > top)
            return 1.15 * heights[len(heights) * 3 // 4]
    return 0.0


def _strung_inked(
    text: str, lefts: list[float], tops: list[float], rights: list[float], bottoms: list[float], size: float
) -> list[Run]:
    """Collect characters whose boxes are their ink: those that overlap in height, and that no blank parts."""
    runs: list[Run] = []
    start = -1
    begin = high = last = low = 0.0
    characters = zip([*text, " "], [*lefts, 0.0], [*tops, 0.0], [*rights, 0.0], [*bottoms, 0.0], strict=True)
    for position, (character, left, top, right, bottom) in enumerate(characters):
        blank = character in _BLANK or right <= left or bottom <= top
        if start >= 0:
            if not blank and top < low and bottom > high and -0.5 * size < left - last < 0.5 * size:
                last, high, low = right, min(high, top), max(low, bottom)
                continue
            short = max(0.0, (0.7 * size - low + high) / 2)
            runs.append(Run(begin, high - short, last, low + short, start, text[start:position]))
            start = -1
        if not blank:
            start, begin, high, last, low = position, left, top, right, bottom
    return runs


def _apart(text_page: Any, runs: list[Run]) -> tuple[list[Run], str]:
    """Part the runs from what is written askew."""
    angle_of = pdfium.FPDFText_GetCharAngle
    kept: list[Run] = []
    slanted: list[str] = []
    for run in runs:
        # What climbs from character to character makes no long runs.
        if len(run.text) < _LEVEL and _SLANT < angle_of(text_page, run.start) % _QUARTER < _QUARTER - _SLANT:
            slanted.append(run.text)
        else:
            kept.append(run)
    return kept, "".join(slanted)
