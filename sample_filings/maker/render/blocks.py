"""A filing as a page shows it: paragraphs with a look, and tables whose merged cells are really merged.

The lines of a text filing have lost what a page shows, and have gained what extraction does to it: heads printed
again below a page break, rules of dashes, spaces where a cell was wrapped. Here the page is put together again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from maker.grid import CUT, HEAD, NOTE, PROSE, REMARK, ROW, TITLE, Line
from maker.render.merging import AMOUNT, LABEL, Rows, card_rows, list_rows
from maker.render.merging import CAPTION as CAPTION_CELL

COVER, ENTRY, PART, HEADING, BODY = "cover", "entry", "part", "heading", "body"
NUMBER, CAPTION, NAME, MONEY, BELOW = "number", "caption", "name", "money", "below"
"""The looks of a paragraph: of running text, and of what stands around a table."""

REPEATED: Final = frozenset({"收入总表", "支出总表", "项目支出表", "一般公共预算基本支出表"})
"""Tables whose heads are printed again on every page they run over."""

CARDS: Final = ("项目绩效目标表", "整体绩效目标表")
_LONGEST: Final = {
    (CAPTION_CELL, False): 12.0,
    (CAPTION_CELL, True): 12.0,
    (LABEL, False): 30.0,
    (LABEL, True): 14.0,
    (AMOUNT, False): 20.0,
    (AMOUNT, True): 14.0,
}
"""How broad a column may become for what a cell holds, in tables and in performance tables."""

_PART: Final = re.compile(r"第.部分")
_HEADING: Final = re.compile(r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[1-9]、)")
_HEADING_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class Saying:
    """A paragraph; `page` is the page number of an entry of the contents, `fresh` whether a page begins with it."""

    text: str
    look: str
    page: str = ""
    fresh: bool = False


@dataclass(slots=True)
class Table:
    """A table with what is printed above and below it; `heads` counts the rows of the head."""

    form: str
    width: int
    rows: Rows
    heads: int = 0
    above: list[Saying] = field(default_factory=list)
    below: list[Saying] = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        """Say whether the head is printed again on every page."""
        return bool(self.heads) and self.form in REPEATED

    @property
    def wide(self) -> bool:
        """Say whether the table is printed across the long side of the paper."""
        return self.width >= 8 and not self.is_card

    @property
    def is_card(self) -> bool:
        """Say whether this is a performance table: labels and values all over the sheet."""
        return self.form.startswith(CARDS)

    def shares(self) -> list[float]:
        """Give each column its share of the width, by the longest text that stands in it alone."""
        widths = [8.0] * self.width
        for row in self.rows:
            for column, cell in row.items():
                if cell.across > 1:
                    continue
                # Captions wrap, amounts must not: a number broken over two lines is two numbers.
                longest = breadth(cell.text) + 2.0 if cell.holds == AMOUNT else breadth(cell.text)
                widths[column] = max(widths[column], min(longest, _LONGEST[cell.holds, self.is_card]))
        return [width / sum(widths) for width in widths]


Block = Saying | Table


def breadth(text: str) -> float:
    """Measure a text in half-width characters."""
    return sum(1.0 if character < "\u2000" else 2.0 for character in text)


def blocks_of(lines: Iterable[Line]) -> list[Block]:
    """Put the page together from a filing's lines."""
    blocks: list[Block] = []
    above: list[Saying] = []
    for run in _runs([line for line in lines if line.text.strip() and not line.text.startswith("-----")]):
        first = run[0]
        if first.kind == TITLE:
            above += [_around(line) for line in run]
        elif first.kind in (NOTE, REMARK):
            table = blocks[-1]
            assert isinstance(table, Table)
            table.below += [Saying(line.text.strip(), BELOW) for line in run]
        elif first.form or _is_list(first):
            blocks.append(_table(run, above))
            above = []
        else:
            blocks += _sayings(run, begun=bool(blocks))
    return blocks


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Cut the lines wherever another kind of block begins."""
    run: list[Line] = []
    for line in lines:
        if run and _kin(line) != _kin(run[-1]):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _kin(line: Line) -> tuple[str, str]:
    if line.kind in (TITLE, NOTE, REMARK):
        return line.form, NOTE if line.kind == REMARK else line.kind
    return line.form, "list" if line.form or _is_list(line) else PROSE


def _is_list(line: Line) -> bool:
    """Say whether a line outside the forms is a row of a table: several fields, and not an entry of the contents."""
    return len(line.cells) > 2 and not line.passage


def _table(run: Sequence[Line], above: list[Saying]) -> Table:
    width = max(len(line.cells) for line in run)
    if run[0].form.startswith(CARDS):
        return Table(run[0].form, width, card_rows(run, width), 0, above)
    head: list[Line] = []
    body: list[Line] = []
    for line in run:
        is_head = line.kind == HEAD or (not line.form and line is run[0])
        if is_head and not body:
            head.append(line)
        elif not is_head:
            body.append(line)
    for line in [*head, *body] if run[0].form else ():
        assert line.kind in (HEAD, ROW)
    return Table(run[0].form, width, list_rows(head, body, width), len(head), above)


def _around(line: Line) -> Saying:
    text = line.cells[0].text
    if re.match(r"(?:预算|部门)?公开(?:[0-9]+表|表[0-9]+)$", text):
        look = NUMBER
    elif text.startswith(("单位：万元", "单位:万元", "单位：元", "单位:元", "金额单位：")):
        look = MONEY
    elif re.match(r"(?:编制)?(?:部门|单位)(?:名称)?：", text):
        look = NAME
    else:
        look = CAPTION
    return Saying(text, look)


def _sayings(run: Sequence[Line], begun: bool) -> Iterator[Saying]:
    """Give the paragraphs of running text; what was cut by the end of a page is one again."""
    held = ""
    for line in run:
        text = held + (line.text if line.passage else line.cells[0].text).strip()
        if line.kind == CUT:
            held = text
            continue
        held = ""
        if len(line.cells) == 2 and not line.passage:
            begun = True
            yield Saying(text, ENTRY, line.cells[1].text)
        elif _PART.match(text):
            yield Saying(text, PART, fresh=True)
        elif not begun:
            yield Saying(text, COVER)
        else:
            heading = _HEADING.match(text) and len(text) <= _HEADING_LENGTH and not text.endswith(("。", "；"))
            yield Saying(text, HEADING if heading else BODY)
