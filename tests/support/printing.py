"""The invented filings in every format: printing them, and reading back what an audit makes of them."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from checker import Auditor
from checker.engine import judge
from checker.model.audit import FilingAudit
from checker.model.rule import Kind
from checker.readers import Limits, Source, read_content
from checker.recognition import recognise
from tests.conftest import SAMPLES

sys.path.insert(0, str(SAMPLES))
from maker.families import FAMILIES
from maker.grid import Line, Paper
from maker.render import FORMATS, render

__all__ = [
    "FAMILIES",
    "FORMATS",
    "Reading",
    "audit_bytes",
    "differences",
    "lines_of",
    "office_pdf",
    "printed",
    "read_back",
    "read_text",
]


class Reading(NamedTuple):
    """What an audit read and found, wherever it is printed.

    Figures, indicators and findings with how often each stands there; passages without white space; parts that were
    skipped although they may be the filing's own; and how many outcomes there were of each kind.
    """

    filer: tuple[str, int, str]
    tables: tuple[str, ...]
    figures: Counter[tuple[str, str, str]]
    indicators: Counter[tuple[str, str, str, str]]
    nil_notes: tuple[str, ...]
    passages: tuple[tuple[str, str], ...]
    findings: Counter[tuple[str, str, str, str | None, str | None]]
    outcomes: Counter[str]
    unread: tuple[str, ...]
    skipped: tuple[str, ...]


@cache
def clean(family: str, level: str) -> tuple[Line, ...]:
    return tuple(FAMILIES[family].papers()[level].lines)


def lines_of(family: str, slug: str, level: str = "") -> list[Line]:
    """Return the lines of a planted error, or of the clean filing of a level."""
    if slug == "clean":
        return list(clean(family, level))
    return list(FAMILIES[family].plant(slug, clean(family, FAMILIES[family].defects[slug][0])).lines)


def printed(lines: list[Line], suffix: str, folder: Path) -> bytes:
    """Print a filing in a format; `lo.pdf` is the PDF that LibreOffice makes of the Word document."""
    return office_pdf(render(lines, "docx"), folder) if suffix == "lo.pdf" else render(lines, suffix)


def office_pdf(document: bytes, folder: Path) -> bytes:
    """Let LibreOffice print a Word document; skips the test where there is no LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    file = folder / f"{hashlib.sha256(document).hexdigest()[:12]}.docx"
    file.write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return file.with_suffix(".pdf").read_bytes()


def read_text(lines: list[Line], auditor: Auditor) -> FilingAudit:
    """Audit the filing as text."""
    return audit_bytes(Paper(list(lines)).text().encode(), auditor)


def audit_bytes(content: bytes, auditor: Auditor) -> FilingAudit:
    """Audit a file's bytes."""
    document = read_content(content, Source("copy", "", len(content)), Limits())
    return judge(recognise(document, auditor.vocabulary), auditor.ruleset)


def read_back(audit: FilingAudit) -> Reading:
    """Gather what does not depend on where it is printed."""
    filing = audit.filing
    return Reading(
        (filing.filer, filing.year, filing.level.value),
        tuple(table.label for table in filing.tables),
        Counter(
            (operand.ref, operand.text.replace(",", ""), repr(operand.figure))
            for table in filing.tables
            for operand in table.figures()
        ),
        Counter(
            (table.label, one.side, one.name.text if one.name else "", one.value.text if one.value else "")
            for table in filing.tables
            for one in table.indicators
        ),
        tuple(table.label for table in filing.tables if table.nil_note),
        tuple((passage.name, "".join(passage.text.split())) for passage in filing.passages),
        Counter((one.rule.id, one.severity.value, one.ref, one.difference, one.expected) for one in audit.findings),
        # Where a page breaks a paragraph, a sum in words may be read in the one format and not in the other.
        Counter(one.verdict.value for one in audit.outcomes if one.rule.kind is not Kind.ARITHMETIC),
        tuple(one.cell.text for one in filing.unread),
        tuple(f"{part.reason} {part.title}" for part in filing.skipped if not part.foreign),
    )


def differences(wanted: Reading, got: Reading) -> list[str]:
    """Say in which respects two readings differ, and how."""
    told: list[str] = []
    for name, one, other in zip(Reading._fields, wanted, got, strict=True):
        if one == other:
            continue
        if isinstance(one, Counter) and isinstance(other, Counter):
            told += [f"{name}: lost {item} ×{times}" for item, times in (one - other).items()]
            told += [f"{name}: new {item} ×{times}" for item, times in (other - one).items()]
        else:
            assert isinstance(one, tuple)
            assert isinstance(other, tuple)
            told += [f"{name}: lost {item}" for item in one if item not in other]
            told += [f"{name}: new {item}" for item in other if item not in one] or [f"{name}: another order"]
    return told
