"""The page of one filing: what it costs to draw, how large it gets, and what the same bytes cost without thinking.

`python -m benchmarks report` measures audits made up here, so that their size is known: 300 findings over 5,000 cells,
and 2,000 findings. The floors are of the same run: copying the page's bytes, and escaping and joining as many pieces
of text as the page has elements.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

from checker.contract.finding import FindingJson, ObservationJson, OperandJson
from checker.contract.place import At
from checker.contract.printed import CellJson, NumberJson, ParagraphJson, PassageJson, RowJson, TableJson, Ticked
from checker.contract.rule import RuleJson
from checker.contract.shape import CoverageJson, FilingJson, RunJson
from checker.model.conclusion import Conclusion
from checker.model.outcome import Verdict
from checker.outputs import html
from checker.outputs.words import load_words

COLUMNS = ("合计", "基本支出", "项目支出", "上年结转", "单位资金")
ROWS = 20
RULES = 360
RUN = RunJson("0.0.0", "sha256:" + "0" * 64, "2026-01-01T00:00:00+00:00", ("收支总表", "支出总表"))


def synthetic(findings: int, cells: int, rules_failing: int) -> FilingJson:
    """Return an audit of a filing that nobody published, with so many findings, cells, and rules that find."""
    tables = tuple(_table(number) for number in range(cells // (len(COLUMNS) * ROWS)))
    found = tuple(_finding(number, rules_failing, tables) for number in range(findings))
    of_rule: dict[str, list[str]] = {}
    for finding in found:
        of_rule.setdefault(finding.rule, []).append(finding.id)
    return FilingJson(
        path="made-up.pdf",
        sha256="0" * 64,
        filer="某县某局",
        year=2026,
        stage="budget",
        level="department",
        layout="made-up",
        verdict=Conclusion.RETURN,
        coverage=CoverageJson((4000, 4000), (cells, cells), (90, 100)),
        tables=tables,
        missing=(),
        skipped=(),
        unread=(),
        unticked=(),
        outcomes={verdict.value: 10 for verdict in Verdict},
        findings=found,
        rules=tuple(_rule(number) for number in range(RULES)),
        observations=tuple(
            ObservationJson(rule, "error", len(ids), tuple(ids), ids[0]) for rule, ids in of_rule.items()
        ),
        passages=tuple(_passage(number) for number in range(15)),
    )


def _rule(number: int) -> RuleJson:
    return RuleJson(
        f"TIE-{number:04d}", f"第{number}条关系两侧相等", "tie", "error", {"agrees": 10}, pack="支出总表",
        basis="地方预决算公开操作规程（财预〔2016〕143号），表间数据应当衔接一致",
    )  # fmt: skip


def _table(number: int) -> TableJson:
    rows = []
    for row in range(ROWS):
        cells = tuple(
            CellJson(
                f"{1000 + row},{column:03d}.25", f"{1000 + row}{column:03d}.25", Ticked.TICKED, (number, number + 3),
                At(page=number + 1, box=(50.0 + 80 * column, 90.0 + 20 * row, 120.0, 104.0), column=column + 3),
            )
            for column in range(len(COLUMNS))
        )  # fmt: skip
        rows.append(RowJson(f"20805{row:02d}", f"第{row}项支出", "detail", row, cells, code=f"20805{row:02d}"))
    return TableJson(
        "支出总表", f"附表{number}", ROWS, ROWS * len(COLUMNS), At(page=number + 1), "万元", columns=COLUMNS,
        fields_printed=tuple(range(3, 3 + len(COLUMNS))), body=tuple(rows),
    )  # fmt: skip


def _finding(number: int, rules: int, tables: tuple[TableJson, ...]) -> FindingJson:
    places = [(number * step) % (len(tables) * ROWS * len(COLUMNS)) for step in (1, 7, 31)]
    addresses = [(at // (ROWS * len(COLUMNS)), at // len(COLUMNS) % ROWS, at % len(COLUMNS)) for at in places]
    operands = []
    for sign, (table, row, column) in zip((1, -1, -1), addresses, strict=True):
        cell = tables[table].body[row].cells[column]
        assert cell is not None
        ref = f"支出总表[20805{row:02d}, {COLUMNS[column]}]"
        operands.append(OperandJson(ref, cell.text, cell.value, "万元", cell.at, sign, (table, row, column)))
    return FindingJson(
        f"{number:016x}", f"{number:016x}", f"TIE-{number % rules:04d}", "两侧相等", "tie", "error",
        f"{operands[0].ref} 为 1,000.25 万元，与之对应的数字为 1,003.75 万元，相差 -3.50 万元。",
        "请核对两表的对应数字，以预算批复为准。", "地方预决算公开操作规程（财预〔2016〕143号），表间数据应当衔接一致",
        operands[0].ref, operands[0].at, "1003.75", "1000.25", "-3.50", "0.005", "万元", "=", tuple(operands),
        address=operands[0].address,
    )  # fmt: skip


def _passage(number: int) -> PassageJson:
    text = "本年支出预算123.45万元，比上年增加6.78万元，增长5.81%；" * 3
    numbers = tuple(
        NumberJson(found.start(), found.end(), Ticked.TICKED, (number,))
        for found in re.finditer(r"[\d.]+(万元|%)", text)
    )
    at = At(page=60 + number, box=(50.0, 90.0, 500.0, 160.0))
    return PassageJson("支出说明", "情况说明", f"第{number}部分", at, (ParagraphJson(text, at, numbers),))


def measure(best: Callable[[Callable[[], object]], float], keep: Path | None = None) -> None:
    """Print times and sizes; `keep` is a folder to leave the pages in, to be opened in a browser."""
    words = load_words("zh")
    for findings, rules in ((300, 60), (300, 300), (2000, 60), (2000, 200)):
        filing = synthetic(findings, 5000, rules)
        page = html.render_filing(filing, RUN, words)
        content = page.encode()
        pieces = page.split("<")
        copying = best(lambda content=content: bytearray(content))  # type: ignore[misc]
        joining = best(lambda pieces=pieces: "".join([escape(each) for each in pieces]).encode())  # type: ignore[misc]
        drawing = best(lambda filing=filing: html.render_filing(filing, RUN, words).encode())  # type: ignore[misc]
        print(f"  {findings:,} findings of {rules} rules, 5,000 cells: {drawing:6.1f} ms, {len(content) / 1e6:.2f} MB")
        print(f"    copying its bytes {copying:.2f} ms; escaping and joining its {len(pieces)} pieces {joining:.1f} ms "
              f"({drawing / joining:.1f} ×)")  # fmt: skip
        if keep is not None:
            (keep / f"{findings}-{rules}.html").write_bytes(content)
