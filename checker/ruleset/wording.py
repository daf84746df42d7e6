"""What a rule about wording says: where it looks, which words it forbids, or which built-in judgement it asks for."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from checker.model.filing import Level
from checker.model.wording import Scope


class Extent(StrEnum):
    """How far around forbidden words the words that excuse them may stand."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    PASSAGE = "passage"


class Judgement(StrEnum):
    """What a pattern cannot say and the program judges by itself."""

    PLANNED_YEAR = "planned_year"
    TITLE_YEAR = "title_year"
    STATED_YEAR = "stated_year"
    AS_OF = "as_of"
    DOCUMENT_YEAR = "document_year"
    LATER_DOCUMENT = "later_document"
    OTHER_BODY = "other_body"
    OTHER_HEADER = "other_header"
    SPELLING = "spelling"
    UNPAIRED = "unpaired"
    REPEATED_FIELDS = "repeated_fields"
    REPEATED_LINES = "repeated_lines"
    CUT_OFF = "cut_off"
    CONTENTS = "contents"
    OTHER_ITEM = "other_item"
    OTHER_RANK = "other_rank"
    AMOUNT_STYLE = "amount_style"


SAID: dict[Judgement, str] = {
    Judgement.PLANNED_YEAR: "不为过去的年度作计划",
    Judgement.TITLE_YEAR: "标题的年度就是公开的年度",
    Judgement.STATED_YEAR: "段落说的是公开的年度",
    Judgement.AS_OF: "截至日期与公开的年度相称",
    Judgement.DOCUMENT_YEAR: "下达本年资金的文号不是旧年的",
    Judgement.LATER_DOCUMENT: "引用的文号不晚于公开的时间",
    Judgement.OTHER_BODY: "标题写的是本部门（单位）的名称",
    Judgement.OTHER_HEADER: "表头写的是本部门（单位）的名称",
    Judgement.SPELLING: "本部门（单位）的名称前后写法一致",
    Judgement.UNPAIRED: "括号、引号、书名号成对",
    Judgement.REPEATED_FIELDS: "各栏文字不互相照抄",
    Judgement.REPEATED_LINES: "同一句话、同一段话不重复",
    Judgement.CUT_OFF: "文字没有被截断",
    Judgement.OTHER_ITEM: "用途和原因说的是本科目",
    Judgement.OTHER_RANK: "名词解释说的是本级财政和部门",
    Judgement.AMOUNT_STYLE: "一段之内金额的写法一致",
    Judgement.CONTENTS: "目录所列的都在正文中，标题一致、次序一致",
}
"""What each judgement asks for, in words."""


class TextSlots(msgspec.Struct, frozen=True):
    """A rule about wording as written.

    It looks at the lines `within` these scopes, and of those, if `names` are given, at these passages or fields only.
    Words that match one of `forbids` are a finding `unless` the clause, sentence, paragraph or passage around them
    (`extent`) matches one of those; what stands in 《》 is another document's and is not looked at. `judges` asks for a
    built-in judgement instead, which takes `forbids` and `unless` as its words. Patterns are regular expressions in the
    syntax of RE2, which runs in linear time. `level` keeps the rule to the filings of departments or of units,
    `since` to those of that year and later.
    """

    within: tuple[Scope, ...]
    names: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    extent: Extent = Extent.SENTENCE
    judges: Judgement | None = None
    level: Level | None = None
    since: int = 0


class Text(TextSlots, frozen=True, tag=True):
    """Wording, ready to be looked for."""


def compiled(slots: TextSlots) -> Text:
    """Return the slots of a rule ready for use."""
    return Text(**{name: getattr(slots, name) for name in slots.__struct_fields__})


def faults(slots: TextSlots) -> list[tuple[str, str]]:
    """Return (slot, complaint) for each pattern that RE2 does not take, and for a rule that asks for nothing."""
    import re2

    quiet = re2.Options()
    quiet.log_errors = False
    found: list[tuple[str, str]] = []
    if not slots.within:
        found.append(("within", "没有写明看哪里"))
    if not slots.forbids and slots.judges is None:
        found.append(("forbids", "没有写明不许什么：缺少“forbids”或“judges”"))
    if slots.judges is None and slots.unless and not slots.forbids:
        found.append(("unless", "没有“forbids”的规则不能有“unless”"))
    for slot in ("forbids", "unless"):
        for number, pattern in enumerate(getattr(slots, slot)):
            try:
                empty = re2.compile(pattern, quiet).search("") is not None
            except re2.error as error:
                found.append((f"{slot}.{number}", f"不是 RE2 的正则表达式：{error}"))
                continue
            if empty:
                found.append((f"{slot}.{number}", f"“{pattern}”与空文字相符"))
    return found


def describe_text(text: Text) -> str:
    """Return what a rule about wording says, in one line."""
    where = "、".join(text.within) + (f"（{'、'.join(text.names)}）" if text.names else "")
    if text.judges is not None:
        return f"{where}：{SAID[text.judges]}"
    excuse = f"，除非写有 {' 或 '.join(text.unless)}" if text.unless else ""
    return f"{where}：不出现 {' 或 '.join(text.forbids)}{excuse}"
