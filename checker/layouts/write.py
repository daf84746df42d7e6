"""A drafted layout as a YAML file: every slot with what belongs in it, and what is left to its author as comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from checker.forms.vocabulary import TableSpec
from checker.layouts.draft import Draft, Entry
from checker.recognition.words import fold

_PLAIN = re.compile(r"[\w“”‘’（）、，：；《》·…][\w“”‘’（）、，：；《》·…\-]*")
_QUOTED = re.compile(r'"([^"]*)"')
LONGEST_COMMENT = 60
MOST_LISTED = 30
"""Cells that could not be placed listed before only their number is given."""

_HEAD = """\
# 由 gouji layouts draft 起草的版式，请逐项核对后放进 rules/layouts/（或您自己的规则文件夹的 layouts/）。
# 名称都是字面文字；比较之前已去掉空格、年份（{{年}}）、表号、末尾的括号，统一了全角半角。
# 起草情况：看到 {seen} 张带标题的表，认出 {understood} 张；表中 {figures} 个数字，{placed} 个有了行和栏。
# 带“猜的”字样的，是按字面相近或只剩这一个可填而猜的，务必核对；“没有认出”的，请补上或删去。
"""


def as_yaml(draft: Draft) -> str:
    """Return the draft as YAML that loads, with its open points as comments."""
    head = _HEAD.format(
        seen=len(draft.entries), understood=draft.understood, figures=draft.figures, placed=draft.placed
    )
    return "\n".join([head + _identity(draft), _sections(draft), _passages(draft), _tables(draft), _left_over(draft)])


def _identity(draft: Draft) -> str:
    layout = draft.layout
    notes = "" if draft.survey.known_notes else "；这份文件里没有认出，先填最常见的"
    return f"""\
layout: {_word(layout.layout)}  # 版式的代号，--layout 用它
name: {_word(layout.name)}  # 写给人看的名称，请改成“某省（市）部门预算公开（几张表）”
stage: {layout.stage}  # budget 预算，final_accounts 决算
unit: {layout.unit}  # 表内通常的金额单位；表上印有“单位：”时以印的为准
table_numbers: {_list(layout.table_numbers)}  # 表号前面的字：预算公开表1、附表三
contents: {_list(layout.contents)}  # 目录的标题
nil_notes: {_list(layout.nil_notes)}  # 空表怎样注明{notes}
body_labels: {_list(layout.body_labels)}  # 表上方单位名称前面的字
levels: {_map(layout.levels)}  # 封面上表明是部门还是单位的字
"""


def _sections(draft: Draft) -> str:
    lines = [
        "# 部分：“第一部分……”的标题，headings 列出各种写法",
        "sections:" if draft.layout.sections else "sections: []",
    ]
    lines += [
        f"  - {{section: {_word(spec.section)}, headings: {_list(spec.headings)}}}" for spec in draft.layout.sections
    ]
    return "\n".join(lines) + "\n"


def _passages(draft: Draft) -> str:
    lines = [
        "# 段落：一、二、三……的标题（去掉序号、年份和开头的“部门”“单位”）；没有序号、独占一行的写 plain: true",
        "passages:" if draft.layout.passages else "passages: []",
    ]
    for spec in draft.layout.passages:
        plain = ", plain: true" if spec.plain else ""
        guess = "  # 猜的，请核对" if draft.survey.headings.guessed.intersection(spec.headings) else ""
        entry = f"passage: {_word(spec.passage)}, section: {_word(spec.section)}{plain}"
        lines.append(f"  - {{{entry}, headings: {_list(spec.headings)}}}{guess}")
    lines += [
        f"  # 没有认出的段落标题：{_comment(item.text)}（{_comment(item.place.words())}）"
        for item in draft.survey.headings.strange
    ]
    return "\n".join(lines) + "\n"


def _tables(draft: Draft) -> str:
    lines = [
        "# 表：form 是规范表名（rules/forms/），titles 是这里印的标题（以它结尾即算相符）",
        "#   headers 表头、captions 行名、labels 绩效目标表的标签：规范名称: [这里印的名称]；与规范名称相同的不必写",
        "#   lanes 只印左右几半；transposed 行印成了栏",
        "#   prints 只印这些行和栏，lacks 不印这些，may_print 有的文件印有的不印",
        "#   一份文件看不出哪些是“有的印有的不印”，请再看一两份，把它们从 lacks 移到 may_print",
        "tables:" if draft.layout.tables else "tables: []",
    ]
    return "\n".join(lines + ["\n".join(_table(entry)) + "\n" for entry in draft.entries])


def _table(entry: Entry) -> list[str]:
    where = _comment(entry.seen.places[0].words())
    if entry.proposal is None:
        nearest = f"，最像 {entry.nearest}" if entry.nearest else ""
        return [
            f"  # 没有认出的表：“{_comment(entry.seen.words)}”（{where}{nearest}）。若有规范表名，填上，去掉 #：",
            "  # - form: ",
            f"  #   titles: [{_word(entry.seen.title)}]",
            *_strange(entry),
        ]
    spec = entry.proposal.spec
    guessed = {printed for _, printed in entry.proposal.guessed}
    reading = entry.reading
    lines = [
        f"  # {where}：{reading.figures} 个数字，{reading.placed} 个有了行和栏",
        f"  - form: {_word(spec.form)}",
        *([f"    number: {spec.number}"] if spec.number else []),
        f"    titles: {_list(spec.titles)}",
        *([f"    qualifier: {_word(spec.qualifier)}"] if spec.qualifier else []),
        *([] if spec.required else ["    required: false"]),
        *([f"    lanes: {_list(spec.lanes)}"] if spec.lanes else []),
        *(["    transposed: true"] if spec.transposed else []),
        *[f"    {slot}: {_list(names)}" for slot in ("prints", "lacks") if (names := getattr(spec, slot))],
        *_names(spec, guessed),
    ]
    return lines + _strange(entry)


def _names(spec: TableSpec, guessed: set[str]) -> list[str]:
    lines = []
    for slot in ("headers", "captions", "labels"):
        names: dict[str, tuple[str, ...]] = getattr(spec, slot)
        if names:
            lines.append(f"    {slot}:")
            for name, printed in names.items():
                guess = [text for text in printed if text in guessed]
                which = f"：{'、'.join(map(_comment, guess))}" if len(guess) < len(printed) else ""
                note = f"  # 猜的，请核对{which}" if guess else ""
                lines.append(f"      {_word(name)}: {_list(printed)}{note}")
    return lines


def _strange(entry: Entry) -> list[str]:
    lines = [f"    # 没有认出的表头：{_comment(cell.text)}（{_comment(cell.place.words())}）" for cell in entry.headers]
    lines += [
        f"    # 没有认出的行名：{_comment(name)}（{_comment(place.words())}）"
        for name, place in entry.captions[:MOST_LISTED]
    ]
    if len(entry.captions) > MOST_LISTED:
        lines.append(f"    # 没有认出的行名共 {len(entry.captions)} 个，其余从略")
    return lines


def _left_over(draft: Draft) -> str:
    lines = [
        f"# 没有归位的数字：{_comment(one.cell.text)}（{_comment(one.cell.place.words())}，{_comment(one.where)}）："
        + _comment(one.reason)
        for one in draft.unread[:MOST_LISTED]
    ]
    if len(draft.unread) > MOST_LISTED:
        lines.append(f"# 没有归位的数字共 {len(draft.unread)} 个，其余从略")
    lines += [
        f"# 没有归入任何表：{_comment(part.place.words())}起{part.lines}行：{_comment(part.reason)}"
        for part in draft.skipped[:MOST_LISTED]
        if not part.foreign
    ]
    return "\n".join([*lines, ""]) if lines else ""


def _word(text: str) -> str:
    """Return a text as a YAML scalar, with the quotes and brackets that Chinese prints: they compare alike."""
    text = _QUOTED.sub(r"“\1”", text).replace("(", "（").replace(")", "）")
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_word, texts))}]"


def _map(names: Mapping[str, Iterable[str]]) -> str:
    return "{" + ", ".join(f"{_word(name)}: {_list(texts)}" for name, texts in names.items()) + "}"


def _comment(text: str) -> str:
    """Return a text for a comment: on one line, without what a YAML file may not hold, not too long."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    plain = " ".join(plain.split()) or fold(text)
    return plain if len(plain) <= LONGEST_COMMENT else plain[:LONGEST_COMMENT] + "……"
