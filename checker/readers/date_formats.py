"""Dates and times in spreadsheets: serial numbers of days, shown by a format code."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<run>y+|m+|d+|h+|s+(?:\.0+)?|e+|a{3,4})|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS = "一二三四五六日"
_DAY = 86_400
LAST_DAY = 2_958_465
"""The serial number of 9999-12-31."""


def is_date_code(code: str) -> bool:
    """Say whether a section of a format shows dates or times."""
    if "general" in code.lower() or "通用格式" in code:
        return False
    return any(match["run"] or match["elapsed"] or match["half"] for match in _TOKEN.finditer(_without_powers(code)))


def _without_powers(code: str) -> str:
    return re.sub(r"(?i)(?<=[0#?])E[+-](?=[0#?])", "", code)


def show_date(code: str, serial: Decimal, from_1904: bool) -> str:
    """Return a serial number as a date; what is no date shows as the hashes that a spreadsheet prints."""
    if serial < 0 or serial > LAST_DAY:
        return "#" * 8
    tokens = [
        (match.lastgroup or "", match[match.lastgroup] if match.lastgroup else "") for match in _TOKEN.finditer(code)
    ]
    seconds = int((serial * _DAY).quantize(Decimal(1), ROUND_HALF_UP))
    moment = _moment(seconds, from_1904)
    twelve = any(group == "half" for group, _ in tokens)
    text = ""
    for position, (group, word) in enumerate(tokens):
        if group == "run":
            minutes = word[0] in "mM" and _is_minute(tokens, position)
            text += _part(word.lower(), moment, minutes, twelve)
        elif group == "elapsed":
            text += f"{seconds // {'h': 3600, 'm': 60, 's': 1}[word[0].lower()]:0{len(word)}d}"
        elif group == "half":
            names = ("上午", "下午") if "上" in word else ("AM", "PM")
            text += names[moment.hour >= 12]
        else:
            text += word
    return text.strip()


def _moment(seconds: int, from_1904: bool) -> datetime:
    """Return the moment of a serial number; the year 1900 has a 29 February in spreadsheets, which never was."""
    if from_1904:
        return datetime(1904, 1, 1) + timedelta(seconds=seconds)
    start = datetime(1899, 12, 30) if seconds >= 60 * _DAY else datetime(1899, 12, 31)
    return start + timedelta(seconds=seconds)


def _is_minute(tokens: list[tuple[str, str]], position: int) -> bool:
    """Say whether an m means minutes: it stands behind hours or before seconds, whatever literals are between."""
    before = next((word for group, word in reversed(tokens[:position]) if group in {"run", "elapsed"}), "")
    after = next((word for group, word in tokens[position + 1 :] if group in {"run", "elapsed"}), "")
    return before[:1].lower() == "h" or after[:1].lower() == "s"


def _part(word: str, moment: datetime, minutes: bool, twelve: bool) -> str:
    size = len(word)
    match word[0]:
        case "y":
            return f"{moment.year % 100:02d}" if size <= 2 else f"{moment.year:04d}"
        case "e":
            return f"{moment.year:04d}"
        case "m" if minutes:
            return f"{moment.minute:0{min(size, 2)}d}"
        case "m":
            return f"{moment.month:0{size}d}" if size <= 2 else moment.strftime("%B" if size == 4 else "%b")
        case "d":
            if size <= 2:
                return f"{moment.day:0{size}d}"
            return moment.strftime("%A" if size > 3 else "%a")
        case "h":
            return f"{(moment.hour % 12 or 12) if twelve else moment.hour:0{min(size, 2)}d}"
        case "s":
            return f"{moment.second:0{min(len(word.partition('.')[0]), 2)}d}"
        case _:
            return ("星期" if size == 4 else "") + _WEEKDAYS[moment.weekday()]
