"""Rules about performance targets: which indicators are meant, what must hold of them, and what their funds must equal.

Written in YAML as

    indicators:
      where: {second: [成本], measured: [金额]}        # which indicators
      must: {comparator: [≤, <, =, 无]}                # what each of them must be

or, instead of `must`, with one of `agree` (the two sides of an indicator), `complete` (levels that each form fills) and
`within` (what amounts of money must not exceed).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from checker.forms.vocabulary import Form
from checker.indicators.grammar import read_value
from checker.indicators.values import ValueKind
from checker.ruleset.expression import Relation
from checker.yaml_source import did_you_mean


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which indicators are meant: those that every filled slot admits.

    `named` are words of which the name has one, `ends` endings of it; `unnamed` and `not_ends` rule names out.
    `measured` are dimensions of the value (金额 比率 分值 时间 数量 文字 无单位), `comparator` its comparators (无:
    none printed), `at_least` a value that it reaches, `not_worded` words that rule it out. `project` are
    words of 项目属性.
    """

    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    not_ends: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    comparator: tuple[str, ...] = ()
    at_least: str = ""
    project: tuple[str, ...] = ()
    not_worded: tuple[str, ...] = ()


class Must(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must hold of each indicator that is meant; every filled slot must.

    `readable`: the value can be read; `valued`: there is one; `this_year`: the years it names are the filing's;
    `at_most` and `at_least` bound it in its own dimension; `without` are words that it may not hold.
    """

    comparator: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    not_measured: tuple[str, ...] = ()
    at_most: str = ""
    at_least: str = ""
    without: tuple[str, ...] = ()
    readable: bool = False
    valued: bool = False
    this_year: bool = False


class Agree(StrEnum):
    """In what the two sides of one indicator agree."""

    UNIT = "单位"
    COMPARATOR = "比较符号"
    PERIOD = "年度不超过实施期"
    NUMBER = "数值"
    BOTH = "两侧都有"


class Within(StrEnum):
    """What may not exceed the funds of its side: the sum of the amounts, each of them, or unit price times quantity."""

    SUM = "合计"
    EACH = "每项"
    PRODUCT = "单价乘数量"


class Indicators(msgspec.Struct, frozen=True, tag=True):
    """Something that must hold of the indicators of every target form; exactly one of the last four is filled."""

    table: str
    where: Where = Where()
    must: Must | None = None
    agree: Agree | None = None
    complete: tuple[str, ...] = ()
    within: Within | None = None


class Sides(msgspec.Struct, frozen=True, tag=True):
    """A relation between the sides of every target form (年度 ≤ 实施期), in some of its columns.

    `fields` keeps forms whose field has one of these words; `agreeing` is a column in which the sides must be equal, or
    the form is left to the rule about that column.
    """

    table: str
    relation: Relation
    columns: tuple[str, ...]
    fields: dict[str, tuple[str, ...]] = {}
    agreeing: str = ""


class Parts(msgspec.Struct, frozen=True, tag=True):
    """The total of a target form is the sum of each group of parts of which it prints the first.

    Or it is one of the figures that `against` names, written as relations with nothing.
    """

    table: str
    total: str
    groups: tuple[tuple[str, ...], ...] = ()
    against: tuple[Relation, ...] = ()


class Says(StrEnum):
    """What target forms and project tables have in common."""

    AMOUNT = "金额"
    NAME = "名称"
    FORM = "有项目"
    PROJECT = "有目标"


class TargetTie(msgspec.Struct, frozen=True, tag=True):
    """Every target form has its project in a project table, by unit and name, with its amount.

    `current` is the table of this year's projects, `carried` that of projects carried over.
    """

    table: str
    current: str
    carried: str
    says: Says


TargetSlots = Indicators | Sides | Parts | TargetTie


class IndicatorsText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The slot `indicators` as written."""

    where: Where = Where()
    must: Must | None = None
    agree: Agree | None = None
    complete: tuple[str, ...] = ()
    within: Within | None = None


class TargetsText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The slot `targets` as written: how target forms join the project tables."""

    current: str
    carried: str
    says: Says


DIMENSIONS = ("金额", "比率", "分值", "时间", "数量", "文字", "无单位")
COMPARATORS = ("≥", "≤", ">", "<", "=", "≈", "无")
NO_COMPARATOR = "无"
"""Stands in rules for a value that prints no comparator."""


def describe(slots: TargetSlots) -> str:
    """Return what a rule about targets says, in one line."""
    match slots:
        case Sides(table, relation, columns, fields, agreeing):
            kept = "".join(f"，{name}含{'或'.join(words)}" for name, words in fields.items())
            same = f"，{agreeing}相同时" if agreeing else ""
            return f"{table}的{'、'.join(columns)}{kept}{same}：{relation.text}"
        case Parts(table, total, _, against) if against:
            return f"{table}：{total} = " + " 或 ".join(
                str(one) for relation in against for one in relation.references()
            )
        case Parts(table, total, groups):
            return f"{table}：{total} = " + "，".join(" + ".join(group) for group in groups)
        case TargetTie(table, current, carried, says):
            return f"{table}与{current}、{carried}按单位和项目名称核对：{says}"
        case Indicators(table, where):
            return f"{table}{_describe_where(where)}：{_describe_demand(slots)}"


def _describe_where(where: Where) -> str:
    words = [
        "、".join([*where.side, *where.first, *where.second]),
        f"名称含{'或'.join(where.named)}" if where.named else "",
        f"名称不含{'、'.join(where.unnamed)}" if where.unnamed else "",
        f"名称以{'或'.join(where.ends)}结尾" if where.ends else "",
        f"但不以{'、'.join(where.not_ends)}结尾" if where.not_ends else "",
        f"值为{'或'.join(where.measured)}" if where.measured else "",
        f"比较符号为{' '.join(where.comparator)}" if where.comparator else "",
        f"值达到{where.at_least}" if where.at_least else "",
        f"值不含{'、'.join(where.not_worded)}" if where.not_worded else "",
        f"项目属性含{'或'.join(where.project)}" if where.project else "",
    ]
    return "的指标" + ("（" + "，".join(filter(None, words)) + "）" if any(words) else "")


def _describe_demand(slots: Indicators) -> str:
    if slots.agree is not None:
        return f"实施期与年度相符（{slots.agree}）"
    if slots.complete:
        return f"每张表都有{'、'.join(slots.complete).replace('|', '或')}指标"
    if slots.within is not None:
        return f"{slots.within}不超过资金总额"
    must = slots.must or Must()
    words = [
        f"比较符号为{' '.join(must.comparator)}" if must.comparator else "",
        f"值为{'或'.join(must.measured)}" if must.measured else "",
        f"值不为{'或'.join(must.not_measured)}" if must.not_measured else "",
        f"不大于{must.at_most}" if must.at_most else "",
        f"不小于{must.at_least}" if must.at_least else "",
        f"不含{'、'.join(must.without)}" if must.without else "",
        "能读懂" if must.readable else "",
        "有指标值" if must.valued else "",
        "所写年份为本年度" if must.this_year else "",
    ]
    return "，".join(filter(None, words))


def check_targets(slots: object, forms: dict[str, Form]) -> Iterator[tuple[str, str]]:
    """Yield (slot, complaint) for every name in a rule about targets that does not exist."""
    match slots:
        case Indicators(table):
            yield from _check_indicators(slots)
            card = forms[table].card if table in forms else None
            if card is None or not card.indicators:
                yield "table", f"{table}没有绩效指标"
        case Sides(table, relation, columns, fields, agreeing) if table in forms:
            rows = [reference.column for reference in relation.references()]
            yield from _unknown("sides", table, rows, forms[table].fixed_rows)
            yield from _unknown("columns", table, [*columns, *filter(None, [agreeing])], forms[table].columns)
            card = forms[table].card
            yield from _unknown("fields", table, list(fields), card.fields if card else ())
        case Parts(table, total, groups) if table in forms:
            named = [total, *(name for group in groups for name in group)]
            yield from _unknown("groups", table, named, forms[table].columns)


def _unknown(slot: str, table: str, names: list[str], known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name not in known:
            yield slot, f"{table}没有“{name}”{did_you_mean(name, known)}"


def _check_indicators(slots: Indicators) -> Iterator[tuple[str, str]]:
    demands = [slots.must is not None, slots.agree is not None, bool(slots.complete), slots.within is not None]
    if sum(demands) != 1:
        yield "indicators", "must、agree、complete、within 须有且只有一个"
    must = slots.must or Must()
    for name in (*slots.where.measured, *must.measured, *must.not_measured):
        if name not in DIMENSIONS:
            yield "indicators", f"没有“{name}”这样的值{did_you_mean(name, DIMENSIONS)}"
    for name in (*slots.where.comparator, *must.comparator):
        if name not in COMPARATORS:
            yield "indicators", f"没有比较符号“{name}”，可用的有 {'、'.join(COMPARATORS)}"
    for bound in filter(None, (slots.where.at_least, must.at_most, must.at_least)):
        if read_value(bound).kind is not ValueKind.NUMBER:
            yield "indicators", f"“{bound}”不是数值"
