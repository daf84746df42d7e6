"""Layouts: what is doubtful in one, which is chosen, and a first draft for a publisher that nobody knows."""

import json
import shutil

import pytest

from checker.forms.load import load_vocabulary
from checker.layouts.draft import NothingFound, draft
from checker.layouts.lint import lint
from checker.layouts.reach import reach
from checker.layouts.write import as_yaml
from checker.model.filing import Stage
from checker.readers import Limits, Source, read_content, read_document
from checker.recognition import recognise
from checker.resources import rules_folder
from tests.conftest import PUBLISHED, SAMPLES
from tests.support.printing import lines_of, printed
from tests.test_cli import gouji

FORM = """\
forms:
  - form: 出差表
    unit: 元
    lanes:
      - keys: [项目]
        columns: [合计, 车费, 住宿费]
        sums: {合计: [车费, 住宿费]}
        rows: [在省内, 在省外, 全年]
"""
LAYOUT = """\
layout: mars
name: 火星
stage: budget
unit: 元
table_numbers: [表]
contents: [目录]
nil_notes: [本表为空]
body_labels: [部门]
levels: {department: [部门预算], unit: [单位预算]}
sections: [{section: 概况, headings: [概况]}]
passages:
  - {passage: 职责, section: 概况, headings: [职责]}
tables:
  - form: 出差表
    titles: [出差预算表]
"""


def folder_of(tmp_path, layout=LAYOUT, form=FORM):
    for room, text in (("forms", form), ("layouts", layout)):
        (tmp_path / room).mkdir(exist_ok=True)
        (tmp_path / room / "mars.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def doubts(tmp_path, layout=LAYOUT, form=FORM):
    folder = folder_of(tmp_path, layout, form)
    found = lint([folder], load_vocabulary([folder], "test"))
    return [(doubt.line, doubt.column, doubt.message) for doubt in found]


def test_the_layouts_that_come_with_the_program_leave_no_doubt():
    folder = rules_folder()
    assert [str(doubt) for doubt in lint([folder], load_vocabulary([folder], "test"))] == []


def test_a_plain_layout_leaves_no_doubt(tmp_path):
    assert doubts(tmp_path) == []


TABLE = "  - form: 出差表\n    titles: [出差预算表]\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            TABLE,
            f"{TABLE}    headers: {{车费: [交通费], 住宿费: [交通费]}}\n",
            16,
            "“交通费”既代表“车费”又代表“住宿费”",
        ),
        (TABLE, f"{TABLE}    headers: {{住宿费: [车费]}}\n", 16, "“车费”是另一个规范名称"),
        (TABLE, f"{TABLE}    headers: {{车费: [车 费]}}\n", 16, "比较起来相同，不必写"),
        (TABLE, f"{TABLE}    headers: {{车费: [车马费, 车马 费]}}\n", 16, "写了两次"),
        (TABLE, f"{TABLE}    headers: {{住宿弗: [宿费]}}\n", 16, "是否为“住宿费”"),
        (TABLE, f"{TABLE}    captions: {{在省内: [本省], 在省外: [本省]}}\n", 16, "既代表“在省内”又代表“在省外”"),
        (TABLE, f"{TABLE}    lacks: [在省外]\n    captions: {{在省外: [外省]}}\n", 17, "“在省外”这里不印"),
        (TABLE, f"{TABLE}    prints: [合计, 车费]\n    lacks: [车费]\n", 17, "“车费”既在 prints 又在 lacks"),
        ("titles: [出差预算表]", "titles: []", 14, "没有标题，永远认不出"),
        ("titles: [出差预算表]", "titles: [2026年出差预算表]", 15, "永远比不上"),
        ("titles: [出差预算表]", "titles: [表三出差预算表]", 15, "永远比不上"),
        ("headings: [职责]}", "headings: [一、职责]}", 12, "“一、职责”含有比较前会去掉的序号"),
        (
            "headings: [职责]}",
            "headings: [职责]}\n  - {passage: 任务, section: 概况, headings: [职责]}",
            13,
            "“职责”已是段落“职责”的标题",
        ),
        (
            "[{section: 概况, headings: [概况]}]",
            "[{section: 概况, headings: [概况]}, {section: 说明, headings: [说明概况]}]",
            10,
            "“说明概况”以“概况”的标题结尾",
        ),
        ("table_numbers: [表]", "table_numbers: []", 5, "table_numbers 是空的"),
    ],
)
def test_doubts_have_a_place_and_a_reason(tmp_path, old, new, line, words):
    assert old in LAYOUT
    found = doubts(tmp_path, LAYOUT.replace(old, new))
    assert [place for place, _, message in found if words in message] == [line], found


def test_titles_that_may_be_taken_for_each_other(tmp_path):
    form = FORM + FORM.partition("forms:\n")[2].replace("出差表", "公务出差表")
    second = "  - form: 公务出差表\n    titles: [局级出差预算表]\n"
    (found,) = doubts(tmp_path, LAYOUT + second, form)
    assert found[:2] == (15, 14)
    assert "换一种印法，就会被认作 出差表" in found[2]
    assert doubts(tmp_path, LAYOUT + second.replace("[局级出差预算表]", "[局级出差预算表, 公出表]"), form) == []
    (same, _) = doubts(tmp_path, LAYOUT + second.replace("局级出差预算表", "出差预算表"), form)
    assert "须用 qualifier 区分" in same[2]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[车费, 住宿费]}", "[车费, 住宿弗]}", "是否为“住宿费”"),
        ("在省内, 在省外", "在省内, 在省内", "两个“在省内”行"),
        ("在省内, 在省外", "出国·在省外", "没有行“出国”"),
        ("unit: 元", "unit: 远", "未知的单位“远”"),
    ],
)
def test_doubts_about_forms(tmp_path, old, new, words):
    assert old in FORM
    assert any(words in message for _, _, message in doubts(tmp_path, form=FORM.replace(old, new)))


def test_a_level_that_does_not_exist_is_an_error(tmp_path):
    folder = folder_of(tmp_path, LAYOUT.replace("{department:", "{departement:"))
    done = gouji("layouts", "lint", "--rules", folder)
    assert done.returncode == 2
    assert "mars.yaml:9:23" in done.stderr
    assert "是否为“department”" in done.stderr


def test_rules_that_do_not_apply_are_counted_by_what_is_missing(auditor):
    vocabulary = auditor.vocabulary
    found = reach(vocabulary.layouts["shanxi"], auditor.ruleset, vocabulary)
    assert found.applying + found.silent == len(auditor.ruleset.of(Stage.BUDGET))
    assert found.applying > 80
    assert "收入来源表" in found.lacking


def test_list_and_lint_from_the_command_line(tmp_path):
    listed = gouji("layouts", "list").stdout
    assert "shanxi" in listed
    assert "预算 15 张表" in listed
    done = gouji("layouts", "lint")
    assert done.returncode == 0, done.stdout
    assert "没有疑问" in done.stdout
    folder = folder_of(tmp_path, LAYOUT.replace("[出差预算表]", "[]"))
    done = gouji("layouts", "lint", "--rules", folder)
    assert done.returncode == 1
    assert "mars.yaml:14:5: 出差表 没有标题" in done.stdout
    assert gouji("layouts", "lint", "--rules", SAMPLES).returncode == 2


# --- which layout -----------------------------------------------------------------------------------------------


def test_the_layout_taken_is_explained(auditor):
    filing = auditor.read(SAMPLES / "clean" / "unit.txt")
    assert filing.layout.name == "shanxi"
    assert filing.layout_reason.startswith("14 种表的标题相符")
    listing = json.loads(gouji("tables", SAMPLES / "clean" / "unit.txt", "--layout", "shanxi").stdout)
    assert listing["layout_reason"] == "按指定的版式"
    audit = json.loads(gouji("audit", SAMPLES / "clean" / "unit.txt", "-o", "json=-").stdout)
    assert audit["filings"][0]["layout_reason"] == filing.layout_reason


CLOSE = """\
某县某局
2026年部门{stage}

出差{stage}表

部门：某县某局

项目\t{column}\t住宿费\t合计
在省内\t1.00\t2.00\t3.00
在省外\t1.00\t1.00\t2.00
全年\t2.00\t3.00\t5.00
"""


def choice(tmp_path, text, *layouts):
    folder = folder_of(tmp_path)
    for name, layout in layouts:
        (folder / "layouts" / f"{name}.yaml").write_text(layout.replace("mars", name), encoding="utf-8")
    document = read_content(text.encode(), Source("t.txt", "", 0), Limits())
    return recognise(document, load_vocabulary([folder], "test"))


def test_of_two_layouts_with_the_same_titles_the_one_that_places_more_wins(tmp_path):
    knows = LAYOUT + "    headers: {车费: [交通费]}\n"
    filing = choice(tmp_path, CLOSE.format(stage="预算", column="交通费"), ("pluto", knows))
    assert filing.layout.name == "pluto"
    assert "归位的数字较多（9 个，6 个）" in filing.layout_reason
    assert choice(tmp_path, CLOSE.format(stage="预算", column="车费"), ("pluto", LAYOUT)).layout.name == "mars"


def test_of_two_stages_with_the_same_titles_the_words_decide(tmp_path):
    final = LAYOUT.replace("stage: budget", "stage: final_accounts").replace("出差预算表", "出差表, 出差预算表")
    both = LAYOUT.replace("出差预算表", "出差预算表, 出差表")
    (tmp_path / "layouts").mkdir()
    text = CLOSE.format(stage="决算", column="车费").replace("出差决算表", "出差表")
    filing = choice(tmp_path, text, ("mars", both), ("pluto", final))
    assert filing.layout.name == "pluto"
    assert "“决算”" in filing.layout_reason


# --- drafts -----------------------------------------------------------------------------------------------------

INVENTED = """\
瀚海市驼铃局
2031年度部门预算

目录
第一部分 部门概况
一、主要职责
第二部分 部门预算表
附表1 驼铃局预算收支平衡总表
附表2 预算支出分科目总表
附表3 一般公共预算“三公”经费支出情况表

第一部分 部门概况
一、主要职责
管理全市驼队。

第二部分 部门预算表

附表1

2031年预算收支平衡总表

填报部门：瀚海市驼铃局\t单位：万元

收入\t\t支出\t
项目\t预算安排数\t项目\t预算安排数合计
一、一般公共预算拨款\t90.00\t一、农林水支出\t70.00
二、政府性基金预算拨款\t10.00\t二、住房保障支出\t30.00
当年收入合计\t100.00\t当年支出合计\t100.00
收入总计\t100.00\t支出总计\t100.00

附表2

2031年预算支出分科目总表

填报部门：瀚海市驼铃局\t单位：万元

功能科目代码\t功能科目\t总金额\t基本支出小计\t项目支出小计
\t合计\t100.00\t60.00\t40.00
213\t农林水支出\t70.00\t40.00\t30.00
21301\t农业农村\t70.00\t40.00\t30.00
2130101\t行政运行\t70.00\t40.00\t30.00
221\t住房保障支出\t30.00\t20.00\t10.00
22102\t住房改革支出\t30.00\t20.00\t10.00
2210201\t住房公积金\t30.00\t20.00\t10.00

附表3

2031年“三公”经费支出情况表

填报部门：瀚海市驼铃局\t单位：万元

项目\t预算合计\t骆驼饲料
因公出国费用\t0.00\t0.10
接待费\t3.00\t0.20
全部公务用车费用\t4.00\t0.30
合计\t7.00\t0.60

第三部分 部门预算情况说明
一、收支预算总体情况说明
收支均为100万元。
二、骆驼配备情况
现有骆驼九峰。
"""
ANSWERS = {
    ("收支总表", "一般公共预算", "金额"): "90.00",
    ("收支总表", "农林水支出", "合计"): "70.00",
    ("收支总表", "本年收入合计", "金额"): "100.00",
    ("收支总表", "本年支出合计", "合计"): "100.00",
    ("支出总表", "合计", "合计"): "100.00",
    ("支出总表", "2130101", "基本支出"): "40.00",
    ("支出总表", "22102", "项目支出"): "10.00",
    ("三公经费表", "公务接待费", "合计"): "3.00",
    ("三公经费表", "合计", "合计"): "7.00",
}
"""What the invented filing says, read off it by eye."""


def as_html(text):
    """Return the invented filing as a web page: runs of lines with tabs are tables."""
    parts, rows = [], []
    for line in [*text.splitlines(), ""]:
        if "\t" in line and "：" not in line:
            rows.append("".join(f"<td>{cell}</td>" for cell in line.split("\t")))
            continue
        if rows:
            parts.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
            rows = []
        parts.append(f"<p>{line}</p>" if line else "")
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{''.join(parts)}</body></html>"


def values(filing):
    return {
        (table.form, row.key, column): cell.text
        for table in filing.tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell is not None
    }


def written(tmp_path, document, vocabulary, name="camel"):
    (tmp_path / "layouts").mkdir(exist_ok=True)
    file = tmp_path / "layouts" / f"{name}.yaml"
    drafted = draft(document, vocabulary, name)
    file.write_text(as_yaml(drafted), encoding="utf-8")
    return drafted, load_vocabulary([rules_folder(), tmp_path], "test"), file.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_drafted_layout_reads_the_invented_filing(tmp_path, auditor, form):
    content = (INVENTED if form == "text" else as_html(INVENTED)).encode()
    document = read_content(content, Source(f"camel.{form}", "", len(content)), Limits())
    _, vocabulary, text = written(tmp_path, document, auditor.vocabulary)
    filing = recognise(document, vocabulary, "camel")
    assert {table.form for table in filing.tables} == {"收支总表", "支出总表", "三公经费表"}
    found = values(filing)
    assert {place: found.get(place) for place in ANSWERS} == ANSWERS
    assert lint([tmp_path], vocabulary) == []
    assert "table_numbers: [附表, 表]" in text
    assert "body_labels: [填报部门]" in text
    assert "# 没有认出的表头：骆驼饲料（" in text
    assert "# 没有认出的段落标题：二、骆驼配备情况（" in text
    assert "- {passage: 收支变动, section: 情况说明, headings: [收支预算总体情况说明]}" in text
    assert any(line.startswith("# 没有归位的数字：0.30（") for line in text.splitlines())


def test_a_table_that_is_like_none_is_listed_as_such(tmp_path, auditor):
    text = INVENTED.replace("“三公”经费支出情况表", "骆驼饲养登记表").replace("接待费", "单峰骆驼")
    document = read_content(text.encode(), Source("t.txt", "", 0), Limits())
    drafted, vocabulary, text = written(tmp_path, document, auditor.vocabulary)
    assert drafted.understood == 2
    assert "# 没有认出的表：“骆驼饲养登记表”（第" in text
    assert [spec.form for spec in vocabulary.layouts["camel"].tables] == ["收支总表", "支出总表"]


@pytest.mark.parametrize(
    ("family", "layout"),
    [("county", "shanxi"), ("city", "shanghai"), ("province", "jiangsu"), ("final-accounts", "final-accounts")],
)
@pytest.mark.parametrize("level", ["department", "unit"])
def test_without_its_layout_a_filing_gives_back_nearly_all_of_it(tmp_path, auditor, family, layout, level):
    others = tmp_path / "rules"
    shutil.copytree(rules_folder(), others)
    (others / "layouts" / f"{layout}.yaml").unlink()
    content = printed(lines_of(family, "clean", level), "html", tmp_path)
    document = read_content(content, Source("t.html", "", len(content)), Limits())
    reference = recognise(document, auditor.vocabulary, layout)
    _, vocabulary, _ = written(tmp_path, document, load_vocabulary([others], "test"))
    mine = {one.place: one.ref for table in recognise(document, vocabulary, "camel").tables for one in table.figures()}
    theirs = {one.place: one.ref for table in reference.tables for one in table.figures()}
    assert len(theirs) > 100
    agreeing = sum(mine.get(place) == ref for place, ref in theirs.items())
    assert agreeing >= 0.9 * len(theirs)


def test_a_draft_is_the_same_every_time(auditor):
    document = read_content(INVENTED.encode(), Source("t.txt", "", 0), Limits())
    drafts = {as_yaml(draft(document, auditor.vocabulary, "camel")) for _ in range(2)}
    assert len(drafts) == 1


HOSTILE = [
    "表十十 收支总表\n项目\t金额\n甲\t1.00\n",
    "附表3十收支总表\n项目\t金额\n甲\t1.00\n",
    "收支总表\n': {[#\t&*|\n- \x07\t1.00\n合计\t1.00\n",
    "'收支总表\n项目\t“金额\n甲'乙\t1.00\n",
    "收支总表\n" + "项目\t" * 300 + "\n" + "1.00\t" * 300 + "\n",
    "收支总表\n" * 50 + "项目\t金额\n",
    "收支总表（单位：万元）\n无\t无\n",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_draft_always_loads_or_is_refused(tmp_path, auditor, text):
    document = read_content(text.encode(), Source("t.txt", "", 0), Limits())
    try:
        written(tmp_path, document, auditor.vocabulary)
    except NothingFound:
        assert not (tmp_path / "layouts" / "camel.yaml").exists()


def test_drafting_from_the_command_line(tmp_path):
    (tmp_path / "camel.txt").write_text(INVENTED, encoding="utf-8")
    (tmp_path / "layouts").mkdir()
    done = gouji("layouts", "draft", "camel.txt", "-o", "layouts/camel.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "看到 3 张带标题的表，认出 3 张" in done.stderr
    assert "layout: camel" in (tmp_path / "layouts" / "camel.yaml").read_text(encoding="utf-8")
    tables = json.loads(gouji("tables", "camel.txt", "--rules", ".", "--layout", "camel", cwd=tmp_path).stdout)
    assert len(tables["tables"]) == 3
    assert gouji("layouts", "draft", "camel.txt", "-o", "layouts/camel.yaml", cwd=tmp_path).returncode == 2
    assert "是否为“shanxi”" in gouji("layouts", "draft", "camel.txt", "--like", "shanxy", cwd=tmp_path).stderr
    (tmp_path / "prose.txt").write_text("只有一句话。\n", encoding="utf-8")
    assert gouji("layouts", "draft", "prose.txt", cwd=tmp_path).returncode == 3
    assert gouji("layouts", "draft", "none.txt", cwd=tmp_path).returncode == 3


@pytest.mark.filings
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published filings are not beside the project")
def test_drafting_from_published_filings_loads(tmp_path, auditor):
    for path in sorted(PUBLISHED.parent.rglob("*.pdf")):
        try:
            drafted, _, _ = written(tmp_path, read_document(path), auditor.vocabulary)
        except NothingFound:
            continue
        assert drafted.understood >= 8, path.name
        assert drafted.placed >= 0.9 * drafted.figures, path.name
