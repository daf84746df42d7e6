"""One filing printed in every format gives the same figures and the same findings."""

import pytest

from tests.support.printing import DEFECTS, FORMATS, audit_bytes, differences, lines_of, printed, read_back, read_text

SUFFIXES = [*FORMATS, "lo.pdf"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("printed")


def check(slug, level, suffix, folder, auditor):
    lines = lines_of(slug, level)
    wanted = read_back(read_text(lines, auditor))
    audit = audit_bytes(printed(lines, suffix, folder), auditor)
    assert differences(wanted, read_back(audit)) == []
    return audit


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("level", ["unit", "department"])
def test_a_clean_filing_reads_the_same_in_every_format(level, suffix, folder, auditor):
    audit = check("clean", level, suffix, folder, auditor)
    assert sum(1 for table in audit.filing.tables for _ in table.figures()) > (200 if level == "unit" else 700)
    assert not audit.findings
    assert audit.outcome_coverage.complete


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("slug", DEFECTS)
def test_planted_errors_are_found_in_every_format(slug, suffix, folder, auditor):
    check(slug, "", suffix, folder, auditor)
