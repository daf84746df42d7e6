"""Rules about prose changed on purpose: what a statement or a share is said of, where, and against what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from checker.forms.vocabulary import Vocabulary
from checker.model.claim import WORDS, Measure
from checker.ruleset.expression import Absolute, Binary, Expression, Number, Reference, Relation
from checker.ruleset.rules import ITEMS, Names, SaidTargets, Shares, Statement

FIGURES = tuple(measure.value for measure in Measure if measure not in WORDS)
"""The measures of a claim that are numbers."""
Elsewhere = Callable[[Reference], Iterator[Reference]]
_OTHER = {"+": "-", "-": "+", "×": "÷", "÷": "×"}


def statements(
    slots: Statement, vocabulary: Vocabulary, relations: Callable[[Relation], Iterator[tuple[str, Relation]]]
) -> Iterator[tuple[str, Statement]]:
    """Yield a statement with one slot changed; `relations` changes an equation."""
    for number, relation in enumerate(slots.relations):
        before, after = slots.relations[:number], slots.relations[number + 1 :]
        if before or after:
            yield f"没有 {relation.text}", msgspec.structs.replace(slots, relations=before + after)
        for words, mutant in relations(relation):
            yield words, msgspec.structs.replace(slots, relations=(*before, mutant, *after))
    for slot in ("passages", "subjects", "needs"):
        named = getattr(slots, slot)
        for name in named if len(named) > 1 else ():
            rest = tuple(other for other in named if other != name)
            yield f"{slot} 没有{name}", msgspec.structs.replace(slots, **{slot: rest})
        if named and named != (ITEMS,):  # nothing else has a row in a table
            yield f"不限 {slot}", msgspec.structs.replace(slots, **{slot: ()})
    if slots.whole:
        yield "不试总数", msgspec.structs.replace(slots, whole=False)
    yield from _sayings(slots, vocabulary)


def _sayings(slots: Statement, vocabulary: Vocabulary) -> Iterator[tuple[str, Statement]]:
    """Yield a statement with what it compares instead of an equation changed."""
    for words, measures in _directions(slots.direction):
        yield words, msgspec.structs.replace(slots, direction=measures)
    for words, names in _names(slots.names, vocabulary) if slots.names is not None else ():
        yield words, msgspec.structs.replace(slots, names=names)
    for form in slots.items_of:
        rest = tuple(other for other in slots.items_of if other != form)
        yield f"不找{form}", msgspec.structs.replace(slots, items_of=rest or ("收支总表",))
    if slots.count:
        yield "数别的表", msgspec.structs.replace(slots, count="收支总表")
    for measure in FIGURES if slots.parts else ():
        if measure != slots.parts:
            yield f"{slots.parts}误作{measure}", msgspec.structs.replace(slots, parts=measure)


def shares(slots: Shares) -> Iterator[tuple[str, Shares]]:
    """Yield a share rule with one slot changed."""
    yield "complete 相反", msgspec.structs.replace(slots, complete=not slots.complete)
    for name in slots.bases:
        rest = {other: relation for other, relation in slots.bases.items() if other != name}
        yield f"不知道{name}", msgspec.structs.replace(slots, bases=rest)
    if slots.passages:
        yield "不限 passages", msgspec.structs.replace(slots, passages=())


def said_targets(slots: SaidTargets, vocabulary: Vocabulary) -> Iterator[tuple[str, SaidTargets]]:
    """Yield a rule about indicators named in prose that reads other forms, fewer passages or more of them."""
    for form in vocabulary.forms.values():
        if form.card and form.form != slots.table:
            yield f"改查{form.form}", msgspec.structs.replace(slots, table=form.form)
    for name in slots.passages:
        rest = tuple(other for other in slots.passages if other != name)
        yield f"不读{name}", msgspec.structs.replace(slots, passages=rest)
    every = {spec.passage for layout in vocabulary.layouts.values() for spec in layout.passages}
    if further := tuple(sorted(every - {*slots.passages})):
        yield "每一段都读", msgspec.structs.replace(slots, passages=(*slots.passages, *further))


def measures_elsewhere(reference: Reference, vocabulary: Vocabulary) -> Iterator[Reference]:
    """Yield what one could mistake a measure of a claim for: another measure, or that of another quantity."""
    for measure in FIGURES:
        if measure != reference.column:
            yield msgspec.structs.replace(reference, column=measure)
    if reference.table:
        name, _, nth = reference.row.partition("#")
        if nth:
            yield msgspec.structs.replace(reference, row=name)
        for other in vocabulary.wording.quantities:
            if other != name:
                yield msgspec.structs.replace(reference, row=other)


def ratios(relation: Relation, elsewhere: Elsewhere) -> Iterator[tuple[str, Relation]]:
    """Yield an equation that multiplies or divides with one reference, operation or order changed."""
    for words, left in _expressions(relation.left, elsewhere):
        yield f"{relation.text}：{words}", msgspec.structs.replace(relation, left=left)
    for words, right in _expressions(relation.right, elsewhere):
        yield f"{relation.text}：{words}", msgspec.structs.replace(relation, right=right)


def _expressions(expression: Expression, elsewhere: Elsewhere) -> Iterator[tuple[str, Expression]]:
    match expression:
        case Reference():
            for other in elsewhere(expression):
                yield f"{expression} 误作 {other}", other
        case Binary(operator, left, right):
            yield f"{operator} 误作 {_OTHER[operator]}", Binary(_OTHER[operator], left, right)
            if operator in "-÷":
                yield f"{operator} 两边颠倒", Binary(operator, right, left)
            for words, mutant in _expressions(left, elsewhere):
                yield words, Binary(operator, mutant, right)
            for words, mutant in _expressions(right, elsewhere):
                yield words, Binary(operator, left, mutant)
        case Absolute(inner):
            for words, mutant in _expressions(inner, elsewhere):
                yield words, Absolute(mutant)
        case Number():
            return


def _directions(measures: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if measures:
        yield "大小颠倒", measures[::-1]
    for number, name in enumerate(measures):
        for other in FIGURES:
            if other != name:
                yield f"{name}误作{other}", (*measures[:number], other, *measures[number + 1 :])


def _names(names: Names, vocabulary: Vocabulary) -> Iterator[tuple[str, Names]]:
    for name in names.below:
        yield f"不看{name}", msgspec.structs.replace(names, below=tuple(one for one in names.below if one != name))
    for column in vocabulary.forms[names.table].columns:
        if column != names.column:
            yield f"{names.column}误作{column}", msgspec.structs.replace(names, column=column)
