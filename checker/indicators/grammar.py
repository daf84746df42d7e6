"""The grammar of printed indicator values: one place that says how `≥95%`, `200元/人/天` and `11月底前` are read.

    value      = blank | time | several | range | number | words
    number     = [words] [comparator] NUMBER [unit] [comparator behind] [words] [(note)]
    range      = [comparator] NUMBER [unit] (- ~ — 至 到 and) [comparator] NUMBER [unit]
    several    = number ((、 ， ； and) number)+        each with words or a unit of its own
    time       = a date (2024年11月底前, 12月31日, 每年5、10月), a period (全年, 第三季度), in whatever words around it
    comparator = ≥ ≤ > < = ≈ in every printing (≧ >= ≥= ＞＝ 大于等于 不低于 至少 达到 … 不超过 控制在 至多 …: words.py)
    behind     = 以上 及以上 以下 以内 之内 左右
    unit       = multiple? word ((/ · 每) word)*        元/人/天, 万人次, %, 分

Full-width forms, thousands separators and numbers in Chinese words are read as what they stand for. A value without any
digit is words. What holds a digit and fits nowhere is unreadable, with the reason; it is never guessed at.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from checker.indicators.numerals import NUMERAL, read_numeral
from checker.indicators.units import read_chain
from checker.indicators.values import Comparator, IndicatorValue, ValueKind
from checker.indicators.words import BEFORE, BEHIND, FOLD, SIGNS, TAILS
from checker.model.figure import is_blank

LONGEST_UNIT: Final = 5
"""Characters beyond which the words behind a number are no unit."""
LONGEST_LABEL: Final = 6
"""Characters beyond which the words before a number are a statement that mentions it: 保持在全省同类前15位."""
LONGEST_TEXT: Final = 500
"""Characters beyond which a cell is not looked into at all."""
LONGEST: Final = 60
"""Characters beyond which a value is prose: it states no single target."""


def _any(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|百分之{NUMERAL})"
_WORD_NUMBER = rf"(?:{NUMERAL}(?=[次个人份项场家所台套辆名篇天日年月期批户只件张条座间处种类门万]))"
_COMPARE = rf"[≥≤<>=≈]{{1,2}}|{_any(BEFORE)}"
_QUANTITY = re.compile(
    rf"(?P<words>[^0-9≥≤<>=≈]*?)(?P<compare>{_COMPARE})?(?P<number>{_NUMBER}|{_WORD_NUMBER})(?P<rest>[^0-9≥≤<>=≈]*)"
)
_RANGE = re.compile(
    rf"(?P<words>[^0-9≥≤<>=≈]*?)(?P<compare>{_COMPARE})?(?P<low>{_NUMBER})(?P<lowrest>[^0-9≥≤<>=≈~-]*?)"
    rf"(?:[-~]{{1,2}}|至|到|[,、且和]?(?:并且)?(?=[≤<≥>]))(?P<compare2>[≥≤<>=]{{1,2}})?(?P<high>{_NUMBER})"
    r"(?P<rest>[^0-9≥≤<>=≈]*?)(?:之间)?"
)
_REST = re.compile(rf"(?P<unit>[^;,、]*?)(?P<behind>{_any(BEHIND)})?(?P<tail>[;,、]?(?:{'|'.join(TAILS)})[^/]*)?")
_RATIO = re.compile(r"(?P<compare>[≥≤<>=]{1,2})?(?P<one>[0-9]+(?:\.[0-9]+)?)[::](?P<other>[0-9]+(?:\.[0-9]+)?)")
_PER_TIME = re.compile(
    rf"(?P<words>[一-鿿]*?)每(?P<per>[一-鿿]{{1,3}}?)(?P<compare>{_COMPARE})?"
    rf"(?P<number>{_NUMBER}|{_WORD_NUMBER})(?P<unit>[一-鿿%]{{1,4}}?)(?P<behind>{_any(BEHIND)})?"
)
_NOTE = re.compile(r"\((?P<note>[^()]*)\)$")
_MARKUP = re.compile(r"<[a-zA-Z/][^>]*>|&[a-z]+;")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?=年|全年|[-/.][0-9]{1,2}(?:[^0-9]|$)|[0-9]{4}$)")
_MONTHS = rf"(?:[0-9]{{1,2}}|{NUMERAL})(?:月?[、,和及至到~-](?:[0-9]{{1,2}}|{NUMERAL}))*月"
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}(?:年度|年|全年)|(?<![0-9.])(?:19|20)[0-9]{2}(?:[-/.][0-9]{1,2}){1,2}(?![0-9])"
    rf"|{_MONTHS}(?:份|底|末|初|前|中旬|上旬|下旬|[0-9]|$|至|到|-|和|完成|之前|以前)"
    r"|[0-9]{1,2}日(?:前|之前|以前)|第?[一二三四1-4]季度|(?:上|下)半年|年底|年末|年内|全年|当年|本年|次年|月底|季末|年度内|按年|按月|按季"
)
_COMPARATOR = re.compile(_COMPARE)
_ANY_NUMBER = re.compile(rf"[0-9]|{_WORD_NUMBER}|百分之")
_NUMBER_FIRST = re.compile(rf"(?:{_COMPARE})?{_NUMBER}")
_NO_DATE = re.compile(r"[%‰元次个人项台套]|(?<!月)份")
"""Units whose number is no date, whatever stands about it."""
_SPLIT = re.compile(r"[、,;。和及]|(?<=[0-9%])(?=[一-鿿]{2,8}[≥≤<>=])")


def read_value(text: str) -> IndicatorValue:
    """Return what an indicator value says; what cannot be read says why."""
    return _read(text)


@lru_cache(maxsize=8192)
def _read(text: str) -> IndicatorValue:
    if is_blank(text) or not text.strip():
        return IndicatorValue(ValueKind.BLANK, text)
    if len(text) > LONGEST_TEXT:
        return IndicatorValue(ValueKind.WORDS, text, words=text)
    if _MARKUP.search(text):
        return IndicatorValue(ValueKind.UNREADABLE, text, reason="其中有网页标记")
    plain = text.translate(FOLD).strip("。.;,、:：/")
    note = ""
    if (match := _NOTE.search(plain)) and match.start():
        plain, note = plain[: match.start()], match["note"]
    if not _ANY_NUMBER.search(plain):
        return _wordy(text, plain, note)
    if len(plain) > LONGEST:
        return IndicatorValue(ValueKind.WORDS, text, words=plain, note=note, years=_years(plain))
    value = _time(plain) or _range(plain) or _quantity(plain) or _several(plain)
    if value is None:
        value = _leftover(plain)
    return _with(value, text, note)


def _wordy(text: str, plain: str, note: str) -> IndicatorValue:
    if not plain:
        return IndicatorValue(ValueKind.UNREADABLE, text, reason="没有文字，也没有数值")
    if _COMPARATOR.fullmatch(plain):
        return IndicatorValue(ValueKind.UNREADABLE, text, reason="只有比较符号，没有数值")
    if plain[0] in "≥≤<>≈":
        return IndicatorValue(ValueKind.UNREADABLE, text, reason="比较符号后面不是数值")
    if re.fullmatch(r"[^一-鿿a-zA-Z]+", plain):
        return IndicatorValue(ValueKind.UNREADABLE, text, reason="没有文字，也没有数值")
    kind = ValueKind.TIME if _DATE.search(plain) and len(plain) <= 12 else ValueKind.WORDS
    return IndicatorValue(kind, text, words=plain, note=note)


def _with(value: IndicatorValue, text: str, note: str) -> IndicatorValue:
    return IndicatorValue(
        value.kind, text, value.comparator, value.low, value.high, value.unit, value.words, note, value.years,
        value.parts, value.reason,
    )  # fmt: skip


def _leftover(plain: str) -> IndicatorValue:
    """Return words that mention a number (国家C级标准, 前15位), or the reason why a number fits nowhere."""
    if _NUMBER_FIRST.match(plain):
        return IndicatorValue(ValueKind.UNREADABLE, plain, reason="数字后面的不是计量单位")
    if re.search(r"[≥≤<>=]", plain):
        return IndicatorValue(ValueKind.UNREADABLE, plain, reason="比较符号后面的无法读懂")
    return IndicatorValue(ValueKind.WORDS, plain, words=plain, years=_years(plain))


def _years(plain: str) -> tuple[int, ...]:
    return tuple(int(year) for year in _YEAR.findall(plain))


def _time(plain: str) -> IndicatorValue | None:
    """Read a date or period; a number with a comparator and a unit of something else beside it is none."""
    if _DATE.search(plain) is None or _NO_DATE.search(plain):
        return None
    match = _COMPARATOR.match(plain)
    comparator = _comparator(match[0]) if match else Comparator.NONE
    return IndicatorValue(ValueKind.TIME, plain, comparator, words=plain, years=_years(plain))


def _comparator(printed: str | None, behind: str | None = None) -> Comparator:
    sign = SIGNS.get(printed or "") or BEFORE.get(printed or "") or ""
    back = BEHIND.get(behind or "", "")
    return Comparator(back if back and sign in {"", "≥", "≤", "="} else sign)


def _number(text: str) -> Decimal:
    if text.startswith("百分之"):
        return Decimal(read_numeral(text[3:]) or 0)
    if text[0].isdigit() and text[0].isascii():
        return Decimal(text.replace(",", ""))
    return Decimal(read_numeral(text) or 0)


class _Rest(NamedTuple):
    unit: str
    behind: str
    words: str


def _take_apart(rest: str) -> _Rest | None:
    """Return the unit behind a number, the comparator behind that, and the statement behind both.

    A unit is one or more short words; what is none is a statement that begins with one of `TAILS`, or unreadable.
    """
    match = _REST.fullmatch(rest)
    if match is None:
        return None
    unit, tail = match["unit"], match["tail"] or ""
    if unit[:1] in {"%", "‰"} and len(unit) > 1 and unit[1] not in "/·每":
        unit, tail = unit[:1], unit[1:] + tail
    if any(not part or len(part) > LONGEST_UNIT for part in re.split(r"[/·•*每]", unit.lstrip("/每"))) and unit:
        return None
    return _Rest(unit, match["behind"] or "", tail)


def _quantity(plain: str) -> IndicatorValue | None:
    if match := _RATIO.fullmatch(plain):
        one, other = Decimal(match["one"]), Decimal(match["other"])
        share = one / other if other else one
        return IndicatorValue(
            ValueKind.NUMBER, plain, _comparator(match["compare"]), share * 100, share * 100, read_chain("%"), "比"
        )
    match = _PER_TIME.fullmatch(plain)
    if match:
        unit = f"{match['unit']}/{match['per']}"
        return _measured(plain, match["compare"], match["behind"], match["number"], unit, match["words"])
    match = _QUANTITY.fullmatch(plain)
    rest = _take_apart(match["rest"]) if match else None
    if match is None or rest is None:
        return None
    if len(match["words"]) > LONGEST_LABEL and not match["compare"]:
        return IndicatorValue(ValueKind.WORDS, plain, words=plain, years=_years(plain))
    words = " ".join(filter(None, [match["words"], rest.words]))
    unit = "%" if match["number"].startswith("百分之") else rest.unit
    return _measured(plain, match["compare"], rest.behind, match["number"], unit, words)


def _measured(
    plain: str, compare: str | None, behind: str | None, number: str, unit: str, words: str
) -> IndicatorValue | None:
    if compare and compare not in SIGNS and compare not in BEFORE:
        return None
    low = _number(number)
    comparator = _comparator(compare, behind)
    return IndicatorValue(ValueKind.NUMBER, plain, comparator, low, low, read_chain(unit), words)


def _range(plain: str) -> IndicatorValue | None:
    match = _RANGE.fullmatch(plain)
    rest, low_rest = (_take_apart(match["rest"]), _take_apart(match["lowrest"])) if match else (None, None)
    if match is None or rest is None or low_rest is None or low_rest.words:
        return None
    if match["compare"] and not match["compare2"] and match["compare"] in SIGNS:
        return None
    bounds = sorted([_number(match["low"]), _number(match["high"])])
    unit = read_chain(rest.unit or low_rest.unit)
    return IndicatorValue(ValueKind.RANGE, plain, Comparator.NONE, bounds[0], bounds[1], unit, match["words"])


def _several(plain: str) -> IndicatorValue | None:
    pieces = [piece for piece in _SPLIT.split(plain) if piece]
    if len(pieces) < 2:
        return None
    parts = [_range(piece) or _quantity(piece) for piece in pieces]
    if any(part is None for part in parts[:-1]):
        return None
    read = tuple(part for part in parts if part is not None)
    if len(read) < 2 or not all(part.words or part.unit.counted or part.comparator for part in read):
        return None
    return IndicatorValue(ValueKind.SEVERAL, plain, parts=read)
