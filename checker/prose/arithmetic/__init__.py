"""Sums and products written out in running text → relations, each agreeing, differing, or unclear with a reason.

What is looked for, sentence by sentence:

* signs of arithmetic with `=` or a total behind them (`expressions`);
* a total (合计, 共计, 总计, 共…) behind items, or an amount with 其中 or 用于 and its parts behind it (`sums`);
* a price (每人200元, 80元/人份, 单价) with numbers of what it is per, and an amount that they make (`products`).

An amount may be read in several ways. It agrees if one of them gives it; it differs only if the plainest reading does
not give it and nothing in the sentence leaves that reading in doubt: a figure that is about right (约, 左右), a list
that is not complete (等), parts within parts (其中), another amount or number in between. All of it in linear time.
"""

from __future__ import annotations

import re

import msgspec

from checker.prose.arithmetic.expressions import expressions_in
from checker.prose.arithmetic.pieces import Kind, Piece, Pieces, comments_of, pieces_of
from checker.prose.arithmetic.products import product_before
from checker.prose.arithmetic.relations import Answer, Form, Relation
from checker.prose.arithmetic.sums import parts_behind, sum_before

__all__ = ["Answer", "Form", "Relation", "relations_in"]

_TELLING = re.compile("计|共|总|其中|用于|包括|分别|具体|明细|构成|每|单价|人均|[/／]")
"""Words without one of which nothing is summed or multiplied."""
_ORDER = (Answer.AGREES, Answer.ROUNDING, Answer.DIFFERS, Answer.UNCLEAR)


def relations_in(text: str) -> list[Relation]:
    """Return the relations of a text in its order, with their places in it."""
    found = _relations(text, 0)
    for start, inside in comments_of(text):
        found += _relations(inside, start)
    return sorted(found, key=lambda relation: (relation.end, relation.start))


def _relations(text: str, offset: int) -> list[Relation]:
    written = expressions_in(text)
    found = list(written)
    if text.count("元") + text.count("万") > 1 and _TELLING.search(text):
        found += _told(pieces_of(_without(text, written)), {relation.end for relation in written})
    return [_moved(relation, offset) for relation in found] if offset else found


def _told(found: Pieces, done: set[int]) -> list[Relation]:
    relations: list[Relation] = []
    settled = 0
    for segment in found.segments:
        for piece in segment.pieces:
            if not piece.is_amount:
                continue
            if piece.end not in done:
                best = _best(found, piece, settled)
                settled = max([settled, *(one.end for one in best if one.answer is Answer.AGREES)])
                relations += best
            behind = parts_behind(found, piece)
            if behind is not None:
                relations.append(behind)
    return relations


def _best(found: Pieces, goal: Piece, settled: int) -> list[Relation]:
    """Return what an amount comes to: the reading that agrees, if there is one; a plain amount only if it agrees.

    What an item needs is not made of the price of an earlier item, whose own amount was `settled` by it.
    """
    candidates = [product_before(found, goal, settled if goal.kind is Kind.NEED else 0)]
    if goal.kind is Kind.TOTAL:
        candidates.append(sum_before(found, goal))
    answered = [relation for relation in candidates if relation is not None]
    if goal.kind is Kind.ITEM:
        answered = [relation for relation in answered if relation.answer is Answer.AGREES]
    return sorted(answered, key=lambda relation: _ORDER.index(relation.answer))[:1]


def _without(text: str, written: list[Relation]) -> str:
    """Return the text with the operands of its expressions blanked out, so that only their results count further."""
    parts: list[str] = []
    done = 0
    for relation in written:
        if relation.result_start > done:
            start = max(relation.start, done)
            parts += [text[done:start], " " * (relation.result_start - start)]
            done = relation.result_start
    return "".join([*parts, text[done:]])


def _moved(relation: Relation, offset: int) -> Relation:
    return msgspec.structs.replace(
        relation,
        start=relation.start + offset,
        end=relation.end + offset,
        result_start=relation.result_start + offset,
    )
