"""The outline of a document: cover, contents, parts, passages, and the region that belongs to each table.

Nothing is read inside a table here. What no region claims is listed as skipped, with the reason.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from checker.forms.vocabulary import Layout, TableSpec
from checker.model.document import Document, GridRow, Paragraph
from checker.model.filing import Passage, Skipped
from checker.model.place import Place
from checker.recognition.words import Heading, caption_words, fold, is_sentence, is_table_number


class Item(NamedTuple):
    """A paragraph, or one row of a grid; `text` is the paragraph, or the only filled cell of the row, or empty."""

    text: str
    place: Place
    row: GridRow | None


class What(StrEnum):
    """What an item outside tables is."""

    CONTENTS = "contents"
    SECTION = "section"
    PASSAGE = "passage"
    TITLE = "title"
    OTHER = "other"


class Region(NamedTuple):
    """The items that belong to one table, its title first."""

    spec: TableSpec
    title: Item
    heading: Heading
    items: list[Item]


class Outline(NamedTuple):
    """A document taken apart."""

    cover: list[Item]
    contents: list[Item]
    regions: list[Region]
    passages: list[Passage]
    skipped: list[Skipped]


_PAGE_NUMBER = re.compile(r"[-—–─·.]*第?[0-9]{1,4}页?(?:共[0-9]{1,4}页)?[-—–─·.]*")
_CONTENTS_TAIL = re.compile(r"[.…·。\-—]*[0-9]*$")
_APPENDIX = re.compile(
    r"(?:附件|附录|附表)[0-9一二三四五六七八九十]*:?.{0,40}|.{2,40}(?:目录|标准|办法|条例|规定|通知|细则|清单|决定)"
)
STRAY_LENGTH = 15
"""Characters of a paragraph between the rows of a table beyond which it is prose, and the table is over."""


def items_of(document: Document) -> list[Item]:
    """Flatten a document into paragraphs and rows."""
    items: list[Item] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            items.append(Item(block.text, block.place, None))
            continue
        for row in block.rows:
            filled = row.filled()
            items.append(Item(row.texts[filled[0]] if len(filled) == 1 else "", row.place, row))
    return items


def is_page_number(text: str) -> bool:
    """Say whether a line is a page number and nothing else."""
    return _PAGE_NUMBER.fullmatch(fold(text)) is not None


class Outliner:
    """Takes a document apart by one layout."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._titles = sorted(
            ((fold(title), spec) for spec in layout.tables for title in spec.titles), key=lambda pair: -len(pair[0])
        )
        self._contents = {fold(word) for word in layout.contents}
        self._sections = {fold(name): spec.section for spec in layout.sections for name in spec.headings}
        self._passages = {fold(name): spec for spec in layout.passages for name in spec.headings}
        self._known: dict[str, tuple[What, str]] = {}

    def title(self, item: Item) -> tuple[TableSpec, Heading] | None:
        """Return the form whose title an item prints, the most specific name first."""
        if not item.text or is_sentence(fold(item.text)):
            return None
        heading = Heading(item.text, self.layout.table_numbers)
        matches = [(name, spec) for name, spec in self._titles if heading.ends_with(name)]
        if not matches:
            return None
        longest = len(matches[0][0])
        candidates = [spec for name, spec in matches if len(name) == longest]
        named = [spec for spec in candidates if spec.qualifier and fold(spec.qualifier) in heading.qualifiers]
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
        core = caption_words(folded)
        if core != folded and re.match(r"[(]?[一二三四五六七八九十]+[)]?、", folded):
            core = core.removeprefix("部门").removeprefix("单位")
            if core in self._passages:
                return What.PASSAGE, core
            core = caption_words(folded)
            if core in self._passages:
                return What.PASSAGE, core
        if self.title(item):
            return What.TITLE, ""
        return What.OTHER, ""

    def count_titles(self, items: list[Item]) -> int:
        """Return how many different forms are titled in a document: how well the layout fits."""
        return len({found[0].form for item in items if (found := self.title(item))})

    def outline(self, items: list[Item]) -> Outline:
        """Take a document apart."""
        cover, contents, start = self._front(items)
        regions: list[Region] = []
        skipped: list[Skipped] = []
        passages: list[Passage] = []
        section, heading, open_passage, appendix = "", "", None, False
        paragraphs: list[Paragraph] = []
        orphan: list[Item] = []

        def close_passage() -> None:
            nonlocal open_passage
            if open_passage is not None:
                spec_name, place, text = open_passage
                passages.append(Passage(spec_name, section, text, place, tuple(paragraphs)))
            open_passage = None
            paragraphs.clear()

        def close_orphan() -> None:
            if orphan:
                skipped.append(_skip(orphan, appendix))
                orphan.clear()

        position = start
        while position < len(items):
            item = items[position]
            kind, name = self.what(item)
            if kind is What.TITLE and (region := self._region(items, position)):
                close_orphan()
                regions.append(region)
                position += 1 + len(region.items)
                continue
            if kind in {What.SECTION, What.PASSAGE} and not (appendix and kind is What.PASSAGE):
                close_orphan()
                close_passage()
                appendix = False
                heading = item.text
                if kind is What.SECTION:
                    section = name
                else:
                    section = self._passages[name].section
                    open_passage = (self._passages[name].passage, item.place, heading)
            elif item.row is not None or appendix:
                orphan.append(item)
                appendix = appendix or (open_passage is not None and open_passage[0] == "其他说明")
            elif is_page_number(item.text) or is_table_number(item.text, self.layout.table_numbers):
                pass
            elif open_passage is not None and open_passage[0] == "其他说明" and _is_appendix(item.text):
                appendix = True
                orphan.append(item)
            else:
                close_orphan()
                paragraphs.append(Paragraph(item.text, item.place))
            position += 1
        close_orphan()
        close_passage()
        return Outline(cover, contents, regions, passages, skipped)

    def _front(self, items: list[Item]) -> tuple[list[Item], list[Item], int]:
        """Return cover and contents, and where the body begins.

        The contents end where one of their own entries comes again, or at the first line that is no entry.
        """
        begin = next((n for n, item in enumerate(items[:200]) if self.what(item)[0] is What.CONTENTS), None)
        if begin is None:
            end = next((n for n, item in enumerate(items[:50]) if self.what(item)[0] is not What.OTHER or item.row), 0)
            return items[:end], [], end
        entries: set[str] = set()
        position = begin + 1
        while position < len(items):
            item = items[position]
            text = item.text or "".join(item.row.texts if item.row else ())
            entry = _CONTENTS_TAIL.sub("", fold(text))
            if entry in entries:
                break
            known = self.what(Item(entry, item.place, None))[0] is not What.OTHER
            if not (known or fold(text)[-1:].isdigit() or not entry or caption_words(entry) != entry):
                break
            if entry:
                entries.add(entry)
            position += 1
        return items[:begin], items[begin + 1 : position], position

    def _region(self, items: list[Item], start: int) -> Region | None:
        found = self.title(items[start])
        if found is None:
            return None
        spec, heading = found
        members: list[Item] = []
        rows = 0
        last_row = 0
        for item in items[start + 1 :]:
            kind, _ = self.what(item)
            if kind in {What.SECTION, What.PASSAGE, What.CONTENTS}:
                break
            if kind is What.TITLE and (item.row is None or rows):
                break
            if item.row is None and rows and not self._belongs(item, spec):
                break
            members.append(item)
            if item.row is not None:
                rows += 1
            if item.row is not None or self._is_note(item):
                last_row = len(members)
        if not rows:
            return None
        return Region(spec, items[start], heading, members[:last_row])

    def _belongs(self, item: Item, spec: TableSpec) -> bool:
        """Say whether a paragraph after the first rows may stand inside the table."""
        if spec.labels or self._is_note(item) or is_page_number(item.text):
            return True
        if is_table_number(item.text, self.layout.table_numbers):
            return False
        return len(fold(item.text)) < STRAY_LENGTH

    def _is_note(self, item: Item) -> bool:
        folded = fold(item.text)
        return any(fold(note) in folded for note in self.layout.nil_notes) and len(folded) < 60


def _is_appendix(text: str) -> bool:
    return _APPENDIX.fullmatch(fold(text)) is not None and caption_words(text) == fold(text)


def _skip(items: list[Item], appendix: bool) -> Skipped:
    titles = [item.text for item in items if item.text]
    title = titles[0] if titles and len(titles[0]) <= 40 else ""
    reason = "附件，不是本单位的公开表，未核验" if appendix else "表格没有可识别的标题，无法确定表式，未核验"
    return Skipped(items[0].place, reason, title, len(items))
