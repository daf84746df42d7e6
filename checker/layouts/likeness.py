"""How alike two printed names are: a title and a form, a header and a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from checker.recognition.words import fold

_FILLING = re.compile(r'预算|决算|部门|单位|安排|情况|公开|{年}|[表"()]')
_COMMON_IN_HEADINGS = re.compile(r"预算|决算|[本各]?部门|[本各]?单位|情况|说明|{年}|[\"()]")
_FEATURES: Final = (
    "收入", "支出", "收支", "财政拨款", "一般公共", "政府性基金", "国有资本", "基本支出", "项目", "三公", "机关运行",
    "经济", "绩效", "目标", "整体", "采购", "结转", "来源", "总",
)  # fmt: skip
"""Words that tell the tables of a filing apart; a title that has one the other lacks is hardly the same table's."""

ENOUGH: Final = 0.7
"""Likeness from which one name is proposed for another."""
MARGIN: Final = 0.04
"""What the best name must be ahead of the next."""


@lru_cache(maxsize=8192)
def titles_alike(one: str, other: str) -> float:
    """Return how alike two titles are, 0 to 1: half by their letters, half by the words that tell tables apart."""
    first, second = (_FILLING.sub("", fold(text)) for text in (one, other))
    features = [{word for word in _FEATURES if word in fold(text)} for text in (one, other)]
    union = features[0] | features[1]
    shared = len(features[0] & features[1]) / len(union) if union else 0.0
    return (_ratio(first, second) + shared) / 2


@lru_cache(maxsize=8192)
def headings_alike(one: str, other: str) -> float:
    """Return how alike two headings of passages are, 0 to 1, by what they say beyond 情况说明."""
    first, second = (_COMMON_IN_HEADINGS.sub("", fold(text)) for text in (one, other))
    return _ratio(first, second)


@lru_cache(maxsize=8192)
def names_alike(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1; a name that contains the other is the liker for it."""
    first, second = fold(one), fold(other)
    if _opposed(first, second):
        return 0.0
    ratio = _ratio(first, second)
    shorter, longer = sorted((first, second), key=len)
    return max(ratio, 0.6 + ratio * 0.4) if len(shorter) > 1 and shorter in longer else ratio


def _opposed(one: str, other: str) -> bool:
    """Say whether one name is of income and the other of expenditure."""
    sides = [("收入" in text, "支出" in text) for text in (one, other)]
    return sides in ([(True, False), (False, True)], [(False, True), (True, False)])


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def abbreviated(one: str, other: str) -> float:
    """Return how alike two names are; one that leaves out words of the other is the liker."""
    shorter, longer = sorted((fold(one), fold(other)), key=len)
    if _opposed(shorter, longer):
        return 0.0
    rest = iter(longer)
    shortened = len(shorter) > 2 and all(letter in rest for letter in shorter)
    return max(names_alike(one, other), 0.55 + _ratio(shorter, longer) * 0.45 if shortened else 0.0)


def pair_up(
    texts: Iterable[str],
    names: Mapping[str, Iterable[str]],
    alike: Callable[[str, str], float] = names_alike,
) -> dict[str, str]:
    """Return the texts that resemble one name and no other as much, each with that name, and no name twice.

    `names` gives the printed forms that are known of every name. Of texts that resemble it alike the first is taken.
    """
    likes = {
        text: {name: max((alike(text, printed) for printed in known), default=0.0) for name, known in names.items()}
        for text in dict.fromkeys(texts)
    }
    pairs = [(like, text, name) for text, scores in likes.items() for name, like in scores.items() if like >= ENOUGH]
    paired: dict[str, str] = {}
    taken: set[str] = set()
    for like, text, name in sorted(pairs, key=lambda pair: -pair[0]):
        rivals = (other for other_name, other in likes[text].items() if other_name not in {name, *taken})
        if text not in paired and name not in taken and all(like - rival >= MARGIN for rival in rivals):
            paired[text] = name
            taken.add(name)
    return paired
