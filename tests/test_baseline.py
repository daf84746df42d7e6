"""The baseline: what is let pass, what has become worse, and how it shrinks."""

import json

import msgspec
import pytest

from checker.gate.baseline import Baseline, NotABaseline, read_baseline, write_baseline
from checker.gate.baseline_update import create, prune, update
from tests.support.gate import at, audited

WRONG = "defects/transposed-digits/unit"
OTHER = "defects/said-rate/department"


def known(folder, *filings) -> Baseline:
    return Baseline(create(filings, folder).entries, folder)


def placed(name, path):
    """A sample's filing at a path where a file stands."""
    path.write_text("", encoding="utf-8")
    return at(audited(name), path)


def test_what_is_in_it_is_marked_and_nothing_else(tmp_path):
    wrong, other = placed(WRONG, tmp_path / "a.txt"), placed(OTHER, tmp_path / "b.txt")
    baseline = known(tmp_path, wrong)
    assert all(finding.baselined for finding in baseline.apply(wrong).findings)
    assert not any(finding.baselined for finding in baseline.apply(other).findings)
    assert baseline.stale() == ()


def test_it_reads_back_what_it_wrote(tmp_path):
    entries = create([placed(WRONG, tmp_path / "a.txt")], tmp_path).entries
    content = write_baseline(entries)
    (tmp_path / "b.json").write_bytes(content)
    assert read_baseline(tmp_path / "b.json").entries == entries
    assert write_baseline(tuple(reversed(entries))) == content
    assert len(content.decode().splitlines()) == len(entries) + 2


def test_a_difference_that_has_grown_is_not_let_pass(tmp_path):
    wrong = at(audited(WRONG), tmp_path / "a.txt")
    first = next(finding for finding in wrong.findings if finding.difference)
    for difference, accepted in (("+999.00", False), ("-999.00", False), ("+0.01", True)):
        changed = msgspec.structs.replace(first, values="other", difference=difference)
        filing = msgspec.structs.replace(wrong, findings=(changed,))
        found = known(tmp_path, wrong).apply(filing).findings[0]
        assert (found.baselined, found.before) == (accepted, first.difference)


def test_differences_are_compared_as_money_whatever_their_unit(tmp_path):
    wrong = at(audited(WRONG), tmp_path / "a.txt")
    first = next(finding for finding in wrong.findings if finding.unit == "万元")
    told = msgspec.structs.replace(first, difference="+36.00")
    baseline = known(tmp_path, msgspec.structs.replace(wrong, findings=(told,)))
    less = msgspec.structs.replace(first, values="other", difference="+3600", unit="元")
    assert baseline.apply(msgspec.structs.replace(wrong, findings=(less,))).findings[0].baselined


def test_one_fingerprint_is_let_pass_as_often_as_it_was_there(tmp_path):
    wrong = at(audited(WRONG), tmp_path / "a.txt")
    first = wrong.findings[0]
    baseline = known(tmp_path, msgspec.structs.replace(wrong, findings=(first, first)))
    assert [entry.count for entry in baseline.entries] == [2]
    three = msgspec.structs.replace(wrong, findings=(first, first, first))
    assert [finding.baselined for finding in baseline.apply(three).findings] == [True, True, False]


def test_a_moved_file_keeps_its_entries(tmp_path):
    baseline = known(tmp_path, at(audited(WRONG), tmp_path / "old.txt"))
    moved = placed(WRONG, tmp_path / "new.txt")
    assert all(finding.baselined for finding in baseline.apply(moved).findings)


def test_a_copy_of_a_file_that_is_still_there_is_not_excused(tmp_path):
    baseline = known(tmp_path, placed(WRONG, tmp_path / "old.txt"))
    copy = placed(WRONG, tmp_path / "copy.txt")
    assert not any(finding.baselined for finding in baseline.apply(copy).findings)


def test_a_saved_audit_is_known_where_its_files_are_not(tmp_path):
    baseline = known(tmp_path, placed(WRONG, tmp_path / "old.txt"))
    assert all(finding.baselined for finding in baseline.apply(at(audited(WRONG), "/elsewhere/x.txt")).findings)


def test_an_audit_of_one_file_leaves_the_entries_of_others(tmp_path):
    wrong, other = placed(WRONG, tmp_path / "a.txt"), placed(OTHER, tmp_path / "b.txt")
    baseline = known(tmp_path, wrong, other)
    mended = msgspec.structs.replace(wrong, findings=())
    for change in (prune(Baseline(baseline.entries, tmp_path), [mended]), update(baseline, [mended])):
        assert {entry.path for entry in change.entries} == {"b.txt"}
        assert change.dropped == len(wrong.findings)


def test_what_a_rule_could_not_look_at_is_not_gone(tmp_path):
    wrong = placed(WRONG, tmp_path / "a.txt")
    baseline = known(tmp_path, wrong)
    blind = msgspec.structs.replace(wrong, findings=(), rules=())
    assert baseline.apply(blind) is not None
    assert baseline.stale() == ()
    assert prune(Baseline(baseline.entries, tmp_path), [blind]).entries == baseline.entries


def test_update_only_shrinks_unless_told(tmp_path):
    wrong = placed(WRONG, tmp_path / "a.txt")
    some = msgspec.structs.replace(wrong, findings=wrong.findings[1:])
    baseline = known(tmp_path, some)
    change = update(Baseline(baseline.entries, tmp_path), [wrong])
    assert (change.entries, change.unknown, change.added) == (baseline.entries, 1, 0)
    grown = update(Baseline(baseline.entries, tmp_path), [wrong], grow=True)
    assert {entry.id for entry in grown.entries} == {finding.id for finding in wrong.findings}


def test_update_tightens_what_has_become_less_and_keeps_what_has_become_more(tmp_path):
    wrong = placed(WRONG, tmp_path / "a.txt")
    first = next(finding for finding in wrong.findings if finding.difference)

    def renewed(difference, grow=False):
        changed = msgspec.structs.replace(first, values="other", difference=difference)
        change = update(known(tmp_path, wrong), [msgspec.structs.replace(wrong, findings=(changed,))], grow)
        return change.entries[0].difference, change.worse

    assert renewed("+0.01") == ("+0.01", 0)
    assert renewed("+999.00") == (first.difference, 1)
    assert renewed("+999.00", grow=True) == ("+999.00", 0)


def test_prune_changes_nothing_else(tmp_path):
    wrong = placed(WRONG, tmp_path / "a.txt")
    changed = tuple(msgspec.structs.replace(finding, values="other", message="另") for finding in wrong.findings[1:])
    baseline = known(tmp_path, wrong)
    change = prune(baseline, [msgspec.structs.replace(wrong, findings=changed)])
    assert change.entries == tuple(entry for entry in baseline.entries if entry.id != wrong.findings[0].id)


def test_entries_of_files_that_are_gone_go_only_when_told(tmp_path):
    wrong, other = placed(WRONG, tmp_path / "a.txt"), placed(OTHER, tmp_path / "b.txt")
    baseline = known(tmp_path, wrong, other)
    (tmp_path / "b.txt").unlink()
    assert prune(Baseline(baseline.entries, tmp_path), [wrong]).dropped == 0
    change = prune(Baseline(baseline.entries, tmp_path), [wrong], gone_files=True)
    assert {entry.path for entry in change.entries} == {"a.txt"}


def test_what_is_waived_is_not_taken_in(tmp_path):
    from checker.contract.finding import WaivedJson

    wrong = audited(WRONG)
    waived = msgspec.structs.replace(wrong.findings[0], waived=WaivedJson("", "", "", ""))
    filing = msgspec.structs.replace(wrong, findings=(waived, *wrong.findings[1:]))
    assert wrong.findings[0].id not in {entry.id for entry in create([filing], tmp_path).entries}


ENTRY = {"filer": "甲", "year": 2026, "path": "a", "rule": "R", "ref": "r", "id": "1", "values": "2"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"schema":"gouji/baseline/2","entries":[]}',
        json.dumps({"schema": "gouji/baseline/1", "entries": [{**ENTRY, "count": 0}]}).encode(),
        json.dumps({"schema": "gouji/baseline/1", "entries": [{**ENTRY, "difference": "NaN"}]}).encode(),
        json.dumps({"schema": "gouji/baseline/1", "entries": [{**ENTRY, "vlaues": "2"}]}).encode(),
        b'\xff{"schema":"gouji/baseline/1","entries":[]}',
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path, content):
    (tmp_path / "b.json").write_bytes(content)
    with pytest.raises(NotABaseline, match=r"b\.json"):
        read_baseline(tmp_path / "b.json")
