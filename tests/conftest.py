"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import Auditor

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "sample_filings"
PUBLISHED = ROOT.parent / "shared" / "filings" / "shanxi"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """Keep compiled rules of a test run out of the user's cache, and in one place for the run."""
    monkeypatch.setenv("GOUJI_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="session")
def auditor() -> Auditor:
    return Auditor.load()
