"""Pictures of a filing: only printed amounts, only parts that add up, and every figure beside its picture."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import msgspec
import pytest

from checker.contract.finding import FindingJson
from checker.contract.flows import balanced, classes, sources, uses
from checker.contract.place import At
from checker.contract.printed import CellJson, NumberJson, ParagraphJson, PassageJson, RowJson, TableJson, Ticked
from checker.contract.shape import SCHEMA, AuditJson, CoverageJson, FilingJson, RunJson
from checker.gate.earlier import Earlier
from checker.gate.previous import compare
from checker.outputs.html_charts import MOST_DRAWN, by_table, changes, charts_html
from checker.outputs.sankey import FLOW, Amount, draw
from checker.outputs.words import load_words

ZH, EN = load_words("zh"), load_words("en")
AT = At(line=1)
SUMS = {"本年收入合计", "收入总计", "本年支出合计", "支出总计", "合计"}


def cell(text: str, mark: Ticked = Ticked.TICKED) -> CellJson:
    value = text.replace(",", "")
    return CellJson(text, value or None, mark if value else Ticked.NONE, (), AT)


def row(name: str, *texts: str | None, code: str = "") -> RowJson:
    cells = tuple(None if text is None else cell(text) for text in texts)
    return RowJson(code or name, name, "total" if name in SUMS else "detail", 1, cells, code)


def table(form: str, columns: tuple[str, ...], *rows: RowJson, unit: str = "万元") -> TableJson:
    return TableJson(form, form, len(rows), 0, AT, unit, columns=columns, body=rows)


def filing(*tables: TableJson, **changes: object) -> FilingJson:
    made = FilingJson(
        path="a.txt", sha256="", filer="临溪县水利局", year=2026, stage="budget", level="department", layout="plain",
        verdict="未发现问题", coverage=CoverageJson((1, 1), (1, 1)), tables=tables, missing=(), skipped=(), unread=(),
        unticked=(), outcomes={}, findings=(), rules=(),
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes)


def overview(*income: RowJson, spent: tuple[RowJson, ...], unit: str = "万元") -> TableJson:
    return table("收支总表", ("金额", "合计"), *income, *spent, unit=unit)


SPENT = (
    row("教育支出", None, "30.00", code="205"),
    row("国防支出", None, "", code="203"),
    row("农林水支出", None, "65.00", code="213"),
    row("本年支出合计", None, "95.00"),
    row("年终结转", None, "5.00"),
    row("支出总计", None, "100.00"),
)
INCOME = (
    row("一般公共预算", "70.00", None),
    row("其他收入", "20.00", None),
    row("本年收入合计", "90.00", None),
    row("上年结转", "10.00", None),
    row("上年结转·一般公共预算", "10.00", None),
    row("收入总计", "100.00", None),
)
SPENDING = table(
    "支出总表",
    ("合计", "基本支出", "项目支出"),
    row("合计", "95.00", "55.00", "40.00"),
    row("教育支出", "30.00", "30.00", "", code="205"),
    row("农林水支出", "65.00", "25.00", "40.00", code="213"),
    row("水利", "65.00", "25.00", "40.00", code="21303"),
)
PLAIN = filing(overview(*INCOME, spent=SPENT), SPENDING)


def named(found) -> dict[str, str]:
    return {item.name: item.text for item in found.items}


def test_both_sides_of_the_overview_are_broken_down():
    income, spent = sources(PLAIN), classes(PLAIN)
    assert named(income) == {"一般公共预算": "70.00", "其他收入": "20.00", "上年结转": "10.00"}
    assert named(spent) == {"教育支出": "30.00", "农林水支出": "65.00", "年终结转": "5.00"}
    assert (income.total.text, spent.total.text) == ("100.00", "100.00")
    assert income.ties and spent.ties and balanced(income, spent)
    assert income.items[0].address == (0, 0, 0) and spent.items[1].address == (0, 8, 1)
    assert named(uses(PLAIN)) == {"基本支出": "55.00", "项目支出": "40.00"}


@pytest.mark.parametrize(
    "rows",
    [
        (row("财政拨款收入", "80", None), row("一般公共预算", "50", None), row("政府性基金预算", "30", None)),
        (row("财政拨款收入", "80", None), row("一般公共预算", "50", None)),
    ],
    ids=["funds are its parts", "funds are not all"],
)
def test_an_appropriation_and_the_funds_in_it_are_not_counted_twice(rows):
    found = sources(filing(overview(*rows, row("其他收入", "20", None), row("收入总计", "100", None), spent=SPENT)))
    assert found.ties
    assert sum(item.value for item in found.items) == 100
    assert ("财政拨款收入" in named(found)) is (len(rows) == 2)


def test_rounding_is_no_reason_not_to_draw_and_anything_more_is():
    def of(total: str):
        return sources(filing(overview(row("甲", "33.33", None), row("乙", "33.33", None), row("丙", "33.33", None),
                                       row("收入总计", total, None), spent=SPENT)))  # fmt: skip

    assert of("100.00").ties
    assert of("100.01").ties
    assert not of("100.02").ties
    whole = filing(overview(row("甲", "33", None), row("乙", "33", None), row("收入总计", "67", None), spent=SPENT))
    assert not sources(whole).ties


def test_without_an_overview_the_totals_of_the_other_tables_serve():
    income = table("收入总表", ("合计", "财政拨款收入", "其他收入"), row("合计", "95.00", "75.00", "20.00"))
    found = filing(income, SPENDING)
    assert named(sources(found)) == {"财政拨款收入": "75.00", "其他收入": "20.00"}
    assert named(classes(found)) == {"教育支出": "30.00", "农林水支出": "65.00"}
    assert "<svg" in charts_html(found, ZH)


def test_parts_that_do_not_add_up_are_listed_and_said_not_to():
    wrong = (*INCOME[:1], row("其他收入", "29.00", None), *INCOME[2:])
    page = charts_html(filing(overview(*wrong, spent=SPENT)), ZH)
    assert "<svg" not in page
    assert ZH("html.charts.untied") in page and ZH("html.charts.no-flow") in page
    assert ">29.00</a>" in page


def test_totals_that_differ_make_no_flow():
    more = (*SPENT[:2], row("农林水支出", None, "75.00", code="213"), SPENT[4], row("支出总计", None, "110.00"))
    page = charts_html(filing(overview(*INCOME, spent=more)), ZH)
    assert "<svg" not in page and ZH("html.charts.uneven") in page


def test_a_negative_amount_makes_no_flow():
    rows = (row("甲", "120", None), row("乙", "-20", None), row("收入总计", "100", None))
    found = filing(overview(*rows, spent=SPENT))
    assert sources(found).ties and not balanced(sources(found), classes(found))
    assert "<svg" not in charts_html(found, ZH)


def test_nothing_to_draw_is_said_and_why():
    page = charts_html(filing(), ZH)
    assert "<svg" not in page
    assert ZH("html.charts.nothing") in page and ZH("html.charts.no-tables") in page


def test_every_amount_stands_beside_the_picture_as_printed_and_leads_to_its_cell():
    page = charts_html(PLAIN, ZH)
    assert 'role="img"' in page and "<title" in page and "<desc" in page
    for name, text, anchor, share in (
        ("一般公共预算", "70.00", "c-0-0-0", "70.0%"),
        ("年终结转", "5.00", "c-0-10-1", "5.0%"),
        ("基本支出", "55.00", "c-1-0-1", "57.9%"),
    ):
        line = re.search(rf'<tr><th scope="row">{name}</th>(.*?)</tr>', page)[1]
        assert f'<a href="#{anchor}">{text}</a>' in line and share in line


def test_a_small_share_is_not_said_to_be_none():
    rows = (row("甲", "99.96", None), row("乙", "0.04", None), row("收入总计", "100.00", None))
    found = sources(filing(overview(*rows, spent=SPENT)))
    assert [found.share(item) for item in found.items] == ["100.0%", "<0.1%"]


def test_a_figure_in_doubt_is_marked_beside_the_picture():
    doubtful = msgspec.structs.replace(INCOME[1], cells=(cell("20.00", Ticked.FAILED), None))
    page = charts_html(filing(overview(INCOME[0], doubtful, *INCOME[2:], spent=SPENT)), ZH)
    assert re.search(r"其他收入</th>.*?20\.00</a> <span class=\"x\"", page)
    assert page.count('class="x"') == 1


def test_what_is_added_up_for_the_picture_is_said_to_be():
    spent = [row(f"第{number}类支出", None, f"{number}.00", code=str(200 + number)) for number in range(1, 14)]
    income = (row("一般公共预算", "91.00", None), row("收入总计", "91.00", None))
    found = filing(overview(*income, spent=(*spent, row("支出总计", None, "91.00"))))
    page = charts_html(found, ZH)
    drawing = page[page.index("<svg") : page.index("</svg>")]
    # 13 classes; the eight largest are 13 … 6, the rest 5 + 4 + 3 + 2 + 1 = 15
    assert drawing.count('class="classes" x=') == MOST_DRAWN
    assert "其余5类相加" in drawing and "15.00" in drawing
    assert all(f"第{number}类支出" in page for number in range(1, 14))


def test_bands_are_as_high_as_their_amounts_and_labels_never_meet():
    drawn = draw([Amount("a", "", Decimal(75)), Amount("b", "", Decimal(25))], Amount("", "", Decimal(100)),
                 [Amount(str(each), "", Decimal(1)) for each in range(100)])  # fmt: skip
    assert [float(node.height) for node in drawn.left] == [FLOW * 0.75, FLOW * 0.25]
    labels = [float(node.y) for node in drawn.right]
    assert min(after - before for before, after in pairwise(labels)) >= 22
    assert float(drawn.height) > max(labels) + 10


def finding(severity: str, address: tuple[int, ...], number: int) -> FindingJson:
    return FindingJson(
        id=f"{number:016x}", values="", rule="BAL-1", name="", kind="balance", severity=severity, message="", advice="",
        basis="", ref="", at=AT, expected=None, actual=None, difference=None, limit=None, unit="", relation="=",
        operands=(), address=address,
    )  # fmt: skip


def test_findings_are_counted_by_table_and_agree_with_the_severities():
    found = (
        finding("error", (0, 1, 0), 1),
        finding("warning", (0,), 2),
        finding("error", (1, 0), 3),
        finding("notice", (), 4),
    )
    numbers = (NumberJson(0, 1, Ticked.TICKED, ()), NumberJson(2, 3, Ticked.UNCHECKED, ()))
    said = PassageJson("收支说明", "", "", AT, (ParagraphJson("1 2", AT, numbers),))
    lines = by_table(msgspec.structs.replace(PLAIN, findings=found, passages=(said,)), ZH)
    assert [(line.label, dict(line.findings)) for line in lines] == [
        ("收支总表", {"error": 1, "warning": 1}),
        ("支出总表", {"error": 1}),
        ("文字说明", {"notice": 1}),
    ]
    # 6 rows of income and 5 of expenditure: a class without money holds no figure
    assert dict(lines[0].figures) == {"ticked": 11}
    assert dict(lines[2].figures) == {"ticked": 1, "unchecked": 1}


def test_tables_of_one_form_are_one_line():
    targets = [table("项目绩效目标表", ("金额",), row("资金", "1.00")) for _ in range(3)]
    (line,) = by_table(filing(*targets), ZH)
    assert (line.label, line.anchor, line.printed) == ("项目绩效目标表（3张）", "t-0", 3)


def test_two_years_are_compared_in_the_unit_of_the_later():
    before = filing(
        overview(row("一般公共预算", "800,000", None), row("收入总计", "800,000", None),
                 spent=(row("教育支出", None, "800,000", code="205"), row("支出总计", None, "800,000")), unit="元"),
        year=2025,
    )  # fmt: skip
    compared = compare(PLAIN, AuditJson(SCHEMA, RunJson("", "", ""), (before,), ()))
    told = {(each.name, each.text_before): each for each in changes(compared)}
    total = told["*sources", "800,000"]
    assert (total.text_now, total.change, total.rate) == ("100.00", "+20.00", "+25.00%")
    funds = told["一般公共预算", "800,000"]
    assert (funds.text_now, funds.change, funds.rate) == ("70.00", "-10.00", "-12.50%")
    fresh = told["农林水支出", ""]
    assert (fresh.text_now, fresh.change, fresh.rate) == ("65.00", "+65.00", "")
    page = charts_html(compared, ZH)
    assert "2025年与2026年" in page and "-12.50%" in page


@pytest.mark.parametrize(
    ("years", "told"), [((2024, 2025), 2025), ((2023,), 2023), ((2026,), None), ((2027,), None), ((), None)]
)
def test_the_latest_year_before_is_compared(years, told):
    known = tuple(msgspec.structs.replace(PLAIN, year=year) for year in years)
    earlier = Earlier(AuditJson(SCHEMA, RunJson("", "", ""), known, ())).of(PLAIN)
    assert (earlier and earlier.year) == told


@pytest.mark.parametrize("other", [{"filer": "临溪县林业局"}, {"stage": "final_accounts"}, {"level": "unit"}])
def test_only_the_same_filer_stage_and_level_are_compared(other):
    known = msgspec.structs.replace(PLAIN, year=2025, **other)
    assert Earlier(AuditJson(SCHEMA, RunJson("", "", ""), (known,), ())).of(PLAIN) is None
    assert "years-h" not in charts_html(PLAIN, ZH)


def test_nothing_a_filing_says_is_markup():
    evil = "</title><script>alert(1)</script>"
    rows = (row(evil, "100.00", None), row("收入总计", "100.00", None))
    page = charts_html(filing(overview(*rows, spent=SPENT, unit=evil), table(evil, ("金额",), row(evil, "1"))), ZH)
    assert "<script" not in page and "&lt;script&gt;" in page


def test_the_same_filing_gives_the_same_bytes_in_either_language():
    for words in (ZH, EN):
        assert charts_html(PLAIN, words) == charts_html(PLAIN, words)
    assert "Where the money comes from" in charts_html(PLAIN, EN)
