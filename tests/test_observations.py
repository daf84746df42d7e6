"""What says the same is one observation with many places, in the order in which a reviewer should look."""

from __future__ import annotations

from checker.contract.build import filing_json, run_json
from checker.model.audit import Audit, FilingAudit, Run
from checker.model.filing import Filing, LayoutFacts, Level, Stage
from checker.model.finding import Finding
from checker.model.observation import amount, observe
from checker.model.place import LinePlace
from checker.model.rule import Basis, Kind, RuleInfo, Severity
from checker.outputs.console import MOST_LINES, Console, columns_of
from checker.outputs.words import load_words

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTICE


def finding(rule: str, line: int, severity: Severity = E, difference: str | None = None, unit: str = "万元",
            kind: Kind = Kind.BALANCE) -> Finding:  # fmt: skip
    info = RuleInfo(rule, f"规则{rule}", kind, severity, Basis("依据"), "", "", f"Rule {rule}")
    message = f"{rule} 在第{line}行不符" + "，请核实" * 20
    place, unit = LinePlace(line), unit if difference else ""
    return Finding(
        f"{rule}-{line}", "", info, severity, message, "请核对", f"表[{line}]", place, difference=difference, unit=unit
    )


def audited(findings: list[Finding]) -> FilingAudit:
    facts = LayoutFacts("x", "某地", Stage.BUDGET, {})
    rules = {each.rule.id: each.rule for each in findings}
    filing = Filing("某局.txt", "", "某局", 2026, Level.UNIT, facts, ())
    return FilingAudit(filing, tuple(rules.values()), (), tuple(findings))


def told(findings: list[Finding], width: int = 80) -> list[str]:
    return Console(load_words("zh"), width).filing(filing_json(audited(findings)))


def test_places_of_one_rule_are_one_observation():
    (observation,) = observe([finding("IND-1", line) for line in range(1, 34)])
    assert observation.count == 33
    assert [each.at.line for each in observation.findings] == list(range(1, 34))


def test_one_rule_at_two_severities_is_two_observations():
    found = observe([finding("BAL-1", 1), finding("BAL-1", 2, N)])
    assert [(each.severity, each.count) for each in found] == [(E, 1), (N, 1)]


def test_severity_then_what_is_missing_then_money_then_reading_order():
    found = observe(
        [
            finding("BAL-5", 1, N, "9999.00"),
            finding("BAL-4", 2, E, "0.50"),
            finding("BAL-3", 3, E, "4999.99", "元"),
            finding("BAL-2", 9, E),
            finding("BAL-6", 8, E),
            finding("PRE-1", 20, E, kind=Kind.PRESENT),
            finding("VAL-1", 1, E, kind=Kind.VALUES),
            finding("BAL-7", 1, W, "7.00"),
        ]
    )
    assert [each.rule.id for each in found] == [
        "PRE-1", "BAL-4", "BAL-3", "BAL-6", "BAL-2", "VAL-1", "BAL-7", "BAL-5",
    ]  # fmt: skip


def test_the_largest_difference_speaks_and_a_rate_is_no_money():
    (observation,) = observe([finding("BAL-1", 1, E, "-0.02"), finding("BAL-1", 2, E, "-3.00")])
    assert observation.first.at.line == 2
    assert amount(finding("SHA-1", 1, E, "99.00", "%")) == 0
    assert amount(finding("BAL-1", 1, E, "-1.5")) == 15000


def test_the_console_gives_a_filing_one_screen_and_counts_the_rest():
    many = [finding(f"BAL-{rule}", 10 * rule + place, E, f"{rule}.00") for rule in range(1, 30) for place in range(3)]
    many += [finding(f"TXT-{rule}", 900 + rule, N, kind=Kind.VALUES) for rule in range(1, 10)]
    lines = told(many)
    assert len(lines) == MOST_LINES
    assert max(map(columns_of, lines)) <= 80
    text = "\n".join(lines)
    assert "错误 BAL-29 第290行等3处 规则BAL-29" in text
    assert "另有 2 处：第291行、第292行" in text
    shown = sum(f"错误 BAL-{rule} " in text for rule in range(1, 30))
    assert f"错误 {29 - shown} 项 {3 * (29 - shown)} 处、提示 9 项 9 处" in lines[-1]


def test_every_observation_has_a_line_where_there_is_room():
    lines = told([finding(f"BAL-{rule}", rule, E, "1.00") for rule in range(1, 3)] + [finding("TXT-1", 5, N)])
    assert sum("BAL-" in line for line in lines) == 4
    assert lines[-1] == "  提示 TXT-1 第5行 规则TXT-1"
    assert not any("另有" in line for line in lines)


def test_a_long_message_is_cut_and_says_so():
    (cut,) = [line for line in told([finding("BAL-1", 1, E)], 60) if line.endswith("…")]
    assert columns_of(cut) <= 60


def test_a_coloured_line_is_as_wide_as_a_plain_one():
    coloured = Console(load_words("zh"), 60, colour=True).filing(filing_json(audited([finding("BAL-1", 1, E)])))
    assert [columns_of(line) for line in coloured] == [columns_of(line) for line in told([finding("BAL-1", 1, E)], 60)]


def test_the_page_keeps_every_finding_behind_the_one_that_speaks():
    from checker.outputs.html import render_filing

    findings = [finding("BAL-1", line, E, f"{line}.00") for line in range(1, 9)]
    page = render_filing(filing_json(audited(findings)), run_json(Run("0", "x")), load_words("zh"))
    first, rest = page.split('<details class="places" open>')
    assert 'id="f-BAL-1-8"' in first
    assert all(f'id="f-BAL-1-{line}"' in rest for line in range(1, 8))
    assert "BAL-1 另有 7 处" in rest


def test_json_tells_observations_by_the_ids_of_their_findings():
    import json

    from checker.contract.build import audit_json
    from checker.contract.write import render

    one = audited([finding("BAL-1", 1), finding("BAL-1", 2), finding("TXT-1", 3, N)])
    (filing,) = json.loads(render(audit_json(Audit(Run("0", "x"), (one,)))))["filings"]
    assert filing["observations"] == [
        {"rule": "BAL-1", "severity": "error", "count": 2, "findings": ["BAL-1-1", "BAL-1-2"], "first": "BAL-1-1"},
        {"rule": "TXT-1", "severity": "notice", "count": 1, "findings": ["TXT-1-3"], "first": "TXT-1-3"},
    ]
