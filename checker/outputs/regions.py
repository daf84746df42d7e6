"""Filings → the county, or else the folder, that they belong to, and within it the department and its units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import Final

import msgspec

from checker.outputs.summaries import Summary

MOSTLY: Final = 0.8
"""So many filers must say where they belong before their names are believed over the folders."""
_STEM = r"(?:市[中南北]|[^省市县区旗州盟局委厅所站队院校处办室\s]{1,8}?)"
_STEP: Final = re.compile(rf"(?P<name>{_STEM})(?P<level>自治区|自治州|地区|省|市|州|盟|县|区|旗)")
_LEVEL: Final = {"省": 1, "自治区": 1, "市": 2, "州": 2, "自治州": 2, "地区": 2, "盟": 2, "县": 3, "区": 3, "旗": 3}
_NO_PLACE: Final = re.compile(
    r"(?:城市|都市|超市|股市|门市|社区|园区|景区|小区|辖区|库区|灌区|片区|营区|牧区|林区|山区|老区|校区|院区|病区|街区|"
    r"保护区|名胜区|服务区|示范区|聚集区|集聚区)$"
)
_PARTY: Final = re.compile(r"^(?:中共|中国共产党|共青团|政协|中国人民政治协商会议)")
_NO_REGION: Final = re.compile(
    r"(?:19|20)\d\d.{0,6}|.{0,6}[预决]算.{0,4}|budgets?|final-?accounts|.*\.(?:zip|pages)", re.I
)
"""Folders that sort by year or stage, not by place."""


class Sort(StrEnum):
    """What filings are grouped by: where their filers say they are, or the folder that they lie in."""

    REGION = "region"
    FOLDER = "folder"


class Region(msgspec.Struct, frozen=True):
    """The filings of a county or a folder, department by department, worst first; `name` is empty for the rest."""

    name: str
    departments: tuple[tuple[Summary, ...], ...]

    @property
    def filings(self) -> tuple[Summary, ...]:
        """All its filings."""
        return tuple(each for department in self.departments for each in department)


def regions(summaries: Sequence[Summary]) -> tuple[Sort, tuple[Region, ...]]:
    """Group filings, the group with the worst filing first.

    Names decide when most filers name a county and there are several; else the first folders that tell filings apart.
    """
    names = [administrative(each.filer) for each in summaries]
    named = [name for name in names if name]
    folders = _folders([each.path for each in summaries])
    if folders and not (len(set(named)) > 1 and len(named) >= MOSTLY * len(names)):
        sort, labels = Sort.FOLDER, folders
    else:
        sort, labels = Sort.REGION, _filled(names, [each.path for each in summaries])
    groups: dict[str, list[Summary]] = {}
    for label, each in zip(labels, summaries, strict=True):
        groups.setdefault(label, []).append(each)
    found = [Region(label, _departments(members)) for label, members in groups.items()]
    return sort, tuple(sorted(found, key=lambda each: (not each.name, _weight(each), each.name)))


def administrative(filer: str) -> str:
    """Return the province, city and county that a filer's name begins with: 临溪县 of 临溪县水利局; else nothing."""
    party = _PARTY.match(filer)
    start = end = party.end() if party else 0
    reached = 0
    while step := _STEP.match(filer, end):
        level = _LEVEL[step["level"]]
        if level <= reached or _NO_PLACE.search(step[0]):
            break
        reached, end = level, step.end()
    return filer[start:end]


def _folders(paths: Sequence[str]) -> list[str]:
    """Return, for each path, the first folder that tells the filings apart by more than year or stage; or no list."""
    parts = [PurePath(path).parts[:-1] for path in paths]
    for depth in range(max(map(len, parts), default=0)):
        names = {each[depth] for each in parts if len(each) > depth}
        if len(names) > 1 and not all(_NO_REGION.fullmatch(name) for name in names):
            return [each[depth] if len(each) > depth else "" for each in parts]
    return []


def _filled(names: Sequence[str], paths: Sequence[str]) -> list[str]:
    """Return the names, with that of most others in its folder where a filer does not say."""
    beside: dict[PurePath, Counter[str]] = {}
    for name, path in zip(names, paths, strict=True):
        if name:
            beside.setdefault(PurePath(path).parent, Counter())[name] += 1

    def most(path: str) -> str:
        counts = beside.get(PurePath(path).parent)
        return min(counts, key=lambda name: (-counts[name], name)) if counts else ""

    return [name or most(path) for name, path in zip(names, paths, strict=True)]


def _departments(members: Sequence[Summary]) -> tuple[tuple[Summary, ...], ...]:
    """Put a unit whose name begins with that of another filer behind it: 临溪县水利局水文站 behind 临溪县水利局."""
    heads: dict[str, str] = {}
    head = ""
    for filer in sorted({each.filer for each in members}):
        whole_place = not head or administrative(head) == head
        head = filer if whole_place or not filer.startswith(head) else head
        heads[filer] = head
    groups: dict[str, list[Summary]] = {}
    for each in members:
        groups.setdefault(heads[each.filer] or each.path, []).append(each)
    ordered = [
        tuple(sorted(group, key=lambda each: (each.filer != heads[each.filer], each.rank))) for group in groups.values()
    ]
    return tuple(sorted(ordered, key=lambda group: min(each.rank for each in group)))


def _weight(region: Region) -> tuple[int, int, int, int, int, str]:
    return min(each.rank for each in region.filings)
