"""Numbers exactly as printed, with the uncertainty that their last digit leaves.

No binary float ever holds an amount: a figure is a whole number of *steps*, and a step is what the last
printed digit is worth. 18,041.69 万元 is 1,804,169 steps of 100 元.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

import msgspec


class Unit(msgspec.Struct, frozen=True, gc=False):
    """What a printed number counts: a symbol, its dimension, and its worth as a power of ten of the base unit.

    `indivisible` is the power of ten below which the thing itself cannot be divided, so that a figure printed to it
    carries no rounding: 分 for money, one for counts, nothing for shares.
    """

    symbol: str
    dimension: str
    exponent: int
    indivisible: int


FEN: Final = -2
"""分, as a power of ten of 元."""

YUAN: Final = Unit("元", "money", 0, FEN)
WAN: Final = Unit("万元", "money", 4, FEN)
PERCENT: Final = Unit("%", "share", -2, -99)
COUNT: Final = Unit("", "count", 0, 99)

UNITS: Final = {
    unit.symbol: unit
    for unit in (
        YUAN,
        Unit("千元", "money", 3, FEN),
        WAN,
        Unit("百万元", "money", 6, FEN),
        Unit("亿元", "money", 8, FEN),
        PERCENT,
        Unit("个百分点", "share", -2, -99),
        COUNT,
    )
}
"""Units by the symbol they are printed with."""


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A number as printed.

    `minor` counts steps; a step is 10 ** `exponent` of the base unit of the dimension (元 for money, 1 for shares);
    `text` is what stood in the original, to the letter.
    """

    minor: int
    exponent: int
    unit: Unit
    text: str

    @property
    def value(self) -> Decimal:
        """The number in its printed unit, with its printed decimals."""
        return Decimal(self.minor).scaleb(self.exponent - self.unit.exponent)

    def value_in(self, unit: Unit) -> Decimal:
        """Return the number in another unit of its dimension, exactly.

        Raises:
            ValueError: when the unit counts something else.
        """
        if unit.dimension != self.unit.dimension:
            raise ValueError(f"{self.text!r}: {self.unit.dimension} is no {unit.dimension}")
        return Decimal(self.minor).scaleb(self.exponent - unit.exponent)

    @property
    def step(self) -> Decimal:
        """What one unit of the last printed digit is worth, in the printed unit."""
        return Decimal(1).scaleb(self.exponent - self.unit.exponent)

    @property
    def exact(self) -> bool:
        """Whether the printing leaves no rounding: money to 分, or a count."""
        return self.exponent <= self.unit.indivisible

    def restated(self, exponent: int) -> Figure:
        """Return the same number counted in finer steps of 10 ** `exponent`.

        Raises:
            ValueError: when the steps would be coarser, which would lose digits.
        """
        if exponent > self.exponent:
            raise ValueError(f"{self.text!r}: cannot restate steps of 10^{self.exponent} as 10^{exponent}")
        return Figure(self.minor * 10 ** (self.exponent - exponent), exponent, self.unit, self.text)


_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?")
_NUMBER = re.compile(
    r"(?P<sign>[-+△▲]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<decimals>[0-9]+))?"
    r"(?P<unit>千元|百万元|万元|亿元|元|%|个百分点)?"
)
_DIGIT = re.compile(r"[0-9０-９]")
_FOOTNOTE = re.compile(r"[²³¹⁰-₉①-⓿❶-➓㈠-㈩㊀-㊉]")
"""Marks that look up a note; folded, they would be numbers."""
_BLANKS = frozenset({"", "-", "--", "---", "—", "——", "－", "–", "/", "―", "─", "无", "*", "**"})
_SPACES = str.maketrans("", "", " \u00a0\u3000\t￥¥'")
LONGEST_NUMBER: Final = 40
"""Characters beyond which a cell is prose, whatever it holds."""
MOST_DIGITS: Final = 15
"""Digits before the point beyond which a cell is a number of something else: an account, a document."""
MOST_DECIMALS: Final = 6
"""Decimals beyond which a printing is the tail of a binary fraction (35.4100000000001), and is rounded off."""


def is_blank(text: str) -> bool:
    """Say whether a cell prints nothing: empty, or one of the dashes that stand for nothing."""
    return not text or text.translate(_SPACES) in _BLANKS


def read_figure(text: str, unit: Unit) -> Figure | None:
    """Read a cell as one number, or return None when it is not exactly that.

    Full-width digits, thousands separators, a minus in any of its printed forms (-1, －1, (1), △1) and a unit printed
    in the cell (which wins over `unit`) are understood. Separators that do not fall on thousands are not a number:
    half-read amounts are worse than unread ones.
    """
    if _PLAIN.fullmatch(text):
        whole, _, decimals = text.partition(".")
        return Figure(int(whole + decimals), unit.exponent - len(decimals), unit, text)
    if _GROUPED.fullmatch(text):
        whole, _, decimals = text.replace(",", "").partition(".")
        return Figure(int(whole + decimals), unit.exponent - len(decimals), unit, text)
    if len(text) > LONGEST_NUMBER or not _DIGIT.search(text) or _FOOTNOTE.search(text):
        return None
    plain = unicodedata.normalize("NFKC", text).translate(_SPACES).replace("−", "-").replace("–", "-")
    negative = plain.startswith("(") and plain.endswith(")")
    match = _NUMBER.fullmatch(plain[1:-1] if negative else plain)
    if match is None or (negative and match["sign"]) or not (match["whole"] or match["decimals"]):
        return None
    negative = negative or match["sign"] in {"-", "△", "▲"}
    unit = UNITS[match["unit"]] if match["unit"] else unit
    decimals = match["decimals"] or ""
    whole = match["whole"].replace(",", "")
    if len(whole) > MOST_DIGITS:
        return None
    if len(decimals) > MOST_DECIMALS:
        rounded = str(round(Decimal(f"0.{decimals}") + int(whole or 0), MOST_DECIMALS)).rstrip("0")
        whole, _, decimals = rounded.partition(".")
    minor = int(whole + decimals)
    return Figure(-minor if negative else minor, unit.exponent - len(decimals), unit, text)
