"""What could not be verified, in words: sentences for messages and lists, rows for the letter and the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

import msgspec

from checker.contract.place import At
from checker.contract.shape import FilingJson
from checker.outputs.gaps import Gap, Sort, gaps_of
from checker.outputs.names import rule_name
from checker.outputs.places import where
from checker.outputs.plain import plain
from checker.outputs.words import Words

_KINDS: Final = {
    Sort.MISSING: "html.gaps.missing",
    Sort.FAULT: "html.gaps.faults",
    Sort.UNASSESSED: "html.gaps.unassessed",
    Sort.UNREAD: "html.gaps.unread",
    Sort.DOUBT: "html.gaps.tables",
    Sort.SKIPPED: "html.gaps.skipped",
    Sort.FOREIGN: "html.gaps.skipped",
    Sort.UNVERIFIED: "html.gaps.lost",
}


class Sentence(msgspec.Struct, frozen=True):
    """Something that was not verified, in a sentence; `grave` when the verification is incomplete for it."""

    sort: Sort
    text: str
    at: At | None
    grave: bool


class Row(NamedTuple):
    """Something that was not verified: of what kind, what, where, and why."""

    kind: str
    what: str
    place: str
    reason: str


def sentences(filing: FilingJson, words: Words, longest: int | None = None) -> tuple[Sentence, ...]:
    """Return all that was not verified, each once; at most `longest` characters of what a cell holds."""
    told = []
    for sort, alike in groupby(gaps_of(filing), key=lambda gap: gap.sort):
        if sort is Sort.MISSING:
            forms = [gap.what for gap in alike]
            text = words("console.missing", count=len(forms), forms="、".join(forms))
            told.append(Sentence(sort, plain(text), None, grave=True))
        else:
            told += [Sentence(sort, plain(_said(gap, words, longest)), gap.at, gap.grave) for gap in alike]
    return tuple(dict.fromkeys(told))


def grave_lines(filing: FilingJson, words: Words, most: int = 0) -> tuple[str, ...]:
    """Return in a line each for what the verification is incomplete, at `most` so many (0: all) and how many more."""
    lines = [each.text for each in sentences(filing, words) if each.grave]
    if most and len(lines) > most:
        lines[most:] = [words("console.more_doubts", count=len(lines) - most)]
    return tuple(lines)


def rows(filing: FilingJson, words: Words) -> Iterator[Row]:
    """Yield all that was not verified, each subject of an outcome in a row of its own."""
    for gap in gaps_of(filing):
        kind = words(_KINDS[gap.sort])
        if gap.rule is None:
            yield Row(kind, _what(gap, words), where(gap.at, words) if gap.at else "", gap.reason)
            continue
        name = f"{gap.rule.id} {rule_name(gap.rule, words)}"
        for subject in gap.subjects:
            place = where(subject.at, words) if subject.at else ""
            yield Row(kind, f"{name}：{subject.what}", place, gap.reason)
        if len(gap.subjects) < gap.count:
            yield Row(kind, name, "", gap.reason)


def _said(gap: Gap, words: Words, longest: int | None) -> str:
    place = where(gap.at, words) if gap.at else ""
    match gap.sort:
        case Sort.UNREAD:
            return words("console.unread", place=place, text=gap.text[:longest], reason=gap.reason)
        case Sort.DOUBT:
            return words("told.doubt", table=gap.what, place=place, doubt=gap.reason)
        case Sort.SKIPPED | Sort.FOREIGN:
            return words("console.skipped", place=place, reason=gap.reason, lines=gap.count)
        case Sort.UNVERIFIED:
            return words("told.unverified", rule=gap.reason, message=gap.what)
        case _:
            return words("console.unassessed", rule=gap.rule.id if gap.rule else "", reason=gap.reason)


def _what(gap: Gap, words: Words) -> str:
    if gap.sort is Sort.UNREAD:
        return f"{gap.what}：{gap.text}" if gap.what else gap.text
    return gap.what or words("html.gaps.untitled")
