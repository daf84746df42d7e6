"""A filing: what one published document turned out to hold."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property

import msgspec

from checker.model.document import Paragraph, Skipped
from checker.model.place import PagePlace, Place
from checker.model.table import Cell, Table
from checker.model.wording import Line, Scope


class Level(StrEnum):
    """Whose budget it is: a department with its units, or one unit."""

    DEPARTMENT = "department"
    UNIT = "unit"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """Which of the two yearly publications it is."""

    BUDGET = "budget"
    FINAL_ACCOUNTS = "final_accounts"


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A numbered passage of the narrative under its canonical name; `section` is the part it stands in."""

    name: str
    section: str
    heading: str
    place: Place
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The whole passage, sentences cut by page breaks joined again."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


class Unread(msgspec.Struct, frozen=True, gc=False):
    """A cell whose number or whose column could not be established, and why."""

    cell: Cell
    where: str
    reason: str


class SourceFile(msgspec.Struct, frozen=True):
    """A file of a filing: its path, and the name that addresses in it carry where the filing has several files."""

    path: str
    part: str = ""


class LayoutFacts(msgspec.Struct, frozen=True):
    """What the layout says this publisher prints: forms, and the columns of each.

    `omitted` names, by form, the rows and columns that are not always printed; `optional` those that sometimes are.
    """

    name: str
    title: str
    stage: Stage
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...] = ()
    omitted: dict[str, tuple[str, ...]] = {}
    optional: dict[str, tuple[str, ...]] = {}


class Filing(msgspec.Struct, frozen=True, dict=True, eq=False):
    """A published budget as understood: identity, tables, passages, and all that was not understood.

    `promised` gives the forms that its contents list, but those that its body titles without rows, each with the place
    of its entry; `statements` are what the passages claim, each as a table of claims (`checker.model.claim`);
    `layout_reason` says why this layout was taken. `headings` are the titles of the document's parts,
    `loose` the lines of its body that stand in no passage and no table. `files` are the files it was read from.
    """

    path: str
    sha256: str
    filer: str
    year: int
    level: Level
    layout: LayoutFacts
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...] = ()
    contents: tuple[Paragraph, ...] = ()
    cover: tuple[Paragraph, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    unread: tuple[Unread, ...] = ()
    promised: dict[str, Place] = {}
    statements: tuple[Table, ...] = ()
    layout_reason: str = ""
    headings: tuple[Paragraph, ...] = ()
    loose: tuple[Paragraph, ...] = ()
    files: tuple[SourceFile, ...] = ()

    @cached_property
    def lines(self) -> dict[Scope, tuple[Line, ...]]:
        """All that the filing says in words, by where it says it, in reading order."""
        prose = [Line(Scope.PROSE, line.text, line.place) for line in self.loose]
        for passage in self.passages:
            prose += [Line(Scope.PROSE, line.text, line.place, passage.name) for line in passage.paragraphs]
        headings = [Line(Scope.HEADING, line.text, line.place) for line in self.headings]
        headings += [Line(Scope.HEADING, passage.heading, passage.place, passage.name) for passage in self.passages]
        headings += [Line(Scope.HEADING, table.title, table.place, table.form) for table in self.tables]
        lines = {
            Scope.COVER: [Line(Scope.COVER, line.text, line.place) for line in self.cover],
            Scope.CONTENTS: [Line(Scope.CONTENTS, line.text, line.place) for line in self.contents],
            Scope.HEADING: headings,
            Scope.PROSE: prose,
            Scope.FIELD: [line for table in self.tables for line in table.said()],
            Scope.INDICATOR: [line for table in self.tables for line in table.measured()],
        }
        return {scope: tuple(sorted(said, key=lambda line: line.place.order)) for scope, said in lines.items()}

    @cached_property
    def by_form(self) -> dict[str, list[Table]]:
        """Tables by canonical form, in reading order."""
        forms: dict[str, list[Table]] = {}
        for table in self.tables:
            forms.setdefault(table.form, []).append(table)
        return forms

    @cached_property
    def guessed(self) -> frozenset[tuple[str, int]]:
        """The pages, by part and number, that were read from pictures by a machine."""
        places = [part.place for part in self.skipped if part.guessed]
        return frozenset((place.part, place.page) for place in places if isinstance(place, PagePlace))

    @property
    def legible(self) -> bool:
        """Whether every number was read, and every part but those known to be foreign."""
        return not self.unread and all(part.foreign for part in self.skipped)

    def tables_of(self, form: str) -> Iterator[Table]:
        """Yield the tables of one form."""
        yield from self.by_form.get(form, ())

    def table(self, form: str) -> Table:
        """Return the one table of a form.

        Raises:
            LookupError: when there is none, or more than one.
        """
        tables = self.by_form.get(form, [])
        if len(tables) != 1:
            raise LookupError(f"{self.path}: {len(tables)} tables of form {form}")
        return tables[0]
