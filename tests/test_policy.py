"""What ends a run with which code: severities, coverage, and what the gate lets pass."""

import msgspec
import pytest

from checker.contract.finding import State, WaivedJson
from checker.contract.shape import UnreadableJson
from checker.gate.policy import Exit, FailOn, Policy, Tally
from tests.support.gate import audited

WRONG = "defects/transposed-digits/unit"
MILD = "defects/last-digit/department"
LACKING = "defects/table-left-out/department"


def ended(*filings, unreadable=(), **policy):
    tally = Tally(Policy(**policy))
    for filing in filings:
        tally.add(filing)
    for file in unreadable:
        tally.add_unreadable(file)
    return tally.decide()


def each(filing, **changes):
    findings = tuple(msgspec.structs.replace(finding, **changes) for finding in filing.findings)
    return msgspec.structs.replace(filing, findings=findings)


WAIVED = {"waived": WaivedJson("", "", "", "")}


def test_errors_fail_and_are_counted_by_severity():
    wrong = audited(WRONG)
    found = ended(wrong, audited(MILD), fail_on=FailOn.NOTICE)
    assert found.code is Exit.FINDINGS
    assert found.values["count"] == len(wrong.findings) + 1
    assert (found.values["errors"], found.values["notices"]) == (len(wrong.findings), 1)


@pytest.mark.parametrize(
    ("changes", "policy", "told"),
    [
        ({"baselined": True}, {}, "baselined"),
        (WAIVED, {}, "waived"),
        (WAIVED | {"baselined": True}, {}, "waived"),
        ({"state": State.REMAINING}, {"new_only": True}, "remaining"),
    ],
)
def test_what_is_let_pass_is_counted_by_what_lets_it(changes, policy, told):
    wrong = each(audited(WRONG), **changes)
    found = ended(wrong, **policy)
    assert (found.code, found.accepted) == (Exit.CLEAN, {told: len(wrong.findings)})


@pytest.mark.parametrize("state", [State.NEW, State.UNKNOWN])
def test_new_only_lets_nothing_pass_that_is_new_or_was_never_compared(state):
    assert ended(each(audited(WRONG), state=state), new_only=True).code is Exit.FINDINGS


def test_what_remains_fails_unless_only_new_ones_shall():
    assert ended(each(audited(WRONG), state=State.REMAINING)).code is Exit.FINDINGS


def test_a_missing_table_is_let_pass_with_the_finding_that_tells_it():
    lacking = audited(LACKING)
    assert ended(lacking, fail_on=FailOn.NEVER).reason == "exit.missing"
    known = each(lacking, baselined=True)
    assert ended(known, min_coverage=90).code is Exit.CLEAN
    other = each(lacking, baselined=True, ref="别的表")
    assert ended(other, min_coverage=90).reason == "exit.missing"


def test_coverage_below_what_is_wanted_is_told_with_the_lowest():
    clean = audited("clean/unit")
    low = msgspec.structs.replace(clean, coverage=msgspec.structs.replace(clean.coverage, outcomes=(899, 1000)))
    found = ended(clean, low, min_coverage=90)
    assert (found.code, found.reason, found.values["lowest"]) == (Exit.INCOMPLETE, "exit.coverage", 89)
    assert ended(clean, low, min_coverage=89).code is Exit.CLEAN


def test_a_bug_comes_before_findings_before_what_is_incomplete():
    bug = UnreadableJson("a", "", "", None, bug=True)
    file = UnreadableJson("b", "", "", None)
    assert ended(audited(WRONG), unreadable=[bug]).code is Exit.BROKEN
    assert ended(audited(WRONG), unreadable=[file]).code is Exit.FINDINGS
    assert ended(audited("clean/unit"), unreadable=[file]).reason == "exit.unreadable"
    assert ended().reason == "exit.nothing"
