"""Brackets, quotation marks and 《》 that open and never close, or close without having been opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from checker.model.wording import Line
from checker.prose.remarks import Remark

_PAIRS: Final = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_FOLD: Final = str.maketrans("()[]［］﹝﹞", "（）〔〕〔〕〔〕")
_LISTED = re.compile(r"(?:^|(?<=[。；;，,：:、\s]))[0-9一二三四五六七八九十a-zA-Z]{1,3}[)）]")
_ENDS = ("。", "；", "：", "！", "？", ";", ":", "）", ")")


def unpaired(lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the marks without their counterpart, paragraph by paragraph.

    A paragraph that does not end as a sentence may be cut by its layout, and one whose passage has the counterpart
    elsewhere is: neither is judged. `1）` and `一)` number a list.
    """
    said = list(lines)
    for line in said:
        text = _LISTED.sub(lambda match: " " * len(match[0]), line.text).translate(_FOLD)
        if not line.text.rstrip().endswith(_ENDS):
            continue
        lone = _lone(text)
        if lone is None:
            continue
        opener = next((a for a, b in _PAIRS.items() if text[lone] in {a, b}), "")
        whole = "".join(other.text for other in said if other.name == line.name).translate(_FOLD)
        whole = _LISTED.sub("", whole)
        if whole.count(opener) != whole.count(_PAIRS[opener]):
            yield Remark(line, lone, lone + 1, f"“{line.text[lone]}”没有与之成对的另一半")


def _lone(text: str) -> int | None:
    """Return where the first mark without its counterpart stands; each sort of mark is counted by itself."""
    for opener, closer in _PAIRS.items():
        opened: list[int] = []
        for position, letter in enumerate(text):
            if letter == opener:
                opened.append(position)
            elif letter == closer:
                if not opened:
                    return position
                opened.pop()
        if opened:
            return opened[-1]
    return None
