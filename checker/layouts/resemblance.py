"""Printed names that no layout knows, and the canonical names that they resemble."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from checker.forms.vocabulary import TOTAL, Card, Form, Hierarchy, Lane, TableSpec
from checker.layouts.known import Guess, Known, lanes_of, row_names
from checker.layouts.likeness import abbreviated, pair_up
from checker.layouts.seen import HeaderCell, Seen
from checker.recognition.words import caption_words, fold, header_words, label_words

LONGEST_NAME: Final = 24
"""Characters beyond which a cell is no caption and no label."""
NO_FIGURES: Final = ("序号", "行次", "备注", "说明", "栏次", "名称", "编码", "代码", "科目", "项目", "类", "款", "项")
"""How the headers of columns end that have no figures to audit."""
MONEY: Final = ("资金", "金额", "总额", "拨款", "自筹", "资金(元)", "资金(万元)", "总额(元)", "总额(万元)")
"""How the labels of amounts end."""


Pairs = list[tuple[str, str]]
"""Printed names, each with a canonical name that it resembles."""


def resemblances(guess: Guess, spec: TableSpec, seen: Seen, known: Known) -> dict[str, Pairs]:
    """Return by slot the printed names that no layout knows, with the canonical names that they resemble."""
    form = guess.form
    if form.card:
        return {"labels": _alike_labels(form, form.card, spec, seen, known)}
    if guess.transposed:
        return {"captions": _alike_heads(guess, spec, seen, known)}
    return {
        "headers": _alike_headers(guess, spec, seen, known),
        "captions": _alike_captions(guess, spec, seen, known),
    }


def _every_name(known: Known, form: Form, slot: str, names: Iterable[str]) -> dict[str, list[str]]:
    own = known.specs.get(form.form, [])
    return {name: [name, *(alias for spec in own for alias in getattr(spec, slot).get(name, ()))] for name in names}


def _alike_headers(guess: Guess, spec: TableSpec, seen: Seen, known: Known) -> Pairs:
    lanes = lanes_of(guess)
    found: Pairs = []
    for lane, cells in zip(lanes, _by_lane(lanes, seen), strict=True):
        found += _alike_columns(lane, [header_words(cell.text) for cell in cells], guess.form, spec, known)
    if len(lanes) > 1:
        heads = [header_words(cell.text) for cell in seen.header if not cell.leaf]
        missing = [
            lane.lane for lane in lanes if lane.lane not in spec.headers and header_words(lane.lane) not in heads
        ]
        understood = {header_words(alias) for names in spec.headers.values() for alias in names}
        strange = [text for text in heads if text not in understood]
        found += pair_up(strange, {half: [half] for half in missing}).items()
    return list(dict.fromkeys(found))


def _alike_columns(lane: Lane, printed: list[str], form: Form, spec: TableSpec, known: Known) -> Pairs:
    """Return the headers of one half that resemble its columns or keys."""
    columns = (*lane.columns, *lane.keys)
    understood = {header_words(alias) for name in columns for alias in (name, *spec.headers.get(name, ()))}
    taken = {
        name for name in columns if any(header_words(alias) in printed for alias in (name, *spec.headers.get(name, ())))
    }
    strange = [text for text in dict.fromkeys(printed) if text not in understood]
    alike: dict[str, str] = {}
    for names in (lane.keys, lane.columns):
        texts = [text for text in strange if text.endswith(NO_FIGURES) is (names is lane.keys)]
        free = [name for name in names if name not in taken]
        alike |= pair_up(texts, _every_name(known, form, "headers", free), abbreviated)
    left = [text for text in strange if text not in alike and not text.endswith(NO_FIGURES)]
    taken |= {*alike.values()}
    # Where only one header is left, and the half has no column yet, or none for its total, it is that.
    totals = [name for name in lane.sums if name not in taken] if taken.intersection(lane.columns) else lane.columns
    if len(left) == 1 and totals:
        alike[left[0]] = totals[0]
    return list(alike.items())


def _by_lane(lanes: tuple[Lane, ...], seen: Seen) -> list[list[HeaderCell]]:
    """Return the leaves of the header by the half that they head: each half begins where its first key comes again."""
    leaves = [cell for cell in seen.header if cell.leaf]
    keys = [header_words(cell.text) for cell in leaves]
    begin = [cell.place.column for cell in leaves if keys.count(header_words(cell.text)) == len(lanes) > 1]
    first = min(begin, default=0)
    repeated = next((header_words(cell.text) for cell in leaves if cell.place.column == first), "")
    starts = sorted(cell.place.column for cell in leaves if header_words(cell.text) == repeated)
    if len(lanes) == 1 or len(starts) != len(lanes):
        return [leaves for _ in lanes]
    starts[0] = 0
    ends = [*starts[1:], max(cell.place.column for cell in leaves) + 1]
    return [
        [cell for cell in leaves if start <= cell.place.column < end] for start, end in zip(starts, ends, strict=True)
    ]


def _alike_captions(guess: Guess, spec: TableSpec, seen: Seen, known: Known) -> Pairs:
    heads = {fold(cell.text) for cell in seen.header}
    texts = [caption_words(text) for text in seen.names() if len(text) < LONGEST_NAME and fold(text) not in heads]
    names = dict.fromkeys(row for lane in lanes_of(guess) for row in row_names(lane))
    understood = {caption_words(alias) for row in names for alias in (row, *spec.captions.get(row, ()))}
    understood |= {*known.vocabulary.classification.functions}
    if any(lane.hierarchy is Hierarchy.UNITS for lane in lanes_of(guess)):
        return [(text, TOTAL) for text in texts if text.endswith("合计") and text not in understood]
    strange = [text for text in texts if text not in understood]
    alike: Pairs = []
    for lane in lanes_of(guess):
        rows = [row for row in lane.rows if "·" not in row and row not in spec.captions]
        free = [row for row in rows if caption_words(row) not in texts]
        alike += pair_up(strange, _every_name(known, guess.form, "captions", free), abbreviated).items()
    return alike


def _alike_heads(guess: Guess, spec: TableSpec, seen: Seen, known: Known) -> Pairs:
    """Return headers of a transposed table that resemble rows of the form."""
    rows = guess.form.fixed_rows
    leaves = [header_words(cell.text).removeprefix("{年}") for cell in seen.header if cell.leaf]
    parts = {part for paths in spec.captions.values() for path in paths for part in path.split("·")}
    understood = {header_words(name) for name in (*rows, *parts)}
    free = [row for row in rows if header_words(row) not in leaves and row not in spec.captions]
    names = _every_name(known, guess.form, "captions", free)
    return list(pair_up((text for text in leaves if text not in understood), names, abbreviated).items())


def _alike_labels(form: Form, card: Card, spec: TableSpec, seen: Seen, known: Known) -> Pairs:
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
    return list(alike.items())
