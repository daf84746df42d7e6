"""Which lines of a filing are the titles of tables, whatever the tables are."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import Final

from checker.forms.vocabulary import Layout
from checker.recognition.items import Item
from checker.recognition.words import Heading, fold, is_sentence, is_table_number

_NUMBER = "[一二三四五六七八九十0-9]{1,3}(?:-[0-9]{1,2})?"
NUMBER_LINE: Final = re.compile(f"([\u4e00-\u9fff]{{0,8}}?(?:表|附件))({_NUMBER})[:、.]?")
"""A line that is nothing but the number of a table: 预算公开表3."""
BEFORE_TITLE: Final = re.compile(f"((?:[\u4e00-\u9fff]{{0,6}}公开)?表|附表|附件)({_NUMBER})[:、.]?(?=[^0-9])")
"""The number of a table before its title: 表三 收支总表."""
PART: Final = re.compile(r"第[一二三四五六七八九十]+部分")
NIL_NOTE: Final = re.compile(r"(?:注:|备注:|说明:)?(?:故|因此)?([此本该]表(?:无|没有|为空|不涉及|未)[^,;。]{0,12})。?")
"""What the note of an empty table looks like."""
TITLE_LENGTH: Final = 50
LOOK_AHEAD: Final = 8
"""Items below a title among which the first row of its table must stand."""
_NUMBER_WITHIN = re.compile(f"[\u4e00-\u9fff]{{0,6}}{_NUMBER}表")
_UNIT_BEHIND = re.compile(r"单位:?(?:千元|万元|百万元|亿元|元)")
_WHOSE = re.compile(r"^(?:预算)?(?:部门|单位)")
_LEADER = re.compile(r"[…·.]{3,}")
_PUNCTUATION = re.compile(r"[,:;]")


def table_numbers(lines: list[Item], known: list[Layout]) -> tuple[str, ...]:
    """Return the words that tables are numbered with: 公开表 in 公开表3, or 附表."""
    words: Counter[str] = Counter()
    for item in lines:
        folded = fold(item.text)
        match = NUMBER_LINE.fullmatch(folded) or (BEFORE_TITLE.match(folded) if len(folded) < TITLE_LENGTH else None)
        if match:
            words[match[1]] += 1
    found = [word for word, count in words.most_common() if count > 1]
    common = {word for layout in known for word in layout.table_numbers if word in words}
    return tuple(dict.fromkeys([*found, *sorted(common), "表"]))


def titles_over_tables(
    items: list[Item], numbers: tuple[str, ...], known: list[Layout], filer: str
) -> list[tuple[str, str]]:
    """Return the titles that stand over tables, with their qualifiers where a title has several."""
    endings = tuple(fold(title) for other in known for spec in other.tables for title in spec.titles)
    found: dict[str, dict[str, None]] = {}
    for position, item in enumerate(items):
        named = _title(item, numbers, endings, filer)
        if named and _heads_rows(items, position, numbers, endings):
            found.setdefault(named[0], {}).setdefault(named[1], None)
    titles: list[tuple[str, str]] = []
    for title, qualifiers in found.items():
        titles += [(title, qualifier) for qualifier in (qualifiers if len(qualifiers) > 1 else [""])]
    return titles


def _title(item: Item, numbers: tuple[str, ...], endings: tuple[str, ...], filer: str = "") -> tuple[str, str] | None:
    """Return title and qualifier of a line that may be the title of a table."""
    folded = fold(item.text)
    if not 2 < len(folded) <= TITLE_LENGTH or not folded.isprintable() or is_sentence(folded):
        return None
    if is_table_number(item.text, numbers) or _NUMBER_WITHIN.fullmatch(folded) or _LEADER.search(folded):
        return None
    if _PUNCTUATION.search(BEFORE_TITLE.sub("", folded)) and not _UNIT_BEHIND.search(folded):
        return None
    heading = Heading(item.text, numbers)
    core = _without_filer(heading.core.removeprefix("续表"), filer)
    if not core.endswith(("表", *endings)) or len(core) < 3 or "续表" in core:
        return None
    return core, "".join(heading.qualifiers[-1:])


def _without_filer(core: str, filer: str) -> str:
    """Return a title without the name of the body, or of its county, before it: `某县县级预算部门（单位）` and all."""
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(core, fold(filer), strict=False))))
    core = core[shared:] if shared > 1 else core
    behind = core.rpartition(")")[2]
    core = behind if len(behind) > 3 else core
    whose = _WHOSE.sub("", core)
    return whose if len(whose) > 3 else core


def _heads_rows(items: list[Item], position: int, numbers: tuple[str, ...], endings: tuple[str, ...]) -> bool:
    """Say whether rows, or the note of an empty table, stand soon below a line."""
    for item in items[position + 1 : position + 1 + LOOK_AHEAD]:
        if item.row is not None and len(item.row.filled()) > 1:
            return True
        if _title(item, numbers, endings) or PART.match(fold(item.text)):
            return False
        if item.text and NIL_NOTE.fullmatch(fold(item.text)):
            return True
    return False
