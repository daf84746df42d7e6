"""The quantities of running text: every number with its unit and where it stands.

Years, dates, document numbers and the numbers of headings and lists count nothing and are left out.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from checker.model.figure import LONGEST_NUMBER, UNITS, Figure, Unit

COUNTED: Final = (
    "平方米", "个百分点", "批次", "人次", "人份", "台套", "公里", "小时",
    "个", "辆", "台", "套", "人", "家", "项", "户", "名", "份", "例", "次", "张", "册", "场", "期", "所", "处", "件",
    "本", "篇", "条", "支", "只", "间", "座", "位", "组", "批", "亩", "吨", "天", "月", "倍", "分", "种", "类", "村",
    "块", "元", "%",
)  # fmt: skip
"""Words that a number counts, longest first."""
_MONEY: Final = "百万元|千万元|亿元|万元|千元|元|亿|万(?=[,，。;；、()（）]|$)"
_WIDE = str.maketrans("０１２３４５６７８９．，％－", "0123456789.,%-")
_HAS_WIDE = re.compile("[０-９．％－]|[0-9]，[0-9]")
_QUANTITY = re.compile(
    r"(?P<sign>(?<![0-9A-Za-z一-鿿)）〕\]】])-)?"
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    rf"\s*(?P<unit>{_MONEY}|{'|'.join(COUNTED)})?"
)
_NOT_COUNTED = re.compile(
    r"(?:19|20)[0-9]{2}\s*(?:年度|年|[-—~～至到]+(?=\s*(?:19|20)[0-9]{2}\s*年))(?:\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?)?"
    r"|[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|[0-9]{1,2}\s*月(?:份|底|初|末|前)"
    r"|[〔\[［【(（](?:19|20)[0-9]{2}[〕\]］】)）]\s*[第]?[0-9]+\s*号|[0-9]{1,12}\s*号"
    r"|[(（][0-9]{1,7}(?=[类款项][)）])"
    r"|第\s*[0-9]+|[(（][0-9]{1,2}[)）]|(?:^|(?<=[\n。；;:：]))[^\S\n]*[0-9]{1,2}\s*[、．.](?![0-9])"
)
_WAN_ALONE: Final = Unit("万", "money", 4, -2)
_YI_ALONE: Final = Unit("亿", "money", 8, -2)
_TEN_MILLION: Final = Unit("千万元", "money", 7, -2)


class Quantity(msgspec.Struct, frozen=True, gc=False):
    """A number of running text: `text[start:end]` of what was searched, with its unit.

    The figure's unit is money, a share, or a count of what the unit's symbol says (of nothing where no unit stands).
    """

    start: int
    end: int
    figure: Figure

    @property
    def unit(self) -> str:
        """The printed unit."""
        return self.figure.unit.symbol

    @property
    def dimension(self) -> str:
        """What is measured: money, share or count."""
        return self.figure.unit.dimension


def quantities_in(text: str) -> list[Quantity]:
    """Return the quantities of a text in its order."""
    plain = text.translate(_WIDE) if _HAS_WIDE.search(text) else text
    skipped = [match.span() for match in _NOT_COUNTED.finditer(plain)]
    passed = 0
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(plain):
        start, end = match.span("number")
        while passed < len(skipped) and skipped[passed][1] <= start:
            passed += 1
        if (passed < len(skipped) and skipped[passed][0] <= start) or _is_part_of_word(plain, start, end):
            continue
        if len(match["number"]) > LONGEST_NUMBER:
            continue
        stop = match.end("unit") if match["unit"] else end
        begin = match.start("sign") if match["sign"] else start
        found.append(
            Quantity(begin, stop, _figure(match["number"], match["unit"] or "", bool(match["sign"]), text[begin:stop]))
        )
    return found


def unit_of(symbol: str) -> Unit:
    """Return the unit of a printed symbol; what is no money and no share is a count of it."""
    if symbol in {"万", "亿"}:
        return _WAN_ALONE if symbol == "万" else _YI_ALONE
    if symbol == "千万元":
        return _TEN_MILLION
    return UNITS.get(symbol) or Unit(symbol, "count", 0, 0)


def _figure(number: str, symbol: str, negative: bool, text: str) -> Figure:
    unit = unit_of(symbol)
    whole, _, decimals = number.replace(",", "").partition(".")
    minor = int(whole + decimals)
    return Figure(-minor if negative else minor, unit.exponent - len(decimals), unit, text)


def _is_part_of_word(text: str, start: int, end: int) -> bool:
    """Say whether digits belong to a code or a version (W060701, 2.1.3, 12345热线) rather than count something."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (before.isascii() and (before.isalpha() or before in "._/")) or (
        after.isascii() and (after.isalpha() or (after == "." and text[end + 1 : end + 2].isdigit()))
    )
