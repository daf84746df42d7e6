"""The comments of a worksheet: the part that holds their words, and the drawing in which they stand."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_LONGEST: Final = 32_000
"""Characters of a comment; Excel holds 32,767."""
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LINE: Final = 15
_WIDTH: Final = 360
"""Pixels that a comment is wide; it is as high as its text needs."""
_CHARACTERS: Final = 52
"""Half-width characters of a line that wide."""
_TALLEST: Final = 40
"""Lines shown of a comment; the rest is there, but must be scrolled to."""

DRAWING_HEAD: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:0;margin-top:0;'
    'width:{width}px;height:{height}px;z-index:{order};visibility:hidden;mso-wrap-style:tight"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 4, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


def position(cell: str) -> tuple[int, int] | None:
    """Return row and column of a cell from 0; None for what is no cell."""
    found = _CELL.fullmatch(cell)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell, its row and column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def new_comments(namespace: str) -> etree._Element:
    """Return a comments part without comments."""
    root = etree.fromstring(f'<comments xmlns="{namespace}"/>')
    etree.SubElement(root, f"{{{namespace}}}authors")
    etree.SubElement(root, f"{{{namespace}}}commentList")
    return root


def add_comments(root: etree._Element, texts: dict[str, str], author: str) -> list[str]:
    """Add comments by their cells, and return the cells that had none: in others, what is said stands below."""
    name = f"{{{etree.QName(root).namespace}}}"
    authors, listed = root.find(f"{name}authors"), root.find(f"{name}commentList")
    if authors is None or listed is None:
        raise ValueError("no list of comments")
    names = [each.text or "" for each in authors]
    if author not in names:
        etree.SubElement(authors, f"{name}author").text = author
        names.append(author)
    present = {each.get("ref", ""): each for each in listed}
    added = []
    for cell, text in texts.items():
        comment = present.get(cell)
        if comment is None:
            comment = etree.SubElement(listed, f"{name}comment", {"ref": cell, "authorId": str(names.index(author))})
            etree.SubElement(comment, f"{name}text")
            added.append(cell)
        else:
            text = f"\n\n{author}：\n{text}"
        holder = comment.find(f"{name}text")
        if holder is None:
            holder = etree.SubElement(comment, f"{name}text")
        _add_run(holder, name, text[:_LONGEST])
    return added


def _add_run(holder: etree._Element, name: str, text: str) -> None:
    """Add text to a comment; where it was a bare text, that becomes a run of its own."""
    bare = holder.find(f"{name}t")
    if bare is not None:
        run = etree.Element(f"{name}r")
        holder.replace(bare, run)
        run.append(bare)
    run = etree.SubElement(holder, f"{name}r")
    look = etree.SubElement(run, f"{name}rPr")
    etree.SubElement(look, f"{name}sz", {"val": "9"})
    etree.SubElement(look, f"{name}rFont", {"val": "宋体"})
    words = etree.SubElement(run, f"{name}t", {f"{_XML}space": "preserve"})
    words.text = text


def shapes(texts: dict[str, str], cells: list[str], first: int) -> str:
    """Return the frames of comments, hidden until the mouse is over their cells; `first` numbers the first."""
    drawn = []
    for order, cell in enumerate(cells):
        row, column = position(cell) or (0, 0)
        lines = min(_lines(texts[cell]) + 1, _TALLEST)
        drawn.append(
            _SHAPE.format(
                number=first + order, order=order + 1, width=_WIDTH, height=lines * _LINE, row=row, column=column,
                left=column + 1, right=column + 5, top=max(row - 1, 0), bottom=max(row - 1, 0) + lines,
            )
        )  # fmt: skip
    return "".join(drawn)


def _lines(text: str) -> int:
    wide = (sum(2 if letter > "\u2000" else 1 for letter in line) for line in text.split("\n"))
    return sum(max(1, -(-each // _CHARACTERS)) for each in wide)
