"""Paragraphs that a page break cut in two, put together again; every character keeps its own address."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from checker.model.document import Paragraph
from checker.model.filing import Passage
from checker.model.place import PagePlace, Place

_ENDED = re.compile(r"[。；;：:！!？?]\s*[”’」）)]?\s*$")
_STARTS_ANEW = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]+[)）、．.]|[(（][0-9]{1,2}[)）]|[0-9]{1,2}[、．]|[0-9]{1,2}\.(?![0-9]))"
)
_ITEM = re.compile(r"[（(][款项][）)]")
"""A numbered line that names an item down to 款 or 项 says something of it: it is no heading."""
SHORTEST = 12
"""Characters below which a line without a full stop is a heading, not a paragraph cut in two."""


class Block(msgspec.Struct, frozen=True):
    """Running text made of one or more paragraphs, with the offset at which each begins."""

    text: str
    parts: tuple[tuple[int, Place], ...]

    def place_of(self, start: int, end: int) -> Place:
        """Return the place of `text[start:end]`: the paragraph that it begins in, with the characters meant."""
        offset, place = max((part for part in self.parts if part[0] <= start), key=lambda part: part[0])
        return msgspec.structs.replace(place, span=(start - offset, end - offset))


def in_one_piece(passage: Passage) -> Passage:
    """Return a passage of printed pages with its paragraphs in one piece, each at the place where it begins.

    In a text file each line keeps its own place: the parts are then put together where they are read.
    """
    if not all(isinstance(paragraph.place, PagePlace) for paragraph in passage.paragraphs):
        return passage
    paragraphs = tuple(Paragraph(block.text, block.parts[0][1]) for block in healed(passage.paragraphs))
    return msgspec.structs.replace(passage, paragraphs=paragraphs)


def healed(paragraphs: Sequence[Paragraph]) -> list[Block]:
    """Return the paragraphs, those joined of which the first does not end and the next does not begin one."""
    blocks: list[Block] = []
    for paragraph in paragraphs:
        last = blocks[-1] if blocks else None
        if last is not None and _goes_on(last.text, paragraph.text):
            joined = (*last.parts, (len(last.text), paragraph.place))
            blocks[-1] = Block(last.text + paragraph.text, joined)
        else:
            blocks.append(Block(paragraph.text, ((0, paragraph.place),)))
    return blocks


def _goes_on(text: str, following: str) -> bool:
    if len(text.strip()) < SHORTEST or _ENDED.search(text) or _STARTS_ANEW.match(following):
        return False
    names_item = _STARTS_ANEW.match(text) is not None and _ITEM.search(text) is not None
    return names_item or any(mark in text for mark in "，,；;。：:")
