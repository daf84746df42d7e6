"""The slots of rules about sums and products that are written out in running text."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from checker.forms.vocabulary import Form
from checker.yaml_source import did_you_mean

NARRATIVE: Final = "文字说明"
"""Stands for the passages of the narrative, where other rules name the form whose labelled texts they read."""


class Sums(StrEnum):
    """What a rule looks at.

    EXPRESSION to BREAKDOWN are the forms of `prose.arithmetic`; TOTAL compares the total that a text of a target form
    states with the project's money, LIST the sum of its items where it states none.
    """

    EXPRESSION = "expression"
    SUM = "sum"
    PRODUCT = "product"
    BREAKDOWN = "breakdown"
    TOTAL = "total"
    LIST = "list"

    @property
    def of_funds(self) -> bool:
        """Whether the project's money is compared."""
        return self in {Sums.TOTAL, Sums.LIST}


class Arithmetic(msgspec.Struct, frozen=True, tag=True):
    """Sums and products written out in the passages, or in the labelled texts of a form (all, or those in `fields`)."""

    check: Sums
    where: str
    fields: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """The form whose texts are read; nothing where it is the narrative."""
        return "" if self.where == NARRATIVE else self.where


class ArithmeticText(msgspec.Struct, frozen=True):
    """The slots as written in YAML."""

    check: Sums
    where: str
    fields: tuple[str, ...] = ()

    def compiled(self) -> Arithmetic:
        """Return the slots of the rule."""
        return Arithmetic(self.check, self.where, self.fields)


def faults(slots: object, forms: dict[str, Form]) -> Iterator[tuple[str, str]]:
    """Yield (slot, complaint) for texts that the form does not have, and money that a passage has not."""
    if not isinstance(slots, Arithmetic):
        return
    if not slots.form:
        if slots.check.of_funds or slots.fields:
            yield "arithmetic", f"“{NARRATIVE}”没有项目资金和栏目，不能用 check: {slots.check}、fields"
        return
    card = forms[slots.form].card if slots.form in forms else None
    if slots.form in forms and card is None:
        yield "arithmetic", f"{slots.form}不是绩效目标表，没有成段的文字"
    for field in slots.fields:
        if card is not None and field not in card.fields:
            yield "arithmetic", f"{slots.form}没有“{field}”{did_you_mean(field, card.fields)}"


SAYS: Final = {
    Sums.EXPRESSION: "写明的算式，左右相等",
    Sums.SUM: "逐项列出的金额之和等于其合计",
    Sums.PRODUCT: "单价乘以数量等于所写的金额",
    Sums.BREAKDOWN: "总额等于随后列出的各项之和",
    Sums.TOTAL: "文字写明的合计等于项目资金（年度或实施期）",
    Sums.LIST: "文字逐项列出的金额之和等于项目资金（年度或实施期）",
}
"""What a rule of each check says, for the index of rules."""
