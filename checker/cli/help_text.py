"""Help texts as a terminal shows them: broken at its width, where Chinese may be broken, and never inside a name.

The formatter of typer counts a Chinese character as one column, breaks words of a list anywhere, and shows types of
Python; what it is given is laid out anew here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final

import typer

from checker.cli.words import say

_CLOSING: Final = "，。；：、？！）〉》”"
_OPENING: Final = "（〈《“[("
_TYPE: Final = re.compile(r" <[^<>]*>$")
_GAP: Final = 2
_COLUMN: Final = 30
"""Names wider than this have their text on the next line."""


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns; a name that is wider has a line to itself.

    Empty lines part paragraphs, and are kept.
    """
    lines: list[str] = []
    for number, paragraph in enumerate(text.split("\n\n")):
        lines += [""] if number else []
        line, used = "", 0
        for token in _tokens(" ".join(paragraph.split())):
            needed = columns_of(token)
            if line and used + columns_of(token.rstrip()) > width:
                lines.append(line.rstrip())
                line, used = "", 0
            line, used = line + token, used + needed
        lines += [line.rstrip()] if line.strip() else []
    return lines


def columns_of(text: str) -> int:
    """Return how many terminal columns a text takes: a Chinese character takes two."""
    return sum(2 if _is_wide(character) else 1 for character in text)


def install() -> None:
    """Have every command show its help through this module, and in the language asked for."""
    owner = next(base for base in typer.Context.__mro__ if "formatter_class" in vars(base))
    plain: Any = typer.Context.formatter_class

    class Formatter(plain):  # type: ignore[misc]
        """Lays help texts out."""

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, args, say("help.usage") if prefix is None else prefix)

        def write_heading(self, heading: str) -> None:
            super().write_heading(_HEADINGS.get(heading, lambda: heading)())

        def write_text(self, text: str) -> None:
            indent = " " * self.current_indent
            for line in wrapped(text, self.width - self.current_indent):
                self.write(f"{indent}{line}".rstrip() + "\n")

        def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
            pairs = [(_TYPE.sub("", name), _remarks(text)) for name, text in rows]
            column = min(max(columns_of(name) for name, _ in pairs), _COLUMN) + _GAP
            for name, text in pairs:
                lines = wrapped(text, self.width - self.current_indent - column)
                if columns_of(name) + _GAP > column:
                    lines = ["", *lines]
                head, *rest = lines or [""]
                indent = " " * self.current_indent
                self.write(f"{indent}{name}{' ' * (column - columns_of(name))}{head}".rstrip() + "\n")
                for line in rest:
                    self.write(f"{indent}{' ' * column}{line}".rstrip() + "\n")

    owner.formatter_class = Formatter  # type: ignore[attr-defined]


_HEADINGS: Final = {
    "Options": lambda: say("help.options"),
    "Arguments": lambda: say("help.arguments"),
    "Commands": lambda: say("help.commands"),
}


def _remarks(text: str) -> str:
    """Return a text with what typer adds to it in the language asked for."""
    text = text.replace("Show this message and exit.", say("help.help"))
    text = re.sub(r"\[default: ([^\];]*)", lambda found: f"[{say('help.default', value=found[1])}", text)
    return re.sub(r"\[required\]$", lambda _: f"[{say('help.required')}]", text)


def _tokens(text: str) -> Iterator[str]:
    """Split where a line may break: after spaces, and around Chinese characters, but not before closing marks."""
    token = ""
    for character in text:
        before = token[-1:]
        apart = before == " " or _is_wide(character) or (before and _is_wide(before))
        if token and character != " " and apart and character not in _CLOSING and before not in _OPENING:
            yield token
            token = ""
        token += character
    if token:
        yield token


def _is_wide(character: str) -> bool:
    return character in "“”‘’…—" or unicodedata.east_asian_width(character) in "WF"
