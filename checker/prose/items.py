"""What a paragraph on one item says of its purpose and of the reason for its change, when it names another item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.model.wording import Line
from checker.prose.remarks import Remark

_ITEM = re.compile(r"(?P<group>[一-鿿（）()、]{2,30}?)[（(]款[）)]\s*(?P<item>[一-鿿（）()、]{2,40}?)[（(]项[）)]")
_NAMED = (
    re.compile(r"主要用于[：:]?\s*(?P<name>[一-鿿（）()、]{3,50}?)(?:经费|支出|费用)?[。；;，,]"),
    re.compile(
        r"原因(?:是|为)?[：:]?\s*(?P<name>[一-鿿（）()、]{3,50}?)(?:经费|支出|费用|预算)*"
        r"(?:有所)?(?:增加|减少|增长|下降|保持不变|不变|持平|调整)[。；;，,]"
    ),
)
_CLASS = re.compile(r"^.*[（(]类[）)]")
_EXPENDITURE = re.compile(r"(?:支出|经费)$")


def other_items(lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield where the paragraph on an item gives the name of another item for its purpose or its reason.

    Only a name that heads a paragraph of its own counts, with the group's name before it or without: what is no item's
    name describes, and describing is no mistake.
    """
    items = [(line, _names(line.text)) for line in lines]
    headed = [(line, names) for line, names in items if names]
    every = frozenset().union(*(names for _, names in headed)) if headed else frozenset()
    for line, own in headed:
        for pattern in _NAMED:
            for match in pattern.finditer(line.text):
                name = _EXPENDITURE.sub("", match["name"])
                if name in every and not any(name in mine or mine in name for mine in own):
                    reason = f"说的是{min(own, key=len)}，此处却写作{match['name']}"
                    yield Remark(line, match.start("name"), match.end("name"), reason)


def _names(text: str) -> frozenset[str]:
    """Return what the item that a paragraph is about may be called, nothing for a paragraph about none or several."""
    found = list(_ITEM.finditer(text))
    if len(found) != 1:
        return frozenset()
    group, item = _CLASS.sub("", found[0]["group"]), found[0]["item"]
    return frozenset(_EXPENDITURE.sub("", name) for name in (item, group + item))
