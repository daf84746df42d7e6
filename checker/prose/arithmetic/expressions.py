"""Relations written with signs of arithmetic: 1800元/人*50人=9万元, 3+3+2.5=8.5万元, (800+540×3)元×12，共计2.9万元.

    relation: side ("=" side)+ | side [，] 共计 amount
    side:     term (("+" | "-") term)*
    term:     factor (("×" | "÷") factor)*
    factor:   label? number unit? per* | "(" side ")" unit? per*

Read with two stacks, so that a thousand nested brackets are no more than a thousand tokens. (The project's parser
library would take longer to load than this takes on any filing.)
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec

from checker.model.figure import MOST_DIGITS, Figure
from checker.prose.arithmetic.amounts import Amount, amount_of, rounded_step
from checker.prose.arithmetic.pieces import narrow
from checker.prose.arithmetic.relations import Form, Reading, Relation, settle
from checker.prose.arithmetic.units import UNIT, base
from checker.prose.quantities import unit_of

MOST_OPERANDS: Final = 60
"""Operands beyond which a run of signs is no sum that a person wrote."""
_TOKEN: Final = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2}\s*(?:年度|年)|第\s*[0-9]{1,6}|[0-9]{1,6}\s*号|[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日"
    r"|(?<![0-9.])[0-9]{1,2}\s*[、．.](?![0-9])|(?<![0-9])[a-zA-Z][0-9.]+)"
    r"|(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
    rf"\s*(?P<unit>百万元|千万元|亿元|万元|千元|元|万(?![一-鿿])|%|{UNIT})?"
    rf"|[/每]\s*(?P<per>{UNIT})|(?P<op>[+×*✕÷]|(?<=[0-9元人名天月次个张台)）\s])[xX](?=\s*[0-9(（])|/(?=\s*[0-9])|(?<=[0-9元人天)）])-(?=\s*[0-9(（]))"
    r"|(?P<open>[(（\[])|(?P<close>[)）\]])|(?P<eq>(?<![<>!≤≥])=|等于)|(?P<stop>[。；;！!？?\n，,:：<>≤≥])"
)
_OPERATORS: Final = {"*": "×", "x": "×", "X": "×", "✕": "×", "/": "÷"}
_RANK: Final = {"+": 1, "-": 1, "×": 2, "÷": 2}
_TOTAL_BEHIND: Final = re.compile(
    r"\s*[，,]?\s*(?:合计|共计|总计|总共|一共|共需|共|计|小计)[^0-9，。；、,;=+×*]{0,6}"
    r"(?=[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:百万元|亿元|万元|千元|元))"
)


_HANGING: Final = {"": ("op", "per"), "op": ("op",), "open": ("op",)}
"""Tokens that have nothing to stand on behind another, or at the beginning."""


class Token(msgspec.Struct, frozen=True):
    """A token of the text: number, op, open, close, eq, stop, per or year."""

    kind: str
    start: int
    end: int
    text: str
    figure: Figure | None = None


class Term(msgspec.Struct, frozen=True):
    """A value worked out so far, whether money is in it, and how it is written."""

    amount: Amount
    money: bool
    words: str


class Side(msgspec.Struct, frozen=True):
    """One side of a relation: its value with bare numbers taken as they are, and again in the unit of the result."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    money: bool
    complete: bool
    doubt: str


def expressions_in(text: str) -> list[Relation]:
    """Return the relations written with signs of arithmetic, in the order of the text."""
    if not any(sign in text for sign in "=＝×*＊+＋xX✕÷") and "等于" not in text:
        return []
    plain = narrow(text)
    tokens = _tokens(plain)
    found: list[Relation] = []
    for begin, end in _runs(tokens):
        found += _relations(plain, tokens[begin:end])
    return found


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if match["number"]:
            number = match["number"].replace(",", "")
            whole, _, decimals = number.partition(".")
            if len(whole) > MOST_DIGITS or len(decimals) > MOST_DIGITS:
                tokens.append(Token("stop", *match.span(), match[0]))
                continue
            unit = unit_of(match["unit"] or "")
            figure = Figure(int(whole + decimals), unit.exponent - len(decimals), unit, match[0].strip())
            tokens.append(Token("number", *match.span(), match[0], figure))
        elif match["op"]:
            tokens.append(Token("op", *match.span(), _OPERATORS.get(match[0], match[0])))
        else:
            tokens.append(Token("per" if kind == "per" else kind, *match.span(), match[0]))
    return tokens


def _runs(tokens: list[Token]) -> list[tuple[int, int]]:
    """Return the stretches between stops that hold an operator or an equals sign."""
    runs: list[tuple[int, int]] = []
    begin = 0
    for number, token in enumerate([*tokens, Token("stop", 0, 0, "")]):
        if token.kind == "stop":
            if any(one.kind in {"op", "eq"} for one in tokens[begin:number]):
                runs.append((begin, number))
            begin = number + 1
    return runs


def _relations(text: str, tokens: list[Token]) -> list[Relation]:
    sides: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "eq":
            sides.append([])
        elif token.kind != "year":
            sides[-1].append(token)
    if len(sides) == 1:
        return _without_sign(text, sides[0])
    found: list[Relation] = []
    for left, right in pairwise(sides):
        result = next((token for token in right if token.kind == "number"), None)
        worked = _side(text, left)
        if result is None or result.figure is None or worked is None:
            continue
        if any(token.kind == "op" for token in right):
            worked = msgspec.structs.replace(worked, doubt=worked.doubt or "等号右边也是算式")
        found += _settled(worked, result)
    return found


def _without_sign(text: str, tokens: list[Token]) -> list[Relation]:
    """Return the relation of an expression behind which its total stands: 200元×15人，共计3000元."""
    if not tokens:
        return []
    worked = _side(text, tokens)
    if worked is None:
        return []
    total = _TOTAL_BEHIND.match(text, worked.end, worked.end + 24)
    if total is None:
        return []
    result = _TOKEN.match(text, total.end())
    figure = _tokens(text[total.end() : total.end() + 40])[0]
    if result is None or figure.figure is None:
        return []
    span = (total.end() + figure.start, total.end() + figure.end)
    return _settled(worked, Token("number", *span, figure.text, figure.figure))


def _settled(side: Side, result: Token) -> list[Relation]:
    assert result.figure is not None
    figure = result.figure
    dimension = figure.unit.dimension
    doubt = side.doubt
    readings = list(side.readings)
    if side.money and dimension != "money" and figure.unit.symbol:
        doubt = doubt or "等号两边单位不同"
    if not side.money and dimension in {"money", "share"}:
        scale = Fraction(10) ** figure.unit.exponent
        readings += [Reading(one.words, one.amount.scaled(scale)) for one in side.readings]
    relation = settle(Form.EXPRESSION, (side.start, result.end, result.start), figure, readings, [], doubt)
    if relation is None:
        return []
    return [msgspec.structs.replace(relation, complete=side.complete and bool(figure.unit.symbol))]


def _side(text: str, tokens: list[Token]) -> Side | None:
    """Work out one side; None where it is no expression."""
    kept, doubt = _significant(tokens)
    figures = [token.figure for token in kept if token.figure is not None]
    if not 2 <= len(figures) <= MOST_OPERANDS:
        return None
    step = rounded_step(figures)
    readings: list[Reading] = []
    money = [figure for figure in figures if figure.unit.dimension == "money"]
    scales = [Fraction(1)] + ([Fraction(10) ** money[-1].unit.exponent] if money and money[-1].unit.exponent else [])
    for scale in scales:
        term = _work(kept, step, scale)
        if term is None:
            return None
        readings.append(Reading(term.words, term.amount))
    doubt = doubt or _unit_doubt(kept)
    complete = all(figure.unit.symbol for figure in figures)
    if sum(token.kind == "op" for token in kept) == 0:
        return None
    return Side(kept[0].start, kept[-1].end, tuple(readings), bool(money), complete, doubt)


def _significant(tokens: list[Token]) -> tuple[list[Token], str]:
    """Return the tokens that make the expression, without comments in brackets and what stands before them.

    The doubt says where two numbers stand with no sign between them.
    """
    kept: list[Token] = []
    doubt = ""
    comment = 0
    for token in tokens:
        last = kept[-1] if kept else None
        if comment:
            comment += {"open": 1, "close": -1}.get(token.kind, 0)
        elif token.kind == "open" and last is not None and last.kind in {"number", "per", "close"}:
            comment = 1
        elif token.kind == "number" and last is not None and last.kind in {"number", "per", "close"}:
            doubt = doubt or f"“{last.text.strip()}”与“{token.text.strip()}”之间没有运算符号"
            if any(one.kind == "op" for one in kept):
                break
            kept = [token]
        elif token.kind in _HANGING.get(last.kind if last is not None else "", ()):
            continue
        else:
            kept.append(token)
    while kept and kept[-1].kind in {"op", "open"}:
        kept.pop()
    return _balanced(kept), doubt


def _balanced(tokens: list[Token]) -> list[Token]:
    """Return the tokens without brackets that have no other half."""
    opened: list[int] = []
    single: set[int] = set()
    for number, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(number)
        elif token.kind == "close":
            if opened:
                opened.pop()
            else:
                single.add(number)
    single.update(opened)
    return [token for number, token in enumerate(tokens) if number not in single]


def _work(tokens: list[Token], step: int | None, scale: Fraction) -> Term | None:
    """Return the value, None where the tokens make none; bare numbers added to money are taken in units of `scale`."""
    values: list[Term] = []
    waiting: list[str] = []
    for token in tokens:
        match token.kind:
            case "number" if token.figure is not None:
                money = token.figure.unit.dimension == "money"
                values.append(Term(amount_of(token.figure, step), money, _word(token.figure)))
            case "open":
                waiting.append("(")
            case "close":
                while waiting and waiting[-1] != "(":
                    if not _apply(values, waiting.pop(), scale):
                        return None
                if not waiting or not values:
                    return None
                waiting.pop()
                inner = values.pop()
                values.append(msgspec.structs.replace(inner, words=f"({inner.words})"))
            case "op":
                rank = _RANK[token.text]
                while waiting and waiting[-1] != "(" and _RANK[waiting[-1]] >= rank:
                    if not _apply(values, waiting.pop(), scale):
                        return None
                waiting.append(token.text)
    while waiting:
        if waiting[-1] == "(" or not _apply(values, waiting.pop(), scale):
            return None
    return values[0] if len(values) == 1 else None


def _apply(values: list[Term], operator: str, scale: Fraction) -> bool:
    if len(values) < 2:
        return False
    right, left = values.pop(), values.pop()
    one, other = left.amount, right.amount
    words = f"{left.words}{operator}{right.words}"
    if operator in "+-":
        if left.money != right.money:
            one, other = (one, other.scaled(scale)) if left.money else (one.scaled(scale), other)
        amount: Amount | None = one + other if operator == "+" else one - other
    else:
        amount = one * other if operator == "×" else one.over(other)
    if amount is None:
        return False
    values.append(Term(amount, left.money or right.money, words))
    return True


def _word(figure: Figure) -> str:
    return re.sub(r"\s+", "", figure.text)


def _unit_doubt(tokens: list[Token]) -> str:
    """Return why the units do not fit: a price per something that nothing multiplies, money times money."""
    pers = [base(token.text.lstrip("/每 ")) for token in tokens if token.kind == "per"]
    counts: list[str] = []
    bare = amounts = 0
    added = any(token.kind == "op" and token.text in "+-" for token in tokens)
    for token in tokens:
        if token.figure is not None:
            symbol = token.figure.unit.symbol
            amounts += token.figure.unit.dimension == "money"
            bare += not symbol
            counts += [base(symbol)] if symbol and token.figure.unit.dimension == "count" else []
    if amounts > 1 and not added:
        return "金额与金额相乘"
    open_pers = [per for per in pers if per not in counts and per != "年"]
    if open_pers and not added and len(open_pers) > bare:
        return f"单价按“{open_pers[0]}”计，算式中没有相应的数量"
    return ""
