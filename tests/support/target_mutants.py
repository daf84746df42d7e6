"""Rules about performance targets changed on purpose, one slot at a time."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.ruleset.expression import Comparison, Term
from checker.ruleset.targets import (
    COMPARATORS,
    Agree,
    Indicators,
    Must,
    Parts,
    Says,
    Sides,
    TargetSlots,
    TargetTie,
    Where,
    Within,
)

Slots = Iterator[tuple[str, TargetSlots]]


def target_mutants(slots: TargetSlots) -> Slots:
    """Yield a rule about targets with one slot emptied or filled otherwise."""
    match slots:
        case Indicators():
            yield from _indicators(slots)
        case Sides():
            yield from _sides(slots)
        case Parts():
            yield from _parts(slots)
        case TargetTie():
            for says in Says:
                if says is not slots.says:
                    yield f"改查{says}", msgspec.structs.replace(slots, says=says)
            swapped = msgspec.structs.replace(slots, current=slots.carried, carried=slots.current)
            yield "两张项目表互换", swapped


def _indicators(slots: Indicators) -> Slots:
    yield "改查整体绩效目标表", msgspec.structs.replace(slots, table="整体绩效目标表")
    for words, where in _wheres(slots.where):
        yield words, msgspec.structs.replace(slots, where=where)
    for words, must in _musts(slots.must) if slots.must else ():
        yield words, msgspec.structs.replace(slots, must=must)
    for agree in Agree if slots.agree else ():
        if agree is not slots.agree:
            yield f"改为{agree}", msgspec.structs.replace(slots, agree=agree)
    for within in Within if slots.within else ():
        if within is not slots.within:
            yield f"改为{within}", msgspec.structs.replace(slots, within=within)
    for number, wanted in enumerate(slots.complete):
        for name in wanted.split("|"):
            rest = "|".join(other for other in wanted.split("|") if other != name) or "质量与数量"
            complete = (*slots.complete[:number], rest, *slots.complete[number + 1 :])
            yield f"不认{name}", msgspec.structs.replace(slots, complete=complete)


def _wheres(where: Where) -> Iterator[tuple[str, Where]]:
    for field in msgspec.structs.fields(Where):
        words = getattr(where, field.name)
        if not words:
            continue
        yield f"不看 {field.name}", msgspec.structs.replace(where, **{field.name: field.default})
        for word in words if field.name in {"second", "measured"} and len(words) > 1 else ():
            rest = tuple(other for other in words if other != word)
            yield f"{field.name} 少了{word}", msgspec.structs.replace(where, **{field.name: rest})


def _musts(must: Must) -> Iterator[tuple[str, Must]]:
    for field in msgspec.structs.fields(Must):
        if getattr(must, field.name):
            yield f"不要求 {field.name}", msgspec.structs.replace(must, **{field.name: field.default})
    if must.comparator:
        others = tuple(sign for sign in COMPARATORS if sign not in must.comparator)
        yield "比较符号相反", msgspec.structs.replace(must, comparator=others)
    for slot, other in (("at_most", "at_least"), ("at_least", "at_most")):
        if bound := getattr(must, slot):
            yield f"{slot} 改为 {other}", msgspec.structs.replace(must, **{slot: "", other: bound})


def _sides(slots: Sides) -> Slots:
    for comparison in (Comparison.EQUAL, Comparison.AT_MOST, Comparison.AT_LEAST):
        if comparison is not slots.relation.comparison:
            relation = msgspec.structs.replace(slots.relation, comparison=comparison)
            yield f"改为 {comparison}", msgspec.structs.replace(slots, relation=relation)
    terms = slots.relation.terms or ()
    turned = tuple(Term(-term.sign, term.reference) for term in terms[:1]) + terms[1:]
    yield "变号", msgspec.structs.replace(slots, relation=msgspec.structs.replace(slots.relation, terms=turned))
    for column in slots.columns if len(slots.columns) > 1 else ():
        rest = tuple(other for other in slots.columns if other != column)
        yield f"不查{column}", msgspec.structs.replace(slots, columns=rest)
    if slots.fields:
        yield "不看字段", msgspec.structs.replace(slots, fields={})
    for name, words in slots.fields.items():
        for word in words:
            rest = tuple(other for other in words if other != word)
            yield f"{name}不认{word}", msgspec.structs.replace(slots, fields={**slots.fields, name: rest})
    if slots.agreeing:
        yield "不看总额", msgspec.structs.replace(slots, agreeing="")


def _parts(slots: Parts) -> Slots:
    for number, relation in enumerate(slots.against):
        against = (*slots.against[:number], *slots.against[number + 1 :])
        yield f"不与{relation.text}比", msgspec.structs.replace(slots, against=against)
    for number, group in enumerate(slots.groups):
        rest = (*slots.groups[:number], *slots.groups[number + 1 :])
        yield f"不查{group[0]}一组", msgspec.structs.replace(slots, groups=rest)
        for name in group:
            fewer = tuple(other for other in group if other != name)
            groups = (*slots.groups[:number], fewer, *slots.groups[number + 1 :])
            yield f"漏了{name}", msgspec.structs.replace(slots, groups=groups)
