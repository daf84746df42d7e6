"""Printed words compared as a reader compares them: whatever the spaces, widths, years and numbering."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD: Final = str.maketrans(
    {
        **{chr(code): chr(half) for code, half in _WIDTHS.items()},
        **dict.fromkeys("“”‘’„〝〞＂\"'「」", '"'),
        **dict.fromkeys(" \t\u00a0\u3000\u2003\ufeff", ""),
        **dict.fromkeys("【〔［", "["),
        **dict.fromkeys("】〕］", "]"),
        **dict.fromkeys("〈＜", "<"),
        **dict.fromkeys("〉＞", ">"),
        "︰": ":",
        "﹣": "-",
    }
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年度|年)?")
_NUMBERING = re.compile(
    r"(?:[(]?[一二三四五六七八九十百]+[)]?[、.,:]|[(][一二三四五六七八九十0-9]+[)]|[①-⑳]|[0-9]{1,2}[、.](?![0-9])"
    r"|其中:|减:|加:)"
)
_TAIL_BRACKET = re.compile(r"[(]([^()]*)[)]$")
_CHINESE_DIGITS = "零一二三四五六七八九"
TOTALS: Final = frozenset({"合计", "总计", "总合计", "合计:", "支出合计", "收入合计"})
YEAR_WORD: Final = "{年}"
_SENTENCE = frozenset("。;!?")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return `text` without spaces, in half-width, with one kind of quote and bracket."""
    return text.translate(_FOLD)


@lru_cache(maxsize=4096)
def header_words(text: str) -> str:
    """Return a header cell folded, its years written as {年}."""
    return _YEAR.sub(YEAR_WORD, fold(text)).removesuffix("(万元)").removesuffix("(元)")


@lru_cache(maxsize=4096)
def caption_words(text: str) -> str:
    """Return a caption folded and without its number: `①公务用车购置费` and `二十、住房保障支出` lose theirs."""
    folded = fold(text)
    while match := _NUMBERING.match(folded):
        folded = folded[match.end() :]
    return folded


@lru_cache(maxsize=4096)
def label_words(text: str) -> str:
    """Return the label of a form field: folded, without numbering and the colon or mark behind it."""
    return caption_words(text).strip(":;,.、。*")


def years_in(text: str) -> list[int]:
    """Return the years printed with 年 in a text."""
    return [int(match[:4]) for match in re.findall(r"(?:19|20)[0-9]{2}(?=年)", fold(text))]


def is_total(text: str) -> bool:
    """Say whether a label names a total row."""
    return fold(text) in TOTALS


def is_sentence(folded: str) -> bool:
    """Say whether a folded text is running prose and no title."""
    return len(folded) > 80 or any(mark in folded for mark in _SENTENCE)


class Heading:
    """A line looked at as a heading: what is left when numbers, years and names are taken off, and its qualifiers."""

    __slots__ = ("core", "numbered", "qualifiers", "rest")

    def __init__(self, text: str, table_numbers: tuple[str, ...]) -> None:
        core = _UNIT_BEHIND.sub("", fold(text))
        self.qualifiers: tuple[str, ...] = ()
        while match := _TAIL_BRACKET.search(core):
            self.qualifiers = (match[1], *self.qualifiers)
            core = core[: match.start()]
        before = core
        core = _strip_part_number(caption_words(core))
        core = _strip_table_number(core, table_numbers)
        self.numbered = core != before
        self.rest = ""
        years = list(_YEAR.finditer(core))
        if years and years[-1].end() < len(core):
            core = core[years[-1].end() :]
        self.core = core

    def ends_with(self, name: str) -> bool:
        """Say whether the heading ends with a (folded) name, nothing of another table's name before it."""
        if not self.core.endswith(name):
            return False
        self.rest = self.core[: -len(name)]
        return not any(word in self.rest for word in _OTHER_TABLES) and not self.rest.endswith(_OTHER_KINDS)


_UNIT_BEHIND = re.compile(r"(?:金额)?单位:(?:人民币)?(?:千元|万元|百万元|亿元|元)$")
_OTHER_TABLES: Final = (
    "财政拨款",
    "一般公共",
    "基金",
    "国有资本",
    "三公",
    "基本支出",
    "功能分类",
    "经济分类",
    "机关运行",
)
_OTHER_KINDS: Final = ("项目", "基本", "采购", "经费")
"""Words before 支出决算表 that make it another table: 项目支出决算表."""
_PART = re.compile(r"第[一二三四五六七八九十]+部分:?")
_NOTHING = re.compile(r"(?!)")
_CHINESE_NUMBER = "(?:[0-9]{1,3}|(?:[一二三四五六七八九十](?!般)){1,3})(?:-[0-9]{1,2})?"
"""A number in one kind of digits; the 一 of 附表5一般公共预算支出表 is none of it."""


def _strip_part_number(text: str) -> str:
    match = _PART.match(text)
    return text[match.end() :] if match else text


@lru_cache(maxsize=64)
def _table_number(table_numbers: tuple[str, ...]) -> re.Pattern[str]:
    if not table_numbers:
        return _NOTHING
    names = "|".join(re.escape(name) for name in sorted(table_numbers, key=len, reverse=True))
    return re.compile(f"(?:{names}){_CHINESE_NUMBER}(?:表(?![0-9一二三四五六七八九十]))?[:、.]?")


def _strip_table_number(text: str, table_numbers: tuple[str, ...]) -> str:
    match = _table_number(table_numbers).match(text)
    return text[match.end() :] if match else text


def is_table_number(text: str, table_numbers: tuple[str, ...]) -> bool:
    """Say whether a line is nothing but a table's number: 预算公开表4."""
    return _table_number(table_numbers).fullmatch(fold(text)) is not None
