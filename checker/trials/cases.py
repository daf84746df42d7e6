"""Cases of rules, written in YAML beside the packs: what a rule must say of a sketched filing with something changed.

    filing: every-fund                     # filings/every-fund.txt among the cases, unless a case names another;
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
应不大于, 应不小于, 应不等于), or a part of its message; 错误, 疑点 or 提示 before it where it is not the rule's own
severity.
`tables` sketches tables to stand in the place of those of the filing, `also` further ones, `title` the first line of
one: other bracketed words, another note.

`passages` gives the text of passages by name, in the place of those of the filing or beside them; 目录 and 封面 too,
and what else the sketch knows beside passages; an empty text leaves one out. `level` says whose filing it is: a
department's, or a unit's.
`reworded` changes words in a passage that is there: `收入说明: {占58.33%: 占58.34%}`; they must stand in it once.

A case shows its rule only the tables that the rule names, so that nothing else can be what it goes by.

The project's own cases lie in `tests/rules`, in a wheel beside the rules; those of another rules folder in its `cases`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from checker.engine import apply
from checker.findings import finding_of
from checker.forms.vocabulary import Vocabulary
from checker.model.document import Paragraph
from checker.model.filing import Filing, Level
from checker.model.finding import Finding
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import Severity
from checker.model.table import Table
from checker.ruleset.arithmetic import Arithmetic
from checker.ruleset.codes import Codes
from checker.ruleset.names import tables_of
from checker.ruleset.rules import EVERY_TABLE, Across, Present, Rule, SaidTargets, Shares, Statement, Values
from checker.ruleset.wording import Text
from checker.trials.sketch import LAYOUT, SketchError, filing_of, read_passages, read_sketch
from checker.trials.sketch_changes import changed, replaced, retitled, without
from checker.yaml_source import Complaint, SourceError, YamlSource, did_you_mean

_SEVERITIES = {"错误": Severity.ERROR, "疑点": Severity.WARNING, "提示": Severity.NOTICE}
_FINDING = re.compile(r"(?:(?P<severity>错误|疑点|提示) )?(?P<ref>[^\s\[]+(?:\[[^\]]*\]\S*)?) (?P<says>.+)")
_WORKED = re.compile(
    r"填报 (?P<actual>\S+)，应(?P<relation>为|不大于|不小于|不等于) (?P<expected>\S+)，差 (?P<difference>\S+)"
)
_RELATIONS = {"为": "=", "不大于": "≤", "不小于": "≥", "不等于": "≠"}


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
    reworded: dict[str, dict[str, str]] = {}
    level: Level = Level.DEPARTMENT
    agrees: int = 0
    finds: tuple[str, ...] = ()
    reason: str = ""


class CasesFile(msgspec.Struct, frozen=True):
    """The cases of one pack."""

    filing: str
    rules: dict[str, tuple[CaseText, ...]]


class Case(msgspec.Struct, frozen=True):
    """A case with the rule that it is about, the filing that it shows to it, and the file and line it stands at."""

    rule: str
    text: CaseText
    tables: tuple[Table, ...]
    layout: str
    vocabulary: Vocabulary
    passages: dict[str, tuple[Paragraph, ...]] = {}
    at: str = ""

    @property
    def outcome(self) -> str:
        """What must come of it: one of OUTCOMES."""
        return next(name for name in OUTCOMES if getattr(self.text, name))

    @property
    def name(self) -> str:
        """The name of the test: rule, outcome, and what the case shows."""
        return f"{self.rule} {self.outcome} {self.says}"

    @property
    def says(self) -> str:
        """What the case shows."""
        return str(getattr(self.text, self.outcome))


OUTCOMES = ("passes", "fails", "rounding", "nil", "unassessed", "not_applicable")


class Sketches:
    """The sketched filings that cases begin with, each read once; a later folder's stand before an earlier's."""

    def __init__(self, folders: Iterable[Path], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._folders = list(folders)[::-1]
        self._texts: dict[str, str] = {}
        self._tables: dict[str, tuple[Table, ...]] = {}

    @cached_property
    def names(self) -> list[str]:
        """The names of all of them."""
        found = {
            file.relative_to(folder / "filings").with_suffix("").as_posix()
            for folder in self._folders
            for file in folder.glob("filings/**/*.txt")
        }
        return sorted(found)

    def tables(self, name: str) -> tuple[Table, ...]:
        """Return the tables of one of the shared filings.

        Raises:
            SketchError: when there is no such filing, or it cannot be understood.
        """
        if name not in self._tables:
            self._tables[name] = read_sketch(self._text(name), self.vocabulary, layout_of(name))
        return self._tables[name]

    def passages(self, name: str) -> dict[str, tuple[Paragraph, ...]]:
        """Return the passages of one of the shared filings."""
        return read_passages(self._text(name))

    def _text(self, name: str) -> str:
        if name not in self._texts:
            files = [folder / "filings" / f"{name}.txt" for folder in self._folders]
            file = next((file for file in files if file.is_file()), None)
            if file is None or name not in self.names:
                raise SketchError(f"没有底稿“{name}”{did_you_mean(name, self.names)}")
            self._texts[name] = file.read_text(encoding="utf-8")
        return self._texts[name]


def layout_of(name: str) -> str:
    """Return the layout of a shared filing: the folder that it stands in."""
    return name.partition("/")[0] if "/" in name else LAYOUT


def case_files(folder: Path) -> list[Path]:
    """Return the files of cases under a folder, in a fixed order."""
    return sorted(folder.glob("**/*.yaml"))


def read_cases(folders: Iterable[Path], vocabulary: Vocabulary, base: Path | None = None) -> tuple[Case, ...]:
    """Return every case of every file under the folders; they may begin with the filings of the `base` folder too.

    Raises:
        SourceError: with every complaint, when a file does not say what it must.
    """
    folders = list(folders)
    sketches = Sketches([base, *folders] if base else folders, vocabulary)
    complaints: list[Complaint] = []
    cases: list[Case] = []
    for file in [file for folder in folders for file in case_files(folder)]:
        try:
            cases += _cases_of(file, sketches)
        except SourceError as error:
            complaints += error.complaints
    if complaints:
        raise SourceError(complaints)
    return tuple(cases)


def _cases_of(file: Path, sketches: Sketches) -> list[Case]:
    source = YamlSource(file, file.read_text(encoding="utf-8"))
    content = source.decode(CasesFile)
    written: list[Case] = []
    wrong: list[Complaint] = []
    for rule, texts in content.rules.items():
        for number, text in enumerate(texts):
            where = f"rules.{rule}.{number}"
            wrong += [source.complain(where, words) for words in _unclear(text)]
            try:
                at = source.complain(where, "")
                filing = text.filing or content.filing
                written.append(_case(rule, text, filing, sketches, f"{at.path}:{at.line}"))
            except SketchError as error:
                wrong.append(source.complain(where, f"{rule}：{error}"))
    if wrong:
        raise SourceError(wrong)
    return written


def _unclear(text: CaseText) -> Iterator[str]:
    """Say what a case leaves open: exactly one outcome, and what is found or why nothing was."""
    outcomes = [name for name in OUTCOMES if getattr(text, name)]
    if len(outcomes) != 1:
        yield f"每个用例应写明一种结论（{'、'.join(OUTCOMES)}），这里有 {len(outcomes)} 种"
        return
    if bool(text.finds) != (outcomes == ["fails"]):
        yield "fails 的用例写明 finds，别的用例没有"
    if bool(text.reason) != (outcomes[0] in {"unassessed", "not_applicable"}):
        yield "unassessed、not_applicable 的用例写明 reason，别的用例没有"


def _case(rule: str, text: CaseText, filing: str, sketches: Sketches, at: str) -> Case:
    tables, passages = _tables(text, filing, sketches), _passages(text, filing, sketches)
    return Case(rule, text, tables, layout_of(filing), sketches.vocabulary, passages, at)


def _tables(text: CaseText, filing: str, sketches: Sketches) -> tuple[Table, ...]:
    """Return the tables of the filing that a case begins with, with all that it changes in them."""
    layout, vocabulary = layout_of(filing), sketches.vocabulary
    tables = replaced(sketches.tables(filing), read_sketch(text.tables, vocabulary, layout))
    tables = changed(without(tables, text.without), text.change)
    tables = retitled(tables, text.title, vocabulary, layout)
    return (*tables, *read_sketch(text.also, vocabulary, layout))


def _passages(text: CaseText, filing: str, sketches: Sketches) -> dict[str, tuple[Paragraph, ...]]:
    """Return the passages of the filing that a case begins with, with those that it gives in their place."""
    others = "\n".join(f"【{name}】\n{words}" for name, words in text.passages.items())
    told = {**sketches.passages(filing), **read_passages(others)}
    for name, words in text.reworded.items():
        for old, new in words.items():
            told[name] = _reworded(told.get(name, ()), old, new)
    return told


def _reworded(paragraphs: tuple[Paragraph, ...], old: str, new: str) -> tuple[Paragraph, ...]:
    if sum(paragraph.text.count(old) for paragraph in paragraphs) != 1:
        raise SketchError(f"“{old}”在段落里不是恰好出现一次")
    return tuple(msgspec.structs.replace(paragraph, text=paragraph.text.replace(old, new)) for paragraph in paragraphs)


def shown(case: Case, rule: Rule) -> Filing:
    """Return the filing of a case, cut down to the tables that the rule names."""
    named = tables_of(rule)
    every = isinstance(rule.slots, Present) and not rule.slots.nil_table
    every = every or (isinstance(rule.slots, (Values, Codes)) and rule.slots.table == EVERY_TABLE)
    every = every or isinstance(rule.slots, Text)
    tables = (table for table in case.tables if every or table.form in named)
    return filing_of(tables, case.vocabulary, case.layout, _heard(case, rule), case.text.level)


def _heard(case: Case, rule: Rule) -> dict[str, tuple[Paragraph, ...]]:
    """Return the passages of a case, none of them for a rule that speaks of tables only: reading them takes long."""
    if isinstance(rule.slots, Text | Arithmetic | Shares | Statement | SaidTargets | Present | Codes):
        return case.passages
    known = {spec.passage for layout in case.vocabulary.layouts.values() for spec in layout.passages}
    if known & set(tables_of(rule)):
        return case.passages
    return {name: lines for name, lines in case.passages.items() if name not in known}


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
