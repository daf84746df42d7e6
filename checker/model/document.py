"""What a reader makes of a file: pages of paragraphs and grids, before anything is understood."""

from __future__ import annotations

import msgspec

from checker.model.place import Place


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """A line or paragraph of running text."""

    text: str
    place: Place


class GridRow(msgspec.Struct, frozen=True, gc=False):
    """One printed row of cells; `places` runs parallel to `texts`."""

    texts: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """Where the row begins."""
        return self.places[0]

    def filled(self) -> list[int]:
        """Return the positions of the cells that hold something."""
        return [position for position, text in enumerate(self.texts) if text]


class Grid(msgspec.Struct, frozen=True, gc=False):
    """A run of rows with nothing between them; a printed table may be cut into several by page breaks."""

    rows: tuple[GridRow, ...]

    @property
    def place(self) -> Place:
        """Where the grid begins."""
        return self.rows[0].place


Block = Paragraph | Grid


class Document(msgspec.Struct, frozen=True):
    """A file as read: its blocks in reading order, and what identifies it."""

    path: str
    sha256: str
    size: int
    encoding: str
    blocks: tuple[Block, ...]
