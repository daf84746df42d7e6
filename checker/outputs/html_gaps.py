"""What could not be verified of a filing: missing, not assessed, not read, skipped, not ticked."""

from __future__ import annotations

import msgspec

from checker.contract.rule import ReasonJson, RuleJson
from checker.contract.shape import FilingJson
from checker.model.outcome import Verdict
from checker.outputs.html_findings import rule_name
from checker.outputs.html_tables import cell_id
from checker.outputs.places import where
from checker.outputs.words import Words


class Gap(msgspec.Struct, frozen=True):
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
    unassessed: tuple[Gap, ...]
    faults: tuple[Gap, ...]
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


def gaps_of(filing: FilingJson, words: Words) -> Gaps:
    """Return all that could not be verified of a filing."""
    return Gaps(
        missing=filing.missing,
        unassessed=_unassessed(filing, Verdict.UNASSESSED, words),
        faults=_unassessed(filing, Verdict.FAULT, words),
        unread=tuple(Remark(item.where, where(item.at, words), item.reason, item.text) for item in filing.unread),
        tables=tuple(_table_remarks(filing, words)),
        skipped=tuple(
            Remark(
                item.title or words("html.gaps.untitled"),
                where(item.at, words),
                f"{item.reason}{words('html.gaps.lines', lines=item.lines) if item.lines else ''}",
            )
            for item in filing.skipped
        ),
        unchecked=tuple(
            Remark(
                each.ref, where(each.at, words), text=each.text, anchor=cell_id(each.address) if each.address else ""
            )
            for each in filing.unticked
        ),
        lost=tuple(Remark(each.message, where(each.at, words), each.rule) for each in filing.unverified),
    )


def _unassessed(filing: FilingJson, verdict: Verdict, words: Words) -> tuple[Gap, ...]:
    """Return the outcomes of a sort, those of one rule and one reason together."""
    return tuple(
        Gap(rule, rule_name(rule, words), reason.reason, reason.count, _about(reason, words))
        for rule in filing.rules
        for reason in rule.reasons
        if reason.outcome == verdict
    )


def _about(reason: ReasonJson, words: Words) -> tuple[str, ...]:
    """Say what outcomes are about: their own words or subjects, with their places, else the whole rule."""
    if not reason.about:
        return (words("html.gaps.whole-rule"),)
    places = reason.places or (None,) * len(reason.about)
    return tuple(
        words("html.gaps.about", what=about, at=where(place, words)) if place else about
        for about, place in zip(reason.about, places, strict=True)
    )


def _table_remarks(filing: FilingJson, words: Words) -> list[Remark]:
    remarks = []
    for number, table in enumerate(filing.tables):
        reasons = [words("html.gaps.lacking", columns="、".join(table.lacking))] if table.lacking else []
        reasons += table.doubts
        if reasons:
            remarks.append(Remark(table.label, where(table.at, words), "；".join(reasons), anchor=f"t-{number}"))
    return remarks
