"""Characters that a console cannot show → the nearest that it can.

A Chinese Windows console, and what is piped from it, is encoded in cp936 (GBK), which lacks ✓, − or ², and a third of
the characters of Unicode; other terminals lack more. A run must not end over that, and a question mark must not stand
where a tick was.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from typing import Final

HANDLER: Final = "gouji-glyphs"
_NEAREST: Final = {
    "✓": "√", "✔": "√", "☑": "√", "✗": "×", "✘": "×", "✕": "×", "✖": "×", "☒": "×", "☐": "□", "⚠": "！",
    "−": "-", "‐": "-", "‑": "-", "–": "—", "―": "—", "⋯": "…", "•": "·", "‧": "·", "∙": "·", "〜": "～",
    "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥", "¥": "￥", "„": "“", "‟": "”", "«": "《", "»": "》",
    "●": "*", "○": "o", "■": "#", "□": "-", "▲": "^", "△": "^", "→": "->", "←": "<-", "…": "...", "·": ".",
    "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "×": "x", "√": "v", "≤": "<=", "≥": ">=", "≠": "!=",
    "，": ",", "。": ".", "：": ":", "；": ";", "（": "(", "）": ")", "！": "!", "？": "?", "、": ",",
}  # fmt: skip
_UNKNOWN: Final = "〓"
"""The geta mark: what Chinese and Japanese print where a character is not to be had."""


def register() -> str:
    """Make the replacement known to codecs, and return the name under which streams and `encode` take it."""
    codecs.register_error(HANDLER, _replace)
    return HANDLER


def _replace(error: UnicodeError) -> tuple[bytes, int]:
    """Replace what cannot be encoded, as `codecs.register_error` asks for it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    # Western code pages all go by the name of “charmap”, which does not say what they have beyond ASCII.
    encoding = "ascii" if error.encoding == "charmap" else error.encoding
    characters = error.object[error.start : error.end]
    return "".join(_shown(character, encoding) for character in characters).encode(encoding), error.end


def _shown(character: str, encoding: str) -> str:
    return next((text for text in _candidates(character) if _encodable(text, encoding)), "?")


def _candidates(character: str) -> Iterator[str]:
    """Yield what may stand for a character, the nearest first; nothing at all for what is not seen."""
    seen = character
    while (seen := _NEAREST.get(seen, "")) and seen != character:
        yield seen
    if unicodedata.category(character) in {"Cf", "Mn"}:
        yield ""
    yield unicodedata.normalize("NFKC", character)
    yield "".join(each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each))
    yield _UNKNOWN


def _encodable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
