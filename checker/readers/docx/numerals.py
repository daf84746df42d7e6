"""How Word writes the number of a list item: 一、 (二) 3. ④ iv b."""

from __future__ import annotations

from collections.abc import Callable

_PLAIN = ("零一二三四五六七八九", "十百千")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(number: int, style: str) -> str:
    """Return `number` written in one of Word's number formats (`w:numFmt`); decimal for one that is not known."""
    if style in ("none", "bullet"):
        return ""
    return _STYLES.get(style, str)(number)


def _chinese(number: int, signs: tuple[str, str] = _PLAIN) -> str:
    """Write a number up to 9999 with its units; 10 to 19 begin with the ten itself."""
    digits, units = signs
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    written, owed = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            unit = units[power - 1] if power else ""
            written += (digits[0] if owed else "") + digits[digit] + unit
        owed = not digit and bool(written)
    return written[1:] if written.startswith(digits[1] + units[0]) and signs is _PLAIN else written


def _digit_by_digit(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _letters(number: int) -> str:
    """Write a, b … z, aa, bb …, as Word does."""
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 100) if number > 0 else str(number)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


_STYLES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "koreanDigital2": _chinese,
    "chineseLegalSimplified": lambda number: _chinese(number, _LEGAL),
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "ordinal": str,
}
