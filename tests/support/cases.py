"""Cases of rules, written in `tests/rules/**.yaml`: what a rule must say of a sketched filing with something changed.

    filing: every-fund                     # tests/rules/filings/every-fund.txt, unless a case names another;
                                           # of another layout: shanghai/… for one under filings/shanghai
    rules:
      BAL-104:
        - passes: 本年收入加上年结转
          agrees: 1                        # so many outcomes agree
        - fails: 总计多了一元
          change:                          # cells by their address
            收支总表[收入总计]: 121.00
          finds:                           # every finding of the rule, in its order
            - 收支总表[收入总计] 填报 121.00，应为 120.00，差 +1.00
        - unassessed: 没有结转这一行
          without: [收支总表[上年结转]]    # rows or whole tables
          reason: 没有“上年结转”行

A case passes, fails, rounds, has nothing but blanks and zeros (nil), or is unassessed or not applicable; the sentence
behind that word says what it shows. A finding is its address and what it says: `填报 A，应为 B，差 C` (for inequalities
应不大于, 应不小于), or a part of its message; 错误, 疑点 or 提示 before it where it is not the rule's own severity.
`tables` sketches tables to stand in the place of those of the filing, `also` further ones, `title` the first line of
one: other bracketed words, another note.

`passages` gives the text of passages by name, in the place of those of the filing or beside them; 目录 and 封面 too.
`level: unit` makes it the filing of one unit.

A case shows its rule only the tables that the rule names, so that nothing else can be what it goes by.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import msgspec

from checker.engine import apply
from checker.findings import finding_of
from checker.forms.load import read_vocabulary, vocabulary_files
from checker.forms.vocabulary import Vocabulary
from checker.model.document import Paragraph
from checker.model.filing import Filing, Level
from checker.model.finding import Finding
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import Severity
from checker.model.table import Table
from checker.resources import rules_folder
from checker.ruleset.codes import Codes
from checker.ruleset.load import compile_rules, pack_files
from checker.ruleset.names import tables_of
from checker.ruleset.rules import EVERY_TABLE, Across, Present, Rule, Values
from checker.yaml_source import YamlSource
from tests.support.sketch import (
    LAYOUT,
    SketchError,
    changed,
    filing_of,
    read_passages,
    read_sketch,
    replaced,
    retitled,
    without,
)

CASES = Path(__file__).parents[1] / "rules"

_SEVERITIES = {"错误": Severity.ERROR, "疑点": Severity.WARNING, "提示": Severity.NOTICE}
_FINDING = re.compile(r"(?:(?P<severity>错误|疑点|提示) )?(?P<ref>[^\s\[]+(?:\[[^\]]*\])?) (?P<says>.+)")
_WORKED = re.compile(
    r"填报 (?P<actual>\S+)，应(?P<relation>为|不大于|不小于) (?P<expected>\S+)，差 (?P<difference>\S+)"
)
_RELATIONS = {"为": "=", "不大于": "≤", "不小于": "≥"}


class CaseText(msgspec.Struct, frozen=True):
    """One case as written; exactly one of the first six says what must come of it."""

    passes: str = ""
    fails: str = ""
    rounding: str = ""
    nil: str = ""
    unassessed: str = ""
    not_applicable: str = ""
    filing: str = ""
    change: dict[str, str] = {}
    without: tuple[str, ...] = ()
    tables: str = ""
    also: str = ""
    title: tuple[str, ...] = ()
    passages: dict[str, str] = {}
    level: Level | None = None
    agrees: int = 0
    finds: tuple[str, ...] = ()
    reason: str = ""


class CasesFile(msgspec.Struct, frozen=True):
    """The cases of one pack."""

    filing: str
    rules: dict[str, tuple[CaseText, ...]]


class Case(msgspec.Struct, frozen=True):
    """A case with the rule that it is about and the filing that it shows to it."""

    rule: str
    text: CaseText
    tables: tuple[Table, ...]
    layout: str
    passages: dict[str, tuple[Paragraph, ...]] = {}

    @property
    def outcome(self) -> str:
        """What must come of it: one of OUTCOMES."""
        return next(name for name in OUTCOMES if getattr(self.text, name))

    @property
    def name(self) -> str:
        """The name of the test: rule, outcome, and what the case shows."""
        return f"{self.rule} {self.outcome} {getattr(self.text, self.outcome)}"


OUTCOMES = ("passes", "fails", "rounding", "nil", "unassessed", "not_applicable")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the project's own vocabulary, read without a cache."""
    return read_vocabulary(vocabulary_files([rules_folder()]))


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Return the project's own rules by id, compiled without a cache."""
    ruleset = compile_rules(pack_files([rules_folder()]), vocabulary(), "")
    return {rule.info.id: rule for rule in ruleset.rules}


@lru_cache(maxsize=8)
def sketched(name: str) -> tuple[Table, ...]:
    """Return the tables of one of the shared filings."""
    text = (CASES / "filings" / f"{name}.txt").read_text(encoding="utf-8")
    return read_sketch(text, vocabulary(), layout_of(name))


@lru_cache(maxsize=8)
def spoken(name: str) -> dict[str, tuple[Paragraph, ...]]:
    """Return the passages of one of the shared filings."""
    return read_passages((CASES / "filings" / f"{name}.txt").read_text(encoding="utf-8"))


def layout_of(name: str) -> str:
    """Return the layout of a shared filing: the folder that it stands in."""
    return name.partition("/")[0] if "/" in name else LAYOUT


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Return every case of every file under `tests/rules`."""
    return tuple(case for file in sorted(CASES.glob("**/*.yaml")) for case in _cases_of(file))


def _cases_of(file: Path) -> list[Case]:
    source = YamlSource(file, file.read_text(encoding="utf-8"))
    content = source.decode(CasesFile)
    written: list[Case] = []
    for rule, texts in content.rules.items():
        for number, text in enumerate(texts, 1):
            try:
                filing = text.filing or content.filing
                written.append(Case(rule, text, _tables(text, filing), layout_of(filing), _passages(text, filing)))
            except SketchError as error:
                raise SketchError(f"{file.name} {rule} 第{number}个用例：{error}") from error
    return written


def _tables(text: CaseText, filing: str) -> tuple[Table, ...]:
    """Return the tables of the filing that a case begins with, with all that it changes in them."""
    layout = layout_of(filing)
    tables = replaced(sketched(filing), read_sketch(text.tables, vocabulary(), layout))
    tables = changed(without(tables, text.without), text.change)
    tables = retitled(tables, text.title, vocabulary(), layout)
    return (*tables, *read_sketch(text.also, vocabulary(), layout))


def _passages(text: CaseText, filing: str) -> dict[str, tuple[Paragraph, ...]]:
    """Return the passages of the filing that a case begins with, with those that it gives in their place."""
    others = "\n".join(f"【{name}】\n{words}" for name, words in text.passages.items())
    return {**spoken(filing), **read_passages(others)}


def shown(case: Case, rule: Rule) -> Filing:
    """Return the filing of a case, cut down to the tables that the rule names."""
    named = tables_of(rule)
    every = isinstance(rule.slots, Present) and not rule.slots.nil_table
    every = every or (isinstance(rule.slots, (Values, Codes)) and rule.slots.table == EVERY_TABLE)
    tables = (table for table in case.tables if every or table.form in named)
    filing = filing_of(tables, vocabulary(), case.layout, case.passages)
    return msgspec.structs.replace(filing, level=case.text.level) if case.text.level else filing


def complaints(case: Case, rule: Rule, filing: Filing) -> list[str]:
    """Return what the rule says of the filing of a case that the case does not expect; nothing when it holds."""
    outcomes = apply(rule, filing)
    verdicts = [outcome.verdict for outcome in outcomes]
    findings = [finding_of(outcome, filing) for outcome in outcomes if outcome.verdict is Verdict.DIFFERS]
    unwanted = _UNWANTED[case.outcome] | {Verdict.FAULT}
    lines = [f"{outcome.verdict}：{outcome.about} {outcome.reason}" for outcome in outcomes]
    wrong = [f"意外的结论 {line}" for line, verdict in zip(lines, verdicts, strict=True) if verdict in unwanted]
    wanted = Verdict.NIL if case.outcome == "passes" and _forbids(rule) else _WANTED[case.outcome]
    if wanted not in verdicts:
        wrong.append(f"没有 {wanted} 的结论，只有：{'；'.join(lines)}")
    if case.text.agrees and verdicts.count(Verdict.AGREES) != case.text.agrees:
        wrong.append(f"应有 {case.text.agrees} 处相符，实有 {verdicts.count(Verdict.AGREES)} 处")
    if case.text.reason and not any(_gives(outcome, wanted, case.text.reason) for outcome in outcomes):
        wrong.append(f"没有说“{case.text.reason}”，只有：{'；'.join(lines)}")
    return wrong + _finding_complaints(case, rule, findings)


def _forbids(rule: Rule) -> bool:
    """Say whether a rule forbids a figure: it holds where nothing is printed, and there is nothing to agree with."""
    return isinstance(rule.slots, Across) and len(rule.slots.relation.terms or ()) == 1


_WANTED = {
    "passes": Verdict.AGREES,
    "fails": Verdict.DIFFERS,
    "rounding": Verdict.ROUNDING,
    "nil": Verdict.NIL,
    "unassessed": Verdict.UNASSESSED,
    "not_applicable": Verdict.NOT_APPLICABLE,
}
_UNWANTED = {
    "passes": {Verdict.ROUNDING, Verdict.DIFFERS, Verdict.UNASSESSED},
    "fails": {Verdict.ROUNDING},
    "rounding": {Verdict.DIFFERS, Verdict.UNASSESSED},
    "nil": {Verdict.AGREES, Verdict.ROUNDING, Verdict.DIFFERS, Verdict.UNASSESSED},
    "unassessed": {Verdict.DIFFERS},
    "not_applicable": {Verdict.DIFFERS, Verdict.UNASSESSED},
}


def _gives(outcome: Outcome, verdict: Verdict, reason: str) -> bool:
    return outcome.verdict is verdict and reason in outcome.reason


def _finding_complaints(case: Case, rule: Rule, findings: list[Finding]) -> list[str]:
    expected = case.text.finds
    wrong = [
        f"应为“{line}”，实为“{told(finding)}”"
        for line, finding in zip(expected, findings, strict=False)
        if not _is_as_written(finding, line, rule.info.severity)
    ]
    wrong += [f"没有“{line}”" for line in expected[len(findings) :]]
    return wrong + [f"多出“{told(finding)}”" for finding in findings[len(expected) :]]


def told(finding: Finding) -> str:
    """Return a finding as a case would write it."""
    severity = next(word for word, severity in _SEVERITIES.items() if severity is finding.severity)
    if finding.actual is None:
        return f"{severity} {finding.ref} {finding.message}"
    relation = next((word for word, sign in _RELATIONS.items() if sign == finding.relation), finding.relation)
    return f"{severity} {finding.ref} 填报 {finding.actual}，应{relation} {finding.expected}，差 {finding.difference}"


def _is_as_written(finding: Finding, line: str, severity: Severity) -> bool:
    match = _FINDING.fullmatch(line)
    if match is None or match["ref"] != finding.ref:
        return False
    if (_SEVERITIES[match["severity"]] if match["severity"] else severity) is not finding.severity:
        return False
    worked = _WORKED.fullmatch(match["says"])
    if worked is None:
        return finding.actual is None and match["says"] in finding.message
    return (worked["actual"], worked["expected"], worked["difference"], _RELATIONS[worked["relation"]]) == (
        finding.actual,
        finding.expected,
        finding.difference,
        finding.relation,
    )
