"""The headers over a column: which stand right above it, and which span it as the head of a group.

A group's header is printed once, over the first of its columns; where the format does not say how far it reaches, it
reaches to the next header of its own line or of a line above.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from checker.model.document import GridRow
from checker.recognition.words import is_total

BETWEEN = "·"
"""Joins the names of a header path: 因公出国（境）费·决算数."""

NamesOf = Callable[[str], list[str]]
"""Gives the canonical names that a header cell may stand for."""


class Label(NamedTuple):
    """A header over a column; `own` when it is printed over this very column, else it spans it."""

    text: str
    own: bool


def labels_over(rows: list[GridRow], width: int) -> list[list[Label]]:
    """Return for every column the headers over it, nearest first."""
    over: list[list[Label]] = [[] for _ in range(width)]
    starts: set[int] = set()
    for row in rows:
        line = ""
        for column in range(width):
            own = row.texts[column] if column < len(row.texts) else ""
            if row.spread:
                line = row.spread[column] if column < len(row.spread) else ""
            else:
                line = own or ("" if column in starts else line)
            if line and (own or all(line != label.text for label in over[column])):
                over[column].append(Label(line, bool(own)))
        starts |= {column for column, text in enumerate(row.texts) if text}
    return [labels[::-1] for labels in over]


def names_over(labels: list[Label], names_of: NamesOf, paths: Iterable[str] = ()) -> list[str]:
    """Return the canonical names that a column may have, the likeliest first.

    A path among `paths` whose every part stands over the column comes before all; then what is printed right above it.
    A mere 合计 or 小计 names its group, and has a name of its own only where no group has one.
    """
    path = path_over(labels, names_of, paths)
    own = [label.text for label in labels if label.own]
    plain = [name for text in own if not is_sum(text) for name in names_of(text)]
    totals = [name for text in own if is_sum(text) for name in names_of(text)]
    group: list[str] = []
    if not own or is_sum(own[0]):
        spanning = [label.text for label in labels if not label.own and not is_sum(label.text)]
        group = [name for text in (spanning if own else spanning[:1]) for name in names_of(text)]
    return [*([path] if path else []), *plain, *group, *totals]


def path_over(labels: list[Label], names_of: NamesOf, paths: Iterable[str]) -> str:
    """Return the path whose every part stands over a column, the one with the nearest parts; nothing if there is none.

    Which part stands over which does not matter: 决算数 may head the group, or stand under each of its parts.
    """
    depths: dict[str, int] = {}
    for depth, label in enumerate(labels):
        for name in names_of(label.text):
            depths.setdefault(name, depth)
    found: list[tuple[list[int], str]] = []
    for path in paths:
        parts = path.split(BETWEEN)
        if len(parts) > 1 and all(part in depths for part in parts):
            found.append((sorted(depths[part] for part in parts), path))
    return min(found)[1] if found else ""


def is_sum(text: str) -> bool:
    """Say whether a header says no more than that its column adds up others."""
    return is_total(text) or text.replace(" ", "").replace("\u3000", "") == "小计"
