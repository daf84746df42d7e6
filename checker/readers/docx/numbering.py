"""Styles and automatic numbers: what a paragraph prints without its words saying so.

A heading whose “一、” is made by automatic numbering has it in the numbering part of the package, not in its text.
Lists are counted as Word counts them: all that share an abstract list count on together, a deeper level begins again
below each item, and a list instance may restart a level once.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from checker.readers.docx import tags
from checker.readers.docx.numerals import numeral

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_BASED_ON = 20
"""Styles that may stand on one another before we stop looking: Word itself allows eleven."""


class Style(NamedTuple):
    """What a style adds to its paragraphs or runs: a list (its number and level), and being hidden; and its name."""

    name: str = ""
    list_id: str = ""
    level: int = -1
    hidden: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether lines of a table of contents have this style."""
        return self.name.startswith(("toc ", "目录 "))

    @property
    def matters(self) -> bool:
        """Whether a paragraph or run of this style prints other than its words."""
        return bool(self.list_id) or self.hidden or self.is_contents


class Level(NamedTuple):
    """One level of a list: where it starts, its number format, and its pattern (`%1、`)."""

    start: int
    style: str
    pattern: str
    legal: bool


def load_styles(root: etree._Element | None) -> dict[str, Style]:
    """Return the styles that matter, by id, each with what it inherits."""
    if root is None:
        return {}
    elements = {element.get(f"{{{tags.MAIN}}}styleId", ""): element for element in root.iterchildren("{*}style")}
    resolved = {identifier: _resolve(identifier, elements) for identifier in elements}
    return {identifier: style for identifier, style in resolved.items() if style.matters}


def _resolve(identifier: str, elements: dict[str, etree._Element]) -> Style:
    style = Style()
    for _ in range(_BASED_ON):
        element = elements.get(identifier)
        if element is None:
            break
        name = (_value(element, "name") or "").lower()
        list_id = _value(element, "pPr/{*}numPr/{*}numId") or ""
        level = _value(element, "pPr/{*}numPr/{*}ilvl")
        style = Style(
            style.name or name,
            style.list_id or list_id,
            style.level if style.level >= 0 else tags.whole(level, -1),
            style.hidden or _is_hidden(element),
        )
        identifier = _value(element, "basedOn") or ""
    return style


def _is_hidden(style: etree._Element) -> bool:
    vanish = style.find("{*}rPr/{*}vanish")
    return vanish is not None and tags.is_on(vanish.get(tags.VAL))


def _value(element: etree._Element, path: str) -> str | None:
    found = element.find("{*}" + path)
    return None if found is None else found.get(tags.VAL)


class Numbering:
    """The lists of a document, counted while its paragraphs are read in order."""

    def __init__(self, root: etree._Element | None, styles: dict[str, Style]) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._linked: dict[tuple[str, str], int] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if root is None:
            return
        links = {}
        for element in root.iterchildren("{*}abstractNum"):
            identifier = element.get(f"{{{tags.MAIN}}}abstractNumId", "")
            self._levels[identifier] = self._load_levels(identifier, element)
            links[identifier] = _value(element, "numStyleLink")
        for element in root.iterchildren("{*}num"):
            self._load_instance(element)
        for number, abstract in list(self._abstract.items()):
            if (link := links.get(abstract)) and link in styles:
                self._abstract[number] = self._abstract.get(styles[link].list_id, abstract)

    def _load_levels(self, abstract: str, element: etree._Element) -> dict[int, Level]:
        levels = {}
        for level in element.iterchildren("{*}lvl"):
            position = tags.whole(level.get(tags.ILVL))
            levels[position] = _level(level)
            if style := _value(level, "pStyle"):
                self._linked[abstract, style] = position
        return levels

    def _load_instance(self, element: etree._Element) -> None:
        identifier = element.get(tags.NUM_ID, "")
        self._abstract[identifier] = _value(element, "abstractNumId") or ""
        for override in element.iterchildren("{*}lvlOverride"):
            position = tags.whole(override.get(tags.ILVL))
            if (start := _value(override, "startOverride")) is not None:
                self._restarts.setdefault(identifier, {})[position] = tags.whole(start, 1)
            if (level := override.find("{*}lvl")) is not None:
                self._own.setdefault(identifier, {})[position] = _level(level)

    def next(self, list_id: str, level: int, style: str = "") -> str:
        """Count one item of a list on, and return what is printed before its words; nothing for bullets.

        A level below 0 is not given: it is the one linked to the paragraph's style, or the first.
        """
        abstract = self._abstract.get(list_id)
        if abstract is None:
            return ""
        if level < 0:
            level = self._linked.get((abstract, style), 0)
        level = min(level, _LEVELS - 1)
        levels = {**self._levels.get(abstract, {}), **self._own.get(list_id, {})}
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        restart = self._restarts.get(list_id, {}).pop(level, None)
        current = counts[level]
        if restart is not None:
            counts[level] = restart
        else:
            counts[level] = levels[level].start if current is None else current + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _printed(levels, level, counts)


def _level(element: etree._Element) -> Level:
    legal = element.find("{*}isLgl")
    return Level(
        tags.whole(_value(element, "start"), 1),
        _value(element, "numFmt") or "decimal",
        (_value(element, "lvlText") or "")[:50],
        legal is not None and tags.is_on(legal.get(tags.VAL)),
    )


def _printed(levels: dict[int, Level], level: int, counts: list[int | None]) -> str:
    """Return the number of an item with what separates it from the words."""
    own = levels[level]
    if own.style == "bullet":
        return ""

    def count(match: re.Match[str]) -> str:
        position = int(match[1]) - 1
        shown = levels.get(position, own)
        number = counts[position]
        style = "decimal" if own.legal and position < level else shown.style
        return numeral(shown.start if number is None else number, style)

    printed = _PLACEHOLDER.sub(count, own.pattern)
    return printed + " " if printed[-1:].isascii() and printed[-1:].isalnum() else printed
