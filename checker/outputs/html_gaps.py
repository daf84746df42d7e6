"""What could not be verified, as the page of a filing lists it, with the figures that nothing ticks."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.contract.rule import RuleJson
from checker.contract.shape import FilingJson
from checker.outputs.gaps import Gap, Sort, gaps_of
from checker.outputs.html_tables import cell_id
from checker.outputs.names import rule_name
from checker.outputs.places import where
from checker.outputs.words import Words


class Unassessed(msgspec.Struct, frozen=True):
    """Outcomes of one rule that could not be assessed for one reason, and what they were about."""

    rule: RuleJson
    name: str
    reason: str
    times: int
    about: tuple[str, ...]


class Remark(msgspec.Struct, frozen=True):
    """Something not read or not audited: what, where, why; `anchor` leads to it when the page shows it."""

    what: str
    at: str
    reason: str = ""
    text: str | None = None
    anchor: str = ""


class Gaps(msgspec.Struct, frozen=True):
    """All that could not be verified."""

    missing: tuple[str, ...]
    unassessed: tuple[Unassessed, ...]
    faults: tuple[Unassessed, ...]
    unread: tuple[Remark, ...]
    tables: tuple[Remark, ...]
    skipped: tuple[Remark, ...]
    unchecked: tuple[Remark, ...]
    lost: tuple[Remark, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether everything was read and assessed."""
        found = (self.missing, self.unassessed, self.faults, self.unread, self.tables, self.skipped, self.lost)
        return not any(found)


def gaps_on_page(filing: FilingJson, words: Words) -> Gaps:
    """Return all that could not be verified of a filing."""
    found: dict[Sort, list[Gap]] = {sort: [] for sort in Sort}
    for gap in gaps_of(filing):
        found[Sort.SKIPPED if gap.sort is Sort.FOREIGN else gap.sort].append(gap)
    return Gaps(
        missing=tuple(gap.what for gap in found[Sort.MISSING]),
        unassessed=_unassessed(found[Sort.UNASSESSED], words),
        faults=_unassessed(found[Sort.FAULT], words),
        unread=tuple(_remark(gap, words, text=gap.text) for gap in found[Sort.UNREAD]),
        tables=tuple(_table_remarks(filing, found[Sort.DOUBT], words)),
        skipped=tuple(_skipped(gap, words) for gap in found[Sort.SKIPPED]),
        unchecked=tuple(
            Remark(
                each.ref, where(each.at, words), text=each.text, anchor=cell_id(each.address) if each.address else ""
            )
            for each in filing.unticked
        ),
        lost=tuple(_remark(gap, words) for gap in found[Sort.UNVERIFIED]),
    )


def _remark(gap: Gap, words: Words, text: str | None = None) -> Remark:
    return Remark(gap.what, where(gap.at, words) if gap.at else "", gap.reason, text)


def _skipped(gap: Gap, words: Words) -> Remark:
    lines = words("html.gaps.lines", lines=gap.count) if gap.count else ""
    place = where(gap.at, words) if gap.at else ""
    return Remark(gap.what or words("html.gaps.untitled"), place, f"{gap.reason}{lines}")


def _unassessed(gaps: list[Gap], words: Words) -> tuple[Unassessed, ...]:
    return tuple(
        Unassessed(gap.rule, rule_name(gap.rule, words), gap.reason, gap.count, _about(gap, words))
        for gap in gaps
        if gap.rule is not None
    )


def _about(gap: Gap, words: Words) -> tuple[str, ...]:
    """Say what outcomes are about: their own words or subjects, with their places, else the whole rule."""
    if not gap.subjects:
        return (words("html.gaps.whole-rule"),)
    return tuple(
        words("html.gaps.about", what=each.what, at=where(each.at, words)) if each.at else each.what
        for each in gap.subjects
    )


def _table_remarks(filing: FilingJson, doubts: list[Gap], words: Words) -> Iterator[Remark]:
    """Yield what is uncertain about each table: columns that it lacks, and doubts about how it was read."""
    for number, table in enumerate(filing.tables):
        reasons = [words("html.gaps.lacking", columns="、".join(table.lacking))] if table.lacking else []
        reasons += [gap.reason for gap in doubts if gap.table == number]
        if reasons:
            yield Remark(table.label, where(table.at, words), "；".join(reasons), anchor=f"t-{number}")
