"""One filing printed in every format gives the same figures and the same findings."""

import pytest

from tests.support.printing import FAMILIES, FORMATS, audit_bytes, differences, lines_of, printed, read_back, read_text

SUFFIXES = [*FORMATS, "lo.pdf"]
PLANTED = [(name, slug) for name, family in FAMILIES.items() for slug in family.defects]
OTHERS = [suffix for suffix in FORMATS if suffix != "pdf"]
TRIED = [(*planted, suffix) for index, planted in enumerate(PLANTED) for suffix in ("pdf", OTHERS[index % len(OTHERS)])]
"""Every planted error in PDF, and in one of the other formats in turn."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("printed")


def check(lines, suffix, folder, auditor):
    audit = audit_bytes(printed(lines, suffix, folder), auditor)
    assert differences(read_back(read_text(lines, auditor)), read_back(audit)) == []
    return audit


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("level", ["unit", "department"])
@pytest.mark.parametrize("family", FAMILIES)
def test_a_clean_filing_reads_the_same_in_every_format(family, level, suffix, folder, auditor):
    audit = check(lines_of(family, "clean", level), suffix, folder, auditor)
    assert sum(1 for table in audit.filing.tables for _ in table.figures()) > (100 if level == "unit" else 200)
    assert not audit.findings
    assert audit.outcome_coverage.complete


@pytest.mark.parametrize(("family", "slug", "suffix"), TRIED)
def test_planted_errors_are_found_in_every_format(family, slug, suffix, folder, auditor):
    check(lines_of(family, slug), suffix, folder, auditor)
