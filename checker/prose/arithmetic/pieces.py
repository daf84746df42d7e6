"""Running text → its amounts, prices and numbers, each with what the words around it make of it, segment by segment.

Words in brackets are comments and count for nothing, unless a bracket holds an amount and nothing else.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import msgspec

from checker.model.figure import Figure
from checker.prose.arithmetic.units import UNIT, base, counted
from checker.prose.quantities import Quantity, quantities_in

_WIDE: Final = str.maketrans("０１２３４５６７８９．％＋－＊／＝［］＜＞", "0123456789.%+-*/=[]<>")
_HAS_WIDE: Final = re.compile("[０-９．％＋－＊／＝［］＜＞]")
_BRACKETS: Final = {"(": ")", "（": "）", "[": "]", "〔": "〕", "【": "】", "《": "》", "〈": "〉", "“": "”"}
_OPEN: Final = re.compile(r"[()（）\[\]〔〕【】《》〈〉“”]")
LONGEST_COMMENT: Final = 400
"""Characters beyond which a bracket holds no comment: its other half was lost."""
MOST_NUMBERS: Final = 40
"""Numbers beyond which no stop between them means that the text is none that a person wrote: it is cut there."""
_ONLY_MONEY: Final = re.compile(r"[ :约计共]*[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:万元|元)\s*")
_BREAK: Final = re.compile(r"[。！？!?\n；;:：，、]|,(?![0-9]{3})|(?<![0-9]),")
_PLAIN: Final = {"，": ",", "：": ":", "；": ";"}
_ENDS: Final = "。！？!?\n"

_TOTAL: Final = re.compile(
    r"(?:合计|共计|总计|小计|总额|总金额|总费用|总经费|总投资)[^0-9，。；、,;]{0,8}$"
    r"|(?:^|[一总合])共(?:需|要|须|计|有|安排|投入|支出|用|花费|资金|经费|费用|金额|约|为|是|\s)*$"
)
_PLAIN_TOTAL: Final = re.compile(
    r"^(?:以上|上述|各项|几项|两项|三项|四项|五项|六项|等|全年|全部|经费|费用|资金|本项目|项目|本年|年度|预算|所需|预计|约|"
    r"\s|[0-9０-９]{4}年)*(?:合计|共计|总计|小计|总|一共|合共|共)"
)
_NEED: Final = re.compile(r"^[^0-9]{0,6}(?:需|须|预计|预算|申请|全年|计)[^0-9，。；、,;]{0,10}$")
_CHANGE: Final = re.compile(r"比|较|相比|增加|减少|增长|下降|上升|降低|提高|压减|剩余|扣除|节约|已支付|已拨|尚欠")
_CHANGED_BY: Final = re.compile(r"(?:增加|减少|增长|下降|上升|降低|提高|压减)[^0-9]{0,2}$")
"""The amount is what something changed by, whatever it was a total of: 收支总计增加4万元."""
_EACH: Final = re.compile(rf"((?:每\s*(?:{UNIT})\s*)+)[^0-9]{{0,12}}$")
_EACH_UNIT: Final = re.compile(rf"每\s*({UNIT})")
_PER: Final = re.compile(rf"(?:\s*[/每]\s*(?:{UNIT})(?![一-鿿]?/[0-9]))+")
_PER_UNIT: Final = re.compile(rf"[/每]\s*({UNIT})")
_UNIT_PRICE: Final = re.compile(r"(单价|人均)[^0-9]{0,6}$")
_ABOUT_BEFORE: Final = re.compile(
    r"(?:约|近|大约|不超过|不低于|不少于|至少|最多|超过|高于|低于|超|达到|[<>≤≥~\-—至到])\s*$"
)
_ABOUT_AFTER: Final = re.compile(r"\s*(?:左右|余|多(?!家|个|项)|以上|以下|以内|上下|不等|起|[-~—至到]\s*[0-9])")


class Kind(StrEnum):
    """What a number is in its sentence: an amount, a price, a change, a total, an amount needed, a number, a share."""

    ITEM = "item"
    PRICE = "price"
    CHANGE = "change"
    TOTAL = "total"
    NEED = "need"
    COUNT = "count"
    OTHER = "other"


class Piece(msgspec.Struct, frozen=True):
    """A number at `text[start:end]` in its segment.

    `per` says what a price is for, `units` what a number counts; `about` that it is not meant to the digit; `plain`
    that a total is a total of what stands before it, not of something that it names itself.
    """

    kind: Kind
    start: int
    end: int
    figure: Figure
    segment: int
    per: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    about: bool = False
    plain: bool = False

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount of money that a total could count."""
        return self.kind in {Kind.ITEM, Kind.TOTAL, Kind.NEED}


class Segment(msgspec.Struct, frozen=True):
    """Text between two stops; `stop` is the one behind it (nothing at the end), `sentence` its sentence's number."""

    start: int
    end: int
    stop: str
    sentence: int
    pieces: tuple[Piece, ...]
    words: str


class Pieces(msgspec.Struct, frozen=True):
    """A text taken apart; `text` has its comments blanked out."""

    text: str
    segments: tuple[Segment, ...]


def narrow(text: str) -> str:
    """Return the text with its full-width digits and signs in their narrow form, its length unchanged."""
    return text.translate(_WIDE) if _HAS_WIDE.search(text) else text


def pieces_of(text: str) -> Pieces:
    """Take a text apart."""
    quiet = without_comments(narrow(text))
    quantities = quantities_in(quiet)
    segments: list[Segment] = []
    sentence = position = 0
    for start, end, stop in _spans(quiet):
        own: list[Piece] = []
        while position < len(quantities) and quantities[position].start < end:
            if len(own) == MOST_NUMBERS:
                cut = quantities[position].start
                segments.append(Segment(start, cut, "\n", sentence, tuple(own), quiet[start:cut]))
                start, own, sentence = cut, [], sentence + 1
            begin = own[-1].end if own else start
            own.append(_piece(quiet, begin, quantities[position], len(segments)))
            position += 1
        segments.append(Segment(start, end, stop, sentence, tuple(own), quiet[start:end]))
        if stop and stop in _ENDS:
            sentence += 1
    return Pieces(quiet, tuple(segments))


def without_comments(text: str) -> str:
    """Return the text with what stands in brackets blanked out, its length unchanged."""
    opened: list[tuple[int, str]] = []
    spans: list[tuple[int, int]] = []
    for match in _OPEN.finditer(text):
        mark = match[0]
        if mark in _BRACKETS:
            opened.append((match.start(), _BRACKETS[mark]))
        elif opened and opened[-1][1] == mark:
            begin, _ = opened.pop()
            if match.start() - begin <= LONGEST_COMMENT:
                while spans and spans[-1][0] > begin:
                    spans.pop()
                spans.append((begin, match.end()))
    parts: list[str] = []
    done = 0
    for begin, end in spans:
        inside = text[begin + 1 : end - 1]
        kept = f" {inside} " if _ONLY_MONEY.fullmatch(inside) else " " * (end - begin)
        parts += [text[done:begin], kept]
        done = end
    return "".join([*parts, text[done:]])


def comments_of(text: str) -> list[tuple[int, str]]:
    """Return what stands in the outermost round brackets, with where it begins, if it could hold a relation itself."""
    found: list[tuple[int, str]] = []
    depth = begin = 0
    for match in re.finditer(r"[()（）]", text):
        if match[0] in "(（":
            begin = match.end() if not depth else begin
            depth += 1
        elif depth:
            depth -= 1
            if not depth and text.count("元", begin, match.start()) > 1:
                found.append((begin, text[begin : match.start()]))
    return found


def _spans(text: str) -> list[tuple[int, int, str]]:
    """Return the segments: a 、 ends one only behind a number, and a ： behind the word for a total ends none."""
    spans: list[tuple[int, int, str]] = []
    start = 0
    for match in _BREAK.finditer(text):
        mark, end = match[0], match.start()
        if mark == "、" and not _closes_item(text, start, end):
            continue
        if mark in ":：" and text[max(end - 2, 0) : end] in {"合计", "共计", "总计", "小计"}:
            continue
        spans.append((start, end, _PLAIN.get(mark, mark)))
        start = match.end()
    spans.append((start, len(text), ""))
    return spans


_MONEY_BEHIND: Final = re.compile(r"[0-9]\s*(?:万元|元|万)\s*(?:/\s*[一-鿿]{1,3})?[^0-9，,]{0,4}$")


def _closes_item(text: str, start: int, end: int) -> bool:
    return _MONEY_BEHIND.search(text, max(start, end - 14), end) is not None


def _piece(text: str, start: int, quantity: Quantity, segment: int) -> Piece:
    before = text[max(start, quantity.start - 40) : quantity.start]
    about = _ABOUT_BEFORE.search(before[-4:]) is not None or _ABOUT_AFTER.match(text, quantity.end) is not None
    kind, plain = Kind.OTHER, False
    per: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    if quantity.dimension == "money":
        per = _per(text, before, quantity)
        kind = _kind_of_money(before, per)
        plain = kind is Kind.TOTAL and _PLAIN_TOTAL.match(before.lstrip(" 、,的")) is not None
    elif quantity.dimension == "count":
        units = counted(text, quantity.start, quantity.end, quantity.unit)
        kind = Kind.COUNT if units else Kind.OTHER
    return Piece(kind, quantity.start, quantity.end, quantity.figure, segment, per, units, about, plain)


def _per(text: str, before: str, quantity: Quantity) -> tuple[str, ...]:
    """Return what a price is for, of 每人每月200元, 80元/人份, 5000元每人 or 人均500元."""
    units: list[str] = []
    if each := _EACH.search(before):
        units += _EACH_UNIT.findall(each[1])
    if price := _UNIT_PRICE.search(before):
        units.append("人" if price[1] == "人均" else "")
    if per := _PER.match(text, quantity.end, quantity.end + 30):
        units += _PER_UNIT.findall(per[0])
    return tuple(dict.fromkeys(base(unit) for unit in units))


def _kind_of_money(before: str, per: tuple[str, ...]) -> Kind:
    if per and per != ("年",):
        return Kind.PRICE
    if _CHANGED_BY.search(before):
        return Kind.CHANGE
    if _TOTAL.search(before):
        return Kind.TOTAL
    if _CHANGE.search(before):
        return Kind.CHANGE
    return Kind.NEED if _NEED.search(before) else Kind.ITEM
