"""The rank of government that a glossary speaks of, against the filer's own: the template of another rank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.model.filing import Filing
from checker.model.wording import Line
from checker.prose.remarks import Remark

_SPOKEN = re.compile(
    r"(?:指|是|与|用|使用)(?P<rank>省|市|区|县)(?:级|直)(?:预算)?(?:主管|预算)?(?:部门|财政|机关|单位)"
)
_DEFINES = re.compile(r"^[（(]?[一二三四五六七八九十0-9]+[）)、.．]?.{2,20}?(?:[:：]|是指|，?指)")
_RANKS = (
    ("乡", "乡"),
    ("镇", "乡"),
    ("街道", "区"),
    ("区", "区"),
    ("县", "区"),
    ("旗", "区"),
    ("市", "市"),
    ("省", "省"),
)


def other_ranks(filing: Filing, lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the definitions that speak of the departments or the finance of another rank than the filer's.

    The lowest rank in the filer's name is its own: 上海市某区某局 is a district's. A county-level city may call itself
    either, so that a city's glossary may speak of the county.
    """
    own = next((rank for word, rank in _RANKS if word in _place_of(filing)), "")
    if not own or own == "乡":
        return
    for line in lines:
        if not _DEFINES.match(line.text):
            continue
        for match in _SPOKEN.finditer(line.text):
            spoken = {"县": "区"}.get(match["rank"], match["rank"])
            if spoken != own and (own, spoken) != ("市", "区"):
                yield Remark(line, match.start("rank"), match.end(), match[0][match.start("rank") - match.start() :])


def _place_of(filing: Filing) -> str:
    """Return the part of the filer's name, or of the cover, that may name its place."""
    return (
        filing.filer if any(word in filing.filer for word, _ in _RANKS) else "".join(line.text for line in filing.cover)
    )
