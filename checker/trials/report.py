"""Mutation scores as a Markdown table, with what each rule does not see: made from the rules and their cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.ruleset.expression import Comparison
from checker.ruleset.names import relations_of
from checker.ruleset.rules import Rule, Tie
from checker.trials.perturb import Slip
from checker.trials.score import Score

SLIPS = {
    Slip.TRANSPOSED: "颠倒",
    Slip.DIGIT: "错一位",
    Slip.SIGN: "变号",
    Slip.UNIT: "万元作元",
    Slip.BLANK: "漏填",
    Slip.ROW: "漏行或重行",
    Slip.FILLED: "空格填数",
    Slip.HIDDEN: "隐藏小数",
    Slip.NAME: "改名称",
    Slip.CODE: "改编码",
    Slip.NOTE: "改空表注明",
    Slip.TABLE: "缺表",
    Slip.INDICATOR: "改指标",
    Slip.FIELD: "漏填内容",
    Slip.QUANTITY: "改文中数字",
    Slip.YEAR: "改年份",
    Slip.PARAGRAPH: "漏段或重段",
    Slip.COPIED: "照抄另一段",
    Slip.PLANTED: "别处也有",
}
"""What was done, as the report names it."""

_HEAD = """# 变异得分

本文件由 `gouji rules mutate --write` 生成，请勿手工修改。

每条规则相符的用例，逐处改错一处，再用这一条规则核对：参与核对的每个数字，相邻两位颠倒、错一位、变号、万元作元、漏填、漏掉整行；
文中的数字，就在句子里改；不看数字的规则，改它所看的名称、编码、空表注明、指标、段落，或把不符的用例里的话放到别处（只计它管得着的改法）。
**指出**：报告不符；**未核**：说明未能核验，不当作通过；**得分**：指出与未核合占几分之几（看文字的不计，它只该看出其中一些）。一条规则看不出的，别的规则往往看得出；
整个规则集对逐位改动的得分由 `make mutate` 另行测量。

几种共同的盲区：

- 不等式（≤、≥）只看一个方向，改小（改大）了仍然成立；
- 分栏合计只看印出来的行，整行漏掉看不出，由逐级汇总和表间勾稽来看；
- 两边是同一行、同一张表的，一起漏掉看不出；
- 改动落在舍入之内的（低位的一位），看不出。
"""


def markdown(scores: Sequence[Score], rules: dict[str, Rule]) -> str:
    """Return the report of all scores."""
    tried = sum(score.tried.total() for score in scores if score.figures)
    noticed = sum(score.noticed for score in scores if score.figures)
    many = sum(score.figures for score in scores)
    lines = [
        _HEAD,
        f"看数字的规则 {many} 条，改错 {tried} 处，看出 {noticed} 处（{_tenths(noticed, tried)}%）。",
        "",
        "| 规则 | 试 | 指出 | 未核 | 得分 | 没有看出的 |",
        "|---|--:|--:|--:|--:|---|",
    ]
    for score in scores:
        cells = (
            score.rule,
            score.tried.total(),
            score.found.total(),
            score.told.total(),
            f"{score.percent}%" if score.figures else "—",
        )
        lines.append(f"| {' | '.join(map(str, cells))} | {_blind(score, rules[score.rule])} |")
    return "\n".join(lines) + "\n"


class BlindSpot(NamedTuple):
    """A slip that a rule did not notice so many times of so many, and where for example."""

    slip: Slip
    missed: int
    tried: int
    examples: tuple[str, ...]


def blind_spots(score: Score) -> list[BlindSpot]:
    """Return the slips that a rule did not always notice."""
    return [
        BlindSpot(slip, count - noticed, count, score.missed[slip])
        for slip, count in score.tried.items()
        if (noticed := score.found[slip] + score.told[slip]) < count
    ]


def one_sided(rule: Rule) -> bool:
    """Say whether a rule is an inequality, which one direction cannot break."""
    sides = {Comparison.AT_MOST, Comparison.AT_LEAST}
    if isinstance(rule.slots, Tie):
        return rule.slots.at_most
    return any(slot == "equation" and relation.comparison in sides for slot, relation in relations_of(rule))


def _blind(score: Score, rule: Rule) -> str:
    spots = [f"{SLIPS[spot.slip]} {spot.missed}/{spot.tried}" for spot in blind_spots(score)]
    if not score.tried:
        return "这些改法碰不到它所看的，只由用例证明" if not score.figures else "没有相符的用例"
    return "；".join([*(["不等式"] if spots and one_sided(rule) else []), *spots])


def _tenths(part: int, whole: int) -> str:
    tenths = 1000 * part // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}"
