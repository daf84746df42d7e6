"""The same words said twice: in the fields of one form, or in the narrative."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.model.wording import Line
from checker.prose.remarks import Remark

SHORTEST_FIELD = 12
SHORTEST_SENTENCE = 12
SHORTEST_PARAGRAPH = 30
"""Characters below which a repetition says nothing: 同上, 无, a mere name."""

_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_SPACE = re.compile(r"\s+")


def repeated_fields(lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield, for every form, the first field that repeats another word for word, with all that do."""
    forms: dict[str, dict[str, list[Line]]] = {}
    for line in lines:
        text = _SPACE.sub("", line.text)
        if len(text) >= SHORTEST_FIELD:
            forms.setdefault(line.owner, {}).setdefault(text, []).append(line)
    for texts in forms.values():
        alike = [said for said in texts.values() if len({line.name for line in said}) > 1]
        if alike:
            largest = max(alike, key=len)
            labels = list(dict.fromkeys(line.name for line in largest))
            repeated = next(line for line in largest if line.name != largest[0].name)
            yield Remark(repeated, reason=f"{'、'.join(labels)}的文字完全相同")


def cut_off(lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the fields whose text breaks off where the same field's other side goes on: a cell too narrow for it."""
    sides: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if len(line.text) >= SHORTEST_FIELD:
            sides.setdefault((line.owner, line.name), []).append(line)
    for said in sides.values():
        for line in said:
            text = _SPACE.sub("", line.text)
            longer = [other for other in said if _SPACE.sub("", other.text).startswith(text) and other is not line]
            if text[-1] not in "。；;！)）" and any(len(_SPACE.sub("", other.text)) > len(text) for other in longer):
                yield Remark(line, reason="文字没有写完，另一侧的同一段话还有下文")


def repeated_lines(lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield a sentence that stands twice in a row, and a long paragraph that its passage has said before."""
    said: set[tuple[str, str]] = set()
    for line in lines:
        text = _SPACE.sub("", line.text)
        key = (line.name, text)
        if line.name and len(text) >= SHORTEST_PARAGRAPH and key in said:
            yield Remark(line, reason="这一段与前面的一段完全相同")
            continue
        said.add(key)
        above = ""
        for match in _SENTENCE.finditer(line.text):
            sentence = _SPACE.sub("", match[0]).rstrip("。；;")
            if len(sentence) >= SHORTEST_SENTENCE and sentence == above:
                yield Remark(line, match.start(), match.end(), "这句话连着写了两遍")
            above = sentence
