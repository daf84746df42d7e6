"""Word documents (.docx): paragraphs and tables as they are printed.

An address is the paragraph of the body, or the table, its row and the physical cell in that row, all from 1. Tracked
changes count as accepted. Footnotes follow at the end. Headers, footers and comments are no part of what is read.
"""

from __future__ import annotations

from lxml import etree

from checker.model.document import Document
from checker.readers.docx import tags
from checker.readers.docx.body import Body, Footnotes
from checker.readers.docx.numbering import Numbering, load_styles
from checker.readers.docx.words import WordReader
from checker.readers.limits import Limits, Source, Unreadable
from checker.readers.packed import Package, open_package, parse_xml

_MAIN_PART = "word/document.xml"
_LARGEST_BODY = 64 * 1024 * 1024
"""Bytes of XML that the body may have: its tree takes ten times as much memory, and filings have two million."""


def read(content: bytes, source: Source, limits: Limits) -> Document:
    """Read a Word document.

    Raises:
        Unreadable: when it is damaged, hostile, beyond the limits, or holds nothing.
    """
    with open_package(content, limits) as package:
        main = next((link.target for link in package.relations().values() if link.kind == "officeDocument"), "")
        if main not in package:
            main = _MAIN_PART
        parts = {link.kind: link.target for link in package.relations(main).values() if not link.outside}
        styles = load_styles(_part(package, parts.get("styles")))
        words = WordReader(styles, Numbering(_part(package, parts.get("numbering")), styles))
        body = Body(words, _footnotes(package, parts), limits, source.part)
        data = _plain(package.read(main))
        if len(data) > _LARGEST_BODY:
            raise Unreadable(f"Word 文档正文解压后 {len(data):,} 字节，超过上限 {_LARGEST_BODY:,} 字节")
        holder = next(parse_xml(data, main).iter(tags.BODY), None)
        for child in () if holder is None else holder:
            body.add(child)
        body.finish()
        skipped = body.notes.all(empty=not body.blocks)
    if not body.blocks and not skipped:
        raise Unreadable("Word 文档里没有文字")
    return Document(source.path, source.sha256, source.size, "", tuple(body.blocks), "docx", skipped)


def _part(package: Package, name: str | None) -> etree._Element | None:
    return parse_xml(_plain(package.read(name)), name) if name and name in package else None


def _plain(data: bytes) -> bytes:
    """Return a part in the usual vocabulary, if it is written in that of ISO 29500 Strict."""
    return data.replace(tags.STRICT.encode(), tags.MAIN.encode()) if tags.STRICT.encode() in data else data


def _footnotes(package: Package, parts: dict[str, str]) -> Footnotes:
    roots = [_part(package, parts.get(kind)) for kind in ("footnotes", "endnotes")]
    notes = (note for root in roots if root is not None for note in root.iterchildren(tags.FOOTNOTE, tags.ENDNOTE))
    return {(str(note.tag), note.get(tags.ID, "")): note for note in notes}
