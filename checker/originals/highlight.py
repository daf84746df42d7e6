"""Highlights and notes as a PDF writes them, with the picture that viewers show of each."""

from __future__ import annotations

from typing import Final, NamedTuple

from checker.originals.frame import Frame
from checker.originals.increment import Appendix
from checker.originals.printed import Box

_Colour = tuple[float, float, float]


class Ink(NamedTuple):
    """The colour of a mark: what the figure is covered with, and the line around it."""

    cover: _Colour
    line: _Colour


INKS: Final = {
    "error": Ink((1.0, 0.8, 0.8), (0.78, 0.16, 0.16)),
    "warning": Ink((1.0, 0.89, 0.66), (0.7, 0.33, 0.04)),
    "notice": Ink((0.81, 0.89, 1.0), (0.11, 0.31, 0.85)),
    "": Ink((0.88, 0.88, 0.88), (0.4, 0.4, 0.4)),
}
"""By severity; what is waived is grey."""
_BESIDE: Final[_Colour] = (1.0, 0.96, 0.7)
"""Covers the figures that another one is compared with."""
_ROOM: Final = 1.2
_TAG_HEIGHT: Final = 7.5
_TAG_SIZE: Final = 6.5
_TAG_DIGIT: Final = 3.7
"""Points that a digit of the tag is wide."""
_SHORT: Final = 12
"""Characters of a tag."""
_ICON: Final = 16.0


class Remark(NamedTuple):
    """What goes with a mark: its name, the worst severity, the numbers shown beside it, subject, text and author.

    `cell` is the table cell that the figure stands in, if it does.
    """

    name: str
    severity: str
    tag: str
    subject: str
    text: str
    author: str
    cell: Box | None = None


def add_highlight(appendix: Appendix, frame: Frame, boxes: list[Box], remark: Remark) -> int:
    """Add a highlight over boxes of the page as shown, and return its number; it is framed when it has a tag."""
    quads = [value for box in boxes for value in frame.quad(frame.inside(box))]
    boxes = [frame.inside((box[0] - _ROOM, box[1] - _ROOM, box[2] + _ROOM, box[3] + _ROOM)) for box in boxes]
    tag = _tag_box(boxes[0], remark, frame)
    edge = [*boxes, tag] if tag else boxes
    around = (
        min(box[0] for box in edge) - 1, min(box[1] for box in edge) - 1,
        max(box[2] for box in edge) + 1, max(box[3] for box in edge) + 1,
    )  # fmt: skip
    ink = INKS[remark.severity]
    drawing = ["/M gs", _rgb(ink.cover if remark.tag else _BESIDE, "rg")]
    drawing += [f"{_rectangle(_within(box, around))} f" for box in boxes]
    if remark.tag:
        drawing += ["/N gs", _rgb(ink.line, "RG"), "0.9 w"]
        drawing += [f"{_rectangle(_within(box, around))} S" for box in boxes]
    if tag:
        drawing += _tag(_within(tag, around), remark.tag, ink)
    appearance = _appearance(appendix, frame, around, "\n".join(drawing))
    extra = f"/Subtype /Highlight /QuadPoints [{_numbers(quads)}]"
    return _annotation(appendix, frame.own(around), extra, remark, appearance)


def add_note(appendix: Appendix, frame: Frame, position: int, remark: Remark) -> int:
    """Add a note at the upper left of a page, below as many others as `position` says, and return its number."""
    top = 6.0 + position * (_ICON + 3)
    width = max(_ICON, len(_shortened(remark.tag)) * _TAG_DIGIT + 6)
    box = (6.0, top, 6.0 + width, top + _ICON)
    ink = INKS[remark.severity]
    drawing = ["/N gs", _rgb(ink.cover, "rg"), _rgb(ink.line, "RG"), "1 w", f"0.5 0.5 {width - 1} {_ICON - 1} re B"]
    drawing += [_rgb(ink.line, "rg"), f"BT /F {_TAG_SIZE} Tf 3 5.5 Td ({_shortened(remark.tag)}) Tj ET"]
    appearance = _appearance(appendix, frame, box, "\n".join(drawing))
    return _annotation(appendix, frame.own(box), "/Subtype /Text /Name /Note", remark, appearance)


def _annotation(appendix: Appendix, rect: Box, extra: str, remark: Remark, appearance: int) -> int:
    """Add an annotation (ISO 32000-1, 12.5.2); flag 4 lets it be printed."""
    line = INKS[remark.severity].line
    head = f"<< /Type /Annot {extra} /Rect [{_numbers(rect)}] /C [{_numbers(line)}] /F 4 /AP << /N {appearance} 0 R >>"
    said = b" ".join(
        b"/%b %b" % (key, _string(text))
        for key, text in (
            (b"NM", remark.name), (b"T", remark.author), (b"Subj", remark.subject), (b"Contents", remark.text),
        )
    )  # fmt: skip
    return appendix.add(head.encode() + b" " + said + b" >>")


def _appearance(appendix: Appendix, frame: Frame, around: Box, drawing: str) -> int:
    """Add what an annotation looks like: a form in points of the page as shown, turned to lie upright on it."""
    width, height = around[2] - around[0], around[3] - around[1]
    resources = (
        "<< /ExtGState << /M << /Type /ExtGState /BM /Multiply >> /N << /Type /ExtGState /BM /Normal >> >>"
        " /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> >>"
    )
    matrix = " ".join(map(str, frame.upright))
    head = (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 {_numbers((width, height))}] /Matrix [{matrix}]"
        f" /Group << /S /Transparency >> /Resources {resources} /Length {len(drawing)} >>"
    )
    return appendix.add(f"{head}\nstream\n{drawing}\nendstream".encode("ascii"))


def _tag_box(box: Box, remark: Remark, frame: Frame) -> Box | None:
    """Return where the numbers stand: in the blank of a cell, else above the left end, or below where no room is."""
    if not remark.tag:
        return None
    width = len(_shortened(remark.tag)) * _TAG_DIGIT + 3
    if remark.cell and box[0] - remark.cell[0] > width + 2:
        middle = (box[1] + box[3]) / 2
        return box[0] - width - 0.5, middle - _TAG_HEIGHT / 2, box[0] - 0.5, middle + _TAG_HEIGHT / 2
    top = box[1] - _TAG_HEIGHT if box[1] >= _TAG_HEIGHT + 1 else box[3]
    left = max(min(box[0], frame.size[0] - width), 0.0)
    return left, top, left + width, top + _TAG_HEIGHT


def _tag(box: Box, tag: str, ink: Ink) -> list[str]:
    text = f"BT /F {_TAG_SIZE} Tf {_numbers((box[0] + 1.5, box[1] + 1.5))} Td ({_shortened(tag)}) Tj ET"
    return ["/N gs", _rgb(ink.line, "rg"), f"{_rectangle(box)} f", "1 1 1 rg", text]


def _shortened(tag: str) -> str:
    """Return the numbers of a tag, as many as there is room for."""
    return tag if len(tag) <= _SHORT else f"{tag[: tag.rindex(',', 0, _SHORT)]}+"


def _within(box: Box, around: Box) -> Box:
    """Return left, bottom, right and top of a box as shown in the coordinates of a drawing."""
    return box[0] - around[0], around[3] - box[3], box[2] - around[0], around[3] - box[1]


def _rectangle(box: Box) -> str:
    return f"{_numbers((box[0], box[1], box[2] - box[0], box[3] - box[1]))} re"


def _rgb(colour: _Colour, operator: str) -> str:
    return f"{_numbers(colour)} {operator}"


def _numbers(values: tuple[float, ...] | list[float]) -> str:
    return " ".join(f"{value:.2f}".rstrip("0").rstrip(".") for value in values)


def _string(text: str) -> bytes:
    """Return a text string (7.9.2.2): UTF-16 with its mark, in hexadecimal digits, so that nothing need be escaped."""
    return b"<FEFF%b>" % text.encode("utf-16-be", "replace").hex().upper().encode()
