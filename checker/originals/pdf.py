"""A copy of a PDF with a highlight over every figure that a finding is about, and its note."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from checker.contract.shape import FilingJson
from checker.originals.frame import Frame, frame_of
from checker.originals.highlight import Remark, add_highlight, add_note
from checker.originals.increment import Appendix, written
from checker.originals.notes import Note, Writer
from checker.originals.printed import Box, Printed, printed
from checker.originals.source import CannotAnnotate
from checker.readers.limits import Unreadable
from checker.readers.pdf.characters import opened, page_count, pages_of


def annotate(content: bytes, filing: FilingJson, notes: Sequence[Note], writer: Writer) -> bytes:
    """Return a PDF with its notes: its own bytes, and behind them the annotations of its pages.

    A PDF whose cross-references are damaged is written anew first, with the same pages.

    Raises:
        CannotAnnotate: when it is encrypted, or damaged beyond that.
    """
    try:
        with printed(content, filing) as pages:
            marks = _marks(pages, notes, writer)
            wanted = {number: (frame_of(pages.page(number)), marks[number]) for number in sorted(marks)}
    except Unreadable:
        raise CannotAnnotate("originals.unwritable") from None
    for damaged in (False, True):
        try:
            with _quiet():
                source = _anew(content) if damaged else content
                annotated = _appended(source, wanted)
        except CannotAnnotate:
            raise
        except Exception:  # whatever the parser trips over in a damaged file, the file is what is wrong
            continue
        if _holds(annotated, source, wanted):
            return annotated
    raise CannotAnnotate("originals.unwritable")


_Mark = tuple[list[Box], Remark]
_Wanted = dict[int, tuple[Frame, list[_Mark]]]


def _marks(pages: Printed, notes: Sequence[Note], writer: Writer) -> dict[int, list[_Mark]]:
    """Return what is to be marked on each page: boxes and their remark; no boxes when the page as a whole is meant.

    Figures that others are compared with come first, so that the marks of findings lie above them.
    """
    marks: dict[int, list[_Mark]] = {}
    for position, note in sorted(enumerate(notes, start=1), key=lambda pair: bool(pair[1].about)):
        boxes: dict[int, list[Box]] = {}
        for spot in pages.spots(note.at, note.printed):
            boxes.setdefault(spot.page, []).append(spot.box)
        if not boxes and note.about:
            boxes = {note.at.page or 1: []}
        for number, here in boxes.items():
            if pages.page(number) is not None:
                name = f"gouji-{position}-{number}"
                marks.setdefault(number, []).append((here, _remark(name, note, writer)))
    return marks


def _remark(name: str, note: Note, writer: Writer) -> Remark:
    left, top, right, bottom = note.at.box if note.at.box else (0.0, 0.0, 0.0, 0.0)
    cell = (left, top, right, bottom) if note.at.column and not note.at.span else None
    return Remark(name, note.severity, note.tag, note.rules, writer.text(note), writer.author, cell)


def _appended(content: bytes, wanted: _Wanted) -> bytes:
    from pypdf import PdfReader
    from pypdf.generic import ArrayObject, IndirectObject, NameObject

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise CannotAnnotate("originals.encrypted")
    appendix = Appendix(reader)
    for number, (frame, marks) in wanted.items():
        page = reader.pages[number - 1]
        present = page["/Annots"].get_object() if "/Annots" in page else None
        annotations = ArrayObject(present) if isinstance(present, ArrayObject) else ArrayObject()
        icons = 0
        for boxes, remark in marks:
            added = add_highlight(appendix, frame, boxes, remark) if boxes else add_note(appendix, frame, icons, remark)
            icons += not boxes
            annotations.append(IndirectObject(added, 0, reader))
        page[NameObject("/Annots")] = annotations
        here = page.indirect_reference
        if here is None:
            raise ValueError("a page that is no object of its own")
        appendix.replace(here.idnum, here.generation, written(page))
    return appendix.appended_to(content)


def _anew(content: bytes) -> bytes:
    """Return a PDF written anew from what can be read of it."""
    from pypdf import PdfReader, PdfWriter

    out = BytesIO()
    PdfWriter(clone_from=PdfReader(BytesIO(content))).write(out)
    return out.getvalue()


def _holds(annotated: bytes, source: bytes, wanted: _Wanted) -> bool:
    """Say whether PDFium finds every annotation on its page, and no page more or less."""
    try:
        before, after = _counts(source), _counts(annotated)
    except Unreadable:
        return False
    added = [len(wanted[number][1]) if number in wanted else 0 for number in range(1, len(before) + 1)]
    return after == [count + more for count, more in zip(before, added, strict=True)]


def _counts(content: bytes) -> list[int]:
    import pypdfium2.raw as pdfium

    with opened(content) as document:
        counts = [pdfium.FPDFPage_GetAnnotCount(page) for _, page in pages_of(document)]
        assert len(counts) == page_count(document)
        return counts


@contextmanager
def _quiet() -> Iterator[Any]:
    """Keep the parser from telling the terminal what it puts right."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield log
    finally:
        log.setLevel(level)
