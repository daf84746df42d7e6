"""What all known layouts print, as a source of names for a new one: titles of a form, names of its columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from checker.forms.vocabulary import Card, Form, Hierarchy, Lane, TableSpec, Vocabulary
from checker.layouts.likeness import titles_alike
from checker.layouts.seen import Seen
from checker.model.filing import Stage
from checker.recognition.words import caption_words, fold, header_words, label_words

LEAST_TITLE = 0.4
"""Likeness of title below which a form is not considered."""
NEAR_BEST = 0.6
"""How far behind the best title a form may be and still be tried."""
MOST_TRIED = 16


class Guess(NamedTuple):
    """What a table may be: a form, printed with these halves, upright or transposed; and how alike the titles are."""

    form: Form
    lanes: tuple[str, ...]
    transposed: bool
    likeness: float


class Known:
    """The forms and the printed names of layouts, the layout to go by first."""

    def __init__(self, vocabulary: Vocabulary, stage: Stage, like: str = "") -> None:
        self.vocabulary = vocabulary
        layouts = sorted(vocabulary.layouts.values(), key=lambda one: (one.layout != like, one.stage is not stage))
        self.layouts = layouts
        self.specs: dict[str, list[TableSpec]] = {}
        for layout in layouts:
            for spec in layout.tables:
                self.specs.setdefault(spec.form, []).append(spec)
        here = {spec.form for layout in layouts if layout.stage is stage for spec in layout.tables}
        unused = {*vocabulary.forms} - {*self.specs}
        tried = here | unused if here else {*vocabulary.forms}
        self.forms = [form for name, form in vocabulary.forms.items() if name in tried]

    def guesses(self, seen: Seen) -> list[Guess]:
        """Return what a table may be by its title, the likeliest first."""
        found: list[Guess] = []
        for form in self.forms:
            specs = self.specs.get(form.form, [])
            titles = [form.form, *(title + spec.qualifier for spec in specs for title in spec.titles)]
            titles += [title for spec in specs for title in spec.titles if not seen.qualifier]
            likeness = max(titles_alike(seen.words, title) for title in titles)
            ways = dict.fromkeys((spec.lanes, spec.transposed) for spec in specs)
            ways |= dict.fromkeys(_ways(form))
            found += [Guess(form, lanes, transposed, likeness) for lanes, transposed in ways]
        best = max((guess.likeness for guess in found), default=0.0)
        near = [guess for guess in found if guess.likeness >= max(LEAST_TITLE, best - NEAR_BEST)]
        return sorted(near, key=lambda guess: -guess.likeness)[:MOST_TRIED]

    def printed(self, form: str, slot: str, name: str) -> Iterator[str]:
        """Yield the printed names that layouts give a canonical name, those of the same form first."""
        own = self.specs.get(form, [])
        others = [spec for name, specs in self.specs.items() if name != form for spec in specs]
        for spec in (*own, *others):
            yield from getattr(spec, slot).get(name, ())


def _ways(form: Form) -> list[tuple[tuple[str, ...], bool]]:
    """Return the halves that a form may be printed with, and whether its rows may be columns."""
    names = [lane.lane for lane in form.lanes]
    some = combinations(names, len(names) - 1) if len(names) > 1 else ()
    upright = [(), *some]
    can_turn = len(names) == 1 and form.lanes[0].hierarchy is Hierarchy.ROWS
    return [(lanes, False) for lanes in upright] + ([((), True)] if can_turn else [])


def lanes_of(guess: Guess) -> tuple[Lane, ...]:
    """Return the halves that a guess takes as printed."""
    return tuple(lane for lane in guess.form.lanes if not guess.lanes or lane.lane in guess.lanes)


Slots = dict[str, dict[str, tuple[str, ...]]]


def known_names(guess: Guess, seen: Seen, known: Known) -> Slots:
    """Return the names that a table prints and known layouts have, by slot and canonical name, if a guess is right."""
    return _labels(guess.form, guess.form.card, seen, known) if guess.form.card else _names(guess, seen, known)


def _labels(form: Form, card: Card, seen: Seen, known: Known) -> Slots:
    cells = {label_words(text) for text in seen.names()}
    cells |= {label.rpartition(":")[2] for label in cells}
    group = (*card.fields, *card.sides, *card.sources)
    return {"labels": _pick(known, form, "labels", [group], cells, label_words)}


def _names(guess: Guess, seen: Seen, known: Known) -> Slots:
    form, lanes = guess.form, lanes_of(guess)
    leaves = {header_words(cell.text) for cell in seen.header if cell.leaf}
    heads = {header_words(cell.text) for cell in seen.header}
    headers = _pick(known, form, "headers", [(*lane.columns, *lane.keys) for lane in lanes], leaves, header_words)
    if len(lanes) > 1:
        headers |= _pick(known, form, "headers", [tuple(lane.lane for lane in lanes)], heads, header_words)
    if guess.transposed:
        return {"headers": headers, "captions": _paths(known, form, heads)}
    texts = {caption_words(text) for text in seen.names()}
    rows = [row_names(lane) for lane in lanes]
    return {"headers": headers, "captions": _pick(known, form, "captions", rows, texts, caption_words)}


def row_names(lane: Lane) -> tuple[str, ...]:
    """Return the canonical names that a row's caption may stand for."""
    short = (row.rpartition("·")[2] for row in lane.rows)
    return tuple(dict.fromkeys([*lane.rows, *short, lane.total]))


def _pick(
    known: Known,
    form: Form,
    slot: str,
    groups: Iterable[tuple[str, ...]],
    printed: set[str],
    words: Callable[[str], str],
) -> dict[str, tuple[str, ...]]:
    """Return the known names that are printed, by canonical name; within a group each stands for one name only."""
    picked: dict[str, dict[str, None]] = {}
    for group in groups:
        taken = {words(name) for name in group}
        for name in group:
            for alias in known.printed(form.form, slot, name):
                plain = words(alias)
                if plain in printed and plain not in taken:
                    taken.add(plain)
                    picked.setdefault(name, {}).setdefault(plain, None)
    return {name: tuple(aliases) for name, aliases in picked.items()}


def _paths(known: Known, form: Form, header: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the known captions of a transposed table whose every part heads one of its columns."""
    found: dict[str, tuple[str, ...]] = {}
    plain = {fold(text).removeprefix("{年}") for text in header}
    own = {header_words(name) for name in form.fixed_rows}
    for name in form.fixed_rows:
        aliases = dict.fromkeys(known.printed(form.form, "captions", name))
        fitting = [
            alias
            for alias in aliases
            if header_words(alias) not in own and all(header_words(part) in plain for part in alias.split("·"))
        ]
        if fitting:
            found[name] = tuple(fitting)
    return found
