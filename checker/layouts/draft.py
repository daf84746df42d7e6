"""A first layout for the filing of an unknown publisher: what was understood, what was guessed, and what is left open.

The draft is tested as it is made: recognition reads the filing by it, so what it says it places it does place.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from checker.forms.vocabulary import Form, Layout, TableSpec, Vocabulary
from checker.layouts.known import Known
from checker.layouts.seen import HeaderCell, Seen, unknown_header
from checker.layouts.survey import Survey, stage_of, survey
from checker.layouts.trial import Proposal, Reading, choose, read_by, readings
from checker.model.document import Document, Skipped
from checker.model.filing import Filing, Stage, Unread
from checker.model.place import Place
from checker.recognition.items import items_of
from checker.recognition.words import header_words


class NothingFound(Exception):
    """A readable document in which no line looks like the title of a table."""


class Entry(NamedTuple):
    """One table of the draft: what was seen, how it is taken, how it was read, and what of it is not understood."""

    seen: Seen
    proposal: Proposal | None
    reading: Reading
    nearest: str
    headers: tuple[HeaderCell, ...]
    captions: tuple[tuple[str, Place], ...]


class Draft(NamedTuple):
    """A drafted layout, and all that its author must know."""

    layout: Layout
    path: str
    survey: Survey
    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...]
    skipped: tuple[Skipped, ...]

    @property
    def understood(self) -> int:
        """Return how many of the titles seen have a form."""
        return sum(entry.proposal is not None for entry in self.entries)

    @property
    def placed(self) -> int:
        """Return how many figures have a row and a column."""
        return sum(entry.reading.placed for entry in self.entries)

    @property
    def figures(self) -> int:
        """Return how many figures stand in the tables seen."""
        return sum(entry.reading.figures if entry.proposal else entry.seen.amounts for entry in self.entries)

    @property
    def open_points(self) -> int:
        """Return how many things are left to the author: tables, headers, captions, headings, guesses."""
        guesses = sum(len(entry.proposal.guessed) for entry in self.entries if entry.proposal)
        strange = sum(len(entry.headers) + len(entry.captions) for entry in self.entries if entry.proposal)
        tables = len(self.entries) - self.understood
        return guesses + strange + tables + len(self.survey.headings.strange) + len(self.survey.headings.guessed)


def draft(document: Document, vocabulary: Vocabulary, name: str, like: str = "") -> Draft:
    """Return a drafted layout for a document; `like` names the known layout to go by first.

    Raises:
        NothingFound: when no line of it looks like the title of a table.
    """
    items = items_of(document)
    known = Known(vocabulary, stage_of([item for item in items if item.text]), like)
    seen = survey(items, known.layouts)
    if not seen.tables:
        raise NothingFound("没有找到带标题的表格，无法起草版式")
    chosen = _numbered(choose(document, seen, known), seen)
    tables = tuple(one.spec for one in chosen if one)
    layout = msgspec.structs.replace(seen.layout, tables=tables)
    read = readings(read_by(document, vocabulary, layout), seen.tables)
    chosen = [one and _with_print(one, reading, vocabulary) for one, reading in zip(chosen, read, strict=True)]
    stage = "预算" if layout.stage is Stage.BUDGET else "决算"
    layout = msgspec.structs.replace(
        layout,
        layout=name,
        name=f"{seen.filer or name}{stage}公开（{len(tables)}张表）",
        tables=tuple(one.spec for one in chosen if one),
    )
    filing = read_by(document, vocabulary, layout)
    return _told(document, layout, seen, chosen, filing, known)


def _told(
    document: Document,
    layout: Layout,
    seen: Survey,
    chosen: list[Proposal | None],
    filing: Filing | None,
    known: Known,
) -> Draft:
    read = readings(filing, seen.tables)
    entries = []
    for table, one, reading in zip(seen.tables, chosen, read, strict=True):
        form = known.vocabulary.forms[one.spec.form] if one else None
        guesses = known.guesses(table)
        entries.append(
            Entry(
                seen=table,
                proposal=one,
                reading=reading,
                nearest=guesses[0].form.form if guesses else "",
                headers=tuple(_strange_headers(table, one.spec if one else None, form)),
                captions=tuple(_strange_captions(reading, form)),
            )
        )
    unread, skipped = (filing.unread, filing.skipped) if filing else ((), ())
    return Draft(layout, document.path, seen, tuple(entries), unread, skipped)


def _numbered(chosen: list[Proposal | None], seen: Survey) -> list[Proposal | None]:
    """Return the tables numbered as printed; by their order, where the numbers that are printed go by it."""
    in_order = all(table.number in {0, position} for position, table in enumerate(seen.tables, 1))
    numbered: list[Proposal | None] = []
    for position, (one, table) in enumerate(zip(chosen, seen.tables, strict=True), 1):
        number = table.number or (position if in_order and one and one.spec.required else 0)
        numbered.append(one and one._replace(spec=msgspec.structs.replace(one.spec, number=number)))
    return numbered


def _with_print(one: Proposal, reading: Reading, vocabulary: Vocabulary) -> Proposal:
    """Return a table with what it prints of its form, or what it lacks, whichever is shorter to say.

    Of an empty table only the columns are known.
    """
    form = vocabulary.forms[one.spec.form]
    if form.card or not any(table.columns for table in reading.tables):
        return one
    rows = any(table.rows for table in reading.tables)
    halves = one.spec.lanes_of(form)
    here = {name for lane in halves for name in (*lane.columns, *(lane.rows if rows else ()), lane.total)}
    every = [name for name in (*form.columns, *form.fixed_rows) if name in here]
    totals = {lane.total for lane in halves}
    found = reading.found | (set() if rows else totals)
    absent = [name for name in dict.fromkeys(every) if name not in found]
    printed = [name for name in dict.fromkeys(every) if name in found]
    if len(absent) > len(printed):
        return one._replace(spec=msgspec.structs.replace(one.spec, prints=tuple(printed), lacks=()))
    return one._replace(spec=msgspec.structs.replace(one.spec, lacks=tuple(absent)))


def _strange_headers(seen: Seen, spec: TableSpec | None, form: Form | None) -> list[HeaderCell]:
    """Return the header cells that the spec does not know; all of them where there is no form."""
    if form is not None and form.card:
        return []
    understood = {"类", "款", "项"}
    if spec is not None and form is not None:
        keys = [key for lane in spec.lanes_of(form) for key in (*lane.keys, lane.lane) if key]
        names = [*form.columns, *keys, *(form.fixed_rows if spec.transposed else ())]
        aliases = [alias for slot in (spec.headers, spec.captions) for known in slot.values() for alias in known]
        parts = [part for alias in aliases for part in alias.split("·")]
        understood |= {header_words(name) for name in (*names, *parts)}
    halves = form is not None and len(form.lanes) > 1
    return unknown_header(seen, understood, halves)


def _strange_captions(reading: Reading, form: Form | None) -> list[tuple[str, Place]]:
    """Return the rows that the form does not know, each name once."""
    if form is None or form.card:
        return []
    rows = [row for table in reading.tables for row in table.rows if not row.level and table.strange_rows]
    return list({row.name: row.place for row in reversed(rows)}.items())[::-1]
