"""Lines of one cell made one text again: Chinese needs nothing between them, words and numbers a space."""

from __future__ import annotations

from collections.abc import Iterable

SPACES = " \t\n\r\f\v\u00a0\u3000\u200b\ufeff\u2002\u2003\u2009\u202f"
"""What is trimmed around a text."""


_OPEN = frozenset(",.-(/:<>=+*&")
"""Signs that a broken word or number may end its line with."""


def joined(lines: Iterable[str]) -> str:
    """Join the lines of a cell; a space stands only where two words or numbers would run together."""
    text = ""
    for line in lines:
        line = line.strip(SPACES)
        if text and line and text[-1].isascii() and text[-1] not in _OPEN and line[0].isascii() and line[0].isalnum():
            text += " "
        text += line
    return text
