"""What a reader makes of a file: pages of paragraphs and grids, before anything is understood."""

from __future__ import annotations

import msgspec

from checker.model.place import AnyPlace, Place


class Paragraph(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=True):
    """A line or paragraph of running text."""

    text: str
    place: AnyPlace


class GridRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One printed row of cells; `places` runs parallel to `texts`.

    A merged cell prints its text in its first field (the upper left) and leaves the others empty. Where the format
    says which cells are merged, `spread` gives the texts with every merged cell's text in each field that it covers.
    `stored` gives, where the format keeps more than it displays, the exact number behind each displayed one (empty for
    cells that display all they hold).
    """

    texts: tuple[str, ...]
    places: tuple[AnyPlace, ...]
    spread: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where the row begins."""
        return self.places[0]

    def filled(self) -> list[int]:
        """Return the positions of the cells that hold something."""
        return [position for position, text in enumerate(self.texts) if text]


class Grid(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=True):
    """A run of rows with nothing between them; a printed table may be cut into several by page breaks."""

    rows: tuple[GridRow, ...]

    @property
    def place(self) -> Place:
        """Where the grid begins."""
        return self.rows[0].place


Block = Paragraph | Grid


class Skipped(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A part of the document that was not audited, and why: a skip can never look like a pass.

    `foreign` says that the part is none of the filing's own, as an appendix or a hidden sheet, or mostly is none, as a
    picture among text; `opaque` that a table may be in it all the same. `guessed` says that the page was read from a
    picture by a machine, and no figure of it proves anything.
    """

    place: AnyPlace
    reason: str
    title: str = ""
    lines: int = 0
    foreign: bool = False
    opaque: bool = False
    guessed: bool = False


class Document(msgspec.Struct, frozen=True):
    """A file as read: its blocks in reading order, what identifies it, and what in it could not be read.

    `format` is the kind of file (text, pdf, docx, doc, xlsx, xls, html, zip); `encoding` the one its text is in, where
    the format leaves that open.
    """

    path: str
    sha256: str
    size: int
    encoding: str
    blocks: tuple[Block, ...]
    format: str = "text"
    skipped: tuple[Skipped, ...] = ()
