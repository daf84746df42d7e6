"""A filing as lines of tab-separated cells, where a printed figure knows which cell of which form it is.

The planted errors are made on these lines, so that the address of every change is known, and the relations are
worked out from what the lines print, so that nothing is known that a reader of the text could not know.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

TITLE, HEAD, ROW, NOTE, PROSE, CUT, REMARK = "title", "head", "row", "note", "prose", "cut", "remark"
"""The kinds of lines.

A note says that a table is empty, a remark below a table says anything else; a cut line is the first half of a
paragraph that a page break divides.
"""

INCOME: Final = ""
"""The column of a figure in the income lane of 收支总表 and 财政拨款收支总表; its reference names the row alone."""


OPEN, NEXT, CLOSE = "\ue000", "\ue001", "\ue002"
"""What marks a figure inside a sentence until it is printed: before its row, its column and its text, and behind it."""


@dataclass(slots=True)
class Cell:
    """A printed field; `column` is its canonical column, `row` its canonical row, both None where it is no figure."""

    text: str
    row: str | None = None
    column: str | None = None


@dataclass(slots=True)
class Line:
    """One line of the text.

    `form` is the canonical table it belongs to, with `#n` for one of several; `passage` the passage of the narrative
    whose sentences it prints, its cells then being words and figures with nothing between them.
    """

    cells: list[Cell]
    kind: str = PROSE
    form: str = ""
    row: str = ""
    passage: str = ""

    @property
    def text(self) -> str:
        """The line as it is printed, without its line end."""
        return ("" if self.passage else "\t").join(cell.text for cell in self.cells)


@dataclass(slots=True)
class Paper:
    """A filing under construction: the lines so far."""

    lines: list[Line] = field(default_factory=list)

    def say(self, *paragraphs: str) -> None:
        """Print paragraphs, each followed by a blank line."""
        for paragraph in paragraphs:
            self.put([paragraph])
            self.blank()

    def tell(self, passage: str, *paragraphs: str) -> None:
        """Print paragraphs of a passage of the narrative, each followed by a blank line."""
        for paragraph in paragraphs:
            self.lines.append(Line(cells_of(paragraph), passage=passage))
            self.blank()

    def cut(self, passage: str, before: str, after: str) -> None:
        """Print a paragraph that the end of a page cuts in two, which leaves a blank line between its halves."""
        self.lines.append(Line(cells_of(before), CUT, passage=passage))
        self.blank()
        self.tell(passage, after)

    def put(self, texts: Iterable[str], kind: str = PROSE, form: str = "") -> None:
        """Print one line of plain cells."""
        self.lines.append(Line([label(text) for text in texts], kind, form))

    def blank(self, form: str = "") -> None:
        """Print an empty line; inside a table it is a page break."""
        self.lines.append(Line([label("")], form=form))

    def row(self, form: str, row: str, cells: Iterable[Cell]) -> None:
        """Print a row of a form; figures that name no row of their own belong to `row`."""
        made = list(cells)
        for cell in made:
            if cell.column is not None and cell.row is None:
                cell.row = row
        self.lines.append(Line(made, ROW, form, row))

    def text(self) -> str:
        """Give the whole text, each line ended with a line feed."""
        return "".join(line.text + "\n" for line in self.lines)


def cells_of(text: str) -> list[Cell]:
    """Cut a sentence into its words and its figures, as `maker.said` has marked them."""
    cells: list[Cell] = []
    for piece in text.split(OPEN):
        marked, closed, words = piece.rpartition(CLOSE)
        if closed:
            row, column, shown = marked.split(NEXT)
            cells.append(Cell(shown, row, column))
        cells.append(Cell(words))
    return cells


def label(text: str) -> Cell:
    """Make a cell that is no figure."""
    return Cell(text)


def figure(amount: int, column: str, row: str | None = None) -> Cell:
    """Make a cell that prints an amount of 元 in 万元 under a canonical column."""
    return Cell(wan(amount), row, column)


def wan(amount: int) -> str:
    """Print 元 as 万元 with two decimals, half up, nothing for nil: 123_450 is '12.35'."""
    if amount == 0:
        return ""
    steps = (abs(amount) + 50) // 100
    return f"{'-' if amount < 0 else ''}{steps // 100}.{steps % 100:02d}"
