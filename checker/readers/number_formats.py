"""What a spreadsheet shows of a number: number formats, as Excel and WPS apply them.

A format code has up to four sections (positive; negative; zero; text). Colours, fill characters and the spaces that
only line figures up are left out, since they are no part of what a reader reads. Numbers come as decimal text, never
as binary floats: they are rounded half away from zero, to the fifteen significant digits that a spreadsheet has first.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, Overflow
from functools import lru_cache
from typing import NamedTuple

from checker.readers.date_formats import is_date_code, show_date

GENERAL = "General"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '¥#,##0;¥-#,##0;¥"-"',
    43: '#,##0.00;-#,##0.00;"-"??', 44: '¥#,##0.00;¥-#,##0.00;¥"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that a file names by number only, as a Chinese Excel shows them."""

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<power>[Ee][+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_PLAIN_FORMAT = re.compile(r"(#,##)?0(?:\.(0+))?(?:_.)?\s*")
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(10))
LARGEST_EXPONENT = 308
"""No spreadsheet holds a number beyond 10 to this power, or below its inverse."""


class Section(NamedTuple):
    """One section of a format: marks ("0", "#", "?", ".", ",", "%", "@", "E", "/", "G") and literal texts."""

    code: str
    marks: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    date: bool

    @property
    def numeric(self) -> bool:
        """Whether the section prints the number itself."""
        return any(mark in "0#?G@" for mark, _ in self.marks if mark)


class Shown(NamedTuple):
    """What a cell displays, and the number it stores where the display hides some of it (else nothing)."""

    text: str
    stored: str


class NumberFormat:
    """A format code, taken apart once and applied to any number of cells."""

    def __init__(self, code: str, from_1904: bool = False) -> None:
        self.code = code or GENERAL
        self._from_1904 = from_1904
        self._sections = [_section(part) for part in split_sections(self.code)][:4]
        plain = _PLAIN_FORMAT.fullmatch(self.code)
        self._plain = (bool(plain[1]), len(plain[2] or "")) if plain else None
        marks = self._sections[-1].marks
        self.changes_text = len(self._sections) == 4 or (("@", "") in marks and len(marks) > 1)
        """Whether texts show as something else than they are."""

    def exact(self, stored: str) -> str:
        """Return what is displayed of a number that a plain format (0, 0.00, #,##0.00) shows whole, else nothing."""
        if self._plain is None:
            return ""
        thousands, places = self._plain
        if stored[-1 - places : -places] == "." and stored[0] != "-" and len(stored) < places + 8:
            # What most amounts are: as many decimals as the format shows, and no more than one separator.
            if not thousands or len(stored) < places + 5:
                return stored
            return f"{stored[: -places - 4]},{stored[-places - 4 :]}"
        whole, _, decimals = stored.partition(".")
        if len(decimals) > places or not (whole + decimals).isdecimal() or not whole:
            return ""
        if thousands and len(whole) > 3:
            whole = f"{whole[:-3]},{whole[-3:]}" if len(whole) < 7 else f"{Decimal(whole):,f}"
        if len(decimals) < places:
            decimals = decimals.ljust(places, "0")
        return f"{whole}.{decimals}" if places else whole

    def show(self, stored: str) -> Shown:
        """Return what is displayed of a number that is stored as this decimal text; no number is shown as it is."""
        text = self.exact(stored)
        if text:
            return Shown(text, "")
        try:
            value = _FIFTEEN.create_decimal(stored)
        except (InvalidOperation, Overflow):
            return Shown(stored, "")
        if "." in stored and (text := self.exact(str(value).rstrip("0"))):
            return Shown(text, "")
        if not value.is_finite() or abs(value.adjusted()) > LARGEST_EXPONENT:
            return Shown(stored, "")
        text, shown = self._rounded(value) if self._plain is not None else self._show(value)
        return Shown(text, "" if shown == value else _plain_text(stored))

    def show_text(self, text: str) -> str:
        """Return what is displayed of a text."""
        if not self.changes_text:
            return text
        return "".join(text if mark == "@" else literal for mark, literal in self._sections[-1].marks).strip()

    def _rounded(self, value: Decimal) -> tuple[str, Decimal]:
        thousands, places = self._plain or (False, 0)
        shown = value.quantize(_STEPS[places] if places < len(_STEPS) else Decimal(1).scaleb(-places), context=_WIDE)
        return f"{shown:,f}" if thousands else f"{shown:f}", shown

    def _show(self, value: Decimal) -> tuple[str, Decimal]:
        section, signed = self._section_for(value)
        if section is None:
            return "#" * 8, value
        if section.date:
            return show_date(section.code, value, self._from_1904), value
        marks = section.marks
        if not section.numeric:
            # Words in place of a number hide it, but a dash for zero says all there is.
            return "".join(literal for _, literal in marks).strip(), Decimal(0)
        if any(mark in "G@" for mark, _ in marks if mark):
            text, shown = general(abs(value) if signed else value)
            text = "".join(text if mark in ("G", "@") else literal for mark, literal in marks)
            return text.strip(), -shown if signed and value < 0 else shown
        if any(mark == "/" for mark, _ in marks):
            return general(value)
        text, shown = _show_digits(marks, abs(value))
        return ("-" if value < 0 and not signed else "") + text.strip(), -shown if value < 0 else shown

    def _section_for(self, value: Decimal) -> tuple[Section | None, bool]:
        """Return the section for a number, and whether that section says its sign itself."""
        sections = self._sections[:3] if len(self._sections) == 4 else self._sections
        if any(section.condition for section in sections):
            for position, section in enumerate(sections):
                if section.condition is None or _holds(section.condition, value):
                    return section, position > 0 and value < 0
            return None, False
        if len(sections) > 1 and any(mark == "@" for mark, _ in sections[-1].marks):
            sections = sections[:-1]
        if value < 0 and len(sections) > 1:
            return sections[1], True
        if value == 0 and len(sections) > 2:
            return sections[2], False
        return sections[0], False


@lru_cache(maxsize=512)
def number_format(code: str, from_1904: bool = False) -> NumberFormat:
    """Return a format, taken apart once per process."""
    return NumberFormat(code, from_1904)


def split_sections(code: str) -> list[str]:
    """Return the sections of a format code."""
    sections = [""]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            sections.append("")
        else:
            sections[-1] += match[0]
    return sections


def general(value: Decimal) -> tuple[str, Decimal]:
    """Return a number as the General format shows it, in eleven characters, and what of it that shows."""
    power = value.adjusted() if value else 0
    if power > 10:
        return _scientific(value)
    places = max(0, 9 - max(power, 0))
    shown = value.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    if power < -4 and shown != value:
        return _scientific(value)
    text = f"{shown:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("0" if text in {"-0", ""} else text), shown


def _scientific(value: Decimal, places: int | None = None) -> tuple[str, Decimal]:
    """Return a number with one digit before the point and `places` behind it, or with five and no zeros at the end."""
    rounded = Context(prec=(5 if places is None else places) + 1, rounding=ROUND_HALF_UP).plus(value)
    power = rounded.adjusted()
    digits = f"{rounded.scaleb(-power, context=_WIDE):f}"
    if places is None:
        digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    elif places:
        whole, _, decimals = digits.partition(".")
        digits = f"{whole}.{decimals.ljust(places, '0')}"
    return f"{digits}E{'-' if power < 0 else '+'}{abs(power):02d}", rounded


def _section(code: str) -> Section:
    marks: list[tuple[str, str]] = []
    condition = None
    for match in _TOKEN.finditer(code):
        if match["quoted"] is not None or match["escaped"] is not None:
            marks.append(("", match["quoted"] or match["escaped"] or ""))
        elif match["bracket"] is not None:
            condition = _condition(match["bracket"]) or condition
            if match["bracket"].startswith("$"):
                marks.append(("", match["bracket"][1:].partition("-")[0]))
        elif match["general"]:
            marks.append(("G", ""))
        elif match["power"]:
            marks.append(("E", match["power"]))
        elif match["other"]:
            marks.append((match["other"], "") if match["other"] in "0#?.,%@/" else ("", match["other"]))
    return Section(code, tuple(marks), condition, is_date_code(code))


def _condition(bracket: str) -> tuple[str, Decimal] | None:
    match = _CONDITION.fullmatch(bracket.strip())
    return (match[1], Decimal(match[2])) if match else None


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, bound = condition
    return {
        "<": value < bound, ">": value > bound, "=": value == bound,
        "<=": value <= bound, ">=": value >= bound, "<>": value != bound,
    }[sign]  # fmt: skip


def _show_digits(marks: tuple[tuple[str, str], ...], value: Decimal) -> tuple[str, Decimal]:
    """Fill the digit marks of a section with a number that is not negative; return the text and what it shows."""
    kinds = [mark for mark, _ in marks]
    if "E" in kinds:
        places = (
            sum(mark in "0#?" for mark in kinds[kinds.index(".") : kinds.index("E")] if mark) if "." in kinds else 0
        )
        return _scientific(value, places)
    digits = [position for position, mark in enumerate(kinds) if mark and mark in "0#?"]
    last = digits[-1]
    scale = 2 * kinds.count("%")
    point = kinds.index(".") if "." in kinds else -1
    for mark in kinds[last + 1 :]:
        scale -= 3 if mark == "," else 0
    end = point if point >= 0 else last + 1
    if point >= 0:
        while end > 0 and kinds[end - 1] == ",":
            scale, end = scale - 3, end - 1
    places = sum(position > point for position in digits) if point >= 0 else 0
    shown = value.scaleb(scale, context=_WIDE).quantize(Decimal(1).scaleb(-places), context=_WIDE)
    whole, _, decimals = f"{shown:f}".partition(".")
    thousands = "," in kinds[digits[0] : min(end, last)]
    text = _whole(marks[:end], "" if whole == "0" else whole, thousands)
    text += _decimals(marks[end:], decimals) if point >= 0 else "".join(_literal(mark) for mark in marks[end:])
    return text, shown.scaleb(-scale, context=_WIDE)


def _literal(mark: tuple[str, str]) -> str:
    return "%" if mark[0] == "%" else mark[1]


def _whole(marks: tuple[tuple[str, str], ...], digits: str, thousands: bool) -> str:
    """Fill the marks before the point from the right; the leftmost takes all digits that are left."""
    first = next((position for position, (mark, _) in enumerate(marks) if mark and mark in "0#?"), -1)
    if first < 0:
        return "".join(_literal(mark) for mark in marks) + digits
    text, written = "", 0
    for position in range(len(marks) - 1, -1, -1):
        mark, literal = marks[position]
        if mark not in ("0", "#", "?"):
            text = ("%" if mark == "%" else literal) + text
            continue
        taken = len(digits) if position == first else 1
        for digit in reversed(digits[-taken:] or {"0": "0", "?": " ", "#": ""}[mark]):
            if thousands and written and written % 3 == 0 and digit != " ":
                text = "," + text
            text, written = digit + text, written + 1
        digits = digits[: len(digits) - taken] if position != first else ""
    return text


def _decimals(marks: tuple[tuple[str, str], ...], decimals: str) -> str:
    """Fill the marks from the point on from the left; # prints no zeros at the end, ? prints spaces for them."""
    significant = len(decimals.rstrip("0"))
    text, position = "", 0
    for mark, literal in marks:
        if mark in ("0", "#", "?"):
            digit = decimals[position]
            text += digit if mark == "0" or position < significant else " " if mark == "?" else ""
            position += 1
        elif mark == ".":
            text += "."
        else:
            text += "%" if mark == "%" else literal
    return text


def _plain_text(stored: str) -> str:
    """Return a stored number without an exponent."""
    return stored if stored.replace("-", "", 1).replace(".", "", 1).isdecimal() else f"{Decimal(stored):f}"
