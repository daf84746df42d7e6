"""Arithmetic in prose, from the filing to the finding: where it is said, how certain it is, what is left open."""

from __future__ import annotations

import csv
from pathlib import Path

import msgspec
import pytest

from checker.engine import judge
from checker.model.audit import FilingAudit
from checker.model.document import Paragraph, Skipped
from checker.model.filing import Filing
from checker.model.outcome import Verdict
from checker.model.place import LinePlace, PagePlace
from checker.model.rule import Kind, Severity
from checker.ruleset.rules import RuleSet
from checker.trials.sketch import filing_of
from tests.conftest import PUBLISHED
from tests.support.project import rules, sketches, vocabulary

WRONG = "专家费600元×8人=5000元。"


def audited(filing: Filing) -> FilingAudit:
    kind = tuple(rule for rule in rules().values() if rule.info.kind is Kind.ARITHMETIC)
    return judge(filing, RuleSet(kind, ""))


def said(*paragraphs: Paragraph) -> Filing:
    return filing_of(sketches().tables("wording"), vocabulary(), passages={"支出说明": paragraphs})


def test_a_finding_points_at_the_words_it_means() -> None:
    (finding,) = audited(said(Paragraph(f"按计划。{WRONG}", LinePlace(7)))).findings
    assert (finding.at.line, finding.severity) == (7, Severity.ERROR)
    start, end = finding.at.span
    assert f"按计划。{WRONG}"[start:end] == finding.excerpt == "600元×8人=5000元"


def test_words_made_out_in_a_picture_prove_no_error() -> None:
    filing = said(Paragraph(WRONG, PagePlace(3, page=2)))
    guessed = msgspec.structs.replace(filing, skipped=(Skipped(PagePlace(1, page=2), "扫描页", guessed=True),))
    assert [finding.severity for finding in audited(filing).findings] == [Severity.ERROR]
    assert [finding.severity for finding in audited(guessed).findings] == [Severity.WARNING]


def test_lines_outside_the_passages_are_read_too() -> None:
    filing = msgspec.structs.replace(said(), loose=(Paragraph(WRONG, LinePlace(9)),))
    assert [finding.ref for finding in audited(filing).findings] == ["正文"]


def test_a_finding_keeps_its_identity_when_a_figure_changes() -> None:
    one = audited(said(Paragraph(WRONG, LinePlace(7)))).findings[0]
    other = audited(said(Paragraph(WRONG.replace("5000", "5100"), LinePlace(12)))).findings[0]
    assert one.id == other.id
    assert one.values != other.values


def test_what_can_be_read_in_two_ways_makes_no_audit_incomplete() -> None:
    audit = audited(said(Paragraph("清淤费约3万元，巡查费2万元，共计8万元。监测费600元×8人=4800元。", LinePlace(7))))
    assert audit.counts[Verdict.UNASSESSED] == 1
    assert audit.outcome_coverage.complete


def rows(file: Path, column: str) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row[column] == "text.arith"]


@pytest.mark.filings
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published filings are not beside the project")
def test_known_sums_of_the_published_filings(auditor) -> None:
    known = PUBLISHED.parent.parent / "known"
    wrong, right = rows(known / "defects.csv", "kind"), rows(known / "must-not-flag.csv", "rule")
    assert wrong
    assert right
    flagged = {}
    for name in {row["filing"] for row in (*wrong, *right)}:
        found = auditor.audit_file(PUBLISHED.parent / name).findings
        flagged[name] = {finding.at.line: finding for finding in found if finding.rule.kind is Kind.ARITHMETIC}
    for row in wrong:
        assert int(row["at"].removeprefix("line ")) in flagged[row["filing"]], row
    for row in right:
        assert int(row["at"].removeprefix("line ")) not in flagged[row["filing"]], row
    assert {finding.severity for found in flagged.values() for finding in found.values()} == {Severity.WARNING}
