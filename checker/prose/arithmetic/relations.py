"""What is said of an arithmetic relation of running text: its form, what it comes to, and whether that can be said."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from checker.model.bands import Band
from checker.model.figure import Figure
from checker.prose.arithmetic.amounts import Amount, compare, printed, stated


class Form(StrEnum):
    """How a relation is written out.

    SUM: items and then their total (A费3万元，B费2万元，共计5万元). BREAKDOWN: a total and its parts (9万元，用于
    A7万元，B2万元). PRODUCT: a price, a number and what they make (5100人份，每人份80元，共计40.8万元). EXPRESSION:
    signs of arithmetic (200元×15人×12个月=3.6万元).
    """

    SUM = "sum"
    BREAKDOWN = "breakdown"
    PRODUCT = "product"
    EXPRESSION = "expression"


class Answer(StrEnum):
    """What a relation comes to."""

    AGREES = "agrees"
    ROUNDING = "rounding"
    DIFFERS = "differs"
    UNCLEAR = "unclear"


class Reading(msgspec.Struct, frozen=True):
    """One way to read what the stated amount is made of: in words, and its worth."""

    words: str
    amount: Amount


class Relation(msgspec.Struct, frozen=True):
    """A relation found at `text[start:end]`: the amount stated there (from `result_start` on), what its operands make.

    `worked` writes the operands out; `expected` is what they come to, in the unit of the stated amount; `doubt` says
    why the relation is unclear; `complete` that every operand is printed beside its unit.
    """

    form: Form
    start: int
    end: int
    result_start: int
    result: Figure
    answer: Answer
    worked: str
    expected: Amount
    doubt: str = ""
    complete: bool = True

    @property
    def words(self) -> str:
        """Return the relation in one line: what the operands make, and what is stated."""
        made = printed(self.expected.value, self.result.unit)
        said = printed(stated(self.result).value, self.result.unit)
        return f"{self.worked} = {made}，文中为 {said}"

    @property
    def difference(self) -> str:
        """Return the stated amount minus that which the operands make, in its unit."""
        gap = stated(self.result).value - self.expected.value
        return printed(gap, self.result.unit)


def settle(
    form: Form, span: tuple[int, int, int], result: Figure, likely: list[Reading], possible: list[Reading], doubt: str
) -> Relation | None:
    """Return the relation of a stated amount.

    It agrees if any reading does, likely or only possible, and within rounding if a likely one does; it differs only if
    none does and nothing makes the likely ones doubtful. Without a likely reading only one that agrees is a relation.
    `span` is where it begins and ends, and where the stated amount begins.
    """
    amount = stated(result)
    for reading in [*likely, *possible]:
        if amount.value == reading.amount.value:
            return Relation(form, *span, result, Answer.AGREES, reading.words, reading.amount)
    for reading in likely:
        if compare(amount, reading.amount) is Band.ROUNDING:
            return Relation(form, *span, result, Answer.ROUNDING, reading.words, reading.amount)
    if not likely:
        return None
    nearest = min(likely, key=lambda reading: abs(reading.amount.value - amount.value))
    answer = Answer.UNCLEAR if doubt else Answer.DIFFERS
    return Relation(form, *span, result, answer, nearest.words, nearest.amount, doubt)
