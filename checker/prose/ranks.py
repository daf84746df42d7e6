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
_NO_RANK = "省市州盟区县旗镇乡社灌保景林"
_PLACE = re.compile(
    rf"(?:中共|中国共产党)?(?P<省>[^{_NO_RANK}]{{2,3}}省)?(?P<市>[^{_NO_RANK}]{{1,4}}[市州盟])?(?P<区>[^{_NO_RANK}]{{1,4}}[区县旗市])?"
)
"""A name's place; 社区, 灌区, 景区 and the like are none."""
_ZONE = re.compile(r"自治区|高新|开发|园区|示范|试验|管委会|管理委员会")


def other_ranks(filing: Filing, lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the definitions that speak of the departments or the finance of another rank than the filer's.

    The lowest rank in the filer's name is its own: 上海市某区某局 is a district's. A county-level city may call itself
    either, so that a city's glossary may speak of the county.
    """
    own = _rank_of(filing.filer)
    if not own:
        return
    for line in lines:
        if not _DEFINES.match(line.text):
            continue
        for match in _SPOKEN.finditer(line.text):
            spoken = {"县": "区"}.get(match["rank"], match["rank"])
            if spoken != own and (own, spoken) != ("市", "区"):
                yield Remark(line, match.start("rank"), match.end(), match[0][match.start("rank") - match.start() :])


def _rank_of(filer: str) -> str:
    """Return the rank of the body's government, nothing for a zone, a township or a name without a place."""
    match = _PLACE.match(filer)
    if match is None or _ZONE.search(filer):
        return ""
    return next((rank for rank in ("区", "市", "省") if match[rank]), "")
