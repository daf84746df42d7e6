"""What a text about a project says that the project costs: the total that it states, or the list of its items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from checker.model.bands import Band
from checker.model.figure import YUAN, Figure
from checker.prose.arithmetic.amounts import ZERO, Amount, compare, printed, stated
from checker.prose.arithmetic.pieces import Piece, Pieces, pieces_of
from checker.prose.arithmetic.relations import Answer, Form, Relation
from checker.prose.arithmetic.sums import LEAST_ITEMS, list_alone

_OTHER_MONEY: Final = re.compile(
    r"总投资|累计|已支付|已拨|尾款|剩余|结转|上年|往年|去年|历年|每年|配套|自筹|分期|首期|第[一二三四五]期|20[0-9]{2}年"
)
_NEAR: Final = 60
"""Characters before a claim in which words may say that other money is meant."""
_MORE: Final = re.compile("[0-9０-９]|为|：")
_FULL_STOPS: Final = "。；;！!？?…）)”"
_SHORT: Final = 2


class Claim(msgspec.Struct, frozen=True):
    """What a text says at `text[start:end]`, in words and amounts: any of these could be the project's money."""

    start: int
    end: int
    worked: str
    amounts: tuple[Amount, ...]
    doubt: str = ""

    def is_said_of(self, figure: Figure) -> bool:
        """Say whether one of the amounts is this money, rounding allowed for."""
        return any(compare(amount, stated(figure)) is not Band.DIFFERS for amount in self.amounts)


def total_of(text: str, relations: Sequence[Relation], year: int) -> Claim | None:
    """Return the total that a text states, with what its operands make, and any other amount that it names."""
    judged = [one for one in relations if one.result.unit.dimension == "money" and one.answer is not Answer.UNCLEAR]
    if not judged:
        return None
    found = pieces_of(text)
    named = [piece for segment in found.segments for piece in segment.pieces if piece.is_amount]
    totals = {stated(one.result).value for one in judged}
    last = judged[-1]
    amounts = [stated(one.result) for one in judged] + [one.expected for one in judged]
    amounts += [stated(piece.figure) for piece in named]
    amounts.append(_with_the_rest(found, judged))
    doubt = ""
    if len(totals) > 1:
        whole = stated(last.result)
        for one in judged[:-1]:
            whole += stated(one.result)
        amounts.append(whole)
        doubt = "文中有几个合计数"
    elif last.form is Form.BREAKDOWN:
        doubt = "文中的总额可能不是本项目的资金"
    if last.form is Form.EXPRESSION and _MORE.search(text, last.end):
        doubt = doubt or "算式之后还有其他内容"
    if _beside(found, named, last):
        doubt = doubt or "同一句里还有其他金额"
    doubt = doubt or _unfinished(text[last.end :]) or _other_money(text, last.start, year)
    worked = f"文中写明合计{printed(stated(last.result).value, last.result.unit)}"
    return Claim(last.start, last.end, worked, tuple(amounts), doubt)


def _with_the_rest(found: Pieces, judged: Sequence[Relation]) -> Amount:
    """Return the judged totals and every amount that is in none of them: items of which only some are worked out."""
    whole = Amount(ZERO)
    for one in judged:
        whole += stated(one.result)
    summed = sorted((one.start, one.end) for one in judged if one.form is not Form.PRODUCT)
    results = {one.result_start for one in judged}
    upcoming = covered = 0
    for segment in found.segments:
        for piece in segment.pieces:
            while upcoming < len(summed) and summed[upcoming][0] <= piece.start:
                covered = max(covered, summed[upcoming][1])
                upcoming += 1
            if piece.is_amount and piece.start >= covered and piece.start not in results:
                whole += stated(piece.figure)
    return whole


def list_of(text: str, relations: Sequence[Relation], year: int) -> Claim | None:
    """Return the sum of the items of a text that is one list without a total."""
    if relations or text.count("元") + text.count("万") < LEAST_ITEMS:
        return None
    alone = list_alone(pieces_of(text))
    if alone is None:
        return None
    items, reading, doubt = alone
    unit = items[0].figure.unit if len({item.figure.unit for item in items}) == 1 else YUAN
    worked = f"{reading.words} = {printed(reading.amount.value, unit)}"
    doubt = doubt or _unfinished(text[items[-1].end :]) or _other_money(text, items[0].start, year)
    return Claim(items[0].start, items[-1].end, worked, (reading.amount,), doubt)


def _beside(found: Pieces, named: list[Piece], relation: Relation) -> bool:
    """Say whether other amounts stand in the sentence of a relation, or behind it: it is then of a part only."""
    inside = next(number for number, one in enumerate(found.segments) if one.end >= relation.end)
    sentence = found.segments[inside].sentence
    return any(
        not relation.start <= piece.start < relation.end
        for piece in named
        if piece.start > relation.end or found.segments[piece.segment].sentence == sentence
    )


def _unfinished(rest: str) -> str:
    """Return why a text may go on where the cell ends: it breaks off without a full stop."""
    rest = rest.strip()
    return "文字好像没有写完" if len(rest) > _SHORT and rest[-1] not in _FULL_STOPS else ""


def _other_money(text: str, start: int, year: int) -> str:
    """Return why an amount may be other money than the project's: of another year, of a part of it."""
    sentence = max(text.rfind(mark, 0, start) for mark in "。！？\n")
    before = text[max(sentence + 1, start - _NEAR) : start]
    other = next((found[0] for found in _OTHER_MONEY.finditer(before) if found[0] != f"{year}年"), "")
    return f"文中说的是“{other}”" if other else ""
