"""What all known layouts print, as a source of names for a new one: titles of a form, names of its columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from checker.forms.vocabulary import TOTAL, Card, Form, Hierarchy, Lane, TableSpec, Vocabulary
from checker.layouts.likeness import abbreviated, pair_up, titles_alike
from checker.layouts.survey import Seen
from checker.model.filing import Stage
from checker.recognition.words import caption_words, fold, header_words, label_words

LEAST_TITLE = 0.45
"""Likeness of title below which a form is not considered."""
NEAR_BEST = 0.45
"""How far behind the best title a form may be and still be tried."""
MOST_TRIED = 8
LONGEST_NAME = 24
"""Characters beyond which a cell is no caption and no label."""
NO_FIGURES = ("序号", "行次", "备注", "说明", "栏次", "名称", "编码", "代码", "科目", "项目", "类", "款", "项")
"""How the headers of columns end that have no figures to audit."""
MONEY = ("资金", "金额", "总额", "拨款", "自筹", "资金(元)", "资金(万元)", "总额(元)", "总额(万元)")
"""How the labels of amounts end."""


class Proposal(NamedTuple):
    """How a table may be printed; `guessed` are the printed names, by slot, that no layout has but resemblance suggests."""

    spec: TableSpec
    guessed: frozenset[tuple[str, str]] = frozenset()


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
            ways |= dict.fromkeys([((), False)])
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


def lanes_of(guess: Guess) -> tuple[Lane, ...]:
    """Return the halves that a guess takes as printed."""
    return tuple(lane for lane in guess.form.lanes if not guess.lanes or lane.lane in guess.lanes)


def propose(guess: Guess, seen: Seen, known: Known) -> Proposal:
    """Return how a table is printed if a guess is right: by all known names that it prints, then by resemblance."""
    form = guess.form
    found = _labels(form, form.card, seen, known) if form.card else _names(guess, seen, known)
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
    )
    alike = resemblances(guess, spec, seen, known)
    for slot, pairs in alike.items():
        merged = dict(getattr(spec, slot))
        for printed, name in pairs.items():
            merged[name] = (*merged.get(name, ()), printed)
        spec = msgspec.structs.replace(spec, **{slot: merged})
    return Proposal(spec, frozenset((slot, printed) for slot, pairs in alike.items() for printed in pairs))


Slots = dict[str, dict[str, tuple[str, ...]]]


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


def resemblances(guess: Guess, spec: TableSpec, seen: Seen, known: Known) -> dict[str, dict[str, str]]:
    """Return by slot the printed names that no layout knows, with the canonical names that they resemble."""
    form = guess.form
    if form.card:
        return {"labels": _alike_labels(form, form.card, spec, seen, known)}
    return {
        "headers": {} if guess.transposed else _alike_headers(guess, spec, seen, known),
        "captions": (_alike_heads if guess.transposed else _alike_captions)(guess, spec, seen, known),
    }


def _every_name(known: Known, form: Form, slot: str, names: Iterable[str]) -> dict[str, list[str]]:
    own = known.specs.get(form.form, [])
    return {name: [name, *(alias for spec in own for alias in getattr(spec, slot).get(name, ()))] for name in names}


def _alike_headers(guess: Guess, spec: TableSpec, seen: Seen, known: Known) -> dict[str, str]:
    lanes = lanes_of(guess)
    columns = dict.fromkeys(name for lane in lanes for name in (*lane.columns, *lane.keys))
    printed = {header_words(cell.text) for cell in seen.header if cell.leaf}
    understood = {header_words(alias) for name in columns for alias in (name, *spec.headers.get(name, ()))}
    keys = {key for lane in lanes for key in lane.keys}
    understood_names = [name for name in columns if header_words(name) in printed or name in spec.headers]
    free = [name for name in columns if name in keys or not (header_words(name) in printed or name in spec.headers)]
    strange = [text for cell in seen.header if cell.leaf and (text := header_words(cell.text)) not in understood]
    alike = pair_up(strange, _every_name(known, guess.form, "headers", free), abbreviated)
    left = [text for text in dict.fromkeys(strange) if text not in alike and not text.endswith(NO_FIGURES)]
    bare = [lane for lane in lanes if not any(name in lane.columns for name in (*alike.values(), *understood_names))]
    # Where only one header is left, and one half has no column yet, that is the half's figures, or their total.
    if len(left) == 1 and len(bare) == 1:
        alike[left[0]] = bare[0].columns[0]
    halves = [lane.lane for lane in lanes if len(lanes) > 1 and lane.lane not in spec.headers]
    heads = [header_words(cell.text) for cell in seen.header if not cell.leaf]
    missing = [half for half in halves if header_words(half) not in heads]
    return alike | pair_up((text for text in heads if text not in understood), {half: [half] for half in missing})


def _alike_captions(guess: Guess, spec: TableSpec, seen: Seen, known: Known) -> dict[str, str]:
    heads = {cell.text for cell in seen.header}
    texts = [caption_words(text) for text in seen.names() if len(text) < LONGEST_NAME and text not in heads]
    names = dict.fromkeys(row for lane in lanes_of(guess) for row in row_names(lane))
    understood = {caption_words(alias) for row in names for alias in (row, *spec.captions.get(row, ()))}
    understood |= {*known.vocabulary.classification.functions}
    if any(lane.hierarchy is Hierarchy.UNITS for lane in lanes_of(guess)):
        return {text: TOTAL for text in texts if text.endswith("合计") and text not in understood}
    if not any(lane.rows for lane in lanes_of(guess)):
        return {}
    free = [
        row
        for lane in lanes_of(guess)
        for row in lane.rows
        if "·" not in row and caption_words(row) not in texts and row not in spec.captions
    ]
    strange = [text for text in texts if text not in understood]
    return pair_up(strange, _every_name(known, guess.form, "captions", free), abbreviated)


def _alike_heads(guess: Guess, spec: TableSpec, seen: Seen, known: Known) -> dict[str, str]:
    """Return headers of a transposed table that resemble rows of the form."""
    rows = guess.form.fixed_rows
    leaves = [header_words(cell.text).removeprefix("{年}") for cell in seen.header if cell.leaf]
    parts = {part for paths in spec.captions.values() for path in paths for part in path.split("·")}
    understood = {header_words(name) for name in (*rows, *parts)}
    free = [row for row in rows if header_words(row) not in leaves and row not in spec.captions]
    names = _every_name(known, guess.form, "captions", free)
    return pair_up((text for text in leaves if text not in understood), names, abbreviated)


def _alike_labels(form: Form, card: Card, spec: TableSpec, seen: Seen, known: Known) -> dict[str, str]:
    """Return labels of a card that resemble known ones: those of amounts amounts', those of contents contents'."""
    texts = [label_words(text).rpartition(":")[2] for text in seen.names() if len(text) < LONGEST_NAME]
    money = [text for text in texts if text.endswith(MONEY)]
    others = [text for text in texts if not text.endswith(MONEY)]
    alike: dict[str, str] = {}
    for names, strange in (((*card.sides, *card.sources), money), (card.fields, others)):
        every = _every_name(known, form, "labels", names)
        understood = {label_words(alias) for name in names for alias in (name, *spec.labels.get(name, ()))}
        free = {n: p for n, p in every.items() if label_words(n) not in texts and n not in spec.labels}
        alike |= pair_up((text for text in strange if text not in understood), free, abbreviated)
    return alike
