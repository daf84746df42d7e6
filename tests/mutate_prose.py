"""Change single digits of the numbers in sentences and see whether the audit notices: `python -m tests.mutate_prose`.

One digit of every number in the passages of the narrative is changed to another one drawn with a fixed seed; the claims
are then read and judged again (with `--text`, for text files, the whole journey from the bytes). A mutant is *noticed*
when the audit has a finding, or an outcome that could not be assessed, not in the audit of the original, that names the
changed number: one of its operands stands there. Numbers that nothing in the same document can contradict — thresholds,
areas, headcounts, reasons, the change of a quantity whose rate is not given, parts of which only the whole is known —
are counted apart, each kind by itself; so are digits that rounding hides: the number is held by a relation, whose other
side is printed less finely, and a change of its first digit is noticed.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from checker import Auditor
from checker.engine import judge
from checker.model.audit import FilingAudit
from checker.model.document import Paragraph
from checker.model.filing import Filing, Passage
from checker.model.outcome import Verdict
from checker.model.place import LinePlace, Place
from checker.readers import Limits, Source
from checker.readers.text import read
from checker.recognition import heard_anew, recognise
from checker.ruleset.names import tables_of
from checker.ruleset.rules import Across, Balance, Present, Rollup, Rule, RuleSet, Tie, Values

SEED = 20260202
REQUIRED = 0.95
UNTOLD = frozenset({"部门职责", "机构设置", "名词解释", "项目经费说明", "工作任务"})
"""Passages that account for nothing: duties, set-up, tasks, terms, and what a project is for."""
ROUNDED = "舍入之内的末位"
NO_MEASURE = "本文件没有口径的数量"

_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_NO_QUANTITY = tuple(
    map(
        re.compile,
        (
            r"[0-9]{4}\s*(?:年|[-—至~])|[0-9]{1,2}\s*[年月日](?!均)|[0-9]{1,4}\s*周年",
            r"[〔\[﹝（(【][0-9]{2,4}[〕\]﹞）)】]|[0-9]+\s*号|[0-9]{8,}",
            r"^\s*[（(]?[0-9]{1,2}[)）.．、]|第[0-9]+|公开\s*【?[0-9]+|(?<=[。；：])\s*[（(]?[0-9]{1,2}[)）.．、]",
        ),
    )
)
"""Years, dates, document numbers, stamps; the numbers of headings, lists and tables."""
_CLAUSE = re.compile(r"[，。；：、,;:（）()]|(?<=[0-9])\s*万?元|%")


class Spoken(NamedTuple):
    """A number of a passage: where it stands, and why nothing could contradict it ('' where something can)."""

    passage: str
    paragraph: Paragraph
    start: int
    end: int
    excuse: str

    @property
    def text(self) -> str:
        """The number as printed."""
        return self.paragraph.text[self.start : self.end]

    @property
    def shown(self) -> str:
        """The number with the words around it."""
        text = self.paragraph.text
        return f"{text[max(0, self.start - 24) : self.start]}【{self.text}】{text[self.end : self.end + 8]}"


class Tally(NamedTuple):
    """What became of the numbers of one filing: by passage, and by the reason why nothing contradicts them."""

    noticed: Counter[str]
    missed: dict[str, list[str]]
    rounded: int
    excused: dict[str, list[str]]
    bonus: Counter[str]

    @property
    def count(self) -> int:
        """How many numbers state a tabled or derivable quantity."""
        return sum(self.noticed.values()) + sum(map(len, self.missed.values()))

    @property
    def rate(self) -> float:
        """Share of them that were noticed."""
        return sum(self.noticed.values()) / self.count if self.count else 1.0

    @property
    def strict_rate(self) -> float:
        """The same with the digits that rounding hides counted as missed."""
        whole = self.count + self.rounded
        return sum(self.noticed.values()) / whole if whole else 1.0


def spoken_in(passages: Iterable[Passage]) -> Iterator[Spoken]:
    """Yield the numbers of the passages in their order; years, dates and the numbers of headings are no quantities."""
    for passage in passages:
        if passage.name in UNTOLD:
            continue
        for paragraph in passage.paragraphs:
            text = paragraph.text
            taken = [found.span() for pattern in _NO_QUANTITY for found in pattern.finditer(text)]
            for found in _NUMBER.finditer(text):
                if not any(start <= found.start() < end for start, end in taken):
                    excuse = excuse_of(text, found.start(), found.end())
                    yield Spoken(passage.name, paragraph, found.start(), found.end(), excuse)


def excuse_of(text: str, start: int, end: int) -> str:
    """Say why no other figure of the document could contradict a number, '' where one can."""
    before, after = text[:start], text[end:].lstrip()
    sentence = before.rpartition("。")[2]
    clause = _CLAUSE.split(sentence)[-1]
    if re.match(r"(?:万|万元|元)?\s*[（(]?(?:含)?[)）]?\s*(?:[（(](?:原值|含)[)）])?\s*以[上下]", after):
        return "门槛"
    if re.search(r"主要原因|原因是|原因：|主要是|主要由于|由于|因为", sentence) and "；其中" not in sentence:
        return "原因"
    if re.match(r"平方米|台|套|人(?!均)|名|家|间|处|批次|批|次|个(?:预算)?(?:单位|事业单位|科室|部门)|分", after):
        return NO_MEASURE
    if re.search(r"单位$|发现问题$|整改的$|团组$", clause):
        return NO_MEASURE
    if re.search(r"编制$|中小企业|小微企业|小型和微型企业", sentence[-60:]) and not re.search(r"实有|货物", clause):
        return "只有上限"
    if re.search(r"(?:增加|减少|增长|下降|压减)(?:了|额|为)?\s*$", clause) and re.match(r"万元|元", after):
        rest = re.split(r"[。；]", after)[0]
        if "%" not in rest[:30]:
            return "没有幅度的增减额"
    return ""


class ProseMutator:
    """Judges copies of one filing with a digit of a sentence changed."""

    def __init__(self, auditor: Auditor, filing: Filing, whole: Sequence[str] = ()) -> None:
        self.auditor, self.filing, self.lines = auditor, filing, list(whole)
        self.rules = _listening(auditor.ruleset, filing)
        self.known = self._told(self._audit(filing))

    @classmethod
    def of_text(cls, auditor: Auditor, path: Path) -> ProseMutator:
        """Make one that changes the lines of a text file and reads all of it anew."""
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        return cls(auditor, _recognised(auditor, lines), lines)

    def _audit(self, filing: Filing) -> FilingAudit:
        return judge(filing, self.auditor.ruleset if self.lines else self.rules)

    def _changed(self, spoken: Spoken, text: str) -> Filing:
        place = spoken.paragraph.place
        if self.lines:
            assert isinstance(place, LinePlace)
            lines = [*self.lines]
            lines[place.line - 1] = lines[place.line - 1].replace(spoken.paragraph.text, text)
            return _recognised(self.auditor, lines)
        passages = [
            msgspec.structs.replace(
                passage,
                paragraphs=tuple(
                    Paragraph(text, one.place) if one is spoken.paragraph else one for one in passage.paragraphs
                ),
            )
            for passage in self.filing.passages
        ]
        return heard_anew(self.filing, passages, self.auditor.vocabulary)

    def _told(self, audit: FilingAudit) -> set[tuple[str, Place, str]]:
        """Return what an audit complains of, one entry for every place that a complaint names."""
        told = {
            (finding.rule.id, place, "".join(evidence.text for evidence in finding.operands))
            for finding in audit.findings
            for place in (finding.at, *(evidence.at for evidence in finding.operands))
        }
        return told | {
            (outcome.rule.id, operand.place, outcome.reason)
            for outcome in audit.outcomes
            if outcome.verdict is Verdict.UNASSESSED
            for operand in outcome.operands
        }

    def notices(self, spoken: Spoken, digit: int, other: str) -> bool:
        """Say whether the audit of the changed copy names the changed number."""
        at = spoken.start + digit
        text = spoken.paragraph.text[:at] + other + spoken.paragraph.text[at + 1 :]
        told = self._told(self._audit(self._changed(spoken, text))) - self.known
        return any(_names(place, spoken) for _, place, _ in told)

    def _notices_first(self, spoken: Spoken, digits: Sequence[int], tried: int) -> bool:
        """Say whether the number is held at all: its first digit, which counts most, is noticed."""
        first = next((n for n in digits if spoken.text[n] != "0"), digits[0])
        others = [str((int(spoken.text[first]) + step) % 10) for step in (1, 3)]
        return first != tried and all(self.notices(spoken, first, other) for other in others)

    def run(self, sample: int, draw: random.Random) -> Tally:
        """Try every number, or `sample` numbers drawn at random."""
        numbers = list(spoken_in(self.filing.passages))
        if sample and sample < len(numbers):
            numbers = draw.sample(numbers, sample)
        noticed: Counter[str] = Counter()
        bonus: Counter[str] = Counter()
        missed: dict[str, list[str]] = defaultdict(list)
        excused: dict[str, list[str]] = defaultdict(list)
        rounded = 0
        for spoken in numbers:
            digits = [n for n, character in enumerate(spoken.text) if character.isdigit()]
            digit = draw.choice(digits)
            other = draw.choice([one for one in "0123456789" if one != spoken.text[digit]])
            if self.notices(spoken, digit, other):
                (bonus if spoken.excuse else noticed)[spoken.excuse or spoken.passage] += 1
            elif spoken.excuse:
                excused[spoken.excuse].append(f"{spoken.passage}：{spoken.shown}")
            elif self._notices_first(spoken, digits, digit):
                rounded += 1
                excused[ROUNDED].append(f"{spoken.passage}：{spoken.shown} [{digit}]→{other}")
            else:
                missed[spoken.passage].append(f"{spoken.shown} [{digit}]→{other}")
        return Tally(noticed, dict(missed), rounded, dict(excused), bonus)


def _listening(ruleset: RuleSet, filing: Filing) -> RuleSet:
    """Leave out the rules that look at tables alone: no word of the narrative changes what they find."""
    said = {table.form for table in filing.statements} | {passage.name for passage in filing.passages}

    def listens(rule: Rule) -> bool:
        if isinstance(rule.slots, (Across, Rollup, Tie, Present, Values)):
            return False
        return not isinstance(rule.slots, Balance) or bool(said & set(tables_of(rule)))

    return msgspec.structs.replace(ruleset, rules=tuple(rule for rule in ruleset.rules if listens(rule)))


def _recognised(auditor: Auditor, lines: Sequence[str]) -> Filing:
    document = read("\n".join(lines).encode(), Source("copy.txt", "", 0), Limits())
    return recognise(document, auditor.vocabulary)


def _names(place: Place, spoken: Spoken) -> bool:
    """Say whether a place is the number's, or a stretch of its paragraph that the number stands in."""
    if msgspec.structs.replace(place, span=()) != msgspec.structs.replace(spoken.paragraph.place, span=()):
        return False
    return bool(place.span) and place.span[0] < spoken.end and spoken.start < place.span[1]


def filings_of(auditor: Auditor, paths: Sequence[Path]) -> list[Filing]:
    """Read files, and folders whose files may be parts of one filing."""
    return [audit.filing for audit in auditor.run(paths).filings]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; exit 1 when fewer than 95 % of a filing's numbers were noticed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--sample", type=int, default=0, help="numbers tried (0: all)")
    parser.add_argument("--text", action="store_true", help="change the text file itself and read all of it anew")
    options = parser.parse_args(arguments)
    auditor = Auditor.load()
    if options.text:
        mutators = [(str(path), ProseMutator.of_text(auditor, path)) for path in options.files]
    else:
        mutators = [(one.path, ProseMutator(auditor, one)) for one in filings_of(auditor, options.files)]
    worst = 1.0
    for name, mutator in mutators:
        started = time.perf_counter()
        tally = mutator.run(options.sample, random.Random(SEED))
        worst = min(worst, tally.rate)
        report(name, tally, time.perf_counter() - started)
    return 0 if worst >= REQUIRED else 1


def report(name: str, tally: Tally, seconds: float) -> None:
    """Print what became of a filing's numbers, by passage."""
    print(
        f"{name}: {tally.count} numbers, {tally.rate:.1%} noticed ({tally.strict_rate:.1%} strictly), {seconds:.0f} s"
    )
    for passage in sorted({*tally.noticed, *tally.missed}):
        missed = tally.missed.get(passage, [])
        print(f"  {passage}: {tally.noticed[passage]}/{tally.noticed[passage] + len(missed)}")
        for line in missed:
            print(f"      missed {line}")
    for excuse in sorted({*tally.excused, *tally.bonus}):
        kept = tally.excused.get(excuse, [])
        print(f"  not derivable, {excuse}: {len(kept) + tally.bonus[excuse]}, of which noticed {tally.bonus[excuse]}")
        for line in kept:
            print(f"      {line}")


if __name__ == "__main__":
    sys.exit(main())
