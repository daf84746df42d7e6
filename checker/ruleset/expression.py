"""The one tiny arithmetic grammar of rules → a typed tree. No evaluation of anything here, and no `eval` anywhere.

    收支总表[收入总计] = 收支总表[本年收入合计] + 收支总表[上年结转]
    合计 = 基本支出 + 项目支出                  (inside a row-wise rule a bare name is that row's column)
    收支总表[本年支出合计, *] = sum(收支总表[类, *])

Full-width punctuation is accepted. A reference is `表[行]` or `表[行, 栏]`; `*` stands for each of the rule's columns.
`?` behind a reference or a column says that not every publisher prints it: `合计 = 基本支出 + 项目支出 + 结转下年?`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

import msgspec


class Comparison(StrEnum):
    """How the two sides of a relation compare."""

    EQUAL = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"
    UNEQUAL = "≠"


class Number(msgspec.Struct, frozen=True, tag=True):
    """A constant, as written."""

    text: str


class Reference(msgspec.Struct, frozen=True, tag=True):
    """A cell, by table, row and column; table and row are empty for a bare column name.

    An `optional` one, written with `?` behind it, counts as nothing where the publisher does not print it.
    """

    table: str
    row: str
    column: str
    summed: bool = False
    optional: bool = False

    def __str__(self) -> str:
        if not self.table:
            return self.column
        inside = f"{self.row}, {self.column}" if self.column else self.row
        return f"sum({self.table}[{inside}])" if self.summed else f"{self.table}[{inside}]"


class Binary(msgspec.Struct, frozen=True, tag=True):
    """An operation on two expressions: one of + - × ÷."""

    operator: str
    left: Expression
    right: Expression


class Absolute(msgspec.Struct, frozen=True, tag=True):
    """The absolute value of an expression."""

    inner: Expression


Expression = Number | Reference | Binary | Absolute


class Term(msgspec.Struct, frozen=True):
    """A reference with its sign, left side minus right side."""

    sign: int
    reference: Reference


class Relation(msgspec.Struct, frozen=True, dict=True):
    """An equation or inequality; `terms` is its linear form, None when it multiplies figures."""

    text: str
    comparison: Comparison
    left: Expression
    right: Expression
    terms: tuple[Term, ...] | None

    def references(self) -> list[Reference]:
        """Return every reference in the order in which it is written."""
        return [*references(self.left), *references(self.right)]

    @cached_property
    def adds_up(self) -> bool:
        """Whether some side is a sum, which an unknown row or column may complete."""
        return len(self.terms or ()) > 2 or any(reference.summed for reference in self.references())


class ExpressionError(ValueError):
    """A relation that cannot be parsed; `column` is 1-based in its text."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


_GRAMMAR = r"""
relation: sum COMPARE sum
?sum: product | sum PLUS product -> binary | sum MINUS product -> binary
?product: atom | product TIMES atom -> binary | product OVER atom -> binary
?atom: NUMBER -> number
     | REFERENCE -> reference
     | REFERENCE "?" -> optional
     | _SUM "(" REFERENCE ")" -> summed
     | _ABS "(" sum ")" -> absolute
     | NAME -> column
     | NAME "?" -> optional_column
     | "(" sum ")"
_SUM.4: /sum(?=\s*\()/
_ABS.4: /abs(?=\s*\()/
COMPARE: "=" | "≤" | "≥" | "≠" | "<=" | ">=" | "!="
PLUS: "+"
MINUS: "-"
TIMES: "×" | "*"
OVER: "÷" | "/"
NUMBER.2: /[0-9]+(\.[0-9]+)?/
REFERENCE.3: /[^\s\[\]()+\-×÷*\/=≤≥≠<>!?,0-9][^\s\[\]()+\-×÷*\/=≤≥≠<>!?,]*\s*\[[^\[\]]*\]/
NAME.1: /[^\s\[\]()+\-×÷*\/=≤≥≠<>!?,0-9][^\s\[\]()+\-×÷*\/=≤≥≠<>!?,]*/
%ignore /\s+/
"""
_HALF = str.maketrans("＝＋－−＊／［］", "=+--*/[]")
_OUTSIDE = str.maketrans("（）＜＞！？", "()<>!?")
_COMPARISONS = {"<=": "≤", ">=": "≥", "!=": "≠"}


def parse_relation(text: str) -> Relation:
    """Parse an equation or inequality.

    Raises:
        ExpressionError: with the column of the first thing that does not belong.
    """
    from lark.exceptions import UnexpectedInput

    try:
        tree = _parser().parse(_plain(text))
    except UnexpectedInput as error:
        column = max(1, getattr(error, "column", 1) or 1)
        raise ExpressionError(f"算式无法读懂，第 {column} 个字符处：{text}", column) from error
    left, comparison, right = tree.children
    sign = _COMPARISONS.get(str(comparison), str(comparison))
    one, other = _build(left), _build(right)
    terms = _linear(Binary("-", one, other))
    return Relation(text, Comparison(sign), one, other, tuple(terms) if terms is not None else None)


def references(expression: Expression) -> list[Reference]:
    """Return the references of an expression."""
    match expression:
        case Reference():
            return [expression]
        case Binary(_, left, right):
            return references(left) + references(right)
        case Absolute(inner):
            return references(inner)
        case Number():
            return []


def _plain(text: str) -> str:
    """Return the text with half-width operators; brackets inside `[…]` belong to names and stay."""
    parts = text.translate(_HALF).replace("，", ",").split("[")
    plain = [parts[0].translate(_OUTSIDE)]
    for part in parts[1:]:
        inside, bracket, outside = part.partition("]")
        plain.append(inside + bracket + outside.translate(_OUTSIDE))
    return "[".join(plain)


@lru_cache(maxsize=1)
def _parser() -> Any:
    from lark import Lark

    return Lark(_GRAMMAR, start="relation", parser="lalr")


def _build(tree: Any) -> Expression:
    match tree.data:
        case "number":
            return Number(str(tree.children[0]))
        case "column" | "optional_column":
            return Reference("", "", str(tree.children[0]), optional=tree.data == "optional_column")
        case "reference" | "summed" | "optional":
            return _reference(str(tree.children[0]), tree.data == "summed", tree.data == "optional")
        case "absolute":
            return Absolute(_build(tree.children[0]))
        case _:
            left, operator, right = tree.children
            return Binary({"*": "×", "/": "÷"}.get(str(operator), str(operator)), _build(left), _build(right))


def _reference(text: str, summed: bool, optional: bool) -> Reference:
    table, _, inside = text.rstrip("]").partition("[")
    row, _, column = inside.partition(",")
    return Reference(table.strip(), row.strip(), column.strip(), summed, optional)


def _linear(expression: Expression, sign: int = 1) -> list[Term] | None:
    """Return a sum of references with signs, or None when the expression is anything more."""
    match expression:
        case Reference():
            return [Term(sign, expression)]
        case Number(text):
            return [] if not text.strip("0.") else None
        case Binary("+" | "-" as operator, left, right):
            one = _linear(left, sign)
            other = _linear(right, sign if operator == "+" else -sign)
            return None if one is None or other is None else one + other
        case _:
            return None
