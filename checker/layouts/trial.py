"""Guesses about tables put to the test: recognition reads the filing by them, and what it can place decides."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from checker.forms.vocabulary import Layout, TableSpec, Vocabulary
from checker.layouts.known import Guess, Known, known_names, lanes_of
from checker.layouts.resemblance import resemblances
from checker.layouts.seen import Seen
from checker.layouts.survey import DRAFT, Survey
from checker.model.document import Document
from checker.model.filing import Filing
from checker.model.place import Place
from checker.model.table import Table
from checker.recognition import NotRecognised, recognise
from checker.recognition.words import YEAR_WORD, header_words

LEAST_SCORE = 0.55
"""Score below which a table is called unknown."""
SURE_TITLE = 0.85
"""Likeness of title that is enough by itself."""


class Proposal(NamedTuple):
    """How a table may be printed; `guessed` are (slot, printed name) that no layout has but resemblance suggests."""

    spec: TableSpec
    guessed: frozenset[tuple[str, str]] = frozenset()


class Reading(NamedTuple):
    """How recognition read the tables of one title: the tables, and the cells that found no place."""

    tables: tuple[Table, ...]
    lost: int

    @property
    def placed(self) -> int:
        """Return the figures with a row and a column that the form knows."""
        return sum(1 for table in self.tables for operand in table.figures() if _is_placed(table, operand.row))

    @property
    def figures(self) -> int:
        """Return all figures, placed or not."""
        return self.lost + sum(1 for table in self.tables for _ in table.figures())

    @property
    def found(self) -> set[str]:
        """Return the canonical names of columns and rows that were found."""
        return {name for table in self.tables for name in (*table.columns, *(row.key for row in table.rows))}


def _is_placed(table: Table, row: int) -> bool:
    return bool(table.rows[row].level or table.fields) or not table.strange_rows


def propose(guess: Guess, seen: Seen, known: Known) -> Proposal:
    """Return how a table is printed if a guess is right: by all known names that it prints, then by resemblance."""
    form = guess.form
    found = known_names(guess, seen, known)
    spec = TableSpec(
        form=form.form,
        titles=(seen.title,),
        number=seen.number,
        qualifier=seen.qualifier,
        required=form.card is None,
        headers=found.get("headers", {}),
        captions=found.get("captions", {}),
        labels=found.get("labels", {}),
        lanes=guess.lanes,
        transposed=guess.transposed,
        lacks=_unprinted(guess, seen, found.get("headers", {})),
    )
    alike = resemblances(guess, spec, seen, known)
    for slot, pairs in alike.items():
        merged = dict(getattr(spec, slot))
        for printed, name in pairs:
            merged[name] = (*merged.get(name, ()), printed)
        spec = msgspec.structs.replace(spec, **{slot: merged})
    return Proposal(spec, frozenset((slot, printed) for slot, pairs in alike.items() for printed, _ in pairs))


def _unprinted(guess: Guess, seen: Seen, headers: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the columns that a transposed table does not print: all but the first, unless its headers name several."""
    form = guess.form
    if not guess.transposed:
        return ()
    printed = {header_words(cell.text).removeprefix(YEAR_WORD) for cell in seen.header}
    apart = [name for name in form.columns if name not in form.fixed_rows]
    named = [name for name in apart if header_words(name) in printed or name in headers]
    return tuple(name for name in form.columns if name not in (named if len(named) > 1 else form.columns[:1]))


def read_by(document: Document, vocabulary: Vocabulary, layout: Layout) -> Filing | None:
    """Return the filing as a layout reads it, None when it finds no table."""
    whole = Vocabulary(vocabulary.forms, {**vocabulary.layouts, DRAFT: layout}, vocabulary.classification)
    try:
        return recognise(document, whole, DRAFT)
    except NotRecognised:
        return None


def readings(filing: Filing | None, tables: tuple[Seen, ...]) -> list[Reading]:
    """Return how each of the tables seen was read."""
    if filing is None:
        return [Reading((), seen.amounts) for seen in tables]
    starts = sorted((place.order, number) for number, seen in enumerate(tables) for place in seen.places)

    def owner(place: Place) -> int:
        return max(((order, number) for order, number in starts if order <= place.order), default=((), -1))[1]

    read: dict[int, list[Table]] = {}
    lost = [0] * len(tables)
    for table in filing.tables:
        read.setdefault(owner(table.place), []).append(table)
    for unread in filing.unread:
        number = owner(unread.cell.place)
        if number >= 0:
            lost[number] += 1
    return [Reading(tuple(read.get(number, ())), lost[number]) for number in range(len(tables))]


def choose(document: Document, seen: Survey, known: Known) -> list[Proposal | None]:
    """Return how each table is printed, by the guess that fits it best; None for those that no form fits."""
    guesses = [known.guesses(table) for table in seen.tables]
    scored: list[tuple[float, int, int, Proposal]] = []
    for nth in range(max(map(len, guesses), default=0)):
        tried = [
            (number, propose(options[min(nth, len(options) - 1)], seen.tables[number], known))
            for number, options in enumerate(guesses)
            if options
        ]
        layout = msgspec.structs.replace(seen.layout, tables=tuple(one.spec for _, one in tried))
        read = readings(read_by(document, known.vocabulary, layout), seen.tables)
        for number, one in tried:
            if nth < len(guesses[number]):
                score = _score(guesses[number][nth], one.spec, seen.tables[number], read[number])
                scored.append((score, number, nth, one))
    chosen: list[Proposal | None] = [None] * len(seen.tables)
    for score, number, nth, one in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        form = one.spec.form
        taken = any(other is not None and other.spec.form == form for other in chosen)
        free = not taken or known.vocabulary.forms[form].repeats
        likely = score >= LEAST_SCORE or guesses[number][nth].likeness >= SURE_TITLE
        if likely and chosen[number] is None and free:
            chosen[number] = one
    return chosen


def _score(guess: Guess, spec: TableSpec, seen: Seen, reading: Reading) -> float:
    """Return how well a guess fits, 0 to 1: title, figures placed, headers understood, rows and columns found."""
    if guess.form.card:
        understood = min(len({name for table in reading.tables for name in table.fields}) / 3, 1.0)
        rate = reading.placed / reading.figures if reading.figures else understood
        return 0.45 * guess.likeness + 0.25 * rate + 0.3 * understood
    known = understood_headers(guess.form.columns, spec, guess)
    leaves = [cell for cell in seen.header if cell.leaf]
    header = sum(header_known(cell.text, known) for cell in leaves) / len(leaves) if leaves else 0.0
    rate = reading.placed / reading.figures if reading.figures else header
    printed = [name for lane in lanes_of(guess) for name in (*lane.columns, *lane.rows)]
    share = len(reading.found.intersection(printed)) / len({*printed}) if printed else 0.0
    return 0.45 * guess.likeness + 0.35 * rate + 0.1 * header + 0.1 * share


def understood_headers(columns: tuple[str, ...], spec: TableSpec, guess: Guess | None = None) -> set[str]:
    """Return the header words that a table's columns, keys and halves are known by."""
    keys = [key for lane in (lanes_of(guess) if guess else ()) for key in (*lane.keys, lane.lane)]
    names = [*columns, *keys]
    known = {header_words(name) for name in names}
    return known | {header_words(alias) for name in names for alias in spec.headers.get(name, ())}


def header_known(text: str, known: set[str]) -> bool:
    """Say whether a header cell is among known header words."""
    return header_words(text) in known
