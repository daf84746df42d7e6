"""Numbers written in Chinese words: 三, 十二, 两百, 一千零五十, 百分之九十五."""

from __future__ import annotations

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
NUMERAL = "[零〇一二两三四五六七八九十百千]+"
"""Matches the characters of a number below ten thousand in words."""


def read_numeral(text: str) -> int | None:
    """Return the number that Chinese words write, or None when they write none."""
    total = section = digit = 0
    previous = 10**9
    for character in text:
        if character in _DIGITS:
            if digit and character not in "零〇":
                return None
            digit = _DIGITS[character]
        elif character in _TENS:
            if _TENS[character] >= previous:
                return None
            previous = _TENS[character]
            section += (digit or 1) * previous
            digit = 0
        elif character in _MYRIADS:
            total += (section + digit) * _MYRIADS[character]
            section = digit = 0
            previous = 10**9
        else:
            return None
    return total + section + digit if text else None
