"""What a rule says, in one line or several, and the index of all rules: made from the rules themselves."""

from __future__ import annotations

from itertools import groupby

from checker.model.rule import Severity
from checker.ruleset import targets
from checker.ruleset.arithmetic import SAYS, Arithmetic
from checker.ruleset.codes import SAYS as CODES_SAY
from checker.ruleset.codes import Codes
from checker.ruleset.rules import (
    EVERY_TABLE,
    Across,
    Balance,
    Present,
    Rollup,
    Rule,
    RuleSet,
    SaidTargets,
    Shares,
    Source,
    Statement,
    Tie,
    Values,
)
from checker.ruleset.wording import Text, describe_text

_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "疑点", Severity.NOTICE: "提示"}


def describe(rule: Rule) -> list[str]:  # noqa: PLR0912 - one branch for each kind of rule
    """Return what a rule says: its equations, or the sentence that its slots make."""
    match rule.slots:
        case Balance(relations, columns):
            each = f"（* 为{'、'.join(columns)}）" if columns else ""
            return [relation.text + each for relation in relations]
        case Across(table, relation, rows, below):
            where = "".join(
                [f"的{'、'.join(rows)}" if any(rows) else "每一行", f"（{'、'.join(below)}之下）" if any(below) else ""]
            )
            return [f"{table}{where}：{relation.text}"]
        case Rollup(table, columns):
            return [f"{table}：上级行等于其下级行之和，{'、'.join(columns) if columns else '每一栏'}"]
        case Tie(left, right):
            return [_describe_tie(rule.slots, left, right)]
        case Present(matter=matter, mentions=mentions) if mentions:
            return [f"情况说明应写明{matter}（提到{'、'.join(mentions)}之一）"]
        case Present(forms, nil_table, nil_when):
            if forms:
                return [f"应有{'、'.join(forms)}"]
            source = "，当且仅当 " + "；".join(relation.text for relation in nil_when) if nil_when else ""
            return [f"{nil_table}注明“本表无数据”，当且仅当表中没有数字{source}"]
        case Statement():
            return [_describe_statement(rule.slots)]
        case SaidTargets(table, passages):
            return [f"{'、'.join(passages)}里写明的数符合{table}同名指标的指标值"]
        case Shares(passages, complete, _):
            where = "、".join(passages) or "文字"
            return [f"{where}：各部分占比之和等于100%" if complete else f"{where}：占比等于本数除以其总数"]
        case Codes(check=check, table=table):
            return [f"{'每张表' if table == EVERY_TABLE else table}：{CODES_SAY[check]}"]
        case Values(table, displayed=True):
            return [f"{'每张表' if table == EVERY_TABLE else table}：合计数显示的就是存储的"]
        case targets.Indicators() | targets.Sides() | targets.Parts() | targets.TargetTie():
            return [targets.describe(rule.slots)]
        case Values(table, _, pairs, _):
            return [f"{table}：科目对应关系在允许范围内" if pairs else f"{table}：同一组科目只出现一次"]
        case Text():
            return [describe_text(rule.slots)]
        case Arithmetic(check, where, fields):
            return [f"{where}{'的' + '、'.join(fields) if fields else ''}：{SAYS[check]}"]


def _describe_statement(slots: Statement) -> str:
    where, what = "、".join(slots.passages) or "文字", "、".join(slots.subjects) or "每一个数"
    says = " 或 ".join(relation.text for relation in slots.relations)
    if slots.direction:
        says = f"增减、大小的说法与{'、'.join(slots.direction)}相符"
    if slots.names:
        says = f"列举的名称就是{slots.names.table}{'、'.join(slots.names.below)}之下有数字的各项"
    if slots.parts:
        says = f"{slots.parts}等于各部分之和"
    if slots.items_of:
        says = f"科目在{'、'.join(slots.items_of)}里"
    if slots.count:
        says = f"个数等于文件里{slots.count}的张数"
    needs = f"（写明{'、'.join(slots.needs)}的）" if slots.needs else ""
    return f"{where}里的{what}{needs}：{says}"


def _describe_tie(tie: Tie, left: Source, right: tuple[Source, ...]) -> str:
    one, others = _describe_source(left), " + ".join(map(_describe_source, right))
    if tie.keys_only:
        return f"{one}的科目都在{others}之内" if tie.one_way else f"{one}与{others}的科目相同"
    return f"按科目：{one} {'≤' if tie.at_most else '='} {others}"


def _describe_source(source: Source) -> str:
    columns = f", {' + '.join(source.columns)}" if source.columns else ""
    return f"{source.table}[{'、'.join(source.rows)}{columns}]"


def index(ruleset: RuleSet) -> str:
    """Return the index of all rules as Markdown, by pack."""
    lines = [
        "# 规则目录",
        "",
        f"共 {len(ruleset.rules)} 条。本文件由 `gouji rules docs` 生成，请勿手工修改。",
        "",
    ]
    by_pack = sorted(ruleset.rules, key=lambda rule: ruleset.packs.index(rule.info.pack))
    for pack, rules in groupby(by_pack, key=lambda rule: rule.info.pack):
        lines += [f"## {pack}", "", "| 编号 | 名称 | 级别 | 说什么 | 前提 |", "|---|---|---|---|---|"]
        for rule in rules:
            says = "<br>".join(_cell(line) for line in describe(rule))
            conditions = [condition.text for condition in rule.when]
            conditions += [f"{table}标题含“{words}”" for table, words in rule.titled.items()]
            when = "<br>".join(_cell(line) for line in conditions)
            info = rule.info
            lines.append(
                f"| {info.id} | {info.name}<br>{info.name_en} | {_SEVERITIES[info.severity]} | {says} | {when} |"
            )
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Return text for a Markdown table: `|` ends a cell, and `*` would begin an emphasis."""
    return text.replace("|", "\\|").replace("*", "\\*")
