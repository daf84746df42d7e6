"""The outline of a document: cover, contents, parts, passages, and the region that belongs to each table.

Nothing is read inside a table here. What no region claims is listed as skipped, with the reason.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from checker.forms.vocabulary import Layout, PassageSpec, TableSpec
from checker.model.document import Paragraph, Skipped
from checker.model.filing import Passage
from checker.model.place import Place
from checker.recognition.body import AMOUNT, Body, Region
from checker.recognition.items import Item, is_page_number
from checker.recognition.words import Heading, caption_words, fold, is_sentence, is_table_number, is_total


class What(StrEnum):
    """What an item outside tables is."""

    CONTENTS = "contents"
    SECTION = "section"
    PASSAGE = "passage"
    TITLE = "title"
    OTHER = "other"


class Outline(NamedTuple):
    """A document taken apart; `trimmed` says that no line of it ends in an empty field.

    `promised` gives the forms that the contents list, but those that the body titles without rows, with their entries'
    places.
    """

    cover: list[Item]
    contents: list[Item]
    regions: list[Region]
    passages: list[Passage]
    skipped: list[Skipped]
    trimmed: bool
    promised: dict[str, Place]
    headings: list[Paragraph]
    loose: list[Paragraph]


_CONTENTS_TAIL = re.compile(r"[.…·。\-—]*[0-9]*$")
_ENTRY_NUMBER = re.compile(r"^[0-9]{1,2}[.、]")
_TABLE_WORDS = ("表", "明细", "清单", "目录")
_NOTE_WORDS = ("注:", "注1", "备注:", "说明:", "续表", "(续")
_EXPLAINS = ("说明", "情况", "原因")
"""What the heading of a passage that no layout knows ends with."""
_LEADING_YEAR = re.compile(r"^(?:19|20)[0-9]{2}年度?")
_CLAUSE = re.compile(r"[,.:;。、]")
PLAIN_LENGTH = 50
"""Characters beyond which a line without number is no heading."""
NOTE_LENGTH = 100
"""Characters beyond which a line that holds 本表无数据 is prose: the note of a nil table may name its body in full."""
_ENDS_IN_FIGURE = re.compile(r"(?<![0-9.])(?:[0-9]+\.[0-9]{2}|[0-9]{1,3}(?:,[0-9]{3})+)$")
LEAST_LINES = 3
"""Lines that end in an amount below a title that make a table: prose may end in one."""
WRAPPED_LENGTH = 8
"""Characters of the end of an entry of the contents that stands on a line of its own."""
TITLE_LENGTH = 60
"""Characters beyond which two lines are no title."""
LOOK_AHEAD = 6
"""Items behind a stray line among which the next row of its table is looked for."""


class Outliner:
    """Takes a document apart by one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._titles = sorted(
            ((fold(title), spec) for spec in layout.tables for title in spec.titles), key=lambda pair: -len(pair[0])
        )
        self._endings = tuple(name for name, _ in self._titles)
        self._mention = re.compile("|".join(map(re.escape, self._endings)) or "(?!)")
        self._contents = {fold(word) for word in layout.contents}
        self._sections = {fold(name): spec.section for spec in layout.sections for name in spec.headings}
        self._passages = {fold(name): spec for spec in layout.passages for name in spec.headings}
        self._plain = tuple(name for name, spec in self._passages.items() if spec.plain)
        self._known: dict[str, tuple[What, str]] = {}
        self._trimmed = False

    def title(self, item: Item) -> tuple[TableSpec, Heading] | None:
        """Return the form whose title an item prints, the most specific name first."""
        folded = fold(item.text)
        if not self._mention.search(folded) or is_sentence(folded):
            return None
        heading = Heading(item.text, self.layout.table_numbers)
        if not heading.core.endswith(self._endings):
            return None
        matches = [(name, spec) for name, spec in self._titles if heading.ends_with(name)]
        if not matches:
            return None
        longest = len(matches[0][0])
        candidates = [spec for name, spec in matches if len(name) == longest]
        words = "".join((*heading.qualifiers, heading.rest))
        named = [spec for spec in candidates if spec.qualifier and _mentions(words, fold(spec.qualifier))]
        plain = [spec for spec in candidates if not spec.qualifier]
        chosen = (named or plain or candidates)[0]
        return chosen, heading

    def what(self, item: Item) -> tuple[What, str]:
        """Say what a line outside tables is, and its canonical name."""
        if not item.text:
            return What.OTHER, ""
        known = self._known.get(item.text)
        if known is None:
            known = self._known[item.text] = self._look(item)
        return known

    def _look(self, item: Item) -> tuple[What, str]:
        folded = fold(item.text)
        if folded in self._contents:
            return What.CONTENTS, ""
        if len(folded) > 60:
            return What.OTHER, ""
        heading = Heading(item.text, self.layout.table_numbers)
        if re.match(r"第[一二三四五六七八九十]+部分", folded):
            for name, section in self._sections.items():
                if heading.core.endswith(name):
                    return What.SECTION, section
            return What.SECTION, heading.core
        core = _LEADING_YEAR.sub("", caption_words(folded))
        if caption_words(folded) != folded and re.match(r"[(]?[一二三四五六七八九十]+[)]?、", folded):
            for name in (core.removeprefix("部门").removeprefix("单位"), core):
                if name in self._passages:
                    return What.PASSAGE, name
            if re.match(r"[一二三四五六七八九十]+、", folded) and core.endswith(_EXPLAINS) and not _CLAUSE.search(core):
                return What.PASSAGE, core
        elif len(folded) < PLAIN_LENGTH and core.endswith(self._plain) and not _CLAUSE.search(core):
            return What.PASSAGE, max((name for name in self._plain if core.endswith(name)), key=len)
        if self.title(item):
            return What.TITLE, ""
        return What.OTHER, ""

    def _with_whole_titles(self, items: list[Item]) -> list[Item]:
        """Join the two lines of a long title; only a name that begins in the first and ends in the second is one."""
        whole: list[Item] = []
        for item in items:
            above = whole[-1] if whole else None
            if above is not None and self._is_second_half(above, item):
                whole[-1] = Item(above.text + item.text, above.place, None)
            else:
                whole.append(item)
        return whole

    def _is_second_half(self, above: Item, item: Item) -> bool:
        if above.row is not None or item.row is not None or not above.text or not item.text:
            return False
        text = fold(above.text + item.text)
        if len(text) > TITLE_LENGTH or not Heading(text, ()).core.endswith(self._endings):
            return False
        found = self.title(Item(above.text + item.text, above.place, None))
        if found is None or self.title(above) is not None:
            return False
        name = next(name for name, _ in self._titles if found[1].core.endswith(name))
        return len(name) > len(Heading(item.text, ()).core)

    def count_titles(self, items: list[Item]) -> int:
        """Return how many different forms are titled in a document: how well the layout fits."""
        items = self._with_whole_titles(items)
        return len({found[0].form for item in items if (found := self.title(item))})

    def outline(self, items: list[Item]) -> Outline:
        """Take a document apart."""
        items = self._with_whole_titles(items)
        cover, contents, position = self._front(items)
        self._trimmed = not any(item.row is not None and not item.text and not item.row.texts[-1] for item in items)
        body = Body(self.layout)
        bare: set[str] = set()
        while position < len(items):
            item = items[position]
            kind, name = self.what(item)
            region = self._region(items, position) if kind is What.TITLE else None
            if kind is What.TITLE and region is None and (found := self.title(item)):
                bare.add(found[0].form)
            if region is not None:
                body.take_table(region)
                position += len(region.items)
            elif kind is What.TITLE and (lost := self._figures_below(items, position)):
                body.lose_table(item, lost)
            elif kind is What.SECTION:
                body.open_section(name, item)
            elif kind is What.PASSAGE and body.takes_passage(known := self._passages.get(name)):
                body.open_passage(known or PassageSpec(name, "", ()), item)
            else:
                body.take(item)
            position += 1
        body.close()
        promised = {form: place for form, place in self._promised(contents).items() if form not in bare}
        read = (body.regions, body.passages, body.skipped)
        return Outline(cover, contents, *read, self._trimmed, promised, body.headings, body.loose)

    def _promised(self, contents: list[Item]) -> dict[str, Place]:
        """Return the forms whose titles the contents list."""
        promised: dict[str, Place] = {}
        for item in contents:
            text = item.text or next(text for text in item.row.texts if text) if item.row else item.text
            found = self.title(Item(_CONTENTS_TAIL.sub("", fold(text)), item.place, None))
            if found is not None:
                promised.setdefault(found[0].form, item.place)
        return promised

    def _front(self, items: list[Item]) -> tuple[list[Item], list[Item], int]:
        """Return cover and contents, and where the body begins.

        The contents end where one of their own entries comes again, or at the first line that is no entry.
        """
        begin = next((n for n, item in enumerate(items[:200]) if self.what(item)[0] is What.CONTENTS), None)
        if begin is None:
            end = next((n for n, item in enumerate(items[:50]) if self.what(item)[0] is not What.OTHER or item.row), 0)
            return items[:end], [], end
        entries: set[str] = set()
        bare_entries: set[str] = set()
        passages: set[str] = set()
        position = begin + 1
        while position < len(items):
            item = items[position]
            text = item.text or "".join(item.row.texts if item.row else ())
            entry = _CONTENTS_TAIL.sub("", fold(text))
            kind, name = self.what(Item(entry, item.place, None))
            bare = _ENTRY_NUMBER.sub("", caption_words(entry))
            if entry in entries or (kind is What.PASSAGE and name in passages):
                break
            if kind is What.TITLE and bare == entry and bare in bare_entries:
                break  # 1. 支出预算总表 among the contents is 支出预算总表 above its table
            if kind is What.PASSAGE:
                passages.add(name)
            known = kind is not What.OTHER
            listed = known or fold(text)[-1:].isdigit() or not entry or caption_words(entry) != entry
            wrapped = not listed and len(entry) <= WRAPPED_LENGTH and item.row is None
            following = self._entry(items[position + 1]) if wrapped and position + 1 < len(items) else ""
            if not listed and (not following or following in entries):
                break
            if entry:
                entries.add(entry)
                bare_entries.add(bare)
            position += 1
        return items[:begin], items[begin + 1 : position], position

    def _entry(self, item: Item) -> str:
        """Return what a numbered line of the contents lists, nothing for any other line."""
        entry = _CONTENTS_TAIL.sub("", fold(item.text))
        return entry if caption_words(entry) != entry else ""

    def _region(self, items: list[Item], start: int) -> Region | None:
        """Return the items below a title that belong to its table, or None when the title heads none.

        A page break may repeat the title, with or without 续; a line that is none of the table is passed over when rows
        of the same width go on behind it.
        """
        found = self.title(items[start])
        if found is None:
            return None
        spec, heading = found
        members: list[Item] = []
        strays: list[Item] = []
        rows = last = width = 0
        for position, item in enumerate(items[start + 1 :], start + 1):
            kind, _ = self.what(item)
            if kind in {What.SECTION, What.PASSAGE, What.CONTENTS}:
                break
            if kind is What.TITLE and (item.row is None or rows):
                if rows and self._continues(items, position, spec, members):
                    members.append(Item("", item.place, None))
                    continue
                break
            if item.row is None and rows and not self._belongs(item, spec):
                if not self._goes_on(items, position + 1, width):
                    break
                strays.append(item)
            members.append(item)
            if item.row is not None:
                rows += 1
                width = max(width, len(item.row.texts))
            number = is_table_number(item.text, self.layout.table_numbers)
            if (item.row is not None and not number) or self._is_note(item):
                last = len(members)
        if not rows and not any(self._is_note(member) for member in members):
            return None
        inside = members[:last]
        return Region(spec, items[start], heading, inside, [stray for stray in strays if stray in inside])

    def _figures_below(self, items: list[Item], position: int) -> int:
        """Return how many lines of figures stand below a title, as a table that was not seen as one leaves them."""
        below = takewhile(lambda item: self.what(item)[0] is What.OTHER and item.row is None, items[position + 1 :])
        lines = sum(_ENDS_IN_FIGURE.search(item.text) is not None for item in below)
        return lines if lines >= LEAST_LINES else 0

    def _continues(self, items: list[Item], position: int, spec: TableSpec, members: list[Item]) -> bool:
        """Say whether a title within a table is that table's own, repeated on its next page.

        A second total row would make it a second table: another body's.
        """
        found = self.title(items[position])
        if found is None or found[0] is not spec:
            return False
        following = list(takewhile(lambda item: self.what(item)[0] is What.OTHER, items[position + 1 :]))
        if spec.labels:
            return _first_label(members) not in {_first_label([item]) for item in following[:LOOK_AHEAD]}
        return not (_has_total(members) and _has_total(following))

    def _goes_on(self, items: list[Item], position: int, width: int) -> bool:
        """Say whether rows of a table go on behind a line that is none of it: a page's header or footer, a note."""
        for item in items[position : position + LOOK_AHEAD]:
            if self.what(item)[0] is not What.OTHER or self._heads_something(item):
                return False
            if self._is_note(item):
                return True
            if item.row is not None:
                return self._trimmed or abs(len(item.row.texts) - width) <= 1
        return False

    def _heads_something(self, item: Item) -> bool:
        """Say whether a line is the title of some other table, known or not."""
        if not item.text or is_sentence(fold(item.text)):
            return False
        if is_table_number(item.text, self.layout.table_numbers):
            return True
        core = Heading(item.text, self.layout.table_numbers).core
        return len(core) < 40 and core.endswith(_TABLE_WORDS) and "续" not in core

    def _belongs(self, item: Item, spec: TableSpec) -> bool:
        """Say whether a paragraph after the first rows is a part of the table: a note, a unit line, a page number."""
        if spec.labels or not item.text or self._is_note(item) or is_page_number(item.text):
            return True
        folded = fold(item.text)
        labels = (*(f"{fold(label)}:" for label in self.layout.body_labels), *_NOTE_WORDS)
        return folded.startswith(labels) or ("单位:" in folded and len(folded) < 80)

    def _is_note(self, item: Item) -> bool:
        folded = fold(item.text)
        return any(fold(note) in folded for note in self.layout.nil_notes) and len(folded) < NOTE_LENGTH


def _mentions(words: str, qualifier: str) -> bool:
    """Say whether words carry a qualifier, or its first half: 本年 for 本年预算."""
    return qualifier in words or qualifier[:2] in words


def _has_total(items: list[Item]) -> bool:
    """Say whether some row names a total and gives its amount; the word alone may head a column."""
    return any(
        any(is_total(text) for text in item.row.texts if text) and any(AMOUNT.search(text) for text in item.row.texts)
        for item in items
        if item.row is not None
    )


def _first_label(items: list[Item]) -> str:
    """Return the label that a form begins with."""
    rows = [item.row for item in items if item.row is not None and not item.text]
    return fold(next((text for text in rows[0].texts if text), "")) if rows else ""
