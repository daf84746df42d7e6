"""The tables of a filing as they are seen before any form is known: title, header, rows, number."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from checker.forms.vocabulary import Layout
from checker.layouts.titles import BEFORE_TITLE, NUMBER_LINE, TITLE_LENGTH
from checker.model.document import GridRow
from checker.model.figure import UNITS, read_figure
from checker.model.place import Place
from checker.recognition.body import Region
from checker.recognition.columns import is_numbering, is_rule
from checker.recognition.items import Item, is_page_number
from checker.recognition.outline import Outliner
from checker.recognition.words import YEAR_WORD, caption_words, fold, header_words, is_table_number

HEADER_ROWS: Final = 6
"""Rows from the top among which headers are looked for."""
_DIGITS = "零一二三四五六七八九"
_CHINESE = re.compile("([二三四五六七八九]?)(十?)([一二三四五六七八九]?)")
_CODE = re.compile(r"[0-9]{3,9}")
_ASIDE = frozenset({"序号", "行次", "备注", "说明", "栏次"})


class HeaderCell(NamedTuple):
    """A header cell; a leaf has none below it, else it heads a group."""

    text: str
    place: Place
    leaf: bool


class Seen(NamedTuple):
    """All printings of one title, with the rows below them."""

    title: str
    qualifier: str
    number: int
    places: tuple[Place, ...]
    rows: tuple[GridRow, ...]
    header: tuple[HeaderCell, ...]
    amounts: int

    @property
    def words(self) -> str:
        """The title with its qualifier."""
        return self.title + self.qualifier

    def names(self) -> dict[str, Place]:
        """Return the cells below the header that hold words, in reading order, each with its first place."""
        found: dict[str, Place] = {}
        for row in self.rows:
            for text, place in zip(row.texts, row.places, strict=True):
                if text and not is_amount(text):
                    found.setdefault(text, place)
        return found


def tables_seen(items: list[Item], layout: Layout) -> tuple[tuple[Seen, ...], set[Place]]:
    """Return the tables by title, and the places that lie inside them."""
    regions: dict[str, list[Region]] = {}
    for region in Outliner(layout).outline(items).regions:
        regions.setdefault(region.spec.form, []).append(region)
    numbers = _numbers_above(items, layout.table_numbers)
    seen = [_seen(own, numbers.get(own[0].title.place, 0)) for own in regions.values()]
    inside = {item.place for own in regions.values() for region in own for item in (region.title, *region.items)}
    return tuple(sorted(seen, key=lambda one: one.places[0].order)), inside


def _seen(regions: list[Region], number: int) -> Seen:
    """Return the printings of one title as one."""
    rows = [[item.row for item in region.items if item.row is not None and not item.text] for region in regions]
    every = tuple(row for own in rows for row in own)
    return Seen(
        title=regions[0].spec.titles[0],
        qualifier=regions[0].spec.qualifier,
        number=number,
        places=tuple(region.title.place for region in regions),
        rows=every,
        header=_header(rows[0]),
        amounts=sum(is_amount(text) for row in every for text in row.texts),
    )


def _header(rows: list[GridRow]) -> tuple[HeaderCell, ...]:
    """Return the header cells of a table: of the rows above its first amount or code, without `部门：` and `单位：`."""
    head: list[GridRow] = []
    for row in rows[:HEADER_ROWS]:
        if is_numbering(row) or is_rule(row) or any(":" in fold(text) for text in row.texts):
            continue
        if any(text and (is_amount(text) or _CODE.fullmatch(fold(text))) for text in row.texts):
            break
        head.append(row)
    # A table without an amount has no end of its header to see: rows with a single name below two full ones are data.
    full = [number for number, row in enumerate(head) if len(row.filled()) > 1 and _headed(row)]
    head = head[: full[-1] + 1] if full else head[:1]
    return tuple(
        HeaderCell(text, place, not any(position < len(low.texts) and low.texts[position] for low in head[depth + 1 :]))
        for depth, row in enumerate(head)
        for position, (text, place) in enumerate(zip(row.texts, row.places, strict=True))
        if text and text.isprintable()
    )


def _headed(row: GridRow) -> bool:
    """Say whether a row can be a header: none of its cells is numbered as a caption is."""
    return not any(text and caption_words(text) != fold(text) for text in row.texts)


def is_amount(text: str) -> bool:
    """Say whether a cell holds a number that may be an amount; a single digit numbers something."""
    figure = read_figure(text, UNITS["万元"]) if text else None
    return figure is not None and ("." in fold(text) or len(fold(text)) > 1)


def _numbers_above(items: list[Item], numbers: tuple[str, ...]) -> dict[Place, int]:
    """Return the number of every title that prints one, or has a line with one above it."""
    found: dict[Place, int] = {}
    above: list[Item] = []
    for item in items:
        if not item.text or is_page_number(item.text):
            continue
        for text in (item.text, *(line.text for line in above[-2:])):
            folded = fold(text)
            match = NUMBER_LINE.fullmatch(folded) or BEFORE_TITLE.match(folded)
            if match and len(folded) < TITLE_LENGTH and (text is item.text or is_table_number(text, numbers)):
                found[item.place] = _value(match[2])
                break
        above = [*above[-2:], item]
    return found


def _value(number: str) -> int:
    """Return the value of a table's number, 0 for what is none: 12, 3-1 (3), 十二."""
    digits = number.partition("-")[0]
    if digits.isascii() and digits.isdigit():
        return int(digits)
    match = _CHINESE.fullmatch(number)
    if match is None:
        return 0
    tens, ten, ones = match.groups()
    return (_DIGITS.index(tens or "一") * 10 if ten else 0) + (_DIGITS.index(ones) if ones else 0)


def unknown_header(seen: Seen, understood: set[str], groups: bool) -> list[HeaderCell]:
    """Return the header cells that are not understood, each once: the leaves, and where they matter the `groups`.

    `understood` are header words.
    """
    found = {
        header_words(cell.text): cell
        for cell in reversed(seen.header)
        if (cell.leaf or groups)
        and header_words(cell.text).removeprefix(YEAR_WORD) not in understood | _ASIDE
        and header_words(cell.text) not in understood
    }
    return list(found.values())[::-1]
