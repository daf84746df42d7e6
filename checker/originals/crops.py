"""Pictures of the figures that findings are about, cut out of the pages that they are printed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.groups import groups
from checker.contract.place import At
from checker.contract.shape import FilingJson
from checker.originals.picture import Mark, draw
from checker.originals.printed import Box, Printed, printed
from checker.originals.source import NotTheOriginal, Original, open_originals
from checker.readers.limits import Unreadable

MOST: Final = 40
MOST_BYTES: Final = 1_200_000
_SCALE: Final = 114 / 72
"""Points of the picture to a point of the page."""
_WIDEST: Final = 1400
"""Points that a picture is wide at most; wider pages are drawn smaller."""
_AROUND: Final = 42.0
"""Points of the page shown above and below the figure: about three lines."""
_HIGHEST: Final = 240.0
_MARGIN: Final = 8.0
_ROOM: Final = 1.5
"""Points between a figure and its frame."""
_COLOURS: Final = {"error": "c62828", "warning": "b45309", "notice": "1d4ed8"}


class Crop(msgspec.Struct, frozen=True):
    """A picture of the page around the figure of a finding: a PNG and its size, and the place that it shows."""

    png: bytes
    width: int
    height: int
    at: At


def crops(filing: FilingJson, most: int = MOST, most_bytes: int = MOST_BYTES) -> dict[str, Crop]:
    """Return pictures by the ids of the findings, for as many as there is room for.

    The finding that speaks for each observation comes first, errors before others; then the findings beside it. What is
    no PDF has none; so have filings whose files are gone or are no longer those that were audited.
    """
    chosen = [finding for finding in _in_order(filing) if finding.at.page and finding.at.box][:most]
    if not chosen:
        return {}
    try:
        originals = open_originals(filing)
    except NotTheOriginal:
        return {}
    made: dict[str, Crop] = {}
    for original in originals:
        about = [finding for finding in chosen if finding.at.file == original.name]
        if about and b"%PDF-" in original.content[:1024]:
            made.update(_of_file(original, filing, about))
    return dict(_within({each.id: made[each.id] for each in chosen if each.id in made}, most_bytes))


def _in_order(filing: FilingJson) -> list[FindingJson]:
    told = groups(filing)
    return [group.first for group in told] + [finding for group in told for finding in group.others]


def _of_file(original: Original, filing: FilingJson, findings: list[FindingJson]) -> Iterator[tuple[str, Crop]]:
    try:
        with printed(original.content, filing) as pages:
            for finding in findings:
                crop = _crop(finding, pages)
                if crop is not None:
                    yield finding.id, crop
    except Unreadable:
        return


def _crop(finding: FindingJson, pages: Printed) -> Crop | None:
    """Cut the picture of one finding: its figure framed, its other figures marked where they are near."""
    at = finding.at
    page, size = pages.page(at.page), pages.size(at.page)
    text = next((operand.text for operand in finding.operands if operand.at == at), "")
    own = [spot.box for spot in pages.spots(at, text) if spot.page == at.page]
    if page is None or not own:
        return None
    part = _part(own, at, size, pages)
    others = [
        spot.box
        for operand in finding.operands
        if operand.at.page == at.page and operand.at.file == at.file and operand.at != at
        and part[1] < operand.at.box[3] and operand.at.box[1] < part[3]
        for spot in pages.spots(operand.at, operand.text)
    ]  # fmt: skip
    marks = [Mark(_roomy(box), framed=True) for box in own] + [Mark(_roomy(box), framed=False) for box in others]
    scale = min(_SCALE, _WIDEST / max(part[2] - part[0], 1.0))
    drawn = draw(page, size, part, marks, scale, _COLOURS[finding.severity])
    return Crop(drawn.png, drawn.width, drawn.height, at)


def _part(own: list[Box], at: At, size: tuple[float, float], pages: Printed) -> Box:
    """Return the part of the page to show: the lines around the figure, none of them cut, as wide as they are."""
    top, bottom = min(box[1] for box in own), max(box[3] for box in own)
    bottom = min(bottom, top + _HIGHEST)
    top, bottom = max(top - _AROUND, 0.0), min(bottom + _AROUND, size[1])
    lines = pages.lines(at.page)
    top = min([top, *(box[1] - 1 for box in lines if box[1] < top < box[3] and top - box[1] < _AROUND)])
    bottom = max([bottom, *(box[3] + 1 for box in lines if box[1] < bottom < box[3] and box[3] - bottom < _AROUND)])
    shown = [box for box in [*lines, *own] if box[1] < bottom and box[3] > top]
    left = min(min(box[0] for box in shown) - _MARGIN, at.box[0] - _ROOM)
    right = max(max(box[2] for box in shown) + _MARGIN, at.box[2] + _ROOM)
    return max(left, 0.0), max(top, 0.0), min(right, size[0]), min(bottom, size[1])


def _roomy(box: Box) -> Box:
    return box[0] - _ROOM, box[1] - _ROOM, box[2] + _ROOM, box[3] + _ROOM


def _within(made: dict[str, Crop], most_bytes: int) -> Iterator[tuple[str, Crop]]:
    """Yield pictures until there is no room for the next."""
    for name, crop in made.items():
        most_bytes -= len(crop.png)
        if most_bytes < 0:
            return
        yield name, crop
