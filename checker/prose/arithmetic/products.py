"""A price, a number and what they make, told by words alone: 5100人份，每人份80元，共计40.8万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

from checker.prose.arithmetic.amounts import ZERO, Amount, amount_of
from checker.prose.arithmetic.pieces import Kind, Piece, Pieces
from checker.prose.arithmetic.relations import Answer, Form, Reading, Relation, settle
from checker.prose.arithmetic.units import TIMES

_NUMERAL: Final = re.compile(
    r"(半|[一二两三四五六七八九十]{1,2})\s*(?:次|个月|个季度|季度|期|年|天|轮|批|场|季|学期|届|周|趟|套|剂)"
)
_VALUES: Final = {
    "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十二": 12,
}  # fmt: skip
"""Numbers written in characters that may multiply: 两次, 三个月."""
MOST_COUNTS: Final = 5
"""Numbers beside a price beyond which nobody can say what is multiplied with what."""


def product_before(found: Pieces, goal: Piece, behind: int = 0) -> Relation | None:
    """Return the relation of an amount with the price and the numbers before it in its sentence, from `behind` on."""
    near = _product_of(found, _region(found, goal, behind, bounded=True), goal)
    if goal.kind is not Kind.TOTAL or (near is not None and near.answer is Answer.AGREES):
        return near
    return _product_of(found, _region(found, goal, behind, bounded=False), goal)


def _product_of(found: Pieces, pieces: list[Piece], goal: Piece) -> Relation | None:
    prices = [piece for piece in pieces if piece.kind is Kind.PRICE]
    counts = [piece for piece in pieces if piece.kind is Kind.COUNT]
    items = [piece for piece in pieces if piece.kind in {Kind.ITEM, Kind.NEED}]
    if not prices or not counts:
        return None
    span = (min(prices[0].start, counts[0].start), goal.end, goal.start)
    likely, doubt = _likely(prices, counts, goal)
    spoken = [value for word in _NUMERAL.findall(found.text, span[0], goal.start) if (value := _VALUES.get(word, 0))]
    if spoken:
        doubt = doubt or "句中还有用汉字写的数量"
    if items:
        doubt = doubt or "句中还有其他金额"
    return settle(Form.PRODUCT, span, goal.figure, likely, list(_possible(prices, counts, items, spoken)), doubt)


def _region(found: Pieces, goal: Piece, behind: int, *, bounded: bool) -> list[Piece]:
    """Return what stands before an amount in its sentence, behind the last total and from `behind` on.

    A semicolon bounds it: only a total can count what stands before that.
    """
    pieces: list[Piece] = []
    sentence = found.segments[goal.segment].sentence
    for number in range(goal.segment, -1, -1):
        segment = found.segments[number]
        if segment.sentence != sentence or len(pieces) > 4 * MOST_COUNTS:
            break
        if bounded and segment.stop == ";" and number < goal.segment:
            break
        for piece in reversed(segment.pieces):
            if behind <= piece.start < goal.start:
                if piece.kind is Kind.TOTAL:
                    return pieces[::-1]
                pieces.append(piece)
    return pieces[::-1]


def _likely(prices: Sequence[Piece], counts: Sequence[Piece], goal: Piece) -> tuple[list[Reading], str]:
    """Return price × the numbers of what it is per, and why that may not be what is meant."""
    price, doubt = prices[-1], "有几个单价" if len(prices) > 1 else ""
    chosen: list[Piece] = []
    for unit in price.per:
        matched = [count for count in counts if unit in count.units] if unit else list(counts)
        if not matched:
            if unit != "年":
                doubt = doubt or f"单价按“{unit}”计，没有写明相应的数量"
            continue
        if len({count.figure.minor for count in matched}) > 1:
            doubt = doubt or f"有几个数量，如“{_word(matched[0])}”和“{_word(matched[-1])}”"
        chosen.append(matched[-1])
    if not chosen:
        chosen, doubt = [counts[-1]], doubt or "数量与单价的单位不对应"
    values = {count.figure.minor for count in chosen}
    rest = [count for count in counts if count.figure.minor not in {*values, 1}]
    if rest:
        doubt = doubt or f"还有数量“{_word(rest[0])}”，不能确定怎样相乘"
    about = next((piece for piece in (price, goal, *chosen) if piece.about), None)
    if about is not None:
        doubt = doubt or f"“{_word(about)}”是约数"
    if not goal.plain and goal.kind is Kind.ITEM:
        doubt = doubt or "不能确定金额是否为此项的总额"
    return [_product(price, chosen)], doubt


def _possible(
    prices: Sequence[Piece], counts: Sequence[Piece], items: Sequence[Piece], spoken: Sequence[int]
) -> Iterator[Reading]:
    """Yield other ways to multiply: any of the numbers, a year of months; several prices, each with its number."""
    rest = Amount(ZERO)
    for item in items:
        rest += amount_of(item.figure)
    words = "".join(f" + {_word(item)}" for item in items)
    if len(prices) == 1 and len(counts) <= MOST_COUNTS:
        for size in range(1, len(counts) + 1):
            for chosen in combinations(counts, size):
                made = _product(prices[0], chosen)
                yield made
                for times in {*spoken, *([12] if set(prices[0].per) & TIMES else [])}:
                    yield Reading(f"{made.words}×{times}", made.amount.scaled(Fraction(times)))
                if items:
                    yield Reading(made.words + words, made.amount + rest)
    elif len(counts) == 1 and len(prices) <= MOST_COUNTS:
        together = amount_of(prices[0].figure)
        for price in prices[1:]:
            together += amount_of(price.figure)
        joined = " + ".join(map(_word, prices))
        yield Reading(f"({joined})×{_word(counts[0])}", together * amount_of(counts[0].figure) + rest)
    elif len(prices) == len(counts) <= 4 * MOST_COUNTS:
        parts = [_product(price, [count]) for price, count in zip(prices, counts, strict=True)]
        amount = Amount(ZERO)
        for part in parts:
            amount += part.amount
        joined = " + ".join(part.words for part in parts)
        yield Reading(joined, amount)
        yield Reading(joined + words, amount + rest)


def _product(price: Piece, counts: Sequence[Piece]) -> Reading:
    amount = amount_of(price.figure)
    for count in counts:
        amount *= amount_of(count.figure)
    return Reading("×".join(map(_word, [price, *counts])), amount)


def _word(piece: Piece) -> str:
    return re.sub(r"\s+", "", piece.figure.text)
