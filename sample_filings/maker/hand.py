"""The hand that plants an error: it changes printed lines and remembers what it changed and where."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from maker.grid import NOTE, Cell, Line, label
from maker.ledger import Finding


@dataclass(frozen=True, slots=True)
class Change:
    """One field that now prints something else; line and column are counted from 1."""

    line: int
    column: int
    before: str
    after: str


@dataclass(slots=True)
class Hand:
    """A copy of a filing's lines, and the changes made to it so far.

    `told` is what must be found because of words, which no relation between printed figures shows.
    """

    lines: list[Line]
    changes: list[Change] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)

    def read(self, form: str, row: str, column: str) -> str:
        """Read what a cell prints."""
        return self._find(form, row, column)[1].text

    def write(self, form: str, row: str, column: str, text: str) -> None:
        """Print `text` in a cell of figures."""
        index, cell = self._find(form, row, column)
        self._set(index, cell, text)

    def reword(self, words: str, new: str, passage: str = "", which: int = 0) -> int:
        """Print other words in a line of running text or of a performance table; answer its number.

        The words stand within one field; `which` counts the lines that have them from 0.
        """
        found = [
            (index, cell)
            for index, line in enumerate(self.lines)
            if not passage or line.passage == passage
            for cell in line.cells
            if words in cell.text
        ]
        index, cell = found[which]
        self._set(index, cell, cell.text.replace(words, new, 1))
        return index + 1

    def rename(self, form: str, row: str, field_number: int, text: str, new_row: str) -> None:
        """Print `text` in a naming field of a row (counted from 0), which makes it the row `new_row`."""
        index = self._line(form, row)
        line = self.lines[index]
        self._set(index, line.cells[field_number], text)
        line.row = new_row
        for cell in line.cells:
            if cell.row == row:
                cell.row = new_row

    def drop_row(self, form: str, row: str) -> int:
        """Leave a row out; answer the number of the line it stood on."""
        index = self._line(form, row)
        del self.lines[index]
        return index + 1

    def drop_table(self, form: str) -> int:
        """Leave out everything of a table, its title too; answer the number of its first line."""
        first = next(index for index, line in enumerate(self.lines) if line.form == form)
        self.lines[:] = [line for line in self.lines if line.form != form]
        del self.lines[first]
        return first + 1

    def drop_note(self, form: str) -> int:
        """Leave out the note of an empty table with the blank line above it; answer its line number."""
        index = next(index for index, line in enumerate(self.lines) if line.form == form and line.kind == NOTE)
        del self.lines[index - 1 : index + 1]
        return index + 1

    def add_note(self, form: str, text: str) -> int:
        """Print a note under a table after a blank line; answer its line number."""
        last = max(index for index, line in enumerate(self.lines) if line.form == form)
        self.lines[last + 1 : last + 1] = [Line([label("")], form=form), Line([label(text)], NOTE, form)]
        return last + 3

    def _find(self, form: str, row: str, column: str) -> tuple[int, Cell]:
        for index, line in enumerate(self.lines):
            for cell in line.cells if form in (line.form, line.passage) else ():
                if (cell.row, cell.column) == (row, column):
                    return index, cell
        raise LookupError(f"{form}[{row}, {column}]")

    def _line(self, form: str, row: str) -> int:
        return next(index for index, line in enumerate(self.lines) if (line.form, line.row) == (form, row))

    def _set(self, index: int, cell: Cell, text: str) -> None:
        assert cell.text != text
        cells = self.lines[index].cells
        number = 0 if self.lines[index].passage else next(n for n, other in enumerate(cells) if other is cell)
        self.changes.append(Change(index + 1, number + 1, cell.text, text))
        cell.text = text


def take(lines: Iterable[Line]) -> Hand:
    """Take a copy of the lines in hand; the clean filing stays as it is."""
    return Hand([replace(line, cells=[replace(cell) for cell in line.cells]) for line in lines])
