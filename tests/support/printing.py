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
from checker.readers import Limits, Source, read_content
from checker.recognition import recognise
from tests.conftest import SAMPLES

sys.path.insert(0, str(SAMPLES))
from generate import make_papers
from maker.defects import DEFECTS, plant
from maker.grid import Line, Paper
from maker.render import FORMATS, render

__all__ = ["DEFECTS", "FORMATS", "Reading", "lines_of", "office_pdf", "printed", "read_back", "read_text"]


class Reading(NamedTuple):
    """What an audit read and found: the figures with their number, and the findings, wherever they are printed."""

    figures: Counter[tuple[str, str, str]]
    findings: Counter[tuple[str, str, str, str | None, str | None]]
    unread: tuple[str, ...]
    tables: tuple[str, ...]


@cache
def clean(level: str) -> tuple[Line, ...]:
    return tuple(make_papers()[level].lines)


def lines_of(slug: str, level: str = "") -> list[Line]:
    """Return the lines of a planted error, or of the clean filing of a level."""
    return list(clean(level)) if slug == "clean" else list(plant(slug, clean(DEFECTS[slug][0])).lines)


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
    figures = Counter(
        (operand.ref, operand.text.replace(",", ""), str(operand.figure))
        for table in audit.filing.tables
        for operand in table.figures()
    )
    findings = Counter(
        (one.rule.id, one.severity.value, one.ref, one.difference, one.expected) for one in audit.findings
    )
    unread = tuple(f"{one.cell.text}" for one in audit.filing.unread)
    return Reading(figures, findings, unread, tuple(table.label for table in audit.filing.tables))
