"""A copy of a workbook with a comment at every cell that a finding is about; nothing else of it changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from checker.contract.shape import FilingJson
from checker.originals.comments_xml import DRAWING_HEAD, add_comments, cell_name, new_comments, position, shapes
from checker.originals.notes import Note, Writer
from checker.originals.package import EditedPackage
from checker.originals.source import CannotAnnotate

_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_COMMENTS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEHIND: Final = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"}
)
"""What stands behind the drawing of comments in a worksheet (ISO/IEC 29500-1, 18.3.1.99)."""
_SHAPE_NUMBER: Final = re.compile(rb"_x0000_s([0-9]+)")
_BLOCK: Final = re.compile(rb"""<o:idmap[^>]*\bdata=["']([0-9, ]+)["']""")
_BLOCK_SIZE: Final = 1024
_LARGEST_MERGE: Final = 100_000
"""Cells of a merged range that are told apart."""


def annotate(content: bytes, filing: FilingJson, notes: Sequence[Note], writer: Writer) -> bytes:
    """Return a workbook with its notes.

    Raises:
        Unreadable: when it is damaged, or larger than the limits allow.
        CannotAnnotate: when it has no sheet to hold a note.
    """
    package = EditedPackage(content)
    sheets = _sheets(package)
    if not sheets:
        raise CannotAnnotate("originals.unwritable")
    first = next(iter(sheets))
    texts: dict[str, dict[str, list[str]]] = {}
    for note in notes:
        sheet = note.at.sheet if note.at.sheet in sheets else first
        cell = note.at.cell if position(note.at.cell) and sheet == note.at.sheet else "A1"
        texts.setdefault(sheet, {}).setdefault(cell, []).append(writer.text(note))
    blocks = _blocks(package)
    for sheet in (name for name in sheets if name in texts):
        _comment(package, sheets[sheet], texts[sheet], writer.author, blocks)
    return package.rendered()


def _sheets(package: EditedPackage) -> dict[str, str]:
    """Return the parts of the worksheets by the names of the sheets, in their order."""
    book = next((target for _, kind, target in package.links() if kind == "officeDocument"), "xl/workbook.xml")
    targets = {name: target for name, kind, target in package.links(book) if kind == "worksheet"}
    found = {}
    for sheet in package.tree(book).iterfind("{*}sheets/{*}sheet"):
        link = sheet.get(f"{{{_RELATION}}}id") or sheet.get(f"{{{_RELATION_STRICT}}}id") or ""
        if link in targets and targets[link] in package:
            found[sheet.get("name", "")] = targets[link]
    return found


def _comment(package: EditedPackage, part: str, texts: dict[str, list[str]], author: str, blocks: list[int]) -> None:
    """Put comments into the cells of a worksheet, beside those that are there."""
    root = package.tree(part)
    strict = etree.QName(root).namespace == _STRICT
    merged = _merged(root)
    said: dict[str, list[str]] = {}
    for cell, lines in texts.items():
        said.setdefault(merged.get(cell, cell), []).extend(lines)
    told = {cell: "\n\n".join(lines) for cell, lines in said.items()}
    links = {kind: target for _, kind, target in package.links(part) if target in package}
    listed = links.get("comments", "")
    if not listed:
        listed = package.free_name("xl/comments{}.xml")
        package.write_tree(listed, new_comments(str(etree.QName(root).namespace)))
        package.declare(listed, _COMMENTS)
        package.link(part, "comments", listed, strict=strict)
    comments = package.tree(listed)
    added = add_comments(comments, told, author)
    package.write_tree(listed, comments)
    drawing = links.get("vmlDrawing", "") if root.find("{*}legacyDrawing") is not None else ""
    if drawing:
        package.write(drawing, _drawn_into(package.read(drawing), told, added))
        return
    blocks.append(max(blocks, default=0) + 1)
    drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
    drawn = shapes(told, added, blocks[-1] * _BLOCK_SIZE + 1)
    package.write(drawing, f"{DRAWING_HEAD.format(block=blocks[-1])}{drawn}</xml>".encode())
    package.declare(drawing, _DRAWING)
    _insert_drawing(root, package.link(part, "vmlDrawing", drawing, strict=strict), strict=strict)
    package.write_tree(part, root)


def _blocks(package: EditedPackage) -> list[int]:
    """Return the blocks of shape numbers that drawings of the workbook have taken (each of 1,024)."""
    drawings = [package.read(name) for name in package.names if name.lower().endswith(".vml")]
    return [int(block) for drawing in drawings for found in _BLOCK.findall(drawing) for block in found.split(b",")]


def _merged(root: etree._Element) -> dict[str, str]:
    """Return for each cell of a merged range, but the first, the first: the only one that is seen."""
    found: dict[str, str] = {}
    for each in root.iterfind("{*}mergeCells/{*}mergeCell"):
        start, _, end = each.get("ref", "").partition(":")
        one, two = position(start), position(end)
        if one and two and (two[0] - one[0] + 1) * (two[1] - one[1] + 1) <= _LARGEST_MERGE:
            for row in range(one[0], two[0] + 1):
                for column in range(one[1], two[1] + 1):
                    found[cell_name(row, column)] = start
    return found


def _drawn_into(drawing: bytes, texts: dict[str, str], cells: list[str]) -> bytes:
    """Return the drawing of comments with more of them; it is often no well-formed XML, and is not parsed."""
    numbers = [int(number) for number in _SHAPE_NUMBER.findall(drawing)]
    added = shapes(texts, cells, max(numbers, default=_BLOCK_SIZE) + 1).encode()
    head, _, tail = drawing.rpartition(b"</xml>")
    kind = b"" if b"_x0000_t202" in drawing else DRAWING_HEAD[DRAWING_HEAD.index("<v:shapetype") :].encode()
    return head + kind + added + b"</xml>" + tail


def _insert_drawing(root: etree._Element, link: str, *, strict: bool) -> None:
    """Tell a worksheet of the drawing of its comments, at the place in which that must stand."""
    namespace = etree.QName(root).namespace
    for old in root.findall("{*}legacyDrawing"):
        root.remove(old)
    relation = _RELATION_STRICT if strict else _RELATION
    element = etree.Element(f"{{{namespace}}}legacyDrawing", {f"{{{relation}}}id": link}, nsmap={"r": relation})
    behind = (at for at, child in enumerate(root) if etree.QName(child).localname in _BEHIND)
    root.insert(next(behind, len(root)), element)
