"""A copy of a Word document with a comment at every figure that a finding is about; nothing else of it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from checker.contract.place import At
from checker.contract.shape import FilingJson
from checker.originals.notes import Note, Writer
from checker.originals.package import EditedPackage
from checker.originals.source import CannotAnnotate
from checker.readers.docx import tags
from checker.readers.docx.numbering import load_styles
from checker.readers.docx.tables import load_table, printed
from checker.readers.packed import parse_xml

_COMMENTS: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def annotate(content: bytes, filing: FilingJson, notes: Sequence[Note], writer: Writer) -> bytes:
    """Return a Word document with its notes.

    Raises:
        Unreadable: when it is damaged, or larger than the limits allow.
        CannotAnnotate: when it has no paragraph to hold a note.
    """
    package = EditedPackage(content)
    main = next((target for _, kind, target in package.links() if kind == "officeDocument"), "word/document.xml")
    strict = tags.STRICT.encode() in package.read(main)
    root = _tree(package, main)
    parts = {kind: target for _, kind, target in package.links(main) if target in package}
    styles = load_styles(_tree(package, parts["styles"]) if "styles" in parts else None)
    body = next(root.iter(tags.BODY), None)
    places = _Places(body, frozenset(styles)) if body is not None else None
    if places is None or places.first is None:
        raise CannotAnnotate("originals.unwritable")
    listed = parts.get("comments", "")
    comments = _tree(package, listed) if listed else etree.Element(_w("comments"), nsmap={"w": tags.MAIN})
    number = max((tags.whole(each.get(tags.ID)) for each in comments), default=-1) + 1
    for note in notes:
        _anchor(places.paragraphs(note.at) or [places.first], note, number)
        comments.append(_comment(writer.text(note), writer.author, number))
        number += 1
    if not listed:
        listed = package.free_name("word/comments{}.xml")
        package.declare(listed, _COMMENTS)
        package.link(main, "comments", listed, strict=strict)
    _write(package, main, root, strict=strict)
    _write(package, listed, comments, strict=strict)
    return package.rendered()


class _Places:
    """The paragraphs of a document by the addresses that the reader gave them."""

    def __init__(self, body: etree._Element, styles: frozenset[str]) -> None:
        children = list(_children(body))
        self._paragraphs = [child for child in children if child.tag == tags.P]
        self._tables = [child for child in children if child.tag == tags.TBL]
        self._styles = styles
        self._rows: dict[int, dict[tuple[int, int], etree._Element]] = {}
        self.first = next(body.iter(tags.P), None)

    def paragraphs(self, at: At) -> list[etree._Element]:
        """Return the paragraphs at a place; none when there is no such place."""
        if at.table:
            return self._in_cell(at.table, at.row, at.column)
        return [self._paragraphs[at.paragraph - 1]] if 0 < at.paragraph <= len(self._paragraphs) else []

    def _in_cell(self, table: int, row: int, column: int) -> list[etree._Element]:
        if not 0 < table <= len(self._tables):
            return []
        if table not in self._rows:
            loaded = load_table(self._tables[table - 1], self._styles)
            self._rows[table] = {
                (each.number, cell.number): cell.element for each in loaded.rows for cell in each.cells
            }
        cells = self._rows[table]
        cell = (
            cells.get((row, column)) if column else next((cells[key] for key in sorted(cells) if key[0] == row), None)
        )
        if cell is None:
            cell = cells[min(cells)] if cells and not row else None
        return (
            [] if cell is None else [child for child in printed(cell) if child.tag == tags.P] or list(cell.iter(tags.P))
        )


def _children(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body as the reader counts them."""
    for child in body:
        if child.tag in tags.WRAPPERS:
            yield from printed(child)
        else:
            yield child


def _anchor(paragraphs: list[etree._Element], note: Note, number: int) -> None:
    """Put the marks of a comment around the runs that print a figure, or around all that the paragraphs hold."""
    first, last = _around(paragraphs[0], note) if len(paragraphs) == 1 else (None, None)
    start, end = (etree.Element(_w(name), {tags.ID: str(number)}) for name in ("commentRangeStart", "commentRangeEnd"))
    reference = etree.Element(tags.R)
    etree.SubElement(reference, _w("commentReference"), {tags.ID: str(number)})
    if first is None or last is None:
        properties = paragraphs[0].find(tags.PPR)
        paragraphs[0].insert(0 if properties is None else paragraphs[0].index(properties) + 1, start)
        paragraphs[-1].append(end)
        paragraphs[-1].append(reference)
    else:
        first.addprevious(start)
        last.addnext(end)
        end.addnext(reference)


def _around(paragraph: etree._Element, note: Note) -> tuple[etree._Element | None, etree._Element | None]:
    """Return the first and the last child of a paragraph that a figure stands in.

    Where it is printed more than once, the one nearest to where it was read is meant: the reader's text may begin with
    a number that is printed but not written.
    """
    wanted = "".join(note.printed.split())
    letters = [
        (letter, child)
        for child in paragraph
        if child.tag != tags.PPR
        for piece in child.iter(tags.T)
        for letter in piece.text or ""
        if not letter.isspace()
    ]
    text = "".join(letter for letter, _ in letters)
    starts = [at for at in range(len(text)) if text.startswith(wanted, at)] if wanted else []
    if not starts:
        return None, None
    expected = note.at.span[0] if note.at.span else 0
    start = min(starts, key=lambda at: abs(at - expected))
    return letters[start][1], letters[start + len(wanted) - 1][1]


def _comment(text: str, author: str, number: int) -> etree._Element:
    """Return a comment, a paragraph a line."""
    attributes = {tags.ID: str(number), _w("author"): author, _w("initials"): author[:2]}
    comment = etree.Element(_w("comment"), attributes)
    for line in text.split("\n"):
        run = etree.SubElement(etree.SubElement(comment, tags.P), tags.R)
        if line:
            etree.SubElement(run, tags.T, {_XML_SPACE: "preserve"}).text = line
    return comment


def _w(name: str) -> str:
    return f"{{{tags.MAIN}}}{name}"


def _tree(package: EditedPackage, name: str) -> etree._Element:
    """Return a part in the usual vocabulary, if it is written in that of ISO 29500 Strict."""
    return parse_xml(package.read(name).replace(tags.STRICT.encode(), tags.MAIN.encode()), name)


def _write(package: EditedPackage, name: str, root: etree._Element, *, strict: bool) -> None:
    package.write_tree(name, root)
    if strict:
        package.write(name, package.read(name).replace(tags.MAIN.encode(), tags.STRICT.encode()))
