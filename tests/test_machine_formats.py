"""Formats for programs: accepted by those who read them, equal in their counts, and steered by no filing."""

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import docx
import jsonschema
import junitparser
import msgspec
import openpyxl
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from checker import Auditor
from checker.contract.brief import brief
from checker.contract.build import audit_json
from checker.contract.finding import State, WaivedJson
from checker.contract.place import At
from checker.contract.rule import ReasonJson
from checker.contract.shape import AuditJson
from checker.contract.waiver import WaiverJson, WaiverState
from checker.contract.write import render
from checker.model.audit import Audit, Run, Unreadable
from checker.outputs.formats import FORMATS, renderer
from checker.outputs.github import MOST_SHOWN, MOST_SUMMARY, summary
from checker.outputs.html import render_filing
from checker.outputs.words import load_words
from tests.conftest import ROOT, SAMPLES

SCHEMAS = ROOT / "tests" / "schemas"
FILINGS = (
    SAMPLES / "clean" / "unit.txt",
    SAMPLES / "defects" / "last-digit" / "department.txt",
    SAMPLES / "defects" / "table-left-out" / "department.txt",
    SAMPLES / "defects" / "total-in-child" / "department.txt",
    SAMPLES / "defects" / "target-cost-floor" / "department.txt",
    SAMPLES / "formats" / "basic-total" / "unit.pdf",
    SAMPLES / "formats" / "basic-total" / "unit.docx",
    SAMPLES / "formats" / "basic-total" / "unit.xlsx",
    SAMPLES / "formats" / "basic-total" / "unit.html",
)
RUN = Run("0.0", "sha256:0", "2026-03-01T10:30:00+08:00", ("甲",))
WAIVED = WaivedJson("批复文件另有说明，详见附件", "张三", "2026-03-01", "2026-12-31")
HOSTILE = "</script><b>甲</b> | `乙` ]]> {0} [点](http://example.org) @all\r\n::error::丙 %0A 100%\x1b[31m\u202e丁\x00"
ZH, EN = load_words("zh"), load_words("en")


def replaced(thing, **values):
    return msgspec.structs.replace(thing, **values)


@pytest.fixture(scope="module")
def plain_audit(auditor: Auditor) -> AuditJson:
    results = tuple(auditor.audit_file(path.relative_to(Path.cwd())) for path in FILINGS)
    lost = (Unreadable("发文/扫描件.pdf", "没有文字", "ab" * 32), Unreadable("b.txt", "程序出错", "", None, True))
    return msgspec.json.decode(render(audit_json(Audit(RUN, results, lost))), type=AuditJson)


@pytest.fixture(scope="module")
def audit(plain_audit) -> AuditJson:
    """An audit as the gate leaves it: compared with the one before, with a baseline and a waiver."""
    filings = list(plain_audit.filings)
    which = next(number for number, filing in enumerate(filings) if len(filing.findings) >= 4)
    one, two, three, *others = filings[which].findings
    gone, unsure = replaced(one, id="gone"), replaced(two, id="unsure")
    findings = (
        replaced(one, waived=WAIVED, state=State.REMAINING),
        replaced(two, baselined=True, state=State.REMAINING, before="+1.00"),
        replaced(three, state=State.NEW),
        *others,
    )
    filings[which] = replaced(
        filings[which], findings=findings, fixed=(gone,), unverified=(unsure,), previous="2026-02-01T00:00:00+08:00"
    )
    stale = WaiverJson(
        WaiverState.STALE, "BAL-101", "某局", 2026, ("甲",), "旧的说明", "李四", "2025-01-01", "2025-12-31"
    )
    return replaced(plain_audit, filings=tuple(filings), waivers=(stale,))


@pytest.fixture(scope="module")
def hostile(audit) -> AuditJson:
    """The same audit of filings that are after whoever reads its reports."""
    filings = [
        replaced(
            filing,
            filer=HOSTILE,
            path=f"=cmd,1:2/{number} #%.txt",
            files=(),
            findings=tuple(
                replaced(each, message=f"={HOSTILE}", name=HOSTILE, ref=HOSTILE, advice=HOSTILE, unit=HOSTILE)
                for each in filing.findings
            ),
            rules=tuple(replaced(rule, name=HOSTILE, pack=HOSTILE) for rule in filing.rules),
        )
        for number, filing in enumerate(audit.filings)
    ]
    return replaced(audit, filings=tuple(filings))


def written(name, audit, words=ZH):
    return renderer(name)(audit, words)


def sarif(audit, words=ZH):
    return json.loads(written("sarif", audit, words))["runs"][0]


def rows(audit, words=EN):
    return list(csv.DictReader(io.StringIO(written("csv", audit, words).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"json", "jsonl"}))
@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_the_same_audit_gives_the_same_bytes_and_no_more_than_a_brief_filing_is_needed(name, words, audit):
    short = replaced(audit, filings=tuple(map(brief, audit.filings)))
    assert written(name, audit, words) == written(name, audit, words) == written(name, short, words)


def counted_by_hand(audit):
    counts = Counter()
    for filing in audit.filings:
        for finding in filing.findings:
            counts["waived" if finding.waived else finding.severity] += 1
    return counts


def in_sarif(content):
    levels = {"error": "error", "warning": "warning", "note": "notice"}
    results = [each for each in json.loads(content)["runs"][0]["results"] if each.get("baselineState") != "absent"]
    return Counter(
        "waived"
        if any("豁免" in one["justification"] for one in each.get("suppressions", []))
        else levels[each["level"]]
        for each in results
    )


def in_junit(content):
    counts = Counter()
    for suite in junitparser.JUnitXml.fromstring(content):
        for each in suite.properties():
            if each.name in {"error", "warning", "notice", "waived"}:
                counts[each.name] += int(each.value)
    return +counts


def in_junit_lines(content):
    severities = {"错误": "error", "疑点": "warning", "提示": "notice"}
    lines = re.findall(
        r"^ *\[(错误|疑点|提示)([^\]]*)\]", "\n".join(etree.fromstring(content).itertext()), re.MULTILINE
    )
    return Counter("waived" if "已豁免" in marks else severities[word] for word, marks in lines)


def in_gitlab(content):
    severities = {"[错误": "error", "[疑点": "warning", "[提示": "notice"}
    counts = Counter()
    for issue in json.loads(content):
        severity = severities.get(issue["description"][:3])
        if severity:
            counts["waived" if "已豁免：" in issue["description"] else severity] += 1
    return counts


def in_csv(content):
    severities = {"错误": "error", "疑点": "warning", "提示": "notice"}
    table = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return Counter("waived" if row["豁免"] else severities[row["级别"]] for row in table if row["级别"])


def in_markdown(content):
    severities = {"| 错误 |": "error", "| 疑点 |": "warning", "| 提示 |": "notice"}
    lines = [line for line in content.decode().splitlines() if line[:6] in severities]
    return Counter("waived" if "已豁免" in line else severities[line[:6]] for line in lines)


def in_lines(content):
    filings = [json.loads(line).get("filing") for line in content.splitlines()]
    findings = [finding for filing in filings if filing for finding in filing["findings"]]
    return Counter("waived" if finding["waived"] else finding["severity"] for finding in findings)


def in_workbook(content):
    severities = {"错误": "error", "疑点": "warning", "提示": "notice"}
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    head = next(row for row in rows if "级别" in row)
    severity, state = head.index("级别"), head.index("状态")
    return Counter(
        "waived" if "已豁免" in (row[state] or "") else severities[row[severity]] for row in rows if row[severity]
    )


def in_letter(content):
    """Count the rows of the annexes; what is waived needs no measure, and says so there."""
    severities = {"错误": "error", "疑点": "warning", "提示": "notice"}
    rows = [row for table in docx.Document(io.BytesIO(content)).tables for row in table._tbl.tr_lst[1:]]
    told = [["".join(text.text or "" for text in cell.iter("{*}t")) for cell in row.tc_lst] for row in rows]
    return Counter("waived" if "已豁免" in cells[7] else severities[cells[1]] for cells in told if cells[1])


def test_counts_agree_with_the_pages(audit):
    for filing in audit.filings:
        page = etree.HTML(render_filing(filing, audit.run, ZH, waivers=audit.waivers))
        told = {each.get("id"): each.get("data-severity") for each in page.iterfind(".//*[@data-severity]")}
        shown = {f"f-{finding.id}": finding.severity for finding in filing.standing}
        assert {name: severity for name, severity in told.items() if name in shown} == shown
        anchors = {each.get("id") for each in page.iterfind(".//*[@id]")}
        assert {f"f-{finding.id}" for finding in filing.findings} <= anchors


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("sarif", in_sarif), ("junit", in_junit), ("junit", in_junit_lines), ("gitlab", in_gitlab), ("csv", in_csv),
        ("markdown", in_markdown), ("jsonl", in_lines), ("xlsx", in_workbook), ("docx", in_letter),
    ],
)  # fmt: skip
def test_counts_agree(name, count, audit, plain_audit):
    expected = counted_by_hand(audit)
    assert expected["waived"] == 1
    assert expected["error"] > 10 > expected["warning"] > 0 < expected["notice"]
    assert count(written(name, audit)) == expected
    assert count(written(name, plain_audit)) == counted_by_hand(plain_audit)


# SARIF


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_sarif_holds_to_the_schema(words, audit, plain_audit, hostile):
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_bytes())
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    for each in (audit, plain_audit, hostile, replaced(audit, filings=(), unreadable=())):
        log = json.loads(written("sarif", each, words))
        assert [error.message for error in validator.iter_errors(log)] == []
        del log["runs"][0]["tool"]
        assert not validator.is_valid(log)


def test_sarif_is_read_by_another_program(audit, tmp_path):
    file = tmp_path / "audit.sarif"
    file.write_bytes(written("sarif", audit))
    tool = Path(sys.executable).with_name("sarif")
    done = subprocess.run(
        [tool, "csv", "--output", tmp_path / "told.csv", file], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = list(csv.DictReader((tmp_path / "told.csv").open(encoding="utf-8-sig", newline="")))
    results = sarif(audit)["results"]
    assert Counter(row["Code"] for row in told) == Counter(each["ruleId"] for each in results)
    assert Counter(row["Severity"] for row in told) == Counter(each["level"] for each in results)
    lines = Counter((row["Location"], int(row["Line"])) for row in told if row["Location"].endswith(".txt"))
    assert lines == Counter(
        (filing.path, finding.at.line)
        for filing in audit.filings
        for finding in (*filing.findings, *filing.fixed)
        if filing.path.endswith(".txt")
    )


def test_sarif_names_rules_places_and_operands(audit):
    run = sarif(audit)
    rules = run["tool"]["driver"]["rules"]
    results = iter(run["results"])
    for filing in audit.filings:
        for finding in filing.findings:
            result = next(results)
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
            assert result["partialFingerprints"] == {"goujiFinding/v1": finding.id}
            (location,) = result["locations"]
            place = location["physicalLocation"]
            artifact = run["artifacts"][place["artifactLocation"]["index"]]["location"]
            assert unquote(artifact["uri"]) == filing.path
            assert location["logicalLocations"][0]["fullyQualifiedName"] == finding.ref
            if filing.path.endswith(".txt"):
                assert place["region"] == {"startLine": finding.at.line}
            else:
                assert "region" not in place
                assert place["properties"]["place"]
            others = [one for one in finding.operands if (one.ref, one.at) != (finding.ref, finding.at)]
            told = [one["logicalLocations"][0]["fullyQualifiedName"] for one in result.get("relatedLocations", [])]
            assert told == [one.ref for one in others]
        for _ in filing.fixed:
            assert next(results)["baselineState"] == "absent"
    assert next(results, None) is None


def test_sarif_tells_baseline_waivers_and_the_previous_audit(audit, plain_audit):
    results = sarif(audit)["results"]
    kinds = Counter(each["baselineState"] for each in results)
    assert kinds["unchanged"] == kinds["updated"] == kinds["absent"] == 1
    assert kinds["new"] == len(results) - 3
    reasons = [one["justification"] for each in results for one in each["suppressions"]]
    assert len(reasons) == 2
    assert WAIVED.reason in reasons[0]
    assert WAIVED.approver in reasons[0]
    assert "基线" in reasons[1]
    for each in sarif(plain_audit)["results"]:
        assert not {"baselineState", "suppressions"} & set(each)


def test_sarif_says_what_was_not_verified(audit, plain_audit):
    run = sarif(audit)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["startTimeUtc"] == "2026-03-01T02:30:00Z"
    told = [each["descriptor"]["id"] for each in invocation["toolExecutionNotifications"]]
    descriptors = [each["id"] for each in run["tool"]["driver"]["notifications"]]
    for each in invocation["toolExecutionNotifications"]:
        assert descriptors[each["descriptor"]["index"]] == each["descriptor"]["id"]
    assert {"unreadable", "bug", "missing", "unassessed", "incomplete", "foreign", "unverified"} <= set(told)
    clean = replaced(plain_audit, filings=plain_audit.filings[:1], unreadable=())
    assert sarif(clean)["invocations"][0]["executionSuccessful"] is True
    assert sarif(clean)["results"] == []


def test_two_findings_of_one_identity_stay_two(audit):
    filing = audit.filings[1]
    twice = replaced(audit, filings=(replaced(filing, findings=filing.findings * 2),), unreadable=())
    prints = [each["partialFingerprints"]["goujiFinding/v1"] for each in sarif(twice)["results"]]
    assert len(set(prints)) == len(prints) == 2 * len(filing.findings)
    issues = json.loads(written("gitlab", twice))
    assert len({each["fingerprint"] for each in issues}) == len(issues)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("发文/a b#1%.txt", "%E5%8F%91%E6%96%87/a%20b%231%25.txt"),
        ("./a.txt", "a.txt"),
        ("x:1/a.txt", "x%3A1/a.txt"),
        ("budgets\\a.txt", "budgets/a.txt"),
        ("/data/a.txt", "file:///data/a.txt"),
        ("C:\\data\\a b.txt", "file:///C:/data/a%20b.txt"),
        ("//server/share/a.txt", "file://server/share/a.txt"),
    ],
)
def test_paths_as_uris(path, uri, audit):
    moved = replaced(audit.filings[1], path=path, files=())
    run = sarif(replaced(audit, filings=(moved,), unreadable=()))
    (location,) = run["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == run["artifacts"][0]["location"]["uri"] == uri


def test_a_line_is_told_of_no_file_but_a_text(audit):
    """A part of a filing that could not be read is placed at its line 1, whatever it is."""
    filing = next(each for each in audit.filings if len(each.findings) == 1)
    moved = replaced(filing.findings[0], at=At(line=7))
    for path, line in (("a.TXT", 7), ("a.pdf", 0), ("a.docx", 0), ("a", 0)):
        alone = replaced(audit, filings=(replaced(filing, path=path, files=(), findings=(moved,)),), unreadable=())
        place = sarif(alone)["results"][0]["locations"][0]["physicalLocation"]
        assert place.get("region", {}).get("startLine", 0) == line
        (command, *_) = commands(written("github", alone))
        assert command[2] == (str(line) if line else None)
        assert json.loads(written("gitlab", alone))[0]["location"]["lines"]["begin"] == (line or 1)


# JUnit


def ended(case, kind):
    return any(isinstance(one, kind) for one in case.result)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_junit_holds_to_the_schema_and_is_read_by_another_program(words, audit, hostile):
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))
    for each in (audit, hostile, replaced(audit, filings=(), unreadable=())):
        content = written("junit", each, words)
        schema.assertValid(etree.fromstring(content))
        told = junitparser.JUnitXml.fromstring(content)
        suites = list(told)
        assert len(suites) == len(each.filings) + len(each.unreadable)
        cases = [case for suite in suites for case in suite]
        assert told.tests == len(cases)
        assert told.failures == sum(isinstance(one, junitparser.Failure) for case in cases for one in case.result)
        assert told.errors == sum(isinstance(one, junitparser.Error) for case in cases for one in case.result)


def test_junit_has_a_case_a_rule_and_fails_those_with_findings_that_count(audit):
    told = junitparser.JUnitXml.fromstring(written("junit", audit))
    for filing, suite in zip(audit.filings, told, strict=False):
        cases = {case.name.split()[0]: case for case in suite}
        assert len({(case.classname, case.name) for case in suite}) == len(list(suite))
        counting = {each.rule for each in filing.findings if not each.waived and not each.baselined}
        assert {rule for rule, case in cases.items() if ended(case, junitparser.Failure)} == counting
        for rule in filing.rules:
            applied = any(rule.outcomes.get(each) for each in ("agrees", "rounding", "differs", "unassessed", "fault"))
            assert (rule.id in cases) is applied
            if rule.outcomes.get("unassessed") and rule.id not in counting:
                assert ended(cases[rule.id], junitparser.Skipped)
        whole = next(case for case in suite if case.name == ZH("junit.complete"))
        assert ended(whole, junitparser.Error) is not filing.complete
    for file, suite in zip(audit.unreadable, list(told)[len(audit.filings) :], strict=True):
        (case,) = suite
        assert file.reason in case.result[0].message


def test_junit_tells_waived_and_baselined_findings_as_skipped(audit):
    filing = next(each for each in audit.filings if each.fixed)
    alone = replaced(filing, findings=tuple(each for each in filing.findings if each.waived or each.baselined))
    (suite,) = junitparser.JUnitXml.fromstring(written("junit", replaced(audit, filings=(alone,), unreadable=())))
    results = [one for case in suite for one in case.result if case.name.split()[0] in {x.rule for x in alone.findings}]
    assert {type(one) for one in results} == {junitparser.Skipped}
    assert any(WAIVED.reason in one.message for one in results)


def test_a_rule_fault_is_an_error(audit):
    filing = audit.filings[0]
    rule = filing.rules[0]
    broken = replaced(rule, outcomes={"fault": 1}, reasons=(ReasonJson("fault", "除数为零", 1),))
    broken_filing = replaced(filing, rules=(broken, *filing.rules[1:]), complete=False)
    audit = replaced(audit, filings=(broken_filing,), unreadable=())
    (suite,) = junitparser.JUnitXml.fromstring(written("junit", audit))
    case = next(case for case in suite if case.name.startswith(rule.id))
    assert isinstance(case.result[0], junitparser.Error)
    assert "除数为零" in case.result[0].message
    assert any(
        each["descriptor"]["id"] == "fault" for each in sarif(audit)["invocations"][0]["toolExecutionNotifications"]
    )


# GitHub

COMMAND = re.compile(r"::(error|warning|notice) file=([^,:]+)(?:,line=(\d+))?,title=([^,:]+)::(.*)")


def commands(content):
    return [COMMAND.fullmatch(line).groups() for line in content.decode().splitlines()]


def unescaped(text):
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")


def test_github_shows_the_worst_within_its_caps(audit):
    told = commands(written("github", audit))
    counts = Counter(level for level, *_ in told)
    assert counts["error"] == MOST_SHOWN
    assert all(count <= MOST_SHOWN for count in counts.values())
    errors = [each for each in told if each[0] == "error"]
    assert [unescaped(path) for _, path, *_ in errors[:2]] == ["发文/扫描件.pdf", "b.txt"]
    hidden = counted_by_hand(audit)["error"] + len(audit.unreadable) - MOST_SHOWN
    assert f"另有 {hidden} 条" in errors[-1][-1]
    assert sum("另有" in message for *_, message in errors[:-1]) == 0
    incomplete = [each for filing in audit.filings if not filing.complete for each in filing.files]
    warned = [unescaped(path) for level, path, _, title, _ in told if level == "warning" and "核验不完整" in title]
    assert warned == [file.path for file in incomplete]


def test_github_names_the_line_of_a_text_file_and_no_other(audit):
    for filing in audit.filings:
        alone = replaced(audit, filings=(filing,), unreadable=())
        lines = {line for _, _, line, title, _ in commands(written("github", alone)) if "核验不完整" not in title}
        if filing.path.endswith(".txt"):
            assert lines <= {str(finding.at.line) for finding in filing.findings}
        else:
            assert lines == {None}


def test_what_is_waived_or_known_comes_last_at_github(audit):
    filing = next(each for each in audit.filings if each.fixed)
    told = commands(written("github", replaced(audit, filings=(filing,), unreadable=())))
    errors = [title for level, _, _, title, _ in told if level == "error"]
    assert [("基线" in title) for title in errors] == [False] * (len(errors) - 1) + [True]
    (notice,) = (title for level, _, _, title, _ in told if level == "notice")
    assert "已豁免" in notice


def test_a_filing_steers_no_workflow(hostile):
    content = written("github", hostile)
    for line in content.decode().splitlines():
        assert COMMAND.fullmatch(line), line
    assert "%250A" in content.decode()
    for character in "\x1b\u202e\x00\r":
        assert character not in content.decode()


def test_the_summary_of_a_job_is_cut_where_github_would_drop_it(audit):
    assert summary(audit, ZH) == written("markdown", audit)
    many = replaced(audit, filings=audit.filings * 400)
    content = summary(many, ZH)
    assert MOST_SUMMARY * 0.95 < len(content) <= MOST_SUMMARY
    assert content.decode().endswith(f"{ZH('digest.cut')}\n")


# GitLab


def test_gitlab_issues_are_what_its_reports_must_be(audit, hostile):
    for each in (audit, hostile):
        issues = json.loads(written("gitlab", each))
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)
        for issue in issues:
            assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
            assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
            assert issue["location"]["lines"]["begin"] >= 1
            assert issue["description"].isprintable()
            assert not issue["location"]["path"].startswith("./")


def test_gitlab_places_and_severities(audit):
    issues = json.loads(written("gitlab", audit))
    findings = [(filing, finding) for filing in audit.filings for finding in filing.findings]
    told = [each for each in issues if each["description"].startswith("[")]
    for (filing, finding), issue in zip(findings, told, strict=True):
        assert issue["check_name"] == f"gouji/{finding.rule}"
        assert issue["location"]["path"] == filing.path
        assert issue["location"]["lines"]["begin"] == (finding.at.line if filing.path.endswith(".txt") else 1)
        assert (issue["severity"] == "critical") is (finding.severity == "error" and not finding.waived)
        assert (issue["severity"] == "info") is (finding.severity == "notice" or finding.waived is not None)
    blocking = [each["location"]["path"] for each in issues if each["severity"] == "blocker"]
    assert blocking == [file.path for file in audit.unreadable]
    lacking = {each["location"]["path"] for each in issues if each["severity"] == "major"}
    assert lacking == {filing.path for filing in audit.filings if not filing.complete}


# CSV


def test_csv_is_as_offices_open_it(audit):
    content = written("csv", audit)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") == len(rows(audit)) + 1
    header = "单位,年度,阶段,文件,规则,规则名称,级别,位置,数字,填报数,应为,差额,计量单位"
    assert content.decode("utf-8-sig").startswith(header)


def test_csv_holds_amounts_as_numbers_and_texts_as_texts(audit, hostile):
    findings = [finding for filing in audit.filings for finding in filing.findings]
    told = [row for row in rows(audit) if row["severity"]]
    for finding, row in zip(findings, told, strict=True):
        for name in ("actual", "expected", "difference"):
            amount = getattr(finding, name)
            assert row[name] == ("" if amount is None else amount.removeprefix("+"))
        assert row["id"] == finding.id
    assert any(row["difference"].startswith("-") for row in told)
    for row in rows(hostile):
        assert row["message"][0] not in "=+-@\t\r"
        assert row["path"].startswith("'=cmd") or not row["filer"]
        if row["severity"]:
            assert row["message"].startswith("'=</script>")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝", "＋", "－", "＠"])
def test_no_cell_of_a_csv_is_a_formula(start, audit):
    filing = replaced(audit.filings[1], filer=f"{start}1+1", path=f"{start}1.txt", files=())
    finding = replaced(filing.findings[0], expected=f"{start}1+1", message=f"{start}HYPERLINK(1)")
    (row, *_) = rows(replaced(audit, filings=(replaced(filing, findings=(finding,)),)))
    for name in ("filer", "path", "expected", "message"):
        assert row[name].startswith("'"), name


def test_a_list_without_findings_is_no_pass(audit):
    (row,) = rows(replaced(audit, filings=()))[:1]
    assert (row["path"], row["severity"], row["message"]) == ("发文/扫描件.pdf", "", "没有文字")
    incomplete = [row["path"] for row in rows(audit) if not row["severity"] and row["name"] == EN("told.incomplete")]
    assert incomplete == [filing.path for filing in audit.filings if not filing.complete]


# Markdown


def test_markdown_tells_every_filing_the_worst_first(audit):
    content = written("markdown", audit).decode()
    titles = re.findall(r"^## (.*)$", content, re.MULTILINE)
    assert len(titles) == len(audit.filings) + 1
    order = [content.index(filing.path) for filing in audit.filings]
    assert max(order[4:]) < order[0], "the filing without findings comes last"
    for expected in ("没有文字", WAIVED.reason, "豁免已无对应问题", "未能复核", "### 已消除", "数字已变"):
        assert expected in content


def test_markdown_of_a_hostile_filing_is_text(hostile):
    content = written("markdown", hostile).decode()
    assert not re.search(r"(?<!\\)[`*\[]乙", content)
    assert "<b>" not in content
    assert "</script" not in content
    assert "@all" not in content
    table = [line for line in content.splitlines() if line.startswith("| 错误 | ")]
    assert table
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {9}


@pytest.mark.parametrize("start", ["", "- ", "+ ", "1. ", "12) ", "# ", "> ", "=", "    "])
def test_a_page_in_markdown_shows_the_text_as_it_is(start, audit):
    """What is escaped is shown unescaped by a program that reads Markdown."""
    text = (
        f"{start}<b>甲</b> | `乙` *丙* _丁_ [戊](x) www.example.org a_b a&amp;b ~~己~~ \\\\| $x$ #1 !2 :+1: http://a.cn"
    )
    filing = replaced(audit.filings[1], filer=text, path=text, files=())
    lost = replaced(audit.unreadable[0], path=text)
    content = written("markdown", replaced(audit, filings=(filing,), unreadable=(lost,))).decode()
    page = MarkdownIt("gfm-like", {"linkify": False}).render(content)
    tree = etree.HTML(page)
    shown = [" ".join("".join(each.itertext()).split()) for each in tree.iter("h2", "p", "li")]
    told = " ".join(text.split())
    assert f"{told} 2026年预算" in shown
    path = told.replace("//", "/")
    assert path in shown
    assert any(each.startswith(path) for each in shown if "没有文字" in each)
    kinds = {each.tag for each in tree.iter()}
    assert not kinds & {"a", "b", "em", "code", "s", "blockquote", "ol", "img", "pre"}
    assert len(tree.findall(".//ul/li/ul")) == 0
