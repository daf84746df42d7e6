"""Waivers: who answers for a finding, for which figures, until when."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.contract.waiver import WaiverState
from checker.gate.reasons import is_nobody, says_nothing
from checker.gate.waiver_text import CannotAppend, Draft, appended, drafts
from checker.gate.waivers import Waiver, Waivers, faults, read_waivers
from checker.model.conclusion import Conclusion
from checker.yaml_source import SourceError
from tests.support.gate import audited

TODAY = "2026-03-01"
REASON = "批复时按旧科目列支，县人大已同意本年不调整"
CLEAN = "clean/unit"
WRONG = "defects/transposed-digits/unit"


def waiver_for(filing, *findings, **changes) -> Waiver:
    rule = findings[0].rule
    fields = {
        "rule": rule,
        "filer": filing.filer,
        "year": filing.year,
        "places": tuple(finding.ref for finding in findings),
        "reason": REASON,
        "approver": "预算科李四",
        "approved_on": "2026-02-01",
        "expires": "2026-12-31",
        "findings": {finding.id: finding.values for finding in findings},
    }
    return Waiver(**(fields | changes))


def all_waived(filing) -> tuple[Waiver, ...]:
    return tuple(waiver_for(filing, finding) for finding in filing.findings)


def test_what_is_waived_does_not_count_and_the_verdict_follows():
    wrong = audited(WRONG)
    assert wrong.verdict == Conclusion.REVISE
    waivers = Waivers(all_waived(wrong), TODAY)
    found = waivers.apply(wrong)
    assert found.standing == ()
    assert found.verdict == Conclusion.CLEAN
    assert found.severities.total() == 0
    assert all(finding.waived.approver == "预算科李四" for finding in found.findings)
    assert {told.state for told in waivers.finish()} == {WaiverState.USED}
    assert [told.used for told in found.waivers] == [(finding.id,) for finding in wrong.findings]


def test_it_lapses_when_the_figure_changes():
    wrong = audited(WRONG)
    changed = tuple(msgspec.structs.replace(finding, values="other") for finding in wrong.findings)
    waivers = Waivers(all_waived(wrong), TODAY)
    found = waivers.apply(msgspec.structs.replace(wrong, findings=changed))
    assert len(found.standing) == len(changed)
    assert found.verdict == Conclusion.REVISE
    assert {(told.state, told.lapsed) for told in waivers.finish()} == {
        (WaiverState.LAPSED, (finding.id,)) for finding in wrong.findings
    }


def test_it_is_stale_when_there_is_no_such_finding():
    waivers = Waivers(all_waived(audited(WRONG)), TODAY)
    waivers.apply(audited(CLEAN))
    assert {told.state for told in waivers.finish()} == {WaiverState.STALE}


def test_what_was_not_looked_at_is_not_stale():
    wrong = audited(WRONG)
    waivers = Waivers(all_waived(wrong), TODAY)
    waivers.apply(msgspec.structs.replace(wrong, findings=(), rules=()))
    assert WaiverState.STALE not in {told.state for told in waivers.finish()}


@pytest.mark.parametrize(("today", "waived"), [("2026-12-31", True), ("2027-01-01", False)])
def test_its_last_day_is_the_last(today, waived):
    wrong = audited(WRONG)
    waivers = Waivers(all_waived(wrong), today)
    found = waivers.apply(wrong)
    assert bool(found.standing) is not waived
    assert {told.state for told in waivers.finish()} == {WaiverState.USED if waived else WaiverState.EXPIRED}


@pytest.mark.parametrize(
    "changes",
    [
        {"filer": "别的单位"},
        {"year": 2025},
        {"rule": "BAL-999"},
        {"places": ("支出总表[别处, 合计]",)},
        {"findings": {"0000000000000000": "0"}},
    ],
)
def test_nothing_else_is_waived(changes):
    wrong = audited(WRONG)
    found = Waivers((waiver_for(wrong, wrong.findings[0], **changes),), TODAY).apply(wrong)
    assert found.standing == found.findings


def test_everywhere_means_the_findings_it_was_given_for():
    wrong = audited(WRONG)
    first = wrong.findings[0]
    waiver = waiver_for(wrong, first, places="all")
    other = msgspec.structs.replace(first, id="0000000000000000", ref="支出总表[别处, 合计]")
    found = Waivers((waiver,), TODAY).apply(msgspec.structs.replace(wrong, findings=(first, other)))
    assert [finding.waived is not None for finding in found.findings] == [True, False]


def test_waivers_of_filings_that_were_not_audited_are_not_told():
    waivers = Waivers(all_waived(audited(WRONG)), TODAY)
    waivers.apply(audited("clean/department"))
    assert waivers.finish() == ()


def test_a_new_waiver_takes_the_place_of_an_expired_one():
    wrong = audited(WRONG)
    first = wrong.findings[0]
    old = waiver_for(wrong, first, approved_on="2025-01-01", expires="2025-06-30")
    found = Waivers((old, waiver_for(wrong, first)), TODAY).apply(wrong)
    assert found.findings[0].waived.expires == "2026-12-31"
    assert [told.state for told in found.waivers] == [WaiverState.EXPIRED, WaiverState.USED]


@pytest.mark.parametrize(
    "reason",
    [
        *("", "无", "ok", "OK!", "误报", "误报误报误报", "同意", "情况属实，同意", "无需修改。", "已核实，没有问题"),
        *("。。。。。。。。", "aaaaaaaaaaaa", "false positive", "not an issue", "N/A", "领导同意", "啊啊啊啊啊啊啊啊"),
        *("１２３４５６７８", "理由：无", "见附件", "todo"),
    ],
)
def test_filler_is_no_reason(reason):
    assert says_nothing(reason)


@pytest.mark.parametrize(
    "reason",
    [
        REASON,
        "上年结转含财政专户资金，本表不列",
        "The approved budget rounds each subsidy to 1,000 yuan",
        "误报：该行是合并单元格，人工核对原件后数字一致",
    ],
)
def test_a_reason_is_a_reason(reason):
    assert not says_nothing(reason)


def test_what_was_found_is_no_reason_why_it_may_stay():
    message = audited(WRONG).findings[0].message
    assert says_nothing(message, message)
    assert not says_nothing(REASON, message)


@pytest.mark.parametrize(("name", "nobody"), [("", True), ("无", True), ("admin", True), ("--", True), ("李四", False)])
def test_somebody_has_to_answer(name, nobody):
    assert is_nobody(name) is nobody


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"reason": "误报"}, "reason"),
        ({"approver": " "}, "approver"),
        ({"expires": "2026-13-01"}, "expires"),
        ({"expires": "20261231"}, "expires"),
        ({"expires": "2026-01-01"}, "expires"),
        ({"expires": "2027-02-03"}, "expires"),
        ({"approved_on": "2026-03-02"}, "approved_on"),
        ({"findings": {}}, "findings"),
        ({"places": "某处"}, "places"),
        ({"places": ()}, "places"),
    ],
)
def test_what_a_waiver_cannot_be(changes, key):
    wrong = audited(WRONG)
    assert faults(waiver_for(wrong, wrong.findings[0]), TODAY) == []
    assert [name for name, _ in faults(waiver_for(wrong, wrong.findings[0], **changes), TODAY)] == [key]


def written(folder, text):
    path = folder / "w.yaml"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """# 我们的豁免
- rule: BAL-101
  filer: 甲局
  year: 2026
  places: all
  reason: 批复时按旧科目列支，县人大已同意本年不调整
  approver: 预算科李四
  approved_on: 2026-02-01
  expires: 2026-12-31
  findings: {0123456789abcdef: fedcba9876543210}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("approver:", "aprover:", 7, "是否为“approver”"),
        ("year: 2026", "year: 今年", 4, "不是整数"),
        ("places: all", "places: all\n  places: all", 6, "重复的键"),
        ("expires: 2026-12-31", "expires: 明年", 9, "不是日期"),
        ("reason: 批复时按旧科目列支，县人大已同意本年不调整", "reason: 误报", 6, "没有说明理由"),
        ("  expires: 2026-12-31\n", "", 2, "缺少“expires”"),
        ("  findings: {0123456789abcdef: fedcba9876543210}\n", "", 2, "缺少“findings”"),
        ("- rule", "rule", 3, "YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, old, new, line, words):
    assert read_waivers(written(tmp_path, GOOD), TODAY)[0].rule == "BAL-101"
    with pytest.raises(SourceError) as raised:
        read_waivers(written(tmp_path, GOOD.replace(old, new)), TODAY)
    assert any(words in each.message for each in raised.value.complaints), raised.value
    if words != "YAML":
        assert line in {each.line for each in raised.value.complaints}


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "\n\n"])
def test_a_file_without_waivers_has_none(tmp_path, text):
    assert read_waivers(written(tmp_path, text), TODAY) == ()


def test_adding_keeps_what_people_wrote(tmp_path):
    wrong = audited(WRONG)
    added = drafts([(wrong, finding, REASON) for finding in wrong.findings], "预算科李四", "2026-02-01", "2026-12-31")
    for before in (GOOD, GOOD.rstrip("\n"), "  " + GOOD.replace("\n", "\n  "), "# 注释\n", ""):
        text = appended(before, added)
        assert text.startswith(before)
        found = read_waivers(written(tmp_path, text), TODAY)
        assert found[-len(added) :] == tuple(draft.waiver for draft in added)


def test_a_list_in_brackets_cannot_be_added_to():
    with pytest.raises(CannotAppend):
        appended("[]\n", [])


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(filer=_TEXT, place=_TEXT, message=_TEXT)
def test_no_text_of_a_filing_changes_what_the_file_says(tmp_path_factory, filer, place, message):
    waiver = Waiver("R-1", filer, 2026, (place,), REASON, "李四", "2026-02-01", "2026-12-31", {"1": "2"})
    text = appended("", [Draft(waiver, {"1": message})])
    assert read_waivers(written(tmp_path_factory.getbasetemp(), text), TODAY) == (waiver,)
