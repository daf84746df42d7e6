"""Final accounts as the country prints them: nine tables, each printed in more than one way."""

from __future__ import annotations

import pytest

from checker.engine import judge
from checker.model.filing import Level, Stage
from checker.model.outcome import Verdict
from checker.model.rule import Kind, Severity
from checker.readers import Limits, Source
from checker.readers.text import read
from checker.recognition import recognise
from tests.conftest import ROOT
from tests.support.project import rules

PUBLISHED = ROOT.parent / "shared" / "filings" / "shanghai"
PAGE = "某县某局\n2026年度部门决算\n\n{title}\n\n{above}\n\n{rows}\n\n{below}\n"


def filing_of(auditor, title, rows, above="单位：万元", below=""):
    text = PAGE.format(title=title, above=above, rows=rows.strip("\n"), below=below).replace("|", "\t")
    return recognise(read(text.encode(), Source("t.txt", "", 0), Limits()), auditor.vocabulary)


def table_of(auditor, title, rows, **around):
    filing = filing_of(auditor, title, rows, **around)
    assert not filing.unread
    assert filing.layout.stage is Stage.FINAL_ACCOUNTS
    (table,) = filing.tables
    return table


def values(table):
    return {row.key: tuple(cell.text if cell else None for cell in row.cells) for row in table.rows}


THREE_PUBLIC = {
    "合计": ("9.50", "8.10"),
    "因公出国（境）费": ("1.10", "1.00"),
    "公务用车购置及运行费": ("6.40", "5.30"),
    "公务用车购置费": ("4.20", "3.20"),
    "公务用车运行费": ("2.20", "2.10"),
    "公务接待费": ("2.00", "1.80"),
}
IN_PAIRS = """
财政拨款“三公”经费
合计||因公出国（境）费||公务用车购置及运行维护费||||||公务接待费|
||||小计||公务用车购置费||公务用车运行维护费|||
预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数
9.50|8.10|1.10|1.00|6.40|5.30|4.20|3.20|2.20|2.10|2.00|1.80"""
IN_BLOCKS = """
预算数||||||决算数|||||
合计|因公出国（境）费|公务用车购置及运行费|||公务接待费|合计|因公出国（境）费|公务用车购置及运行费|||公务接待费
||小计|购置费|运行费||||小计|购置费|运行费|
1|2|3|4|5|6|7|8|9|10|11|12
9.50|1.10|6.40|4.20|2.20|2.00|8.10|1.00|5.30|3.20|2.10|1.80"""
UPRIGHT = """
项目|行次|2026年度预算数|2026年度决算数
合计|1|9.50|8.10
1.因公出国（境）费|2|1.10|1.00
2.公务用车购置及运行维护费|3|6.40|5.30
（1）公务用车购置费|4|4.20|3.20
（2）公务用车运行维护费|5|2.20|2.10
3.公务接待费|6|2.00|1.80"""


@pytest.mark.parametrize("rows", [IN_PAIRS, IN_BLOCKS, UPRIGHT], ids=["pairs", "blocks", "upright"])
def test_three_public_expenses_in_every_shape(auditor, rows):
    table = table_of(auditor, "财政拨款“三公”经费支出决算表", rows)
    assert table.columns == ("预算数", "决算数")
    assert values(table) == THREE_PUBLIC


def test_three_public_expenses_of_the_accounts_alone(auditor):
    rows = """
合计|因公出国（境）费|公务用车购置及运行费|||公务接待费
||小计|公务用车购置费|公务用车运行费|
8.10|1.00|5.30|3.20|2.10|1.80"""
    table = table_of(auditor, "“三公”经费支出决算表", rows)
    assert values(table) == {key: (spent,) for key, (_, spent) in THREE_PUBLIC.items()}


def test_several_lines_of_figures_are_not_guessed_at(auditor):
    filing = filing_of(auditor, "“三公”经费支出决算表", IN_PAIRS + "\n" + IN_PAIRS.splitlines()[-1])
    assert len(filing.unread) == 24
    assert not list(filing.tables[0].figures())


BASIC = {
    "工资福利支出": "12.00",
    "基本工资": "7.00",
    "津贴补贴": "5.00",
    "对个人和家庭的补助": "1.50",
    "退休费": "1.50",
    "人员经费合计": "13.50",
    "商品和服务支出": "3.00",
    "办公费": "2.00",
    "公务接待费": "1.00",
    "资本性支出": "0.80",
    "办公设备购置": "0.80",
    "公用经费合计": "3.80",
}
TWO_RUNS = """
经济分类科目编码|科目名称|决算数|经济分类科目编码|科目名称|决算数
301|工资福利支出|12.00|302|商品和服务支出|3.00
30101|基本工资|7.00|30201|办公费|2.00
30102|津贴补贴|5.00|30217|公务接待费|1.00
303|对个人和家庭的补助|1.50|310|资本性支出|0.80
30302|退休费|1.50|31002|办公设备购置|0.80
人员经费合计||13.50|公用经费合计||3.80"""
THREE_RUNS = """
人员经费|||公用经费|||||
科目编码|科目名称|金额|科目编码|科目名称|金额|科目编码|科目名称|金额
301|工资福利支出|12.00|302|商品和服务支出|3.00|310|资本性支出|0.80
30101|基本工资|7.00|30201|办公费|2.00|31002|办公设备购置|0.80
30102|津贴补贴|5.00|30217|公务接待费|1.00|||
303|对个人和家庭的补助|1.50||||||
30302|退休费|1.50||||||
人员经费合计||13.50|公用经费合计|||||3.80"""
SPLIT_CODES = """
经济分类科目编码||科目名称|决算数|经济分类科目编码||科目名称|决算数
类|款|||类|款||
301||工资福利支出|12.00|302||商品和服务支出|3.00
301|01|基本工资|7.00|302|01|办公费|2.00
301|02|津贴补贴|5.00|302|17|公务接待费|1.00
303||对个人和家庭的补助|1.50|310||资本性支出|0.80
303|02|退休费|1.50|310|02|办公设备购置|0.80
人员经费合计|||13.50|公用经费合计|||3.80"""


@pytest.mark.parametrize("rows", [TWO_RUNS, THREE_RUNS, SPLIT_CODES], ids=["two", "three", "codes-in-two"])
def test_one_list_in_runs_of_columns(auditor, rows):
    table = table_of(auditor, "一般公共预算财政拨款基本支出决算表", rows)
    assert {key: text for key, (text,) in values(table).items()} == BASIC
    parents = {row.key: table.rows[row.parent].key for row in table.rows if row.parent >= 0}
    assert parents == {
        "基本工资": "工资福利支出",
        "津贴补贴": "工资福利支出",
        "退休费": "对个人和家庭的补助",
        "办公费": "商品和服务支出",
        "公务接待费": "商品和服务支出",
        "办公设备购置": "资本性支出",
    }


OVERVIEW = """
收入|||支出||
项目|行次|金额|项目（按功能分类）|行次|金额
栏次||1|栏次||2
一、一般公共预算财政拨款收入|1|31.00|一、一般公共服务支出|11|20.00
二、政府性基金预算财政拨款收入|2||二、外交支出|12|
三、国有资本经营预算财政拨款收入|3||八、社会保障和就业支出|13|12.00
四、上级补助收入|4|2.00|||
本年收入合计|5|33.00|本年支出合计|14|32.00
使用非财政拨款结余（含专用结余）|6|0.50|结余分配|15|0.20
年初结转和结余|7|1.00|年末结转和结余|16|2.30
总计|8|34.50|总计|17|34.50"""


def test_line_numbers_are_no_figures(auditor):
    filing = filing_of(auditor, "收入支出决算总表", OVERVIEW, above="公开01表\n部门：某县某局\n金额单位：万元")
    (table,) = filing.tables
    assert not filing.unread
    assert (filing.filer, filing.level, table.unit.symbol) == ("某县某局", Level.DEPARTMENT, "万元")
    printed = {key: texts[0] for key, texts in values(table).items() if texts[0]}
    assert printed == {
        "一般公共预算财政拨款收入": "31.00",
        "上级补助收入": "2.00",
        "本年收入合计": "33.00",
        "使用非财政拨款结余": "0.50",
        "年初结转和结余": "1.00",
        "收入总计": "34.50",
        "一般公共服务支出": "20.00",
        "社会保障和就业支出": "12.00",
        "本年支出合计": "32.00",
        "结余分配": "0.20",
        "年末结转和结余": "2.30",
        "支出总计": "34.50",
    }


@pytest.mark.parametrize(
    "above",
    [
        "部门：某县某局|||||金额单位：元",
        "公开01表\n编制单位：某县某局||2026年度|||单位：元",
        "填报单位：某县某局 单位：元",
    ],
)
def test_what_stands_around_a_table_may_be_a_row_of_cells(auditor, above):
    table = table_of(auditor, "附表1 2026年度收入支出决算总表", OVERVIEW, above=above)
    assert (table.unit.symbol, table.body) == ("元", "某县某局")
    assert sum(1 for _ in table.figures()) == 12


def test_a_row_of_figures_is_not_about_the_table(auditor):
    rows = OVERVIEW.replace("四、上级补助收入|4|2.00|||", "部门：本级|4|2.00|||")
    table = filing_of(auditor, "收入支出决算总表", rows).tables[0]
    assert table.strange_rows == ("部门：本级",)


def test_the_note_of_a_nil_table_may_name_its_body_in_full(auditor):
    name = "某某省某某自治州某某自治县经济技术开发区管理委员会自然资源和规划建设管理局"
    note = f"说明：{name}本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    rows = "科目编码|科目名称|年初结转和结余|本年收入|本年支出|基本支出|项目支出|年末结转和结余\n合计|||||||"
    assert len(note) > 60
    table = table_of(auditor, "政府性基金预算财政拨款收入支出决算表", rows, below=note)
    assert table.nil_note is not None


@pytest.mark.parametrize("sub", ["小计", "合计"])
def test_funds_under_a_group(auditor, sub):
    rows = f"""
项目||年初结转和结余|本年收入|本年支出|||年末结转和结余
功能分类科目编码|科目名称|||{sub}|基本支出|项目支出|
栏次||1|2|3|4|5|6
合计||1.00|4.00|3.00|1.20|1.80|2.00
212|城乡社区支出|1.00|4.00|3.00|1.20|1.80|2.00"""
    table = table_of(auditor, "政府性基金预算财政拨款收入支出决算表", rows)
    assert table.columns == ("年初结转和结余", "本年收入", "本年支出", "基本支出", "项目支出", "年末结转和结余")
    assert values(table) == dict.fromkeys(("合计", "212"), ("1.00", "4.00", "3.00", "1.20", "1.80", "2.00"))


def test_state_capital_of_expenditure_alone(auditor):
    rows = """
项目||本年支出||
功能分类科目编码|科目名称|合计|基本支出|项目支出
合计||3.00||3.00
223|国有资本经营预算支出|3.00||3.00"""
    table = table_of(auditor, "国有资本经营预算财政拨款支出决算表", rows)
    assert values(table) == dict.fromkeys(("合计", "223"), ("3.00", "", "3.00"))
    assert not table.lacking


def test_income_with_education_fees(auditor):
    rows = """
项目||本年收入合计|财政拨款收入|上级补助收入|事业收入||经营收入|附属单位上缴收入|其他收入
支出功能分类科目编码|科目名称||||小计|其中：教育收费|||
合计||9.00|6.00||3.00|2.00|||
205|教育支出|9.00|6.00||3.00|2.00|||"""
    table = table_of(auditor, "收入决算表", rows)
    assert values(table)["205"] == ("9.00", "6.00", "", "3.00", "2.00", "", "", "")


@pytest.mark.parametrize("kind", ["项目", "部门基本", "政府采购"])
def test_a_table_of_one_kind_of_expenditure_is_not_the_whole(auditor, kind):
    filing = filing_of(auditor, f"{kind}支出决算表", UPRIGHT, below="收入支出决算总表\n单位：万元\n" + OVERVIEW.strip())
    assert [table.form for table in filing.tables] == ["收入支出决算总表"]
    assert [part.foreign for part in filing.skipped] == [False]


def test_rules_speak_to_filings_of_their_stage(auditor):
    filing = filing_of(auditor, "收入支出决算总表", OVERVIEW)
    audit = judge(filing, auditor.ruleset)
    applied = {outcome.rule.id for outcome in audit.outcomes}
    assert applied == {rule.id for rule in audit.rules}
    assert applied == {name for name, rule in rules().items() if rule.stage in (Stage.FINAL_ACCOUNTS, None)}
    assert {rule.stage for rule in auditor.ruleset.of(Stage.BUDGET)} == {Stage.BUDGET, None}


@pytest.fixture(scope="module")
def audits(auditor):
    return {path.name: auditor.audit_file(path) for path in sorted(PUBLISHED.glob("*final-accounts*.pdf"))}


@pytest.mark.filings
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published filings are not beside the project")
class TestPublished:
    """Final accounts beside the project: all is read, nothing right is an error, what is known comes out."""

    def test_every_table_and_every_number_is_read(self, audits):
        for name, audit in audits.items():
            numbers = [table.number for table in audit.filing.tables]
            assert numbers == [number for number in range(1, 10) if number != 3 or "altered" not in name], name
            assert not audit.filing.unread, name
            assert not any(table.lost or table.strange_columns for table in audit.filing.tables), name

    def test_no_error_in_the_tables(self, audits):
        spoken = {Kind.STATEMENT, Kind.SHARE}
        packs = {rule.info.pack for rule in rules().values() if rule.stage is Stage.FINAL_ACCOUNTS}
        for name, audit in audits.items():
            errors = [finding for finding in audit.findings if finding.severity is Severity.ERROR]
            wrong = [
                finding.ref for finding in errors if finding.rule.pack in packs and finding.rule.kind not in spoken
            ]
            assert wrong == (["支出决算表", "财政拨款三公经费支出决算表"] if "altered" in name else []), name
            assert not audit.counts[Verdict.FAULT], name

    def test_a_table_left_out_and_one_left_empty(self, audits):
        (altered,) = (audit for name, audit in audits.items() if "altered" in name)
        told = {finding.ref: finding.severity for finding in altered.findings if finding.rule.id.startswith("PRE")}
        assert told == {"支出决算表": Severity.ERROR, "财政拨款三公经费支出决算表": Severity.ERROR}
