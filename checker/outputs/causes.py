"""Systematic causes: what many filings of one layout or one county show at once, and the themes of a batch.

That many filings fail at the same place is a hint to their template, their publisher, or to the rule itself; it proves
nothing about any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import sqrt
from typing import Final

import msgspec

from checker.model.rule import Severity
from checker.outputs.regions import Region
from checker.outputs.summaries import Noted, Summary

AT_LEAST: Final = 3
"""Filings that must share an observation before it is called systematic …"""
PERCENT: Final = 5
"""… and so many of a hundred filings of the same layout or county."""
CONCENTRATED: Final = 80
"""Per cent of those filings in one county, from which on the county is named instead of the layout."""
STANDING_OUT: Final = 4
"""Standard deviations by which a county must exceed the others before it is told of alone."""
NEARLY_ALL: Final = 80
"""Per cent of all filings of a layout, from which on the rule itself is in doubt."""
SAME_PLACE: Final = 60
"""Per cent of the filings that show it in the same place, from which on a template is suspected."""


class Scope(StrEnum):
    """What the filings have in common."""

    LAYOUT = "layout"
    REGION = "region"


class Hint(StrEnum):
    """What it may come from; see `html.causes.hint.*` for the words."""

    RULE = "rule"
    TEMPLATE = "template"
    PUBLISHER = "publisher"
    PRACTICE = "practice"
    MISSING = "missing"


class Shared(msgspec.Struct, frozen=True):
    """A rule that fails in several filings, in `same` of them first at `ref`; a form that they lack has no rule."""

    rule: str
    name: str
    name_en: str
    severity: str
    same: int
    ref: str

    @property
    def rank(self) -> tuple[int, str, str]:
        """Errors, what is missing, doubts, notices."""
        return 2 * Severity(self.severity).rank if self.severity else 1, self.rule, self.name


class Cause(msgspec.Struct, frozen=True):
    """What the same filings of one scope show together, the worst first; they are `count` of the `of` that it has.

    `regions` says how they are spread, when it is not a county that they have in common.
    """

    shared: tuple[Shared, ...]
    scope: Scope
    where: str
    of: int
    filings: tuple[Summary, ...]
    regions: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """How many filings show it."""
        return len(self.filings)

    @property
    def missing(self) -> bool:
        """Whether they only lack forms."""
        return not any(each.rule for each in self.shared)

    @property
    def hint(self) -> Hint:
        """What to look at first."""
        if self.missing:
            return Hint.MISSING
        if self.of > AT_LEAST and self.count * 100 >= NEARLY_ALL * self.of and self.scope is Scope.LAYOUT:
            return Hint.RULE
        same = max(each.same for each in self.shared)
        if same >= AT_LEAST and same * 100 >= SAME_PLACE * self.count:
            return Hint.PUBLISHER if self.scope is Scope.REGION else Hint.TEMPLATE
        return Hint.PRACTICE

    @property
    def rank(self) -> tuple[int, int, tuple[int, str, str], str]:
        """Errors before doubts, then what most filings show."""
        return self.shared[0].rank[0], -self.count, self.shared[0].rank, self.where


class Heat(msgspec.Struct, frozen=True):
    """How many filings of each group have errors or doubts of each theme; `cells` runs parallel to both."""

    themes: tuple[str, ...]
    regions: tuple[Region, ...]
    cells: tuple[tuple[int, ...], ...]
    others: int


Key = tuple[str, str]
"""A rule, or a form that is missing behind an empty rule."""


def causes(groups: Sequence[Region]) -> tuple[Cause, ...]:
    """Return what is systematic, errors first, then what most filings show."""
    region_of = {id(each): group.name for group in groups for each in group.filings}
    sizes = {group.name: len(group.filings) for group in groups}
    layouts = Counter(each.layout for group in groups for each in group.filings)
    showing: dict[Key, dict[str, list[Summary]]] = {}
    for group in groups:
        for each in group.filings:
            for key in _keys(each):
                showing.setdefault(key, {}).setdefault(each.layout, []).append(each)
    found = []
    for key, by_layout in showing.items():
        for layout, filings in by_layout.items():
            found += _within(key, filings, layouts[layout], region_of, sizes)
    return tuple(sorted(_joined(found), key=lambda each: each.rank))


def heat(groups: Sequence[Region], most: int = 24) -> Heat:
    """Return the map of groups and themes: the `most` themes that most filings have trouble with, and how many more."""
    counts = [Counter(theme for each in group.filings for theme in _themes(each)) for group in groups]
    total = sum(counts, Counter[str]())
    themes = sorted(total, key=lambda theme: (-total[theme], theme))
    shown = tuple(themes[:most])
    cells = tuple(tuple(each[theme] for theme in shown) for each in counts)
    return Heat(shown, tuple(groups), cells, len(themes) - len(shown))


def _within(
    key: Key, filings: list[Summary], size: int, region_of: dict[int, str], sizes: dict[str, int]
) -> list[Cause]:
    """Return the cause for a layout as a whole, or for the counties that stand out in it."""
    regions = Counter(region_of[id(each)] for each in filings)
    first, most = max(regions.items(), key=lambda pair: (pair[1], pair[0]))
    if _systematic(len(filings), size):
        if len(sizes) > 1 and first and most * 100 >= CONCENTRATED * len(filings) and _systematic(most, sizes[first]):
            members = [each for each in filings if region_of[id(each)] == first]
            return [_cause(key, members, Scope.REGION, first, sizes[first], Counter())]
        return [_cause(key, filings, Scope.LAYOUT, filings[0].layout_title or filings[0].layout, size, regions)]
    standing_out = [
        name
        for name, count in regions.items()
        if name
        and _systematic(count, sizes[name])
        and _stands_out(count, sizes[name], len(filings) - count, size - sizes[name])
    ]
    found = []
    for name in standing_out:
        members = [each for each in filings if region_of[id(each)] == name]
        found.append(_cause(key, members, Scope.REGION, name, sizes[name], Counter()))
    return found


def _cause(key: Key, filings: list[Summary], scope: Scope, where: str, size: int, regions: Counter[str]) -> Cause:
    rule, form = key
    noted = [each for filing in filings for each in filing.noted if each.rule == rule] if rule else []
    told = min(noted, key=lambda each: Severity(each.severity).rank) if noted else Noted("", form, "", "", "", 0, "")
    places = Counter(ref for filing in filings if (ref := _first_ref(filing, rule)))
    ref, same = max(places.items(), key=lambda pair: (pair[1], pair[0])) if places else ("", 0)
    return Cause(
        shared=(Shared(rule, told.name, told.name_en, told.severity, same, ref),),
        scope=scope,
        where=where,
        of=size,
        filings=tuple(sorted(filings, key=lambda each: each.rank)),
        regions=tuple(sorted(regions.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _joined(found: Iterable[Cause]) -> Iterable[Cause]:
    """Join what exactly the same filings show: one wrong figure breaks several rules, and is one cause."""
    groups: dict[tuple[Scope, str, tuple[int, ...]], list[Cause]] = {}
    for each in found:
        groups.setdefault((each.scope, each.where, tuple(map(id, each.filings))), []).append(each)
    for members in groups.values():
        shared = sorted((shared for each in members for shared in each.shared), key=lambda shared: shared.rank)
        yield msgspec.structs.replace(members[0], shared=tuple(shared))


def _first_ref(filing: Summary, rule: str) -> str:
    return next((each.ref for each in filing.noted if each.rule == rule), "")


def _systematic(count: int, size: int) -> bool:
    return count >= AT_LEAST and count * 100 >= PERCENT * size


def _stands_out(count: int, size: int, elsewhere: int, others: int) -> bool:
    """Say whether a county shows it clearly more often than it would if its filings were like those elsewhere.

    Among hundreds of counties and rules chance alone makes some threes; four standard deviations leave hardly any.
    """
    expected = size * elsewhere / others if others > 0 else 0.0
    return count >= expected + STANDING_OUT * sqrt(expected) + 1


def _keys(filing: Summary) -> Iterable[Key]:
    return dict.fromkeys([*((each.rule, "") for each in filing.noted), *(("", form) for form in filing.missing)])


def _themes(filing: Summary) -> set[str]:
    return {each.theme for each in filing.noted if each.severity != Severity.NOTICE and each.theme}
