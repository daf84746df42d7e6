"""Whole filings as other extractors would have left them: no false alarm, and nothing lost without a word.

Each variation changes how a clean sample is printed and nothing of what it says. The audit of the varied text must have
no finding; and unless it still assesses everything, it must say that it does not.
"""

import re
from collections import Counter

import pytest

from checker.engine import judge
from checker.model.conclusion import Conclusion
from checker.model.rule import Kind, Severity
from checker.readers import Limits, Source
from checker.readers.text import read
from checker.recognition import recognise
from tests.conftest import SAMPLES

CLEAN = {name: (SAMPLES / "clean" / name).read_text(encoding="utf-8") for name in ("unit.txt", "department.txt")}


def tabbed(line):
    return "\t" in line


def each_row(change):
    return lambda text: "\n".join(change(line) if tabbed(line) else line for line in text.split("\n"))


def each_amount(change):
    def varied(line):
        fields = line.split("\t")
        return "\t".join(change(field) if re.fullmatch(r"-?[0-9]+\.[0-9]{2}", field) else field for field in fields)

    return each_row(varied)


def repeat_titles(words):
    """Break every 收入总表 and 支出总表 after its sixth code row and print the title and header again."""

    def varied(text):
        lines, out, head, rows = text.split("\n"), [], [], -1
        for line in lines:
            if re.search(r"年预算[收支][入出]总表$", line) and not tabbed(line):
                head, rows = [line], 0
            elif head and rows == 0 and (not re.match(r"[0-9]{3}\t", line)):
                head.append(line)
            if head and re.match(r"[0-9]{3,7}\t", line):
                rows += 1
                if rows == 7:
                    again = [
                        words.format(head[0]),
                        *[item for item in head[1:] if "合计\t\t" not in item and "\t合计\t" not in item],
                    ]
                    out += ["", *again[:5], ""]
                    head = []
            out.append(line)
        return "\n".join(out)

    return varied


def running_header(text):
    return re.sub(r"\n\n(?=[0-9]{3,7}\t)", "\n某县某局2026年部门预算公开\n", text)


ALIKE = {
    "a key header in other words": lambda text: text.replace("科目编码\t科目名称\t合计", "编号\t事项\t合计"),
    "thousands separators": each_amount(lambda amount: f"{float(amount):,.2f}"),
    "full-width digits": each_amount(lambda amount: amount.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})),
    "dropped zeros": each_amount(lambda amount: amount.rstrip("0").rstrip(".") if amount.endswith("0") else amount),
    "dashes for blanks": each_row(
        lambda line: "\t".join(field or "-" for field in line.split("\t")) if line[:1].isdigit() else line
    ),
    "spaces in cells": each_row(lambda line: "\t".join(f" {field} " if field else field for field in line.split("\t"))),
    "blank lines everywhere": lambda text: text.replace("\n", "\n\n"),
    "page numbers between rows": lambda text: re.sub(r"\n\n(?=[0-9]{3,7}\t)", "\n\n— 7 —\n\n", text),
    "a running header": running_header,
    "titles without a year": lambda text: re.sub(r"^2026年(?=.*表)", "", text, flags=re.M),
    "titles of the year 度": lambda text: re.sub(r"^2026年(?=.*表)", "2026年度", text, flags=re.M),
    "titles in a one-cell row": lambda text: re.sub(r"^(2026年.*表.*)$", r"\1\t\t", text, flags=re.M),
    "titles repeated after a page break": repeat_titles("{}"),
    "titles repeated with 续": repeat_titles("{}（续）"),
    "no contents": lambda text: re.sub(r"^目 录\n(?:.*\n)*?(?=第一部分 概况\n)", "", text, count=1, flags=re.M),
    "trimmed lines": each_row(lambda line: line.rstrip("\t") if line.count("\t") > 0 else line),
    "one more blank at the end": each_row(lambda line: line + "\t"),
    "codes with inner spaces": each_row(lambda line: re.sub(r"^([0-9]{3})([0-9]{2})", r"\1 \2", line)),
    "project names wrapped onto lines of their own": each_row(
        lambda line: re.sub(r"^([^\t0-9]{8})([^\t]{3,})((?:\t-?[0-9.]*){4,6})$", r"\1\3\n\2", line)
    ),
    "half-width brackets": lambda text: text.replace("（", "(").replace("）", ")"),
}


def cases(variations):
    """Return every variation with every sample that it changes."""
    return [(name, file) for name, change in variations.items() for file, text in CLEAN.items() if change(text) != text]


def audit(text, auditor):
    return judge(recognise(read(text.encode(), Source("x.txt", "", 0), Limits()), auditor.vocabulary), auditor.ruleset)


def of_figures(audited):
    """Return how many outcomes of each sort the rules on tables gave: without contents there is no wording of them."""
    return Counter(outcome.verdict for outcome in audited.outcomes if outcome.rule.kind is not Kind.TEXT)


@pytest.mark.parametrize(("name", "file"), cases(ALIKE))
def test_the_same_filing_printed_otherwise_gives_the_same_audit(name, file, auditor):
    one, other = audit(CLEAN[file], auditor), audit(ALIKE[name](CLEAN[file]), auditor)
    assert [finding.message for finding in other.findings] == []
    assert [lost.cell.text for lost in other.filing.unread] == []
    assert other.conclusion is one.conclusion is Conclusion.CLEAN
    assert of_figures(other) == of_figures(one)
    assert other.figure_coverage == one.figure_coverage


def without(word, other="某某"):
    return lambda text: re.sub(rf"(?<=\t){word}(?=\t|$)", other, text, flags=re.M)


UNSURE = {
    "an unknown header": without("基本支出"),
    "half a table as running text": lambda text: re.sub(
        r"^([0-9]{7}\t.*)$", lambda match: match[1].replace("\t", "  "), text, count=9, flags=re.M
    ),
    "rows short of a field": lambda text: re.sub(r"^(20805[0-9]*\t[^\t]+)\t", r"\1", text, count=3, flags=re.M),
    "letters in figures": lambda text: re.sub(r"(?<=\t)([0-9]+)0([0-9]*\.[0-9]{2})", r"\1O\2", text, count=4),
    "two filings in one file": lambda text: text + "\n" + text,
    "a target form under an unknown title": lambda text: re.sub(
        r"^(.*)整体支出绩效目标表(\t*)$", r"\1工作任务书\2", text, flags=re.M
    ),
    "a target form in an appendix": lambda text: re.sub(
        r"^(附件\n\n.*\n\n)",
        r"\1年度任务\t本年\n绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n\t产出指标\t数量指标\t座数\t9座\n",
        text,
        flags=re.M,
    ),
    "a budget table under an unknown title": lambda text: re.sub(
        r"^(第三部分.*)$", r"某某资金测算表\n\n项目\t金额\n合计\t9.00\n甲\t4.00\n\n\1", text, flags=re.M
    ),
    "a table among the notes that nothing names": lambda text: re.sub(
        r"^(附件)$", r"项目\t金额\n合计\t9.00\n甲\t4.00\n\n\1", text, flags=re.M
    ),
    "an unknown caption among the totals": lambda text: text.replace("五、单位资金\t", "五、其他各项资金\t"),
}


@pytest.mark.parametrize(("name", "file"), cases(UNSURE))
def test_what_is_not_understood_is_said_and_never_an_error(name, file, auditor):
    result = audit(UNSURE[name](CLEAN[file]), auditor)
    assert [finding.message for finding in result.findings if finding.severity is Severity.ERROR] == []
    assert result.conclusion is Conclusion.INCOMPLETE


def test_every_variation_changes_a_sample():
    assert {name for name, _ in cases(ALIKE)} == set(ALIKE)
    assert {name for name, _ in cases(UNSURE)} == set(UNSURE)
