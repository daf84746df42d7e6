"""The 审核意见书: what a reviewer sends back to the body that published the filing, as the page prints it."""

from __future__ import annotations

import msgspec

from checker.contract.groups import Group, groups
from checker.contract.shape import FilingJson
from checker.model.rule import Severity
from checker.outputs.html_gaps import Gaps, Unassessed
from checker.outputs.places import file_name, where
from checker.outputs.words import Words


class Item(msgspec.Struct, frozen=True):
    """An observation in a sentence, where it was made, what to do, and what that rests on."""

    message: str
    places: str
    advice: str
    basis: str


class Letter(msgspec.Struct, frozen=True):
    """The letter: what was audited, the observations by severity, and in sentences what could not be verified."""

    file: str
    relations: int
    parts: tuple[tuple[str, int, tuple[Item, ...]], ...]
    unverified: tuple[str, ...]


def letter_of(filing: FilingJson, gaps: Gaps, words: Words) -> Letter:
    """Return the letter about a filing; waived findings are not written of."""
    found: dict[str, list[Group]] = {}
    for group in groups(filing):
        found.setdefault(group.severity, []).append(group)
    return Letter(
        file=file_name(filing.path),
        relations=filing.coverage.outcomes[0],
        parts=tuple(
            (
                severity.value,
                sum(group.count for group in found[severity]),
                tuple(_item(each, words) for each in found[severity]),
            )
            for severity in Severity
            if severity in found
        ),
        unverified=tuple(_unverified(gaps, words)),
    )


def _item(group: Group, words: Words) -> Item:
    place = where(group.first.at, words)
    if group.others:
        place = words("html.letter.places", place=place, count=group.count)
    return Item(group.first.message, place, group.first.advice, group.first.basis)


def _unverified(gaps: Gaps, words: Words) -> list[str]:
    said = []
    if gaps.missing:
        said.append(words("html.letter.missing", count=len(gaps.missing), forms="、".join(gaps.missing)))
    said += [_gap(gap, words) for gap in (*gaps.faults, *gaps.unassessed)]
    for key, remarks in {"unread": gaps.unread, "doubts": gaps.tables, "skipped": gaps.skipped}.items():
        said += [words(f"html.letter.{key}", what=each.what, place=each.at, reason=each.reason) for each in remarks]
    return said


def _gap(gap: Unassessed, words: Words) -> str:
    return words("html.letter.unassessed", rule=gap.name, count=gap.times, reason=gap.reason)
