"""What could not be verified of a filing, one item a line: never left out of any report that says how it came out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.contract.place import At
from checker.contract.rule import ReasonJson, RuleJson
from checker.contract.shape import FilingJson
from checker.model.outcome import Verdict
from checker.outputs.places import where
from checker.outputs.words import Words


class Gap(NamedTuple):
    """Something that was not verified: of what kind, what, where, and why."""

    kind: str
    what: str
    place: str
    reason: str


def gaps_of(filing: FilingJson, words: Words) -> Iterator[Gap]:
    """Yield what was not verified: tables missing, relations not assessed, cells unread, doubts, parts skipped."""
    for form in filing.missing:
        yield Gap(words("html.gaps.missing"), form, "", "")
    for rule in filing.rules:
        for reason in rule.reasons:
            if reason.outcome in {Verdict.UNASSESSED, Verdict.FAULT}:
                yield from _unassessed(rule, reason, words)
    for lost in filing.unread:
        printed = f"{lost.where}：{lost.text}" if lost.where else lost.text
        yield Gap(words("html.gaps.unread"), printed, where(lost.at, words), lost.reason)
    for table in filing.tables:
        for doubt in table.doubts:
            yield Gap(words("html.gaps.tables"), table.label, where(table.at, words), doubt)
    for part in filing.skipped:
        title = part.title or words("html.gaps.untitled")
        yield Gap(words("html.gaps.skipped"), title, where(part.at, words), part.reason)


def _unassessed(rule: RuleJson, reason: ReasonJson, words: Words) -> Iterator[Gap]:
    kind = words("html.gaps.faults" if reason.outcome == Verdict.FAULT else "html.gaps.unassessed")
    name = f"{rule.id} {rule.name_en if words.language == 'en' and rule.name_en else rule.name}"
    places: tuple[At | None, ...] = reason.places or (None,) * len(reason.about)
    for about, place in zip(reason.about, places, strict=False):
        yield Gap(kind, f"{name}：{about}", where(place, words) if place else "", reason.reason)
    if len(reason.about) < reason.count:
        yield Gap(kind, name, "", reason.reason)
