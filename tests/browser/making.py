"""Audits to put on a page: one with findings of every sort, a small one, one that 2,000 findings crowd."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

import checker
from checker.contract.build import filing_json
from checker.contract.finding import FindingJson, ObservationJson, State, WaivedJson
from checker.contract.shape import SCHEMA, AuditJson, FilingJson, RunJson, UnreadableJson
from checker.contract.waiver import WaiverJson, WaiverState
from tests.conftest import SAMPLES
from tests.test_html import FILING

RUN = RunJson("0.0", "sha256:" + "ab" * 32, "2026-01-02T03:04:05+00:00", ("预算公开",))
AMOUNT = re.compile(r"\d{2,}\.\d\d")
EVERY = 23
"""Of so many amounts, one is misprinted."""
WAIVED = WaivedJson("上级已书面同意按此口径公开", "王处长", "2026-01-01", "2026-12-31")


def misprinted(text: str) -> str:
    """Return a filing with the second digit of every so many amounts changed."""
    seen = 0

    def misprint(amount: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        printed = amount[0]
        return printed if seen % EVERY else f"{printed[0]}{(int(printed[1]) + 3) % 10}{printed[2:]}"

    return AMOUNT.sub(misprint, text)


def audited(folder: Path, text: str) -> FilingJson:
    """Audit a filing of this text."""
    file = folder / "部门预算.txt"
    file.write_text(text, encoding="utf-8")
    return filing_json(checker.audit(file).filings[0])


def compared(filing: FilingJson) -> FilingJson:
    """Return a filing as the gate leaves it: compared with a previous audit, one finding waived, one baselined."""
    last = len(filing.findings) - 1
    findings = tuple(
        replace(
            finding,
            state=State.NEW if number % 3 == 0 else State.REMAINING,
            waived=WAIVED if number == last else None,
            baselined=number == last - 1,
        )
        for number, finding in enumerate(filing.findings)
    )
    gone = replace(filing.findings[0], id="00" * 8, message="上次的一处不符，现已消除。")
    return replace(filing, findings=findings, fixed=(gone,), previous="2025-12-01T00:00:00+00:00")


def rich(folder: Path) -> FilingJson:
    """Return a filing with many findings, in tables and in the narrative."""
    text = (SAMPLES / "clean" / "department.txt").read_text(encoding="utf-8")
    return compared(audited(folder, misprinted(text)))


def small(folder: Path) -> FilingJson:
    """Return a filing of three tables, some cells unread."""
    return compared(audited(folder, FILING))


def crowded(filing: FilingJson, count: int) -> FilingJson:
    """Return a filing whose findings are repeated until there are `count` of them."""
    findings: list[FindingJson] = []
    while len(findings) < count:
        again = len(findings) // len(filing.findings)
        findings += [replace(each, id=f"{again:04x}{each.id[4:]}") for each in filing.findings]
    findings = findings[:count]
    by_kind: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        by_kind.setdefault((finding.rule, finding.severity), []).append(finding.id)
    observations = [
        ObservationJson(rule, severity, len(ids), tuple(ids), ids[0]) for (rule, severity), ids in by_kind.items()
    ]
    return replace(filing, findings=tuple(findings), observations=tuple(observations))


def numbered(filing: FilingJson) -> FilingJson:
    """Return a filing whose findings each say something of their own."""
    return replace(
        filing,
        findings=tuple(
            replace(finding, message=f"第{number}号：{finding.message}")
            for number, finding in enumerate(filing.findings, 1)
        ),
    )


def audit_of(*filings: FilingJson, unreadable: tuple[UnreadableJson, ...] = ()) -> AuditJson:
    """Return an audit of these filings, with the waiver that their waived findings stand under."""
    waivers = tuple(
        WaiverJson(
            WaiverState.USED, finding.rule, filing.filer, filing.year, (finding.ref,), WAIVED.reason, WAIVED.approver,
            WAIVED.approved_on, WAIVED.expires,
        )
        for filing in filings
        for finding in filing.findings
        if finding.waived
    )  # fmt: skip
    return AuditJson(SCHEMA, RUN, filings, unreadable, waivers)
