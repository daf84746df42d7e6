"""One filing printed in every format gives the same figures and the same findings."""

import pytest
import yaml

from tests.conftest import SAMPLES
from tests.support.printing import FAMILIES, FORMATS, audit_bytes, differences, lines_of, printed, read_back, read_text

SUFFIXES = [*FORMATS, "lo.pdf"]
PLANTED = [(name, slug) for name, family in FAMILIES.items() for slug in family.defects]
"""Families whose department prints a table number above the title."""

OTHERS = [suffix for suffix in FORMATS if suffix != "pdf"]
TRIED = [(*planted, "pdf" if index % 2 else OTHERS[index // 2 % len(OTHERS)]) for index, planted in enumerate(PLANTED)]
"""Every planted error in one format: in PDF and in the others in turn."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("printed")


def check(lines, suffix, folder, auditor):
    audit = audit_bytes(printed(lines, suffix, folder), auditor)
    told = differences(read_back(read_text(lines, auditor)), read_back(audit))
    assert not told, "\n".join(told[:10])
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


@pytest.mark.parametrize("slug", ["clean", "use-of-fiscal"])
def test_a_filing_in_two_files_is_one(slug, auditor):
    run = auditor.run([SAMPLES / "province" / "formats" / slug])
    assert [audit.filing.path for audit in run.filings] == [str(SAMPLES / "province" / "formats" / slug / "department")]
    (audit,) = run.filings
    whole = read_back(read_text(lines_of("province", slug, "department"), auditor))
    apart = read_back(audit)
    assert (apart.filer, apart.figures, apart.findings) == (whole.filer, whole.figures, whole.findings)
    assert {name for name, _ in apart.passages} == {name for name, _ in whole.passages}
    assert not run.unreadable


def test_the_printed_files_are_found_with_what_was_planted(auditor):
    tried = 0
    for file in sorted(path for path in SAMPLES.rglob("formats/*/*.*") if "-" not in path.stem):
        home = file.parents[2] / ("clean" if file.parent.name == "clean" else f"defects/{file.parent.name}")
        expected = yaml.safe_load((home / f"{file.stem}.expected.yaml").read_text(encoding="utf-8"))
        found = {(one.rule.id, one.severity.value, one.ref) for one in auditor.audit_file(file).findings}
        assert found == {(one["rule"], one["severity"], one["place"]) for one in expected["findings"]}, file
        tried += 1
    assert tried >= 20
