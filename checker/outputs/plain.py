"""Text of filings made harmless to show: nothing in it can steer a terminal, reorder a line, or break a format."""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, terminal escapes among them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\ufeff\ufffe\uffff\ufff9-\ufffb\ud800-\udfff]"  # what is no character of a text
)
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")


def plain(text: str) -> str:
    """Return a text in one line, without characters that are not shown but change how others are."""
    return _BREAKS.sub(" ", _STEERING.sub("", text)).strip()


def plain_lines(text: str) -> str:
    """Return a text whose lines are each plain."""
    return "\n".join(map(plain, text.split("\n")))
