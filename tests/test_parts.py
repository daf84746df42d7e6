"""Which files are parts of one filing, by their names."""

from pathlib import Path

import pytest

from checker.readers.parts import Grouping, filing_name, find_filings, group_parts, natural


def names(*stems):
    return [Path("全县") / stem for stem in stems]


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (["office-2018-narrative.pdf", "office-2018-tables.pdf"], "office-2018"),
        (["Office 2018 (Text).pdf", "Office 2018 (Tables).xls"], "Office 2018"),
        (["某局2024年部门预算公开表.xls", "某局2024年部门预算情况说明.doc"], "某局2024年部门预算"),
        (["某局2024年部门预算.docx", "某局2024年部门预算附表.xlsx"], "某局2024年部门预算"),
        (["某局决算（报表）.xls", "某局决算（正文）.doc"], "某局决算"),
        (["某局预算-表1.xls", "某局预算-表2.xls", "某局预算-表10.xls", "某局预算-文本.doc"], "某局预算"),
        (["附件1：某局预算编制说明.doc", "附件2：某局预算报表.xls"], "某局预算"),
    ],
)
def test_names_that_differ_in_the_part_only_are_one_filing(files, name):
    (group,) = group_parts(names(*files))
    assert sorted(path.name for path in group) == sorted(files)
    assert Path(filing_name(group)).name.startswith(name)


@pytest.mark.parametrize(
    "files",
    [
        ["office-2018-tables.pdf", "office-2019-narrative.pdf"],
        ["甲局预算表.xls", "乙局预算说明.doc"],
        ["甲局预算.xls", "甲局决算.xls"],
        ["甲局.pdf", "甲局.docx"],
        ["甲局预算表.xls", "甲局预算表.pdf", "甲局预算说明.doc"],
        ["office-budget-department.pdf", "office-budget-unit.pdf"],
        ["text-museum-narratives.pdf", "museum.pdf"],
        ["某局项目绩效目标表.pdf", "某局项目.pdf"],
    ],
)
def test_other_names_are_filings_of_their_own(files):
    assert group_parts(names(*files)) == [(path,) for path in names(*files)]


def test_nameless_parts_belong_together_when_the_folder_holds_nothing_else():
    alone = names("正文.doc", "附表.xls")
    assert group_parts(alone) == [tuple(alone)]
    assert filing_name(alone) == "全县"
    assert len(group_parts([*alone, Path("全县/甲局预算.doc")])) == 3


def test_folders_keep_filings_apart_and_order_is_kept():
    paths = [Path("b/x-tables.pdf"), Path("a/x-narrative.pdf"), Path("b/y.pdf"), Path("b/x-narrative.pdf")]
    assert group_parts(paths) == [(paths[3], paths[0]), (paths[1],), (paths[2],)]


def test_tables_come_in_the_order_of_their_numbers():
    (group,) = group_parts(names("某局表10.xls", "某局表2.xls", "某局表1.xls"))
    assert [path.stem for path in group] == ["某局表1", "某局表2", "某局表10"]
    assert natural("表2") < natural("表10")


def test_files_and_folders_named_together(tmp_path):
    for name in ("一/a.txt", "一/b.txt", "c.txt", "d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    named = [tmp_path / "c.txt", tmp_path / "一", tmp_path / "d.txt"]
    together = find_filings(named, Grouping.TOGETHER)
    assert [[path.name for path in group] for group in together] == [["c.txt", "d.txt"], ["a.txt", "b.txt"]]
    assert len(find_filings(named, Grouping.SEPARATELY)) == 4
