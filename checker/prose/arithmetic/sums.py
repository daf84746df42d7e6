"""Items and their total, and a total and its parts, told by words alone: A费3万元；B费2万元，共计5万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from checker.model.bands import Band
from checker.prose.arithmetic.amounts import amount_of, compare, stated, sums_of, total
from checker.prose.arithmetic.pieces import Kind, Piece, Pieces, Segment
from checker.prose.arithmetic.relations import Form, Reading, Relation, settle

FARTHEST: Final = 30
"""Amounts before a total, or behind one, that are looked at."""
MOST_BETWEEN: Final = 4
"""Segments between an amount and its parts: it, what it changed by, the rate, the share."""
LEAST_ITEMS: Final = 3
"""Amounts that make a list without a total."""
_MONEY: Final = frozenset({Kind.ITEM, Kind.NEED, Kind.PRICE, Kind.CHANGE, Kind.TOTAL})
_ITEMS: Final = frozenset({Kind.ITEM, Kind.NEED})
_NESTED: Final = re.compile(r"其中|包括|包含|含(?!量|氟|碘)")
_OVERLAPS: Final = re.compile(r"小微|中小企业|用于")
_BESIDES: Final = re.compile(r"^\s*(?:另|此外|同时|还需|还有|加上)")
_AND_SO_ON: Final = re.compile(r"\s*等(?![级待奖次离保差])")
_COUNTED: Final = re.compile(r"[0-9]\s*[一-鿿]{1,2}\s*$")
_INTRODUCES: Final = re.compile(
    r"\s*[，,。；;:]?\s*(?:其中|主要用于|用于|主要包括|包括|分别用于|分别为|分别是|具体为|具体包括|明细如下|构成为)"
)
_THE_REST: Final = re.compile(r"^\s*(?:其他|其它|其余|剩余|余下|另外)")


def sum_before(found: Pieces, goal: Piece) -> Relation | None:
    """Return the relation of a total with the items before it.

    A total of something that it names itself (政府采购预算总额) need not be of them: it is one only if it agrees.
    """
    items, doubt = _list_before(found, goal)
    span = (min([goal.start, *(item.start for item in items)]), goal.end, goal.start)
    likely = [_sum(items)] if len(items) > 1 and goal.plain else []
    return settle(Form.SUM, span, goal.figure, likely, list(_possible(found, goal)), doubt)


def parts_behind(found: Pieces, whole: Piece) -> Relation | None:
    """Return the relation of an amount with its parts, if the words behind it say that parts follow."""
    introduced = _introduced(found, whole)
    if introduced is None or (_after_full_stop(introduced[0]) and not _alone(found, whole)):
        return None
    parts, doubt = _list_behind(found, introduced.end(), whole)
    if len(parts) < 2:
        return None
    whole_amount = stated(whole.figure)
    count = _count_to(parts, whole_amount.value, 1)
    parts = parts[:count] if count else parts
    first = _first_group(found, parts)
    if 1 < len(first) < len(parts) and compare(whole_amount, _sum(first).amount) is Band.ROUNDING:
        parts = first
    reading = _sum(parts)
    if whole.about:
        doubt = doubt or "总额是约数"
    if 1 < len(_first_group(found, parts)) < len(parts):
        doubt = doubt or "各项可能分属几种口径"
    if _NESTED.search(found.segments[whole.segment].words):
        doubt = doubt or "总额本身是分项，其下的分项不能确定"
    words = [found.segments[part.segment].words for part in parts]
    if any("收入" in word for word in words) and any("支出" in word for word in words):
        doubt = doubt or "各项有收有支，不是同一个总额的部分"
    if reading.amount.value < whole_amount.value and not doubt and not _is_the_rest(found, parts[-1]):
        doubt = "所列各项可能只是一部分"
    return settle(Form.BREAKDOWN, (whole.start, parts[-1].end, whole.start), whole.figure, [reading], [], doubt)


def list_alone(found: Pieces) -> tuple[list[Piece], Reading, str] | None:
    """Return the items of a text that lists amounts without a total, their sum, and why they may not be all of it."""
    amounts = [piece for segment in found.segments for piece in segment.pieces if piece.kind in _MONEY]
    items = [piece for piece in amounts if piece.kind is Kind.ITEM]
    if not LEAST_ITEMS <= len(items) <= FARTHEST:
        return None
    return items, _sum(items), _doubt_of_list(found, items, amounts)


def _doubt_of_list(found: Pieces, items: list[Piece], amounts: list[Piece]) -> str:
    segments = found.segments[items[0].segment : items[-1].segment + 1]
    if len(items) != len(amounts):
        return "除分项金额外还有其他金额"
    if len({segment.sentence for segment in segments}) > 1:
        return "各项分在几句里"
    if any(_role(segment) != "item" for segment in segments):
        return "各项之间还有其他内容"
    if found.text[items[-1].end :].strip("。；;，,. 、\n"):
        return "各项之后还有其他内容"
    return _doubt_of(found, items, found.text[items[0].start :])


def _list_before(found: Pieces, goal: Piece) -> tuple[list[Piece], str]:
    """Return the items that directly precede a total, the nearest first, and why they may not be all of it."""
    own = found.segments[goal.segment]
    before = [piece for piece in own.pieces if piece.start < goal.start and piece.kind in _MONEY]
    items = [piece for piece in before if piece.kind in _ITEMS]
    doubt = "合计所在的一句里有几个金额" if len(before) > 1 or len(items) != len(before) else ""
    sentence, number = own.sentence, goal.segment - 1
    while number >= 0 and not doubt:
        segment = found.segments[number]
        if segment.stop == ":" or len(items) > FARTHEST:
            break
        if segment.sentence != sentence:
            if segment.stop == "\n" or len(items) != 1 or not _ends_list(found, number):
                break
            sentence = segment.sentence
        role = _role(segment)
        if role == "item":
            items += [piece for piece in segment.pieces if piece.kind in _MONEY]
        elif role == "other":
            doubt = "合计之前还有其他金额"
        else:
            break
        number -= 1
    earlier = [
        piece
        for segment in found.segments[max(number - FARTHEST, 0) : number + 1]
        if segment.sentence == own.sentence
        for piece in segment.pieces
        if piece.kind in _MONEY
    ]
    if earlier:
        doubt = doubt or "合计之前的各项之间还有其他内容"
        if len(items) < 2:
            items += [piece for piece in reversed(earlier) if piece.kind in _ITEMS]
    if items:
        doubt = doubt or _doubt_of(found, [*items, goal], found.text[items[-1].start : goal.start])
    return items, doubt


def _ends_list(found: Pieces, number: int) -> bool:
    """Say whether a sentence ends as a list of items does: another item stands before its last, nothing between."""
    segments = found.segments[max(number - 1, 0) : number + 1]
    return (
        len(segments) == 2 and segments[0].stop in "；;、，," and all(_role(segment) == "item" for segment in segments)
    )


def _role(segment: Segment) -> str:
    """Say what a segment is to a sum: an item, empty of money, or something else."""
    money = [piece for piece in segment.pieces if piece.kind in _MONEY]
    if not money:
        return "empty"
    if len(money) == 1 and money[0].kind in _ITEMS:
        return "item"
    return "other"


def _doubt_of(found: Pieces, amounts: Sequence[Piece], words: str) -> str:
    about = next((piece for piece in amounts if piece.about), None)
    if about is not None:
        return f"“{about.figure.text}”是约数"
    if nested := _NESTED.search(words):
        return f"各项中有“{nested[0]}”，可能有重复"
    if priced := next(
        (piece for piece in amounts if _COUNTED.search(found.text[max(piece.start - 8, 0) : piece.start])), None
    ):
        return f"“{_word(priced)}”前面是数量，是单价还是总价不能确定"
    if any(_AND_SO_ON.match(found.text, piece.end) for piece in amounts):
        return "“等”表示没有全部列出"
    return ""


def _possible(found: Pieces, goal: Piece) -> Iterator[Reading]:
    """Yield what gives the total otherwise: any run of amounts back from it, with or without totals between."""
    before: list[Piece] = []
    for number in range(goal.segment, -1, -1):
        own = found.segments[number].pieces
        before += [piece for piece in reversed(own) if piece.start < goal.start and piece.is_amount]
        if len(before) > FARTHEST:
            break
    goal_value = stated(goal.figure).value
    for kinds in (_ITEMS, {Kind.TOTAL}, {*_ITEMS, Kind.TOTAL}):
        chosen = [piece for piece in before if piece.kind in kinds][:FARTHEST]
        count = _count_to(chosen, goal_value, 2)
        if count:
            yield _sum(chosen[:count])
    yield from _multiplied(found, goal)


def _count_to(pieces: Sequence[Piece], goal: Fraction, least: int) -> int:
    """Return how many of the amounts, from the first on, make a sum, so many of them not zero; 0 if none do."""
    live = best = 0
    sums = sums_of([piece.figure for piece in pieces])
    for number, (piece, value) in enumerate(zip(pieces, sums, strict=True), 1):
        live += piece.figure.minor != 0
        if (number > 1 or least == 1) and value == goal and (live >= least or not goal):
            best = number
    return best


def _multiplied(found: Pieces, goal: Piece) -> Iterator[Reading]:
    """Yield the sum in which an amount behind a number is a price: of 椅子20把500元, 20 times 500元."""
    items, _ = _list_before(found, goal)
    parts: list[Reading] = []
    for item in reversed(items):
        pieces = found.segments[item.segment].pieces
        counts = [piece for piece in pieces if piece.start < item.start and piece.kind in {Kind.COUNT, Kind.OTHER}]
        amount, words = amount_of(item.figure), _word(item)
        if len(counts) == 1:
            amount, words = amount * amount_of(counts[0].figure), f"{words}×{_word(counts[0])}"
        parts.append(Reading(words, amount))
    if len(parts) > 1 and any("×" in part.words for part in parts):
        yield _joined(parts)


def _list_behind(found: Pieces, start: int, whole: Piece) -> tuple[list[Piece], str]:
    """Return the parts that follow, up to the end of the sentence, and why they may be no list of parts."""
    first = next(n for n in range(whole.segment, len(found.segments)) if found.segments[n].end >= start)
    sentence = found.segments[first].sentence
    parts: list[Piece] = []
    doubt = ""
    for segment in found.segments[first : first + 4 * FARTHEST]:
        if segment.sentence != sentence or len(parts) >= FARTHEST:
            break
        money = [piece for piece in segment.pieces if piece.start >= start and piece.kind in _MONEY]
        items = [piece for piece in money if piece.kind in _ITEMS]
        if parts and (_NESTED.search(segment.words) or _OVERLAPS.search(segment.words)):
            doubt = doubt or "各项中还有分项，或者有重复"
        if not parts and not money and segment.stop == ";":
            return [], ""  # names were listed, not amounts: 主要包括：基本工资；公用经费…
        if parts and money and _BESIDES.match(segment.words):
            break
        if parts and any(piece.kind is Kind.TOTAL for piece in money):
            doubt = doubt or "各项之后还有合计"
            break
        if any(piece.kind in {Kind.PRICE, Kind.TOTAL} for piece in money) or len(items) > 1:
            doubt = doubt or "各项中还有单价或合计"
        parts += items
    if parts:
        doubt = doubt or _doubt_of(found, parts, "")
    return parts, doubt


def _first_group(found: Pieces, parts: list[Piece]) -> list[Piece]:
    """Return the parts before the first semicolon: a whole may be taken apart twice, once on either side of it."""
    group: list[Piece] = []
    for part in parts:
        if group and any(one.stop == ";" for one in found.segments[group[-1].segment : part.segment]):
            break
        group.append(part)
    return group


def _introduced(found: Pieces, whole: Piece) -> re.Match[str] | None:
    """Return the words behind an amount that say that its parts follow; what it changed by may stand between."""
    end = whole.end
    for segment in found.segments[whole.segment : whole.segment + MOST_BETWEEN]:
        between = [piece.kind for piece in segment.pieces if piece.start > whole.start]
        if not set(between) <= {Kind.CHANGE, Kind.OTHER} or (segment.start > whole.start and not between):
            return None
        end = max(end, *(piece.end for piece in segment.pieces))
        introduced = _INTRODUCES.match(found.text, end, end + 12)
        if introduced is not None:
            return introduced
    return None


def _after_full_stop(words: str) -> bool:
    return words.lstrip().startswith("。")


def _alone(found: Pieces, whole: Piece) -> bool:
    """Say whether an amount is the only one of its sentence, so that 其中 in the next can mean no other."""
    sentence = found.segments[whole.segment].sentence
    nearby = found.segments[max(whole.segment - FARTHEST, 0) : whole.segment + FARTHEST]
    amounts = [piece for one in nearby if one.sentence == sentence for piece in one.pieces if piece.is_amount]
    return amounts == [whole]


def _is_the_rest(found: Pieces, part: Piece) -> bool:
    """Say whether the last part is the rest of the whole: 其他…9.72万元."""
    return _THE_REST.match(found.segments[part.segment].words) is not None


def _sum(items: Sequence[Piece]) -> Reading:
    ordered = sorted(items, key=lambda piece: piece.start)
    return Reading(" + ".join(map(_word, ordered)), total([piece.figure for piece in ordered]))


def _joined(parts: Sequence[Reading]) -> Reading:
    amount = parts[0].amount
    for part in parts[1:]:
        amount += part.amount
    return Reading(" + ".join(part.words for part in parts), amount)


def _word(piece: Piece) -> str:
    return re.sub(r"\s+", "", piece.figure.text)
