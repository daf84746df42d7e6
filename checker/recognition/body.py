"""What is read of a document's body: its tables, its passages, and what nothing claims."""

from __future__ import annotations

import re
from typing import NamedTuple

from checker.forms.vocabulary import Layout, PassageSpec, TableSpec
from checker.model.document import Paragraph, Skipped
from checker.model.filing import Passage
from checker.recognition.indicators import is_indicator_header
from checker.recognition.items import Item, is_page_number
from checker.recognition.words import Heading, caption_words, fold, is_sentence, is_table_number

_APPENDIX = re.compile(
    r"(?:附件|附录|附表)[0-9一二三四五六七八九十]*:?.{0,40}|.{2,40}(?:目录|标准|办法|条例|规定|通知|细则|清单|决定)"
)
AMOUNT = re.compile(r"[0-9]\.[0-9]{2}(?![0-9])")
LOST_TABLE = "标题下的数字没有读成表格，未核验"
_AMOUNTS = re.compile(r"[合小总]计|金额|总额|[预决]算数|[收支]入|支出|经费|资金|[0-9]{4}|[0-9],[0-9]{3}|万元")
"""What a table of amounts prints somewhere, in a header or a cell."""


class Region(NamedTuple):
    """The items that belong to one table below its title; `strays` are lines among its rows that are none of it."""

    spec: TableSpec
    title: Item
    heading: Heading
    items: list[Item]
    strays: list[Item]


class Body:
    """What has been read of the body so far: the passage that is open, and the rows that nothing has claimed."""

    def __init__(self, layout: Layout) -> None:
        self.regions: list[Region] = []
        self.passages: list[Passage] = []
        self.skipped: list[Skipped] = []
        self.headings: list[Paragraph] = []
        self.loose: list[Paragraph] = []
        self.in_appendix = False
        self._appendix_named = False
        self._layout = layout
        self._section = ""
        self._open: tuple[PassageSpec, Item] | None = None
        self._paragraphs: list[Paragraph] = []
        self._unclaimed: list[Item] = []
        self._below_table = False

    def take_table(self, region: Region) -> None:
        """Take a table; a second one of a required form within an appendix is part of that."""
        self._close_unclaimed()
        self._below_table = True
        if self.in_appendix and region.spec.required and any(region.spec is other.spec for other in self.regions):
            self._unclaimed += [region.title, *region.items]
        else:
            self.regions.append(region)

    def lose_table(self, title: Item, lines: int) -> None:
        """Say that a title has figures below it that were not read as a table."""
        self._close_unclaimed()
        self.skipped.append(Skipped(title.place, LOST_TABLE, title.text, lines))

    def open_section(self, name: str, heading: Item) -> None:
        """End what is open, and go on in another part of the document."""
        self.close()
        self._section = name
        self.headings.append(Paragraph(heading.text, heading.place))

    def takes_passage(self, known: PassageSpec | None) -> bool:
        """Say whether a heading opens a passage here: one that the layout does not know may head an appendix."""
        if self.in_appendix:
            return False
        return known is not None or (bool(self._section) and not (self._open and self._open[0].appendices))

    def open_passage(self, spec: PassageSpec, heading: Item) -> None:
        """End what is open, and begin a passage."""
        self.close()
        self._section = spec.section or self._section
        self._open = (spec, heading)

    def take(self, item: Item) -> None:
        """Put a line where it belongs: into the open passage, or among what nothing claims."""
        may_have_appendices = self._open is not None and self._open[0].appendices
        # A sentence in the only filled cell of a row is running text: a sheet of a workbook holds both.
        prose = self._open is not None and not self._below_table and is_sentence(fold(item.text))
        row = item.row is not None and not prose
        if may_have_appendices:
            if not self._appendix_named and _is_appendix(item.text):
                self._close_unclaimed()
                self._appendix_named = True
            self.in_appendix = self.in_appendix or self._appendix_named or row
        unread = self._open is None and AMOUNT.search(item.text) is not None
        if self._below_table and (row or unread):
            self.regions[-1].strays.append(item)
        if self.in_appendix or row or unread:
            self._unclaimed.append(item)
        elif not (is_page_number(item.text) or is_table_number(item.text, self._layout.table_numbers)):
            self._close_unclaimed()
            self._paragraphs.append(Paragraph(item.text, item.place))

    def close(self) -> None:
        """End the open passage, and the appendix if it was in one."""
        self._below_table = False
        self._close_unclaimed()
        if self._open is not None:
            spec, heading = self._open
            paragraphs = tuple(self._paragraphs)
            if all(spec.passage != passage.name for passage in self.passages):
                self.passages.append(Passage(spec.passage, self._section, heading.text, heading.place, paragraphs))
            else:
                self.skipped.append(Skipped(heading.place, "同名段落第二次出现，未核验", heading.text, len(paragraphs)))
        else:
            self.loose += self._paragraphs
        self._open = None
        self._paragraphs.clear()
        self.in_appendix = self._appendix_named = False

    def _close_unclaimed(self) -> None:
        if self._unclaimed:
            self.skipped.append(_skip(self._unclaimed, self._appendix_named))
            self._unclaimed.clear()


def _is_appendix(text: str) -> bool:
    return _APPENDIX.fullmatch(fold(text)) is not None and caption_words(text) == fold(text)


def _lists_no_amounts(items: list[Item]) -> bool:
    """Say whether rows are a mere list, of units or staff: no amount in them, and no column or row for one."""
    rows = [item.row for item in items if item.row is not None]
    texts = [fold(text) for row in rows for text in row.texts if text]
    amounts = any(_AMOUNTS.search(text) or AMOUNT.search(text) for text in texts)
    return bool(rows) and len(rows) == len(items) and not amounts and not any(is_indicator_header(row) for row in rows)


def _skip(items: list[Item], appendix: bool) -> Skipped:
    """Say why a part was skipped; a form with indicators is the filing's own wherever it stands."""
    titles = [item.text for item in items if item.text]
    title = titles[0] if titles and len(titles[0]) <= 40 else ""
    if _lists_no_amounts(items):
        return Skipped(items[0].place, "名单一类的表格，没有金额，不需核验", title, len(items), foreign=True)
    foreign = appendix and not any(item.row is not None and is_indicator_header(item.row) for item in items)
    prose = all(item.row is None for item in items)
    unknown = "文字的标题无法识别，未核验" if prose else "表格没有可识别的标题，无法确定表式，未核验"
    reason = "附件，不是本单位的公开表，未核验" if foreign else unknown
    return Skipped(items[0].place, reason, title, len(items), foreign)
