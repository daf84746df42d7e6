"""How the amounts of a narrative are printed: with thousands separators or without, not now one way, now the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.model.wording import Line
from checker.prose.remarks import Remark

_SEPARATED = re.compile(r"(?<![0-9,.])[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?=\s*(?:万元|元|亿元))")
_PLAIN = re.compile(r"(?<![0-9,.])[0-9]{4,}(?:\.[0-9]+)?(?=\s*(?:万元|元|亿元))")


def mixed_styles(lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the first amount in the rarer of the two styles, for every paragraph that uses both."""
    for line in lines:
        separated = [match.span() for match in _SEPARATED.finditer(line.text)]
        plain = [match.span() for match in _PLAIN.finditer(line.text)] if separated else []
        if plain:
            start, end = min(separated, plain, key=len)[0]
            yield Remark(line, start, end, f"这一段有千分位的金额{len(separated)}处，没有的{len(plain)}处")
