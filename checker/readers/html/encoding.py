"""Which encoding is a web page in? What it declares, unless its bytes say otherwise."""

from __future__ import annotations

import codecs
import re

from checker.readers.limits import Unreadable

_FIRST_BYTES = 4096
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
"""Encodings that pages declare while they use the larger set that contains it."""
_TOLERATED = 1000
"""Characters to each that may be undecodable: a page cut within a character, a stray byte in a template."""


def decode(content: bytes) -> tuple[str, str, int]:
    """Return the text of a page, its encoding, and how many places could not be decoded.

    Bytes that are UTF-8 throughout are UTF-8 whatever is declared: Chinese in another encoding never is. A Western
    encoding is believed only where GB18030 fails, since it accepts anything.

    Raises:
        Unreadable: when neither the declared encoding nor UTF-8 nor GB18030 fits.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _forgiving(content, [name])
    match = _DECLARED.search(content, 0, _FIRST_BYTES)
    declared = _known(match[1].decode("ascii") if match else "")
    candidates = ["utf-8", *([declared] if declared else []), "gb18030"]
    if declared.startswith(("iso8859", "cp125", "ascii", "utf-16", "utf-32", "utf-7")):
        candidates = ["utf-8", "gb18030"]
    for candidate in candidates:
        try:
            return content.decode(candidate), candidate, 0
        except UnicodeDecodeError:
            continue
    return _forgiving(content, [declared, *candidates] if declared in candidates else candidates)


def _known(name: str) -> str:
    """Return the name under which Python knows an encoding; nothing for one that is no text encoding."""
    try:
        found = codecs.lookup(name)
    except LookupError:
        return ""
    return _WIDER.get(found.name, found.name) if found._is_text_encoding else ""


def _forgiving(content: bytes, candidates: list[str]) -> tuple[str, str, int]:
    """Decode with the first candidate that leaves hardly anything undecoded."""
    for candidate in candidates:
        text = content.decode(candidate, "replace")
        bad = text.count("\ufffd") - content.count("\ufffd".encode())
        if bad <= 0 or bad * _TOLERATED <= len(text) or bad == 1:
            return text, candidate.removesuffix("-sig"), max(bad, 0)
    raise Unreadable("网页的编码既不是它声明的，也不是 UTF-8 或 GB18030")
