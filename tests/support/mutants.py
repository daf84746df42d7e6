"""Rules changed on purpose, one thing at a time: the cases of a rule must notice every change that has a meaning.

A rule with a term too few, a column or table confused with another, a condition forgotten, still loads and still agrees
with many filings; only its cases can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.forms.vocabulary import LEVELS, Form, Lane, Vocabulary
from checker.ruleset.arithmetic import NARRATIVE, Arithmetic, Sums
from checker.ruleset.codes import CodeCheck, CodeList, Codes, codes_of
from checker.ruleset.expression import Comparison, Reference, Relation, Term
from checker.ruleset.rules import (
    EVERY_TABLE,
    Across,
    Balance,
    Present,
    Rollup,
    Rule,
    SaidTargets,
    Shares,
    Slots,
    Source,
    Statement,
    Tie,
    Values,
)
from checker.ruleset.targets import Indicators, Parts, Sides, TargetTie
from checker.ruleset.wording import Extent, Text
from tests.support.spoken_mutants import measures_elsewhere, ratios, said_targets, shares, statements
from tests.support.target_mutants import target_mutants

Mutants = Iterator[tuple[str, Rule]]
"""What was changed, in words, and the rule so changed."""


def mutants(rule: Rule, vocabulary: Vocabulary, layouts: set[str]) -> Mutants:
    """Yield a rule with one thing changed, in every way that is worth a case in one of the layouts."""
    for number, condition in enumerate(rule.when):
        rest = (*rule.when[:number], *rule.when[number + 1 :])
        yield f"没有前提 {condition.text}", msgspec.structs.replace(rule, when=rest)
        for words, other in _printings(condition, vocabulary, layouts):
            when = (*rule.when[:number], other, *rule.when[number + 1 :])
            yield f"前提 {words}", msgspec.structs.replace(rule, when=when)
    for form in rule.titled:
        rest_titled = {other: words for other, words in rule.titled.items() if other != form}
        yield f"不看{form}的标题", msgspec.structs.replace(rule, titled=rest_titled)
    for form in rule.lacking:
        rest_lacking = {other: name for other, name in rule.lacking.items() if other != form}
        yield f"不问{form}印没印{rule.lacking[form]}", msgspec.structs.replace(rule, lacking=rest_lacking)
    for words, slots in _slots(rule.slots, vocabulary, layouts):
        yield words, msgspec.structs.replace(rule, slots=slots)


def _slots(slots: Slots, vocabulary: Vocabulary, layouts: set[str]) -> Iterator[tuple[str, Slots]]:
    match slots:
        case Balance():
            yield from _balance(slots, vocabulary, layouts)
        case Across():
            yield from _across(slots, vocabulary, layouts)
        case Rollup():
            yield from _rollup(slots, vocabulary, layouts)
        case Tie():
            yield from _tie(slots, vocabulary)
        case Present():
            yield from _present(slots, vocabulary)
        case Values():
            yield from _values(slots)
        case Statement():
            yield from statements(slots, vocabulary, lambda relation: _relations(relation, vocabulary, ""))
        case Shares() | SaidTargets():
            yield from shares(slots) if isinstance(slots, Shares) else said_targets(slots, vocabulary)
        case Text():
            yield from _text(slots)
        case Indicators() | Sides() | Parts() | TargetTie():
            yield from target_mutants(slots)
        case Arithmetic():
            yield from _arithmetic(slots)
        case Codes():
            yield from _codes(slots, vocabulary)


def _arithmetic(slots: Arithmetic) -> Iterator[tuple[str, Slots]]:
    for check in Sums:
        if check is not slots.check and (slots.form or not check.of_funds):
            yield f"改查{check}", msgspec.structs.replace(slots, check=check)
    elsewhere = NARRATIVE if slots.form else "项目绩效目标表"
    yield f"改读{elsewhere}", msgspec.structs.replace(slots, where=elsewhere)
    for field in slots.fields:
        rest = tuple(other for other in slots.fields if other != field)
        yield f"不读{field}", msgspec.structs.replace(slots, fields=rest)
    if slots.fields:
        yield "各栏都读", msgspec.structs.replace(slots, fields=())


def _balance(slots: Balance, vocabulary: Vocabulary, layouts: set[str]) -> Iterator[tuple[str, Slots]]:
    for number, relation in enumerate(slots.relations):
        others = (slots.relations[:number], slots.relations[number + 1 :])
        if len(slots.relations) > 1:
            yield f"没有 {relation.text}", msgspec.structs.replace(slots, relations=others[0] + others[1])
        for words, mutant in (*_relations(relation, vocabulary, ""), *_printings(relation, vocabulary, layouts)):
            yield words, msgspec.structs.replace(slots, relations=(*others[0], mutant, *others[1]))
    for column in slots.columns:
        rest = tuple(other for other in slots.columns if other != column)
        yield f"不查{column}栏", msgspec.structs.replace(slots, columns=rest)


def _across(slots: Across, vocabulary: Vocabulary, layouts: set[str]) -> Iterator[tuple[str, Slots]]:
    relation, table = slots.relation, slots.table
    for words, mutant in (*_relations(relation, vocabulary, table), *_printings(relation, vocabulary, layouts, table)):
        yield words, msgspec.structs.replace(slots, relation=mutant)
    used = {term.reference.column for term in slots.relation.terms or ()}
    for form in vocabulary.forms.values():
        if form.form != slots.table and used <= set(form.columns):
            yield f"改查{form.form}", msgspec.structs.replace(slots, table=form.form)
    for name in filter(None, slots.below):
        rest = tuple(other for other in slots.below if other != name)
        yield f"不查{name}之下", msgspec.structs.replace(slots, below=rest or ("",))
    if any(slots.below):
        yield "各行都查", msgspec.structs.replace(slots, below=("",))


def _rollup(slots: Rollup, vocabulary: Vocabulary, layouts: set[str]) -> Iterator[tuple[str, Slots]]:
    form = vocabulary.forms[slots.table]
    facts = [vocabulary.layouts[layout].facts(vocabulary.forms) for layout in layouts]
    printed = {column for one in facts for column in one.columns.get(slots.table, ())}
    columns = [column for column in form.columns if column in printed]
    for column in columns if len(columns) > 1 else ():
        rest = tuple(other for other in columns if other != column)
        yield f"不查{column}栏", msgspec.structs.replace(slots, columns=rest)
    for other_form in vocabulary.forms.values():
        if other_form is not form and not other_form.card:
            yield f"改查{other_form.form}", msgspec.structs.replace(slots, table=other_form.form)


def _tie(slots: Tie, vocabulary: Vocabulary) -> Iterator[tuple[str, Slots]]:
    for words, left in _sources(slots.left, vocabulary):
        yield f"左边{words}", msgspec.structs.replace(slots, left=left)
    for number, source in enumerate(slots.right):
        others = (slots.right[:number], slots.right[number + 1 :])
        if len(slots.right) > 1:
            yield f"右边没有{source.table}", msgspec.structs.replace(slots, right=others[0] + others[1])
        for words, mutant in _sources(source, vocabulary):
            yield f"右边{words}", msgspec.structs.replace(slots, right=(*others[0], mutant, *others[1]))
    for flag in ("keys_only", "one_way") if slots.keys_only else ("at_most", "keys_only", "matched_only"):
        turned = not getattr(slots, flag)
        yield f"{flag} 改为 {turned}", msgspec.structs.replace(slots, **{flag: turned})


def _present(slots: Present, vocabulary: Vocabulary) -> Iterator[tuple[str, Slots]]:
    if slots.matter:
        yield "不说是什么事项", msgspec.structs.replace(slots, matter="")
    for form in slots.forms:
        yield f"不要求{form}", msgspec.structs.replace(slots, forms=tuple(f for f in slots.forms if f != form))
    for word in slots.mentions:
        rest = tuple(other for other in slots.mentions if other != word)
        yield f"不认{word}", msgspec.structs.replace(slots, mentions=rest or ("没有这个词",))
    if slots.nil_table:
        for name in vocabulary.forms:
            if name != slots.nil_table:
                yield f"改查{name}", msgspec.structs.replace(slots, nil_table=name)
    for number, relation in enumerate(slots.nil_when):
        others = (slots.nil_when[:number], slots.nil_when[number + 1 :])
        yield f"不看 {relation.text}", msgspec.structs.replace(slots, nil_when=others[0] + others[1])
        for words, mutant in _relations(relation, vocabulary, ""):
            if "≤" not in words and "≥" not in words:  # of an amount that is never negative
                yield words, msgspec.structs.replace(slots, nil_when=(*others[0], mutant, *others[1]))


def _values(slots: Values) -> Iterator[tuple[str, Slots]]:
    if slots.displayed:
        yield "不查显示", msgspec.structs.replace(slots, displayed=False)
        yield "只查一张表", msgspec.structs.replace(slots, table="收支总表")
        return
    if slots.pairs:
        yield "不查对应", msgspec.structs.replace(slots, pairs={})
    yield "改变 unique", msgspec.structs.replace(slots, unique=not slots.unique)
    yield "改查类", msgspec.structs.replace(slots, rows=("类",))


def _text(slots: Text) -> Iterator[tuple[str, Slots]]:
    """Yield a rule about wording that looks at less, forbids or excuses less, or excuses from elsewhere."""
    for slot, words in (("within", "不看"), ("names", "不看"), ("forbids", "不禁止"), ("unless", "不管")):
        given = getattr(slots, slot)
        for number, one in enumerate(given):
            if len(given) > 1 or (slot in {"names", "unless"} or slots.judges):
                rest = (*given[:number], *given[number + 1 :])
                if slot != "within" or rest:
                    yield f"{words}{one}", msgspec.structs.replace(slots, **{slot: rest})
    if slots.level is not None:
        yield "不管级次", msgspec.structs.replace(slots, level=None)
    if slots.since:
        yield "不管年度", msgspec.structs.replace(slots, since=0)
    if slots.unless and slots.judges is None:
        for extent in Extent:
            if extent is not slots.extent:
                yield f"范围改为 {extent}", msgspec.structs.replace(slots, extent=extent)


def _codes(slots: Codes, vocabulary: Vocabulary) -> Iterator[tuple[str, Slots]]:
    every = slots.table == EVERY_TABLE
    for check in CodeCheck:
        if check is not slots.check:
            yield f"{slots.check} 改为 {check}", codes_of(slots.codes, check, slots.table, vocabulary, every)
    for codes in CodeList:
        if codes is not slots.codes:
            yield f"{slots.codes} 改为 {codes}", codes_of(codes, slots.check, slots.table, vocabulary, every)
    for form in slots.forms if every else ():
        yield f"只查{form}", codes_of(slots.codes, slots.check, form, vocabulary, False)


def _relations(relation: Relation, vocabulary: Vocabulary, table: str) -> Iterator[tuple[str, Relation]]:
    """Yield an equation with a term dropped, turned round or taken from elsewhere, or with another comparison."""
    terms = relation.terms or ()
    if relation.terms is None:
        yield from ratios(relation, lambda reference: _elsewhere(reference, vocabulary, table))
    for number, term in enumerate(terms):
        before, after = terms[:number], terms[number + 1 :]
        yield f"{relation.text}：漏了 {term.reference}", msgspec.structs.replace(relation, terms=(*before, *after))
        if len(terms) > 1:
            turned = Term(-term.sign, term.reference)
            yield f"{relation.text}：{term.reference} 变号", _with(relation, before, turned, after)
        for reference in _elsewhere(term.reference, vocabulary, table):
            moved = Term(term.sign, reference)
            yield f"{relation.text}：{term.reference} 误作 {reference}", _with(relation, before, moved, after)
    for comparison in (Comparison.EQUAL, Comparison.AT_MOST, Comparison.AT_LEAST):
        if comparison is not relation.comparison:
            changed = msgspec.structs.replace(relation, comparison=comparison)
            yield f"{relation.text}：改为 {comparison}", changed


def _printings(
    relation: Relation, vocabulary: Vocabulary, layouts: set[str], table: str = ""
) -> Iterator[tuple[str, Relation]]:
    """Yield an equation that takes one reference to be printed everywhere, or no longer does.

    A `?` more has a meaning only in a sum that goes on without the figure, in a layout that does not always print it;
    a `?` too few always has one, or it would not be there.
    """
    terms = relation.terms or ()
    goes_on = sum(not term.reference.optional for term in terms) > 2
    for number, term in enumerate(terms):
        reference = term.reference
        unprinted = goes_on and _not_always_printed(reference, vocabulary, layouts, table)
        if reference.optional or (unprinted and not reference.summed):
            other = msgspec.structs.replace(reference, optional=not reference.optional)
            words = f"{relation.text}：{reference} {'少' if reference.optional else '多'}了 ?"
            yield words, _with(relation, terms[:number], Term(term.sign, other), terms[number + 1 :])


def _not_always_printed(reference: Reference, vocabulary: Vocabulary, layouts: set[str], table: str) -> bool:
    facts = [vocabulary.layouts[layout].facts(vocabulary.forms) for layout in layouts]
    names = {reference.row, reference.column}
    return any(names & {*one.omitted.get(reference.table or table, ())} for one in facts)


def _with(relation: Relation, before: tuple[Term, ...], term: Term, after: tuple[Term, ...]) -> Relation:
    return msgspec.structs.replace(relation, terms=(*before, term, *after))


def _elsewhere(reference: Reference, vocabulary: Vocabulary, table: str) -> Iterator[Reference]:
    """Yield the references that one could mistake for this: another column or row of its lane, or another table."""
    if (reference.table or table) not in vocabulary.forms:
        yield from measures_elsewhere(reference, vocabulary)
        return
    form = vocabulary.forms[reference.table or table]
    lane = _lane(form, reference)
    columns = lane.columns if lane else form.columns
    for column in columns if reference.column else ():
        if column != reference.column:
            yield msgspec.structs.replace(reference, column=column)
    if not reference.table:
        return
    rows = [*lane.rows, *LEVELS[lane.hierarchy]] if lane else []
    for row in rows if reference.row in rows else ():
        if row != reference.row:
            yield msgspec.structs.replace(reference, row=row, summed=row in form.levels)
    for other in vocabulary.forms.values():
        if other is not form and reference.row in (*other.fixed_rows, *other.levels) and not other.card:
            twin = _lane(other, reference)
            if twin and (reference.column in (*twin.columns, "*") or (not reference.column and len(twin.columns) == 1)):
                yield msgspec.structs.replace(reference, table=other.form)


def _lane(form: Form, reference: Reference) -> Lane | None:
    """Return the lane that a reference points into."""
    for lane in form.lanes:
        total = () if lane.rows else (lane.total,)
        has_row = not reference.row or reference.row in (*lane.rows, *total, *LEVELS[lane.hierarchy])
        if has_row and reference.column in (*lane.columns, "*", ""):
            return lane
    return None


def _sources(source: Source, vocabulary: Vocabulary) -> Iterator[tuple[str, Source]]:
    form = vocabulary.forms[source.table]
    for level in source.rows if len(source.rows) > 1 else ():
        yield f"不查{level}", msgspec.structs.replace(source, rows=tuple(row for row in source.rows if row != level))
    for column in source.columns:
        rest = tuple(other for other in source.columns if other != column)
        if rest:
            yield f"漏了{column}栏", msgspec.structs.replace(source, columns=rest)
        lane = next(lane for lane in form.lanes if column in lane.columns)
        for other in lane.columns:
            if other not in source.columns:
                yield f"{column}误作{other}", msgspec.structs.replace(source, columns=(*rest, other))
    for other_form in vocabulary.forms.values():
        fits = set(source.columns) <= set(other_form.columns) and set(source.rows) <= set(other_form.levels)
        if other_form is not form and fits and not other_form.card:
            yield f"{source.table}误作{other_form.form}", msgspec.structs.replace(source, table=other_form.form)
