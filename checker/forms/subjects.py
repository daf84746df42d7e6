"""Official subjects: which names a code has carried, when, and what a printed name is beside them."""

from __future__ import annotations

import csv
import re
import unicodedata
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import msgspec

SLACK = 2
"""So many years beside those that a name was seen in, it is taken to have been the same."""

WIDESPREAD = 10
"""A name seen in so many filings under one code only belongs to that code."""

_YEARS = re.compile(r"(?P<first>\d{4})?(?P<to>[-+]?)(?P<last>\d{4})?(?P<doubt>\?)?")
_AROUND = re.compile(r"^[-—·*]*(?:其中:)?|\([类款项]\)$")
_BRACKETED = re.compile(r"\([^()]*\)")
_BRACKETS = str.maketrans("〔［【〕］】", "((()))")
_MARKS = str.maketrans("", "", "()、,，·-—的")
_TAILS = ("支出", "费用", "经费", "费")


class Subject(msgspec.Struct, frozen=True):
    """A name that a code has carried.

    It was the official name from the year `since` to the year `until` (0: not known to have begun or ended), and was
    seen in filings of the years `seen`. A subject that is not `certain` was read in one filing only, or is written
    down from memory; one that is `sole` names no other code of its list and level.
    """

    name: str
    since: int = 0
    until: int = 0
    seen: tuple[int, int] = (0, 0)
    certain: bool = False
    sole: bool = False

    def in_force(self, year: int) -> bool:
        """Say whether nothing is known against this name in a year."""
        return self.since <= year and not (self.until and year > self.until)

    def vouched(self, year: int) -> bool:
        """Say whether it is certain that the code was called so in that year, within SLACK of those it was seen in."""
        if not self.certain or not self.in_force(year):
            return False
        first, last = self.seen
        return bool(self.since) or first - SLACK <= year <= last + SLACK


Subjects = dict[str, tuple[Subject, ...]]
"""The names of every code, the present one last."""


class Fit(StrEnum):
    """What a printed name is to the code beside it."""

    RIGHT = "right"
    UNKNOWN = "unknown"
    RENAMED = "renamed"
    SPELT = "spelt"
    OTHER = "other"


class Judgement(msgspec.Struct, frozen=True):
    """What a printed name is, the official name it is held against, and whether that is certain."""

    fit: Fit
    official: Subject | None = None
    certain: bool = False


def judge_name(name: str, known: tuple[Subject, ...], year: int) -> Judgement:
    """Hold a printed name against those that its code has carried, in a filing for a year."""
    if not known:
        return Judgement(Fit.UNKNOWN)
    here = plain(name)
    current = [subject for subject in known if subject.in_force(year)]
    for subject in known:
        if plain(subject.name) == here:
            if subject in current:
                return Judgement(Fit.RIGHT, subject)
            instead = current[-1] if current else subject
            return Judgement(Fit.RENAMED, subject if instead is subject else instead, subject.certain)
    if not current:
        return Judgement(Fit.UNKNOWN)
    near = [subject for subject in known if alike(name, subject.name)]
    if near:
        return Judgement(Fit.SPELT, near[-1], near[-1].certain)
    return Judgement(Fit.OTHER, current[-1], any(subject.vouched(year) for subject in current))


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return a name without spaces, marks before it and its level behind it, brackets and letters of one width."""
    return _AROUND.sub("", "".join(unicodedata.normalize("NFKC", name).translate(_BRACKETS).split()))


def alike(one: str, other: str) -> bool:
    """Say whether two names are one subject written differently: brackets, the last word, a cut or misread sign."""
    short, long = sorted((_core(one), _core(other)), key=len)
    if short == long or _core(_BRACKETED.sub("", plain(one))) == _core(_BRACKETED.sub("", plain(other))):
        return True
    if len(short) < 4:
        return False
    return short in long or SequenceMatcher(None, short, long, autojunk=False).ratio() >= 0.85


def _core(name: str) -> str:
    core = plain(name).translate(_MARKS)
    for tail in _TAILS:
        if core.endswith(tail) and len(core) > len(tail):
            return core[: -len(tail)]
    return core


def read_subjects(files: list[Path]) -> Subjects:
    """Read the lists of subjects among the reference files: code, name, years, status, and in how many filings seen.

    The years say from when to when a name was in force (`2020+`, `-2019`), or in which it was seen (`2017-2024`); a
    `?` leaves a year's doubt at the boundary.
    """
    known: dict[tuple[str, str], Subject] = {}
    widespread: set[str] = set()
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if "code" not in row or "years" not in row:
                    continue
                code, filings = row["code"], int(row.get("filings") or 0)
                subject = _subject(row["name"], row["years"], row["status"], filings)
                key = (code, plain(subject.name))
                known[key] = _together(known[key], subject) if key in known else subject
                if filings >= WIDESPREAD or (row["status"].startswith("official") and len(code) > 3):
                    widespread.add(key[1])
    codes: dict[tuple[str, str, int], set[str]] = {}
    for code, name in known:
        codes.setdefault((name, code[0], len(code)), set()).add(code)
    subjects: dict[str, list[Subject]] = {}
    for (code, name), subject in known.items():
        sole = len(codes[name, code[0], len(code)]) == 1 and name in widespread
        subjects.setdefault(code, []).append(msgspec.structs.replace(subject, sole=sole))
    return {code: tuple(sorted(names, key=lambda one: one.until or 9999)) for code, names in subjects.items()}


def _together(one: Subject, other: Subject) -> Subject:
    """Return what two rows of the lists say of one name."""
    years = [year for subject in (one, other) for year in subject.seen if year]
    return Subject(
        name=one.name,
        since=one.since or other.since,
        until=one.until or other.until,
        seen=(min(years), max(years)) if years else (0, 0),
        certain=one.certain or other.certain,
    )


def _subject(name: str, years: str, status: str, filings: int) -> Subject:
    match = _YEARS.fullmatch(years)
    if match is None:
        raise ValueError(f"“{years}”不是年份")
    first, last = int(match["first"] or 0), int(match["last"] or 0)
    doubt = 1 if match["doubt"] else 0
    certain = status.startswith(("official", "secondary", "renamed")) or (status == "observed" and filings != 1)
    if match["to"] == "+":
        return Subject(name, since=first - doubt, certain=certain)
    if match["to"] == "-" and not first:
        return Subject(name, until=last + doubt, certain=certain)
    return Subject(name, seen=(first, last or first), certain=certain)
