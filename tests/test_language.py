"""The rule language: what is wrong is said with file, line and column, all at once, with the nearest known name."""

import random
import re
import shutil
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.forms.load import load_vocabulary, read_vocabulary, vocabulary_files
from checker.resources import rules_folder
from checker.ruleset.expression import ExpressionError, Number, Reference, parse_relation
from checker.ruleset.load import compile_rules, load_rules, pack_files
from checker.ruleset.names import not_printed
from checker.yaml_source import SourceError

HEAD = """\
pack: 试
stage: budget
defaults:
  severity: error
  basis: {document: 甲}
  message: '{subject}'
  advice: 乙
rules:
"""


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary([rules_folder()], "test")


def complaints(tmp_path, vocabulary, rules, head=HEAD):
    path = tmp_path / "pack.yaml"
    path.write_text(head + rules, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        compile_rules([path], vocabulary, "key")
    return [(one.line, one.column, one.message) for one in caught.value.complaints]


def rule(**slots):
    lines = [f"  - id: {slots.pop('id', 'T-1')}", "    name: 甲"]
    return "\n".join([*lines, *(f"    {name}: {value}" for name, value in slots.items())]) + "\n"


@pytest.mark.parametrize(
    ("rules", "line", "column", "message"),
    [
        (rule(kind="balanc", equation="'支出总表[合计, 合计] = 0'"), 11, 11, "是否为“balance”"),
        (rule(kind="balance", equaton="x"), 12, 5, "是否为“equation”"),
        (rule(kind="balance", equation="'支出总表[合计, 合记] = 0'"), 12, 15, "是否为“合计”"),
        (rule(kind="balance", equation="'支出总标[合计, 合计] = 0'"), 12, 15, "是否为“支出总表”"),
        (rule(kind="balance", equation="'收支总表[收入总记] = 0'"), 12, 15, "是否为“收入总计”"),
        (rule(kind="balance", equation="'支出总表[合计, 合计] == 0'"), 12, 15, "第 15 个字符"),
        (rule(kind="balance", equation="'合计 = 0'"), 12, 15, "没有写明是哪张表"),
        (rule(kind="balance", equation="'支出总表[项, 合计] = 0'"), 12, 15, "sum("),
        (rule(kind="balance", equation="'支出总表[合计, *] = 0'"), 12, 15, "columns"),
        (rule(kind="balance", equation="'项目绩效目标表[年度, 资金总额] = 0'"), 12, 15, "多张"),
        (rule(kind="balance"), 11, 11, "缺少"),
        (rule(kind="balance", table="支出总表", equation="'支出总表[合计, 合计] = 0'"), 12, 12, "没有“table”"),
        (rule(kind="across", table="收支总表", equation="金额 = 合计"), 13, 15, "不在同一半表"),
        (rule(kind="rollup", table="支出总表", columns="[合计, 基本支付]"), 13, 14, "是否为“基本支出”"),
        (rule(kind="rollup", table="支出总表", message="'{subjct}'"), 13, 14, "未知的占位符“{subjct}”"),
        (rule(kind="rollup", table="支出总表", when="'支出总表[合计] = 0'"), 13, 11, "没有写明哪一栏"),
        (rule(kind="rollup", table="支出总表", severity="fatal"), 13, 15, "error"),
        (rule(kind="rollup", table="支出总表", lacking="{支出总表: 结转下午}"), 13, 14, "是否为“结转下年”"),
        (rule(kind="rollup", table="支出总表", lacking="{支出总标: 合计}"), 13, 14, "是否为“支出总表”"),
        (rule(kind="rollup", table="支出总表", titled="{支出总标: 甲}"), 13, 13, "是否为“支出总表”"),
        (rule(kind="rollup", table="支出总标", lacking="{支出总标: 合计}"), 12, 12, "是否为“支出总表”"),
        (rule(kind="rollup", table="支出总表", lacking="{支出总表: 类}"), 13, 14, "没有“类”"),
        (rule(kind="rollup", table="支出总表", lacking="[支出总表]"), 13, 14, "应为键值对"),
        (rule(kind="balance", equation="'支出总表[合计, 合计]? = sum(支出总表[项, 合计])?'"), 12, 15, "第 33 个字符"),
        (rule(kind="balance", equation="'政府采购表[品目, 合计]? = 0'"), 12, 15, "sum("),
        (rule(kind="across", table="支出总表", equation="合计 = 基本支付?"), 13, 15, "是否为“基本支出”"),
        (
            rule(kind="tie", left="{table: 支出总表, rows: 目}", right="{table: 收入总表, rows: 类}"),
            12,
            11,
            "没有行“目”",
        ),
        (rule(kind="rollup", table="支出总表") + "    name: 乙\n", 13, 5, "重复的键"),
        (rule(kind="rollup", table="支出总表") + rule(kind="rollup", table="支出总表"), 13, 9, "已用过"),
        ("  - [1, 2\n", 10, 1, "语法"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, vocabulary, rules, line, column, message):
    found = complaints(tmp_path, vocabulary, rules)
    assert any((one[0], one[1]) == (line, column) and message in one[2] for one in found), found


def test_all_complaints_come_at_once(tmp_path, vocabulary):
    wrong = rule(id="T-1", kind="rollup", table="甲表") + rule(id="T-2", kind="rollup", table="乙表")
    assert len(complaints(tmp_path, vocabulary, wrong)) == 2


def test_a_further_folder_adds_rules_and_replaces_files_of_its_own(tmp_path, vocabulary):
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "own.yaml").write_text(HEAD + rule(id="OWN-1", kind="rollup", table="支出总表"), encoding="utf-8")
    ruleset = load_rules([rules_folder(), tmp_path], vocabulary, "test")
    assert "OWN-1" in {one.info.id for one in ruleset.rules}
    assert len(ruleset.rules) == len(load_rules([rules_folder()], vocabulary, "test").rules) + 1


def test_every_rule_is_complete(vocabulary):
    for one in load_rules([rules_folder()], vocabulary, "test").rules:
        info = one.info
        assert info.name, info.id
        assert info.name_en, info.id
        assert info.message, info.id
        assert info.advice, info.id
        assert info.basis.document, info.id
        assert re.fullmatch(r"[A-Z]{3}-[0-9]{3,4}", info.id)


def test_a_layout_without_a_column_makes_the_rule_not_applicable_there(vocabulary):
    import msgspec

    layout = vocabulary.layouts["shanxi"]
    tables = tuple(
        msgspec.structs.replace(table, lacks=("单位资金",)) if table.form == "收入总表" else table
        for table in layout.tables
        if table.form != "机关运行经费表"
    )
    other = msgspec.structs.replace(layout, tables=tables)
    rules = {one.info.id: one for one in load_rules([rules_folder()], vocabulary, "test").rules}
    assert not_printed(rules["ACR-201"], other, vocabulary.forms) == ["收入总表[单位资金]"]
    assert not_printed(rules["ROL-1102"], other, vocabulary.forms) == ["机关运行经费表"]
    assert not_printed(rules["ACR-201"], layout, vocabulary.forms) == []


def test_what_may_be_left_out_does_not_keep_a_rule_from_a_layout(vocabulary):
    rules = {one.info.id: one for one in load_rules([rules_folder()], vocabulary, "test").rules}
    shanghai, jiangsu = vocabulary.layouts["shanghai"], vocabulary.layouts["jiangsu"]
    assert not_printed(rules["BAL-1501"], jiangsu, vocabulary.forms) == []
    assert not_printed(rules["ACR-1505"], shanghai, vocabulary.forms) == []
    assert not_printed(rules["ACR-1504"], shanghai, vocabulary.forms) == []
    assert not_printed(rules["BAL-1524"], shanghai, vocabulary.forms) == [
        "三公经费表[会议费]", "三公经费表[培训费]", "三公经费表[总计]",
    ]  # fmt: skip
    assert not_printed(rules["BAL-1606"], shanghai, vocabulary.forms) == ["收入来源表"]
    assert not_printed(rules["PRE-811"], vocabulary.layouts["shanxi"], vocabulary.forms) == []


LAYOUTS = {
    "prints": (
        "prints: [合计, 财政拨款收入, 事业收入",
        "prints: [合计, 财政拨款收人, 事业收入",
        "是否为“财政拨款收入”",
    ),
    "may_print": (
        "may_print: [上年结转, 财政专户管理资金]",
        "may_print: [上年结转, 财政专户]",
        "收入总表 没有“财政专户”",
    ),
    "lanes": ("lanes: [支出]", "lanes: [开支]", "国有资本经营收支表 没有“开支”一半"),
    "lacks": ("form: 支出总表\n", "form: 支出总表\n    lacks: [款, 目]\n", "支出总表 没有“目”"),
}


@pytest.mark.parametrize("slot", LAYOUTS)
def test_a_layout_prints_only_what_the_form_has(tmp_path, slot):
    right, wrong, message = LAYOUTS[slot]
    folder = shutil.copytree(rules_folder(), tmp_path / "rules")
    file = folder / "layouts" / "shanghai.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(right) == 1
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_vocabulary(vocabulary_files([folder]))
    (complaint,) = caught.value.complaints
    lines = text.replace(right, wrong).splitlines()
    assert message in complaint.message
    assert f"{slot}:" in lines[complaint.line - 1]


def test_packs_lie_in_folders_by_stage():
    stages = {"budget": "budget", "final-accounts": "final_accounts", "common": "any"}
    files = pack_files([rules_folder()])
    assert {file.parent.name for file in files} == set(stages)
    for file in files:
        assert f"\nstage: {stages[file.parent.name]}\n" in file.read_text(encoding="utf-8"), file.name


NAMES = ["合计", "基本支出", "项目支出", "当年预算安排"]


@st.composite
def sums(draw, depth=3):
    """Draw the text of an expression, and what it is worth when the names are worth 1, 2, 3 and 4."""
    if depth == 0 or draw(st.booleans()):
        index = draw(st.integers(0, len(NAMES) - 1))
        return NAMES[index], Fraction(index + 1)
    left, one = draw(sums(depth=depth - 1))
    right, other = draw(sums(depth=depth - 1))
    operator = draw(st.sampled_from("+-−－＋"))
    sign = 1 if operator in "+＋" else -1
    text = f"{left} {operator} {right}" if sign > 0 else f"{left}{operator}（{right}）"
    return (f"({text})", one + sign * other)


@given(sums(), sums())
def test_a_linear_relation_is_worth_what_it_says(left, right):
    relation = parse_relation(f"{left[0]} ＝ {right[0]}")
    values = {name: Fraction(index + 1) for index, name in enumerate(NAMES)}
    assert sum(term.sign * values[term.reference.column] for term in relation.terms) == left[1] - right[1]


def test_names_keep_their_brackets():
    relation = parse_relation("三公经费表[因公出国（境）费, 合计] ≤ sum(三公经费表[公务接待费， 合计])")
    assert relation.left == Reference("三公经费表", "因公出国（境）费", "合计")
    assert relation.right == Reference("三公经费表", "公务接待费", "合计", summed=True)


@pytest.mark.parametrize("mark", ["?", "？", " ?"])
def test_a_mark_behind_a_reference_or_a_column_makes_it_optional(mark):
    relation = parse_relation(f"合计 = 基本支出 + 结转下年{mark} - 甲[乙（丙？）, 丁]{mark}")
    assert [(str(term.reference), term.sign, term.reference.optional) for term in relation.terms] == [
        ("合计", 1, False),
        ("基本支出", -1, False),
        ("结转下年", -1, True),
        ("甲[乙（丙？）, 丁]", 1, True),
    ]


def test_an_optional_reference_may_stand_wherever_another_may():
    relation = parse_relation("abs(甲[乙]? - 丙[丁]) × 2 ≤ (戊[己]?)")
    assert [reference.optional for reference in relation.references()] == [True, False, True]


def test_products_are_kept_as_trees():
    relation = parse_relation("甲[乙, 丙] × 12 = 丁[戊, 己] ÷ 3")
    assert relation.terms is None
    assert relation.left.right == Number("12")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲",
        "甲[乙] =",
        "= 甲[乙]",
        "甲[乙] + = 丙[丁]",
        "甲[乙]] = 0",
        "sum(甲) = 0",
        "1 2 = 0",
        "甲?? = 0",
        "?甲 = 0",
        "1? = 0",
        "sum(甲[乙]?) = 0",
        "sum(甲[乙])? = 0",
        "(甲)? = 0",
        "甲[乙? = 0",
    ],
)
def test_what_is_no_relation_is_refused(text):
    with pytest.raises(ExpressionError):
        parse_relation(text)


def test_random_text_never_breaks_the_parser():
    draw = random.Random(7)
    alphabet = "支出总表[]合计,*+-×÷()=≤sum abs0123.?（），？"
    for _ in range(2000):
        text = "".join(draw.choice(alphabet) for _ in range(draw.randrange(30)))
        try:
            parse_relation(text)
        except ExpressionError as error:
            assert error.column >= 1
