"""An audit beside the one before: new, remaining, fixed, and what cannot be told."""

import msgspec
import pytest

from checker.contract.finding import State
from checker.gate.previous import Previous, compare
from tests.support.gate import STARTED, altered, at, audit_of, audited

CLEAN = "clean/unit"
WRONG = "defects/transposed-digits/unit"
OTHER = "defects/said-rate/department"


def states(filing):
    return [finding.state for finding in filing.findings]


def test_the_same_filing_has_only_what_remains():
    wrong = audited(WRONG)
    found = compare(wrong, audit_of(wrong))
    assert states(found) == [State.REMAINING] * len(wrong.findings) != []
    assert (found.fixed, found.unverified, found.previous) == ((), (), STARTED)
    assert all(finding.before is None for finding in found.findings)


def test_what_is_broken_is_new_and_what_is_mended_is_fixed():
    clean, wrong = audited(CLEAN), audited(WRONG)
    assert states(compare(wrong, audit_of(clean))) == [State.NEW] * len(wrong.findings)
    mended = compare(clean, audit_of(wrong))
    assert [finding.id for finding in mended.fixed] == [finding.id for finding in wrong.findings]
    assert mended.unverified == ()


def test_what_is_fixed_points_into_no_table_of_this_audit():
    mended = compare(audited(CLEAN), audit_of(audited(WRONG)))
    assert all(finding.address == () for finding in mended.fixed)
    assert all(operand.address == () for finding in mended.fixed for operand in finding.operands)


def test_a_finding_with_other_figures_remains_and_says_what_it_was(tmp_path):
    wrong = audited(WRONG)
    subject = next(finding for finding in wrong.findings if finding.rule == "TIE-506")
    printed = next(operand for operand in subject.operands if operand.ref.startswith("支出总表"))
    worse = altered(WRONG, (printed.text, "194.09"), folder=tmp_path)
    found = next(each for each in compare(worse, audit_of(wrong)).findings if each.id == subject.id)
    assert found.state is State.REMAINING
    assert found.before == subject.difference != found.difference


def test_a_rule_that_did_not_run_fixes_nothing():
    clean, wrong = audited(CLEAN), audited(WRONG)
    rule = wrong.findings[0].rule
    without = msgspec.structs.replace(clean, rules=tuple(each for each in clean.rules if each.id != rule))
    found = compare(without, audit_of(wrong))
    assert {finding.rule for finding in found.unverified} == {rule}
    assert rule not in {finding.rule for finding in found.fixed}


def test_a_table_that_is_gone_fixes_nothing():
    lacking = audited("defects/table-left-out/department")
    before = audited("defects/agency-running-unit/department")
    found = compare(lacking, audit_of(before))
    assert "机关运行经费表" in lacking.missing
    assert found.fixed == ()
    assert [finding.id for finding in found.unverified] == [finding.id for finding in before.findings]


@pytest.mark.parametrize("about", [lambda finding: (), lambda finding: (finding.ref,)])
def test_what_was_not_assessed_this_time_is_not_fixed(about):
    from checker.contract.rule import ReasonJson

    clean, wrong = audited(CLEAN), audited(WRONG)
    first = wrong.findings[0]
    reason = ReasonJson("unassessed", "栏不明", 1, about(first))
    rules = tuple(
        msgspec.structs.replace(rule, reasons=(reason,)) if rule.id == first.rule else rule for rule in clean.rules
    )
    found = compare(msgspec.structs.replace(clean, rules=rules), audit_of(wrong))
    assert first.id in {finding.id for finding in found.unverified}


def test_one_fingerprint_twice_is_counted():
    wrong = audited(WRONG)
    first = wrong.findings[0]
    twice = msgspec.structs.replace(wrong, findings=(first, first))
    once = msgspec.structs.replace(wrong, findings=(first,))
    assert states(compare(twice, audit_of(once))) == [State.REMAINING, State.NEW]
    assert len(compare(once, audit_of(twice)).fixed) == 1


def test_of_one_fingerprint_the_same_figures_belong_together():
    first = audited(WRONG).findings[0]
    other = msgspec.structs.replace(first, values="other", difference="+9")
    base = audited(WRONG)
    before = msgspec.structs.replace(base, findings=(other, first))
    now = compare(msgspec.structs.replace(base, findings=(first,)), audit_of(before))
    assert now.findings[0].before is None
    assert [finding.values for finding in now.fixed] == ["other"]


def test_a_filing_is_known_by_its_subject_wherever_its_file_lies():
    wrong = audited(WRONG)
    found = compare(at(wrong, "moved/here.txt"), audit_of(audited(OTHER), wrong))
    assert set(states(found)) == {State.REMAINING}


def test_of_several_alike_the_file_of_the_same_path_is_meant():
    wrong, clean = at(audited(WRONG), "b.txt"), at(audited(CLEAN), "a.txt")
    previous = Previous(audit_of(clean, wrong))
    assert previous.match(wrong).path == "b.txt"
    assert previous.match(clean).path == "a.txt"


def test_another_year_under_the_same_path_is_another_filing():
    wrong = audited(WRONG)
    before = msgspec.structs.replace(wrong, year=wrong.year - 1, sha256="other")
    found = compare(wrong, audit_of(before))
    assert (found.previous, states(found)) == ("", [State.UNKNOWN] * len(wrong.findings))


def test_a_filer_that_was_read_otherwise_keeps_its_findings():
    wrong = audited(WRONG)
    renamed = tuple(
        msgspec.structs.replace(finding, id=f"old{number}") for number, finding in enumerate(wrong.findings)
    )
    before = msgspec.structs.replace(wrong, filer="", findings=renamed)
    assert set(states(compare(wrong, audit_of(before)))) == {State.REMAINING}


def test_the_same_bytes_are_the_same_filing_whatever_was_read_of_them():
    wrong = audited(WRONG)
    before = msgspec.structs.replace(wrong, filer="", year=0, path="elsewhere.txt")
    assert set(states(compare(wrong, audit_of(before)))) == {State.REMAINING}
