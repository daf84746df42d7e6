"""Audited samples in the contract's terms, as tests of the gate need them."""

from functools import lru_cache

import msgspec

from checker import Auditor
from checker.contract.build import filing_json
from checker.contract.shape import SCHEMA, AuditJson, FilingJson, RunJson
from tests.conftest import SAMPLES

STARTED = "2026-03-01T08:00:00+00:00"


@lru_cache(maxsize=1)
def _auditor() -> Auditor:
    return Auditor.load()


@lru_cache(maxsize=32)
def audited(name: str) -> FilingJson:
    """The filing of a sample, by its path without the ending: `clean/unit`, `defects/last-digit/department`."""
    return filing_json(_auditor().audit_file(SAMPLES / f"{name}.txt"))


def altered(name: str, *replacements: tuple[str, str], folder) -> FilingJson:
    """The filing of a sample with texts in it replaced."""
    text = (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name.replace('/', '-')}.txt"
    path.write_text(text, encoding="utf-8")
    return filing_json(_auditor().audit_file(path))


def audit_of(*filings: FilingJson) -> AuditJson:
    """An audit of these filings."""
    return AuditJson(SCHEMA, RunJson("0", "sha256:0", STARTED), filings, ())


def at(filing: FilingJson, path) -> FilingJson:
    """The same filing under another path."""
    return msgspec.structs.replace(filing, path=str(path))
