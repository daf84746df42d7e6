"""审核意见书 as a Word document: what the auditor writes to the filer, with the ledger to be filled in as its annex.

A letter for each filing, each beginning on a page of its own. It says what was compared and what does not agree; why a
figure is wrong, and whose doing it was, it does not say. Office, deadline and date are left to be filled in.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final

from checker.contract.finding import FindingJson
from checker.contract.groups import Group, groups
from checker.contract.shape import AuditJson, FilingJson, RunJson
from checker.model.rule import Severity
from checker.outputs.gap_words import rows
from checker.outputs.letter_page import Letter
from checker.outputs.names import rule_name
from checker.outputs.places import file_name, where
from checker.outputs.standing import standing
from checker.outputs.words import Words
from checker.outputs.worked import demanded, distance, worked_line

_MOST_PLACES: Final = 15
"""Places of one observation that the letter tells; the annex has them all."""
_MOST_GAPS: Final = 40
"""Remarks on what was not verified that the letter tells; the others are counted."""
_WIDTHS: Final = (10.0, 12.0, 60.0, 28.0, 20.0, 20.0, 19.0, 38.0, 18.0, 20.0, 12.0)
"""Millimetres of the columns of the annex."""
_COLUMNS: Final = (
    "number", "severity", "message", "place", "actual", "expected", "difference", "measure", "person", "deadline",
    "closed",
)  # fmt: skip


def render(audit: AuditJson, words: Words) -> bytes:
    """Return the letters in one document; the same audit gives the same bytes."""
    letter = Letter(words("letter.name"), words("note.author"), chinese=words.language == "zh")
    for filing in audit.filings:
        _write(filing, audit.run, letter, words)
    if audit.unreadable or not audit.filings:
        letter.begin()
        letter.title(words("letter.unreadable"))
        for file in audit.unreadable:
            letter.say(words("letter.unreadable.file", path=file.path, reason=file.reason))
        if not audit.unreadable:
            letter.say(words("html.index.none"))
    return letter.rendered()


def _write(filing: FilingJson, run: RunJson, letter: Letter, words: Words) -> None:
    letter.begin()
    stage = words(f"stage.{filing.stage}")
    filer = filing.filer or words("letter.filer.unknown")
    letter.title(words("letter.title", filer=filer, year=filing.year or "　", stage=stage))
    letter.say(words("letter.to", filer=filer), indent=0)
    for sentence in _opening(filing, run, words):
        letter.say(sentence)
    letter.heading(words("letter.verdict"))
    letter.say(_verdict(filing, words))
    letter.heading(words("letter.findings"))
    _findings(filing, letter, words)
    letter.heading(words("letter.gaps"))
    _gaps(filing, letter, words)
    letter.heading(words("letter.demands"))
    letter.say(words("letter.demands.text" if filing.findings else "letter.demands.none"))
    letter.say(words("letter.annex"), before=14)
    letter.say(words("letter.office"), align="RIGHT", before=44)
    letter.say(words("letter.date"), align="RIGHT")
    _annex(filing, letter, words)


def _opening(filing: FilingJson, run: RunJson, words: Words) -> list[str]:
    files = [file.path for file in filing.files] or [filing.path]
    names = words("letter.between").join(file_name(path) for path in files)
    stage = words(f"stage.{filing.stage}")
    told = [words("letter.opening", year=filing.year or "　", stage=stage, files=names)]
    digest = run.rules.removeprefix("sha256:")[:16]
    told.append(words("letter.source", sha256=filing.sha256, version=run.version, rules=digest))
    return told


def _verdict(filing: FilingJson, words: Words) -> str:
    counts = filing.severities
    numbers = {severity: counts[severity] for severity in Severity}
    assessed, applicable = filing.coverage.outcomes
    ticked, figures = filing.coverage.figures
    parts = [
        words("letter.verdict.text", verdict=words(f"verdict.{filing.verdict}"), **numbers),
        words("letter.verdict.coverage", assessed=assessed, applicable=applicable, ticked=ticked, figures=figures),
    ]
    if waived := len(filing.waived):
        parts.append(words("letter.verdict.waived", count=waived))
    if filing.previous:
        remaining = sum(finding.state == "remaining" for finding in filing.standing)
        parts.append(words("letter.verdict.previous", fixed=len(filing.fixed), remaining=remaining))
    return "".join(parts)


def _findings(filing: FilingJson, letter: Letter, words: Words) -> None:
    """Write the observations by their severity, then what is waived."""
    numbers = {id(finding): number for number, finding in enumerate(filing.findings, start=1)}
    ordinals = iter(words("letter.ordinals").split("|"))
    told = groups(filing)
    for severity in Severity:
        here = [group for group in told if group.severity == severity]
        if here:
            places = sum(group.count for group in here)
            key = f"letter.findings.{severity}"
            letter.subheading(words(key, ordinal=next(ordinals), count=len(here), places=places))
        for position, group in enumerate(here, start=1):
            _observation(position, group, numbers, letter, words)
    if filing.waived:
        letter.subheading(words("letter.findings.waived", ordinal=next(ordinals), count=len(filing.waived)))
    for finding in filing.waived:
        letter.say(_told(finding, numbers[id(finding)], words))
    if not filing.findings:
        letter.say(words("letter.findings.none"))


def _observation(position: int, group: Group, numbers: dict[int, int], letter: Letter, words: Words) -> None:
    name = rule_name(group.rule, words)
    letter.item(words("letter.item", position=position, name=name, rule=group.rule.id, count=group.count))
    for finding in group.findings[:_MOST_PLACES]:
        letter.say(_told(finding, numbers[id(finding)], words))
    if group.count > _MOST_PLACES:
        letter.say(words("letter.item.more", count=group.count - _MOST_PLACES))
    for advice in dict.fromkeys(finding.advice for finding in group.findings[:_MOST_PLACES] if finding.advice):
        letter.say(words("note.advice", text=advice))
    if group.first.basis:
        letter.say(words("note.basis", text=group.first.basis))


def _told(finding: FindingJson, number: int, words: Words) -> str:
    place = where(finding.at, words)
    stands = standing(finding, words)
    key = "letter.finding.standing" if stands else "letter.finding"
    told = words(key, number=number, message=finding.message, place=place, standing=stands)
    worked = worked_line(finding, words)
    return f"{told}{words('letter.worked', line=worked)}" if worked else told


def _gaps(filing: FilingJson, letter: Letter, words: Words) -> None:
    """Write what was not verified, what has the same reason in one sentence."""
    ordered = sorted(rows(filing, words), key=lambda gap: (gap.kind, gap.reason))
    told = []
    for (kind, reason), alike in groupby(ordered, key=lambda gap: (gap.kind, gap.reason)):
        named = [f"{gap.what}（{gap.place}）" if gap.place else gap.what for gap in alike]
        names = words("letter.between").join(dict.fromkeys(named))
        told.append(words("letter.gap.reason" if reason else "letter.gap", kind=kind, what=names, reason=reason))
    letter.say(words("letter.gaps.intro" if told else "letter.gaps.none"))
    for position, sentence in enumerate(told[:_MOST_GAPS], start=1):
        letter.say(words("letter.numbered", position=position, text=sentence))
    if len(told) > _MOST_GAPS:
        letter.say(words("letter.gaps.more", count=len(told) - _MOST_GAPS))


def _annex(filing: FilingJson, letter: Letter, words: Words) -> None:
    letter.begin_annex()
    letter.title(words("letter.annex.title", filer=filing.filer or words("letter.filer.unknown")))
    headings = [words(f"ledger.column.{column}") for column in _COLUMNS]
    rows = [_ledger_row(number, finding, words) for number, finding in enumerate(filing.findings, start=1)]
    letter.table(headings, _WIDTHS, rows or [["" for _ in _COLUMNS]])


def _ledger_row(number: int, finding: FindingJson, words: Words) -> list[str]:
    amounts = [finding.actual or "", demanded(finding) or "", distance(finding) or ""]
    told = standing(finding, words)
    severity = words(f"severity.{finding.severity}")
    settled = told if finding.waived is not None else ""  # nothing to be done, and why: in the widest empty column
    return [str(number), severity, finding.message, where(finding.at, words), *amounts, settled, "", "", ""]
